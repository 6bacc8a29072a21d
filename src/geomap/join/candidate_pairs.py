"""Candidate pairs of events and places: those whose boxes meet, by a spatial index."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from geomap.geo.distance import LEAST_KM_PER_DEGREE
from geomap.model import CRS
from geomap.typing import Floats, Mask

Positions = npt.NDArray[np.intp]

_METRES_PER_DEGREE = 1000 * LEAST_KM_PER_DEGREE
_TURNS = (-360.0, 0.0, 360.0)  # the same place as it is met from beyond the 180th meridian


def candidate_pairs(
    bounds: Floats, reach: Floats, place_bounds: Floats, place_reach: Floats
) -> tuple[Positions, Positions]:
    """Return the positions of events and of places that may be within reach of each other.

    The result contains all pairs that are, and some that are not.

    Parameters
    ----------
    bounds, reach
        Array (events, 4) of west, south, east, north in degrees of EPSG:4326, NaN where an event
        has no geometry; metres by which each may be off.
    place_bounds, place_reach
        The same of the places; metres within which an event still counts as there.

    Returns
    -------
    events, places
        One position of each for a pair, ordered by place and then by event.
    """
    known = np.flatnonzero(np.isfinite(bounds).all(axis=1))
    areas = np.flatnonzero(np.isfinite(place_bounds).all(axis=1))
    if not len(known) or not len(areas):
        return np.empty(0, np.intp), np.empty(0, np.intp)
    farthest = reach[known].max() + place_reach[areas].max()
    boxes = _widened(bounds[known], reach[known], farthest)
    around = _widened(place_bounds[areas], place_reach[areas], farthest)
    copies = np.concatenate([np.add(around, [turn, 0.0, turn, 0.0]) for turn in _TURNS])
    meets = _meets_any(boxes, copies)
    known, boxes = known[meets], boxes[meets]
    index = gpd.GeoSeries(shapely.box(*copies.T), crs=CRS).sindex
    rows, found = index.query(shapely.box(*boxes.T))
    pairs = np.unique(np.column_stack([areas[found % len(areas)], known[rows]]), axis=0)
    return pairs[:, 1], pairs[:, 0]


def _widened(bounds: Floats, reach: Floats, farthest: float) -> Floats:
    """Return boxes widened by metres, with their middle between -180 and 180 degrees.

    A degree of longitude is taken as short as it is at the highest latitude of any pair.
    """
    west, south, east, north = bounds.T
    up = reach / _METRES_PER_DEGREE + 1e-9
    highest = np.maximum(np.abs(south), np.abs(north)) + farthest / _METRES_PER_DEGREE
    aside = up / np.cos(np.radians(np.minimum(highest, 89.0)))
    turn = 360 * np.round((west + east) / 720)
    return np.column_stack([west - aside - turn, south - up, east + aside - turn, north + up])


def _meets_any(boxes: Floats, others: Floats) -> Mask:
    """Return which boxes meet the span of others in latitude, and one of them in longitude.

    Most events of a large table lie far from every place: no geometry is built for them.
    """
    merged: list[list[float]] = []
    for west, east in sorted(others[:, [0, 2]].tolist()):
        if merged and west <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], east)
        else:
            merged.append([west, east])
    meets: Mask = np.zeros(len(boxes), dtype=bool)
    for west, east in merged:
        meets |= (boxes[:, 2] >= west) & (boxes[:, 0] <= east)
    meets &= (boxes[:, 3] >= others[:, 1].min()) & (boxes[:, 1] <= others[:, 3].max())
    return meets
