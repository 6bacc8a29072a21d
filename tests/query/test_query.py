"""The promises of the query room: one verdict for each event, and counts that add up."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, Point

from geomap.errors import InputError
from geomap.query import (
    NOT_STATED,
    EventQuery,
    NumberRange,
    Verdict,
    classify_events,
    count_events,
    day_histogram,
    filter_events,
)
from geomap.tables import empty_events, events_table

DEATHS = {"fatalities": 3}
MARCH = EventQuery(start=date(2023, 3, 1), end=date(2023, 3, 31))


def record(event_id: str = "a", **values: Any) -> dict[str, Any]:
    base = {
        "event_id": event_id,
        "event_date": date(2023, 3, 5),
        "event_date_end": date(2023, 3, 5),
        "date_precision": "day",
        "status": "reported",
        "geo_precision": "exact",
        "geometry": Point(46.0, 40.0),
    }
    return {**base, **values}


def span(start: date, end: date | None, precision: str) -> dict[str, Any]:
    return {"event_date": start, "event_date_end": end, "date_precision": precision}


def verdict_of(query: EventQuery, **values: Any) -> str:
    return str(classify_events(events_table([record(**values)]), query).iloc[0])


UNDATED = {"event_date": None, "event_date_end": None, "date_precision": None}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, "shown"),
        (span(date(2023, 2, 20), date(2023, 3, 1), "day"), "shown"),
        (span(date(2023, 3, 31), date(2023, 3, 31), "day"), "shown"),
        (span(date(2023, 4, 1), date(2023, 4, 1), "day"), "outside_dates"),
        (span(date(2023, 3, 1), date(2023, 3, 31), "month"), "shown"),
        (span(date(2023, 2, 27), date(2023, 3, 5), "week"), "possible"),
        (span(date(2023, 1, 1), date(2023, 12, 31), "year"), "possible"),
        (span(date(2023, 3, 25), date(2023, 4, 2), "range"), "possible"),
        (span(date(2023, 4, 1), date(2023, 4, 30), "month"), "outside_dates"),
        (
            {**span(date(2022, 12, 12), None, "open"), "last_confirmed": date(2023, 3, 1)},
            "shown",
        ),
        (
            {**span(date(2022, 12, 12), None, "open"), "last_confirmed": date(2023, 2, 28)},
            "possible",
        ),
        (span(date(2022, 12, 12), None, "open"), "possible"),
        (span(date(2023, 3, 31), None, "open"), "shown"),
        (span(date(2023, 4, 1), None, "open"), "outside_dates"),
        (UNDATED, "undated"),
        ({"geometry": None}, "unplaced"),
        ({"geometry": Point()}, "unplaced"),
        ({**UNDATED, "geometry": None}, "undated"),
    ],
)
def test_classify_events_follows_the_time_rule(values: dict[str, Any], expected: str) -> None:
    """What a window shows must not depend on how exactly a source could tell the day."""
    assert verdict_of(MARCH, **values) == expected


@pytest.mark.parametrize(
    ("query", "values", "expected"),
    [
        (EventQuery(types=frozenset({"protest"})), {"event_type": "protest"}, "shown"),
        (EventQuery(types=frozenset({"protest"})), {"event_type": None}, "filtered"),
        (EventQuery(sources=frozenset({"Wire"})), {"source": "Wire"}, "shown"),
        (EventQuery(statuses=frozenset({"denied"})), {}, "filtered"),
        (EventQuery(batches=frozenset({"b1"})), {"batch_id": "b1"}, "shown"),
        (EventQuery(precisions=frozenset({"day"})), {}, "shown"),
        (EventQuery(precisions=frozenset({"zone"})), {}, "filtered"),
        (EventQuery(precisions=frozenset({"day", "zone"})), {}, "filtered"),
        (EventQuery(precisions=frozenset({"day", "exact"})), {}, "shown"),
        (EventQuery(actors=frozenset({"Army"})), {"actor1": "Crowd", "actor2": "Army"}, "shown"),
        (EventQuery(actors=frozenset({"Army"})), {"actor1": "Army of Chad"}, "filtered"),
        (EventQuery(actors=frozenset({NOT_STATED})), {"actor1": "Army"}, "filtered"),
        (EventQuery(actors=frozenset({NOT_STATED, "Army"})), {}, "shown"),
        (EventQuery(countries=frozenset({"Chad"})), {"country": "Chad"}, "shown"),
        (EventQuery(fatalities=NumberRange(1)), {"fatalities": 1}, "shown"),
        (EventQuery(fatalities=NumberRange(None, 0)), {"fatalities": 0}, "shown"),
        (EventQuery(fatalities=NumberRange(0)), {}, "filtered"),
        (EventQuery(fatalities=NumberRange(5)), {**DEATHS, "fatalities_high": 6}, "possible"),
        (EventQuery(fatalities=NumberRange(3)), {**DEATHS, "fatalities_low": 1}, "shown"),
        (EventQuery(fatalities=NumberRange(3, 9)), {"fatalities_low": 3}, "possible"),
        (EventQuery(fatalities=NumberRange(3)), {"fatalities_low": 3}, "shown"),
        (EventQuery(fatalities=NumberRange(4)), {"fatalities_high": 3}, "filtered"),
        (EventQuery(text="ROAD blocked"), {"title": "Blocked", "notes": "the road"}, "shown"),
        (EventQuery(text="r.ad"), {"notes": "the road"}, "filtered"),
        (EventQuery(text="ХАНКЕНДИ"), {"place_name": "Ханкенди"}, "shown"),
        (EventQuery(place_ids=frozenset({"p2"})), {"place_ids": "p1;p2"}, "shown"),
        (EventQuery(place_ids=frozenset({"p"})), {"place_ids": "p1;p2"}, "filtered"),
        (EventQuery(bbox=(45, 39, 47, 41)), {}, "shown"),
        (EventQuery(bbox=(46, 40, 46, 40)), {}, "shown"),
        (EventQuery(bbox=(47, 39, 48, 41)), {}, "filtered"),
        (EventQuery(bbox=(170, 39, -170, 41)), {"geometry": Point(-175, 40)}, "shown"),
        (EventQuery(bbox=(170, 39, -170, 41)), {}, "filtered"),
    ],
)
def test_classify_events_applies_each_filter(
    query: EventQuery, values: dict[str, Any], expected: str
) -> None:
    """Each control of the page and each option of the command line does what it says."""
    assert verdict_of(query, **values) == expected


def test_classify_events_tests_a_line_itself_and_not_its_bounds() -> None:
    """A road round a region must not be counted as an event inside it."""
    corner = LineString([(0, 0), (0, 10), (10, 10)])

    assert verdict_of(EventQuery(bbox=(5, 1, 9, 5)), geometry=corner) == "filtered"
    assert verdict_of(EventQuery(bbox=(-1, 4, 1, 5)), geometry=corner) == "shown"


def test_classify_events_gives_the_first_verdict_that_fits() -> None:
    """An event is counted once: a filtered one is not also outside the dates."""
    query = EventQuery(start=date(2024, 1, 1), types=frozenset({"protest"}))

    assert verdict_of(query) == "filtered"
    assert verdict_of(query, geometry=None) == "unplaced"
    assert verdict_of(query, event_type="protest") == "outside_dates"


def test_classify_events_takes_places_from_joins() -> None:
    """An event that only possibly lies in a zone is possible when the zone is asked for."""
    events = events_table([record("sure"), record("maybe"), record("no")])
    joins = pd.DataFrame(
        {
            "event_id": ["sure", "maybe", "no"],
            "place_id": ["zone", "zone", "other"],
            "relation": "in",
            "metres": 0.0,
            "certain": [True, False, True],
        }
    )

    verdicts = classify_events(events, EventQuery(place_ids=frozenset({"zone"})), joins=joins)

    assert verdicts.tolist() == ["shown", "possible", "filtered"]


def test_classify_events_keeps_the_index() -> None:
    """Callers align the verdicts with columns of their own."""
    events = events_table([record("a"), record("b", geometry=None)]).set_index(pd.Index([7, 3]))

    verdicts = classify_events(events, EventQuery())

    assert verdicts.to_dict() == {7: "shown", 3: "unplaced"}


@pytest.mark.parametrize(
    "make",
    [
        lambda: EventQuery(start=date(2023, 2, 2), end=date(2023, 2, 1)),
        lambda: EventQuery(statuses=frozenset({"rumour"})),
        lambda: EventQuery(precisions=frozenset({"roughly"})),
        lambda: EventQuery(bbox=(0, 10, 1, 5)),
        lambda: EventQuery(fatalities=NumberRange()),
        lambda: EventQuery(fatalities=NumberRange(5, 1)),
        lambda: EventQuery(fatalities=NumberRange(-1)),
        lambda: EventQuery(bbox=(float("nan"), 0, 1, 1)),
    ],
)
def test_event_query_refuses_what_no_event_can_meet(make: Callable[[], EventQuery]) -> None:
    """A slip of the fingers must not look like an empty region."""
    with pytest.raises(InputError):
        make()


def test_event_query_says_itself_in_words() -> None:
    """A figure's caption must tell what was asked for."""
    query = EventQuery(start=date(2023, 3, 1), types=frozenset({"b", "a"}), text="road")

    assert query.in_words() == "from 2023-03-01; type a or b; text 'road'"
    assert EventQuery().in_words() == "all dates"
    actors = EventQuery(actors=frozenset({"Army", NOT_STATED}), fatalities=NumberRange(1, 5))
    left_out = "(events without a number left out)"
    assert actors.in_words() == f"all dates; actor not stated or Army; fatalities 1 to 5 {left_out}"
    assert EventQuery().is_empty
    assert not query.is_empty


