"""A view as one HTML page: the map can be moved, the dates narrowed, and no network is needed."""

from __future__ import annotations

from geomap.exports.html_page import export_html
from geomap.geo.extent import bounds_of
from geomap.snapshot.plan import captions
from geomap.snapshot.plan.settings import SnapshotSettings
from geomap.snapshot.plan.view import View
from geomap.snapshot.proof.manifest import manifest_of
from geomap.snapshot.proof.seal import seal_html
from geomap.typing import BBox


def page_html(view: View, settings: SnapshotSettings) -> str:
    """Return the page of a view, with its manifest in an element of its own.

    Only the shown and possible events of the view are in the file: events that a filter or the
    window excludes are counted, not passed on. Events whose licence does not allow their rows to
    be passed on are symbols on the map without words.
    """
    manifest = manifest_of(view, settings, kind="page")
    sources = f"{captions.source_words(view.events)}. {captions.origins_words(view)}."
    notes = [
        f"{view.counts.sentence()}.",
        f"Selection: {view.query.in_words()}. {sources}",
        *captions.limits_of(view),
        f"{captions.as_of_words(settings)}. Snapshot {manifest['snapshot_id']}. Made with geomap.",
    ]
    page = export_html(
        view.signs,
        title=settings.title,
        subtitle=captions.window_words(view.query),
        notes=notes,
        counts=view.counts.as_dict(),
        window=(view.query.start, view.query.end),
        places=view.places if settings.show_places else None,
        bounds=settings.frame or view.query.bbox or _bounds(view),
        verdicts=view.verdicts,
        colours=view.colours,
        withheld=~view.listed,
    )
    return seal_html(page, manifest)


def _bounds(view: View) -> BBox | None:
    """Return the box around most of what is drawn, or None where nothing is."""
    drawn = view.events if len(view.events) else view.places
    return bounds_of(drawn) if drawn.geometry.notna().any() else None
