"""Which events pass is asked once; counts of any window are added up from it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pyarrow as pa
import pytest
from tests.engine.test_event_store import SIZE, made

from geomap.engine.day_spans import Spans
from geomap.engine.event_store import EventTable
from geomap.query import EventQuery, count_events
from geomap.query.sql import FUNCTIONS
from geomap.sql import Sql
from geomap.store import Database
from geomap.store.schemas import to_arrow


class _Counted(Database):
    """A database that notes how often it was asked for texts."""

    texts = 0

    def ask(self, question: Sql, values: Mapping[str, Any] | None = None) -> pa.Table:
        self.texts += "contains(" in question
        return super().ask(question, values)


def test_search_is_looked_for_once_whatever_else_is_filtered() -> None:
    """Looking through the texts of a million events is what a search waits for."""
    events = made()
    database = _Counted(FUNCTIONS)
    database.add("events", to_arrow("events", events))
    table = EventTable(database, lambda _: pa.table({}))
    query = EventQuery(text="event 1")
    for types in ((), ("Clash",), ("Clash", "Talks")):
        for start in (None, date(2022, 12, 1)):
            asked = EventQuery(text="event 1", types=frozenset(types), start=start)
            assert table.counts(asked) == count_events(events, asked)
    passes, _ = table.passes(query)

    assert database.texts == 1
    assert passes.sum() == events["title"].str.contains("Event", regex=False).sum() - sum(
        "1" not in title for title in events["title"]
    )


def test_spans_of_no_events_count_nothing() -> None:
    """An empty workspace has a first page too."""
    for stretches in ([], [pa.table({"span": pa.array([], pa.int64())})]):
        assert Spans.of(stretches).counts(None, None).counts(None, None).total == 0


@pytest.mark.parametrize("rows", [1, 7, SIZE])
def test_spans_are_the_same_however_long_the_stretches_are(rows: int) -> None:
    """A stretch has a list of spans of its own: they must become one."""
    numbers = [(n * 7) % 13 for n in range(SIZE)]
    parts = [
        pa.table({"span": pa.array(numbers[low : low + rows], pa.int64())})
        for low in range(0, SIZE, rows)
    ]
    spans = Spans.of(parts)

    assert spans.spans[spans.which].tolist() == numbers
