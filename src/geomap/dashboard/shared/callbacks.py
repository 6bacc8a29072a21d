"""What happens when somebody moves the dates, or picks an event, a place or a row.

Callbacks of widgets: each changes the session's view, and the page is then drawn from it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from geomap.dashboard.map import map_source, marker_events
from geomap.dashboard.shared.cache import Data
from geomap.dashboard.shared.choices import MODES
from geomap.dashboard.shared.view_state import (
    Camera,
    View,
    read_polygon,
    without_selection,
    write_polygon,
)
from geomap.dashboard.shared.view_url import current_view, keep_view
from geomap.query import Polygon

TIMELINE = "map_timeline"
CARD = "map_card"
NEAR = "map_near"
HERE = "map_here"
COUNTS = "map_counts"
FIT = "geomap_fit"
FOLLOW = "map_follow"
REDRAW = "geomap_redraw"
"""Set by a callback inside a part of the page when the other parts must be drawn too."""
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


def mode_changed() -> None:
    """Take the mode of the time control: a window, or all up to a day."""
    mode = _state(TIMELINE, "mode")
    if mode in MODES:
        keep_view(replace(current_view(), mode=mode))


def with_days(view: View, start: str | None, end: str | None) -> View:
    """Return `view` over other days; a day is ISO text, None is open."""
    first, last = (None if day is None else date.fromisoformat(day) for day in (start, end))
    return replace(view, start=first, end=last)


def picked(data: Data, key: str) -> None:
    """Open the event that was picked on the map; a pick of nothing closes nothing."""
    told = _state(key, "picked")
    event_id = map_source.rows(data).id_of(told.get("row")) if isinstance(told, dict) else None
    if event_id is not None:
        marker_events.keep_here(map_source.rows(data), told.get("here"))
        keep_view(opened(current_view(), event_id=event_id))


def place_changed(key: str) -> None:
    """Open the place that was picked on the map."""
    place = _state(key, "place")
    if place:
        keep_view(opened(current_view(), place_id=place["id"]))


def window_followed(key: str) -> None:
    """Take the days that the map shows now, as another part of the page heard them."""
    told = _state(key, "window")
    if told:
        keep_view(with_days(current_view(), *told["days"]))


def drawn_changed() -> None:
    """Take the area that was drawn as a filter, or that it was removed."""
    corners = _state(TIMELINE, "drawn")
    keep_view(replace(current_view(), polygon=polygon_of(corners)))
    st.session_state[REDRAW] = True


def polygon_of(corners: Any) -> Polygon:
    """Return the corners of a drawn area as a criterion; what is no area is none."""
    try:
        told = [(round(float(x), 4), round(float(y), 4)) for x, y in corners or ()]
        if len(told) > 1 and told[0] == told[-1]:
            told.pop()
        return read_polygon(write_polygon(tuple(told)))
    except (TypeError, ValueError):
        return ()


def opened(view: View, *, event_id: str | None = None, place_id: str | None = None) -> View:
    """Return `view` with this event or this place open, and nothing else."""
    return replace(view, event_id=event_id, place_id=place_id)


def camera_changed() -> None:
    """Remember where the map looks, so that the link leads there again."""
    seen = _state(TIMELINE, "view")
    if seen:
        st.session_state[map_source.LOOK] = (tuple(seen["bbox"]), float(seen["zoom"]))
    if seen and not seen.get("first"):  # nobody moved the map yet: the link stays short
        keep_view(replace(current_view(), camera=camera_of(seen["bbox"], seen["zoom"])))


def camera_of(bbox: tuple[float, float, float, float], zoom: float) -> Camera:
    """Return the camera that sees `bbox` (west, south, east, north) at `zoom`."""
    west, south, east, north = bbox
    longitude = ((west + east) / 2 + 180) % 360 - 180
    return Camera(min(90.0, max(-90.0, (south + north) / 2)), longitude, min(20.0, zoom))


def near_pressed() -> None:
    """Open the near event that was pressed."""
    card_pressed(NEAR)


def here_pressed() -> None:
    """Open the event of a mark's list that was pressed, or list more of them."""
    if (_state(HERE, "action") or "").startswith("more"):
        marker_events.list_more()
    else:
        card_pressed(HERE)


def card_pressed(key: str = CARD) -> None:
    """Do what a button of the card says: close it, open another, go to the article."""
    action = _state(key, "action") or ""
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


def row_chosen(key: str = TABLE) -> None:
    """Open the event of the row that was chosen in the table."""
    rows = st.session_state[key]["selection"]["rows"]
    ids = st.session_state.get(LISTED_IDS, ())
    if rows and rows[0] < len(ids):
        keep_view(opened(current_view(), event_id=ids[rows[0]]))


def number_pressed() -> None:
    """List the events behind one of the seven numbers."""
    listed = _state(COUNTS, "listed")
    if listed:
        st.session_state[LIST] = listed
        st.session_state[TABLE_OPEN] = True
        st.session_state[REDRAW] = True


def redraw() -> None:
    """Ask for the whole page to be drawn, from inside a part of it."""
    st.session_state[REDRAW] = True


def fit() -> None:
    """Ask the map to show all events of the window; each asking has a number of its own."""
    asked = st.session_state.get(FIT) or {"n": 0}
    st.session_state[FIT] = {"n": asked["n"] + 1}


def _state(key: str, name: str) -> Any:
    return (st.session_state.get(key) or {}).get(name)
