"""Where the best column of dates of a table is hardly the day of the event.

Columns of years and months may state another day, and a column that is called the date may hold
cells that nobody can read: then the day of a report beside it is not taken in silence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from geomap.ingest.events.date_roles import ROLE_WORDS
from geomap.ingest.events.date_samples import SAMPLE, DateColumnNote, Readings, dates_in, span_of
from geomap.ingest.events.ingest_records import Question
from geomap.layouts import plain_spec
from geomap.layouts.fields import fold
from geomap.raw_table import RawTable

_PARTS = ("year", "month")
_PROOF_ROWS = 5
_DIFFERENT = 0.05
"""Share of rows that may state other months by mistake."""


def have_parts(
    best: DateColumnNote,
    readings: Readings,
    table: RawTable,
    mapping: Mapping[str, str],
) -> bool:
    """Return whether columns of years and months hold the day, not the best column of dates."""
    if not {"year", "month"} <= set(mapping):
        return False
    if best.role not in {"occurrence", "begin", "plain"}:
        return True
    if best.role != "plain" or fold(best.column) in plain_spec().fields["event_date"]:
        return False
    year, month = (pd.to_numeric(table.frame[mapping[p]], errors="coerce") for p in _PARTS)
    spans = [(row, span_of(cell)) for row, (_, cell) in readings[best.column].items()]
    others = [span for row, span in spans if span is not None and month[row] == month[row]
              and (span.start.year, span.start.month) != (year[row], month[row])]  # fmt: skip
    return len(others) > _DIFFERENT * len(spans)


def unread_column(
    mapping: Mapping[str, str],
    chosen: DateColumnNote,
    notes: Sequence[DateColumnNote],
    table: RawTable,
) -> str | None:
    """Return the column that is named as the day of the event but cannot be read as dates.

    None where another column says as plainly that it holds that day.
    """
    column = mapping.get("event_date")
    if column is None or column in {note.column for note in notes} or column not in table.columns:
        return None
    is_filled = (table.frame[column].head(SAMPLE).fillna("").str.strip() != "").any()
    is_better = chosen.role in {"occurrence", "begin", "plain"}
    return column if is_filled and not is_better else None


def is_read_in_part(column: str, table: RawTable) -> bool:
    """Return whether a column holds some dates, so that no stamp of an entry stands in for it."""
    return bool(dates_in(table.frame[column], years=True, least_share=0.0))


def unread_question(column: str, chosen: DateColumnNote, table: RawTable) -> Question:
    """Return the question whether an unread column or the chosen one holds the day."""
    cells = table.frame[[column, chosen.column]].head(_PROOF_ROWS).fillna("")
    proof = tuple(
        f"row {row}: {column}: {one}; {chosen.column}: {other}"
        for row, one, other in cells.itertuples()
    )
    message = (
        f"Column {column!r} is called the date, but its cells cannot be read as one; "
        f"{chosen.column!r} holds {ROLE_WORDS[chosen.role]}. Say which one holds the day of the "
        f"event (--map event_date={column!r} or --map event_date={chosen.column!r})."
    )
    return Question("event_date", message, (column, chosen.column), proof)
