"""The table of a view's events, and what of it fits on a page of an atlas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import geopandas as gpd
import pandas as pd

from geomap.sharing import withheld_sentence
from geomap.snapshot.plan.themes import Sign, Signs
from geomap.snapshot.plan.typesetting import Box, PlacedText, Typesetter
from geomap.snapshot.plan.view import View
from geomap.typing import Mask

SIZE, LINE, ROW_GAP, MAX_ROW_LINES = 6.6, 8.2, 2.6, 2
COLUMNS = (("Date", 0.17), ("Type", 0.15), ("Place", 0.16), ("What", 0.36), ("Source", 0.16))
SENTENCE_ROOM = 1.9
"""Room of a sentence in place of an event, in widths of its column."""


class TableRow(NamedTuple):
    """The cells of one event; a row without a date is a sentence in the column of texts."""

    event_type: str
    date: str
    kind: str
    place: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class TablePage:
    """The part of a table that fits into a box, in points from its lower left corner.

    `rules` are lines across the box (height, width, whether it is the one under the head), `signs`
    the signs of types with their place; `rest` the rows that did not fit.
    """

    box: Box
    texts: tuple[PlacedText, ...]
    rules: tuple[tuple[float, float, bool], ...]
    signs: tuple[tuple[float, float, Sign], ...]
    rest: tuple[TableRow, ...]


def table_rows(view: View) -> list[TableRow]:
    """Return the rows of a view in the order of time; the last states what is not listed."""
    events = view.rows.sort_values(["event_date", "event_id"], kind="stable")
    possible = view.possible[events.index].to_numpy(dtype=bool)
    cells = (
        events["event_type"].fillna("").astype("str"),
        _dates(events, possible),
        _cells(events, "event_type", "type not stated"),
        _cells(events, "place_name", ""),
        _texts(events),
        _cells(events, "source", "not stated"),
    )
    rows = [TableRow(*row) for row in zip(*cells, strict=True)]
    withheld = withheld_sentence(view.withheld, drawn=True)
    if withheld or not rows:
        rows.append(TableRow("", "", "", "", withheld or "No event in these dates.", ""))
    return rows


def _dates(events: gpd.GeoDataFrame, possible: Mask) -> Iterator[str]:
    for first, last, precision, is_possible in zip(
        events["event_date"], events["event_date_end"], events["date_precision"], possible,
        strict=True,
    ):  # fmt: skip
        day = f"{first:%Y-%m-%d}"
        if precision == "open":
            text = f"since {day}"
        elif pd.isna(last) or last == first:
            text = day
        else:
            text = f"{day} to {last:%Y-%m-%d}"
        yield f"{text} ?" if is_possible else text


def _cells(events: gpd.GeoDataFrame, name: str, otherwise: str) -> list[str]:
    return [" ".join(str(cell).split()) for cell in events[name].fillna(otherwise)]


def _texts(events: gpd.GeoDataFrame) -> list[str]:
    texts = events["title"].fillna(events["notes"]).fillna(events["sub_event_type"]).fillna("")
    status = events["status"].fillna("reported")
    return [
        " ".join(str(text).split()) + ("" if word == "reported" else f" ({word})")
        for text, word in zip(texts, status, strict=True)
    ]


def plan_table(
    rows: Sequence[TableRow], box: Box, signs: Signs, scale: float, typesetter: Typesetter
) -> TablePage:
    """Return as many rows as fit into a box of the page; one at least."""
    wide, high = box[2] - box[0], box[3] - box[1]
    theme, size, line, lead = signs.theme, SIZE * scale, LINE * scale, 12.0 * scale
    shares = [share for _, share in COLUMNS]
    lefts = [lead + (wide - lead) * sum(shares[:n]) for n in range(len(COLUMNS))]
    widths = [(wide - lead) * share - 6 * scale for share in shares]
    y = high - line
    texts = [
        PlacedText(left, y, head, size, theme.quiet, "table", bold=True)
        for left, (head, _) in zip(lefts, COLUMNS, strict=True)
    ]
    y -= line * 0.35
    rules, marks = [(y, wide, True)], []
    fitted = 0
    for row in rows:
        cells = _broken(row, widths, size, typesetter)
        tall = max(len(lines) for lines in cells) * line + ROW_GAP * scale
        if y - tall < 0 and fitted:
            break
        fitted += 1
        if row.date:
            marks.append((lead * 0.4, y - line * 0.72, signs.get(row.event_type)))
        texts += [
            PlacedText(left, y - (n + 0.9) * line, text, size, theme.ink, "table")
            for left, lines in zip(lefts, cells, strict=True)
            for n, text in enumerate(lines)
        ]
        y -= tall
        rules.append((y, wide, False))
    return TablePage(box, tuple(texts), tuple(rules), tuple(marks), tuple(rows[fitted:]))


def _broken(
    row: TableRow, widths: list[float], size: float, typesetter: Typesetter
) -> list[list[str]]:
    """Return the lines of each cell."""
    shares = (1.0, 1.0, 1.0, 1.0 if row.date else SENTENCE_ROOM, 1.0)
    return [
        typesetter.wrap_to(MAX_ROW_LINES, text, size, width * share)
        for text, width, share in zip(row[1:], widths, shares, strict=True)
    ]
