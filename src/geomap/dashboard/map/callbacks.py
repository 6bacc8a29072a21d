"""Callbacks of the Map page: each changes the session's view, from which the page is drawn."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from geomap.dashboard.map import map_source, marker_events
from geomap.dashboard.shared import keys
from geomap.dashboard.shared.cache import Data
from geomap.dashboard.shared.choices import MODES
from geomap.dashboard.shared.components import value_of
from geomap.dashboard.shared.view_state import Camera
from geomap.dashboard.shared.view_url import change_query, change_view
from geomap.query import Polygon
from geomap.query.forms import read_polygon, write_polygon
from geomap.typing import BBox


def range_changed() -> None:
    """Take the days of the time control."""
    _set_days(*(value_of(keys.TIMELINE, "range") or (None, None)))


def window_changed(key: str) -> None:
    """Take the days that the map shows now, as another part of the page received them."""
    if window := value_of(key, "window"):
        _set_days(*window["days"])


def _set_days(start: str | None, end: str | None) -> None:
    first, last = (None if day is None else date.fromisoformat(day) for day in (start, end))
    change_query(start=first, end=last)


def mode_changed() -> None:
    """Take the mode of the time control: a window, or all up to a day."""
    mode = value_of(keys.TIMELINE, "mode")
    if mode in MODES:
        change_view(mode=mode)


def area_changed() -> None:
    """Take the area that was drawn as a filter, or its removal."""
    change_query(polygon=polygon_of(value_of(keys.TIMELINE, "drawn")))
    redraw()


def polygon_of(corners: Any) -> Polygon:
    """Return the corners of a drawn area as a criterion, none if they are not an area."""
    try:
        points = [(round(float(x), 4), round(float(y), 4)) for x, y in corners or ()]
        if len(points) > 1 and points[0] == points[-1]:
            points.pop()
        return read_polygon(write_polygon(tuple(points)))
    except (TypeError, ValueError):
        return ()


def camera_changed() -> None:
    """Remember the camera, so that the link leads back to it."""
    seen = value_of(keys.TIMELINE, "view")
    if not seen:
        return
    st.session_state[keys.CAMERA] = (tuple(seen["bbox"]), float(seen["zoom"]))
    if not seen.get("first"):  # until somebody moves the map the link stays short
        change_view(camera=camera_of(seen["bbox"], seen["zoom"]))


def camera_of(bbox: BBox, zoom: float) -> Camera:
    """Return the camera that sees a box at a zoom."""
    west, south, east, north = bbox
    longitude = ((west + east) / 2 + 180) % 360 - 180
    return Camera(min(90.0, max(-90.0, (south + north) / 2)), longitude, min(20.0, zoom))


def fit() -> None:
    """Ask the map to show all events of the window; the number makes each request a new one."""
    number = (st.session_state.get(keys.FIT) or {"n": 0})["n"]
    st.session_state[keys.FIT] = {"n": number + 1}


def event_picked(data: Data, key: str) -> None:
    """Open the event that was picked on the map; a click beside all events closes nothing."""
    picked = value_of(key, "picked")
    rows = map_source.rows(data)
    event_id = rows.id_of(picked.get("row")) if isinstance(picked, dict) else None
    if event_id is not None:
        marker_events.remember_marker(rows, picked.get("here"))
        _open(event_id=event_id)


def place_picked(key: str) -> None:
    """Open the place that was picked on the map."""
    if place := value_of(key, "place"):
        _open(place_id=place["id"])


def _open(*, event_id: str | None = None, place_id: str | None = None) -> None:
    """Open this event or this place, and nothing else."""
    change_view(event_id=event_id, place_id=place_id)


def card_pressed(key: str) -> None:
    """Do what a button of a card says: close it, open another, list more, go to the article."""
    verb, _, object_id = (value_of(key, "action") or "").partition(":")
    if verb == "close":
        _open()
    elif verb == "event":
        _open(event_id=object_id)
    elif verb == "place":
        _open(place_id=object_id)
    elif verb == "more":
        marker_events.list_more()
    elif verb == "article":
        st.session_state[keys.OPEN_ARTICLE] = object_id
        st.session_state[keys.GO_TO] = "articles"


def row_chosen(key: str) -> None:
    """Open the event of the row that was chosen in the table."""
    rows = st.session_state[key]["selection"]["rows"]
    ids = st.session_state.get(keys.LISTED_IDS, ())
    if rows and rows[0] < len(ids):
        _open(event_id=ids[rows[0]])


def number_pressed() -> None:
    """List the events behind one of the eight numbers."""
    if name := value_of(keys.COUNTS, "listed"):
        st.session_state[keys.LIST] = name
        st.session_state[keys.TABLE_OPEN] = True
        redraw()


def redraw() -> None:
    """Ask for the whole page to be drawn, from inside a fragment of it."""
    st.session_state[keys.REDRAW] = True
