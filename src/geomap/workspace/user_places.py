"""Places that a user brings into a workspace, one writer at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geomap.errors import StoreError
from geomap.gazetteer import import_store
from geomap.gazetteer.import_store import ImportReport
from geomap.ingest import places
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
    """Take the places of a file into a workspace; see `geomap.ingest.places`.

    A gazetteer that is open already does not know them: open it again.
    """
    with _writing(workspace) as folder:
        return places.import_places(
            folder, file, name=name, label=label, form=form, replace=replace, progress=progress
        )


def forget_places(workspace: Path, name: str) -> None:
    """Remove an import from a workspace.

    Raises
    ------
    NotFoundError
        When there is none of this name.
    """
    with _writing(workspace) as folder:
        import_store.forget_places(folder, name)


def known_imports(workspace: Path) -> tuple[ImportReport, ...]:
    """Return the account of each import of a workspace, by name; nothing is made or changed."""
    return import_store.known_imports(workspace / FOLDER)


@contextmanager
def _writing(workspace: Path) -> Iterator[Path]:
    folder = workspace / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"{folder} cannot be written ({error.strerror}): choose another workspace."
        raise StoreError(message) from error
    with write_lock(folder):
        import_store.tidy(folder)
        yield folder
