"""What happens when somebody moves the dates, or picks an event, a place or a row.

Callbacks of widgets: each changes the session's view, and the page is then drawn from it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from geomap.dashboard.filters import current_view, keep_view
from geomap.dashboard.state import Camera, View, without_selection

TIMELINE = "map_timeline"
CARD = "map_card"
COUNTS = "map_counts"
FIT = "geomap_fit"
TABLE = "map_table"
TABLE_OPEN = "map_table_open"
LIST = "map_list"
REPORT_CHOICES = (
    *("report_title", "report_size", "report_portrait", "report_show", "report_frame"),
    *("report_theme", "report_panels", "report_grid", "report_drop", "report_hide"),
    "report_long",
)
NESTED, ONLY_UNCERTAIN = "articles_nested", "articles_only_uncertain"
LISTED_IDS = "geomap_listed_ids"
OPEN_ARTICLE = "geomap_open_article"
GO_TO = "geomap_go_to"


def range_changed() -> None:
    """Take the days of the time control."""
    start, end = _state(TIMELINE, "range") or (None, None)
    keep_view(with_days(current_view(), start, end))


def with_days(view: View, start: str | None, end: str | None) -> View:
    """Return `view` over other days; a day is ISO text, None is open."""
    first, last = (None if day is None else date.fromisoformat(day) for day in (start, end))
    return replace(view, start=first, end=last)


def picked_changed() -> None:
    """Open the event that was picked on the map."""
    picked = _state(TIMELINE, "picked")
    if picked:
        keep_view(opened(current_view(), event_id=picked["id"]))


def place_changed() -> None:
    """Open the place that was picked on the map."""
    place = _state(TIMELINE, "place")
    if place:
        keep_view(opened(current_view(), place_id=place["id"]))


def opened(view: View, *, event_id: str | None = None, place_id: str | None = None) -> View:
    """Return `view` with this event or this place open, and nothing else."""
    return replace(view, event_id=event_id, place_id=place_id)


def camera_changed() -> None:
    """Remember where the map looks, so that the link leads there again."""
    seen = _state(TIMELINE, "view")
    if seen:
        keep_view(replace(current_view(), camera=camera_of(seen["bbox"], seen["zoom"])))


def camera_of(bbox: tuple[float, float, float, float], zoom: float) -> Camera:
    """Return the camera that sees `bbox` (west, south, east, north) at `zoom`."""
    west, south, east, north = bbox
    longitude = ((west + east) / 2 + 180) % 360 - 180
    return Camera(min(90.0, max(-90.0, (south + north) / 2)), longitude, min(20.0, zoom))


def card_pressed() -> None:
    """Do what a button of the card says: close it, open another, go to the article."""
    action = _state(CARD, "action") or ""
    verb, _, object_id = action.partition(":")
    view = current_view()
    if verb == "close":
        keep_view(without_selection(view))
    elif verb == "event":
        keep_view(opened(view, event_id=object_id))
    elif verb == "place":
        keep_view(opened(view, place_id=object_id))
    elif verb == "article":
        st.session_state[OPEN_ARTICLE] = object_id
        st.session_state[GO_TO] = "articles"


def row_chosen() -> None:
    """Open the event of the row that was chosen in the table."""
    rows = st.session_state[TABLE]["selection"]["rows"]
    ids = st.session_state.get(LISTED_IDS, ())
    if rows and rows[0] < len(ids):
        keep_view(opened(current_view(), event_id=ids[rows[0]]))


def number_pressed() -> None:
    """List the events behind one of the seven numbers."""
    listed = _state(COUNTS, "listed")
    if listed:
        st.session_state[LIST] = listed
        st.session_state[TABLE_OPEN] = True


def fit() -> None:
    """Ask the map to show all events of the window; each asking has a number of its own."""
    asked = st.session_state.get(FIT) or {"n": 0}
    st.session_state[FIT] = {"n": asked["n"] + 1, "bbox": None}


def _state(key: str, name: str) -> Any:
    return (st.session_state.get(key) or {}).get(name)
