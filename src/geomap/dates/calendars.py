"""Days of the calendars in which tables of Iran, Afghanistan and Ethiopia are written.

The solar Hijri calendar follows the breaks of K. M. Borkowski, "The Persian calendar for 3000
years" (Earth, Moon, and Planets 74, 1996): from 1210 to 1634 a cycle of 33 years with 8 leap
years. The Ethiopian one follows N. Dershowitz and E. M. Reingold, "Calendrical Calculations".
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from geomap.dates.date_spans import day_span, range_span
from geomap.model import DateSpan

Calendar = Literal["gregorian", "jalali", "ethiopian"]

JALALI_YEARS = range(1210, 1634)
"""Years that the cycle of the solar Hijri calendar holds for: 1831 to 2255."""
_NOWRUZ_1400 = date(2021, 3, 21)
_ETHIOPIAN_YEARS = range(1700, 2193)
_ETHIOPIAN_EPOCH = 2431
"""What the count of Ethiopian days lacks to `date.toordinal`."""


def calendar_span(calendar: Calendar, year: int, month: int | None, day: int | None) -> DateSpan:
    """Return the Gregorian days of a date, month or year of another calendar.

    A month or year of another calendar is no Gregorian one: its precision is a range.

    Raises
    ------
    ValueError
        When that calendar has no such day.
    """
    if not is_in_calendar(calendar, year):
        message = f"The year {year} is beyond the {calendar} calendar."
        raise ValueError(message)
    length = _month_length(calendar, year, month or 1)
    if day is not None and not 1 <= day <= length:
        message = f"The month {month} of {year} has no day {day}."
        raise ValueError(message)
    first = _day(calendar, year, month or 1, day or 1)
    if day is not None:
        return day_span(first)
    if month is not None:
        return range_span(first, first + timedelta(days=length - 1))
    return range_span(first, _day(calendar, year + 1, 1, 1) - timedelta(days=1))


def is_in_calendar(calendar: Calendar, year: int) -> bool:
    """Return whether a year of another calendar is one that events have."""
    return year in (JALALI_YEARS if calendar == "jalali" else _ETHIOPIAN_YEARS)


def _day(calendar: Calendar, year: int, month: int, day: int) -> date:
    if calendar == "ethiopian":
        return date.fromordinal(_ETHIOPIAN_EPOCH + 365 * year + year // 4 + 30 * month + day - 31)
    passed = 31 * (month - 1) if month < 8 else 186 + 30 * (month - 7)
    return _nowruz(year) + timedelta(days=passed + day - 1)


def _month_length(calendar: Calendar, year: int, month: int) -> int:
    if not 1 <= month <= (13 if calendar == "ethiopian" else 12):
        message = f"The {calendar} calendar has no month {month}."
        raise ValueError(message)
    if calendar == "ethiopian":
        return 30 if month < 13 else 5 + (year % 4 == 3)
    return 31 if month < 7 else 30 if month < 12 else 29 + _is_jalali_leap(year)


def _is_jalali_leap(year: int) -> bool:
    place = (year - JALALI_YEARS.start + 1) % 33
    return place > 0 and place % 4 == 1


@lru_cache(maxsize=1024)
def _nowruz(year: int) -> date:
    """Return the first day of a solar Hijri year."""
    between = range(min(year, 1400), max(year, 1400))
    days = 365 * len(between) + sum(map(_is_jalali_leap, between))
    return _NOWRUZ_1400 + timedelta(days=days if year > 1400 else -days)
