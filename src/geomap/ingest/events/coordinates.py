"""Where the events of a table are: the coordinates and geometries of its rows.

A row without any coordinates is kept and left to its place name. A row whose coordinates are
there but cannot be is rejected with the reason: a wrong pin is worse than none.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely

from geomap.geo.tangles import is_tangled
from geomap.geo.wkt import read_geojson, read_wkt
from geomap.ingest.events.axis_words import hemisphere_letter
from geomap.ingest.events.coordinate_cells import halves_of
from geomap.ingest.events.coordinate_columns import AXES, AxisColumns
from geomap.ingest.events.coordinate_text import read_degrees
from geomap.ingest.events.mapped_table import MappedTable
from geomap.ingest.events.row_report import RowLog
from geomap.typing import Mask

_POINT_WKT = r"(?i)^(?:SRID\s*=\s*\d+\s*;)?\s*POINT|^\{\s*\"type\"\s*:\s*\"Point\""
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
        _fill_degrees(geometry, latitude, longitude)
    table.log.add((latitude == 0) & (longitude == 0), "null_island", cells=_first_cells(table))
    spec = table.layout.spec
    codes = table.codes(spec.geo_column)
    unplaced = [code for code, rule in spec.geo_codes.items() if rule.unplaced]
    if codes is not None and unplaced:
        where = codes.isin(unplaced).to_numpy(dtype=bool)
        geometry[where] = None
        latitude[where] = longitude[where] = np.nan
    return geometry, latitude, longitude


def _first_cells(table: MappedTable) -> pd.Series | None:
    """Return the cells that an issue of a whole position shows."""
    columns = table.coordinates
    if columns.axes is not None:
        return table.frame[columns.axes["latitude"].degrees]
    return table.frame[columns.pair] if columns.pair is not None else table.column("geometry")


def _fill_degrees(geometry: np.ndarray, latitude: np.ndarray, longitude: np.ndarray) -> None:
    """Fill in a point of each geometry where there are no coordinates, for the checks of points."""
    rows = np.flatnonzero(~shapely.is_missing(geometry) & ~np.isfinite(latitude))
    points = shapely.point_on_surface(geometry[rows])
    latitude[rows], longitude[rows] = shapely.get_y(points), shapely.get_x(points)


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
    return lat, lon


def _add_each(codes: pd.Series, cells: pd.Series, log: RowLog, *, rejected: bool = False) -> None:
    for code in codes.dropna().unique():
        log.add((codes == code).to_numpy(dtype=bool), code, cells=cells, rejected=rejected)


def _pair_of_columns(table: MappedTable) -> tuple[pd.Series, pd.Series] | None:
    """Return the cells of latitudes and of longitudes, exchanged when the user said so."""
    columns = table.coordinates
    if columns.axes is not None:
        latitude, longitude = (_whole(table.frame, columns.axes[axis]) for axis in AXES)
    elif columns.pair is not None:
        latitude, longitude = halves_of(table.frame[columns.pair])
        if columns.east_first:
            latitude, longitude = longitude, latitude
    else:
        return None
    return (longitude, latitude) if table.options.swap else (latitude, longitude)


def _whole(frame: pd.DataFrame, columns: AxisColumns) -> pd.Series:
    """Return the cells of an axis with the minutes, seconds and hemisphere of other columns."""
    cells = frame[columns.degrees]
    if columns.is_whole:
        return cells
    text = cells.fillna("").str.strip()
    filled = text != ""
    for column, mark in ((columns.minutes, "'"), (columns.seconds, '"')):
        if column:
            part = frame[column].fillna("").str.strip()
            if mark == "'":
                text = text.str.replace(r"\.0*$", "", regex=True) + "\u00b0"
            text = text + " " + part.where(part != "", "0") + mark
    letter = (
        frame[columns.hemisphere].fillna("").map(hemisphere_letter)
        if columns.hemisphere
        else pd.Series(columns.letter, cells.index)
    )
    # a minus that says the same as its letter is not said twice
    text = text.mask(letter.isin(["S", "W"]), text.str.lstrip("-\u2212"))
    return (text + " " + letter).str.strip().where(filled, "").rename(cells.name)


def _read_shapes(cells: pd.Series, geometry: np.ndarray, log: RowLog) -> None:
    """Fill in the geometries of a column of WKT or GeoJSON; a line or area replaces a point."""
    text = cells.fillna("").str.strip()
    is_wider = ~text.str.contains(_POINT_WKT, regex=True).to_numpy(dtype=bool)
    wanted = (text != "").to_numpy() & (shapely.is_missing(geometry) | is_wider) & ~log.rejected
    if not wanted.any():
        return
    srid = text.str.extract(_SRID, expand=False)
    other = wanted & srid.notna().to_numpy() & (srid != "4326").to_numpy()
    log.add(other, "other_crs", cells=cells, rejected=True)
    wanted &= ~other
    plain = text.str.replace(_SRID, "", regex=True).to_numpy(dtype=object)
    shapes = np.full(len(text), None, dtype=object)
    with np.errstate(all="ignore"):  # a number too large becomes infinite: out of range below
        is_json = text.str.startswith("{").to_numpy(dtype=bool)
        readers = {False: read_wkt, True: read_geojson}
        for form, read in readers.items():
            mine = wanted & (is_json == form)
            shapes[mine] = shapely.force_2d(read(plain[mine]))
    _reject_bad_shapes(shapes, wanted, cells, log)
    usable = wanted & ~log.rejected
    repaired = usable & ~shapely.is_valid(shapes)
    tangled = repaired.copy()
    tangled[repaired] = is_tangled(shapes[repaired])
    log.add(tangled, "geometry_unreadable", cells=cells, rejected=True)
    usable &= ~tangled
    repaired &= ~tangled
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
