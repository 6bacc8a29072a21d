"""Where the events of a table are: coordinates, geometries, and how exact they are.

A row without any coordinates is kept and left to its place name. A row whose coordinates are
there but cannot be is rejected with the reason: a wrong pin is worse than none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from geomap.ingest.events.ingest_records import IngestOptions
from geomap.ingest.events.precision_words import precision_word, says_unknown
from geomap.ingest.events.row_report import RowLog
from geomap.ingest.events.typed_cells import radius_column, text_column
from geomap.layouts import Layout
from geomap.layouts.fields import fold
from geomap.model import GeoPrecision
from geomap.readers.coordinate_text import REASONS, REMEDIES, REMEDY, Degrees, read_degrees
from geomap.tables import repeated
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
_KINDS = {
    0: GeoPrecision.EXACT,
    1: GeoPrecision.LINE,
    2: GeoPrecision.LINE,
    3: GeoPrecision.ZONE,
    4: GeoPrecision.EXACT,
    5: GeoPrecision.LINE,
    6: GeoPrecision.ZONE,
    7: GeoPrecision.NEAR,
}


@dataclass(frozen=True, slots=True)
class Positions:
    """Geometries (None where unknown), precisions and radii, one for each row.

    `longitude` and `latitude` are the columns as read, NaN where there is nothing usable.
    """

    geometry: np.ndarray
    precision: pd.Series
    uncertainty_km: pd.Series
    latitude: np.ndarray
    longitude: np.ndarray


def read_positions(
    frame: pd.DataFrame, layout: Layout, options: IngestOptions, log: RowLog
) -> Positions:
    """Return the position of each row; rows whose coordinates are impossible are rejected."""
    latitude, longitude = _degrees(frame, layout, options, log)
    geometry = np.full(len(frame), None, dtype=object)
    placed = np.isfinite(latitude) & np.isfinite(longitude)
    geometry[placed] = shapely.points(longitude[placed], latitude[placed])
    shapes = layout.mapping.get("geometry")
    if shapes is not None:
        _read_shapes(frame[shapes], geometry, log)
    _drop_unplaced(geometry, latitude, longitude, frame, layout)
    precision = _precision(geometry, frame.index)
    radius = pd.Series(np.nan, frame.index, dtype="float64")
    precision, radius = _with_codes(precision, radius, frame, layout, log)
    precision, radius = _with_words(precision, radius, frame, layout, log)
    return Positions(geometry, precision, radius, latitude, longitude)


def _degrees(
    frame: pd.DataFrame, layout: Layout, options: IngestOptions, log: RowLog
) -> tuple[np.ndarray, np.ndarray]:
    cells = _pair_of_columns(frame, layout, options)
    if cells is None:
        nothing = np.full(len(frame), np.nan)
        return nothing, nothing.copy()
    lat_cells, lon_cells = cells
    latitude, longitude = read_degrees(lat_cells, "latitude"), read_degrees(lon_cells, "longitude")
    for read, column in ((latitude, lat_cells), (longitude, lon_cells)):
        _tell_problems(read, column, log)
    _tell_halves(latitude, longitude, lat_cells, lon_cells, log)
    for read, column in ((latitude, lat_cells), (longitude, lon_cells)):
        for code in read.note.dropna().unique():
            where = (read.note == code).to_numpy(dtype=bool)
            log.tell(where, code, REASONS[code], REMEDIES.get(code, REMEDY), cells=column)
    lat, lon = latitude.degrees.to_numpy(copy=True), longitude.degrees.to_numpy(copy=True)
    half = np.isnan(lat) | np.isnan(lon)
    lat[half], lon[half] = np.nan, np.nan
    null_island = (lat == 0) & (lon == 0)
    reason = "0, 0 lies in the Gulf of Guinea and mostly means that nothing was recorded."
    log.tell(null_island, "null_island", reason, "Check the place.", cells=lat_cells)
    return lat, lon


def _pair_of_columns(
    frame: pd.DataFrame, layout: Layout, options: IngestOptions
) -> tuple[pd.Series, pd.Series] | None:
    """Return the cells of latitudes and of longitudes, exchanged when the user said so."""
    names = [layout.mapping.get(name) for name in ("latitude", "longitude")]
    if names[0] and names[1]:
        pair = (frame[names[0]], frame[names[1]])
    elif layout.mapping.get("coordinates"):
        pair = _split(frame[layout.mapping["coordinates"]])
    else:
        return None
    return (pair[1], pair[0]) if options.swap else pair


def _split(cells: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return both halves of cells such as "39.76, 46.75"; what is not two goes whole to both."""
    halves: dict[str, tuple[str, str]] = {}
    for cell in cells.dropna().unique():
        halves[cell] = _both(cell)
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
    match = next((found for form in _PAIR if (found := form.match(text))), None)
    return (match[1].strip(), match[2].strip()) if match else (text, text)


