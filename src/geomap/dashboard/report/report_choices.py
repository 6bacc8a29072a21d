"""The choices of the Report page: how a figure looks, and what is left out of it."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from geomap.dashboard.report import map_extent, snapshot_cache
from geomap.dashboard.report.snapshot_cache import ViewRequest
from geomap.dashboard.shared import cache, keys, view_url
from geomap.dashboard.shared.cache import Data
from geomap.geo.extent import bounds_of
from geomap.query import EventQuery
from geomap.sharing import DROPPABLE, Redaction
from geomap.snapshot import SIZES_INCHES, THEMES, SnapshotSettings
from geomap.typing import BBox

MAX_TITLE = 200
_SIZE_WORDS = {"a4": "A4", "a5": "A5", "slide": "Slide 16:9", "square": "Square"}
_FRAME_WORDS = {"map": "As on the map", "all": "All events"}
_THEME_WORDS = {"light": "Light", "dark": "Dark"}
_SHOW_WORDS = {
    "places": "Roads, zones and sites",
    "histogram": "Events by day",
    "graticule": "Graticule",
}
_PANEL_WORDS = {
    snapshot_cache.WHOLE: "One map",
    "week": "A panel for each week",
    "month": "A panel for each month",
    "year": "A panel for each year",
    "type": "A panel for each type",
}
_GRIDS: dict[float | None, str] = {
    None: "As exact as they are",
    0.05: "Cells of 0.05° (6 km)",
    0.1: "Cells of 0.1° (11 km)",
    0.25: "Cells of 0.25° (28 km)",
    0.5: "Cells of 0.5° (56 km)",
    1.0: "Cells of 1° (111 km)",
}
_DEFAULTS = {
    keys.REPORT_TITLE: "Events by type and date",
    keys.REPORT_FRAME: "map",
    keys.REPORT_THEME: "light",
    keys.REPORT_SHOW: ["places", "histogram"],
}


@dataclass(frozen=True, slots=True)
class Choice:
    """Everything that was chosen on the page."""

    request: ViewRequest
    settings: SnapshotSettings
    panels: str


def choose(data: Data, query: EventQuery) -> Choice:
    """Draw the choices and return what is chosen; lines and names are as on the Map page."""
    for key, value in _DEFAULTS.items():
        st.session_state.setdefault(key, value)
    title = st.text_input("Title", key=keys.REPORT_TITLE, max_chars=MAX_TITLE)
    size = st.selectbox(
        "Size", list(SIZES_INCHES), key=keys.REPORT_SIZE, format_func=_SIZE_WORDS.__getitem__
    )
    frame = st.segmented_control(
        "Frame", list(_FRAME_WORDS), key=keys.REPORT_FRAME, format_func=_FRAME_WORDS.__getitem__
    )
    portrait = st.toggle("Portrait", key=keys.REPORT_PORTRAIT)
    theme = st.segmented_control(
        "Colours", list(THEMES), key=keys.REPORT_THEME, format_func=_THEME_WORDS.__getitem__
    )
    shown = _shown()
    panels = st.selectbox(
        "Maps", list(_PANEL_WORDS), key=keys.REPORT_PANELS, format_func=_PANEL_WORDS.__getitem__
    )
    redaction = _redaction(data)
    view = view_url.current_view()
    settings = SnapshotSettings(
        title=title.strip() or "Events",
        as_of=snapshot_cache.as_of(data),
        size=size,
        portrait=portrait,
        version=int(data.version) if data.version.isdigit() else None,
        show_places="places" in shown,
        show_histogram="histogram" in shown,
        graticule="graticule" in shown,
        theme=theme or "light",
        frame=_frame(data) if frame == "map" else None,
        boundaries=view.boundaries,
        names=view.names,
        link=snapshot_cache.link(),
    )
    request = snapshot_cache.view_request(data, query, redaction)
    return Choice(request, settings, panels or snapshot_cache.WHOLE)


def _shown() -> list[str]:
    return st.pills(
        "Show",
        list(_SHOW_WORDS),
        key=keys.REPORT_SHOW,
        selection_mode="multi",
        format_func=_SHOW_WORDS.__getitem__,
    )


def _redaction(data: Data) -> Redaction:
    with st.expander("Redaction", key="report_redaction"):
        grid = st.selectbox(
            "How exact places are",
            list(_GRIDS),
            key=keys.REPORT_GRID,
            format_func=_GRIDS.__getitem__,
        )
        columns = st.multiselect("Columns to leave out", list(DROPPABLE), key=keys.REPORT_DROP)
        sources = st.multiselect(
            "Sources to hide", list(cache.words(data, "source")), key=keys.REPORT_HIDE
        )
        st.caption("Every file says that it was done. A hidden source is counted, not named.")
    return Redaction(grid, tuple(columns), tuple(sources))


def _frame(data: Data) -> BBox | None:
    camera = view_url.current_view().camera
    if camera is not None:
        return map_extent.bounds_around(camera)
    events = snapshot_cache.events(data)
    return bounds_of(events) if len(events) else None
