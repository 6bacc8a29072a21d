"""Which stretch of the earth the Map page shows: at first, and where a person moved it."""

from __future__ import annotations

import math

import geopandas as gpd
import numpy as np

from geomap.dashboard.state import Camera

Bounds = tuple[float, float, float, float]

WORLD: Bounds = (-150.0, -55.0, 170.0, 70.0)
_MOST = 0.85
_TILE = 256.0  # pixels of the world's width at zoom 0, as Leaflet has it
_WIDE, _HIGH = 900.0, 560.0  # a map of usual size; the browser does not say its own


def bounds_of(events: gpd.GeoDataFrame) -> Bounds:
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


def bounds_of_positions(x: np.ndarray, y: np.ndarray) -> Bounds:
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


def _with_margin(west: float, south: float, east: float, north: float) -> Bounds:
    margin = max(0.2, (east - west) / 10, (north - south) / 10)
    return (
        max(-180.0, float(west) - margin),
        max(-85.0, float(south) - margin),
        min(180.0, float(east) + margin),
        min(85.0, float(north) + margin),
    )


def bounds_around(camera: Camera) -> Bounds:
    """Return west, south, east, north of what a map of usual size shows from `camera`."""
    world = _TILE * 2**camera.zoom
    half = _WIDE / 2 / world * 360
    middle = math.asinh(math.tan(math.radians(camera.latitude)))
    reach = _HIGH / 2 / world * 2 * math.pi
    south, north = (math.degrees(math.atan(math.sinh(middle + s * reach))) for s in (-1, 1))
    west, east = max(-180.0, camera.longitude - half), min(180.0, camera.longitude + half)
    return west, south, east, north
