"""A span in words."""

from datetime import date

import pandas as pd
import pytest

from geomap.dates import words_of_span


@pytest.mark.parametrize(
    ("start", "end", "precision", "words"),
    [
        ("2022-12-12", "2022-12-12", "day", "12 December 2022"),
        ("2023-05-03", "2023-05-07", "day", "3-7 May 2023"),
        ("2023-04-28", "2023-05-02", "day", "28 April - 2 May 2023"),
        ("2022-12-30", "2023-01-02", "day", "30 December 2022 - 2 January 2023"),
        ("2023-05-03", "2023-05-07", "range", "between 3 and 7 May 2023"),
        ("2022-12-30", "2023-01-02", "range", "between 30 December 2022 and 2 January 2023"),
        ("2022-12-01", "2022-12-31", "month", "in December 2022"),
        ("2024-02-01", "2024-02-29", "month", "in February 2024"),
        ("2020-01-01", "2020-12-31", "year", "in 2020"),
        ("2023-03-06", "2023-03-12", "week", "in the week of 6-12 March 2023"),
        ("2022-12-12", None, "open", "12 December 2022, ongoing"),
        (None, None, None, ""),
    ],
)
def test_words_of_span_says_how_well_the_days_are_known(
    start: str | None, end: str | None, precision: str | None, words: str
) -> None:
    """A reader must see the difference between "on" and "some day between"."""
    first = date.fromisoformat(start) if start else None
    last = date.fromisoformat(end) if end else None

    assert words_of_span(first, last, precision) == words


def test_words_of_span_tells_when_an_open_event_was_last_seen() -> None:
    """An event that goes on is known to go on up to some day, and no further."""
    words = words_of_span(date(2022, 12, 12), None, "open", last_confirmed=date(2023, 3, 1))

    assert words == "12 December 2022, ongoing (last confirmed 1 March 2023)"


def test_words_of_span_takes_the_cells_of_an_events_table() -> None:
    """Timestamps and NaT come straight from the table."""
    start, end = pd.to_datetime(["2022-12-12", None])

    assert words_of_span(start, end, "open") == "12 December 2022, ongoing"
    assert words_of_span(end, end, "day") == ""
