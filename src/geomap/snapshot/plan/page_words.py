"""The words around the map at their places, from the lines of a sheet."""

from __future__ import annotations

from collections.abc import Iterator

from geomap.snapshot.plan.page_layout import (
    FOOT,
    FOOT_LINE,
    GUTTER,
    SUBTITLE,
    Sheet,
    foot_indent,
)
from geomap.snapshot.plan.themes import Theme
from geomap.snapshot.plan.typesetting import PlacedText, Typesetter


def page_words(sheet: Sheet, theme: Theme, typesetter: Typesetter) -> Iterator[PlacedText]:
    """Yield title, subtitle and the words of the margin at their places."""
    left, y = sheet.margin, sheet.high - sheet.margin * 0.8
    for text in sheet.title:
        y -= sheet.title_size * 1.2
        base = y + sheet.title_size * 0.3
        yield PlacedText(left, base, text, sheet.title_size, theme.ink, "title", bold=True)
    size = SUBTITLE * sheet.scale
    for text in sheet.head:
        y -= size * 1.32
        yield PlacedText(left, y + size * 0.2, text, size, theme.quiet, "head")
    size = FOOT * sheet.scale
    per_column = sheet.rows_of_foot
    step = (sheet.inner + GUTTER * sheet.scale) / sheet.foot_columns
    for number, line in enumerate(sheet.foot):
        x = left + (number // per_column) * step
        y = sheet.foot_top - (number % per_column + 0.8) * size * FOOT_LINE
        if line.label:
            yield PlacedText(x, y, line.label, size, theme.ink, "foot", bold=True)
        x += foot_indent(line.label, size, typesetter)
        yield PlacedText(x, y, line.text, size, theme.quiet, "foot")
