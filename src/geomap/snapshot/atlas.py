"""A PDF atlas: an overview, then for each part a page with its map and the table of its events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from geomap.snapshot.draw.map_labels import Box, cut, wrap
from geomap.snapshot.plan import captions
from geomap.snapshot.plan.page_layout import MARGIN, Sheet, axes_at, sheet_of, write_words
from geomap.snapshot.plan.panels import Part
from geomap.snapshot.plan.settings import MAX_TITLE, SnapshotSettings
from geomap.snapshot.plan.themes import FORM_SIZES, THEMES, Signs, Theme, signs_of
from geomap.snapshot.plan.view import View
from geomap.snapshot.proof.manifest import manifest_of
from geomap.snapshot.proof.seal import seal
from geomap.typing import Progress, silent

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TABLE_SHARE = 0.46
SIZE, LINE, ROW_GAP, MAX_ROW_LINES = 6.6, 8.2, 2.6, 2
COLUMNS = (("Date", 0.17), ("Type", 0.15), ("Place", 0.16), ("What", 0.36), ("Source", 0.16))


def atlas_bytes(
    whole: View,
    parts: Sequence[Part],
    settings: SnapshotSettings,
    *,
    progress: Progress = silent,
) -> bytes:
    """Return the PDF; its pages share one frame, one scale and one legend."""
    from geomap.snapshot.draw import image_bytes

    manifest = manifest_of(
        whole, settings, kind="atlas", parts=[(part.name, part.view) for part in parts]
    )
    pages = _pages(whole, parts, settings, manifest["snapshot_id"], progress)
    alt = captions.alt_text(whole, settings)
    content = image_bytes.pdf_bytes(pages, dpi=settings.dpi, title=settings.title, alt=alt)
    return seal(content, "pdf", manifest)


def _pages(
    whole: View,
    parts: Sequence[Part],
    settings: SnapshotSettings,
    snapshot_id: str,
    progress: Progress,
) -> Iterator[Figure]:
    from geomap.snapshot.draw.figure import draw_figure

    progress("Drawing the overview", 0.0)
    yield draw_figure(whole, settings, snapshot_id=snapshot_id)
    theme, scale = THEMES[settings.theme], settings.type_scale
    signs = signs_of(whole.colours, theme)
    for number, part in enumerate(parts, 1):
        progress(f"Drawing {part.label}", number / (len(parts) + 1))
        title = f"{settings.title[: MAX_TITLE - 60]}: {part.label[:50]}"
        chosen = replace(settings, title=title, show_histogram=False)
        rows = table_rows(part.view)
        page = draw_figure(
            part.view, chosen, snapshot_id=snapshot_id, whole=whole, table_share=TABLE_SHARE,
            draw_table=partial(_draw_rows, rows=rows, signs=signs, theme=theme, scale=scale),
        )  # fmt: skip
        yield page
        yield from _further(rows, chosen, signs)


class Rows(list[tuple[str, ...]]):
    """What is left of a table; each page takes as many rows as fit on it."""


def table_rows(view: View) -> Rows:
    """Return the rows of a view's table in order of time; the last says what is not listed."""
    listed = view.rows.sort_values(["event_date", "event_id"], kind="stable")
    possible = view.possible[listed.index].to_numpy(dtype=bool)
    rows = Rows(
        (str(kind or ""), dates, *cells)
        for kind, dates, *cells in zip(
            listed["event_type"].astype(object).where(listed["event_type"].notna(), ""),
            _dates(listed, possible),
            _told(listed, "event_type", "type not stated"),
            _told(listed, "place_name", ""),
            _what(listed),
            _told(listed, "source", "not stated"),
            strict=True,
        )
    )
    held = captions.withheld_words(view)
    if held:
        rows.append(("", "", "", "", held, ""))
    if not rows:
        rows.append(("", "", "", "", "No event in these dates.", ""))
    return rows


