"""Make a snapshot of a view in any format, as bytes or as a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.errors import InputError
from geomap.files.atomic import write_file
from geomap.snapshot.plan.captions import alt_text
from geomap.snapshot.plan.settings import FORMATS, SnapshotSettings
from geomap.snapshot.plan.view import View
from geomap.snapshot.proof.manifest import manifest_of
from geomap.snapshot.proof.seal import seal

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from geomap.snapshot.plan.panels import Part


def snapshot_bytes(
    view: View, settings: SnapshotSettings, form: str, *, panels: Sequence[Part] = ()
) -> bytes:
    """Return the snapshot as the content of a file of the format `form`.

    The same view and settings give the same bytes of a figure: no clock is read here.

    Parameters
    ----------
    view, settings, form
        What is shown, how, and in which of `FORMATS`.
    panels
        The parts that are drawn beside each other instead of one map (see `panels_of`).

    Raises
    ------
    InputError
        When `form` is not one of `FORMATS`, or cannot hold panels.
    """
    if form not in FORMATS:
        message = f"No snapshot format {form!r}: choose one of {', '.join(FORMATS)}."
        raise InputError(message)
    if form == "html":
        if panels:
            message = "A page has one map whose dates can be moved: leave the panels out."
            raise InputError(message)
        from geomap.snapshot.html_snapshot import page_html

        return page_html(view, settings).encode("utf-8")
    from geomap.snapshot.draw.figure import draw_figure
    from geomap.snapshot.draw.image_bytes import drawing

    kind = "panels" if panels else "figure"
    parts = [(part.name, part.view) for part in panels]
    manifest = manifest_of(view, settings, kind=kind, parts=parts)
    with drawing():
        figure = draw_figure(view, settings, snapshot_id=manifest["snapshot_id"], panels=panels)
    return seal(figure_bytes(figure, view, settings, form), form, manifest)


def figure_bytes(figure: Figure, view: View, settings: SnapshotSettings, form: str) -> bytes:
    """Return a drawn figure as a file, before it is sealed."""
    from geomap.snapshot.draw import image_bytes

    told = {"dpi": settings.dpi, "title": settings.title, "alt": alt_text(view, settings)}
    if form == "pdf":
        return image_bytes.pdf_bytes([figure], **told)  # type: ignore[arg-type]
    make = {"png": image_bytes.png_bytes, "svg": image_bytes.svg_bytes}[form]
    return make(figure, **told)  # type: ignore[arg-type]


def write_snapshot(
    path: Path, view: View, settings: SnapshotSettings, *, panels: Sequence[Part] = ()
) -> Path:
    """Write the snapshot in the format that the ending of `path` names; return the path.

    Raises
    ------
    InputError
        When the ending names no format.
    StoreError
        When the file cannot be written.
    """
    form = path.suffix.removeprefix(".").lower()
    return write_file(path, snapshot_bytes(view, settings, form, panels=panels))
