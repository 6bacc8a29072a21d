"""A snapshot as one HTML page: the map can be moved, the dates narrowed, no network needed."""

from __future__ import annotations

from geomap.maps.export import export_html
from geomap.snapshot import words
from geomap.snapshot.settings import SnapshotSettings
from geomap.snapshot.view import View


def page_html(view: View, settings: SnapshotSettings) -> str:
    """Return the page of a view.

    Only the shown and the possible events of the view are in the file: what a filter or
    the window left out is counted, not given away.
    """
    notes = [
        f"{view.counts.sentence()}.",
        f"Selection: {view.query.in_words()}. {words.source_words(view.events)}.",
        f"{words.as_of_words(settings)}. Made with geomap.",
    ]
    return export_html(
        view.events,
        title=settings.title,
        subtitle=words.window_words(view.query),
        notes=notes,
        counts=view.counts.as_dict(),
        window=(view.query.start, view.query.end),
        places=view.places if settings.show_places else None,
        bounds=settings.frame or view.query.bbox or _bounds(view),
        verdicts=view.verdicts,
        colours=view.colours,
    )


def _bounds(view: View) -> tuple[float, float, float, float] | None:
    """Return west, south, east, north of what is drawn, or None where nothing is."""
    drawn = view.events if len(view.events) else view.places
    if not drawn.geometry.notna().any():
        return None
    west, south, east, north = (float(edge) for edge in drawn.geometry.total_bounds)
    return west, south, east, north
