"""One cell of a table read as a date, without the cells around it.

What a cell alone cannot settle stays open: digits that may be day first or month first give
both readings, a bare number only its possible meaning.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from geomap.dates.date_mentions import find_dates
from geomap.dates.date_spans import (
    day_span,
    is_written_year,
    month_span,
    months_span,
    week_span,
    year_span,
)
from geomap.dates.date_tokens import valid_day
from geomap.dates.date_words import ENGLISH_NAMES, ONGOING
from geomap.model import DatePrecision, DateSpan
from geomap.vocabulary import COMMON_LISTS

MISSING = "date_missing"
UNREADABLE = "date_unreadable"
IMPOSSIBLE = "date_impossible"
OUT_OF_RANGE = "date_out_of_range"
AMBIGUOUS = "date_ambiguous"

_TIME = (
    r"(?:[T\s,]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[ap]\.?m\.?)?"
    r"\s*(?:Z|UTC|GMT|[A-Z]{2,4})?\s*(?:[+-]\d{1,2}:?(?:\d{2})?)?\s*(?:\(.*\))?|Z)"
)
_ISO = re.compile(rf"(\d{{4}}-\d{{2}}-\d{{2}})(?:{_TIME})?", re.IGNORECASE)
_YMD = re.compile(r"([+-]?\d{4,6})([-/.])(\d{1,2})\2(\d{1,2})")
_DMY = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|(?<=[/.])\d{2})")
_YEAR_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})|(\d{1,2})[/.](\d{4})")
_QUARTER = re.compile(r"(\d{4})[-\s/]?Q([1-4])|Q([1-4])[-\s/]?(\d{4})", re.IGNORECASE)
_WEEK = re.compile(r"(\d{4})-?W(\d{2})", re.IGNORECASE)
_CJK = re.compile(r"(\d{4})年(\d{1,2})月(?:(\d{1,2})[日号])?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4}(?:\d{2})?Z?)?")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_MILITARY = re.compile(r"(\d{1,2})([^\W\d_]{3,})(\d{4})")
_SHORT_YEAR = re.compile(r"(\d{1,2})[-\s]?([^\W\d_]{3,})[-\s]?['’]?(\d{2})")
_BEFORE_DATE = frozenset(["", "the", "in", "on", "on the", "в", "le", "el", "am", "im", "em", "en"])
_AFTER_DATE = re.compile(
    r"[\s.,]*(?:(?:-?\s*(?:ci|cı|cu|cü)\s*il\w*)|года|году|год|г|року|році|рік|р|թ\w*|yılı|yılında"
    r"|il\w*|[-'’](?:də|da|dən|dan|ci|cı|cu|cü|de|den|te|ta|ten|tan|ին|ի|ից))?[\s.,]*",
    re.IGNORECASE,
)
_NO_VALUE = frozenset(COMMON_LISTS["no-value"])
_EXCEL_EPOCH = date(1899, 12, 30)
_SERIALS = range(10_000, 80_000)
_SECONDS = range(100_000_000, 5_000_000_000)


@dataclass(frozen=True, slots=True)
class Cell:
    """The meaning of one cell: a span, two readings, a number that may be a day, or a problem.

    `kind` is "ymd", "dmy" (also for month first), "text", "seconds", "milliseconds",
    "serial" or "". `proof` is the only order ("dmy" or "mdy") in which the digits are a date.
    """

    kind: str = ""
    span: DateSpan | None = None
    readings: tuple[DateSpan, ...] = ()
    proof: str | None = None
    dotted: bool = False
    short_year: bool = False
    problem: str | None = None
    ongoing: bool = False


def read_cell(raw: str) -> Cell:
    """Return the meaning of a cell's text on its own."""
    if iso := _ISO.fullmatch(raw):  # most cells: nothing needs to be cleaned
        return _read_day_part(iso[1])
    if not raw.isascii():  # the digits of every script
        raw = "".join(str(unicodedata.decimal(sign, sign)) for sign in raw)
    text = raw.strip().strip("'\"").strip()
    if iso := _ISO.fullmatch(text):
        return _read_day_part(iso[1])
    lower = text.lower()
    if lower in _NO_VALUE or lower in ONGOING:
        return Cell(problem=MISSING, ongoing=lower in ONGOING)
    return _read_day_part(re.sub(rf"(?<=\d){_TIME}", "", text, count=1, flags=re.IGNORECASE))


@lru_cache(maxsize=65_536)
def _read_day_part(text: str) -> Cell:
    for pattern, reader in _READERS:
        if match := pattern.fullmatch(text):
            return reader(match)
    return _words(text)


def _compact(match: re.Match[str]) -> Cell:
    year, month, day = (int(part) for part in match.groups())
    if valid_day(year, month, day):
        return _whole(year, month, day)
    number = _number(match)
    return number if number.kind else _whole(year, month, day)


