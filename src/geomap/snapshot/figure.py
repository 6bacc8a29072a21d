"""Draw the current view as a figure for a report: PNG, SVG or PDF.

No browser and no network: the vector background, the fonts and the data are all here.
Everything a reader needs to judge the figure is on it (see `words`).
"""

from __future__ import annotations

import io
import textwrap
import warnings
from typing import TYPE_CHECKING, Any

import shapely

from geomap.maps.background import CREDITS, DISCLAIMER
from geomap.snapshot import background, words
from geomap.snapshot.extent import Extent, extent_of
from geomap.snapshot.histogram import draw_histogram
from geomap.snapshot.legend import draw_legend, legend_groups
from geomap.snapshot.marks import draw_events, draw_places
from geomap.snapshot.settings import SnapshotSettings
from geomap.snapshot.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SCALE_BAR_BELOW_KM = 8_000
"""Wider than this, one scale cannot be true for a whole Mercator map: no bar is drawn."""

LINE_INCHES, HEAD_SPACING, LEGEND_LINE_INCHES = 0.15, 1.15, 0.172
TITLE_LETTERS_PER_INCH, HEAD_LETTERS_PER_INCH, FOOT_LETTERS_PER_INCH = 6.6, 14.0, 17.8
MAX_FOOT_LINES = 4

INK, QUIET = "#22262b", "#5b6470"


def figure_bytes(view: View, settings: SnapshotSettings, form: str) -> bytes:
    """Return the figure as a file of the format `form` ("png", "svg" or "pdf").

    The same view and settings give the same bytes: no clock is read here.
    """
    figure = draw_figure(view, settings)
    dated = {"svg": {"Date": None}, "pdf": {"CreationDate": None}, "png": {}}[form]
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        # A letter that no font has is drawn as a box; that must not stop a report.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        import matplotlib as mpl

        with mpl.rc_context({"svg.hashsalt": "geomap", "pdf.fonttype": 42}):
            figure.savefig(buffer, format=form, dpi=settings.dpi, metadata=dated)
    return buffer.getvalue()


def draw_figure(view: View, settings: SnapshotSettings) -> Figure:
    """Return the matplotlib figure of a view."""
    from matplotlib.figure import Figure

    wide, high = settings.inches
    figure = Figure(figsize=(wide, high), facecolor="white")
    head, foot = _head(view, settings), _foot(view, settings)
    groups = legend_groups(view)
    page = _Page(settings, len(head), len(foot), max(map(len, groups)))
    axes = figure.add_axes(page.map_box)
    extent = extent_of(
        [view.events] if len(view.events) else [view.places],
        settings.frame or view.query.bbox,
        page.map_aspect,
    )
    _prepare(axes, extent)
    background.draw_background(axes, extent)
    if settings.show_places:
        draw_places(axes, view.places)
    draw_events(axes, view.events, view.possible.to_numpy(), view.colours)
    axes.set(xlabel="", ylabel="")  # geopandas writes its own
    background.draw_towns(axes, extent)
    _add_scale(axes, extent)
    _count_outside(axes, extent, view)
    draw_legend(figure.add_axes(page.legend_box), groups, side_by_side=page.tall)
    if settings.show_histogram:
        draw_histogram(figure.add_axes(page.histogram_box), view)
    _write_margins(figure, page, settings.title, head, foot)
    return figure


