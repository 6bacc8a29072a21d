"""The days of an event in words, as a person would write them.

A duration known to the day reads "3-7 May 2023"; days of which only some are meant read
"between 3 and 7 May 2023". Missing days give an empty text.
"""

from __future__ import annotations

from datetime import date, timedelta

from geomap.dates.date_spans import last_of_month
from geomap.model import DatePrecision

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


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
    start, end, precision
        As in a `DateSpan` or a row of an events table (timestamps will do).
    last_confirmed
        The last day on which an open event was reported to go on.
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
        return f"in {_MONTHS[first.month - 1]} {first.year}"
    if precision == DatePrecision.WEEK and last - first == timedelta(days=6):
        return f"in the week of {_joined(first, last, '-')}"
    if first == last:
        return _full(first)
    if precision == DatePrecision.DAY:
        return _joined(first, last, "-")
    return f"between {_joined(first, last, ' and ')}"


def _day(value: date | None) -> date | None:
    """Return a plain day of a day, a timestamp or a missing value (NaT differs from itself)."""
    if value is None or value != value:
        return None
    return date(value.year, value.month, value.day)


def _full(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _joined(first: date, last: date, joint: str) -> str:
    """Return both days, without the month and year that they share."""
    if first.year != last.year:
        wide = joint if joint.strip() != "-" else " - "
        return f"{_full(first)}{wide}{_full(last)}"
    if first.month != last.month:
        wide = joint if joint.strip() != "-" else " - "
        return f"{first.day} {_MONTHS[first.month - 1]}{wide}{_full(last)}"
    return f"{first.day}{joint}{_full(last)}"


def _is_year(first: date, last: date) -> bool:
    return first.year == last.year and (first.month, first.day, last.month, last.day) == (
        1,
        1,
        12,
        31,
    )


def _is_month(first: date, last: date) -> bool:
    return first.day == 1 and last == last_of_month(first.year, first.month)
