"""The place or places that a row names, and how exactly they are known."""

from __future__ import annotations

from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from geomap.model import GeoPrecision, Place, ToponymKind

NEAR_KM = 15.0
"""The radius of "near" a place: a drawing convention, for no source states how far it is."""

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


@dataclass(frozen=True, slots=True)
class Context:
    """The names that the columns of a row state for its place, as written."""

    name: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """The place or places that a row names, and other places that it might have meant.

    `is_near` when the row has "near" before the name; `is_fallback` when they are only the
    division that an unknown place lies in.
    """

    places: tuple[Place, ...]
    rivals: tuple[Place, ...] = ()
    is_near: bool = False
    is_fallback: bool = False

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
        words += [GeoPrecision.NEAR] if self.is_near else []
        order = list(GeoPrecision)
        return max(words, key=order.index)

    @property
    def uncertainty_km(self) -> float | None:
        """Return the largest radius that is stated for one of the places."""
        radii = [p.uncertainty_km for p in self.places if p.uncertainty_km]
        return max([*radii, *([NEAR_KM] if self.is_near else [])], default=None)


def _precision_of(place: Place) -> GeoPrecision:
    word = _PRECISION.get(place.kind, GeoPrecision.EXACT)
    shape = place.geometry
    is_road = word is GeoPrecision.LINE
    if is_road and (shape is None or shape.geom_type not in {"LineString", "MultiLineString"}):
        return GeoPrecision.APPROXIMATE_LINE
    return word
