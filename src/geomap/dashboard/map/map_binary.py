"""The binaries that the map reads: packed once for each version, bits once for each filter.

They lie on the disk; of a million events only the ids stay in memory, once for all sessions.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st

from geomap.dashboard.shared import cache
from geomap.dashboard.shared.asset_server import Kept
from geomap.dashboard.shared.cache import Data
from geomap.dashboard.shared.map_extent import Bounds
from geomap.geo.extent import bounds_of_positions
from geomap.maps.pack import pack_bits, pack_events
from geomap.query import EventQuery

_HEAD = 8  # bytes before the header


class Rows:
    """What the map has loaded: the event of each row."""

    def __init__(self, event_ids: pa.Array) -> None:
        self.event_ids = event_ids

    def row_of(self, event_id: str | None) -> int | None:
        """Return the first row of an event; None when it is not on the map."""
        if event_id is None:
            return None
        row = pc.index(self.event_ids, pa.scalar(event_id, self.event_ids.type)).as_py()
        return None if row < 0 else int(row)

    def id_of(self, row: object) -> str | None:
        """Return the event of a row that a page named; None when there is no such row."""
        if isinstance(row, bool) or not isinstance(row, int | float):
            return None
        place = int(row)
        found: str | None = None
        if 0 <= place < len(self.event_ids):
            found = self.event_ids[place].as_py()
        return found


class Packed(Rows):
    """The events of a version as the map reads them; `binary` is what a session fetches."""

    def __init__(self, table: pa.Table, colours: Mapping[str, str]) -> None:
        made = pack_events(table, colours={"type": colours})
        super().__init__(made.event_ids)
        self.order = made.order  # of the files
        self.binary = Kept(made.blob)
        self.bounds = _bounds_in(made.blob, made.header["rows"])


@st.cache_resource(max_entries=2, show_spinner="Packing the events for the map")
def packed(data: Data) -> Packed:
    """Return the events of a version as the map reads them, whatever is filtered."""
    return Packed(cache.table(data).map_columns(), cache.colours(data))


def bits(data: Data, query: EventQuery) -> Kept | None:
    """Return which rows pass the filters that the browser cannot answer; None without any."""
    asked = EventQuery(text=query.text, place_ids=query.place_ids, polygon=query.polygon)
    return None if asked.is_empty else _bits(data, asked)


@st.cache_resource(max_entries=32, show_spinner=False)
def _bits(data: Data, query: EventQuery) -> Kept:
    passes, surely = cache.table(data).masks(query)
    rows = packed(data).order
    return Kept(pack_bits(passes[rows], None if surely is None else surely[rows]))


def _bounds_in(blob: bytes, rows: int) -> Bounds:
    """Return the box around most of the events, from their positions in the binary."""
    start = _HEAD + int(np.frombuffer(blob, "<u4", 1, 4)[0])
    x, y = (np.frombuffer(blob, "<u4", rows, start + 4 * rows * part) for part in (0, 1))
    step = max(1, rows // 100_000)  # a sample tells where most are
    return bounds_of_positions(x[::step], y[::step])
