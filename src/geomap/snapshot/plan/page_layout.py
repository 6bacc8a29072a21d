"""Where the parts of a page are, so that none covers another; all in points (1/72 inch)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from geomap.snapshot.draw.map_labels import Box, cut, points_of, width_of, wrap
from geomap.snapshot.plan.figure_legend import Column, Group, columns_of
from geomap.snapshot.plan.settings import SnapshotSettings
from geomap.snapshot.plan.themes import Theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MARGIN, GUTTER = 24.0, 16.0
TITLE, SMALLEST_TITLE, SUBTITLE = 16.0, 11.0, 8.6
FOOT, FOOT_LINE = 6.6, 1.3
MAX_FOOT_LINES, TWO_COLUMNS_FROM = 7, 640.0
LEGEND_WIDE, STRIP, STRIP_AXIS = 168.0, 34.0, 15.0
SMALLEST_LEGEND = 0.8


@dataclass(frozen=True, slots=True)
class FootLine:
    """One line of the margin: a label in bold, where it has one, and words."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its parts and how large they are."""

    wide: float
    high: float
    scale: float
    title: list[str]
    title_size: float
    head: list[str]
    foot: list[FootLine]
    foot_columns: int
    columns: list[Column]
    is_tall: bool
    has_strip: bool
    head_lines: int = 0
    foot_rows: int = 0
    table_share: float = 0.0
    has_long_legend: bool = False

    @property
    def margin(self) -> float:
        """The empty rim of the page."""
        return MARGIN * self.scale

    @property
    def inner(self) -> float:
        """The width inside the rim."""
        return self.wide - 2 * self.margin

    @property
    def head_low(self) -> float:
        """The lower edge of title and subtitle."""
        lines = max(self.head_lines, len(self.head))
        title = len(self.title) * self.title_size * 1.2
        return self.high - self.margin * 0.8 - title - lines * SUBTITLE * self.scale * 1.32

    @property
    def rows_of_foot(self) -> int:
        """How many lines of the margin are under each other."""
        return max(self.foot_rows, math.ceil(len(self.foot) / self.foot_columns))

    @property
    def foot_top(self) -> float:
        """The upper edge of the margin's words."""
        return self.margin * 0.7 + self.rows_of_foot * FOOT * FOOT_LINE * self.scale

    @property
    def room(self) -> Box:
        """What is left between the words above and below."""
        top, low = self.head_low - 6.0 * self.scale, self.foot_top + 9.0 * self.scale
        return self.margin, low, self.wide - self.margin, top

    @property
    def body(self) -> Box:
        """What is left for map, legend and strip."""
        left, low, right, top = self.room
        if not self.table_share:
            return self.room
        if self.wide > self.high:
            return left, low, right - self.table_share * (right - left), top
        return left, low + self.table_share * (top - low), right, top

    @property
    def table(self) -> Box:
        """Where the table of the events is, on a page that has one."""
        left, low, right, top = self.room
        gap = GUTTER * self.scale
        if self.wide > self.high:
            return self.body[2] + gap, low, right, top
        return left, low, right, self.body[1] - gap

    @property
    def legend(self) -> Box:
        """Where the legend is."""
        left, low, right, top = self.body
        if self.is_tall:
            high = max((column.height for column in self.columns), default=0.0)
            return left, low, right, low + high
        # A long legend goes down to the rim, beside the words of the margin.
        bottom = self.margin * 0.7 if self.has_long_legend else low
        return right - LEGEND_WIDE * self.scale, bottom, right, top

    @property
    def strip(self) -> Box:
        """Where the bars of the days are."""
        left, low, right, _ = self.map_and_strip
        axis = 20.0 * self.scale
        return (
            left + axis,
            low + STRIP_AXIS * self.scale,
            right,
            low + (STRIP + STRIP_AXIS) * self.scale,
        )

    @property
    def map_and_strip(self) -> Box:
        """The map and what is under it."""
        left, low, right, top = self.body
        if self.is_tall:
            gap = 10.0 * self.scale if self.columns else 0.0
            return left, self.legend[3] + gap, right, top
        return left, low, self.legend[0] - GUTTER * self.scale, top

    @property
    def map(self) -> Box:
        """Where the map is."""
        left, low, right, top = self.map_and_strip
        room = (STRIP + STRIP_AXIS + 7.0) * self.scale if self.has_strip else 0.0
        return left, low + room, right, top

    def like(self, others: Sequence[Sheet]) -> Sheet:
        """Return this page with the room for words that the wordiest of others needs."""
        return replace(
            self,
            head_lines=max(len(sheet.head) for sheet in others),
            foot_rows=max(sheet.rows_of_foot for sheet in others),
        )


