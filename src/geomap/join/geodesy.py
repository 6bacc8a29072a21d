"""Distances in metres between events and one place, on a plane that touches the Earth there.

The plane is an azimuthal equidistant projection around the place: within some hundred
kilometres it is off by less than a thousandth. The nearest points are found on the plane;
the metres between them are measured on the ellipsoid.
"""

from __future__ import annotations

import numpy as np
import pyproj
import shapely
from shapely.geometry.base import BaseGeometry

from geomap.typing import Floats, Shapes

_ELLIPSOID = pyproj.Geod(ellps="WGS84")
_MAX_EDGE = 0.05  # degrees; longer edges are bent by the projection and need points between


def measure(shapes: Shapes, place: BaseGeometry) -> tuple[Floats, Floats]:
    """Return the distance of each shape from a place, and its depth inside it.

    Parameters
    ----------
    shapes, place
        Geometries in EPSG:4326, none of them missing or empty.

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


def _flatten(shapes: Shapes, plane: pyproj.Proj) -> Shapes:
    dense = shapes.copy()
    extended = np.flatnonzero(shapely.get_dimensions(dense) > 0)
    dense[extended] = shapely.segmentize(dense[extended], _MAX_EDGE)

    def project(points: Floats) -> Floats:
        return np.column_stack(plane(points[:, 0], points[:, 1]))

    flat: Shapes = shapely.transform(dense, project)
    return flat


def _on_ellipsoid(flat: Shapes, flat_place: BaseGeometry, plane: pyproj.Proj) -> Floats:
    metres = np.zeros(len(flat))
    apart = np.flatnonzero(~shapely.intersects(flat_place, flat))
    if len(apart):
        ends = shapely.get_coordinates(shapely.shortest_line(flat[apart], flat_place))
        longitude, latitude = plane(ends[:, 0], ends[:, 1], inverse=True)
        metres[apart] = _ELLIPSOID.inv(
            longitude[::2], latitude[::2], longitude[1::2], latitude[1::2]
        )[2]
    return metres
