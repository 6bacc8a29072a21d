"""Distances in metres between events and one place, on a plane that touches the Earth there.

The plane is an azimuthal equidistant projection round the place: within some hundred
kilometres it is off by less than a thousandth. The metres that are given out are measured
on the ellipsoid between the nearest points found on the plane.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyproj
import shapely
from shapely.geometry.base import BaseGeometry

Floats = npt.NDArray[np.float64]
Positions = npt.NDArray[np.intp]

_ELLIPSOID = pyproj.Geod(ellps="WGS84")
_METRES_PER_DEGREE = 110_000.0  # a little less than the shortest degree: boxes come out larger
_MAX_EDGE = 0.05  # degrees; longer edges are bent by the projection and need points between


def positions_within(bounds: Floats, reach: Floats, place: BaseGeometry) -> Positions:
    """Return which boxes may lie within `reach` metres of a place, and some that do not.

    Parameters
    ----------
    bounds
        West, south, east, north of each event in degrees; NaN where it has no geometry.
    reach
        Metres for each event.
    place
        Geometry in degrees.
    """
    west, south, east, north = place.bounds
    margin = reach / _METRES_PER_DEGREE
    high = np.flatnonzero((bounds[:, 1] <= north + margin) & (bounds[:, 3] >= south - margin))
    bounds, margin = bounds[high], margin[high]
    farthest = np.minimum(np.maximum(abs(south), abs(north)) + margin, 89.0)
    sideways = margin / np.cos(np.radians(farthest))
    middle, half = (west + east) / 2, (east - west) / 2
    shift = np.mod((bounds[:, 0] + bounds[:, 2]) / 2 - middle + 180, 360) - 180
    width = (bounds[:, 2] - bounds[:, 0]) / 2
    near: Positions = high[np.abs(shift) <= half + width + sideways]
    return near


def measure(shapes: npt.NDArray[np.object_], place: BaseGeometry) -> tuple[Floats, Floats]:
    """Return how far each shape is from a place, and how deep it lies within it.

    Parameters
    ----------
    shapes, place
        Geometries in degrees.

    Returns
    -------
    metres
        Between the nearest points; 0 where they touch.
    depth
        For a shape wholly inside a polygon, metres from the shape to the polygon's edge;
        minus infinity for every other.
    """
    middle = place.centroid
    plane = pyproj.Proj(proj="aeqd", lat_0=middle.y, lon_0=middle.x, ellps="WGS84")
    flat_place = _flatten(np.array([place], dtype=object), plane)[0]
    flat = _flatten(shapes, plane)
    shapely.prepare(flat_place)
    metres = _on_ellipsoid(flat, flat_place, plane)
    depth = np.full(len(flat), -np.inf)
    if shapely.get_dimensions(flat_place) == 2:
        inside = np.flatnonzero(shapely.covers(flat_place, flat))
        depth[inside] = shapely.distance(flat[inside], flat_place.boundary)
    return metres, depth


def _flatten(shapes: npt.NDArray[np.object_], plane: pyproj.Proj) -> npt.NDArray[np.object_]:
    dense = shapes.copy()
    extended = np.flatnonzero(shapely.get_dimensions(dense) > 0)
    dense[extended] = shapely.segmentize(dense[extended], _MAX_EDGE)

    def project(points: Floats) -> Floats:
        return np.column_stack(plane(points[:, 0], points[:, 1]))

    flat: npt.NDArray[np.object_] = shapely.transform(dense, project)
    return flat


def _on_ellipsoid(
    flat: npt.NDArray[np.object_], flat_place: BaseGeometry, plane: pyproj.Proj
) -> Floats:
    metres = np.zeros(len(flat))
    apart = np.flatnonzero(~shapely.intersects(flat_place, flat))
    if len(apart):
        ends = shapely.get_coordinates(shapely.shortest_line(flat[apart], flat_place))
        longitude, latitude = plane(ends[:, 0], ends[:, 1], inverse=True)
        metres[apart] = _ELLIPSOID.inv(
            longitude[::2], latitude[::2], longitude[1::2], latitude[1::2]
        )[2]
    return metres
