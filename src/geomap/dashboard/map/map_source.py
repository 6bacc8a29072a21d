"""The files that the map of a session loads: all events at once, or those of its view.

Up to a limit (GEOMAP_POINT_LIMIT) the browser holds every event and filters by itself. Above it
the server answers each view: with counts on a grid, and with events once few enough are in view.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st

from geomap.dashboard.map import map_binary, map_cache
from geomap.dashboard.map.map_binary import Rows
from geomap.dashboard.shared import cache, keys, session
from geomap.dashboard.shared.asset_server import ServedFile, served_file
from geomap.dashboard.shared.cache import Data
from geomap.engine.event_positions import Positions
from geomap.geo.extent import bounds_of_positions
from geomap.geo.grid import MOST_POINTS, Frame, frame_of
from geomap.maps.grid_bytes import grid_bytes
from geomap.maps.pack import pack_bits, pack_events
from geomap.maps.place_layer import place_layers, places_json
from geomap.model import ToponymKind
from geomap.query import EventQuery
from geomap.typing import BBox

DEFAULT_LIMIT = 2_000_000

_FIRST_ZOOM = 6.0
_SAMPLE = 100_000
_NO_ROWS = Rows(pa.array([], pa.string()))
_LAYER_OF_KIND = {
    ToponymKind.ROAD.value: "roads",
    ToponymKind.ZONE.value: "zones",
    ToponymKind.CITY.value: "towns",
}


@dataclass(frozen=True, slots=True)
class MapFiles:
    """The files that a map is to load; of `points` and `grid` one is None.

    `bits` says which rows pass the filters that the browser cannot answer.
    """

    rows: Rows
    points: ServedFile | None = None
    bits: ServedFile | None = None
    grid: ServedFile | None = None


def point_limit() -> int:
    """Return up to how many events the browser holds them all."""
    word = os.environ.get("GEOMAP_POINT_LIMIT", "")
    return int(word) if word.isdigit() else DEFAULT_LIMIT


def is_large(data: Data) -> bool:
    """Return whether there are more events than the browser holds."""
    return _size(data) > point_limit()


@st.cache_data(max_entries=4, show_spinner=False)
def _size(data: Data) -> int:
    return len(cache.table(data))


def map_files(data: Data, query: EventQuery) -> MapFiles:
    """Return the files that the session's map is to load for a query."""
    if not is_large(data):
        events = map_binary.packed(data)
        return MapFiles(events, events.binary, map_binary.bits(data, query))
    files = _files_of_view(data, query, frame_of(*_camera(data)))
    st.session_state[keys.ROWS] = files.rows
    return files


def rows(data: Data) -> Rows:
    """Return the rows that the session's map has loaded."""
    if not is_large(data):
        return map_binary.packed(data)
    loaded: Rows = st.session_state.get(keys.ROWS, _NO_ROWS)
    return loaded


def box(data: Data, query: EventQuery) -> BBox | None:
    """Return the box of what a query shows; None where the browser works it out."""
    return _positions(data).box(query) if is_large(data) else None


def bounds(data: Data) -> BBox:
    """Return the box around most of the events."""
    return _bounds(data) if is_large(data) else map_binary.packed(data).bounds


@st.cache_data(max_entries=4, show_spinner=False)
def _bounds(data: Data) -> BBox:
    sample = _positions(data).sample(_SAMPLE)
    x, y = (sample[name].to_numpy().astype("float64") for name in ("x", "y"))
    return bounds_of_positions(x, y)


@st.cache_resource(max_entries=2, show_spinner="Working out where the events are, this once")
def _positions(data: Data) -> Positions:
    return data.workspace.positions()


def _camera(data: Data) -> tuple[BBox, float]:
    camera: tuple[BBox, float] | None = st.session_state.get(keys.CAMERA)
    return camera or (bounds(data), _FIRST_ZOOM)


@st.cache_resource(max_entries=64, show_spinner=False)
def _files_of_view(data: Data, query: EventQuery, frame: Frame) -> MapFiles:
    positions = _positions(data)
    cells = positions.cells(query, frame)
    counts = cache.counts(data, query).as_dict()
    window = (
        None if query.start is None else query.start.isoformat(),
        None if query.end is None else query.end.isoformat(),
    )
    if cells.events > min(MOST_POINTS, point_limit()):
        blob = grid_bytes(cells, frame, counts=counts, window=window)
        return MapFiles(_NO_ROWS, grid=ServedFile(blob))
    points = positions.points(query, frame)
    packed = pack_events(
        cache.table(data).map_columns(points["event_id"].to_pylist()),
        colours={"type": map_cache.colours(data)},
        partial={"counts": counts, "window": list(window)},
    )
    event_ids = packed.event_ids
    return MapFiles(Rows(event_ids), ServedFile(packed.blob), _bits(points, event_ids))


def _bits(points: pa.Table, event_ids: pa.Array) -> ServedFile | None:
    """Return which rows only possibly lie at the place asked for; None when all surely do."""
    if pc.all(points["surely"]).as_py() is not False:
        return None
    at = pc.index_in(event_ids, value_set=points["event_id"].combine_chunks())
    surely = points["surely"].combine_chunks().take(at).to_numpy(zero_copy_only=False)
    return ServedFile(pack_bits(np.ones(len(surely), dtype=bool), surely))


def places_layer(data: Data, layers: tuple[str, ...], channel: str) -> Any:
    """Return a new map layer of the places of these layers (folium uses a layer only once)."""
    return place_layers(session.address(_places_file(data, layers)), channel=channel)


@st.cache_resource(max_entries=16, show_spinner=False)
def _places_file(data: Data, layers: tuple[str, ...]) -> ServedFile:
    return served_file(places_json(places_of(data, layers)))


def places_of(data: Data, layers: Sequence[str]) -> gpd.GeoDataFrame:
    """Return the places of these layers: "roads", "zones", "towns", "sites"."""
    places = cache.places(data)
    return places[places["kind"].map(_LAYER_OF_KIND).fillna("sites").isin(layers)]
