"""Draw a column of the legend and the signs in it."""

from __future__ import annotations

from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from geomap.snapshot.draw.marks import draw_overlay
from geomap.snapshot.plan.legend_columns import (
    EXTRA,
    HEAD_SIZE,
    SIGN_MIDDLE,
    SIGN_ROOM,
    SIZE,
    Column,
)
from geomap.snapshot.plan.legend_signs import Bar, Dot, LegendSign, Number, Overlay, Swatch
from geomap.snapshot.plan.themes import Theme

HALF_BAR, HALF_SWATCH = 8.0, 3.6


def draw_column(axes: Axes, column: Column, top: float, theme: Theme) -> None:
    """Draw a column on axes whose units are points, from `top` down."""
    scale = column.scale
    for y, broken in column.placed(top):
        is_head = broken.line.is_head
        for n, text in enumerate(broken.words):
            axes.text(
                0.0 if is_head else SIGN_ROOM * scale,
                y - n * EXTRA * scale,
                text,
                fontsize=(HEAD_SIZE if is_head else SIZE) * scale,
                weight="bold" if is_head else "normal",
                color=theme.quiet if is_head else theme.ink,
                va="center_baseline",
                parse_math=False,
                gid="legend",
            )
        draw_sign(axes, SIGN_MIDDLE * scale, y, broken.line.sign or (), theme, scale)


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
