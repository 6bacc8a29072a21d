"""Which stretch of the earth a figure shows, and in which projection it is drawn.

A country is drawn in Lambert's azimuthal equal-area projection around its middle, a wide
stretch of the middle latitudes in a conformal conic one, the world in Equal Earth: what is
compared by eye (areas, distances) is not distorted as on a web map.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import geopandas as gpd
import numpy as np
import pyproj
import shapely
from numpy.typing import ArrayLike, NDArray

Box = tuple[float, float, float, float]
Floats = NDArray[np.float64]

WHOLE_WORLD: Box = (-180.0, -58.0, 180.0, 78.0)
WORLD_SPAN, WORLD_HEIGHT = 140.0, 110.0
"""Degrees beyond which a stretch is drawn as the world."""
CONIC_SPAN, CONIC_RATIO = 12.0, 1.7
SMALLEST_WIDTH_M = 20_000.0
MARGIN = 0.08
SIDES = 24  # points on each side of a box when its outline is projected

GEOD = pyproj.Geod(ellps="WGS84")


@lru_cache(maxsize=16)
def _proj(definition: str) -> pyproj.Proj:
    return pyproj.Proj(definition)


@dataclass(frozen=True, slots=True)
class Projection:
    """A way to draw the ellipsoid WGS 84 flat; metres on the map."""

    name: str
    definition: str
    longitude: float
    latitude: float
    is_world: bool = False

    def unwrapped(self, longitude: ArrayLike) -> Floats:
        """Return longitudes within half a turn of the middle."""
        degrees = np.asarray(longitude, dtype="float64")
        turned: Floats = (degrees - self.longitude + 180.0) % 360.0 - 180.0 + self.longitude
        return turned

    def forward(self, longitude: ArrayLike, latitude: ArrayLike) -> tuple[Floats, Floats]:
        """Return x and y in metres; what cannot be drawn is infinite."""
        x, y = _proj(self.definition)(
            np.asarray(longitude, dtype="float64"), np.asarray(latitude, dtype="float64")
        )
        return np.asarray(x), np.asarray(y)

    def inverse(self, x: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats]:
        """Return longitudes near the middle, and latitudes; not finite outside the earth."""
        longitude, latitude = _proj(self.definition)(
            np.asarray(x, dtype="float64"), np.asarray(y, dtype="float64"), inverse=True
        )
        with np.errstate(invalid="ignore"):
            return self.unwrapped(longitude), np.asarray(latitude)

    def shapes(self, geometries: Any) -> NDArray[np.object_]:
        """Return geometries in metres; each is turned as a whole to the side of the middle."""
        given = np.asarray(geometries, dtype=object)
        points, owner = shapely.get_coordinates(given, return_index=True)
        edges = shapely.bounds(given)
        middles = (edges[:, 0] + edges[:, 2]) / 2
        shift = np.round((self.unwrapped(middles) - middles) / 360.0) * 360.0
        x, y = self.forward(points[:, 0] + shift[owner], points[:, 1])
        drawn: NDArray[np.object_] = shapely.set_coordinates(given.copy(), np.column_stack([x, y]))
        return drawn


def choose_projection(bounds: Box) -> Projection:
    """Return the projection that fits bounds in degrees; east may be beyond 180."""
    west, south, east, north = bounds
    middle = (west + east) / 2
    longitude = round((middle + 180.0) % 360.0 - 180.0, 2)
    latitude = round((south + north) / 2, 2)
    if east - west > WORLD_SPAN or north - south > WORLD_HEIGHT:
        longitude = 0.0 if east - west > 300 else longitude
        return Projection(
            f"Equal Earth, central meridian {_degrees(longitude, 'E', 'W')}",
            f"+proj=eqearth +lon_0={longitude} +ellps=WGS84",
            longitude,
            0.0,
            is_world=True,
        )
    wide = (east - west) * math.cos(math.radians(latitude))
    if wide > CONIC_SPAN and wide > CONIC_RATIO * (north - south) and 20 < abs(latitude) < 65:
        low, high = (round(south + (north - south) * part, 2) for part in (1 / 6, 5 / 6))
        low, high = (low, high) if high - low > 1 else (latitude - 1, latitude + 1)
        return Projection(
            f"Lambert conformal conic, standard parallels {_degrees(low, 'N', 'S')} and "
            f"{_degrees(high, 'N', 'S')}, central meridian {_degrees(longitude, 'E', 'W')}",
            f"+proj=lcc +lat_0={latitude} +lon_0={longitude} +lat_1={low} +lat_2={high} "
            "+ellps=WGS84",
            longitude,
            latitude,
        )
    return Projection(
        f"Lambert azimuthal equal-area, centred on {_degrees(latitude, 'N', 'S')}, "
        f"{_degrees(longitude, 'E', 'W')}",
        f"+proj=laea +lat_0={latitude} +lon_0={longitude} +ellps=WGS84",
        longitude,
        latitude,
    )


def _degrees(value: float, positive: str, negative: str) -> str:
    return f"{abs(value):g}° {positive if value >= 0 else negative}"


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle of a projection, in metres."""

    projection: Projection
    west: float
    south: float
    east: float
    north: float

    @property
    def width(self) -> float:
        """Width in metres of the map."""
        return self.east - self.west

    @property
    def middle(self) -> tuple[float, float]:
        """X and y of the middle."""
        return (self.west + self.east) / 2, (self.south + self.north) / 2

    @property
    def degrees(self) -> Box:
        """West, south, east, north in degrees around all of the rectangle; east may exceed 180."""
        steps = np.linspace(0.0, 1.0, SIDES)
        x, y = np.meshgrid(
            self.west + steps * self.width, self.south + steps * (self.north - self.south)
        )
        longitude, latitude = self.projection.inverse(x, y)
        fine = np.isfinite(longitude) & np.isfinite(latitude)
        if not fine.any():
            return WHOLE_WORLD
        longitude, latitude = longitude[fine], latitude[fine]
        box = (longitude.min(), latitude.min(), longitude.max(), latitude.max())
        for pole in (-90.0, 90.0):
            px, py = self.projection.forward([self.projection.longitude], [pole])
            if self.west <= px[0] <= self.east and self.south <= py[0] <= self.north:
                middle = self.projection.longitude
                box = (middle - 180, min(box[1], pole), middle + 180, max(box[3], pole))
        return tuple(float(edge) for edge in box)  # type: ignore[return-value]

    def ground_metres(self) -> float:
        """Return how many metres on the ground one metre of the map is, in the middle."""
        x, y = self.middle
        step = self.width / 200
        longitude, latitude = self.projection.inverse([x - step, x + step], [y, y])
        _, _, metres = GEOD.inv(longitude[0], latitude[0], longitude[1], latitude[1])
        return float(metres) / (2 * step)

    @property
    def width_km(self) -> float:
        """Width on the ground in kilometres, by the scale in the middle."""
        return self.width * self.ground_metres() / 1000

    def lean(self) -> float:
        """Return by how many degrees north leans from up, where it leans most."""
        x = np.array([self.west, self.east, self.west, self.east])
        y = np.array([self.south, self.south, self.north, self.north])
        longitude, latitude = self.projection.inverse(x, y)
        fine = np.isfinite(longitude) & np.isfinite(latitude) & (np.abs(latitude) < 89)
        if not fine.any():
            return 0.0
        up_x, up_y = self.projection.forward(longitude[fine], latitude[fine] + 0.01)
        angles = np.degrees(np.arctan2(up_x - x[fine], up_y - y[fine]))
        return float(np.abs(angles).max())

    def north_at(self, x: float, y: float) -> float:
        """Return the angle from up to north at a point, in degrees, clockwise."""
        longitude, latitude = self.projection.inverse([x], [y])
        up_x, up_y = self.projection.forward(longitude, latitude + 0.01)
        return math.degrees(math.atan2(up_x[0] - x, up_y[0] - y))


