"""The rows of packed events: a row for each marker, as columns of bytes under a head.

The layout is written down in js/events/data.js, which reads it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import shapely

from geomap.geo.mercator import mercator
from geomap.geo.points import Markers
from geomap.maps.assets import json_bytes
from geomap.symbology.symbols import (
    DATE_SHIFT,
    DATE_WORDS,
    GEO_WORDS,
    NOT_HAPPENED,
    SHAPE_WORDS,
    STATUS_WORDS,
    VAGUE,
    Facts,
    colours_for,
)
from geomap.symbology.symbols import metres_of as radius_metres
from geomap.symbology.word_codes import MOST, Codes, fixed_codes, word_codes
from geomap.typing import Array
from geomap.vocabulary.criteria import PACKED_COLUMNS

MAGIC = b"GME2"
MOST_ACTORS = 255
"""First actors are a colour here, not a filter: one byte is enough for the most frequent."""

_WORD_COLUMNS = {column.packed: column.name for column in PACKED_COLUMNS if not column.words}
_LARGEST_RADII = 255


def whole(column: Any) -> pa.Array:
    """Return a column of Arrow in one piece."""
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _day_numbers(column: Any, otherwise: Array) -> Array:
    days = whole(column).cast(pa.int32())
    numbers = days.fill_null(0).to_numpy(zero_copy_only=False)
    return np.where(days.is_valid().to_numpy(zero_copy_only=False), numbers, otherwise)


@dataclass(frozen=True, slots=True)
class PackedRows:
    """One row for each marker, in the order of the bytes."""

    event: Array
    x: Array
    y: Array
    start: Array
    end: Array
    radius: Array
    facts: Array
    geo: Array
    words: dict[str, Codes]
    radii: list[float]
    geometries: list[dict[str, Any]]
    on: list[list[int]]
    singles: int
    events: int

    @classmethod
    def of(cls, table: pa.Table, markers: Markers) -> PackedRows:
        """Return the rows of dated and placed events.

        Parameters
        ----------
        table, markers
            Columns of the events (days as date32); their markers, by position in `table`.
        """
        status = fixed_codes(whole(table["status"]), STATUS_WORDS)
        dates = fixed_codes(whole(table["date_precision"]), DATE_WORDS)
        geo = fixed_codes(whole(table["geo_precision"]), GEO_WORDS, unknown="unknown")
        start = _day_numbers(table["event_date"], np.zeros(len(table), "int32"))
        end = np.maximum(_day_numbers(table["event_date_end"], start), start)
        is_open = dates == DATE_WORDS.index("open")
        confirmed = np.maximum(_day_numbers(table["last_confirmed"], start), start)
        end = np.where(is_open, confirmed, end)
        radius, radii = _radius_codes(radius_metres(table, geo))
        facts = status | (dates << np.uint8(DATE_SHIFT))
        shaped = np.fromiter(markers.shapes, "int64", len(markers.shapes))
        facts[shaped] |= np.uint8(Facts.GEOMETRY)
        order, singles = _order(start, (start != end) | is_open, markers.event)
        event = markers.event[order]
        x, y = mercator(markers.longitude[order], markers.latitude[order])
        extra = markers.extra[order] * np.uint8(Facts.EXTRA)
        words = {
            name: word_codes(whole(table[column]), most=MOST_ACTORS if name == "actor" else MOST)
            for name, column in {**_WORD_COLUMNS, "actor": "actor1"}.items()
        }
        geometries, on = _geometries(markers.shapes, geo, event)
        return cls(
            event, x, y, start[event], end[event], radius[event], facts[event] | extra,
            geo[event], {name: codes.taken(event) for name, codes in words.items()},
            radii, geometries, on, singles, len(table),
        )  # fmt: skip

    def header(self, colours: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
        """Return what the head of the bytes says of the rows.

        Parameters
        ----------
        colours
            Colour of each word by column, where it is known.
        """
        first = int(self.start.min()) if len(self.start) else 0
        last = int(self.end.max()) if len(self.end) else first
        columns = {
            name: {"words": codes.words, "bytes": codes.width, "rest": codes.has_rest}
            for name, codes in self.words.items()
        }
        return {
            "rows": len(self.x), "singles": self.singles, "events": self.events,
            "dayFirst": first, "lastDay": last, "dayBytes": 2 if last - first < 65_536 else 4,
            "statuses": list(STATUS_WORDS), "datePrecisions": list(DATE_WORDS),
            "geoPrecisions": list(GEO_WORDS), "vague": list(VAGUE),
            "shapes": list(SHAPE_WORDS), "notHappened": list(NOT_HAPPENED), "radii": self.radii,
            "columns": columns, "colours": colours_for(self.words, colours),
            "geometries": self.geometries, "on": self.on,
        }  # fmt: skip

    def as_bytes(self, header: Mapping[str, Any]) -> bytes:
        """Return the head, as JSON, and the columns after it.

        Parameters
        ----------
        header
            What `header` gives, perhaps with more in it.
        """
        head = json_bytes(header)
        head += b" " * (-len(head) % 4)
        day = "<u2" if header["dayBytes"] == 2 else "<u4"
        first = header["dayFirst"]
        parts = [
            self.x.astype("<u4"), self.y.astype("<u4"), (self.start - first).astype(day),
            (self.end[self.singles :] - first).astype(day), self.radius, self.facts, self.geo,
            *(codes.column for codes in self.words.values() if codes.width),
        ]  # fmt: skip
        body = (part.tobytes() for part in parts)
        padded = (part + b"\0" * (-len(part) % 4) for part in body)
        return b"".join([MAGIC, np.array([len(head)], "<u4").tobytes(), head, *padded])


def _order(start: Array, spans: Array, event: Array) -> tuple[Array, int]:
    """Return the order of the markers: single days by day, then the others by first day."""
    low = start.min() if len(start) else 0
    short = len(start) == 0 or int(start.max()) - int(low) < 2**15
    # numpy sorts 16-bit numbers by radix, several times faster than longer ones.
    days = (start - low).astype("u2" if short else "i8")[event]
    spanning = spans[event]
    singles, others = np.flatnonzero(~spanning), np.flatnonzero(spanning)
    parts = [rows[np.argsort(days[rows], kind="stable")] for rows in (singles, others)]
    return np.concatenate(parts), len(singles)


def _radius_codes(metres: Array) -> tuple[Array, list[float]]:
    """Return a code for each radius, and the radii; many different ones are set to 1.5 %."""
    codes = np.zeros(len(metres), "u1")
    some = np.flatnonzero(metres > 0)
    if not len(some):
        return codes, [0.0]
    values, inverse = np.unique(metres[some], return_inverse=True)
    if len(values) > _LARGEST_RADII:
        steps = np.geomspace(values[0], values[-1], _LARGEST_RADII)
        inverse = np.abs(np.log(values)[:, None] - np.log(steps)[None]).argmin(axis=1)[inverse]
        values = steps
    codes[some] = inverse + 1
    return codes, [0.0, *np.round(values, 1).tolist()]


def _geometries(
    shapes: Mapping[int, Any], geo: Array, event: Array
) -> tuple[list[dict[str, Any]], list[list[int]]]:
    """Return each line or area once, and [row, geometry] of every event that has one."""
    known: dict[bytes, int] = {}
    geometries: list[dict[str, Any]] = []
    on: list[list[int]] = []
    if not shapes:
        return geometries, on
    guessed = GEO_WORDS.index("approximate_line")
    for row in np.flatnonzero(np.isin(event, list(shapes))):
        shape = shapes[int(event[row])]
        approximate = bool(geo[event[row]] == guessed)
        key = shape.wkb + bytes([approximate])
        if key not in known:
            known[key] = len(geometries)
            geometries.append({**_outline(shape), "approximate": approximate})
        on.append([int(row), known[key]])
    return geometries, on


def _outline(shape: Any) -> dict[str, list[list[list[float]]]]:
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
