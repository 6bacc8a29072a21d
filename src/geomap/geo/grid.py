"""The grid on which events are counted when there are more than a page can hold.

The cells are squares of the Mercator map, `CELL_PIXELS` wide at the zoom they are counted
for. maps/js/events/grid.js draws them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geomap.geo.mercator import BITS, mercator
from geomap.typing import BBox

CELL_PIXELS = 16
MOST_POINTS = 50_000
"""With no more events than this in view the map draws events, not counts."""

_TILE_PIXELS = 256
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Frame:
    """A part of the map in whole cells.

    `west`, `north`, `east`, `south` are Mercator positions, both ends included; a cell is
    `2**shift` of them wide.
    """

    west: int
    north: int
    east: int
    south: int
    shift: int

    @property
    def size(self) -> float:
        """The side of a cell as a share of the world's."""
        return float(2.0 ** (self.shift - BITS))


@dataclass(frozen=True, slots=True)
class GridCounts:
    """Counts of the events in a frame.

    `cells` has column, row, shown and possible events of each cell that is not empty. Events
    that are known to an area or a road only (`areas`), and those that were planned, prevented
    or denied (`not_happened`), are in no cell.
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
    bbox
        The view in degrees.
    zoom
        The view's zoom as Leaflet counts it: the world is `256 * 2**zoom` pixels wide.
    """
    west, south, east, north = bbox
    level = int(np.clip(round(zoom), 0, _DEEPEST))
    shift = BITS - level - (_TILE_PIXELS // CELL_PIXELS).bit_length() + 1
    x, y = mercator(np.array([west, east]), np.array([north, south]))
    low = [int(number) >> shift << shift for number in (x[0], y[0])]
    high = [((int(number) >> shift) + 1 << shift) - 1 for number in (x[1], y[1])]
    return Frame(low[0], low[1], high[0], high[1], shift)
