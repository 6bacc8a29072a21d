"""SQL and pandas give the same verdict on every event, whatever is asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st

from geomap.engine.event_store import EventTable, Order
from geomap.engine.nearby import near_events
from geomap.query import (
    NOT_STATED,
    DayCounts,
    EventQuery,
    NumberRange,
    Verdict,
    classify_events,
    day_histogram,
)
from geomap.query.sql_conditions import conditions_of
from geomap.query.sql_functions import FUNCTIONS
from geomap.sql import Sql, sql
from geomap.store import Database
from geomap.store.schemas import to_arrow
from geomap.tables import EVENT_COLUMNS, HIDDEN, JOIN_COLUMNS, events_table

DAYS = st.dates(date(2022, 12, 1), date(2023, 2, 1))
TEXTS = ["the road", "The ROAD blocked", "İstanbul", "STRASSE ẞ", "Ханкенди", "50%_'\";", "", None]
WORDS = ["road", "ROAD blocked", "istanbul", "ß", "ХАНК", "%", "_", "'", "  ", ""]
SHAPES = [
    shapely.Point(46, 40),
    shapely.Point(0, 0),
    shapely.Point(-175, 40),
    shapely.Point(),
    None,
    shapely.Point(46, 40, 5),
    shapely.LineString(),
    shapely.LineString([(0, 0), (0, 10), (10, 10)]),
    shapely.MultiPoint(),
    shapely.MultiPoint([(1, 1), (46, 40)]),
    shapely.box(45, 39, 45.5, 39.5),
    shapely.MultiPolygon([shapely.box(5, 1, 6, 2)]),
    shapely.GeometryCollection([shapely.Point()]),
]
AREAS: list[tuple[tuple[float, float], ...]] = [
    (),
    ((45.0, 39.0), (47.0, 39.0), (46.0, 41.0)),
    ((5.0, 1.0), (9.0, 1.0), (9.0, 5.0), (5.0, 5.0)),
    ((170.0, 30.0), (190.0, 30.0), (190.0, 50.0), (170.0, 50.0)),
    ((0.0, 0.0), (2.0, 2.0), (2.0, 0.0), (0.0, 2.0)),
]


@st.composite
def records(draw: st.DrawFn) -> dict[str, Any]:
    start = draw(DAYS)
    precision = draw(st.sampled_from(["day", "day", "week", "month", "range", "open", None]))
    length = 0 if precision == "day" else draw(st.integers(0, 20))
    end = None if precision in {"open", None} else start + timedelta(days=length)
    confirmed = draw(st.none() | st.integers(0, 30).map(lambda n: start + timedelta(days=n)))
    return {
        "event_date": start if precision else None,
        "event_date_end": end,
        "date_precision": precision,
        "last_confirmed": confirmed,
        "event_type": draw(st.sampled_from(["protest", "battle", None])),
        "source": draw(st.sampled_from(["Wire", None])),
        "status": draw(st.sampled_from(["reported", "denied", None])),
        "geo_precision": draw(st.sampled_from(["exact", "zone", None])),
        "batch_id": draw(st.sampled_from(["b1", "b2"])),
        "flags": draw(st.sampled_from([None, "corrected", "hidden", "a;hidden;b", "hidden_by"])),
        "actor1": draw(st.sampled_from(["Army", "Crowd", None])),
        "actor2": draw(st.sampled_from(["Army", None])),
        "country": draw(st.sampled_from(["Chad", None])),
        **{name: draw(NUMBERS) for name in ("fatalities", "fatalities_low", "fatalities_high")},
        "place_id": draw(st.sampled_from(["p1", "p2", None])),
        "place_ids": draw(st.sampled_from(["p1;p2", "p2", "", None])),
        "title": draw(st.sampled_from(TEXTS)),
        "notes": draw(st.sampled_from(TEXTS)),
        "geometry": draw(st.sampled_from(SHAPES)),
    }


NUMBERS = st.none() | st.integers(0, 6)
RANGES = st.builds(
    lambda low, more: NumberRange(low, None if more is None else (low or 0) + more),
    st.none() | st.integers(0, 6),
    st.none() | st.integers(0, 3),
).filter(lambda numbers: numbers != (None, None))


@st.composite
def tables(draw: st.DrawFn) -> gpd.GeoDataFrame:
    rows = draw(st.lists(records(), min_size=1, max_size=8))
    return events_table([{**row, "event_id": f"e{n}"} for n, row in enumerate(rows)])


@st.composite
def joins(draw: st.DrawFn) -> pd.DataFrame:
    rows = draw(
        st.lists(
            st.tuples(
                st.sampled_from([f"e{n}" for n in range(8)]),
                st.sampled_from(["p1", "p3"]),
                st.booleans(),
            ),
            max_size=5,
        )
    )
    table = pd.DataFrame(rows, columns=["event_id", "place_id", "certain"])
    return table.assign(relation="in", metres=0.0)[list(JOIN_COLUMNS)].astype(JOIN_COLUMNS)


def _some(*words: str) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(words), max_size=2)


@st.composite
def queries(draw: st.DrawFn) -> EventQuery:
    low, high = sorted([draw(DAYS), draw(DAYS)])
    return EventQuery(
        start=draw(st.sampled_from([None, low])),
        end=draw(st.sampled_from([None, high])),
        types=draw(_some("protest", "battle", "it's", NOT_STATED)),
        sources=draw(_some("Wire", NOT_STATED)),
        statuses=draw(_some("denied", NOT_STATED)),
        precisions=draw(_some("day", "week", "exact", NOT_STATED)),
        text=draw(st.sampled_from(WORDS)),
        bbox=draw(st.sampled_from([None, None, (45.0, 39.0, 47.0, 41.0), (170, 39, -170, 41)])),
        place_ids=draw(_some("p1", "p3")),
        batches=draw(_some("b1")),
        actors=draw(_some("Army", "Crowd", NOT_STATED)),
        countries=draw(_some("Chad", "chad", NOT_STATED)),
        fatalities=draw(st.none() | RANGES),
        polygon=draw(st.sampled_from(AREAS)),
        with_hidden=draw(st.booleans()),
    )


def table_of(events: gpd.GeoDataFrame, joined: pd.DataFrame) -> EventTable:
    database = Database(FUNCTIONS)
    database.add("events", to_arrow("events", events))
    given = pa.Table.from_pandas(joined, preserve_index=False)
    hidden = [HIDDEN in str(flags).split(";") for flags in events["flags"]]
    return EventTable(database, lambda _: given, hidden=np.flatnonzero(hidden))


@given(events=tables(), joined=joins(), query=queries())
def test_sql_gives_the_verdicts_of_classify_events(
    events: gpd.GeoDataFrame, joined: pd.DataFrame, query: EventQuery
) -> None:
    """The page and the command line must never disagree about an event."""
    table = table_of(events, joined)

    table.prepare_joins()
    conditions = conditions_of(query)
    statement = sql("SELECT event_id, {} AS verdict FROM events", conditions.verdict)
    answer = table.database.query(statement, conditions.parameters)
    assert answer["event_id"].to_pylist() == events["event_id"].tolist()
    words = [list(Verdict)[code].value for code in answer["verdict"].to_pylist()]
    assert words == classify_events(events, query, joins=joined).tolist()
    table.close()


@given(events=tables(), joined=joins(), query=queries())
def test_day_counts_give_the_counts_and_the_histogram_of_any_window(
    events: gpd.GeoDataFrame, joined: pd.DataFrame, query: EventQuery
) -> None:
    """A window that moves is counted without asking anybody again."""
    from geomap.query import count_events

    table = table_of(events, joined)
    days = table.days(query)

    assert days.counts(query.start, query.end) == count_events(events, query, joins=joined)
    wanted = day_histogram(events, query, joins=joined)
    pd.testing.assert_frame_equal(days.histogram(), wanted)
    table.close()


def test_day_counts_of_nothing_are_zeros() -> None:
    """An empty workspace has a first page too."""
    none = dict.fromkeys(["start", "end", "is_open", "is_vague", "surely", "events"], np.array([]))
    days = DayCounts.of(none, (0, 0, 2))

    assert days.counts(None, None).as_dict()["undated"] == 2
    assert days.days is None
    assert days.histogram().empty


class _Recorded(Database):
    """A database that notes what it is asked, and with which values."""

    def __init__(self) -> None:
        super().__init__(FUNCTIONS)
        self.asked: list[tuple[Sql, set[str]]] = []

    def query(self, statement: Sql, values: Mapping[str, Any] | None = None) -> pa.Table:
        given = (values or {}).values()
        words = {w for value in given for w in (value if isinstance(value, list) else [value])}
        self.asked.append((statement, {word for word in words if isinstance(word, str)}))
        return super().query(statement, values)


def statements_with(words: list[str], events: gpd.GeoDataFrame) -> list[tuple[Sql, set[str]]]:
    """Return every question that a workspace asks its events, about these words."""
    database = _Recorded()
    database.add("events", to_arrow("events", events))
    empty = pd.DataFrame(columns=list(JOIN_COLUMNS)).astype(JOIN_COLUMNS)
    table = EventTable(database, lambda _: pa.Table.from_pandas(empty, preserve_index=False))
    some = frozenset(words)
    query = EventQuery(
        types=some, sources=some, batches=some, place_ids=some, actors=some, countries=some,
        text=" ".join(words), start=date(2023, 1, 1),
    )  # fmt: skip
    table.counts(query)
    table.listed(query, order=Order(words[0]))
    table.where("title", words[0])
    table.events(words)
    table.events(words * 20)
    table.joins(words[0])
    table.map_columns(words)
    near_events(table, {**events.iloc[0], "event_id": words[0]})
    table.close()
    return database.asked


WORD = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(
    lambda word: word.split() == [word] and word not in EVENT_COLUMNS
)


@settings(max_examples=25)
@given(words=st.lists(WORD, min_size=2, max_size=2, unique=True))
@example(words=["';DROP/**/TABLE/**/events;--", "$v0"])
@example(words=["{0}", "\\"])
def test_questions_are_the_same_whatever_the_words_are(words: list[str]) -> None:
    """Words that people type or upload travel beside the SQL and are no part of it."""
    row = {"event_id": "e", "event_date": date(2023, 1, 2), "event_date_end": date(2023, 1, 2),
           "date_precision": "day", "geometry": shapely.Point(1, 2)}  # fmt: skip
    events = events_table([row])

    asked, plain = statements_with(words, events), statements_with(["one", "two"], events)

    assert [question for question, _ in asked] == [question for question, _ in plain]
    assert {word for _, bound in asked for word in bound} >= set(words)


@pytest.mark.parametrize("word", ["'; DROP TABLE events; --", "$v0", "\\", "%", "{0}"])
def test_words_of_people_never_become_sql(word: str) -> None:
    """A search field is not a console."""
    row = {"event_id": "a", "title": f"x {word} y", "geometry": shapely.Point(1, 2),
           "event_date": date(2023, 1, 1), "event_date_end": date(2023, 1, 1),
           "date_precision": "day", "event_type": word}  # fmt: skip
    table = table_of(events_table([row]), pd.DataFrame(columns=list(JOIN_COLUMNS)))

    query = EventQuery(text=word, types=frozenset({word}))
    assert table.counts(query).shown == 1
    assert table.listed(query)["event_type"].tolist() == [word]
    assert len(table) == 1
