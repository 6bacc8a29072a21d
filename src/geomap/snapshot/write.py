"""Make a snapshot of a view in any format, as bytes or as a file."""

from __future__ import annotations

from pathlib import Path

from geomap.errors import InputError, StoreError
from geomap.snapshot.settings import FORMATS, SnapshotSettings
from geomap.snapshot.view import View


def snapshot_bytes(view: View, settings: SnapshotSettings, form: str) -> bytes:
    """Return the snapshot as the content of a file of the format `form`.

    Raises
    ------
    InputError
        When `form` is not one of `FORMATS`.
    """
    if form not in FORMATS:
        message = f"No snapshot format {form!r}: choose one of {', '.join(FORMATS)}."
        raise InputError(message)
    if form == "html":
        from geomap.snapshot.page import page_html

        return page_html(view, settings).encode("utf-8")
    from geomap.snapshot.figure import figure_bytes

    return figure_bytes(view, settings, form)


def write_snapshot(path: Path, view: View, settings: SnapshotSettings) -> Path:
    """Write the snapshot in the format that the ending of `path` names; return the path.

    Raises
    ------
    InputError
        When the ending names no format.
    StoreError
        When the file cannot be written.
    """
    content = snapshot_bytes(view, settings, path.suffix.removeprefix(".").lower())
    try:
        path.write_bytes(content)
    except OSError as error:
        message = f"Cannot write {path}: {error.strerror}; choose another folder or name."
        raise StoreError(message) from error
    return path
