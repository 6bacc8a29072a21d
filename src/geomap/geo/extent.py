"""The box around most of the events: what a map shows at first."""

from __future__ import annotations

import geopandas as gpd
import numpy as np

from geomap.typing import BBox

WORLD: BBox = (-150.0, -55.0, 170.0, 70.0)
_MOST = 0.85


def bounds_of(events: gpd.GeoDataFrame) -> BBox:
    """Return west, south, east, north around most of the events, or the world without any.

    A few events far away (talks in another country) must not shrink the rest to a dot; the
    button Fit shows all.
    """
    placed = events.geometry[~(events.geometry.isna() | events.geometry.is_empty)]
    if placed.empty:
        return WORLD
    edges = placed.bounds
    west, south = edges[["minx", "miny"]].quantile(1 - _MOST)
    east, north = edges[["maxx", "maxy"]].quantile(_MOST)
    return _with_margin(west, south, east, north)


def bounds_of_positions(x: np.ndarray, y: np.ndarray) -> BBox:
    """Return the same as `bounds_of` around positions on the Mercator map (0 to 2**32 - 1)."""
    if not len(x):
        return WORLD
    world = 2**32 - 1
    longitude = x / world * 360 - 180
    latitude = np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * (y / world)))))
    (west, east), (south, north) = (
        np.quantile(part, [1 - _MOST, _MOST]) for part in (longitude, latitude)
    )
    return _with_margin(west, south, east, north)


def _with_margin(west: float, south: float, east: float, north: float) -> BBox:
    margin = max(0.2, (east - west) / 10, (north - south) / 10)
    return (
        max(-180.0, float(west) - margin),
        max(-85.0, float(south) - margin),
        min(180.0, float(east) + margin),
        min(85.0, float(north) + margin),
    )
