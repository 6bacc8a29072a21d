"""Counts on a grid: what the map draws of more events than a page can hold.

The cells are squares of the Mercator map, `CELL_PIXELS` wide at the zoom they are counted
for. maps/js/events/grid.js draws them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from geomap.geo.points import mercator
from geomap.typing import BBox

CELL_PIXELS = 16
MOST_POINTS = 50_000
"""With no more events than this in view the map draws events, not counts."""

_TILE_PIXELS = 256
_BITS = 32  # of a position
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Frame:
    """A part of the map in whole cells: lowest and highest positions, and bits of one cell."""

    west: int
    north: int
    east: int
    south: int
    shift: int

    @property
    def size(self) -> float:
        """The side of a cell as a share of the world's."""
        return float(2.0 ** (self.shift - _BITS))


@dataclass(frozen=True, slots=True)
class GridCounts:
    """Counts in a frame.

    `cells` are column, row, shown and possible of each cell that holds any; `areas` the
    events known to an area or a road only, `not_happened` those that were planned,
    prevented or denied: they are in no cell.
    """

    cells: tuple[tuple[int, int, int, int], ...]
    areas: int = 0
    not_happened: int = 0

    @property
    def events(self) -> int:
        """How many events the frame holds."""
        inside = sum(shown + possible for *_, shown, possible in self.cells)
        return inside + self.areas + self.not_happened


def frame_of(bbox: BBox, zoom: float) -> Frame:
    """Return the whole cells that a view touches.

    Parameters
    ----------
    bbox, zoom
        West, south, east, north in degrees, and Leaflet's zoom, of the view.
    """
    west, south, east, north = bbox
    level = int(np.clip(round(zoom), 0, _DEEPEST))
    shift = _BITS - level - (_TILE_PIXELS // CELL_PIXELS).bit_length() + 1
    edges = np.clip([west, east], -180.0, 180.0), np.clip([north, south], -85.0511, 85.0511)
    x, y = mercator(*edges)
    low = [int(number) >> shift << shift for number in (x[0], y[0])]
    high = [((int(number) >> shift) + 1 << shift) - 1 for number in (x[1], y[1])]
    return Frame(low[0], low[1], high[0], high[1], shift)


def grid_bytes(
    found: GridCounts,
    frame: Frame,
    *,
    counts: Mapping[str, int],
    window: tuple[str | None, str | None],
) -> bytes:
    """Return the counts as the map reads them.

    Parameters
    ----------
    found, frame
        The counts, and what they were counted for.
    counts, window
        The seven counts and the days that they are true for.
    """
    size = frame.size
    told: dict[str, Any] = {
        "cells": [[x * size, y * size, shown, possible] for x, y, shown, possible in found.cells],
        "areas": found.areas,
        "notHappened": found.not_happened,
        "size": size,
        "counts": dict(counts),
        "window": list(window),
    }
    return json.dumps(told, separators=(",", ":"), allow_nan=False).encode()
