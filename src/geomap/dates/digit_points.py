"""Points in time that a cell writes in digits: 2021-05-13, 13/05/2021, 2021-W19, 202105.

Zeros and letters in place of a part mean that it is not known.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from geomap.dates.cell_points import Given, OutOfRangeError, Point, full_year
from geomap.dates.date_spans import is_written_year
from geomap.dates.date_tokens import valid_day

_NO_PART = r"0{1,2}|[x?_*]{1,2}|--|dd|mm|jj|tt|uu"
_TWO = rf"\d{{1,2}}|{_NO_PART}"
_SEPARATOR = r"[-/.\u2010-\u2012 ]"
_YEAR_FIRST = re.compile(rf"x?(\d{{4}})({_SEPARATOR})({_TWO})\2({_TWO})\.?")
_YEAR_LAST = re.compile(rf"({_TWO})({_SEPARATOR})\s?({_TWO})\2\s?(\d{{4}}|(?<=[/.\s])\d{{2}})\.?")
_YEAR_MONTH = re.compile(rf"x?(\d{{4}})[-/.]({_TWO})|({_TWO})[-/.](\d{{4}})")
_YEAR = re.compile(r"x?(\d{4})")
_DASHED = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{2})")
_FAR_YEAR = re.compile(r"(?:[+-]\d{4,6}|\d{5,6})[-/]\d{1,2}[-/]\d{1,2}")
_YEARS = re.compile(r"(\d{3})[xu]|(\d{2})(?:xx|uu)")
_DAY_OF_YEAR = re.compile(r"(\d{4})-?(\d{3})")
_WEEK = re.compile(r"(\d{4})-?w(\d{1,2})(?:-?([1-7]))?")
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})(?:t?\d{4}(?:\d{2}(?:\d{3,6})?)?z?)?")
_PACKED_LAST = re.compile(r"(\d{2})(\d{2})(\d{4})")
_PACKED_MONTH = re.compile(r"(\d{4})(\d{2})")
_CJK = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월](?:\s?(\d{1,2})\s?[日号號일])?")
_CJK_YEAR = re.compile(r"(\d{4})\s?[年년]")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:/(\d{1,2})|\.(\d{1,2})\.)")


def digits_point(text: str, given: Given) -> Point | None:
    """Return the point that a text in digits is, None where its form is none that we know.

    Parameters
    ----------
    text, given
        Folded text without a time of day; what is known round it.
    """
    for pattern, reader in _NOTATIONS:
        match = pattern.fullmatch(text)
        point = reader(match, given) if match else None
        if point:
            return point
    return None


def _dashed(match: re.Match[str], given: Given) -> Point | None:
    """Return the day of 05-03-68 or 68-03-05; where both ends may be the year, the column says."""
    first, second, third = (int(part) for part in match.groups())
    place = "first" if first > 31 else "last" if third > 31 else given.dashed_year
    if place is None or (first > 31 and third > 31):
        return None
    if place == "first":
        return Point("day", full_year(first, given), second, third, short_year=True)
    day, month = (first, second) if given.order == "dmy" else (second, first)
    return Point("day", full_year(third, given), month, day, short_year=True)


def _number(part: str | None) -> int | None:
    """Return a part in digits, None where zeros or letters stand in its place."""
    return int(part) if part and part.isdigit() and int(part) else None


def _ymd(year: int, month: int | None, day: int | None, given: Given) -> Point:
    """Return the most exact point of the parts that are known."""
    calendar = given.calendar
    if month is None:
        return Point("year", year, calendar=calendar)
    if day is None:
        return Point("month", year, month, calendar=calendar)
    return Point("day", year, month, day, calendar=calendar)


def _year_first(match: re.Match[str], given: Given) -> Point:
    year, month, day = int(match[1]), _number(match[3]), _number(match[4])
    if (match[1], month, day) == ("1900", 1, None):
        raise OutOfRangeError(match[0])  # the day 0 of a spreadsheet
    return _ymd(year, month, day, given)


def _year_last(match: re.Match[str], given: Given) -> Point:
    short = len(match[4]) == 2
    year = full_year(int(match[4]), given) if short else int(match[4])
    first, second = _number(match[1]), _number(match[3])
    if first is None or second is None:
        known = first or second
        month = known if known is not None and known < 13 else None
        return _ymd(year, month, None, given)
    day, month = (first, second) if given.order == "dmy" else (second, first)
    return Point("day", year, month, day, calendar=given.calendar, short_year=short)


def _year_month(match: re.Match[str], given: Given) -> Point | None:
    year, month = int(match[1] or match[4]), _number(match[2] or match[3])
    if match[1] and month is not None and month > max(12, year % 100):
        return None  # two years: 1942-45
    return _ymd(year, month, None, given)


def _day_of_year(match: re.Match[str], _given: Given) -> Point | None:
    year, number = int(match[1]), int(match[2])
    if not is_written_year(year):
        return None
    day = date(year, 1, 1) + timedelta(days=number - 1)
    return Point("day", year, day.month, day.day) if day.year == year else None


def _week(match: re.Match[str], _given: Given) -> Point:
    year, week = int(match[1]), int(match[2])
    if not match[3]:
        return Point("week", year, number=week)
    day = date.fromisocalendar(year, week, int(match[3]))
    return Point("day", day.year, day.month, day.day)


def _packed(match: re.Match[str], _given: Given) -> Point | None:
    year, month, day = (int(part) for part in match.groups())
    return Point("day", year, month, day) if valid_day(year, month, day) else None


def _packed_last(match: re.Match[str], given: Given) -> Point | None:
    first, second, year = (int(part) for part in match.groups())
    day, month = (first, second) if given.order == "dmy" else (second, first)
    return Point("day", year, month, day) if valid_day(year, month, day) else None


def _packed_month(match: re.Match[str], _given: Given) -> Point | None:
    year, month = int(match[1]), int(match[2])
    return Point("month", year, month) if is_written_year(year) and 1 <= month <= 12 else None


def _years(match: re.Match[str], _given: Given) -> Point:
    if match[1]:
        return Point("decade", int(match[1]) * 10, number=10)
    return Point("decade", int(match[2]) * 100, number=100)


def _day_month(match: re.Match[str], given: Given) -> Point | None:
    first, second = int(match[1]), int(match[2] or match[3])
    day, month = (first, second) if given.order == "dmy" or match[3] else (second, first)
    return Point("day", None, month, day) if valid_day(2000, month, day) else None


def _far_year(match: re.Match[str], _given: Given) -> Point | None:
    raise OutOfRangeError(match[0])


_NOTATIONS = (
    (_YEAR_FIRST, _year_first),
    (_YEAR_LAST, _year_last),
    (_YEAR_MONTH, _year_month),
    (_YEAR, lambda it, g: Point("year", int(it[1]), calendar=g.calendar)),
    (_YEARS, _years),
    (_FAR_YEAR, _far_year),
    (_DASHED, _dashed),
    (_DAY_OF_YEAR, _day_of_year),
    (_WEEK, _week),
    (_PACKED, _packed),
    (_PACKED_LAST, _packed_last),
    (_PACKED_MONTH, _packed_month),
    (_CJK, lambda it, g: _ymd(int(it[1]), int(it[2]), _number(it[3]), g)),
    (_CJK_YEAR, lambda it, _: Point("year", int(it[1]))),
    (_DAY_MONTH, _day_month),
)
"""The notations of a point in digits, each with its reader; the first that reads it counts."""
