"""The samples that a new workspace starts with, and the note of whether it has them.

The note is a file of its own in the workspace's folder, written before the first sample
and again after the last: a seeding that was killed is finished at the next start.
"""

from __future__ import annotations

import json
from pathlib import Path

from geomap import paths
from geomap.errors import StoreError
from geomap.files.atomic import replacing

MARKER = "workspace.json"
LICENCES = "licences.yaml"


def files() -> list[Path]:
    """Return the sample articles, then the sample tables, each in the order of their names."""
    folder = paths.sample_dir()
    return [*sorted((folder / "articles").glob("*.md")), *sorted((folder / "events").glob("*.csv"))]


def bring_licences(folder: Path) -> None:
    """Copy the licences of the samples' sources into a workspace that has no such list.

    Raises
    ------
    StoreError
        When the folder cannot be written.
    """
    source, target = paths.sample_dir() / LICENCES, folder / LICENCES
    if source.is_file() and not target.exists():
        _write(folder, LICENCES, source.read_bytes())


def read_state(folder: Path, tables: Path) -> str | None:
    """Return whether the samples are "wanted", "done" or "none"; None for a new folder.

    Raises
    ------
    StoreError
        When the folder is a file, or the note cannot be read.
    """
    try:
        state: str = json.loads((folder / MARKER).read_text("utf-8"))["sample"]
    except FileNotFoundError:
        return "none" if tables.is_dir() else None
    except NotADirectoryError as error:
        message = f"{folder} is a file: name a folder for the workspace."
        raise StoreError(message) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"{folder / MARKER} cannot be read ({error}): delete this one file."
        raise StoreError(message) from error
    return state


def write_state(folder: Path, state: str) -> None:
    """Write the note, making the folder where it is not there.

    Raises
    ------
    StoreError
        When the folder cannot be written.
    """
    _write(folder, MARKER, (json.dumps({"format": 1, "sample": state}) + "\n").encode())


def _write(folder: Path, name: str, content: bytes) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with replacing(folder / name) as path:
            path.write_bytes(content)
    except OSError as error:
        message = (
            f"The workspace {folder} cannot be written ({error.strerror}): choose another folder."
        )
        raise StoreError(message) from error