DAYS = st.dates(date(2022, 12, 1), date(2023, 2, 1))


@st.composite
def event_records(draw: st.DrawFn) -> dict[str, Any]:
    start = draw(DAYS)
    precision = draw(st.sampled_from(["day", "week", "month", "year", "range", "open", None]))
    end = start + timedelta(days=draw(st.integers(0, 20)))
    values = {
        "event_id": "x",
        "event_date": start if precision else None,
        "event_date_end": end if precision not in {"open", None} else None,
        "date_precision": precision,
        "last_confirmed": draw(st.none() | DAYS),
        "event_type": draw(st.sampled_from(["protest", "battle", None])),
        "geometry": draw(st.sampled_from([Point(46, 40), Point(0, 0), None])),
    }
    if values["last_confirmed"] and values["last_confirmed"] < start:
        values["last_confirmed"] = None
    return values


@st.composite
def tables(draw: st.DrawFn) -> gpd.GeoDataFrame:
    rows = draw(st.lists(event_records(), max_size=8))
    return events_table([{**row, "event_id": f"e{n}"} for n, row in enumerate(rows)])


@st.composite
def queries(draw: st.DrawFn) -> EventQuery:
    low, high = sorted([draw(DAYS), draw(DAYS)])
    return EventQuery(
        start=draw(st.sampled_from([None, low])),
        end=draw(st.sampled_from([None, high])),
        types=draw(st.sampled_from([frozenset(), frozenset({"protest"})])),
        bbox=draw(st.sampled_from([None, (45.0, 39.0, 47.0, 41.0)])),
    )


