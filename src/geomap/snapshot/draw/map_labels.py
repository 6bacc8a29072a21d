"""Words on a map that never touch each other: measured boxes, tried places, the important first.

Everything is in points (1/72 inch) from the lower left corner of the page.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Floats = NDArray[np.float64]
Box = tuple[float, float, float, float]

LABEL = "label"
"""The gid of every text that was placed on the map."""

LINE = 1.22  # height of a line in font sizes
GAP = 1.5

_JOINED = "\u200b"  # begins the part of a word that no space parts from the one before


@lru_cache(maxsize=8)
def _font(bold: bool) -> Any:  # noqa: FBT001 - the key of a cache
    from matplotlib.font_manager import FontProperties, findfont, get_font

    weight = "bold" if bold else "normal"
    return get_font(findfont(FontProperties(family="DejaVu Sans", weight=weight)))


@lru_cache(maxsize=20_000)
def _hundred(text: str, bold: bool) -> float:  # noqa: FBT001 - the key of a cache
    font = _font(bold)
    font.set_size(100.0, 72)
    with warnings.catch_warnings():
        # A letter that the font has not is drawn as a box, and measured as one.
        warnings.simplefilter("ignore")
        font.set_text(text, 0.0)
    return float(font.get_width_height()[0]) / 64


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide one line of text is, in points."""
    return _hundred(text, bold) * size / 100 if text else 0.0


def cut(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """Return the text, shortened with an ellipsis where it is wider than the room."""
    if width_of(text, size, bold=bold) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        fits = width_of(text[:middle].rstrip() + "…", size, bold=bold) <= room
        low, high = (middle, high) if fits else (low, middle - 1)
    return text[:low].rstrip() + "…"


def wrap(
    text: str, size: float, room: float, *, bold: bool = False, first: float = 0.0
) -> list[str]:
    """Return the text in lines no wider than the room; the first starts `first` points in."""
    space = width_of("n n", size, bold=bold) - width_of("nn", size, bold=bold)
    lines: list[str] = []
    line, used = "", first
    for piece in _pieces(text, size, room, bold=bold):
        word = piece.removeprefix(_JOINED)
        long = width_of(word, size, bold=bold)
        gap = space if line and word == piece else 0.0
        if line and used + gap + long > room:
            lines.append(line)
            line, used, gap = "", 0.0, 0.0
        while long > room and len(word) > 1:  # a word wider than the room is broken
            head = cut(word, size, room - used, bold=bold).removesuffix("…") or word[:1]
            lines.append(f"{line} {head}".strip())
            word = word[len(head) :]
            line, used, gap = "", 0.0, 0.0
            long = width_of(word, size, bold=bold)
        used += gap + long
        line += (" " if gap else "") + word
    return [*lines, line] if line or not lines else lines


def _pieces(text: str, size: float, room: float, *, bold: bool) -> Iterator[str]:
    """Give the words of a text; one that is too wide comes in parts, cut after its hyphens."""
    for word in text.replace(_JOINED, "").split():
        parts = word.split("-")
        if width_of(word, size, bold=bold) <= room or len(parts) == 1:
            yield word
            continue
        for number, part in enumerate(parts):
            tail = "" if number == len(parts) - 1 else "-"
            yield (_JOINED if number else "") + part + tail


@dataclass
class Board:
    """What is taken on a map, and where a word still fits.

    Parameters
    ----------
    room
        The inside of the map.
    signs
        Middles of signs, which a word should not cover.
    """

    room: Box
    signs: Floats = field(default_factory=lambda: np.empty((0, 2)))
    taken: list[Box] = field(default_factory=list)

    def reserve(self, box: Box) -> None:
        """Keep a box free of words."""
        self.taken.append(box)

    def is_free(self, box: Box) -> bool:
        """Return whether a box lies in the room and touches nothing that is taken."""
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

    def place(
        self,
        candidates: Iterable[Box],
        *,
        most_covered: int = 0,
    ) -> Box | None:
        """Take the free candidate that covers the fewest signs and return it, if there is one."""
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


def around(x: float, y: float, wide: float, high: float, reach: float) -> Iterator[Box]:
    """Give boxes of a size around a point, the best place for a word first."""
    for dx, dy in (
        *((1, 0.35), (1, -0.35), (-1, 0.35), (-1, -0.35)),
        *((0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1)),
    ):
        middle_x = x + dx * (reach + wide / 2)
        middle_y = y + dy * (reach + high / 2)
        yield (
            middle_x - wide / 2,
            middle_y - high / 2,
            middle_x + wide / 2,
            middle_y + high / 2,
        )


def over(x: float, y: float, wide: float, high: float, *, rings: int = 5) -> Iterator[Box]:
    """Give boxes of a size over a point and, where that is taken, in rings about it."""
    for ring in range(rings):
        for dx, dy in (
            (0, 0),
            (0, 1),
            (0, -1),
            (1, 0),
            (-1, 0),
            (1, 1),
            (-1, 1),
            (1, -1),
            (-1, -1),
        ):
            left = x - wide / 2 + dx * ring * wide * 0.6
            low = y - high / 2 + dy * ring * high * 1.1
            yield left, low, left + wide, low + high
            if ring == 0:
                break


def size_of(lines: list[str], size: float, *, bold: bool = False) -> tuple[float, float]:
    """Return width and height in points of lines of text."""
    wide = max(width_of(line, size, bold=bold) for line in lines)
    return wide + 2.0, len(lines) * size * LINE + 1.0


def write_label(
    axes: Axes,
    box: Box,
    lines: list[str],
    *,
    size: float,
    colour: str,
    halo: str,
    bold: bool = False,
    italic: bool = False,
    zorder: float = 9.0,
) -> None:
    """Write lines into a box that `Board.place` gave."""
    from matplotlib import patheffects

    figure = axes.figure
    top = box[3] - 0.5
    for number, line in enumerate(lines):
        axes.text(
            (box[0] + box[2]) / 2,
            top - (number + 0.5) * size * LINE,
            line,
            transform=points_of(figure),
            ha="center",
            va="center_baseline",
            fontsize=size,
            color=colour,
            weight="bold" if bold else "normal",
            style="italic" if italic else "normal",
            path_effects=[
                patheffects.withStroke(linewidth=size / 3.2, foreground=halo, alpha=0.92)
            ],
            parse_math=False,
            zorder=zorder,
            gid=LABEL,
            clip_on=False,
        )


def points_of(figure: Any) -> Any:
    """Return the way from points on the page to what matplotlib draws on."""
    from matplotlib.transforms import Affine2D

    return Affine2D().scale(1 / 72) + figure.dpi_scale_trans
