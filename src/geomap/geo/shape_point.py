"""The point that stands for one shape. Few imports: a look-up of a place starts with it."""

from __future__ import annotations

import shapely
from shapely.geometry.base import BaseGeometry


def point_of(geometry: BaseGeometry | None) -> tuple[float, float] | None:
    """Return longitude and latitude of a point on a geometry, rounded to 0.1 m.

    Of a line it is the middle of its (longest part's) course. None without a position.

    Parameters
    ----------
    geometry
        Geometry in EPSG:4326.
    """
    if geometry is None or geometry.is_empty:
        return None
    if shapely.get_dimensions(geometry) == 1:
        longest = max(shapely.get_parts(geometry), key=shapely.length)
        point = longest.interpolate(0.5, normalized=True)
    else:
        point = geometry.representative_point()
    return round(point.x, 6), round(point.y, 6)
