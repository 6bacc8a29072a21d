"""Distances on the Earth between coordinates and between geometries."""

from __future__ import annotations

import numpy as np
from shapely.geometry.base import BaseGeometry


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


def distance_km(one: BaseGeometry | None, other: BaseGeometry | None) -> float:
    """Return the distance between points of two geometries; infinite where one is missing."""
    if one is None or other is None:
        return np.inf
    a, b = one.representative_point(), other.representative_point()
    return float(kilometres(a.y, a.x, b.y, b.x))