def _tell_problems(read: Degrees, cells: pd.Series, log: RowLog) -> None:
    for code in read.problem.dropna().unique():
        where = (read.problem == code).to_numpy(dtype=bool)
        remedy = REMEDIES.get(code, REMEDY)
        log.tell(where, code, REASONS[code], remedy, cells=cells, rejected=True)


def _tell_halves(
    latitude: Degrees, longitude: Degrees, lat_cells: pd.Series, lon_cells: pd.Series, log: RowLog
) -> None:
    has_lat, has_lon = (read.degrees.notna().to_numpy() for read in (latitude, longitude))
    reason, remedy = REASONS["coordinate_half"], REMEDIES["coordinate_half"]
    for where, cells in ((has_lat & ~has_lon, lon_cells), (has_lon & ~has_lat, lat_cells)):
        log.tell(where, "coordinate_half", reason, remedy, cells=cells, rejected=True)


def _read_shapes(cells: pd.Series, geometry: np.ndarray, log: RowLog) -> None:
    """Fill in the geometries that a WKT column holds, where coordinates gave none."""
    text = cells.fillna("").str.strip()
    wanted = (text != "").to_numpy() & shapely.is_missing(geometry) & ~log.rejected
    if not wanted.any():
        return
    srid = text.str.extract(_SRID, expand=False)
    other = wanted & srid.notna().to_numpy() & (srid != "4326").to_numpy()
    reason = "Its geometry is in another reference system than EPSG:4326."
    remedy = "Convert the column to longitude and latitude (EPSG:4326)."
    log.tell(other, "other_crs", reason, remedy, cells=cells, rejected=True)
    wanted &= ~other
    plain = text.str.replace(_SRID, "", regex=True).to_numpy(dtype=object)
    shapes = np.full(len(text), None, dtype=object)
    with np.errstate(all="ignore"):  # a number too large becomes infinite: out of range below
        shapes[wanted] = shapely.force_2d(shapely.from_wkt(plain[wanted], on_invalid="ignore"))
    _tell_bad_shapes(shapes, wanted, cells, log)
    usable = wanted & ~log.rejected
    repaired = usable & ~shapely.is_valid(shapes)
    shapes[repaired] = shapely.make_valid(shapes[repaired])
    reason = "Its outline crosses itself; it was repaired."
    log.tell(repaired, "geometry_repaired", reason, "Check the outline.", cells=cells)
    geometry[usable] = shapes[usable]


def _tell_bad_shapes(shapes: np.ndarray, wanted: Mask, cells: pd.Series, log: RowLog) -> None:
    unread = wanted & shapely.is_missing(shapes)
    log.tell(
        unread,
        "geometry_unreadable",
        "It cannot be read as a geometry.",
        "Write WKT such as POINT (46.75 39.76), longitude first.",
        cells=cells,
        rejected=True,
    )
    empty = wanted & ~unread & shapely.is_empty(shapes)
    reason = "Its geometry is empty."
    log.tell(
        empty,
        "geometry_empty",
        reason,
        "Give a point or leave the cell empty.",
        cells=cells,
        rejected=True,
    )
    west, south, east, north = shapely.bounds(shapes).T
    with np.errstate(invalid="ignore"):
        inside = (west >= -180) & (east <= 180) & (south >= -90) & (north <= 90)
        metres = np.fmax(np.abs([west, south]), np.abs([east, north])).max(axis=0) > 1000
    bad = wanted & ~unread & ~empty & ~inside
    for code, where in (
        ("coordinate_projected", bad & metres),
        ("coordinate_out_of_range", bad & ~metres),
    ):
        remedy = REMEDIES.get(code, "Write longitude first, then latitude.")
        log.tell(where, code, REASONS[code], remedy, cells=cells, rejected=True)