@given(events=tables(), query=queries())
def test_count_events_always_adds_up(events: gpd.GeoDataFrame, query: EventQuery) -> None:
    """Six counts and a total: no event is lost and none is counted twice."""
    counts = count_events(events, query).as_dict()

    assert next(iter(counts)) == "total"
    assert counts["total"] == len(events) == sum(counts.values()) - counts["total"]


@given(events=tables(), query=queries())
def test_filter_events_keeps_exactly_what_is_counted(
    events: gpd.GeoDataFrame, query: EventQuery
) -> None:
    """The map and the line above it must agree."""
    counts = count_events(events, query)

    assert len(filter_events(events, query)) == counts.shown + counts.possible
    assert len(filter_events(events, query, keep=[Verdict.UNPLACED])) == counts.unplaced


@given(events=tables(), query=queries())
def test_day_histogram_agrees_with_a_window_of_one_day(
    events: gpd.GeoDataFrame, query: EventQuery
) -> None:
    """A bar of the histogram is what the map shows when that day is picked."""
    histogram = day_histogram(events, query)

    for stamp in histogram.index[::5]:
        day = stamp.date()
        counts = count_events(
            events, EventQuery(start=day, end=day, types=query.types, bbox=query.bbox)
        )
        assert histogram.loc[stamp].tolist() == [counts.shown, counts.possible]


def test_an_empty_table_gives_zeros_and_an_empty_histogram() -> None:
    """The first start of an empty workspace must draw a page, not an error."""
    assert sum(count_events(empty_events(), MARCH).as_dict().values()) == 0
    assert day_histogram(empty_events(), MARCH).empty


def test_counts_read_as_one_sentence() -> None:
    """The page and the command line print the same line."""
    counts = count_events(events_table([record("a"), record("b", geometry=None)]), MARCH)

    assert counts.sentence() == (
        "1 shown + 0 possible of 2 · 0 outside the dates · 0 filtered · 1 unplaced · 0 undated"
    )
