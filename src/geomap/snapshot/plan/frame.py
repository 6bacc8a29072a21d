"""The part of the earth that a map shows: a rectangle of a projection that fits the events."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import ArrayLike

from geomap.snapshot.plan.projection import GEOD, Projection, choose_projection
from geomap.snapshot.plan.typesetting import Box
from geomap.typing import BBox, Floats

WHOLE_WORLD: BBox = (-180.0, -58.0, 180.0, 78.0)
SMALLEST_WIDTH_M = 20_000.0
MARGIN = 0.08
SIDES = 24  # points on each side of a box when its outline is projected


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle of a projection, in metres of the map."""

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
    def height(self) -> float:
        """Height in metres of the map."""
        return self.north - self.south

    @property
    def rectangle(self) -> shapely.Polygon:
        """The rectangle as a polygon in metres."""
        return shapely.box(self.west, self.south, self.east, self.north)

    @property
    def middle(self) -> tuple[float, float]:
        """X and y of the middle."""
        return (self.west + self.east) / 2, (self.south + self.north) / 2

    @property
    def degrees(self) -> BBox:
        """West, south, east, north in degrees around the rectangle; east may exceed 180."""
        steps = np.linspace(0.0, 1.0, SIDES)
        x, y = np.meshgrid(self.west + steps * self.width, self.south + steps * self.height)
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
        """Return the length on the ground of one metre of the map, in its middle."""
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
        """Return the largest angle between north and up in the corners, in degrees."""
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


def bounds_of(tables: Sequence[gpd.GeoDataFrame]) -> BBox:
    """Return the smallest box around everything in tables of EPSG:4326; east may exceed 180.

    It takes the shorter way around the earth: islands on both sides of the 180th meridian are
    neighbours.
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


def frame_of(tables: Sequence[gpd.GeoDataFrame], box: BBox | None, aspect: float) -> Frame:
    """Return the frame that shows `box`, else everything in `tables`, with a margin.

    Parameters
    ----------
    tables
        GeoDataFrames in EPSG:4326, empty ones too.
    box
        West, south, east, north in degrees, west above east across the 180th meridian; None
        to fit the tables.
    aspect
        Width by height of the drawing.
    """
    bounds = bounds_of(tables)
    if box is not None:
        west, south, east, north = box
        bounds = west, south, east + 360.0 if east < west else east, north
    projection = choose_projection(bounds)
    x, y = _projected_edges(projection, bounds)
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
    wide, high = east - west + 2 * pad, north - south + 2 * pad
    aside, up = pad + max(0.0, high * aspect - wide) / 2, pad + max(0.0, wide / aspect - high) / 2
    return Frame(projection, west - aside, south - up, east + aside, north + up)


def ring_of(west: float, south: float, east: float, north: float) -> tuple[Floats, Floats]:
    """Return x and y of points along the edges of a box, in the order of a ring."""
    along, across = np.linspace(west, east, SIDES), np.linspace(south, north, SIDES)
    x = np.concatenate([along, np.full(SIDES, east), along[::-1], np.full(SIDES, west)])
    y = np.concatenate([np.full(SIDES, south), across, np.full(SIDES, north), across[::-1]])
    return x, y


def _projected_edges(projection: Projection, bounds: BBox) -> tuple[Floats, Floats]:
    west, south, east, north = bounds
    # The two edges of the whole earth are the same meridian: they must not fall together.
    hair = 1e-6 if east - west >= 360 else 0.0
    longitude, latitude = ring_of(west + hair, max(south, -89.9), east - hair, min(north, 89.9))
    if not projection.is_world:
        longitude = projection.unwrapped(longitude)
    return projection.forward(longitude, latitude)


@dataclass(frozen=True, slots=True)
class MapBox:
    """A frame in a box of the page: metres of the map in points of the page, and back."""

    frame: Frame
    box: Box

    @property
    def metres_per_point(self) -> float:
        """Metres of the map in one point of the page."""
        return self.frame.width / (self.box[2] - self.box[0])

    def points(self, x: ArrayLike, y: ArrayLike) -> Floats:
        """Return the points of the page, of shape (n, 2), of metres of the map."""
        left, low, right, top = self.box
        across = (np.asarray(x) - self.frame.west) * ((right - left) / self.frame.width)
        up = (np.asarray(y) - self.frame.south) * ((top - low) / self.frame.height)
        return np.column_stack([left + across, low + up])

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return the point of the page of one position in metres."""
        ((left, low),) = self.points([x], [y])
        return float(left), float(low)

    def metres(self, x: float, y: float) -> tuple[float, float]:
        """Return the metres of the map of a point of the page."""
        left, low, right, top = self.box
        return (
            self.frame.west + (x - left) * (self.frame.width / (right - left)),
            self.frame.south + (y - low) * (self.frame.height / (top - low)),
        )
