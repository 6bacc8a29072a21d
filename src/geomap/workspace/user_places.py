"""Places that a user brings into a workspace, one writer at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geomap.errors import StoreError
from geomap.gazetteer import imports
from geomap.gazetteer.imports import ImportReport
from geomap.store import write_lock
from geomap.typing import Progress

FOLDER = "gazetteer"


def import_places(
    workspace: Path,
    file: Path,
    *,
    name: str | None = None,
    label: str | None = None,
    form: str = "auto",
    replace: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Take the places of a file into a workspace; a gazetteer must be opened again to find them.

    Parameters
    ----------
    workspace
        Folder of the workspace.
    file, name, label, form, replace, progress
        As `gazetteer.imports.import_places` takes them.

    Raises
    ------
    InputError, FileRefusedError
        As `gazetteer.imports.import_places` raises them.
    StoreError
        When the folder cannot be written, or another import goes on for too long.
    """
    with _writing(workspace) as folder:
        return imports.import_places(
            folder, file, name=name, label=label, form=form, replace=replace, progress=progress
        )


def forget_places(workspace: Path, name: str) -> None:
    """Remove an import of places from a workspace.

    Parameters
    ----------
    workspace, name
        Folder of the workspace; name of the import.

    Raises
    ------
    NotFoundError
        When there is none of this name.
    """
    with _writing(workspace) as folder:
        imports.forget_places(folder, name)


def known_imports(workspace: Path) -> tuple[ImportReport, ...]:
    """Return the report of each import of places, by name.

    Parameters
    ----------
    workspace
        Folder of the workspace; nothing in it is made or changed.
    """
    return imports.known_imports(workspace / FOLDER)


@contextmanager
def _writing(workspace: Path) -> Iterator[Path]:
    folder = workspace / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"{folder} cannot be written ({error.strerror}): choose another workspace."
        raise StoreError(message) from error
    with write_lock(folder):
        imports.tidy(folder)
        yield folder