def _whole(year: int, month: int, day: int) -> Cell:
    if not is_written_year(year) or (month, day) == (0, 0) or (year, month, day) == (1900, 1, 0):
        return Cell("ymd", problem=OUT_OF_RANGE)
    whole = valid_day(year, month, day)
    return Cell("ymd", day_span(whole)) if whole else Cell("ymd", problem=IMPOSSIBLE)


def _dmy(match: re.Match[str]) -> Cell:
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    short = len(match[4]) == 2
    if short:
        year = _full_year(year)
    if not is_written_year(year):
        return Cell("dmy", problem=OUT_OF_RANGE)
    day_first, month_first = valid_day(year, second, first), valid_day(year, first, second)
    dotted = match[2] == "."
    if day_first and month_first and day_first != month_first:
        both = (day_span(day_first), day_span(month_first))
        return Cell("dmy", readings=both, dotted=dotted, short_year=short)
    day = day_first or month_first
    if day is None:
        return Cell("dmy", problem=IMPOSSIBLE)
    proof = None if first == second else "dmy" if day_first else "mdy"
    return Cell("dmy", day_span(day), proof=proof, dotted=dotted, short_year=short)


def _full_year(short: int) -> int:
    return short + (2000 if short < 69 else 1900)


def _stretch(year: str, span: Callable[..., DateSpan], *parts: int) -> Cell:
    """Return the cell of a year or a part of one, which the calendar may lack."""
    if not is_written_year(int(year)):
        return Cell("ymd", problem=OUT_OF_RANGE)
    try:
        return Cell("ymd", span(int(year), *parts))
    except ValueError:
        return Cell("ymd", problem=IMPOSSIBLE)


def _number(match: re.Match[str]) -> Cell:
    """Return the day that a bare number may stand for; the column decides whether it does."""
    number = float(match[0])
    whole = int(number)
    if len(match[0]) == 4:
        return _stretch(str(whole), year_span)
    if whole in _SERIALS:
        return Cell("serial", day_span(_EXCEL_EPOCH + timedelta(days=whole)))
    if whole in _SECONDS:
        return Cell("seconds", day_span(datetime.fromtimestamp(whole, UTC).date()))
    if whole // 1000 in _SECONDS:
        return Cell("milliseconds", day_span(datetime.fromtimestamp(whole // 1000, UTC).date()))
    return Cell(problem=UNREADABLE)


def _words(text: str) -> Cell:
    """Return the date that a whole cell names in words; a date within a sentence does not count."""
    if len(text) > 80 or not any(sign.isdigit() for sign in text):
        return Cell(problem=UNREADABLE)
    if short := _SHORT_YEAR.fullmatch(text):
        day, month, year = short.groups()
        whole = _words(f"{day} {month} {_full_year(int(year))}")
        return replace(whole, short_year=True) if whole.span else whole
    spaced = _MILITARY.sub(r"\1 \2 \3", text)
    named = re.sub(r"(?<!\w)[^\W\d_]+", _named, spaced)
    mentions = find_dates(named)
    if len(mentions) != 1 or mentions[0].span.precision is DatePrecision.OPEN:
        return Cell(problem=_fault(named))
    before, after = named[: mentions[0].start_char], named[mentions[0].end_char :]
    if before.strip(" .,(").lower() in _BEFORE_DATE and _AFTER_DATE.fullmatch(after):
        return Cell("text", mentions[0].span)
    return Cell(problem=UNREADABLE)


def _named(word: re.Match[str]) -> str:
    """Return a word of a cell as running text would write it: "DEC" and "may" as "Dec", "May"."""
    lower = word[0].lower()
    if lower in ENGLISH_NAMES:
        return lower.capitalize()
    return word[0] if word[0][0].islower() or not word[0].isascii() else lower


def _fault(text: str) -> str:
    """Return the problem: a day that the calendar lacks ("31 June 2022"), or no date at all."""
    for day in re.findall(r"\b\d{1,2}\b", text):
        if find_dates(re.sub(rf"\b{day}\b", "1", text, count=1)) and 28 < int(day) < 100:
            return IMPOSSIBLE
    return UNREADABLE


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Cell]], ...] = (
    (_YMD, lambda it: _whole(int(it[1]), int(it[3]), int(it[4]))),
    (_DMY, _dmy),
    (_YEAR_MONTH, lambda it: _stretch(it[1] or it[4], month_span, int(it[2] or it[3]))),
    (_COMPACT, _compact),
    (_NUMBER, _number),
    (_QUARTER, lambda it: _stretch(
        it[1] or it[4], lambda year, n: months_span(year, 3 * n - 2, 3 * n), int(it[2] or it[3]))),
    (_WEEK, lambda it: _stretch(
        it[1], lambda year, week: week_span(date.fromisocalendar(year, week, 1)), int(it[2]))),
    (_CJK, lambda it: _whole(int(it[1]), int(it[2]), int(it[3])) if it[3]
     else _stretch(it[1], month_span, int(it[2]))),
)  # fmt: skip
"""The notations of a whole cell in digits, each with its reader; the first that fits reads it."""
