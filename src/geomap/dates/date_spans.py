"""Spans of days from parts of dates: a month, a third of it, a week, a half-year.

Early, mid and late are the days 1-10, 11-20 and 21 to the end of a month, and the months
January-April, May-August and September-December of a year.
"""

from __future__ import annotations

from datetime import date, timedelta

from geomap.dates.date_tokens import FIRST_YEAR, LAST_YEAR
from geomap.model import DatePrecision, DateSpan


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
