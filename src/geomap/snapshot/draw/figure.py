"""Draw the plan of a page as a matplotlib figure.

No browser and no network are needed: the background, the fonts and the data are in the plan or
ship with the packages.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib import dates, patheffects
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from geomap.snapshot.draw.image_bytes import drawing
from geomap.snapshot.draw.map_panel import draw_map
from geomap.snapshot.draw.marks import draw_overlay
from geomap.snapshot.draw.page import axes_at, page_transform
from geomap.snapshot.plan.atlas_table import TablePage
from geomap.snapshot.plan.figure_legend import (
    COLUMN_GAP,
    EXTRA,
    HEAD_SIZE,
    SIGN_MIDDLE,
    SIGN_ROOM,
    SIZE,
    Column,
)
from geomap.snapshot.plan.figure_plan import FigurePlan
from geomap.snapshot.plan.histogram import Histogram
from geomap.snapshot.plan.legend_signs import Bar, Dot, LegendSign, Number, Overlay, Swatch
from geomap.snapshot.plan.themes import FORM_SIZES, Theme
from geomap.snapshot.plan.typesetting import PlacedText

STRIP_LETTERS = 6.6

HALF_BAR, HALF_SWATCH = 8.0, 3.6


def draw_figure(plan: FigurePlan) -> Figure:
    """Return the figure of a plan; the plan is only read."""
    with drawing():
        return _drawn(plan)


def _drawn(plan: FigurePlan) -> Figure:
    sheet = plan.sheet
    # At 72 dots an inch a pixel is a point.
    figure = Figure(figsize=(sheet.wide / 72, sheet.high / 72), dpi=72, facecolor=plan.theme.page)
    FigureCanvasAgg(figure)
    for panel in plan.maps:
        draw_map(figure, panel)
    _draw_legend(figure, plan)
    if plan.has_strip:
        strip = axes_at(figure, sheet.strip, "strip")
        draw_histogram(strip, plan.histogram, plan.theme, STRIP_LETTERS * sheet.scale)
    if plan.table is not None:
        axes = axes_at(figure, plan.table.box, "table")
        _draw_table(axes, plan.table, plan.theme, sheet.scale)
    for text in plan.texts:
        _write(figure, text, transform=page_transform(figure))
    return figure


def _write(owner: Figure | Axes, text: PlacedText, **more: Any) -> None:
    owner.text(
        text.x, text.y, text.text, fontsize=text.size, color=text.colour, ha=text.align,
        va="baseline", weight="bold" if text.bold else "normal", gid=text.kind, **more,
    )  # fmt: skip


def _draw_legend(figure: Figure, plan: FigurePlan) -> None:
    sheet = plan.sheet
    left, low, right, top = sheet.legend
    for number, column in enumerate(sheet.columns):
        begin = left + number * (column.width + COLUMN_GAP * sheet.scale)
        end = min(begin + column.width, right)
        axes = axes_at(figure, (begin, low, end, top), f"legend {number}")
        axes.set(xlim=(0, end - begin), ylim=(0, top - low))
        axes.axis("off")
        draw_column(axes, column, top - low, plan.theme)


def _draw_table(axes: Axes, table: TablePage, theme: Theme, scale: float) -> None:
    left, low, right, top = table.box
    axes.set(xlim=(0, right - left), ylim=(0, top - low))
    axes.axis("off")
    for text in table.texts:
        _write(axes, text)
    for y, width, is_head in table.rules:
        colour, line = (theme.frame, 0.6) if is_head else (theme.grid, 0.25)
        axes.plot([0, width], [y, y], color=colour, lw=line)
    for x, y, sign in table.signs:
        axes.scatter(
            [x], [y], s=20 * FORM_SIZES.get(sign.form, 1.0) * scale**2, marker=sign.form,
            c=sign.colour, edgecolors=theme.edge, linewidths=0.3,
        )  # fmt: skip


def draw_column(axes: Axes, column: Column, top: float, theme: Theme) -> None:
    """Draw a column on axes whose units are points, from `top` down."""
    scale = column.scale
    for y, line in column.placed(top):
        is_head = line.is_head
        for n, text in enumerate(line.words):
            axes.text(
                0.0 if is_head else SIGN_ROOM * scale,
                y - n * EXTRA * scale,
                text,
                fontsize=(HEAD_SIZE if is_head else SIZE) * scale,
                weight="bold" if is_head else "normal",
                color=theme.quiet if is_head else theme.ink,
                va="center_baseline",
                gid="legend",
            )
        draw_sign(axes, SIGN_MIDDLE * scale, y, line.sign or (), theme, scale)


def draw_sign(axes: Axes, x: float, y: float, sign: LegendSign, theme: Theme, scale: float) -> None:
    """Draw the parts of a sign around a point."""
    for part in sign:
        if isinstance(part, Dot):
            axes.scatter(
                [x + part.at * scale], [y], s=part.area * scale**2, marker=part.form, zorder=5,
                c=part.colour, edgecolors=part.edge, linewidths=part.width, linestyles=part.dash,
            )  # fmt: skip
        elif isinstance(part, Swatch):
            _draw_swatch(axes, x, y, part, scale)
        elif isinstance(part, Bar):
            half = HALF_BAR * scale
            axes.plot([x - half, x + half], [y] * 2, color=part.colour, lw=part.width * scale)
        elif isinstance(part, Overlay):
            draw_overlay(axes, [x], [y], part.form, part.area * scale**2, theme, scale)
        elif isinstance(part, Number):
            halo = [patheffects.withStroke(linewidth=2.0, foreground=theme.page)]
            axes.text(
                x, y, "n", fontsize=6.4 * scale, weight="bold", ha="center",
                va="center_baseline", color=theme.ink, path_effects=halo, zorder=6,
            )  # fmt: skip


def _draw_swatch(axes: Axes, x: float, y: float, part: Swatch, scale: float) -> None:
    wide, high = part.half * scale, HALF_SWATCH * scale
    axes.add_patch(
        Rectangle(
            (x + part.at * scale - wide, y - high), 2 * wide, 2 * high, fc=part.colour + part.tint,
            ec=part.colour, hatch=part.hatch, lw=0.8, ls=part.dash, zorder=4,
        )
    )  # fmt: skip


def draw_histogram(axes: Axes, bars: Histogram | None, theme: Theme, size: float) -> None:
    """Draw the bars of a histogram, nothing without dates; `size` is that of letters."""
    if bars is None:
        axes.axis("off")
        return
    to_number: Any = dates.date2num
    left = to_number(bars.starts)
    right = left + bars.days * 0.9
    heights = bars.heights
    corners = [(left, 0 * left), (left, heights), (right, heights), (right, 0 * left)]
    boxes = np.stack([np.column_stack(corner) for corner in corners], axis=1)
    axes.add_collection(PolyCollection(list(boxes), facecolors=theme.bar), autolim=False)
    axes.xaxis_date()
    axes.set_ylim(0, max(heights) * 1.05)
    axes.set_xlim(to_number(bars.first), to_number(bars.last) + int(bars.days[-1]))
    axes.set_ylabel(f"per {bars.unit}", fontsize=size, color=theme.quiet)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=2, integer=True))
    locator: Any = dates.AutoDateLocator(minticks=2, maxticks=9)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    words: Any = dates.ConciseDateFormatter(locator, show_offset=False)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_formatter(words)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(theme.frame)
    axes.set_facecolor("none")
    axes.tick_params(labelsize=size, colors=theme.quiet, length=2)
