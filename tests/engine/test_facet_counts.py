"""The numbers beside the words of a filter are those of the events that have them."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from geomap.engine.facet_counts import number_extent, word_counts
from geomap.query.sql_functions import FUNCTIONS
from geomap.store import Database
from geomap.store.schemas import to_arrow
from geomap.tables import events_table
from geomap.vocabulary.criteria import FACETS, Kind

ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "actor1": st.sampled_from(["Army", "Crowd", None]),
            "actor2": st.sampled_from(["Army", None]),
            "status": st.sampled_from(["denied", "reported", None]),
            "geo_precision": st.sampled_from(["exact", None]),
            "fatalities": st.none() | st.integers(0, 9),
            "fatalities_high": st.none() | st.integers(0, 9),
        }
    ),
    max_size=8,
)


@given(ROWS)
def test_word_counts_count_an_event_once_for_each_of_its_words(rows: list[dict[str, Any]]) -> None:
    """Whoever fights on both sides is one choice, and a gap is a choice too."""
    database = Database(FUNCTIONS)
    records = [{**row, "event_id": f"e{n}"} for n, row in enumerate(rows)]
    database.add("events", to_arrow("events", events_table(records)))

    for criterion in FACETS:
        columns = [column.name for column in criterion.columns]
        each: list[set[Any]] = [{row.get(name) for name in columns} - {None} for row in rows]
        if criterion.kind is Kind.RANGE:
            numbers: list[int] = [n for values in each for n in values]
            known = sum(map(bool, each))
            wanted = (min(numbers), max(numbers), known) if numbers else None
            assert number_extent(database, criterion) == wanted
            continue
        counts = word_counts(database, criterion)
        words = {word for values in each for word in values}
        expected = {word: sum(word in values for values in each) for word in words}
        missing = sum(not values for values in each)
        is_apart = len(columns) > 1 and bool(criterion.words)
        assert counts == expected | ({None: missing} if missing and not is_apart else {})
        assert list(counts.values()) == sorted(counts.values(), reverse=True) or is_apart
    database.close()
