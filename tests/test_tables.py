"""Promises of the events table's one check."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geomap.errors import SchemaError
from geomap.tables import (
    DAYS,
    EVENT_COLUMNS,
    cast_events,
    check_events,
    empty_events,
    events_table,
    is_unique,
)


@pytest.fixture
def events() -> gpd.GeoDataFrame:
    """Return three events: a dated place, an open one, one of which nothing is known."""
    return events_table(
        [
            {
                "event_id": "a",
                "event_date": "2023-01-02",
                "event_date_end": "2023-01-02",
                "date_precision": "day",
                "geometry": shapely.Point(46.75, 39.82),
            },
            {"event_id": "b", "event_date": "2022-12-12", "date_precision": "open"},
            {"event_id": "c"},
        ]
    )


def test_events_table_gives_each_column_its_dtype_even_without_rows() -> None:
    """Code that handles a table must also handle the empty one."""
    empty = empty_events()

    assert {name: str(empty[name].dtype) for name in EVENT_COLUMNS} == EVENT_COLUMNS
    assert empty.crs == "EPSG:4326"


def test_events_table_keeps_the_unknown_unknown(events: gpd.GeoDataFrame) -> None:
    """A missing value must not turn into a zero, an empty text or a day."""
    last = events.iloc[2]

    assert all(pd.isna(last[name]) for name in EVENT_COLUMNS if name != "event_id")
    assert last.geometry is None


def test_events_table_refuses_a_column_it_does_not_know() -> None:
    """A misspelt column would otherwise lose its values in silence."""
    with pytest.raises(SchemaError, match="'fatalitis'"):
        events_table([{"event_id": "a", "fatalitis": 3}])


def test_check_events_names_every_missing_column_at_once(events: gpd.GeoDataFrame) -> None:
    """A reader of the message can fix the file in one go."""
    broken = events.drop(columns=["source", "event_date"])

    with pytest.raises(SchemaError, match=r"'event_date' is missing; .*'source' is missing"):
        check_events(broken)


def test_check_events_refuses_another_crs(events: gpd.GeoDataFrame) -> None:
    """A join of tables in two reference systems only warns and gives wrong rows."""
    with pytest.raises(SchemaError, match="EPSG:3857"):
        check_events(events.to_crs("EPSG:3857"))


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("event_id", None, "'event_id' is missing"),
        ("event_id", "b", "'event_id' is double"),
        ("date_precision", "hour", "has the words"),
        ("date_precision", None, "missing exactly where 'event_date' is"),
        ("date_precision", "open", "missing exactly where the event is open"),
        ("status", "true", "has the words"),
        ("event_date_end", pd.Timestamp("2023-01-01"), "lies before"),
    ],
)
def test_check_events_names_the_broken_promise(
    events: gpd.GeoDataFrame, column: str, value: object, message: str
) -> None:
    """Each promise is held by the one check, not by each reader."""
    broken = events.copy()
    broken.loc[0, column] = value

    with pytest.raises(SchemaError, match=message):
        check_events(broken)


def test_cast_events_turns_text_into_days() -> None:
    """Readers hand over text and dates alike."""
    cast = cast_events(pd.DataFrame({"event_id": ["a"], "event_date": ["2022-12-12"]}))

    assert str(cast["event_date"].dtype) == DAYS
    assert cast.loc[0, "event_date"] == pd.Timestamp("2022-12-12")


@given(st.lists(st.one_of(st.none(), st.text(max_size=2)), max_size=8))
def test_is_unique_says_what_pandas_says(texts: list[str | None]) -> None:
    """It takes a tenth of the memory, and must not differ in a missing or an empty text."""
    column = pd.Series(texts, dtype="str")

    assert is_unique(column) == column.is_unique
