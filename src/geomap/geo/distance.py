"""Great-circle distances in kilometres, and the length of a degree."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from shapely.geometry.base import BaseGeometry

Degrees = npt.NDArray[np.floating] | float

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth (IUGG)."""

KM_PER_DEGREE = 111.2
"""A degree of latitude on a sphere of that radius, rounded."""

LEAST_KM_PER_DEGREE = 110.0
"""Less than the shortest degree of latitude: a box that is made with it is never too small."""


def great_circle_km(
    longitude: Degrees, latitude: Degrees, other_longitude: Degrees, other_latitude: Degrees
) -> npt.NDArray[np.float64]:
    """Return great-circle distances in kilometres on a sphere, to within half a percent.

    The haversine formula, exact for near points too. The arguments are broadcast: give the
    first two a further axis (`longitude[:, None]`) for all distances between two lists.

    Parameters
    ----------
    longitude, latitude
        One end of each line, in degrees.
    other_longitude, other_latitude
        The other end, in degrees.
    """
    phi, other_phi = np.radians(latitude), np.radians(other_latitude)
    half = (
        np.sin((other_phi - phi) / 2) ** 2
        + np.cos(phi)
        * np.cos(other_phi)
        * np.sin(np.radians(np.subtract(other_longitude, longitude)) / 2) ** 2
    )
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1))))


def geometry_distance_km(geometry: BaseGeometry | None, other: BaseGeometry | None) -> float:
    """Return the great-circle distance in kilometres between points on two geometries.

    Parameters
    ----------
    geometry, other
        Geometries in EPSG:4326; the distance is infinite where one of them is None.
    """
    if geometry is None or other is None:
        return np.inf
    ends = geometry.representative_point(), other.representative_point()
    return float(great_circle_km(ends[0].x, ends[0].y, ends[1].x, ends[1].y))
