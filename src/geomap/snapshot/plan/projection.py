"""Projections of figures, chosen by extent; metres on the map.

A country is drawn in Lambert's azimuthal equal-area projection around its middle, a wide extent
in the middle latitudes in Lambert's conformal conic, the world in Equal Earth: areas and distances
that readers compare are not distorted as in Web Mercator.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pyproj
import shapely
from numpy.typing import ArrayLike, NDArray

from geomap.typing import BBox, Floats

WORLD_SPAN, WORLD_HEIGHT = 140.0, 110.0
"""Degrees beyond which an extent is drawn as the world."""
CONIC_SPAN, CONIC_RATIO = 12.0, 1.7

GEOD = pyproj.Geod(ellps="WGS84")


@lru_cache(maxsize=16)
def _proj(definition: str) -> pyproj.Proj:
    return pyproj.Proj(definition)


@dataclass(frozen=True, slots=True)
class Projection:
    """A projection of the ellipsoid WGS 84, with its middle in degrees."""

    name: str
    definition: str
    longitude: float
    latitude: float
    is_world: bool = False

    def unwrapped(self, longitude: ArrayLike) -> Floats:
        """Return longitudes within 180 degrees of the middle."""
        degrees = np.asarray(longitude, dtype="float64")
        turned: Floats = (degrees - self.longitude + 180.0) % 360.0 - 180.0 + self.longitude
        return turned

    def forward(self, longitude: ArrayLike, latitude: ArrayLike) -> tuple[Floats, Floats]:
        """Return x and y in metres of degrees; points that cannot be drawn are infinite."""
        x, y = _proj(self.definition)(
            np.asarray(longitude, dtype="float64"), np.asarray(latitude, dtype="float64")
        )
        return np.asarray(x), np.asarray(y)

    def inverse(self, x: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats]:
        """Return longitude and latitude of metres; not finite outside the earth."""
        longitude, latitude = _proj(self.definition)(
            np.asarray(x, dtype="float64"), np.asarray(y, dtype="float64"), inverse=True
        )
        with np.errstate(invalid="ignore"):
            return self.unwrapped(longitude), np.asarray(latitude)

    def shapes(self, geometries: Any) -> NDArray[np.object_]:
        """Return geometries of degrees in metres, each whole on the side of the middle."""
        given = np.asarray(geometries, dtype=object)
        points, owner = shapely.get_coordinates(given, return_index=True)
        edges = shapely.bounds(given)
        middles = (edges[:, 0] + edges[:, 2]) / 2
        shift = np.round((self.unwrapped(middles) - middles) / 360.0) * 360.0
        x, y = self.forward(points[:, 0] + shift[owner], points[:, 1])
        drawn: NDArray[np.object_] = shapely.set_coordinates(given.copy(), np.column_stack([x, y]))
        return drawn


def choose_projection(bounds: BBox) -> Projection:
    """Return the projection that fits bounds in degrees; east may be beyond 180."""
    west, south, east, north = bounds
    middle = (west + east) / 2
    longitude = round((middle + 180.0) % 360.0 - 180.0, 2)
    latitude = round((south + north) / 2, 2)
    is_world = east - west > WORLD_SPAN or north - south > WORLD_HEIGHT
    wide = (east - west) * math.cos(math.radians(latitude))
    if is_world:
        longitude, latitude = 0.0 if east - west > 300 else longitude, 0.0
        name = f"Equal Earth, central meridian {_degrees(longitude, 'E', 'W')}"
        kind = "+proj=eqearth"
    elif wide > CONIC_SPAN and wide > CONIC_RATIO * (north - south) and 20 < abs(latitude) < 65:
        low, high = (round(south + (north - south) * part, 2) for part in (1 / 6, 5 / 6))
        low, high = (low, high) if high - low > 1 else (latitude - 1, latitude + 1)
        name = (
            f"Lambert conformal conic, standard parallels {_degrees(low, 'N', 'S')} and "
            f"{_degrees(high, 'N', 'S')}, central meridian {_degrees(longitude, 'E', 'W')}"
        )
        kind = f"+proj=lcc +lat_0={latitude} +lat_1={low} +lat_2={high}"
    else:
        middle_words = f"{_degrees(latitude, 'N', 'S')}, {_degrees(longitude, 'E', 'W')}"
        name = f"Lambert azimuthal equal-area, centred on {middle_words}"
        kind = f"+proj=laea +lat_0={latitude}"
    definition = f"{kind} +lon_0={longitude} +ellps=WGS84"
    return Projection(name, definition, longitude, latitude, is_world)


def _degrees(value: float, positive: str, negative: str) -> str:
    return f"{abs(value):g}° {positive if value >= 0 else negative}"
