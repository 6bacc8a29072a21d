"""One point in time as a cell of a table writes it: a day, a month, a year or a named part.

Parts that are not written stay open, so that the other end of a range, or a column of years, can
give them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from geomap.dates import date_spans
from geomap.dates.calendars import Calendar, calendar_span
from geomap.dates.date_spans import is_written_year
from geomap.model import DatePrecision, DateSpan

Order = Literal["dmy", "mdy"]
Part = Literal["day", "month", "year", "quarter", "half", "week", "season", "decade"]


class Given(NamedTuple):
    """What is known round a cell: the order of its digits, years, and its calendar.

    `first_year` is the first of the hundred years that two digits may mean; `year` the year of a
    day that is written without one; `dashed_year` where the year of 05-03-12 stands.
    """

    order: Order = "dmy"
    first_year: int = 1969
    year: int | None = None
    calendar: Calendar = "gregorian"
    dashed_year: Literal["first", "last"] | None = None


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


def full_year(short: int, given: Given) -> int:
    """Return the year of two digits within the hundred years of `given`."""
    return given.first_year + (short - given.first_year) % 100
