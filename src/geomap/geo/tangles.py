"""Outlines that cross themselves so often that no repair of them ends."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely

_WOUND = 20.0
"""How many times a part is longer than it is wide before it counts; coasts have under 50."""

_MOST = 3_000.0
"""The most crossings, as their estimate; a repair of as many takes about a second."""


def is_tangled(shapes: np.ndarray) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Return which invalid shapes cross themselves too often to be repaired.

    A line that is n times as long as its box is wide crosses itself about n squared times
    (Buffon); the time of a repair grows with the crossings, and not with the points.

    Parameters
    ----------
    shapes
        Geometries in degrees (EPSG:4326), None for a missing one.
    """
    parts, rows = shapely.get_parts(shapes, return_index=True)
    bounds = shapely.bounds(parts)
    with np.errstate(all="ignore"):
        across = np.hypot(bounds[:, 2] - bounds[:, 0], bounds[:, 3] - bounds[:, 1])
        ratios = np.nan_to_num(shapely.length(parts) / across, posinf=0.0)
    crossings = np.where(ratios > _WOUND, ratios**2, 0.0)
    return np.bincount(rows, crossings, minlength=len(shapes)) > _MOST