def _dates(events: gpd.GeoDataFrame, possible: object) -> Iterator[str]:
    for first, last, precision, unsure in zip(
        events["event_date"], events["event_date_end"], events["date_precision"], possible,  # type: ignore[call-overload]
        strict=True,
    ):  # fmt: skip
        day = f"{first:%Y-%m-%d}"
        if precision == "open":
            told = f"since {day}"
        elif pd.isna(last) or last == first:
            told = day
        else:
            told = f"{day} to {last:%Y-%m-%d}"
        yield f"{told} ?" if unsure else told


def _told(events: gpd.GeoDataFrame, name: str, otherwise: str) -> list[str]:
    return [" ".join(str(cell).split()) for cell in events[name].fillna(otherwise)]


def _what(events: gpd.GeoDataFrame) -> list[str]:
    said = events["title"].fillna(events["notes"]).fillna(events["sub_event_type"]).fillna("")
    status = events["status"].fillna("reported")
    return [
        " ".join(str(text).split()) + ("" if word == "reported" else f" ({word})")
        for text, word in zip(said, status, strict=True)
    ]


def _further(rows: Rows, settings: SnapshotSettings, signs: Signs) -> Iterator[Figure]:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    theme = THEMES[settings.theme]
    while rows:
        figure = Figure(figsize=settings.inches, dpi=72, facecolor=theme.page)
        FigureCanvasAgg(figure)
        named = replace(settings, title=f"{settings.title} (table, continued)"[:MAX_TITLE])
        sheet: Sheet = sheet_of(named, [], [], [], has_strip=False, has_legend=False)
        rim = MARGIN * sheet.scale
        box = (rim, rim, sheet.wide - rim, sheet.head_low - 6)
        axes = axes_at(figure, sheet, box, "table")
        _draw_rows(axes, box, rows=rows, signs=signs, theme=theme, scale=sheet.scale)
        write_words(figure, sheet, theme)
        yield figure


def _draw_rows(
    axes: Axes, box: Box, *, rows: Rows, signs: Signs, theme: Theme, scale: float
) -> None:
    """Write as many rows as fit into a box, and take them from `rows`; one at least."""
    wide, high = box[2] - box[0], box[3] - box[1]
    axes.set(xlim=(0, wide), ylim=(0, high))
    axes.axis("off")
    size, line = SIZE * scale, LINE * scale
    lead = 12.0 * scale
    room = wide - lead
    lefts = [lead + room * sum(share for _, share in COLUMNS[:n]) for n in range(len(COLUMNS))]
    widths = [room * share - 6 * scale for _, share in COLUMNS]
    y = high - line
    for left, (head, _) in zip(lefts, COLUMNS, strict=True):
        axes.text(left, y, head, fontsize=size, weight="bold", color=theme.quiet, gid="table")
    y -= line * 0.35
    axes.plot([0, wide], [y, y], color=theme.frame, lw=0.6)
    first = True
    while rows:
        kind, *cells = rows[0]
        broken = [
            _lines(cell, size, width * (1.9 if kind == "" and n == 3 else 1.0))
            for n, (cell, width) in enumerate(zip(cells, widths, strict=True))
        ]
        tall = max(len(lines) for lines in broken) * line + ROW_GAP * scale
        if y - tall < 0 and not first:
            return
        first = False
        rows.pop(0)
        if cells[0]:
            sign = signs.get(kind)
            axes.scatter(
                [lead * 0.4], [y - line * 0.72], s=20 * FORM_SIZES.get(sign.form, 1.0) * scale**2,
                marker=sign.form, c=sign.colour, edgecolors=theme.edge, linewidths=0.3,
            )  # fmt: skip
        for left, lines in zip(lefts, broken, strict=True):
            for n, text in enumerate(lines):
                axes.text(
                    left, y - (n + 1) * line + line * 0.1, text, fontsize=size, color=theme.ink,
                    parse_math=False, gid="table",
                )  # fmt: skip
        y -= tall
        axes.plot([0, wide], [y, y], color=theme.grid, lw=0.25)


def _lines(text: str, size: float, room: float) -> list[str]:
    lines = wrap(text, size, room)
    if len(lines) > MAX_ROW_LINES:
        rest = " ".join(lines[MAX_ROW_LINES - 1 :])
        lines = [*lines[: MAX_ROW_LINES - 1], cut(rest, size, room)]
    return lines
