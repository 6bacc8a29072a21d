"""Which shapes touch a box or a drawn area, exactly: a line is tested itself, not its bounds."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from shapely.affinity import affine_transform

from geomap.query.event_query import Polygon
from geomap.typing import BBox, Mask, Shapes


def in_area(shapes: Shapes, bbox: BBox | None, polygon: Polygon) -> Mask:
    """Return which shapes touch both areas; an area that is not given is the whole earth.

    The edge belongs to an area. What has no shape touches none.
    """
    kept = np.ones(len(shapes), dtype=bool) if bbox is None else in_box(shapes, bbox)
    return kept & in_polygon(shapes, polygon) if polygon else kept


def in_box(shapes: Shapes, bbox: BBox) -> Mask:
    """Return which shapes touch a box; west above east crosses the 180th meridian."""
    west, south, east, north = bbox
    if west > east:
        return in_box(shapes, (west, south, 180.0, north)) | in_box(
            shapes, (-180.0, south, east, north)
        )
    left, bottom, right, top = shapely.bounds(shapes).T
    touches: Mask = (left <= east) & (right >= west) & (bottom <= north) & (top >= south)
    # A point is its bounds; only what has an extent needs the slower exact test.
    extended = np.flatnonzero(touches & ((left < right) | (bottom < top)))
    touches[extended] = shapely.intersects(shapes[extended], shapely.box(*bbox))
    return touches


def in_polygon(shapes: Shapes, polygon: Polygon) -> Mask:
    """Return which shapes touch a drawn area."""
    area = area_of(polygon)
    touches = in_box(shapes, tuple(shapely.bounds(area)))
    near = np.flatnonzero(touches)
    touches[near] = shapely.intersects(area, shapes[near])
    return touches


@lru_cache(maxsize=32)
def area_of(polygon: Polygon) -> Any:
    """Return a drawn area as a shape that is valid, ready to be asked again and again.

    A line that crosses itself encloses what is on either side of the crossing. Of an area
    that runs on beyond the 180th meridian that part lies on the other side of the map.
    """
    area = shapely.make_valid(shapely.Polygon(polygon))
    west, _, east, _ = shapely.bounds(area)
    turns = [turn for turn in (-360.0, 360.0) if west + turn <= 180.0 and east + turn >= -180.0]
    moved = [affine_transform(area, [1, 0, 0, 1, turn, 0]) for turn in turns]
    whole = shapely.union_all([area, *moved]) if west < -180.0 or east > 180.0 else area
    shapely.prepare(whole)
    return whole