def sheet_of(
    settings: SnapshotSettings,
    head: Sequence[str],
    paragraphs: Sequence[tuple[str, str]],
    groups: Sequence[Group],
    *,
    has_strip: bool,
    has_legend: bool = True,
    table_share: float = 0.0,
) -> Sheet:
    """Return the page for what has to stand on it."""
    wide, high = (inches * 72 for inches in settings.inches)
    scale, inner = settings.type_scale, wide - 2 * MARGIN * settings.type_scale
    title, title_size = _title(settings.title, inner, scale)
    # Beside a table the map is narrow: its legend is under it.
    is_tall = high >= wide or table_share > 0
    two = inner / scale > TWO_COLUMNS_FROM
    foot_wide = (inner - GUTTER * scale) / 2 if two else inner
    if not has_legend:
        columns = []
    elif is_tall:
        under = inner * (1 - table_share) if wide > high else inner
        many = 3 if under / scale > 380 else 2
        columns = columns_of(list(groups), under, scale, many=many)
    else:
        columns = columns_of(list(groups), LEGEND_WIDE * scale, scale, many=1)
    made = Sheet(
        wide,
        high,
        scale,
        title,
        title_size,
        [line for text in head for line in wrap(text, SUBTITLE * scale, inner)],
        _foot(paragraphs, foot_wide, scale),
        2 if two else 1,
        columns,
        is_tall,
        has_strip,
        table_share=table_share,
    )
    return made if _legend_fits(made) else _with_long_legend(made, paragraphs, groups)


def _legend_fits(sheet: Sheet) -> bool:
    _, low, _, top = sheet.legend
    return sheet.is_tall or all(column.height <= top - low for column in sheet.columns)


def _with_long_legend(
    sheet: Sheet, paragraphs: Sequence[tuple[str, str]], groups: Sequence[Group]
) -> Sheet:
    """Return the page with the legend down to the rim, and as small as it must be."""
    room = sheet.inner - (LEGEND_WIDE + GUTTER) * sheet.scale
    long = replace(
        sheet,
        foot=_foot(paragraphs, room, sheet.scale),
        foot_columns=1,
        has_long_legend=True,
    )
    size = sheet.scale
    while not _legend_fits(long) and size > SMALLEST_LEGEND * sheet.scale:
        size *= 0.96
        wide = LEGEND_WIDE * sheet.scale
        long = replace(long, columns=columns_of(list(groups), wide, size, many=1))
    return long


def _title(text: str, room: float, scale: float) -> tuple[list[str], float]:
    size = TITLE * scale
    while size > SMALLEST_TITLE * scale and width_of(text, size, bold=True) > room:
        size -= 0.5
    lines = wrap(text, size, room, bold=True)
    if len(lines) > 2:
        rest = " ".join(lines[1:])
        lines = [lines[0], cut(rest, size, room, bold=True)]
    return lines, size


def _foot(paragraphs: Sequence[tuple[str, str]], room: float, scale: float) -> list[FootLine]:
    size = FOOT * scale
    found = []
    for label, text in paragraphs:
        lead = f"{label}: " if label else ""
        indent = width_of(f"{lead}", size, bold=True) + size * 0.3 if lead else 0.0
        lines = wrap(text, size, room, first=indent)
        if len(lines) > MAX_FOOT_LINES:
            rest = " ".join(lines[MAX_FOOT_LINES - 1 :])
            lines = [*lines[: MAX_FOOT_LINES - 1], cut(rest, size, room)]
        found += [FootLine(lead if n == 0 else "", line) for n, line in enumerate(lines)]
    return found


def write_words(figure: Figure, sheet: Sheet, theme: Theme) -> None:
    """Write title, subtitle and the words of the margin."""
    points = points_of(figure)

    def write(x: float, y: float, text: str, size: float, colour: str, **how: Any) -> None:
        # A "$" in a title is money, not mathematics.
        figure.text(
            x, y, text, fontsize=size, color=colour, transform=points, parse_math=False,
            va="baseline", **how,
        )  # fmt: skip

    y = sheet.high - sheet.margin * 0.8
    for text in sheet.title:
        y -= sheet.title_size * 1.2
        write(
            sheet.margin, y + sheet.title_size * 0.3, text, sheet.title_size, theme.ink,
            weight="bold", gid="title",
        )  # fmt: skip
    size = SUBTITLE * sheet.scale
    for text in sheet.head:
        y -= size * 1.32
        write(sheet.margin, y + size * 0.2, text, size, theme.quiet, gid="head")
    size = FOOT * sheet.scale
    per_column = sheet.rows_of_foot
    step = (sheet.inner + GUTTER * sheet.scale) / sheet.foot_columns
    for number, line in enumerate(sheet.foot):
        x = sheet.margin + (number // per_column) * step
        y = sheet.foot_top - (number % per_column + 0.8) * size * FOOT_LINE
        if line.label:
            write(x, y, line.label, size, theme.ink, weight="bold", gid="foot")
            x += width_of(line.label, size, bold=True) + size * 0.3
        write(x, y, line.text, size, theme.quiet, gid="foot")


def axes_at(figure: Figure, sheet: Sheet, box: Box, label: str) -> Axes:
    """Return axes in a box of a page."""
    left, low, right, top = box
    return figure.add_axes(
        (
            left / sheet.wide,
            low / sheet.high,
            (right - left) / sheet.wide,
            (top - low) / sheet.high,
        ),
        label=label,
    )
