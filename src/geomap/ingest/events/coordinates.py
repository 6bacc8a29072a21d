"""Where the events of a table are: the coordinates and geometries of its rows.

A row without any coordinates is kept and left to its place name. A row whose coordinates are
there but cannot be is rejected with the reason: a wrong pin is worse than none.
"""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import shapely

from geomap.geo.wkt import read_wkt
from geomap.ingest.events.coordinate_text import read_degrees
from geomap.ingest.events.mapped_table import MappedTable
from geomap.ingest.events.row_report import RowLog
from geomap.typing import Mask

_PAIR = (
    re.compile(r"^(.*[NnSs])[,;/\s]+(.*[EeWw])$"),
    re.compile(r"^([^;|/]+)[;|/]([^;|/]+)$"),
    re.compile(r"^([^,\s]+(?:,\d+)?),?\s+([^,\s]+(?:,\d+)?)$"),
    re.compile(r"^([^,]+),([^,]+)$"),
)
_EAST_FIRST = re.compile(
    r"^([EW][^NSEW]+|[^NSEW]+[EW])[,;/\s]+([NS][^NSEW]+|[^NSEW]+[NS])$", re.IGNORECASE
)
_POINT = re.compile(
    r"^(?:SRID=4326;)?\s*POINT\s*Z?\s*\(\s*([\d.eE+-]+)\s+([\d.eE+-]+)[^)]*\)$", re.IGNORECASE
)
_SRID = r"^\s*SRID\s*=\s*(\d+)\s*;"


def read_coordinates(table: MappedTable) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return geometries (None where unknown), latitudes and longitudes, one for each row.

    Latitude and longitude are NaN where there is nothing usable. Rows whose coordinates are
    impossible are rejected.
    """
    latitude, longitude = _degrees(table)
    geometry = np.full(len(latitude), None, dtype=object)
    placed = np.isfinite(latitude) & np.isfinite(longitude)
    geometry[placed] = shapely.points(longitude[placed], latitude[placed])
    shapes = table.column("geometry")
    if shapes is not None:
        _read_shapes(shapes, geometry, table.log)
    spec = table.layout.spec
    codes = table.codes(spec.geo_column)
    unplaced = [code for code, rule in spec.geo_codes.items() if rule.unplaced]
    if codes is not None and unplaced:
        where = codes.isin(unplaced).to_numpy(dtype=bool)
        geometry[where] = None
        latitude[where] = longitude[where] = np.nan
    return geometry, latitude, longitude


def _degrees(table: MappedTable) -> tuple[np.ndarray, np.ndarray]:
    columns, log = _pair_of_columns(table), table.log
    if columns is None:
        nothing = np.full(len(table.frame), np.nan)
        return nothing, nothing.copy()
    both = (read_degrees(columns[0], "latitude"), read_degrees(columns[1], "longitude"))
    for read, cells in zip(both, columns, strict=True):
        _add_each(read.problem, cells, log, rejected=True)
    has_lat, has_lon = (read.degrees.notna().to_numpy() for read in both)
    log.add(has_lat & ~has_lon, "coordinate_half", cells=columns[1], rejected=True)
    log.add(has_lon & ~has_lat, "coordinate_half", cells=columns[0], rejected=True)
    for read, cells in zip(both, columns, strict=True):
        _add_each(read.note, cells, log)
    lat, lon = (read.degrees.to_numpy(copy=True) for read in both)
    lat[~has_lon], lon[~has_lat] = np.nan, np.nan
    log.add((lat == 0) & (lon == 0), "null_island", cells=columns[0])
    return lat, lon


def _add_each(codes: pd.Series, cells: pd.Series, log: RowLog, *, rejected: bool = False) -> None:
    for code in codes.dropna().unique():
        log.add((codes == code).to_numpy(dtype=bool), code, cells=cells, rejected=rejected)


def _pair_of_columns(table: MappedTable) -> tuple[pd.Series, pd.Series] | None:
    """Return the cells of latitudes and of longitudes, exchanged when the user said so."""
    latitude, longitude = table.column("latitude"), table.column("longitude")
    if latitude is None or longitude is None:
        cells = table.column("coordinates")
        if cells is None:
            return None
        latitude, longitude = _split(cells)
    return (longitude, latitude) if table.options.swap else (latitude, longitude)


def _split(cells: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return both halves of cells such as "39.76, 46.75"; any other cell goes whole to both."""
    halves = {cell: _both(cell) for cell in cells.dropna().unique()}
    first = cells.map(lambda cell: halves[cell][0], na_action="ignore")
    return first, cells.map(lambda cell: halves[cell][1], na_action="ignore")


def _both(cell: str) -> tuple[str, str]:
    """Return latitude and longitude of one cell; letters or WKT may say that it starts east."""
    text = cell.strip()
    if point := _POINT.match(text):
        return point[2], point[1]
    text = text.strip("()[]{}").strip()
    if east_first := _EAST_FIRST.match(text):
        return east_first[2].strip(), east_first[1].strip()
    pair = next((match for form in _PAIR if (match := form.match(text))), None)
    return (pair[1].strip(), pair[2].strip()) if pair else (text, text)


def _read_shapes(cells: pd.Series, geometry: np.ndarray, log: RowLog) -> None:
    """Fill in the geometries that a WKT column holds, where coordinates gave none."""
    text = cells.fillna("").str.strip()
    wanted = (text != "").to_numpy() & shapely.is_missing(geometry) & ~log.rejected
    if not wanted.any():
        return
    srid = text.str.extract(_SRID, expand=False)
    other = wanted & srid.notna().to_numpy() & (srid != "4326").to_numpy()
    log.add(other, "other_crs", cells=cells, rejected=True)
    wanted &= ~other
    plain = text.str.replace(_SRID, "", regex=True).to_numpy(dtype=object)
    shapes = np.full(len(text), None, dtype=object)
    with np.errstate(all="ignore"):  # a number too large becomes infinite: out of range below
        shapes[wanted] = shapely.force_2d(read_wkt(plain[wanted]))
    _reject_bad_shapes(shapes, wanted, cells, log)
    usable = wanted & ~log.rejected
    repaired = usable & ~shapely.is_valid(shapes)
    shapes[repaired] = shapely.make_valid(shapes[repaired])
    log.add(repaired, "geometry_repaired", cells=cells)
    geometry[usable] = shapes[usable]


def _reject_bad_shapes(shapes: np.ndarray, wanted: Mask, cells: pd.Series, log: RowLog) -> None:
    unread = wanted & shapely.is_missing(shapes)
    empty = wanted & ~unread & shapely.is_empty(shapes)
    west, south, east, north = shapely.bounds(shapes).T
    with np.errstate(invalid="ignore"):
        inside = (west >= -180) & (east <= 180) & (south >= -90) & (north <= 90)
        metres = np.fmax(np.abs([west, south]), np.abs([east, north])).max(axis=0) > 1000
    bad = wanted & ~unread & ~empty & ~inside
    for where, key in (
        (unread, "geometry_unreadable"),
        (empty, "geometry_empty"),
        (bad & metres, "coordinate_projected"),
        (bad & ~metres, "coordinate_out_of_range/geometry"),
    ):
        log.add(where, key, cells=cells, rejected=True)
