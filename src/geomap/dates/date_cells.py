"""One cell of a table read as a date, without the cells around it.

What a cell alone cannot settle stays open: digits that may be day first or month first give
both readings, a bare number only its possible meaning.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from geomap.dates.cell_points import Given, OutOfRangeError
from geomap.dates.cell_spans import YearMissingError, read_span
from geomap.dates.cell_words import GOES_ON, NO_DATE, fold_words, squeezed
from geomap.dates.date_mentions import find_dates
from geomap.dates.date_spans import day_span
from geomap.dates.date_words import ENGLISH_NAMES, ONGOING
from geomap.model import DatePrecision, DateSpan
from geomap.vocabulary import COMMON_LISTS

MISSING = "date_missing"
UNREADABLE = "date_unreadable"
IMPOSSIBLE = "date_impossible"
OUT_OF_RANGE = "date_out_of_range"
AMBIGUOUS = "date_ambiguous"
NO_YEAR = "date_no_year"

_CLOCK = r"\d{1,2}(?:(?::\d{2}){1,2}|h\d{2})(?:[.,]\d+)?\s*(?:[ap]\.?m\.?)?"
_TIME = (
    rf"(?:[T\s,]+(?:(?:at|um|à|om|kl\.?|в|о|a las|às|alle)\s+)?{_CLOCK}"
    r"\s*(?:Z|UTC|GMT|[A-Z]{2,4})?\s*(?:[+-]\d{1,2}:?(?:\d{2})?)?\s*(?:\(.*\))?|[ZT](?!\w))"
)
_DIGITS = re.compile(rf"(\d{{1,4}}([-/.])\d{{1,2}}\2\d{{1,4}})(?:{_TIME})?", re.IGNORECASE)
_TIME_AFTER = re.compile(rf"(?<=\d){_TIME}(?!\d)", re.IGNORECASE)
_TIME_BEFORE = re.compile(rf"{_CLOCK}[\s,]+(?=\d)", re.IGNORECASE)
_TIME_WORDS = re.compile(
    r"(?<=[日号號일])\s*(?:午前|午後|上午|下午|오전|오후)?\s*\d{1,2}"
    r"(?:\s*[時时시点點](?:\s*\d{1,2}\s*[分분])?(?:\s*\d{1,2}\s*[秒초])?|(?::\d{2}){1,2})"
    r"\s*(?:頃|ごろ|左右|경)?$"
    r"|(?<=\d)[,\s]+(?:(?:um|a las|às|à)\s+)?\d{1,2}(?:[.:]\d{2})?\s*(?:uhr|hrs?|horas?)\.?$",
    re.IGNORECASE,
)
"""Times in words: 16時10分, 14 Uhr, 14:30 hrs."""
_WHOLE_NUMBER = re.compile(r"(\d{4,14})\.0+")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_NOTHING = re.compile(r"0{6,8}|[x?_*]+", re.IGNORECASE)  # without signs between
_DOTTED = re.compile(r"\d{1,2}\.\d{1,2}\.")
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
_LONGEST = 80
_ALONE = Given()


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


def read_cell(raw: str, given: Given | None = None) -> Cell:
    """Return the meaning of a cell's text on its own.

    Parameters
    ----------
    raw
        The cell as the file has it.
    given
        Years and calendar that its column gives; its order is not looked at.
    """
    given = given or _ALONE
    if digits := _DIGITS.fullmatch(raw):
        return _read_day_part(digits[1], given)  # most cells: nothing needs to be cleaned
    text = _ascii_digits(raw).strip().strip("'\"").strip()
    if digits := _DIGITS.fullmatch(text):
        return _read_day_part(digits[1], given)
    lower = text.lower()
    if lower in ONGOING or fold_words(text) in GOES_ON:
        return Cell(problem=MISSING, ongoing=True)
    if lower in _NO_VALUE or _says_no_date(text):
        return Cell(problem=MISSING)
    text = _TIME_WORDS.sub("", text)
    text = _TIME_BEFORE.sub("", _TIME_AFTER.sub("", text, count=1), count=1)
    return _read_day_part(text, given)


def _says_no_date(text: str) -> bool:
    if len(text) > _LONGEST:
        return False
    plain = squeezed(fold_words(text).strip("()[]"))
    return not plain or plain in NO_DATE or _NOTHING.fullmatch(plain) is not None


def _ascii_digits(text: str) -> str:
    """Return `text` with the digits of every script written as 0-9."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in text)


