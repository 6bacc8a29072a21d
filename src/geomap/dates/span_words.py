"""The days of an event in words, as a person would write them.

A duration known to the day reads "3-7 May 2023"; an event on some day within a span reads
"between 3 and 7 May 2023". Missing days give an empty text.
"""

from __future__ import annotations

from datetime import date, timedelta

from geomap.dates.date_spans import last_of_month
from geomap.model import DatePrecision
from geomap.vocabulary import ENGLISH_MONTHS


def words_of_span(
    start: date | None,
    end: date | None,
    precision: str | None,
    *,
    last_confirmed: date | None = None,
) -> str:
    """Return the span in words; an empty text when it has no start.

    Parameters
    ----------
    start, end
        First and last day, both included, as dates or timestamps; NaT counts as missing.
    precision
        Value of a `DatePrecision`.
    last_confirmed
        Last day on which an open event was reported to go on.

    Returns
    -------
    words
        English words, such as "between 3 and 7 May 2023".
    """
    first, last, sure = _day(start), _day(end), _day(last_confirmed)
    if first is None:
        return ""
    if last is None or precision == DatePrecision.OPEN:
        known = f" (last confirmed {_full(sure)})" if sure else ""
        return f"{_full(first)}, ongoing{known}"
    if precision == DatePrecision.YEAR and _is_year(first, last):
        return f"in {first.year}"
    if precision == DatePrecision.MONTH and _is_month(first, last):
        return f"in {ENGLISH_MONTHS[first.month - 1]} {first.year}"
    if precision == DatePrecision.WEEK and last - first == timedelta(days=6):
        return f"in the week of {_joined(first, last, '-')}"
    if first == last:
        return _full(first)
    if precision == DatePrecision.DAY:
        return _joined(first, last, "-")
    return f"between {_joined(first, last, ' and ')}"


def _day(value: date | None) -> date | None:
    """Return the plain date of a date or timestamp, None for a missing value."""
    if value is None or value != value:  # NaT differs from itself
        return None
    return date(value.year, value.month, value.day)


def _full(day: date) -> str:
    return f"{day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}"


def _joined(first: date, last: date, joint: str) -> str:
    """Return both days, without the month and year that they share."""
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}{joint}{_full(last)}"
    month = f"{first.day} {ENGLISH_MONTHS[first.month - 1]}"
    start = month if first.year == last.year else _full(first)
    return f"{start} {joint.strip()} {_full(last)}"


def _is_year(first: date, last: date) -> bool:
    return (first, last) == (date(first.year, 1, 1), date(first.year, 12, 31))


def _is_month(first: date, last: date) -> bool:
    return first.day == 1 and last == last_of_month(first.year, first.month)
