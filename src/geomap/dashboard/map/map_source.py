"""What the map of a session is given: all events at once, or what its view needs of more.

Up to a limit (GEOMAP_POINT_LIMIT) the browser holds every event and filters by itself. Above
it the server answers each view: counts on a grid, and events as soon as few are in view.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st

from geomap.dashboard.map import map_binary
from geomap.dashboard.map.map_binary import Rows
from geomap.dashboard.shared import cache, session
from geomap.dashboard.shared.asset_server import Kept
from geomap.dashboard.shared.cache import Data
from geomap.dashboard.shared.map_extent import Bounds
from geomap.engine.event_positions import Positions
from geomap.geo.extent import bounds_of_positions
from geomap.geo.grid import MOST_POINTS, Frame, frame_of
from geomap.maps.grid_bytes import grid_bytes
from geomap.maps.pack import pack_bits, pack_events
from geomap.query import EventQuery

DEFAULT_LIMIT = 2_000_000
LOOK = "geomap_look"
"""Box and zoom that the session's map shows, as it told them last."""

_ROWS = "geomap_rows"
_FIRST_ZOOM = 6.0
_SAMPLE = 100_000
_NONE = Rows(pa.array([], pa.string()))


@dataclass(frozen=True, slots=True)
class Scene:
    """What a map is told to load; of `points` and `grid` one is None."""

    rows: Rows
    points: Kept | None = None
    bits: Kept | None = None
    grid: Kept | None = None


def point_limit() -> int:
    """Return with how many events the map stops to hold them all."""
    word = os.environ.get("GEOMAP_POINT_LIMIT", "")
    return int(word) if word.isdigit() else DEFAULT_LIMIT


def is_beyond(data: Data) -> bool:
    """Return whether there are more events than a page holds."""
    return _size(data) > point_limit()


@st.cache_data(max_entries=4, show_spinner=False)
def _size(data: Data) -> int:
    return len(cache.table(data))


def scene(data: Data, query: EventQuery) -> Scene:
    """Return what the session's map is to load for a query."""
    if not is_beyond(data):
        events = map_binary.packed(data)
        return Scene(events, events.binary, map_binary.bits(data, query))
    found = _of_view(data, query, frame_of(*_look(data)))
    st.session_state[_ROWS] = found.rows
    return found


def rows(data: Data) -> Rows:
    """Return the event of each row that the session's map has loaded."""
    if not is_beyond(data):
        return map_binary.packed(data)
    held: Rows = st.session_state.get(_ROWS, _NONE)
    return held


def box(data: Data, query: EventQuery) -> Bounds | None:
    """Return the box of what a query shows, where the map itself does not know; else None."""
    return _positions(data).box(query) if is_beyond(data) else None


def bounds(data: Data) -> Bounds:
    """Return the box around most of the events."""
    return _bounds(data) if is_beyond(data) else map_binary.packed(data).bounds


@st.cache_data(max_entries=4, show_spinner=False)
def _bounds(data: Data) -> Bounds:
    found = _positions(data).sample(_SAMPLE)
    x, y = (found[name].to_numpy().astype("float64") for name in ("x", "y"))
    return bounds_of_positions(x, y)


@st.cache_resource(max_entries=2, show_spinner="Working out where the events are, this once")
def _positions(data: Data) -> Positions:
    return session.workspace_at(data.folder).positions()


def _look(data: Data) -> tuple[Bounds, float]:
    look: tuple[Bounds, float] | None = st.session_state.get(LOOK)
    return look or (bounds(data), _FIRST_ZOOM)


@st.cache_resource(max_entries=64, show_spinner=False)
def _of_view(data: Data, query: EventQuery, frame: Frame) -> Scene:
    positions = _positions(data)
    cells = positions.cells(query, frame)
    counts = cache.counts(data, query).as_dict()
    window = (
        None if query.start is None else query.start.isoformat(),
        None if query.end is None else query.end.isoformat(),
    )
    if cells.events > min(MOST_POINTS, point_limit()):
        told = grid_bytes(cells, frame, counts=counts, window=window)
        return Scene(_NONE, grid=Kept(told))
    points = positions.points(query, frame)
    made = pack_events(
        cache.table(data).map_columns(points["event_id"].to_pylist()),
        colours={"type": cache.colours(data)},
        partial={"counts": counts, "window": list(window)},
    )
    return Scene(Rows(made.event_ids), Kept(made.blob), _bits(points, made.event_ids))


def _bits(points: pa.Table, event_ids: pa.Array) -> Kept | None:
    """Return which rows only possibly pass (a place that is asked for); None without a doubt."""
    if pc.all(points["surely"]).as_py() is not False:
        return None
    at = pc.index_in(event_ids, value_set=points["event_id"].combine_chunks())
    surely = points["surely"].combine_chunks().take(at).to_numpy(zero_copy_only=False)
    return Kept(pack_bits(np.ones(len(surely), dtype=bool), surely))
