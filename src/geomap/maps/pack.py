"""Events as bytes that the browser filters by time without asking the server.

The bytes hold one row for each marker; an event of several points has several rows, of
which only the first counts. An event on a road or in a zone has a row too, and its line or
area in the header. Undated and unplaced events are not in the bytes: they are counted.
The layout is written down in static/events_data.js, which reads it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geomap.maps.colours import OTHER, OTHER_COLOUR, colours_of
from geomap.maps.looks import Flag, TimeClass, flags_of, radii_of, shapes_of, time_classes_of

MAGIC = b"GME1"
MOST_TITLES = 20_000
"""Above so many events only ids travel with the map; titles are asked of the server."""

_POINT, _MULTIPOINT = 0, 4
_VISIBLE = ("shown", "possible")
Array = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class PackedEvents:
    """The bytes, and what a page has to know of them.

    `events` counts the events in `blob`; `unplaced` and `undated` those that cannot be on a
    map. `types` are (name, colour) in the order of the type numbers in `blob`.
    """

    blob: bytes
    events: int
    unplaced: int
    undated: int
    types: tuple[tuple[str, str], ...]


def pack_events(
    events: gpd.GeoDataFrame,
    *,
    verdicts: pd.Series | None = None,
    colours: Mapping[str, str] | None = None,
    colour_by: str = "event_type",
) -> PackedEvents:
    """Return the events that a map can show, whatever the window will be.

    Parameters
    ----------
    events
        Events table.
    verdicts
        Words of `geomap.query.classify_events` for a query without dates. Only events that
        are shown or possible are packed, and possible ones stay possible in every window.
        Without it all events are packed.
    colours
        Colour of each type, from `colours_of` over the whole workspace.
    colour_by
        Column whose words the colours are for.

    Returns
    -------
    packed
        Bytes for the map's event layer.
    """
    undated = events["event_date"].isna().to_numpy()
    shapes = events.geometry.to_numpy()
    missing = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    kept = ~undated & ~missing
    unsure = np.zeros(len(events), dtype=bool)
    if verdicts is not None:
        kept &= verdicts.isin(_VISIBLE).to_numpy()
        unsure = (verdicts == "possible").to_numpy()
    table = events[kept]
    chosen = colours_of(events[colour_by]) if colours is None else colours
    types = (*chosen.items(), (OTHER, OTHER_COLOUR))
    rows = _Rows.of(table, unsure[kept], [name for name, _ in types], table[colour_by])
    return PackedEvents(
        blob=rows.as_bytes(types),
        events=len(table),
        unplaced=int((missing & ~undated).sum()),
        undated=int(undated.sum()),
        types=types,
    )


def mercator(longitude: Array, latitude: Array) -> tuple[Array, Array]:
    """Return world Mercator positions as uint32: 0 is the north-west corner."""
    sine = np.sin(np.radians(np.clip(latitude, -85.0511, 85.0511)))
    x = np.clip(longitude / 360 + 0.5, 0, 1)
    y = 0.5 - np.log((1 + sine) / (1 - sine)) / (4 * np.pi)
    largest = 2**32 - 1
    return tuple((np.clip(part, 0, 1) * largest).astype("uint32") for part in (x, y))  # type: ignore[return-value]  # a pair by construction


def _days(values: pd.Series) -> Array:
    days: Array = values.to_numpy().astype("datetime64[D]").astype("int64")
    return days


def _spans(table: gpd.GeoDataFrame, classes: Array) -> tuple[Array, Array]:
    """Return first and last day; of an open event the last on which it was confirmed."""
    start = _days(table["event_date"])
    end = _days(table["event_date_end"].fillna(table["event_date"]))
    confirmed = _days(table["last_confirmed"].fillna(table["event_date"]))
    return start, np.where(classes == TimeClass.OPEN, np.maximum(confirmed, start), end)


@dataclass(frozen=True, slots=True)
class _Rows:
    """One row for each marker, in the order of the bytes."""

    x: Array
    y: Array
    start: Array
    end: Array
    radius: Array
    kind: Array
    look: Array
    classes: Array
    labels: dict[str, Any]
    geometries: list[dict[str, Any]]
    on: list[list[int]]
    singles: int
    events: int

    @classmethod
    def of(
        cls, table: gpd.GeoDataFrame, unsure: Array, types: list[str], words: pd.Series
    ) -> _Rows:
        marker, event, extra, plain = _markers(table.geometry.to_numpy())
        look = shapes_of(table["geo_precision"]) | flags_of(table["status"])
        look |= unsure * np.uint8(Flag.UNSURE)
        look = look[event] | extra * np.uint8(Flag.EXTRA)
        look |= ~plain[event] * np.uint8(Flag.GEOMETRY)
        classes = time_classes_of(table["date_precision"])
        start, end = _spans(table, classes)
        spans = (start != end) | (classes == TimeClass.OPEN) | unsure
        order = np.lexsort((start[event], spans[event]))
        event = event[order]
        x, y = mercator(*marker[order].T)
        number = {name: index for index, name in enumerate(types)}
        kind = words.map(number).fillna(number[OTHER]).to_numpy("uint8")
        geometries, on = _geometries(table, plain, event)
        return cls(
            x, y, start[event], end[event], radii_of(table)[event], kind[event], look[order],
            classes[event], _labels(table, event), geometries, on,
            singles=int((~spans[event]).sum()), events=len(table),
        )  # fmt: skip

    def as_bytes(self, types: tuple[tuple[str, str], ...]) -> bytes:
        used = np.bincount(self.kind, minlength=len(types))
        header = {
            "rows": len(self.x),
            "singles": self.singles,
            "events": self.events,
            "types": [
                {"name": name, "colour": colour, "rows": int(n)}
                for (name, colour), n in zip(types, used, strict=True)
            ],
            "geometries": self.geometries,
            "on": self.on,
        }
        head = _json(header)
        head += b" " * (-len(head) % 4)
        labels = _json(self.labels)
        spans = slice(self.singles, None)
        parts = [
            self.x.astype("<u4"), self.y.astype("<u4"), self.start.astype("<i4"),
            self.end[spans].astype("<i4"), self.radius.astype("<u2"), self.kind.astype("u1"),
            self.look.astype("u1"), self.classes[spans].astype("u1"),
        ]  # fmt: skip
        sizes = np.array([len(head), len(labels)], "<u4").tobytes()
        return b"".join([MAGIC, sizes, head, *(part.tobytes() for part in parts), labels])


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def _markers(shapes: Array) -> tuple[Array, Array, Array, Array]:
    """Return markers (positions, their events, beyond the first?) and which events are points.

    A line or an area has one marker: a point on it.
    """
    kinds = shapely.get_type_id(shapes)
    plain = (kinds == _POINT) | (kinds == _MULTIPOINT)
    points = shapes.copy()
    points[~plain] = shapely.point_on_surface(shapes[~plain])
    marker, event = shapely.get_coordinates(points, return_index=True)
    extra = np.zeros(len(event), dtype=bool)
    extra[1:] = event[1:] == event[:-1]
    return marker, event, extra, plain


def _geometries(
    table: gpd.GeoDataFrame, plain: Array, event: Array
) -> tuple[list[dict[str, Any]], list[list[int]]]:
    """Return each line or area once, and [row, geometry] of every event that has one."""
    known: dict[bytes, int] = {}
    geometries: list[dict[str, Any]] = []
    on: list[list[int]] = []
    shapes = table.geometry.to_numpy()
    precision = table["geo_precision"].to_numpy()
    for row in np.flatnonzero(~plain[event]):
        shape = shapes[event[row]]
        approximate = precision[event[row]] == "approximate_line"
        key = shape.wkb + bytes([approximate])
        if key not in known:
            known[key] = len(geometries)
            geometries.append({**_coordinates(shape), "approximate": bool(approximate)})
        on.append([int(row), known[key]])
    return geometries, on


def _coordinates(shape: Any) -> dict[str, list[list[list[float]]]]:
    lines: list[list[list[float]]] = []
    rings: list[list[list[float]]] = []
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            rings += [_pairs(ring) for ring in (part.exterior, *part.interiors)]
        elif part.geom_type in ("LineString", "LinearRing"):
            lines.append(_pairs(part))
    return {"lines": lines, "rings": rings}


def _pairs(line: Any) -> list[list[float]]:
    return shapely.get_coordinates(line).round(5).tolist()  # type: ignore[no-any-return]  # numpy is not typed that far


def _labels(table: gpd.GeoDataFrame, event: Array) -> dict[str, Any]:
    labels: dict[str, Any] = {"ids": table["event_id"].to_numpy()[event].tolist()}
    if len(table) <= MOST_TITLES:
        titles = table["title"].astype(object).where(table["title"].notna(), None)
        labels["titles"] = titles.to_numpy()[event].tolist()
    return labels
