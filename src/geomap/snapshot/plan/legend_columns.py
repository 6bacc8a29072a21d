"""The legend in columns: lines broken to a width, groups under each other; all in points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geomap.snapshot.plan.figure_legend import Group, Line
from geomap.snapshot.plan.typesetting import Typesetter

MAX_LABEL_LINES = 2
SIGN_ROOM, SIGN_MIDDLE = 22.0, 9.0  # from the left edge to the words, and to the middle of a sign
SIZE, HEAD_SIZE = 7.4, 7.6
PITCH, HEAD_PITCH, EXTRA, GROUP_GAP = 12.6, 13.0, 9.2, 5.0
COLUMN_GAP = 12.0


@dataclass(frozen=True, slots=True)
class BrokenLine:
    """A line of the legend with its words broken to the width of a column."""

    line: Line
    words: list[str]

    def height(self, scale: float) -> float:
        """Return its height."""
        pitch = HEAD_PITCH if self.line.is_head else PITCH
        return (pitch + EXTRA * (len(self.words) - 1)) * scale


@dataclass(frozen=True, slots=True)
class Column:
    """Groups of the legend under each other."""

    groups: list[list[BrokenLine]]
    width: float
    scale: float

    @property
    def height(self) -> float:
        """The height of all groups and the gaps between them."""
        lines = sum(line.height(self.scale) for group in self.groups for line in group)
        return lines + GROUP_GAP * (len(self.groups) - 1)

    def placed(self, top: float) -> Iterator[tuple[float, BrokenLine]]:
        """Yield the middle of the first row of each line, from the upper edge down."""
        y = top
        for number, group in enumerate(self.groups):
            y -= GROUP_GAP if number else 0.0
            for line in group:
                pitch = HEAD_PITCH if line.line.is_head else PITCH
                yield y - pitch * self.scale / 2, line
                y -= line.height(self.scale)


def columns_of(
    groups: Sequence[Group], width: float, scale: float, typesetter: Typesetter, *, number: int
) -> list[Column]:
    """Return the legend in `number` columns of about the same height, or fewer."""
    room = (width - COLUMN_GAP * scale * (number - 1)) / number
    broken = [
        [BrokenLine(line, _broken(line, room, scale, typesetter)) for line in group]
        for group in groups
    ]
    if number == 1:
        return [Column(broken, room, scale)]
    heights = [sum(line.height(scale) for line in group) + GROUP_GAP for group in broken]
    columns: list[list[list[BrokenLine]]] = [[] for _ in range(number)]
    filled = [0.0] * number
    at = 0
    target = max(sum(heights) / number, max(heights, default=0.0))
    for group, high in zip(broken, heights, strict=True):
        if columns[at] and filled[at] + high > target * 1.02 and at < number - 1:
            at += 1
        columns[at].append(group)
        filled[at] += high
    return [Column(column, room, scale) for column in columns if column]


def _broken(line: Line, room: float, scale: float, typesetter: Typesetter) -> list[str]:
    if line.is_head:
        return [typesetter.cut(line.label, HEAD_SIZE * scale, room, bold=True)]
    size, wide = SIZE * scale, room - SIGN_ROOM * scale
    lines = typesetter.wrap(line.label, size, wide)
    if len(lines) <= MAX_LABEL_LINES:
        return lines
    # The count at the end has to stay, however long the name is.
    head, _, count = line.label.rpartition(" (")
    tail = f" ({count}"
    first = lines[0]
    rest = head[len(first) :].strip()
    return [first, typesetter.cut(rest, size, wide - typesetter.width(tail, size)) + tail]
