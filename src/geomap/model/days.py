"""When something happened: spans of calendar days, and the words of a text that name them.

Days have both ends included and no time zone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from geomap.errors import InputError


class DatePrecision(StrEnum):
    """How exactly the days of a span are known.

    `DAY`: every day from start to end is meant (one day, or a duration known to the day).
    `WEEK`, `MONTH`, `YEAR`, `RANGE`: it happened on some day or days between start and
    end. `OPEN`: it began on start and had not ended when it was reported.
    """

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    RANGE = "range"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class DateSpan:
    """The days that are meant, both ends included; `end` is None while ongoing."""

    start: date
    end: date | None
    precision: DatePrecision

    def __post_init__(self) -> None:
        """Refuse a span that ends before it starts, or whose open end is closed."""
        if self.end is not None and self.end < self.start:
            message = f"DateSpan ends ({self.end}) before it starts ({self.start})."
            raise InputError(message)
        if (self.end is None) != (self.precision is DatePrecision.OPEN):
            message = f"A DateSpan has no end exactly when it is open, not {self!r}."
            raise InputError(message)


@dataclass(frozen=True, slots=True)
class DateMention:
    """Words of a text that name days, and the days they name.

    A list such as "December 3 and 7, 2022" gives one mention for each day, each with the
    offsets of the whole list. `role` is the function of the date by the words around it: "since",
    "until", "by", "from", "before", "after", "from_to" (a duration), "between" (some day or
    days in between), "dateline", "header", "anaphoric" (counted from another date), else "".
    """

    start_char: int
    end_char: int
    text: str
    span: DateSpan
    role: str = ""
