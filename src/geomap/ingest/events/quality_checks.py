"""Checks of the places of a file as a whole: doubts are reported, and nothing is changed.

Points far from the country that their row states, or from all other rows; many rows at the
middle of a country or a province. Only counts per week and province, which are no single
events, lose their false exactness.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from geomap.geo.distance import great_circle_km
from geomap.ingest.events.country_points import country_points, country_spans
from geomap.ingest.events.day_columns import EventDays
from geomap.ingest.events.mapped_table import MappedTable
from geomap.ingest.events.place_names import PlaceFinder, town_name
from geomap.ingest.events.positions import Positions
from geomap.ingest.events.row_report import RowLog
from geomap.model import AREA_PRECISIONS, DatePrecision, GeoPrecision, ToponymKind
from geomap.typing import Mask

_MARGIN = 3.0  # degrees of latitude, about 330 km: seas and neighbours are no fault
_FEWEST_ROWS = 50
_FAR_KM = 1000.0
_FAR_SHARE = 8.0
_SAME = 0.02
_FEWEST_AT_CENTROID = 5
_POINTS = 300
_TOWN_KM = 25.0
_WEEKS = 14
_ADMIN1_KM = 75.0


_WARNINGS = {
    "outside_country": "lie far outside the country that they state",
    "far_from_others": "lie far from all other rows",
    "possible_centroid": "lie at the middle of a country or province",
}
_WEEKLY = (
    "Its rows look like counts per week and province, not single events: all days are the same day "
    "of a week and each province has one point. They were taken as somewhere in the province, some "
    "time in the week."
)


def review(
    table: MappedTable,
    columns: dict[str, pd.Series],
    positions: Positions,
    days: EventDays,
    finder: PlaceFinder,
) -> tuple[Positions, EventDays]:
    """Return positions and days as they are unless they are counts per week and province."""
    log, has_ids = table.log, "event_id" in table.layout.mapping
    if not has_ids and _are_weekly_counts(columns, positions, days, log):
        table.warn("weekly_aggregate", _WEEKLY)
        return _made_rough(positions, days)
    swapped = log.has_code("coordinates_swapped")
    usable = np.isfinite(positions.latitude) & ~log.rejected & ~swapped
    outside, known = _outside_country(columns, positions, usable, finder)
    odd = {
        "outside_country": outside,
        "far_from_others": _far_from_others(positions, usable & ~known),
        "possible_centroid": _at_centroids(columns, positions, usable, finder),
    }
    for code, where in odd.items():
        log.add(where, code)
        if count := int((where & ~log.rejected).sum()):
            words = f"{count:,} row(s) {_WARNINGS[code]}; they were kept as they are and flagged."
            table.warn(code, words)
    return positions, days


def _outside_country(
    columns: dict[str, pd.Series], positions: Positions, usable: Mask, finder: PlaceFinder
) -> tuple[Mask, Mask]:
    """Return which points lie outside their country, and which rows state a known country."""
    outside, known = np.zeros(len(usable), bool), np.zeros(len(usable), bool)
    country = columns.get("country")
    if country is None:
        return outside, known
    numbers, names = pd.factorize(country)
    for number, name in enumerate(names):
        span = country_spans().get(finder.country_code(str(name)) or "")
        if span is not None:
            rows = np.flatnonzero((numbers == number) & usable)
            known[rows] = True
            lat, lon = positions.latitude[rows], positions.longitude[rows]
            outside[rows] = span.is_outside(lat, lon, _MARGIN)
    return outside, known


def _far_from_others(positions: Positions, usable: Mask) -> Mask:
    """Return which points lie far from the middle of all, measured by how far most lie."""
    far = np.zeros(len(usable), bool)
    rows = np.flatnonzero(usable)
    if len(rows) < _FEWEST_ROWS:
        return far
    lat, lon = positions.latitude[rows], positions.longitude[rows]
    phi, theta = np.radians(lat), np.radians(lon)
    # the median of each axis in space: no trouble at 180 degrees
    x, y, z = (np.median(axis) for axis in (np.cos(phi) * np.cos(theta),
                                            np.cos(phi) * np.sin(theta), np.sin(phi)))  # fmt: skip
    middle = np.degrees(np.arctan2(z, np.hypot(x, y))), np.degrees(np.arctan2(y, x))
    away = great_circle_km(middle[1], middle[0], lon, lat)
    far[rows] = away > max(_FAR_KM, _FAR_SHARE * float(np.quantile(away, 0.95)))
    return far


def _at_centroids(
    columns: dict[str, pd.Series], positions: Positions, usable: Mask, finder: PlaceFinder
) -> Mask:
    """Return the rows at points that many share and that stand for a country or a province."""
    areas = [word.value for word in AREA_PRECISIONS]
    rows = np.flatnonzero(usable & ~positions.precision.isin(areas).to_numpy(dtype=bool))
    middle = np.zeros(len(usable), bool)
    if not len(rows):
        return middle
    lat, lon = positions.latitude[rows], positions.longitude[rows]
    keys = np.round(lat * 1e4).astype("i8") * 10_000_000 + np.round(lon * 1e4).astype("i8")
    _, first, inverse, counts = np.unique(
        keys, return_index=True, return_inverse=True, return_counts=True
    )
    many = np.flatnonzero(counts >= max(_FEWEST_AT_CENTROID, 0.005 * len(rows)))
    for group in many[np.argsort(-counts[many])][:_POINTS]:
        row = int(rows[first[group]])
        named = {name: _cell(columns.get(name), row) for name in _NAMES}
        if _is_middle(float(lat[first[group]]), float(lon[first[group]]), named, finder):
            middle[rows[inverse == group]] = True
    return middle


_NAMES = ("place_name", "admin1", "country")


def _cell(column: pd.Series | None, row: int) -> str | None:
    value = None if column is None else column.iloc[row]
    return None if value is None or pd.isna(value) else str(value)


def _is_middle(lat: float, lon: float, named: dict[str, str | None], finder: PlaceFinder) -> bool:
    """Return whether a point stands for a country or a province, and for no town of its name."""
    name, admin1, country = (named[key] for key in _NAMES)
    places = [match.place for match in finder.matches(town_name(name))] if name else []
    points = [(p.kind, p.geometry.representative_point()) for p in places if p.geometry is not None]
    if any(
        kind is ToponymKind.CITY and great_circle_km(lon, lat, point.x, point.y) < _TOWN_KM
        for kind, point in points
    ):
        return False
    at_country = (np.abs(country_points() - (lat, lon)) < _SAME).all(axis=1).any()
    states_area = name is not None and name.casefold() in {
        (admin1 or "").casefold(),
        (country or "").casefold(),
    }
    code = finder.country_code(country)
    at_division = any(
        place.geometry is not None
        and abs(place.geometry.representative_point().y - lat) < _SAME
        and abs(place.geometry.representative_point().x - lon) < _SAME
        for place in (finder.divisions.of(admin1, code) if admin1 else ())
    )
    return bool(at_country or states_area or at_division)


def _are_weekly_counts(
    columns: dict[str, pd.Series], positions: Positions, days: EventDays, log: RowLog
) -> bool:
    """Return whether all days are one day of the week, and each province has one point."""
    kept = ~log.rejected & days.start.notna().to_numpy() & np.isfinite(positions.latitude)
    admin1, kind = columns.get("admin1"), columns.get("event_type")
    if admin1 is None or kind is None or kept.sum() < _WEEKS:
        return False
    start = days.start[kept]
    is_weekly = (start.dt.day_of_week == start.dt.day_of_week.iloc[0]).all() and start.nunique() > 2
    if not is_weekly or not (days.precision[kept] == DatePrecision.DAY.value).all():
        return False
    frame = pd.DataFrame(
        {"admin1": admin1[kept], "lat": positions.latitude[kept], "lon": positions.longitude[kept]}
    )
    country = columns.get("country")
    frame["country"] = "" if country is None else country[kept].fillna("")
    points = frame.drop_duplicates()
    return len(points) > 1 and not points.duplicated(["admin1", "country"]).any()


def _made_rough(positions: Positions, days: EventDays) -> tuple[Positions, EventDays]:
    placed = np.isfinite(positions.latitude)
    dated = days.start.notna()
    return (
        replace(
            positions,
            precision=positions.precision.mask(placed, GeoPrecision.ADMIN1.value).astype("str"),
            uncertainty_km=positions.uncertainty_km.mask(placed, _ADMIN1_KM),
        ),
        replace(
            days,
            end=days.end.mask(dated, days.start + pd.Timedelta(days=6)),
            precision=days.precision.mask(dated, DatePrecision.WEEK.value).astype("str"),
        ),
    )
