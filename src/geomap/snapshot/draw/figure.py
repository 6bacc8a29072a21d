"""Draw the plan of a page as a matplotlib figure.

No browser and no network are needed: the background, the fonts and the data are in the plan or
ship with the packages.
"""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from geomap.snapshot.draw.histogram_strip import draw_histogram
from geomap.snapshot.draw.image_bytes import drawing
from geomap.snapshot.draw.legend import draw_column
from geomap.snapshot.draw.map_panel import draw_map
from geomap.snapshot.draw.page import axes_at, page_transform
from geomap.snapshot.plan.atlas_table import TablePage
from geomap.snapshot.plan.figure_plan import FigurePlan
from geomap.snapshot.plan.legend_columns import COLUMN_GAP
from geomap.snapshot.plan.themes import FORM_SIZES, Theme
from geomap.snapshot.plan.typesetting import PlacedText

STRIP_LETTERS = 6.6


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
        _write(figure, text)
    return figure


def _write(figure: Figure, text: PlacedText) -> None:
    # A "$" in a title is money, not mathematics.
    figure.text(
        text.x, text.y, text.text, fontsize=text.size, color=text.colour, ha=text.align,
        va="baseline", weight="bold" if text.bold else "normal", parse_math=False, gid=text.kind,
        transform=page_transform(figure),
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
        axes.text(
            text.x, text.y, text.text, fontsize=text.size, color=text.colour,
            weight="bold" if text.bold else "normal", parse_math=False, gid=text.kind,
        )  # fmt: skip
    for y, width, is_head in table.rules:
        colour, line = (theme.frame, 0.6) if is_head else (theme.grid, 0.25)
        axes.plot([0, width], [y, y], color=colour, lw=line)
    for x, y, sign in table.signs:
        axes.scatter(
            [x], [y], s=20 * FORM_SIZES.get(sign.form, 1.0) * scale**2, marker=sign.form,
            c=sign.colour, edgecolors=theme.edge, linewidths=0.3,
        )  # fmt: skip
