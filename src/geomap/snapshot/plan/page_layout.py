"""The boxes of a page, none over another, and the lines around the map; all in points."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from geomap.snapshot.plan.figure_legend import Column, Group, columns_of
from geomap.snapshot.plan.settings import SnapshotSettings
from geomap.snapshot.plan.typesetting import Box, Typesetter

MARGIN, GUTTER = 24.0, 16.0
TITLE, SMALLEST_TITLE, SUBTITLE = 16.0, 11.0, 8.6
FOOT, FOOT_LINE = 6.6, 1.3
MAX_FOOT_LINES, TWO_COLUMNS_FROM = 7, 640.0
LEGEND_WIDE, STRIP, STRIP_AXIS = 168.0, 34.0, 15.0
SMALLEST_LEGEND = 0.8


FootLine = tuple[str, str]
"""One line of the margin: a label in bold, "" for none, and words."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its size, its words and legend, and from them the box of each part."""

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
        """The box between the words above and below."""
        top, low = self.head_low - 6.0 * self.scale, self.foot_top + 9.0 * self.scale
        return self.margin, low, self.wide - self.margin, top

    @property
    def body(self) -> Box:
        """The box for map, legend and strip."""
        left, low, right, top = self.room
        if not self.table_share:
            return self.room
        if self.wide > self.high:
            return left, low, right - self.table_share * (right - left), top
        return left, low + self.table_share * (top - low), right, top

    @property
    def table(self) -> Box:
        """The box of the table of events, on a page that has one."""
        left, low, right, top = self.room
        gap = GUTTER * self.scale
        if self.wide > self.high:
            return self.body[2] + gap, low, right, top
        return left, low, right, self.body[1] - gap

    @property
    def legend(self) -> Box:
        """The box of the legend."""
        left, low, right, top = self.body
        if self.is_tall:
            high = max((column.height for column in self.columns), default=0.0)
            return left, low, right, low + high
        # A long legend goes down to the rim, beside the words of the margin.
        bottom = self.margin * 0.7 if self.has_long_legend else low
        return right - LEGEND_WIDE * self.scale, bottom, right, top

    @property
    def strip(self) -> Box:
        """The box of the histogram."""
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
        """The box of the map and the strip under it."""
        left, low, right, top = self.body
        if self.is_tall:
            gap = 10.0 * self.scale if self.columns else 0.0
            return left, self.legend[3] + gap, right, top
        return left, low, self.legend[0] - GUTTER * self.scale, top

    @property
    def map(self) -> Box:
        """The box of the map."""
        left, low, right, top = self.map_and_strip
        room = (STRIP + STRIP_AXIS + 7.0) * self.scale if self.has_strip else 0.0
        return left, low + room, right, top

    def like(self, others: Sequence[Sheet]) -> Sheet:
        """Return this page with as much room for words as the wordiest of others needs."""
        return replace(
            self,
            head_lines=max(len(sheet.head) for sheet in others),
            foot_rows=max(sheet.rows_of_foot for sheet in others),
        )


def sheet_of(
    settings: SnapshotSettings,
    typesetter: Typesetter,
    head: Sequence[str] = (),
    paragraphs: Sequence[tuple[str, str]] = (),
    groups: Sequence[Group] | None = None,
    *,
    has_strip: bool = False,
    table_share: float = 0.0,
) -> Sheet:
    """Return the page for the lines under its title, the paragraphs of the margin and a legend.

    `groups` None leaves the legend out; `table_share` is the part of the page for a table.
    """
    wide, high = (inches * 72 for inches in settings.inches)
    scale, inner = settings.type_scale, wide - 2 * MARGIN * settings.type_scale
    title, title_size = _title(settings.title, inner, scale, typesetter)
    # Beside a table the map is narrow: its legend is under it.
    is_tall = high >= wide or table_share > 0
    two = inner / scale > TWO_COLUMNS_FROM
    foot_wide = (inner - GUTTER * scale) / 2 if two else inner
    columns: list[Column] = []
    if groups is not None and is_tall:
        under = inner * (1 - table_share) if wide > high else inner
        number = 3 if under / scale > 380 else 2
        columns = columns_of(groups, under, scale, typesetter, number=number)
    elif groups is not None:
        columns = columns_of(groups, LEGEND_WIDE * scale, scale, typesetter, number=1)
    sheet = Sheet(
        wide,
        high,
        scale,
        title,
        title_size,
        [line for text in head for line in typesetter.wrap(text, SUBTITLE * scale, inner)],
        _foot(paragraphs, foot_wide, scale, typesetter),
        2 if two else 1,
        columns,
        is_tall,
        has_strip,
        table_share=table_share,
    )
    if groups is None or _legend_fits(sheet):
        return sheet
    return _with_long_legend(sheet, paragraphs, groups, typesetter)


def _legend_fits(sheet: Sheet) -> bool:
    _, low, _, top = sheet.legend
    return sheet.is_tall or all(column.height <= top - low for column in sheet.columns)


def _with_long_legend(
    sheet: Sheet, paragraphs: Sequence[tuple[str, str]], groups: Sequence[Group],
    typesetter: Typesetter,
) -> Sheet:  # fmt: skip
    """Return the page with the legend down to the rim, and as small as it has to be."""
    wide = LEGEND_WIDE * sheet.scale
    foot = _foot(paragraphs, sheet.inner - wide - GUTTER * sheet.scale, sheet.scale, typesetter)
    long = replace(sheet, foot=foot, foot_columns=1, has_long_legend=True)
    size = sheet.scale
    while not _legend_fits(long) and size > SMALLEST_LEGEND * sheet.scale:
        size *= 0.96
        long = replace(long, columns=columns_of(groups, wide, size, typesetter, number=1))
    return long


def _title(text: str, room: float, scale: float, typesetter: Typesetter) -> tuple[list[str], float]:
    size = TITLE * scale
    while size > SMALLEST_TITLE * scale and typesetter.width(text, size, bold=True) > room:
        size -= 0.5
    return typesetter.wrap_to(2, text, size, room, bold=True), size


def _foot(
    paragraphs: Sequence[tuple[str, str]], room: float, scale: float, typesetter: Typesetter
) -> list[FootLine]:
    size = FOOT * scale
    foot: list[FootLine] = []
    for label, text in paragraphs:
        lead = f"{label}: " if label else ""
        indent = foot_indent(lead, size, typesetter)
        lines = typesetter.wrap_to(MAX_FOOT_LINES, text, size, room, first=indent)
        foot += [(lead if n == 0 else "", line) for n, line in enumerate(lines)]
    return foot


def foot_indent(label: str, size: float, typesetter: Typesetter) -> float:
    """Return the room of a label before the words of the margin."""
    return typesetter.width(label, size, bold=True) + size * 0.3 if label else 0.0
