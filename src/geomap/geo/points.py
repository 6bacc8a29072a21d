"""The points that stand for the geometries of a column in WKB.

A million points are a million objects when they are shapes; here the coordinates are taken
out of the WKB of the table as one array. Lines and areas, which are few, become shapes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import shapely

from geomap.typing import Array, Mask

_POINT_BYTES = 21  # byte order, type, two doubles
_POINT, _MULTIPOINT = 0, 4


@dataclass(frozen=True, slots=True)
class Markers:
    """One row for each marker, in the order of the events.

    `longitude` and `latitude` are degrees; `event` is the row of the event in the table; `extra`
    marks a further marker of the same event; `shapes` holds the lines and areas by event.
    """

    longitude: Array
    latitude: Array
    event: Array
    extra: Array
    shapes: dict[int, Any]


def is_placed(geometry: pa.Array) -> Mask:
    """Return which rows have a geometry with a position in it.

    Parameters
    ----------
    geometry
        One array (not chunked) of WKB in EPSG:4326.
    """
    placed: Mask = geometry.is_valid().to_numpy(zero_copy_only=False)
    points, odd = _kinds(geometry, placed)
    longitude, latitude = _coordinates(geometry, points)
    placed[points] = np.isfinite(longitude) & np.isfinite(latitude)
    if len(odd):
        placed[odd] = ~shapely.is_empty(_shapes(geometry, odd))
    return placed


def markers_of(geometry: pa.Array) -> Markers:
    """Return the markers of geometries: each point, and one point on each line or area.

    Parameters
    ----------
    geometry
        One array of WKB in EPSG:4326, of rows that `is_placed` says have a position.
    """
    rows, odd = _kinds(geometry, np.ones(len(geometry), dtype=bool))
    longitude, latitude = _coordinates(geometry, rows)
    if not len(odd):
        return Markers(longitude, latitude, rows, np.zeros(len(rows), dtype=bool), {})
    shapes = _shapes(geometry, odd)
    kinds = shapely.get_type_id(shapes)
    plain = (kinds == _POINT) | (kinds == _MULTIPOINT)
    points = shapes.copy()
    points[~plain] = shapely.point_on_surface(shapes[~plain])
    more, of = shapely.get_coordinates(points, return_index=True)
    event = np.concatenate([rows, odd[of]])
    order = np.argsort(event, kind="stable")
    event = event[order]
    extra = np.zeros(len(event), dtype=bool)
    extra[1:] = event[1:] == event[:-1]
    return Markers(
        np.concatenate([longitude, more[:, 0]])[order],
        np.concatenate([latitude, more[:, 1]])[order],
        event,
        extra,
        dict(zip(odd[~plain].tolist(), shapes[~plain], strict=True)),
    )


def _buffers(geometry: pa.Array) -> tuple[Array, Array]:
    """Return where each row's bytes begin (one more than rows), and all bytes."""
    large = pa.types.is_large_binary(geometry.type)
    _, offsets, data = geometry.buffers()
    kind = "<i8" if large else "<i4"
    if len(geometry) == 0 or data is None:
        return np.zeros(len(geometry) + 1, kind), np.empty(0, "u1")
    starts = np.frombuffer(offsets, kind)[geometry.offset : geometry.offset + len(geometry) + 1]
    return starts, np.frombuffer(data, "u1")


def _kinds(geometry: pa.Array, among: Array) -> tuple[Array, Array]:
    """Return the rows that are plain points, and those that are something else."""
    starts, data = _buffers(geometry)
    point = among & (np.diff(starts) == _POINT_BYTES)
    rows = np.flatnonzero(point)
    if len(rows):
        begin = starts[rows].astype("int64")
        fits = (data[begin] == 1) & (data[begin + 1] == 1)
        point[rows[~fits]] = False
        rows = rows[fits]
    return rows, np.flatnonzero(among & ~point)


def _coordinates(geometry: pa.Array, rows: Array) -> tuple[Array, Array]:
    starts, data = _buffers(geometry)
    if not len(rows):
        return np.empty(0), np.empty(0)
    begin = starts[rows].astype("int64")
    first, last = int(begin[0]), int(begin[-1]) + _POINT_BYTES
    if last - first == _POINT_BYTES * len(rows):  # nothing but points: one view, no gathering
        table = data[first:last].reshape(-1, _POINT_BYTES)[:, 5:]
    else:
        table = data[begin[:, None] + np.arange(5, _POINT_BYTES)]
    pairs = np.ascontiguousarray(table).view("<f8").reshape(-1, 2)
    return pairs[:, 0].copy(), pairs[:, 1].copy()


def _shapes(geometry: pa.Array, rows: Array) -> Array:
    return np.asarray(
        shapely.from_wkb(geometry.take(pa.array(rows)).to_numpy(zero_copy_only=False))
    )
