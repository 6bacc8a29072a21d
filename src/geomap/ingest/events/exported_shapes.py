"""The geometries of an export: WKT or coordinates, of the type that the event had.

Some formats hold single shapes only, or one kind of shape a layer. What they took apart is put
together again by the column `geometry_type`.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import shapely

from geomap.geo.tangles import is_tangled
from geomap.geo.wkt import read_wkt
from geomap.ingest.events.row_report import RowLog
from geomap.typing import Mask

_COLLECTION = "GeometryCollection"
_TYPES = np.array(
    ["Point", "LineString", "LinearRing", "Polygon", "MultiPoint", "MultiLineString",
     "MultiPolygon", _COLLECTION, ""], dtype=object,
)  # fmt: skip
"""The name of each type of shapely by its number; the last, -1, is none."""
_MULTI = {
    "MultiPoint": shapely.multipoints,
    "MultiLineString": shapely.multilinestrings,
    "MultiPolygon": shapely.multipolygons,
}


def read_shapes(cells: Mapping[str, pd.Series], log: RowLog) -> np.ndarray:
    """Return the geometry of each row, None where it has none; rows that cannot be are rejected.

    Parameters
    ----------
    cells
        Cells by the names of an export: `longitude` and `latitude` in degrees, `geometry_wkt`.
    log
        The report of the rows.
    """
    shapes = np.full(len(log.rows), None, dtype=object)
    written = np.zeros(len(shapes), dtype=bool)
    if (texts := cells.get("geometry_wkt")) is not None:
        written = texts.notna().to_numpy()
        _read_wkt(texts, written, shapes, log)
    if {"longitude", "latitude"} <= set(cells):
        _read_points(cells["longitude"], cells["latitude"], ~written, shapes, log)
    if (types := cells.get("geometry_type")) is not None:
        names = types.fillna("").to_numpy(dtype=object)
        for row in np.flatnonzero(_TYPES[shapely.get_type_id(shapes)] != names):
            if shapes[row] is not None:
                shapes[row] = _of_type(shapes[row], names[row])
    return shapes


def _read_wkt(texts: pd.Series, written: Mask, shapes: np.ndarray, log: RowLog) -> None:
    with np.errstate(all="ignore"):  # a number too large becomes infinite: out of range below
        read = read_wkt(texts[written].to_numpy(dtype=object))
    shapes[written] = shapely.force_2d(read)
    unread = written & (shapely.is_missing(shapes) | shapely.is_empty(shapes))
    log.add(unread, "geometry_unreadable", cells=texts, rejected=True)
    bounds = shapely.bounds(shapes)
    inside = (np.abs(bounds) <= (180, 90, 180, 90)).all(axis=1)
    key = "coordinate_out_of_range/geometry"
    log.add(written & ~unread & ~inside, key, cells=texts, rejected=True)
    shapes[log.rejected] = None
    crossed = written & ~shapely.is_missing(shapes) & ~shapely.is_valid(shapes)
    tangled = crossed.copy()
    tangled[crossed] = is_tangled(shapes[crossed])
    log.add(tangled, "geometry_unreadable", cells=texts, rejected=True)
    shapes[tangled], crossed = None, crossed & ~tangled
    shapes[crossed] = shapely.make_valid(shapes[crossed])
    log.add(crossed, "geometry_repaired", cells=texts)


def _read_points(
    longitude: pd.Series, latitude: pd.Series, wanted: Mask, shapes: np.ndarray, log: RowLog
) -> None:
    """Read both numbers where no geometry is written: that of any other shape is in its WKT."""
    degrees = []
    for cells, most in ((longitude, 180), (latitude, 90)):
        numbers = pd.to_numeric(cells, errors="coerce").to_numpy(dtype="float64")
        unread = wanted & cells.notna().to_numpy() & ~np.isfinite(numbers)
        log.add(unread, "coordinate_not_a_number", cells=cells, rejected=True)
        far = wanted & (np.abs(numbers) > most)
        log.add(far, "coordinate_out_of_range", cells=cells, rejected=True)
        degrees.append(numbers)
    half = wanted & (longitude.isna().to_numpy() != latitude.isna().to_numpy())
    log.add(half, "coordinate_half", cells=longitude, rejected=True)
    placed = wanted & ~log.rejected & longitude.notna().to_numpy()
    shapes[placed] = shapely.points(degrees[0][placed], degrees[1][placed])


def _of_type(shape: shapely.Geometry, name: str) -> shapely.Geometry:
    """Return a shape as the type that it had, where only its wrapping differs."""
    if shape.geom_type == name:
        return shape
    parts = shapely.get_parts(shape)
    if name in _MULTI and shape.geom_type == name.removeprefix("Multi"):
        return _MULTI[name](parts)
    if len(parts) == 1 and parts[0].geom_type == name:
        return parts[0]
    return shapely.geometrycollections(parts) if name == _COLLECTION else shape


def joined_parts(
    ids: pd.Series, types: pd.Series | None, shapes: np.ndarray, log: RowLog
) -> np.ndarray:
    """Return the geometries with collections in one piece again: a layer each held a part.

    Parameters
    ----------
    ids, types, shapes
        The id, the type and the geometry (or the part of it) of each row.
    log
        Rows that only hold a further part are reported as duplicates.
    """
    if types is None:
        return shapes
    split = types.eq(_COLLECTION).to_numpy(dtype=bool) & ids.duplicated(keep=False).to_numpy()
    split &= ~log.rejected
    joined = shapes.copy()
    first: dict[int, int] = {}
    for rows in ids[split].groupby(ids[split], sort=False).indices.values():
        places = np.flatnonzero(split)[rows]
        parts = np.concatenate([shapely.get_parts(shapes[place]) for place in places])
        joined[places[0]] = shapely.geometrycollections(parts)
        first |= {int(place): int(places[0]) for place in places[1:]}
    further = np.zeros(len(shapes), dtype=bool)
    further[list(first)] = True
    log.add(
        further, "duplicate_row/part", flag=False,
        details=lambda place: {"winner": log.rows[first[place]]},
    )  # fmt: skip
    log.duplicate |= further
    return joined
