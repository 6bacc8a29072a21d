"""What a person may type as the value of a field, and what is refused with a sentence."""

from __future__ import annotations

import pytest

from geomap.decisions import check_values, read_value, words_of_values
from geomap.errors import InputError


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2023-03-05", "5 March 2023"),
        ("2023-03", "in March 2023"),
        ("2023", "in 2023"),
        ("early March 2023", "between 1 and 10 March 2023"),
        ("2023-03-01..2023-03-07", "between 1 and 7 March 2023"),
        ("2023-03-01..", "1 March 2023, ongoing"),
        ("", "not stated"),
    ],
)
def test_read_value_takes_dates_of_any_precision(text: str, words: str) -> None:
    """A correction is as exact as what its author knows, and no more."""
    assert words_of_values(read_value("date", text), "date") == words


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("5", [5, None, None]),
        ("3..8", [None, 3, 8]),
        ("5 (3..8)", [5, 3, 8]),
        ("..8", [None, None, 8]),
        ("", [None, None, None]),
    ],
)
def test_read_value_takes_deaths_with_estimates(text: str, numbers: list[int | None]) -> None:
    """The best number and the bounds stay apart."""
    assert list(read_value("fatalities", text).values()) == numbers


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("colour", "red", "no field 'colour'"),
        ("date", "soon", "'soon' is not a date"),
        ("date", "03/04/2023", "several ways"),
        ("date", "2023-02-30..2023-03-07", "date:"),
        ("date", "2023-03-07..2023-03-01", "ends"),
        ("fatalities", "many", "is not a number"),
        ("fatalities", "9 (3..8)", "at most"),
        ("status", "true", "not one of reported"),
        ("actors", "a; b; c", "two sides"),
        ("title", "x" * 10_001, "characters"),
    ],
)
def test_read_value_refuses_what_no_event_can_have(field: str, text: str, words: str) -> None:
    """Whoever mistyped learns what would be understood."""
    with pytest.raises(InputError, match=words):
        read_value(field, text)


@pytest.mark.parametrize("geometry", ["POINT EMPTY", "POINT (200 10)", "POINT (x y)", "nowhere"])
def test_check_values_refuses_a_place_that_is_not_on_earth(geometry: str) -> None:
    """No decision from elsewhere can bring a geometry that a map cannot draw."""
    values = dict.fromkeys(("place_id", "place_ids", "place_name", "uncertainty_km"))

    with pytest.raises(InputError, match="place:"):
        check_values({**values, "geo_precision": "exact", "geometry": geometry}, "place")