def bounds_of(tables: Sequence[gpd.GeoDataFrame]) -> Box:
    """Return the smallest box around everything in tables of EPSG:4326; east may exceed 180.

    Of the ways around the earth the shorter is taken: islands on both sides of the 180th
    meridian are neighbours.
    """
    edges = [table.geometry.bounds.to_numpy() for table in tables if len(table)]
    boxes = np.concatenate(edges) if edges else np.empty((0, 4))
    boxes = boxes[np.isfinite(boxes).all(axis=1)]
    if not len(boxes):
        return WHOLE_WORLD
    south, north = float(boxes[:, 1].min()), float(boxes[:, 3].max())
    order = np.argsort(boxes[:, 0])
    starts, ends = boxes[order, 0], np.maximum.accumulate(boxes[order, 2])
    gaps = starts[1:] - ends[:-1]
    around = starts[0] + 360.0 - ends[-1]
    if len(gaps) and gaps.max() > around:
        at = int(gaps.argmax())
        return float(starts[at + 1]), south, float(ends[at] + 360.0), north
    return float(starts[0]), south, float(ends[-1]), north


def frame_of(tables: Sequence[gpd.GeoDataFrame], box: Box | None, aspect: float) -> Frame:
    """Return the frame that shows `box`, else everything in `tables`, with a margin.

    Parameters
    ----------
    tables
        GeoDataFrames in EPSG:4326; those without geometries are passed over.
    box
        West, south, east, north in degrees, west above east across the 180th meridian; None
        to fit the tables.
    aspect
        Width by height of the drawing.
    """
    bounds = bounds_of(tables) if box is None else _ahead(box)
    projection = choose_projection(bounds)
    x, y = _outline(projection, bounds)
    if box is None and not projection.is_world:
        points = [shapely.get_coordinates(table.geometry.to_numpy()) for table in tables]
        placed = np.concatenate(points) if points else np.empty((0, 2))
        if len(placed):
            x, y = projection.forward(projection.unwrapped(placed[:, 0]), placed[:, 1])
    fine = np.isfinite(x) & np.isfinite(y)
    west, east = float(x[fine].min()), float(x[fine].max())
    south, north = float(y[fine].min()), float(y[fine].max())
    pad = 0.0 if box is not None else MARGIN * max(east - west, north - south)
    pad = max(pad, (SMALLEST_WIDTH_M - (east - west)) / 2)
    return _grown(Frame(projection, west - pad, south - pad, east + pad, north + pad), aspect)