@lru_cache(maxsize=65_536)
def _read_day_part(text: str, given: Given) -> Cell:
    if _says_no_date(text):  # 0000-00-00, as databases write it
        return Cell(problem=MISSING)
    if whole := _WHOLE_NUMBER.fullmatch(text):
        cell = _of_orders(whole[1], given)  # 20220513.0: a program took the day for a decimal
        if cell.span or cell.readings:
            return cell
    cell = _of_orders(text, given)
    if cell.problem != UNREADABLE:
        return cell
    if number := _NUMBER.fullmatch(text):
        return _number(number)
    return _words(text)


def _of_orders(text: str, given: Given) -> Cell:
    """Return the cell of a text read day first and month first, whichever are dates."""
    day_first, fault = _of_order(text, given._replace(order="dmy"))
    month_first, other = _of_order(text, given._replace(order="mdy"))
    either = day_first or month_first
    if either is None:
        problem = fault if fault == other else NO_YEAR if NO_YEAR in (fault, other) else IMPOSSIBLE
        return Cell("ymd", problem=problem)
    span, short = either
    letters = any(sign.isalpha() for sign in text)
    if day_first and month_first and day_first[0] == month_first[0]:
        first_sign = text.lstrip("x'X")[:4]
        kind = "text" if letters else "ymd" if first_sign.isdigit() else "dmy"
        return Cell(kind, span, short_year=short)
    dotted = _DOTTED.search(text) is not None
    if day_first and month_first:
        both = (day_first[0], month_first[0])
        return Cell("dmy", readings=both, dotted=dotted, short_year=short)
    proof = "dmy" if day_first else "mdy"
    return Cell("dmy", span, proof=proof, dotted=dotted, short_year=short)


def _of_order(text: str, given: Given) -> tuple[tuple[DateSpan, bool] | None, str]:
    """Return the span of a text in one order and whether its year is short, or the problem."""
    try:
        return read_span(text, given), UNREADABLE
    except YearMissingError:
        return None, NO_YEAR
    except OutOfRangeError:
        return None, OUT_OF_RANGE
    except (ValueError, OverflowError):
        return None, IMPOSSIBLE


def _number(match: re.Match[str]) -> Cell:
    """Return the day that a bare number may stand for; the column decides whether it does."""
    whole = int(float(match[0]))
    if whole in _SERIALS:
        return Cell("serial", day_span(_EXCEL_EPOCH + timedelta(days=whole)))
    if whole in _SECONDS:
        return Cell("seconds", day_span(datetime.fromtimestamp(whole, UTC).date()))
    if whole // 1000 in _SECONDS:
        return Cell("milliseconds", day_span(datetime.fromtimestamp(whole // 1000, UTC).date()))
    if len(match[0]) == 8 and match[0].isdigit():
        return Cell("ymd", problem=IMPOSSIBLE)
    return Cell(problem=OUT_OF_RANGE if whole < 10_000 else UNREADABLE)


def _words(text: str) -> Cell:
    """Return the date that a whole cell names in words; a date within a sentence does not count."""
    if len(text) > _LONGEST or not any(sign.isdigit() for sign in text):
        return Cell(problem=UNREADABLE)
    named = re.sub(r"(?<!\w)[^\W\d_]+", _named, text)
    mentions = find_dates(named)
    if len(mentions) != 1 or mentions[0].span.precision is DatePrecision.OPEN:
        return Cell(problem=UNREADABLE)
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
