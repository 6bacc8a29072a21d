"""The binary files of a map that holds all events: packed once a version, bits once a filter.

They are on the disk; of a million events only the ids stay in memory, once for all sessions.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st

from geomap.dashboard.map import map_cache
from geomap.dashboard.shared import cache
from geomap.dashboard.shared.asset_server import ServedFile
from geomap.dashboard.shared.cache import Data
from geomap.geo.extent import bounds_of_positions
from geomap.maps.pack import pack_bits, pack_events
from geomap.query import EventQuery
from geomap.typing import BBox
from geomap.vocabulary.criteria import UNPACKED
from geomap.workspace import EventTable

_HEAD = 8  # bytes before the header
_SAMPLE = 100_000


class Rows:
    """The rows that a map has loaded: the event of each."""

    def __init__(self, event_ids: pa.Array) -> None:
        self.event_ids = event_ids

    def row_of(self, event_id: str | None) -> int | None:
        """Return the first row of an event, None when it is not on the map."""
        if event_id is None:
            return None
        row = pc.index(self.event_ids, pa.scalar(event_id, self.event_ids.type)).as_py()
        return None if row < 0 else int(row)

    def id_of(self, row: object) -> str | None:
        """Return the event of a row that a browser named, None when there is no such row."""
        if isinstance(row, bool) or not isinstance(row, int | float):
            return None
        if not 0 <= row < len(self.event_ids):
            return None
        event_id: str = self.event_ids[int(row)].as_py()
        return event_id


class Packed(Rows):
    """All events of a version in the map's format.

    `order` gives the position of each row in the files, `binary` is the file that sessions fetch,
    `bounds` the box around most of the events.
    """

    def __init__(self, table: EventTable, colours: Mapping[str, str]) -> None:
        hidden = len(table.hidden)  # the last rows
        columns = table.map_columns().slice(0, len(table) - hidden)
        packed = pack_events(columns, colours={"type": colours}, beyond={"hidden": hidden})
        super().__init__(packed.event_ids)
        self.order = packed.order
        self.binary = ServedFile(packed.blob)
        self.bounds = _bounds_in(packed.blob, packed.header["rows"])


@st.cache_resource(max_entries=2, show_spinner="Packing the events for the map")
def packed(data: Data) -> Packed:
    """Return all events of a version in the map's format."""
    return Packed(cache.table(data), map_cache.colours(data))


def bits(data: Data, query: EventQuery) -> ServedFile | None:
    """Return which rows pass the filters that the browser cannot answer; None without any."""
    unanswered = query.only(UNPACKED)
    return None if unanswered.is_empty else _bits(data, unanswered)


@st.cache_resource(max_entries=32, show_spinner=False)
def _bits(data: Data, query: EventQuery) -> ServedFile:
    passes, surely = cache.table(data).masks(query)
    rows = packed(data).order
    return ServedFile(pack_bits(passes[rows], None if surely is None else surely[rows]))


def _bounds_in(blob: bytes, rows: int) -> BBox:
    """Return the box around most of the events, from their positions in the binary."""
    start = _HEAD + int(np.frombuffer(blob, "<u4", 1, 4)[0])
    x, y = (np.frombuffer(blob, "<u4", rows, start + 4 * rows * part) for part in (0, 1))
    step = max(1, rows // _SAMPLE)  # a sample shows where most are
    return bounds_of_positions(x[::step], y[::step])