def _ahead(box: Box) -> Box:
    west, south, east, north = box
    return west, south, east + 360.0 if east < west else east, north


def _outline(projection: Projection, bounds: Box) -> tuple[Floats, Floats]:
    west, south, east, north = bounds
    # The two edges of the whole earth are the same meridian: they must not fall together.
    hair = 1e-6 if east - west >= 360 else 0.0
    west, east, steps = west + hair, east - hair, np.linspace(0.0, 1.0, SIDES)
    south, north = max(south, -89.9), min(north, 89.9)
    along, across = west + steps * (east - west), south + steps * (north - south)
    longitude = np.concatenate([along, np.full(SIDES, east), along, np.full(SIDES, west)])
    latitude = np.concatenate([np.full(SIDES, south), across, np.full(SIDES, north), across])
    if projection.is_world:
        return projection.forward(longitude, latitude)
    return projection.forward(projection.unwrapped(longitude), latitude)


def _grown(frame: Frame, aspect: float) -> Frame:
    wide, high = frame.width, frame.north - frame.south
    more_wide = max(0.0, high * aspect - wide) / 2
    more_high = max(0.0, wide / aspect - high) / 2
    return Frame(
        frame.projection,
        frame.west - more_wide,
        frame.south - more_high,
        frame.east + more_wide,
        frame.north + more_high,
    )
