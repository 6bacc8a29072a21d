"""Which events match a query is evaluated once; the counts of any window are sums over it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pyarrow as pa
import pytest
from tests.engine.test_event_store import SIZE, made

from geomap.engine.day_spans import DaySpans
from geomap.engine.event_store import EventTable
from geomap.query import EventQuery, count_events
from geomap.query.sql_functions import FUNCTIONS
from geomap.sql import Sql
from geomap.store import Database
from geomap.store.schemas import to_arrow


class _Counted(Database):
    """A database that counts its searches of texts."""

    texts = 0

    def query(self, statement: Sql, values: Mapping[str, Any] | None = None) -> pa.Table:
        self.texts += "contains(" in statement
        return super().query(statement, values)


def test_masks_search_the_texts_once_whatever_else_is_filtered() -> None:
    """Searching the texts of a million events is what takes the time."""
    events = made()
    database = _Counted(FUNCTIONS)
    database.add("events", to_arrow("events", events))
    table = EventTable(database, lambda _: pa.table({}))
    query = EventQuery(text="event 1")
    for types in ((), ("Clash",), ("Clash", "Talks")):
        for start in (None, date(2022, 12, 1)):
            asked = EventQuery(text="event 1", types=frozenset(types), start=start)
            assert table.counts(asked) == count_events(events, asked)
    passes, _ = table.masks(query)

    assert database.texts == 1
    assert passes.sum() == events["title"].str.contains("Event", regex=False).sum() - sum(
        "1" not in title for title in events["title"]
    )


def test_spans_of_no_events_count_nothing() -> None:
    """An empty workspace has a first page too."""
    for chunks in ([], [pa.table({"span": pa.array([], pa.int64())})]):
        assert DaySpans.of(chunks).counts(None, None).counts(None, None).total == 0


@pytest.mark.parametrize("rows", [1, 7, SIZE])
def test_spans_are_the_same_however_long_the_chunks_are(rows: int) -> None:
    """Each chunk has its own list of spans; they must be merged into one."""
    numbers = [(n * 7) % 13 for n in range(SIZE)]
    parts = [
        pa.table({"span": pa.array(numbers[low : low + rows], pa.int64())})
        for low in range(0, SIZE, rows)
    ]
    spans = DaySpans.of(parts)

    assert spans.spans[spans.position].tolist() == numbers
