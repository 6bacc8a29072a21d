"""Rows that name their place instead of giving coordinates, resolved by the gazetteer.

Country and province columns decide between places of one name. A name that no place bears,
or none in the country stated, leaves the event unplaced. Where several places of one name
stay possible the best-known is taken and the row is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geomap.gazetteer import Gazetteer
from geomap.model import GeoPrecision, Place, PlaceMatch, ToponymKind

_ROAD = re.compile(
    r"^(?:the\s+)?(.+?)\s*[-\u2010-\u2015]\s*(.+?)\s+(?:road|highway|motorway|corridor|route)$",
    re.IGNORECASE,
)
_LIST = re.compile(r"\s*[;|]\s*")
_PRECISION = {
    ToponymKind.COUNTRY: GeoPrecision.COUNTRY,
    ToponymKind.CONTINENT: GeoPrecision.REGION,
    ToponymKind.ADMIN1: GeoPrecision.ADMIN1,
    ToponymKind.ADMIN2: GeoPrecision.ADMIN2,
    ToponymKind.REGION: GeoPrecision.REGION,
    ToponymKind.WATER: GeoPrecision.REGION,
    ToponymKind.ROAD: GeoPrecision.LINE,
    ToponymKind.ZONE: GeoPrecision.ZONE,
}
_APART_KM = 50.0
_RIVAL_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """The place or places that a cell names, and other places that it might have meant."""

    places: tuple[Place, ...]
    rivals: tuple[Place, ...] = ()

    @property
    def geometry(self) -> BaseGeometry | None:
        """Return the geometry of all places together; None when none has one."""
        shapes = [place.geometry for place in self.places if place.geometry is not None]
        if len(shapes) < 2:
            return shapes[0] if shapes else None
        return shapely.union_all(shapes)

    @property
    def precision(self) -> GeoPrecision:
        """Return the precision of the least exact of the places."""
        words = [_precision_of(place) for place in self.places]
        order = list(GeoPrecision)
        return max(words, key=order.index)

    @property
    def uncertainty_km(self) -> float | None:
        """Return the largest radius that is stated for one of the places."""
        return max((p.uncertainty_km for p in self.places if p.uncertainty_km), default=None)


def _precision_of(place: Place) -> GeoPrecision:
    word = _PRECISION.get(place.kind, GeoPrecision.EXACT)
    shape = place.geometry
    is_road = word is GeoPrecision.LINE
    if is_road and (shape is None or shape.geom_type not in {"LineString", "MultiLineString"}):
        return GeoPrecision.APPROXIMATE_LINE
    return word


class PlaceFinder:
    """Looks up each different combination of place, province, country and day once."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._found: dict[tuple[str, str | None, str | None, date | None], NamedPlace | None] = {}
        self._matches: dict[str, tuple[PlaceMatch, ...]] = {}

    def find(
        self, name: str, admin1: str | None, country: str | None, day: date | None
    ) -> NamedPlace | None:
        """Return what a cell names; None when any of its names cannot be placed."""
        dated = any(m.place.valid_from or m.place.valid_to for m in self.matches(name))
        key = (name, admin1, country, day if dated or _LIST.search(name) else None)
        if key not in self._found:
            self._found[key] = self._look_up(name, admin1, country, day)
        return self._found[key]

    def matches(self, name: str) -> tuple[PlaceMatch, ...]:
        """Return every place of this name, whenever it was valid."""
        if name not in self._matches:
            self._matches[name] = self._gazetteer.find(name)
        return self._matches[name]

    def country_code(self, country: str | None) -> str | None:
        """Return the ISO code of a country given by name or code."""
        if not country:
            return None
        if len(country) == 2 and country.isalpha() and self._gazetteer.country(country.upper()):
            return country.upper()
        found = (m.place for m in self.matches(country) if m.place.kind is ToponymKind.COUNTRY)
        return next((place.country_code for place in found), None)

    def _look_up(
        self, name: str, admin1: str | None, country: str | None, day: date | None
    ) -> NamedPlace | None:
        whole = self._one(name, admin1, country, day)
        if whole is not None:
            return whole
        parts = [part for part in _LIST.split(name) if part]
        if len(parts) > 1:
            found = [self._one(part, admin1, country, day) for part in parts]
            if any(item is None for item in found):
                return None
            known = [item for item in found if item is not None]
            return NamedPlace(
                tuple(place for item in known for place in item.places),
                tuple(place for item in known for place in item.rivals),
            )
        first, comma, rest = name.partition(",")
        if comma and first.strip() and rest.strip():
            *provinces, last = [part.strip() for part in rest.split(",")]
            if self.country_code(last):
                return self._one(first.strip(), (provinces or [admin1 or ""])[-1], last, day)
        return None

    def _one(
        self, name: str, admin1: str | None, country: str | None, day: date | None
    ) -> NamedPlace | None:
        valid = [m.place for m in self.matches(name) if m.place.is_valid_on(day)]
        places = valid or [match.place for match in self.matches(name)]
        if not places:
            road = _ROAD.match(name)
            found = road and self._gazetteer.road_between(road[1], road[2], on=day)
            return NamedPlace((found,)) if found else None
        code = self.country_code(country)
        if code:
            places = [p for p in places if p.country_code == code or p.layer in {"user", "curated"}]
        if not places:
            return None
        best = self._nearest_to(admin1, code, places)
        rivals = () if admin1 and best is not places[0] else _rivals(best, places)
        return NamedPlace((best,), rivals)

    def _nearest_to(self, admin1: str | None, code: str | None, places: list[Place]) -> Place:
        """Return the place nearest to the province when that is known, else the first."""
        if not admin1 or len(places) == 1:
            return places[0]
        centres = [
            match.place.geometry
            for match in self.matches(admin1)
            if match.place.geometry is not None and (not code or match.place.country_code == code)
        ]
        if not centres:
            return places[0]
        near = [p for p in places if p.geometry is not None and _km(p.geometry, centres[0]) < 150]
        return min(near, key=lambda p: _km(p.geometry, centres[0])) if near else places[0]


def _rivals(best: Place, places: Sequence[Place]) -> tuple[Place, ...]:
    """Return places of the same name elsewhere that are not much less known than the best."""
    if best.geometry is None or best.layer in {"user", "curated"}:
        return ()
    return tuple(
        place
        for place in places
        if place.place_id != best.place_id
        and place.geometry is not None
        and place.population >= _RIVAL_SHARE * best.population
        and _km(place.geometry, best.geometry) > _APART_KM
    )


def _km(one: BaseGeometry | None, other: BaseGeometry | None) -> float:
    if one is None or other is None:
        return np.inf
    a, b = one.representative_point(), other.representative_point()
    return float(kilometres(a.y, a.x, b.y, b.x))


def kilometres(
    lat_a: np.ndarray | float,
    lon_a: np.ndarray | float,
    lat_b: np.ndarray | float,
    lon_b: np.ndarray | float,
) -> np.ndarray:
    """Return great-circle distances in kilometres, to within half a percent."""
    phi_a, phi_b = np.radians(lat_a), np.radians(lat_b)
    half = (
        np.sin((phi_b - phi_a) / 2) ** 2
        + np.cos(phi_a) * np.cos(phi_b) * np.sin(np.radians(np.subtract(lon_b, lon_a)) / 2) ** 2
    )
    return np.asarray(12742.0 * np.arcsin(np.sqrt(np.clip(half, 0, 1))))


def day_of(moment: object) -> date | None:
    """Return the day of a cell of a day column; None when it is missing."""
    return None if pd.isna(moment) else pd.Timestamp(moment).date()
