"""The box around most of the events: what a map shows at first."""

from __future__ import annotations

import geopandas as gpd
import numpy as np

from geomap.geo.mercator import degrees
from geomap.typing import BBox

WORLD: BBox = (-150.0, -55.0, 170.0, 70.0)
"""The inhabited world."""

_INNER_SHARE = 0.85


def bounds_of(events: gpd.GeoDataFrame) -> BBox:
    """Return the bbox around most of the events, with a margin; `WORLD` when none has a place.

    A few events far away (talks in another country) must not shrink the rest to a dot; the
    button Fit shows all.

    Parameters
    ----------
    events
        Table with a geometry column in EPSG:4326, in which geometries may be missing or empty.
    """
    placed = events.geometry[~(events.geometry.isna() | events.geometry.is_empty)]
    if placed.empty:
        return WORLD
    edges = placed.bounds
    west, south = edges[["minx", "miny"]].quantile(1 - _INNER_SHARE)
    east, north = edges[["maxx", "maxy"]].quantile(_INNER_SHARE)
    return _with_margin(west, south, east, north)


def bounds_of_positions(x: np.ndarray, y: np.ndarray) -> BBox:
    """Return the same as `bounds_of` around Mercator positions.

    Parameters
    ----------
    x, y
        Positions as `geo.mercator.mercator` returns them.
    """
    if not len(x):
        return WORLD
    (west, east), (south, north) = (
        np.quantile(part, [1 - _INNER_SHARE, _INNER_SHARE]) for part in degrees(x, y)
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
