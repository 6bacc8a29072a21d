"""The folder of the places that a user brings into a workspace, one writer at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geomap.errors import StoreError
from geomap.gazetteer import import_store
from geomap.store import write_lock


def places_folder(workspace: Path) -> Path:
    """Return the folder that `gazetteer.import_store` reads; it may not exist.

    Parameters
    ----------
    workspace
        Folder of the workspace.
    """
    return workspace / "gazetteer"


@contextmanager
def changing_places(workspace: Path) -> Iterator[Path]:
    """Yield the folder of imported places, to be changed: locked and without killed imports.

    A gazetteer that is open already must be opened again to find new places.

    Parameters
    ----------
    workspace
        Folder of the workspace, made when it is not there.

    Raises
    ------
    StoreError
        When the folder cannot be written, or another import goes on for too long.
    """
    folder = places_folder(workspace)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"{folder} cannot be written ({error.strerror}): choose another workspace."
        raise StoreError(message) from error
    with write_lock(folder):
        import_store.tidy(folder)
        yield folder
