"""How exactly the place of each row is known: its geometry, its precision and its radius."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from geomap.ingest.events.coordinates import read_coordinates
from geomap.ingest.events.mapped_table import MappedTable
from geomap.ingest.events.precision_words import is_unknown, precision_word
from geomap.ingest.events.typed_cells import is_in_metres, radius_column
from geomap.layouts.fields import words_of
from geomap.model import GeoPrecision
from geomap.tables import repeated

_EXACT, _UNKNOWN = GeoPrecision.EXACT.value, GeoPrecision.UNKNOWN.value
_UNITS = {
    GeoPrecision.COUNTRY.value: frozenset(("country", "nation", "national", "pais", "pays")),
    GeoPrecision.ADMIN1.value: frozenset(("province", "state", "admin1", "adm1", "governorate",
                                          "oblast", "region", "provincia", "estado")),
    GeoPrecision.ADMIN2.value: frozenset(("district", "admin2", "adm2", "county", "municipality",
                                          "rayon", "municipio")),
}  # fmt: skip
_BY_TYPE_ID = (
    *(GeoPrecision.EXACT, GeoPrecision.LINE, GeoPrecision.LINE, GeoPrecision.ZONE),
    *(GeoPrecision.EXACT, GeoPrecision.LINE, GeoPrecision.ZONE, GeoPrecision.NEAR),
    GeoPrecision.UNKNOWN,
)
"""The precision of each type of shapely geometry by its number; the last, -1, is none."""


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


def read_positions(table: MappedTable) -> Positions:
    """Return the position of each row; rows whose coordinates are impossible are rejected."""
    geometry, latitude, longitude = read_coordinates(table)
    index = table.frame.index
    precision = repeated(_BY_TYPE_ID, shapely.get_type_id(geometry), index)
    radius = pd.Series(np.nan, index, dtype="float64")
    precision = _with_header(precision, table)
    precision, radius = _with_words(*_with_codes(precision, radius, table), table)
    return Positions(geometry, precision, radius, latitude, longitude)


def _with_header(precision: pd.Series, table: MappedTable) -> pd.Series:
    """Return the precision of points whose columns say that they are of a whole unit."""
    columns = table.coordinates
    names = [columns.pair] if columns.axes is None else [c.degrees for c in columns.axes.values()]
    words = [set(words_of(name).split()) for name in names if name]
    unit = next((unit for unit, header in _UNITS.items()
                 if words and all(header & each for each in words)), None)  # fmt: skip
    return precision if unit is None else precision.mask(precision == _EXACT, unit).astype("str")


def _with_codes(
    precision: pd.Series, radius: pd.Series, table: MappedTable
) -> tuple[pd.Series, pd.Series]:
    """Apply the place-precision codes of the layout of a known dataset."""
    placed = precision != _UNKNOWN
    spec = table.layout.spec
    default = spec.geo_default
    if default is not None:
        points = precision == _EXACT
        precision = precision.mask(points, default.precision.value).astype("str")
        radius = radius.mask(points, default.uncertainty_km or np.nan)
    codes, rules = table.codes(spec.geo_column), spec.geo_codes
    if codes is None:
        return precision, radius
    unknown = ~codes.isin(list(rules)).to_numpy(dtype=bool) & placed.to_numpy(dtype=bool)
    table.log.add(unknown, "precision_unknown/place_code", cells=codes)
    words = codes.map({code: rule.precision.value for code, rule in rules.items()})
    precision = precision.mask(placed, words.fillna(_UNKNOWN)).astype("str")
    radii = codes.map({code: rule.uncertainty_km for code, rule in rules.items()}).astype("float64")
    return precision, radius.mask(placed, radii)


def _with_words(
    precision: pd.Series, radius: pd.Series, table: MappedTable
) -> tuple[pd.Series, pd.Series]:
    """Apply columns of people's own tables that state a precision word or a radius."""
    placed = precision != _UNKNOWN
    is_stated = np.zeros(len(precision), dtype=bool)
    stated = table.text("geo_precision")
    if stated is not None:
        words = stated.map(precision_word, na_action="ignore").astype("str")
        odd = stated.notna().to_numpy() & words.isna().to_numpy(dtype=bool)
        listed = ", ".join(GeoPrecision)
        table.log.add(odd, "precision_unknown/place_word", cells=stated, words=listed)
        # a word that nobody knows may say that the point is that of a province
        stated_words = words.mask(odd, _UNKNOWN)
        precision = precision.mask(placed & stated_words.notna(), stated_words).astype("str")
        is_stated = (words == _EXACT).to_numpy(dtype=bool)
    radii = table.text("uncertainty_km")
    if radii is not None:
        kilometres = radius_column(radii, in_metres=is_in_metres(str(radii.name)))
        radius = radius.mask(placed & kilometres.notna(), kilometres)
        exact = placed & (precision == _EXACT) & ~is_stated
        precision = precision.mask(exact & (radius > 1), GeoPrecision.NEAR.value).astype("str")
        not_known = radii.map(is_unknown, na_action="ignore").eq(other=True)
        precision = precision.mask(exact & not_known, _UNKNOWN).astype("str")
    return precision, radius
