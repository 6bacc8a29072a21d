"""A query as text and as JSON: what is written is read back, whatever the criteria."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.query import NOT_STATED, EventQuery, NumberRange
from geomap.query.forms import (
    query_as_json,
    query_from_json,
    read_range,
    texts_of,
    value_of,
    write_range,
)
from geomap.vocabulary.criteria import CRITERIA

WORDS = st.frozensets(st.text(max_size=5), max_size=3)


@st.composite
def queries(draw: st.DrawFn) -> EventQuery:
    low, more = draw(st.integers(0, 9)), draw(st.integers(0, 9))
    bbox, corners = (170.0, -20.0, -170.0, 10.5), ((46.0, 39.0), (47.5, 39.0), (47.0, 40.25))
    numbers = [None, NumberRange(low), NumberRange(None, low), NumberRange(low, low + more)]
    return EventQuery(
        start=draw(st.sampled_from([None, date(2022, 12, 1)])),
        end=draw(st.sampled_from([None, date(2023, 1, 2)])),
        types=draw(WORDS),
        statuses=draw(st.sampled_from([frozenset(), frozenset({"denied", NOT_STATED})])),
        precisions=draw(st.sampled_from([frozenset(), frozenset({"day", "zone"})])),
        actors=draw(WORDS),
        countries=draw(WORDS),
        fatalities=draw(st.sampled_from(numbers)),
        place_ids=draw(WORDS),
        text=draw(st.text(max_size=8)),
        bbox=draw(st.sampled_from([None, bbox])),
        polygon=draw(st.sampled_from([(), corners])),
    )


@given(queries())
def test_a_query_comes_back_from_its_texts(query: EventQuery) -> None:
    """The command on a figure selects the same events again."""
    values = {one.field: value_of(one, texts_of(one, value)) for one, value in query.values()}

    assert EventQuery(**values) == query


@given(queries())
def test_a_query_comes_back_from_json(query: EventQuery) -> None:
    """A manifest holds the whole query, and only what is set."""
    written = query_as_json(query)

    assert query_from_json(json.loads(json.dumps(written))) == query
    assert set(written) == {criterion.field for criterion, _ in query.values()}
    assert query_from_json({"colour_of_the_sky": ["blue"]}) == EventQuery()


def test_texts_of_nothing_are_none() -> None:
    """An option that is not given says nothing."""
    assert all(texts_of(one, getattr(EventQuery(), one.field)) == [] for one in CRITERIA)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("5", (5, None)), ("5..", (5, None)), ("..5", (None, 5)), ("1..5", (1, 5)), ("0..0", (0, 0))],
)
def test_read_range_reads_open_ends(text: str, numbers: tuple[int | None, int | None]) -> None:
    """A bare number is the least: `--fatalities MIN[..MAX]`."""
    assert read_range(text) == numbers
    assert read_range(write_range(NumberRange(*numbers))) == numbers


@pytest.mark.parametrize("text", ["", "..", "5..1", "-1", "1.5", "1...5", "many", "1..5..9", "٣"])
def test_read_range_refuses_the_rest(text: str) -> None:
    """A slip must not select everything."""
    with pytest.raises(ValueError, match=r".*"):
        read_range(text)
