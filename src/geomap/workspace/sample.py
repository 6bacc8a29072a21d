"""The samples that a new workspace starts with, and the note of whether it has them.

The note is a file of its own in the workspace's folder, written before the first sample
and again after the last: a seeding that was killed is finished at the next start.
"""

from __future__ import annotations

import json
from pathlib import Path

from geomap import paths
from geomap.errors import StoreError

MARKER = "workspace.json"
LICENCES = "licences.yaml"


def files() -> list[Path]:
    """Return the sample articles, then the sample tables, each in the order of their names."""
    folder = paths.sample_dir()
    articles = sorted((folder / "articles").glob("*.md"))
    return articles + sorted((folder / "events").glob("*.csv"))


def bring_licences(folder: Path) -> None:
    """Put what the samples' sources allow into a workspace that has no such list.

    Raises
    ------
    StoreError
        When the folder cannot be written.
    """
    given, target = paths.sample_dir() / LICENCES, folder / LICENCES
    try:
        if given.is_file() and not target.exists():
            target.write_bytes(given.read_bytes())
    except OSError as error:
        message = f"{target} cannot be written ({error.strerror}): choose another folder."
        raise StoreError(message) from error


def silent(_words: str, _share: float) -> None:
    """Progress that nobody listens to."""


def read_state(folder: Path, tables: Path) -> str | None:
    """Return whether the samples are wanted, done or none; None for a new folder.

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
    """Note the state, making the folder where it is not there.

    Raises
    ------
    StoreError
        When the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"format": 1, "sample": state})
        (folder / MARKER).write_text(text + "\n", "utf-8")
    except OSError as error:
        message = (
            f"The workspace {folder} cannot be written ({error.strerror}): choose another folder."
        )
        raise StoreError(message) from error
