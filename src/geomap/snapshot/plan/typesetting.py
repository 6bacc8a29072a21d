"""Text broken, shortened and measured to fit a page; sizes and widths in points (1/72 inch).

How wide a text is depends on the font, which belongs to the drawing library. Planning is therefore
given a function that measures (`TextWidth`): `draw.font_metrics.text_width` for real figures, any
simple rule in a test.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

Box = tuple[float, float, float, float]
"""Left, lower, right and upper edge in points, from the lower left corner of the page."""

LINE = 1.22  # height of a line in font sizes

_JOINED = "\u200b"  # begins the part of a word that no space separates from the one before


class TextWidth(Protocol):
    """A function that returns the width of one line of text in points."""

    def __call__(self, text: str, size: float, *, bold: bool = False) -> float:
        """Return the width of a text at a font size."""


@dataclass(frozen=True, slots=True)
class PlacedText:
    """One line of text at its place on the page or on a part of it."""

    x: float
    y: float
    text: str
    size: float
    colour: str
    kind: str
    bold: bool = False
    align: Literal["left", "right"] = "left"


@dataclass(frozen=True, slots=True)
class Typesetter:
    """Breaks and shortens text by its measured width."""

    width: TextWidth

    def size_of(self, lines: list[str], size: float, *, bold: bool = False) -> tuple[float, float]:
        """Return width and height of lines of text."""
        wide = max(self.width(line, size, bold=bold) for line in lines)
        return wide + 2.0, len(lines) * size * LINE + 1.0

    def cut(self, text: str, size: float, room: float, *, bold: bool = False) -> str:
        """Return a text, shortened with an ellipsis where it is wider than the room."""
        if self.width(text, size, bold=bold) <= room:
            return text
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            fits = self.width(text[:middle].rstrip() + "…", size, bold=bold) <= room
            low, high = (middle, high) if fits else (low, middle - 1)
        return text[:low].rstrip() + "…"

    def wrap_to(
        self, most: int, text: str, size: float, room: float, *, bold: bool = False,
        first: float = 0.0,
    ) -> list[str]:  # fmt: skip
        """Return a text in at most so many lines; the last is shortened where more were needed."""
        lines = self.wrap(text, size, room, bold=bold, first=first)
        if len(lines) <= most:
            return lines
        rest = " ".join(lines[most - 1 :])
        return [*lines[: most - 1], self.cut(rest, size, room, bold=bold)]

    def wrap(
        self, text: str, size: float, room: float, *, bold: bool = False, first: float = 0.0
    ) -> list[str]:
        """Return a text in lines no wider than the room; the first starts `first` points in."""
        space = self.width("n n", size, bold=bold) - self.width("nn", size, bold=bold)
        lines: list[str] = []
        line, used = "", first
        for piece in self._pieces(text, size, room, bold=bold):
            word = piece.removeprefix(_JOINED)
            long = self.width(word, size, bold=bold)
            gap = space if line and word == piece else 0.0
            if line and used + gap + long > room:
                lines.append(line)
                line, used, gap = "", 0.0, 0.0
            while long > room and len(word) > 1:  # a word wider than the room is broken
                head = self.cut(word, size, room - used, bold=bold).removesuffix("…") or word[:1]
                lines.append(f"{line} {head}".strip())
                word = word[len(head) :]
                line, used, gap = "", 0.0, 0.0
                long = self.width(word, size, bold=bold)
            used += gap + long
            line += (" " if gap else "") + word
        return [*lines, line] if line or not lines else lines

    def _pieces(self, text: str, size: float, room: float, *, bold: bool) -> Iterator[str]:
        """Yield the words of a text; one that is too wide in parts, cut after its hyphens."""
        for word in text.replace(_JOINED, "").split():
            parts = word.split("-")
            if self.width(word, size, bold=bold) <= room or len(parts) == 1:
                yield word
                continue
            for number, part in enumerate(parts):
                tail = "" if number == len(parts) - 1 else "-"
                yield (_JOINED if number else "") + part + tail
