"""Draw the current view as a figure for a report: one map, or several with one scale.

No browser and no network: the vector background, the fonts and the data are all here.
Everything a reader needs to judge the figure is on it (see `words`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from geomap.snapshot.draw.histogram_strip import draw_histogram
from geomap.snapshot.draw.map_labels import Box, cut, points_of, width_of
from geomap.snapshot.draw.map_panel import SMALL, Style, draw_map
from geomap.snapshot.plan import captions
from geomap.snapshot.plan.figure_legend import draw_legend, legend_groups
from geomap.snapshot.plan.page_layout import Sheet, axes_at, sheet_of, write_words
from geomap.snapshot.plan.panels import Part
from geomap.snapshot.plan.projection import Frame, frame_of
from geomap.snapshot.plan.settings import SnapshotSettings
from geomap.snapshot.plan.themes import THEMES, signs_of
from geomap.snapshot.plan.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PANEL_HEAD, PANEL_GAP = 12.5, 7.0
GOOD_ASPECT = 1.25  # width by height of a panel that shows most countries well


def draw_figure(
    view: View,
    settings: SnapshotSettings,
    *,
    snapshot_id: str = "",
    panels: Sequence[Part] = (),
    whole: View | None = None,
    like: Sequence[Sheet] = (),
    table_share: float = 0.0,
    draw_table: Callable[[Axes, Box], None] | None = None,
) -> Figure:
    """Return the matplotlib figure of a view.

    Parameters
    ----------
    view, settings, snapshot_id
        What is drawn, how, and under which number it can be found again.
    panels
        Drawn instead of one map of the view, all in one frame and with one legend.
    whole, like
        In a series: the view of all pictures, whose frame and legend each of them has, and
        the pages of all, so that every map is at the same place.
    table_share, draw_table
        How much of the page a table takes, and what draws it.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    theme = THEMES[settings.theme]
    sheet = plan_sheet(
        view, settings, snapshot_id=snapshot_id, panels=panels, whole=whole, table_share=table_share
    )
    if like:
        sheet = sheet.like(like)
    # At 72 dots an inch a pixel is a point: what is measured can be placed.
    figure = Figure(figsize=settings.inches, dpi=72, facecolor=theme.page)
    FigureCanvasAgg(figure)
    style = Style(theme, signs_of((whole or view).colours, theme), sheet.scale)
    if panels:
        _draw_panels(figure, sheet, view, settings, style, panels)
    else:
        axes = axes_at(figure, sheet, sheet.map, "map")
        frame = whole_frame(whole or view, settings, sheet.map)
        draw_map(figure, axes, sheet.map, frame, view, settings, style)
    _draw_legend(figure, sheet, style)
    if sheet.has_strip:
        strip = axes_at(figure, sheet, sheet.strip, "strip")
        draw_histogram(strip, view, theme, 6.6 * sheet.scale)
    if draw_table is not None:
        draw_table(axes_at(figure, sheet, sheet.table, "table"), sheet.table)
    write_words(figure, sheet, theme)
    return figure


def plan_sheet(
    view: View,
    settings: SnapshotSettings,
    *,
    snapshot_id: str = "",
    panels: Sequence[Part] = (),
    whole: View | None = None,
    table_share: float = 0.0,
) -> Sheet:
    """Return the page of a figure, before anything is drawn."""
    theme = THEMES[settings.theme]
    base = whole or view
    frame = frame_of([base.events if len(base.events) else base.places],
                     settings.frame or base.query.bbox, 1.4)  # fmt: skip
    paragraphs = captions.margin_words(view, settings, frame.projection, snapshot_id)
    head = [captions.window_words(view.query), f"{view.counts.sentence()}"]
    if panels:
        head.append(
            f"{len(panels)} panels in one scale. What lasts over several is in each of them."
        )
    groups = legend_groups(
        view, signs_of(base.colours, theme), whole=whole, box=frame.degrees,
        with_places=settings.show_places,
    )  # fmt: skip
    has_strip = settings.show_histogram and not panels
    return sheet_of(
        settings, head, paragraphs, groups, has_strip=has_strip, table_share=table_share
    )


def whole_frame(view: View, settings: SnapshotSettings, box: Box) -> Frame:
    """Return the frame of a map in a box of the page."""
    aspect = (box[2] - box[0]) / (box[3] - box[1])
    tables = [view.events] if len(view.events) else [view.places]
    return frame_of(tables, settings.frame or view.query.bbox, aspect)


def _draw_legend(figure: Figure, sheet: Sheet, style: Style) -> None:
    left, low, right, top = sheet.legend
    gap = 12.0 * sheet.scale
    for number, column in enumerate(sheet.columns):
        begin = left + number * (column.width + gap)
        end = min(begin + column.width, right)
        axes = axes_at(figure, sheet, (begin, low, end, top), f"legend {number}")
        axes.set(xlim=(0, end - begin), ylim=(0, top - low))
        axes.axis("off")
        draw_legend(axes, column, style.theme)


def _draw_panels(
    figure: Figure, sheet: Sheet, view: View, settings: SnapshotSettings, style: Style,
    panels: Sequence[Part],
) -> None:  # fmt: skip
    boxes = panel_boxes(sheet.map, len(panels), sheet.scale)
    head = PANEL_HEAD * sheet.scale
    size = 7.8 * sheet.scale
    first = boxes[0]
    inner = (first[0], first[1], first[2], first[3] - head)
    frame = whole_frame(view, settings, inner)
    small = Style(style.theme, style.signs, style.scale * SMALL, is_panel=True)
    for number, (part, box) in enumerate(zip(panels, boxes, strict=True)):
        inner = (box[0], box[1], box[2], box[3] - head)
        axes = axes_at(figure, sheet, inner, f"panel {number + 1}")
        chosen = small if number == 0 else Style(
            style.theme, style.signs, small.scale, is_panel=True, has_scale=False,
            has_locator=False,
        )  # fmt: skip
        draw_map(figure, axes, inner, frame, part.view, settings, chosen)
        counts = part.view.counts
        told = f"{counts.shown:,}" + (f" + {counts.possible:,}?" if counts.possible else "")
        room = box[2] - box[0] - width_of(told, size) - 6
        base = box[3] - head + 3.2 * sheet.scale
        named: tuple[tuple[float, str, dict[str, Any]], ...] = (
            (box[0], cut(part.label, size, room, bold=True), {"weight": "bold"}),
            (box[2], told, {"ha": "right"}),
        )
        for x, text, how in named:
            figure.text(
                x, base, text, fontsize=size, color=style.theme.ink, transform=points_of(figure),
                parse_math=False, va="baseline", gid="panel", **how,
            )  # fmt: skip


def panel_boxes(room: Box, many: int, scale: float) -> list[Box]:
    """Return boxes for `many` panels in rows, all of one size, as large as they can be."""
    wide, high = room[2] - room[0], room[3] - room[1]
    gap, head = PANEL_GAP * scale, PANEL_HEAD * scale

    def worth(columns: int) -> float:
        rows = math.ceil(many / columns)
        w = (wide - gap * (columns - 1)) / columns
        h = (high - gap * (rows - 1)) / rows - head
        return min(w, h * GOOD_ASPECT) if h > 0 else 0.0

    columns = max(range(1, many + 1), key=worth)
    rows = math.ceil(many / columns)
    w, h = (wide - gap * (columns - 1)) / columns, (high - gap * (rows - 1)) / rows
    boxes = []
    for number in range(many):
        row, column = divmod(number, columns)
        left, top = room[0] + column * (w + gap), room[3] - row * (h + gap)
        boxes.append((left, top - h, left + w, top))
    return boxes
