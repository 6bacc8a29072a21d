"""Spans of days from parts of dates, such as a month or a third of it, and spans in words.

Early, mid and late are the days 1-10, 11-20 and 21 to the end of a month, and the months
January-April, May-August and September-December of a year. In words, a duration known to the day
is "3-7 May 2023", an event on some day within a span "between 3 and 7 May 2023".
"""

from __future__ import annotations

from datetime import date, timedelta

from geomap.dates.date_tokens import FIRST_YEAR, LAST_YEAR
from geomap.model import DatePrecision, DateSpan
from geomap.vocabulary import ENGLISH_MONTHS


def day_span(day: date) -> DateSpan:
    """Return the span of one day."""
    return DateSpan(day, day, DatePrecision.DAY)


def range_span(start: date, end: date) -> DateSpan:
    """Return some day or days between two days, whichever comes first."""
    return DateSpan(min(start, end), max(start, end), DatePrecision.RANGE)


def open_span(start: date) -> DateSpan:
    """Return the span of an event that began on `start` and had not ended."""
    return DateSpan(start, None, DatePrecision.OPEN)


def month_span(year: int, month: int, part: str | None = None) -> DateSpan:
    """Return a month, or its "early", "mid" or "late" third."""
    first, last = date(year, month, 1), last_of_month(year, month)
    if part is None:
        return DateSpan(first, last, DatePrecision.MONTH)
    bounds = {"early": (1, 10), "mid": (11, 20), "late": (21, last.day)}
    start, end = bounds[part]
    return range_span(first.replace(day=start), first.replace(day=end))


def year_span(year: int, part: str | None = None) -> DateSpan:
    """Return a year, or its "early", "mid" or "late" third."""
    if part is None:
        return DateSpan(date(year, 1, 1), date(year, 12, 31), DatePrecision.YEAR)
    first, last = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}[part]
    return months_span(year, first, last)


def months_span(year: int, first: int, last: int) -> DateSpan:
    """Return some day or days within the months `first` to `last` of a year."""
    return range_span(date(year, first, 1), last_of_month(year, last))


def week_span(day: date) -> DateSpan:
    """Return the week, Monday to Sunday, that `day` lies in."""
    monday = day - timedelta(days=day.weekday())
    return DateSpan(monday, monday + timedelta(days=6), DatePrecision.WEEK)


def last_of_month(year: int, month: int) -> date:
    """Return the last day of a month."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def shift_month(day: date, months: int) -> tuple[int, int]:
    """Return the year and month that lie `months` after the month of `day`."""
    count = day.year * 12 + day.month - 1 + months
    return count // 12, count % 12 + 1


def is_written_year(year: int) -> bool:
    """Return whether `year` lies within the bounds that we take for real years."""
    return FIRST_YEAR <= year <= LAST_YEAR


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
    is_year = (first, last) == (date(first.year, 1, 1), date(first.year, 12, 31))
    if precision == DatePrecision.YEAR and is_year:
        return f"in {first.year}"
    is_month = first.day == 1 and last == last_of_month(first.year, first.month)
    if precision == DatePrecision.MONTH and is_month:
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