def _precision(geometry: np.ndarray, index: pd.Index) -> pd.Series:
    words = [*(_KINDS[kind].value for kind in sorted(_KINDS)), GeoPrecision.UNKNOWN.value]
    return repeated(words, shapely.get_type_id(geometry), index)  # -1, the last, where none is


def _codes(frame: pd.DataFrame, layout: Layout) -> pd.Series | None:
    """Return the cells of the layout's column of place-precision codes, 4.0 written as 4."""
    folded = layout.spec.geo_column
    column = next((c for c in frame.columns if folded is not None and fold(c) == folded), None)
    if column is None:
        return None
    return frame[column].fillna("").str.strip().str.replace(r"\.0*$", "", regex=True)


def _drop_unplaced(
    geometry: np.ndarray,
    latitude: np.ndarray,
    longitude: np.ndarray,
    frame: pd.DataFrame,
    layout: Layout,
) -> None:
    """Take the point from rows whose code says that there is no place."""
    codes = _codes(frame, layout)
    none = [code for code, rule in layout.spec.geo_codes.items() if rule.unplaced]
    if codes is None or not none:
        return
    where = codes.isin(none).to_numpy(dtype=bool)
    geometry[where] = None
    latitude[where], longitude[where] = np.nan, np.nan


def _with_codes(
    precision: pd.Series, radius: pd.Series, frame: pd.DataFrame, layout: Layout, log: RowLog
) -> tuple[pd.Series, pd.Series]:
    """Apply the place-precision codes of the layout of a known dataset."""
    placed = precision != GeoPrecision.UNKNOWN.value
    default = layout.spec.geo_default
    if default is not None:
        points = precision == GeoPrecision.EXACT.value
        precision = precision.mask(points, default.precision.value).astype("str")
        radius = radius.mask(points, default.uncertainty_km or np.nan)
    codes = _codes(frame, layout)
    if codes is None:
        return precision, radius
    rules = layout.spec.geo_codes
    unknown = ~codes.isin(list(rules)).to_numpy(dtype=bool) & placed.to_numpy(dtype=bool)
    reason = "The code of the place's precision is not in the codebook."
    log.tell(unknown, "precision_unknown", reason, "Check the code.", cells=codes)
    words = codes.map({code: rule.precision.value for code, rule in rules.items()})
    precision = precision.mask(placed, words.fillna(GeoPrecision.UNKNOWN.value)).astype("str")
    radii = codes.map({code: rule.uncertainty_km for code, rule in rules.items()}).astype("float64")
    return precision, radius.mask(placed, radii)


def _with_words(
    precision: pd.Series, radius: pd.Series, frame: pd.DataFrame, layout: Layout, log: RowLog
) -> tuple[pd.Series, pd.Series]:
    """Apply columns of people's own tables that state a precision word or a radius."""
    placed = precision != GeoPrecision.UNKNOWN.value
    stated = text_column(frame, layout, "geo_precision")
    if stated is not None:
        words = stated.map(precision_word, na_action="ignore").astype("str")
        known = words.notna()
        reason = f"The precision of a place is one of {', '.join(GeoPrecision)}."
        odd = stated.notna().to_numpy() & ~known.to_numpy(dtype=bool)
        log.tell(odd, "precision_unknown", reason, "Use one of them.", cells=stated)
        precision = precision.mask(placed & known, words).astype("str")
    radii = text_column(frame, layout, "uncertainty_km")
    if radii is not None:
        kilometres = radius_column(radii)
        radius = radius.mask(placed & kilometres.notna(), kilometres)
        exact = placed & (precision == GeoPrecision.EXACT.value)
        rough = exact & (radius > 1)
        precision = precision.mask(rough, GeoPrecision.NEAR.value).astype("str")
        not_known = radii.map(says_unknown, na_action="ignore").eq(other=True)
        precision = precision.mask(exact & not_known, GeoPrecision.UNKNOWN.value).astype("str")
    return precision, radius
