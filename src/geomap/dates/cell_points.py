"""One point in time as a cell of a table writes it: a day, a month, a year or a named part.

Parts that are not written stay open, so that the other end of a range, or a column of years, can
give them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice, product
from typing import Literal, NamedTuple

from geomap.dates import date_spans
from geomap.dates.calendars import Calendar, calendar_span, is_in_calendar
from geomap.dates.cell_words import CellToken, Meaning
from geomap.dates.date_spans import is_written_year
from geomap.dates.date_tokens import valid_day
from geomap.model import DatePrecision, DateSpan

Order = Literal["dmy", "mdy"]
Part = Literal["day", "month", "year", "quarter", "half", "week", "season", "decade"]


class Given(NamedTuple):
    """What is known round a cell: the order of its digits, years, and its calendar.

    `first_year` is the first of the hundred years that two digits may mean; `year` the year of a
    day that is written without one.
    """

    order: Order = "dmy"
    first_year: int = 1969
    year: int | None = None
    calendar: Calendar = "gregorian"


class OutOfRangeError(ValueError):
    """A year that is a placeholder, or beyond what an event can have."""


@dataclass(frozen=True, slots=True)
class Point:
    """The parts of a date that are written; `number` counts its quarter, half, week or season."""

    part: Part
    year: int | None = None
    month: int | None = None
    day: int | None = None
    number: int = 0
    third: str | None = None
    calendar: Calendar = "gregorian"
    short_year: bool = False

    def span(self) -> DateSpan:
        """Return the days of a point that has its year.

        Raises
        ------
        ValueError
            When the calendar has no such day; `OutOfRangeError` for a placeholder.
        """
        year = self.year if self.year is not None else 0
        if self.calendar != "gregorian":
            return calendar_span(self.calendar, year, self.month, self.day)
        if not is_written_year(year):
            raise OutOfRangeError(year)
        if self.part == "day" and self.month is not None and self.day is not None:
            return date_spans.day_span(date(year, self.month, self.day))
        if self.part == "month" and self.month is not None:
            return date_spans.month_span(year, self.month, self.third)
        if self.part == "year":
            return date_spans.year_span(year, self.third)
        return _named_part(self.part, year, self)


def _named_part(part: Part, year: int, point: Point) -> DateSpan:
    number = point.number
    if part == "week" and point.month is not None:
        first = date(year, point.month, 7 * number - 6)
        return DateSpan(first, first + timedelta(days=6), DatePrecision.WEEK)
    if part == "week":
        return date_spans.week_span(date.fromisocalendar(year, number, 1))
    if part == "decade":
        return date_spans.range_span(date(year, 1, 1), date(year + number - 1, 12, 31))
    if part == "season":
        last = number + 2
        if last > 12:  # winter: in its own year or over its end
            return date_spans.range_span(
                date(year, 1, 1), date_spans.last_of_month(year + 1, last - 12)
            )
        return date_spans.months_span(year, number, last)
    if part == "half" and point.month is not None:
        middle = date(year, point.month, 15)
        if number == 1:
            return date_spans.range_span(middle.replace(day=1), middle)
        last_day = date_spans.last_of_month(year, point.month)
        return date_spans.range_span(middle + timedelta(days=1), last_day)
    count = 4 if part == "quarter" else 2
    if not 1 <= number <= count:
        message = f"There is no {part} {number} in a year."
        raise ValueError(message)
    size = 12 // count
    return date_spans.months_span(year, size * (number - 1) + 1, size * number)


# ---------------------------------------------------------------- notations in digits

_NO_PART = r"0{1,2}|[x?_*]{1,2}|dd|mm|jj|tt|uu"
_TWO = rf"\d{{1,2}}|{_NO_PART}"
_SEPARATOR = r"[-/.\u2010-\u2012 ]"
_YEAR_FIRST = re.compile(rf"x?(\d{{4}})({_SEPARATOR})({_TWO})\2({_TWO})\.?")
_YEAR_LAST = re.compile(rf"({_TWO})({_SEPARATOR})\s?({_TWO})\2\s?(\d{{4}}|(?<=[/.\s])\d{{2}})\.?")
_YEAR_MONTH = re.compile(rf"x?(\d{{4}})[-/.]({_TWO})|({_TWO})[-/.](\d{{4}})")
_YEAR = re.compile(r"x?(\d{4})")
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


def full_year(short: int, given: Given) -> int:
    """Return the year of two digits within the hundred years of `given`."""
    return given.first_year + (short - given.first_year) % 100


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
    (_DAY_OF_YEAR, _day_of_year),
    (_WEEK, _week),
    (_PACKED, _packed),
    (_PACKED_LAST, _packed_last),
    (_PACKED_MONTH, _packed_month),
    (_CJK, lambda it, g: _ymd(int(it[1]), int(it[2]), _number(it[3]), g)),
    (_CJK_YEAR, lambda it, g: Point("year", int(it[1]))),
    (_DAY_MONTH, _day_month),
)
"""The notations of a point in digits, each with its reader; the first that reads it counts."""


# ---------------------------------------------------------------- notations in words

_SIGNS = {
    "number": "n", "month": "m", "nth": "o", "part": "p", "season": "s", "quarter": "Q",
    "half": "H", "week": "W", "month-number": "M", "decade": "d", "quote": "'",
}  # fmt: skip
_SILENT = frozenset(["filler", "weekday", "ordinal", "dash", "slash", "dot", "comma"])
_COUNTED: dict[str, Part] = {"Q": "quarter", "H": "half", "W": "week"}
_LAST = 4  # "fourth" and "last" are one in the list of words
_MOST_READINGS = 96
_SHORT_LAST = frozenset(["mnn", "Qnn", "Hnn", "sn", "nQn"])
_SHORT_FIRST_OR_LAST = frozenset(["nmn"])  # 05-Jul-99, 99-Jul-05

_WORD_FORMS: dict[Part, list[str]] = {
    "day": ["nmy", "mny", "ymn", "nm'n", "mn'n", "nmn", "mnn", "nMny", "nm", "mn", "nMn"],
    "month": ["my", "ym", "m'n", "mn", "nm", "Mny", "m", "pmy", "ypm", "pm"],
    "year": ["py", "yp", "'n"],
    "quarter": ["Qny", "yQn", "nQy", "oQy", "yoQ", "ynQ", "Qoy", "yQo", "Qn", "nQ", "oQ", "Qnn",
                "Qn'n", "nQn"],
    "half": ["Hny", "yHn", "nHy", "oHy", "yoH", "ynH", "Hn", "nH", "oH", "oHmy", "Hnn", "Hoy", "Hn'n"],
    "week": ["Wny", "yWn", "nWy", "oWy", "ynW", "Wn", "oWmy", "nWmy"],
    "season": ["sy", "ys", "s'n", "s", "sn"],
    "decade": ["yd", "dy"],
}  # fmt: skip
_PART_OF = {form: part for part, forms in reversed(_WORD_FORMS.items()) for form in forms}
_SPLIT_FORMS: dict[str, Part] = {"n": "day", "ny": "day", "y": "year"}
"""Forms that are a point only beside the other end of a range: "12" to "14 March"."""


def words_point(
    tokens: Sequence[CellToken], given: Given, *, beside: bool = False
) -> Point | None:
    """Return the point that the words of a cell are, None where they are none.

    Parameters
    ----------
    tokens, given
        Tokens of a cell or of one end of a range; what is known round them.
    beside
        Whether the other end of a range may give what is missing.
    """
    readings = product(*(_meanings(tokens, place) for place in range(len(tokens))))
    for reading in islice(readings, _MOST_READINGS):
        spoken = [(kind, value) for kind, value in reading if kind not in _SILENT]
        if not all(kind in _SIGNS for kind, _ in spoken):
            continue
        form = "".join(
            "y" if kind == "number" and isinstance(value, int) and value > 99 else _SIGNS[kind]
            for kind, value in spoken
        )
        part = _PART_OF.get(form) or (_SPLIT_FORMS.get(form) if beside else None)
        point = _filled(form, [value for _, value in spoken], given, tokens) if part else None
        if point:
            return point
    return None


def _meanings(tokens: Sequence[CellToken], place: int) -> Sequence[Meaning]:
    """Return what a token may stand for: "mar" is a Tuesday only right before a day."""
    token, after = tokens[place], tokens[place + 1 : place + 3]
    if not (token.is_a("month") and token.is_a("weekday")):
        return token.meanings
    before_day = place == 0 and next((t for t in after if not t.is_a("dot", "comma")), None)
    if before_day and before_day.is_a("number"):
        return token.meanings
    return [meaning for meaning in token.meanings if meaning[0] != "weekday"]


def _filled(
    form: str, values: list[object], given: Given, tokens: Sequence[CellToken]
) -> Point | None:
    """Return the point of a form with its values, None where they do not fit it."""
    numbers = [int(str(value)) for sign, value in zip(form, values, strict=True) if sign == "n"]
    value = dict(zip(form, values, strict=True))
    year = int(str(value["y"])) if "y" in value else None
    month, calendar = _month(value.get("m"))
    if "M" in form:
        month = numbers.pop(-1)  # its number stands after the word for month
    short = _short_year(form, numbers, given, tokens)
    if short is not None:
        numbers.remove(short)
        year = full_year(short, given)
    if calendar != "gregorian" and year is not None and not is_in_calendar(calendar, year):
        return None
    point = Point("day", year, month, calendar=calendar, short_year=short is not None)
    for sign, part in _COUNTED.items():
        if sign in form:
            return replace(point, part=part, number=_count(part, value.get("o"), numbers))
    if "s" in form:
        return replace(point, part="season", number=int(str(value["s"])))
    if "d" in form:
        return _decade(year)
    if numbers:
        return replace(point, day=numbers[0]) if month is None or 1 <= month <= 12 else None
    third = str(value["p"]) if "p" in value else None
    return replace(point, part="year" if month is None else "month", third=third)


def _month(value: object) -> tuple[int | None, Calendar]:
    if not isinstance(value, tuple):
        return None, "gregorian"
    return value[1], value[0]


def _short_year(
    form: str, numbers: Sequence[int], given: Given, tokens: Sequence[CellToken]
) -> int | None:
    """Return the two digits that are a year: those of "Jul-99" and "Sept-21", not of "5-Jan"."""
    if form in _SHORT_FIRST_OR_LAST:
        return numbers[0] if numbers[0] > 31 else numbers[-1]
    if form.endswith("'n") or form in _SHORT_LAST:
        return numbers[-1]
    if form not in {"mn", "nm"}:
        return None
    number = numbers[0]
    if number > 31:
        return number
    if form == "nm" or not any(token.is_a("dash", "slash") for token in tokens):
        return None
    return number if given.year is None or given.year % 100 == number else None


def _count(part: str, nth: object, numbers: Sequence[int]) -> int:
    """Return which quarter, half or week is meant; "the last half" is the second."""
    number = nth if isinstance(nth, int) else numbers[0] if numbers else 0
    return 2 if part == "half" and nth == _LAST else number


def _decade(year: int | None) -> Point | None:
    """Return the decade of "1950s"; the years of "1900s" may be those of the whole century."""
    if year is None or year % 10:
        return None
    return Point("decade", year, number=10 if year % 100 else 100)
