"""Which stretch of the earth a figure shows, in Web Mercator metres (EPSG:3857)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
from numpy.typing import ArrayLike, NDArray

EARTH_RADIUS_M = 6378137.0  # WGS 84 semi-major axis, the sphere of EPSG:3857
MAX_LATITUDE = 85.0511  # where the square of Web Mercator ends
SMALLEST_WIDTH_M = 20_000.0
WHOLE_WORLD = (-180.0, -60.0, 180.0, 75.0)


def to_mercator(
    longitude: ArrayLike, latitude: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return x and y in metres (EPSG:3857) of degrees; the poles stop at the square's edge."""
    clipped = np.clip(np.asarray(latitude, dtype="float64"), -MAX_LATITUDE, MAX_LATITUDE)
    x = np.radians(np.asarray(longitude, dtype="float64")) * EARTH_RADIUS_M
    y = np.log(np.tan(np.pi / 4 + np.radians(clipped) / 2)) * EARTH_RADIUS_M
    return x, y


def latitude_of(y: float) -> float:
    """Return the latitude in degrees of a Mercator y in metres."""
    return math.degrees(2 * math.atan(math.exp(y / EARTH_RADIUS_M)) - math.pi / 2)


def longitude_of(x: float) -> float:
    """Return the longitude in degrees of a Mercator x in metres."""
    return math.degrees(x / EARTH_RADIUS_M)


@dataclass(frozen=True, slots=True)
class Extent:
    """A rectangle in Web Mercator metres."""

    west: float
    south: float
    east: float
    north: float

    @property
    def middle_latitude(self) -> float:
        """Latitude in degrees at half height: where the scale bar is true."""
        return latitude_of((self.south + self.north) / 2)

    @property
    def degrees(self) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees, within the world."""
        west, east = (max(-180.0, min(180.0, longitude_of(x))) for x in (self.west, self.east))
        return west, latitude_of(self.south), east, latitude_of(self.north)

    @property
    def width_km(self) -> float:
        """Ground width in kilometres at half height."""
        return (self.east - self.west) * math.cos(math.radians(self.middle_latitude)) / 1000

    def fitted(self, aspect: float) -> Extent:
        """Return this extent, grown to `aspect` (width by height) around its middle."""
        wide, high = self.east - self.west, self.north - self.south
        more_wide = max(0.0, high * aspect - wide) / 2
        more_high = max(0.0, wide / aspect - high) / 2
        return Extent(
            self.west - more_wide,
            self.south - more_high,
            self.east + more_wide,
            self.north + more_high,
        )


def extent_of(
    tables: list[gpd.GeoDataFrame], bbox: tuple[float, float, float, float] | None, aspect: float
) -> Extent:
    """Return the extent that shows `bbox`, else everything in `tables`, with a margin.

    Parameters
    ----------
    tables
        GeoDataFrames in EPSG:4326; those without geometries are passed over.
    bbox
        West, south, east, north in degrees; None to fit the tables.
    aspect
        Width by height of the drawing.
    """
    if bbox is None:
        boxes = [t.geometry.total_bounds for t in tables if t.geometry.notna().any()]
        boxes = [box for box in boxes if np.isfinite(box).all()]
        joined = np.array(boxes) if boxes else np.array([WHOLE_WORLD])
        bbox = (*joined[:, :2].min(axis=0), *joined[:, 2:].max(axis=0))
        margin = 0.08
    else:
        margin = 0.0
    (west, east), (south, north) = to_mercator([bbox[0], bbox[2]], [bbox[1], bbox[3]])
    pad = margin * max(east - west, north - south)
    if bbox[0] == bbox[2] or east - west + 2 * pad < SMALLEST_WIDTH_M:
        pad += SMALLEST_WIDTH_M / 2
    return Extent(west - pad, south - pad, east + pad, north + pad).fitted(aspect)
