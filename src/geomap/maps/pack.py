"""Events as bytes that the browser filters by time and by words without asking the server.

The bytes hold one row for each marker; an event of several points has several rows, of
which only the first counts. An event on a road or in a zone has a row too, and its line or
area in the header. Hidden, undated and unplaced events are not in the bytes: they are counted.
The layout is written down in js/events/data.js, which reads it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import shapely

from geomap.geo.points import is_placed, markers_of
from geomap.maps.packed_rows import PackedRows, whole
from geomap.typing import Array
from geomap.vocabulary.criteria import PACKED_COLUMNS

MAP_COLUMNS = (
    "event_id", "event_date", "event_date_end", "last_confirmed", "uncertainty_km", "actor1",
    *sorted(column.name for column in PACKED_COLUMNS), "geometry",
)  # fmt: skip
"""Columns of the events table that packing reads."""


@dataclass(frozen=True, slots=True)
class PackedEvents:
    """The bytes, and what the server has to know of them.

    `event_ids` has the id of each row of `blob`, `order` where that event stands in the table
    that was packed. `events` counts the events in it;
    `unplaced` and `undated` those that cannot be on a map. `header` is the head of `blob`.
    """

    blob: bytes
    event_ids: pa.Array
    header: dict[str, Any]
    order: Array

    @property
    def events(self) -> int:
        """How many events the bytes hold."""
        return int(self.header["events"])

    @property
    def unplaced(self) -> int:
        """How many dated events have no position."""
        return int(self.header["unplaced"])

    @property
    def undated(self) -> int:
        """How many events have no day."""
        return int(self.header["undated"])


def pack_events(
    events: gpd.GeoDataFrame | pa.Table,
    *,
    beyond: Mapping[str, int] | None = None,
    colours: Mapping[str, Mapping[str, str]] | None = None,
    partial: Mapping[str, Any] | None = None,
) -> PackedEvents:
    """Return the events that a map can show, whatever the window and the filters will be.

    Parameters
    ----------
    events
        Events table, or an Arrow table with the columns `MAP_COLUMNS` (days as date32, geometry
        as WKB in EPSG:4326), which is many times faster.
    beyond
        How many events are not in `events` and why (`filtered`, `outside_dates`,
        `unplaced`, `undated`, `hidden`): a page of a part of a workspace still counts them.
    colours
        Colour of each word by column ("type", "source", "status", "actor") where they are
        known from the whole workspace; else they are chosen by frequency.
    partial
        What a page says instead of counting, when these are only the points of its view.

    Returns
    -------
    packed
        Bytes for the map's event layer.
    """
    table = as_columns(events)
    dated = table["event_date"].is_valid().to_numpy()
    placed = is_placed(whole(table["geometry"]))
    lost = {"unplaced": int((dated & ~placed).sum()), "undated": int((~dated).sum()), "hidden": 0}
    drawn = dated & placed
    kept = table if drawn.all() else table.filter(pa.array(drawn))
    rows = PackedRows.of(kept, markers_of(whole(kept["geometry"])))
    header = rows.header(colours or {}) | _totals(len(table), lost, beyond or {})
    header["partial"] = None if partial is None else dict(partial)
    ids = whole(kept["event_id"]).take(pa.array(rows.event))
    order = np.flatnonzero(drawn).astype("int32")[rows.event]
    return PackedEvents(rows.as_bytes(header), ids, header, order)


def pack_bits(passes: Array, surely: Array | None = None) -> bytes:
    """Return one bit for each row: whether it passes, and whether it surely does.

    Parameters
    ----------
    passes, surely
        Booleans in the row order of packed events. What passes but not surely is possible
        at best; without `surely` all that passes does so surely.
    """
    planes = [passes] if surely is None else [passes, surely]
    head = np.array([len(passes)], "<u4").tobytes() + bytes([len(planes), 0, 0, 0])
    return head + b"".join(np.packbits(plane, bitorder="little").tobytes() for plane in planes)


def as_columns(events: gpd.GeoDataFrame | pa.Table) -> pa.Table:
    """Return the columns `MAP_COLUMNS` as an Arrow table; one that is given is passed through."""
    if isinstance(events, pa.Table):
        return events.select(MAP_COLUMNS)
    days = ("event_date", "event_date_end", "last_confirmed")
    arrays = {
        name: pa.array(pd.to_datetime(events[name]).astype("datetime64[us]")).cast(pa.date32())
        if name in days
        else pa.array(events[name].astype("float64"), from_pandas=True)
        if name == "uncertainty_km"
        else pa.array(events[name].astype(object), pa.string(), from_pandas=True)
        for name in MAP_COLUMNS[:-1]
    }
    shapes = events.geometry.to_numpy()
    arrays["geometry"] = pa.array(
        shapely.to_wkb(np.where(shapely.is_missing(shapes), None, shapes)), pa.binary()
    )
    return pa.table(arrays)


def _totals(
    given: int, lost: Mapping[str, int], beyond: Mapping[str, int]
) -> dict[str, int | dict[str, int]]:
    known = {name: lost[name] + beyond.get(name, 0) for name in lost}
    others = {name: beyond.get(name, 0) for name in ("filtered", "outside_dates")}
    return {"total": given + sum(beyond.values()), **known, "beyond": others}