class _Page:
    """Where the parts of a page are, as fractions of the figure."""

    def __init__(
        self, settings: SnapshotSettings, head_lines: int, foot_lines: int, legend_lines: int
    ) -> None:
        wide, high = settings.inches
        inch_x, inch_y = 1 / wide, 1 / high
        self.tall = tall = high > wide
        self.margin = 0.35 * inch_x
        self.line = LINE_INCHES * inch_y
        self.title_top = 1 - 0.25 * inch_y
        self.head_top = self.title_top - 0.34 * inch_y
        map_top = self.head_top - head_lines * self.line * HEAD_SPACING - 0.1 * inch_y
        self.foot_top = (0.2 + foot_lines * LINE_INCHES) * inch_y
        strip_bottom = self.foot_top + 0.32 * inch_y
        strip = 0.5 * inch_y if settings.show_histogram else 0.0
        below = strip_bottom + strip + 0.14 * inch_y
        legend_high = (0.35 + legend_lines * LEGEND_LINE_INCHES) * inch_y if tall else 0.0
        side = 0.0 if tall else 2.3 * inch_x
        width = 1 - 2 * self.margin - side
        map_bottom = below + legend_high
        self.map_box = (self.margin, map_bottom, width, map_top - map_bottom)
        self.map_aspect = width * wide / ((map_top - map_bottom) * high)
        axis_room = 0.3 * inch_x
        self.histogram_box = (self.margin + axis_room, strip_bottom, width - axis_room, strip)
        self.legend_box = (
            (self.margin, below, 1 - 2 * self.margin, legend_high - 0.14 * inch_y)
            if tall
            else (1 - self.margin - side + 0.15 * inch_x, below, side, map_top - below)
        )


def _prepare(axes: Axes, extent: Extent) -> None:
    axes.set_xlim(extent.west, extent.east)
    axes.set_ylim(extent.south, extent.north)
    axes.set_aspect("auto")
    axes.set_autoscale_on(False)
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set(color="#8a929c", linewidth=0.7)


def _add_scale(axes: Axes, extent: Extent) -> None:
    if extent.width_km > SCALE_BAR_BELOW_KM:
        return
    import numpy as np
    from matplotlib_scalebar.scalebar import ScaleBar

    metres_per_unit = float(np.cos(np.radians(extent.middle_latitude)))
    bar = ScaleBar(
        metres_per_unit,
        location="lower left",
        box_alpha=0.85,
        border_pad=0.5,
        font_properties={"size": 8},
    )
    bar.set_zorder(11)
    axes.add_artist(bar)


def _count_outside(axes: Axes, extent: Extent, view: View) -> None:
    """Say on the map how many of the drawn events lie beyond its edges."""
    west, south, east, north = extent.degrees
    inside = view.events.geometry.intersects(shapely.box(west, south, east, north)).sum()
    outside = len(view.events) - int(inside)
    if outside:
        axes.text(
            0.99,
            0.015,
            f"{outside:,} more outside this frame",
            transform=axes.transAxes,
            ha="right",
            size=7.5,
            color=INK,
            zorder=11,
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 3},
        )


def _head(view: View, settings: SnapshotSettings) -> list[str]:
    window = f"{words.window_words(view.query)}  ·  {view.counts.sentence()}"
    return textwrap.wrap(window, int(settings.inches[0] * HEAD_LETTERS_PER_INCH))


def _foot(view: View, settings: SnapshotSettings) -> list[str]:
    lines = (
        f"Selection: {view.query.in_words()}. {words.source_words(view.events)}.",
        f"Background: {CREDITS}. Projection: Web Mercator, WGS 84 (EPSG:3857). {DISCLAIMER}",
        f"{words.as_of_words(settings)}. Made with geomap.",
    )
    room = int(settings.inches[0] * FOOT_LETTERS_PER_INCH)
    return [part for line in lines for part in textwrap.wrap(line, room)[:MAX_FOOT_LINES]]


def _write_margins(
    figure: Figure, page: _Page, title: str, head: list[str], foot: list[str]
) -> None:
    def write(y: float, text: str, **how: Any) -> None:
        # A "$" in a title is money, not mathematics.
        figure.text(page.margin, y, text, parse_math=False, va="top", **how)

    size = min(16.0, 16.0 * figure.get_figwidth() * TITLE_LETTERS_PER_INCH / max(len(title), 1))
    write(page.title_top, title, size=max(size, 8.0), weight="bold", color=INK)
    for number, line in enumerate(head):
        write(page.head_top - number * page.line * HEAD_SPACING, line, size=9, color=QUIET)
    for number, line in enumerate(foot):
        write(page.foot_top - number * page.line, line, size=6.8, color=QUIET)
