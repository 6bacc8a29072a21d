"""The places that a user imported: written whole or not at all, listed, removed, opened.

An import is a folder: a chain of index shards for places that are points, `shapes.geojson`
for those with an outline, with dates or with sides, and `import.json`, the account of every
row. It is written into a draft beside the others and renamed when it is whole. A draft that
a killed process left is removed by the next one that writes (`tidy`).
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from geomap.errors import InputError, NotFoundError, StoreError

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,62}")
_MANIFEST = "import.json"
_DRAFT, _OLD = ".draft-", ".old-"


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of a file of places; `rows` is always `accepted` and `rejected` together.

    `outlines` counts the accepted places that an index cannot hold. `issues` lists the first
    thousand rows that were rejected, then rows that were taken without one of their values.
    """

    name: str
    path: str
    sha256: str
    format: str
    rows: int
    accepted: int
    rejected: int
    shards: int
    outlines: int = 0
    issues: tuple[dict[str, Any], ...] = ()


@contextmanager
def import_draft(folder: Path, name: str, *, replace: bool) -> Iterator[Path]:
    """Give an empty folder for a new import, which takes its place when the block ends well.

    Only one process may write to the folder of imports at a time; the caller sees to that.

    Parameters
    ----------
    folder, name
        The workspace's folder of imports; the name of the new one.
    replace
        Whether an import of the same name makes way; it stays until the new one is whole.

    Raises
    ------
    InputError
        When the name cannot be used or is taken.
    StoreError
        When the folder cannot be written.
    """
    final = folder / checked_name(name)
    if final.exists() and not replace:
        message = (
            f"There already is an import named {name!r}: give another --name, or --replace it."
        )
        raise InputError(message)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=_DRAFT, dir=folder))
        try:
            yield draft
            _settle(draft, final)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    except OSError as error:
        if isinstance(error, StoreError):
            raise
        message = f"{folder} cannot be written ({error.strerror}): make room, or mend its rights."
        raise StoreError(message) from error


def write_report(draft: Path, report: ImportReport) -> None:
    """Write the account of an import into its folder.

    Parameters
    ----------
    draft, report
        The folder of the new import; what became of its rows.
    """
    text = json.dumps({**asdict(report), "layout": 1}, ensure_ascii=False, indent=1)
    (draft / _MANIFEST).write_text(text + "\n", "utf-8", "backslashreplace")


def _settle(draft: Path, final: Path) -> None:
    """Put the draft in its place; what was there before goes only when that has worked."""
    old = final.with_name(_OLD + final.name)
    if final.exists():
        shutil.rmtree(old, ignore_errors=True)
        final.rename(old)
    try:
        draft.rename(final)
    except OSError:
        if old.exists() and not final.exists():
            old.rename(final)
        raise
    shutil.rmtree(old, ignore_errors=True)


def tidy(folder: Path) -> None:
    """Remove what killed imports left; an import that had just made way comes back.

    Parameters
    ----------
    folder
        The workspace's folder of imports.
    """
    for left in folder.glob(f"{_OLD}*"):
        final = folder / left.name.removeprefix(_OLD)
        if final.exists():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.rename(final)
    for left in folder.glob(f"{_DRAFT}*"):
        shutil.rmtree(left, ignore_errors=True)


def forget_places(folder: Path, name: str) -> None:
    """Remove an import.

    Parameters
    ----------
    folder, name
        The workspace's folder of imports; the name of the import.

    Raises
    ------
    InputError, NotFoundError
        When the name cannot be one of an import; when there is none of this name.
    """
    if not (folder / checked_name(name) / _MANIFEST).is_file():
        message = f"There is no import named {name!r}; geomap gazetteer list shows those there are."
        raise NotFoundError(message)
    going = folder / f"{_DRAFT}{name}"
    shutil.rmtree(going, ignore_errors=True)
    (folder / name).rename(going)
    shutil.rmtree(going, ignore_errors=True)


def known_imports(folder: Path) -> tuple[ImportReport, ...]:
    """Return the account of each import, by name.

    Parameters
    ----------
    folder
        The workspace's folder of imports.

    Raises
    ------
    StoreError
        When one cannot be read.
    """
    return tuple(_read_report(home / _MANIFEST) for home in import_folders(folder))


def import_folders(folder: Path) -> list[Path]:
    """Return the folder of each import, by name.

    Raises
    ------
    StoreError
        When one lacks its account: an import that was killed has a name of its own.
    """
    homes = [home for home in sorted(folder.glob("*")) if not home.name.startswith(".")]
    homes = [home for home in homes if home.is_dir()]
    for home in homes:
        if not (home / _MANIFEST).is_file():
            raise _unreadable(home / _MANIFEST)
    return homes


def _read_report(path: Path) -> ImportReport:
    try:
        fields = json.loads(path.read_text("utf-8"))
        fields.pop("layout", None)
        return ImportReport(**{**fields, "issues": tuple(fields["issues"])})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _unreadable(path) from error


def _unreadable(path: Path) -> StoreError:
    return StoreError(f"{path} cannot be read; remove the folder {path.parent} and import again.")


def checked_name(name: str) -> str:
    """Return the name of an import.

    Raises
    ------
    InputError
        When it cannot be one: it names a folder, and must not lead out of its place.
    """
    if not _NAME.fullmatch(name) or name.endswith("."):
        message = (
            f"{name!r} cannot name an import: use small letters, digits, dots, hyphens and "
            "underscores, such as azerbaijan-2026."
        )
        raise InputError(message)
    return name


def name_of_file(file_name: str) -> str:
    """Return the name of an import after that of its file.

    Parameters
    ----------
    file_name
        Without its folder.
    """
    stem = file_name.split(".", maxsplit=1)[0].lower()
    return re.sub(r"[^a-z0-9_-]+", "-", stem).strip("-_")[:60] or "places"
