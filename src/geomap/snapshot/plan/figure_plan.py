"""The plan of a page: one frozen value with all that is drawn on it, which drawing only reads.

Nothing here needs a drawing library; see `typesetting` for how texts are measured.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import geopandas as gpd

from geomap.snapshot.plan import captions
from geomap.snapshot.plan.atlas_table import TablePage, TableRow, plan_table
from geomap.snapshot.plan.figure_legend import legend_groups
from geomap.snapshot.plan.frame import Frame, frame_of
from geomap.snapshot.plan.histogram import Histogram, plan_histogram
from geomap.snapshot.plan.map_plan import MapPlan, plan_map
from geomap.snapshot.plan.page_layout import (
    FOOT,
    FOOT_LINE,
    GUTTER,
    MARGIN,
    SUBTITLE,
    Sheet,
    foot_indent,
    sheet_of,
)
from geomap.snapshot.plan.parts import Part
from geomap.snapshot.plan.settings import MAX_TITLE, SnapshotSettings
from geomap.snapshot.plan.themes import THEMES, Signs, Theme, signs_of
from geomap.snapshot.plan.typesetting import Box, PlacedText, Typesetter
from geomap.snapshot.plan.view import View

TABLE_SHARE = 0.46
"""Share of a page that a table takes."""

PANEL_SCALE = 0.86
"""Size of letters and signs in one panel of several."""

USUAL_ASPECT = 1.4  # width by height of a map, before its page is laid out

PANEL_HEAD, PANEL_GAP = 12.5, 7.0
GOOD_ASPECT = 1.25  # width by height of a panel that shows most countries well


@dataclass(frozen=True, slots=True)
class FigurePlan:
    """A page: its sheet, maps, words, histogram and table; boxes in points, maps in metres."""

    sheet: Sheet
    theme: Theme
    maps: tuple[MapPlan, ...] = ()
    texts: tuple[PlacedText, ...] = ()
    has_strip: bool = False
    histogram: Histogram | None = None
    table: TablePage | None = None


def plan_figure(
    view: View,
    settings: SnapshotSettings,
    typesetter: Typesetter,
    *,
    snapshot_id: str = "",
    panels: Sequence[Part] = (),
    whole: View | None = None,
    sheet: Sheet | None = None,
    rows: Sequence[TableRow] = (),
) -> FigurePlan:
    """Return the plan of a view, or with `panels` of its parts in one frame and with one legend.

    In a series `whole` is the view of all its pictures, whose frame and legend each of them has,
    and `sheet` the page, if it was laid out already (see `Sheet.like`). `rows` are those of a
    table beside or under the map.
    """
    sheet = sheet or plan_sheet(
        view, settings, typesetter, snapshot_id=snapshot_id, panels=panels, whole=whole,
        table_share=TABLE_SHARE if rows else 0.0,
    )  # fmt: skip
    base = whole or view
    signs = signs_of(base.colours, THEMES[settings.theme])
    maps: list[MapPlan]
    if panels:
        maps, heads = _plan_panels(sheet, view, settings, signs, panels, typesetter)
    else:
        frame = _frame_in(base, settings, sheet.map)
        maps = [plan_map("map", sheet.map, frame, view, settings, signs, sheet.scale, typesetter)]
        heads = []
    return FigurePlan(
        sheet,
        signs.theme,
        tuple(maps),
        (*heads, *page_words(sheet, signs.theme, typesetter)),
        sheet.has_strip,
        plan_histogram(view) if sheet.has_strip else None,
        plan_table(rows, sheet.table, signs, sheet.scale, typesetter) if rows else None,
    )


def plan_table_page(
    rows: Sequence[TableRow], settings: SnapshotSettings, signs: Signs, typesetter: Typesetter
) -> FigurePlan:
    """Return a page on which a table goes on."""
    title = f"{settings.title} (table, continued)"[:MAX_TITLE]
    sheet = sheet_of(replace(settings, title=title), typesetter)
    rim = MARGIN * sheet.scale
    box = (rim, rim, sheet.wide - rim, sheet.head_low - 6)
    table = plan_table(rows, box, signs, sheet.scale, typesetter)
    words = tuple(page_words(sheet, signs.theme, typesetter))
    return FigurePlan(sheet, signs.theme, texts=words, table=table)


def plan_sheet(
    view: View,
    settings: SnapshotSettings,
    typesetter: Typesetter,
    *,
    snapshot_id: str = "",
    panels: Sequence[Part] = (),
    whole: View | None = None,
    table_share: float = 0.0,
) -> Sheet:
    """Return the page of a figure, with its words and legend but without its maps.

    The parameters are those of `plan_figure`; `table_share` is the part of the page for a table.
    """
    base = whole or view
    box = settings.frame or base.query.bbox
    frame = frame_of([_shown(base)], box, USUAL_ASPECT)
    head = [captions.window_words(view.query), view.counts.sentence()]
    if panels:
        head.append(
            f"{len(panels)} panels in one scale. What lasts over several is in each of them."
        )
    return sheet_of(
        settings,
        typesetter,
        head,
        captions.margin_words(view, settings, frame.projection, snapshot_id),
        legend_groups(
            view, signs_of(base.colours, THEMES[settings.theme]), whole=whole, box=frame.degrees,
            with_places=settings.show_places,
        ),
        has_strip=settings.show_histogram and not panels and not table_share,
        table_share=table_share,
    )  # fmt: skip


def _shown(view: View) -> gpd.GeoDataFrame:
    return view.events if len(view.events) else view.places


def _frame_in(view: View, settings: SnapshotSettings, box: Box) -> Frame:
    aspect = (box[2] - box[0]) / (box[3] - box[1])
    return frame_of([_shown(view)], settings.frame or view.query.bbox, aspect)


def _plan_panels(
    sheet: Sheet, view: View, settings: SnapshotSettings, signs: Signs, panels: Sequence[Part],
    typesetter: Typesetter,
) -> tuple[list[MapPlan], list[PlacedText]]:  # fmt: skip
    """Return the maps of the panels and the words over them."""
    head = PANEL_HEAD * sheet.scale
    boxes = panel_boxes(sheet.map, len(panels), sheet.scale)
    inner = [(left, low, right, top - head) for left, low, right, top in boxes]
    frame = _frame_in(view, settings, inner[0])
    maps: list[MapPlan] = []
    words: list[PlacedText] = []
    for number, (part, box) in enumerate(zip(panels, inner, strict=True), 1):
        panel = plan_map(
            f"panel {number}", box, frame, part.view, settings, signs, sheet.scale * PANEL_SCALE,
            typesetter, is_panel=True, has_elements=number == 1,
        )  # fmt: skip
        maps.append(panel)
        words += _panel_words(part, box, sheet.scale, signs.theme, typesetter)
    return maps, words


def _panel_words(
    part: Part, box: Box, scale: float, theme: Theme, typesetter: Typesetter
) -> Iterator[PlacedText]:
    size, counts = 7.8 * scale, part.view.counts
    count = f"{counts.shown:,}" + (f" + {counts.possible:,}?" if counts.possible else "")
    room = box[2] - box[0] - typesetter.width(count, size) - 6
    label = typesetter.cut(part.label, size, room, bold=True)
    base = box[3] + 3.2 * scale
    yield PlacedText(box[0], base, label, size, theme.ink, "panel", bold=True)
    yield PlacedText(box[2], base, count, size, theme.ink, "panel", align="right")


def panel_boxes(room: Box, number: int, scale: float) -> list[Box]:
    """Return boxes for panels and their heads in rows, of one size, as large as they can be."""
    wide, high = room[2] - room[0], room[3] - room[1]
    gap, head = PANEL_GAP * scale, PANEL_HEAD * scale

    def size_in(columns: int) -> tuple[float, float]:
        rows = math.ceil(number / columns)
        return (wide - gap * (columns - 1)) / columns, (high - gap * (rows - 1)) / rows

    def worth(columns: int) -> float:
        across, up = size_in(columns)
        return min(across, (up - head) * GOOD_ASPECT) if up > head else 0.0

    columns = max(range(1, number + 1), key=worth)
    across, up = size_in(columns)
    boxes = []
    for n in range(number):
        row, column = divmod(n, columns)
        left, top = room[0] + column * (across + gap), room[3] - row * (up + gap)
        boxes.append((left, top - up, left + across, top))
    return boxes


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
    for number, (label, text) in enumerate(sheet.foot):
        x = left + (number // per_column) * step
        y = sheet.foot_top - (number % per_column + 0.8) * size * FOOT_LINE
        if label:
            yield PlacedText(x, y, label, size, theme.ink, "foot", bold=True)
        x += foot_indent(label, size, typesetter)
        yield PlacedText(x, y, text, size, theme.quiet, "foot")
