"""A view as one sealed file: a figure in PNG, SVG or PDF, or an HTML page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from geomap.errors import InputError
from geomap.geo.extent import bounds_of
from geomap.snapshot.plan import captions
from geomap.snapshot.plan.parts import Part
from geomap.snapshot.plan.settings import FORMATS, SnapshotSettings
from geomap.snapshot.plan.view import View
from geomap.snapshot.proof.manifest import manifest_of
from geomap.snapshot.proof.seal import seal

if TYPE_CHECKING:
    from geomap.snapshot.plan.figure_plan import FigurePlan


def snapshot_bytes(
    view: View, settings: SnapshotSettings, form: str, *, panels: Sequence[Part] = ()
) -> bytes:
    """Return the snapshot as the content of a file.

    The same view and settings give the same bytes of a figure: no clock is read here.

    Parameters
    ----------
    view, settings, form
        What is shown and how; one of `FORMATS`.
    panels
        The parts that are drawn beside each other instead of one map (see `parts_of`).

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
        return _page_bytes(view, settings)
    from geomap.snapshot.draw.font_metrics import TYPESETTER
    from geomap.snapshot.plan.figure_plan import plan_figure

    manifest = manifest_of(view, settings, kind="panels" if panels else "figure", parts=panels)
    plan = plan_figure(
        view, settings, TYPESETTER, snapshot_id=manifest["snapshot_id"], panels=panels
    )
    return seal(figure_bytes(plan, view, settings, form), form, manifest)


def figure_bytes(plan: FigurePlan, view: View, settings: SnapshotSettings, form: str) -> bytes:
    """Return the drawn plan as a PNG, SVG or PDF file, before it is sealed."""
    from geomap.snapshot.draw import image_bytes
    from geomap.snapshot.draw.figure import draw_figure

    figure, dpi, title = draw_figure(plan), settings.dpi, settings.title
    alt = captions.alt_text(view, settings)
    if form == "pdf":
        return image_bytes.pdf_bytes([figure], dpi=dpi, title=title, alt=alt)
    encode = image_bytes.png_bytes if form == "png" else image_bytes.svg_bytes
    return encode(figure, dpi=dpi, title=title, alt=alt)


def _page_bytes(view: View, settings: SnapshotSettings) -> bytes:
    """Return the page of a view, with its manifest in an element of its own.

    Only the shown and possible events of the view are in the file: events that a filter or the
    window excludes are counted, not passed on. Events whose licence does not allow their rows to
    be passed on are symbols on the map without words.
    """
    from geomap.exports.html_page import export_html

    manifest = manifest_of(view, settings, kind="page")
    sources = f"{captions.source_words(view.events)}. {captions.origins_words(view)}."
    notes = [
        f"{view.counts.sentence()}.",
        f"Selection: {view.query.in_words()}. {sources}",
        *captions.limits_of(view),
        f"{captions.as_of_words(settings)}. Snapshot {manifest['snapshot_id']}. Made with geomap.",
    ]
    drawn = view.events if len(view.events) else view.places
    bounds = bounds_of(drawn) if drawn.geometry.notna().any() else None
    page = export_html(
        view.signs,
        title=settings.title,
        subtitle=captions.window_words(view.query),
        notes=notes,
        counts=view.counts.as_dict(),
        window=(view.query.start, view.query.end),
        places=view.places if settings.show_places else None,
        bounds=settings.frame or view.query.bbox or bounds,
        verdicts=view.verdicts,
        colours=view.colours,
        withheld=~view.listed,
    )
    return seal(page.encode("utf-8"), "html", manifest)
