"""Places for words on a map so that none touches another; the preferred ones are tried first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from geomap.snapshot.plan.typesetting import Box
from geomap.typing import Floats

GAP = 1.5
"""Points between two words at least."""

_BESIDE = (
    *((1, 0.35), (1, -0.35), (-1, 0.35), (-1, -0.35)),
    *((0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1)),
)
_AROUND = ((0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (-1, 1), (1, -1), (-1, -1))


@dataclass
class Board:
    """The boxes that are taken on a map.

    Parameters
    ----------
    room
        The inside of the map.
    signs
        Middles of signs, of shape (n, 2), which a word should not cover.
    """

    room: Box
    signs: Floats = field(default_factory=lambda: np.empty((0, 2)))
    taken: list[Box] = field(default_factory=list)

    def reserve(self, box: Box) -> None:
        """Keep a box free of words."""
        self.taken.append(box)

    def is_free(self, box: Box) -> bool:
        """Return whether a box is in the room and touches nothing that is taken."""
        west, south, east, north = box
        left, bottom, right, top = self.room
        if west < left or south < bottom or east > right or north > top:
            return False
        return all(
            east + GAP <= w or e + GAP <= west or north + GAP <= s or n + GAP <= south
            for w, s, e, n in self.taken
        )

    def covered(self, box: Box) -> int:
        """Return how many signs a box would cover."""
        if not len(self.signs):
            return 0
        x, y = self.signs.T
        inside = (x > box[0] - 2) & (x < box[2] + 2) & (y > box[1] - 2) & (y < box[3] + 2)
        return int(inside.sum())

    def place(self, candidates: Iterable[Box], *, most_covered: int = 0) -> Box | None:
        """Take and return the free candidate that covers the fewest signs, or None."""
        best: tuple[int, Box] | None = None
        for box in candidates:
            if not self.is_free(box):
                continue
            covered = self.covered(box)
            if best is None or covered < best[0]:
                best = (covered, box)
            if covered == 0:
                break
        if best is None or best[0] > most_covered:
            return None
        self.taken.append(best[1])
        return best[1]

    def corner(self, wide: float, high: float, order: tuple[str, ...]) -> Box | None:
        """Take and return the corner of the room that covers the fewest signs, or None.

        `order` has the corners to try ("nw", "ne", "se", "sw"), the preferred one first.
        """
        left, bottom, right, top = self.room
        boxes = {
            "nw": (left, top - high, left + wide, top),
            "ne": (right - wide, top - high, right, top),
            "se": (right - wide, bottom, right, bottom + high),
            "sw": (left, bottom, left + wide, bottom + high),
        }
        return self.place((boxes[name] for name in order), most_covered=len(self.signs))


def around(x: float, y: float, wide: float, high: float, reach: float) -> Iterator[Box]:
    """Yield boxes of a size around a point, the best place for a word first."""
    for dx, dy in _BESIDE:
        middle_x = x + dx * (reach + wide / 2)
        middle_y = y + dy * (reach + high / 2)
        yield (middle_x - wide / 2, middle_y - high / 2, middle_x + wide / 2, middle_y + high / 2)


def over(x: float, y: float, wide: float, high: float, *, rings: int = 5) -> Iterator[Box]:
    """Yield boxes of a size over a point and then in rings about it."""
    for ring in range(rings):
        for dx, dy in _AROUND if ring else ((0, 0),):
            left = x - wide / 2 + dx * ring * wide * 0.6
            low = y - high / 2 + dy * ring * high * 1.1
            yield left, low, left + wide, low + high
