"""The span of days that a whole cell of a table states: a point, or a range of two.

One end of a range gives the other what it lacks: "12-14 March 2021" has one month and one year,
"28 Dec 2020 - 3 Jan" two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from geomap.dates.cell_points import Given, Point
from geomap.dates.cell_words import NO_DATE, CellToken, fold_words, read_cell_tokens, squeezed
from geomap.dates.date_spans import month_span, open_span, range_span
from geomap.dates.digit_points import digits_point
from geomap.dates.word_points import words_point
from geomap.model import DatePrecision, DateSpan

_UNSURE = re.compile(r"[~%≈±]|(?<=[\dx])\?(?!\?)|(?<!\?)\?(?=\d)")
_CJK_WEEKDAY = re.compile(
    r"(?<=[日号號일\d])\s*(?:[(（](?:周|週|星期)?[月火水木金土日一二三四五六天월화수목금토일](?:曜日?|요일)?[)）]"
    r"|(?:周|週|星期)[一二三四五六日天]|[月火水木金土日]曜日|[월화수목금토일]요일)$"
)
_NOT_EXACT = re.compile(r"([^\d:–-]{6,40}?)\s*[:–-]\s*(.*\d.*)")
"""A note that the day is not known, and what is: "Exact date unknown - Jan 22"."""
_MONTH_AND_YEAR = re.compile(r"^([^\W\d_]+)\.?\s+(\d{2})$")
_OPEN_START = re.compile(r"(?:\.\.|/|-\s*)\s*\d|\.\./")
_OPEN_END = re.compile(r"(.*\d\S*?)\s*/\s*\.\.")
_UNKNOWN_END = re.compile(r"(.*\d\S*?)\s*/")
_JOINTS = ("to", "and", "comma", "dash", "slash")
_LISTS = ("and", "comma")
_AROUND = ("weekday", "filler", "comma", "dot")
_LONGEST = 80
_LONGEST_YEARS = 20


class YearMissingError(ValueError):
    """A day or month without a year, where none is known."""


def read_span(text: str, given: Given) -> tuple[DateSpan, bool] | None:
    """Return the days of a cell and whether a year had two digits, None where it is no date.

    Parameters
    ----------
    text
        The cell without a time of day.
    given
        What is known round it.

    Raises
    ------
    YearMissingError
        When only its year is missing.
    ValueError
        When it is a date that its calendar lacks, or a placeholder.
    """
    folded = fold_words(text).strip().rstrip(",;").strip()
    if (part := _NOT_EXACT.fullmatch(folded)) and squeezed(part[1]) in NO_DATE:
        folded, noted = _MONTH_AND_YEAR.sub(r"\1-\2", part[2]), True
    if _OPEN_START.match(folded) and not folded.startswith("-"):
        return None
    folded, noted = _CJK_WEEKDAY.sub("", folded), False
    unsure = noted or bool(_UNSURE.search(folded))
    if unsure:
        folded = _UNSURE.sub("", folded).strip()
    if ends := _OPEN_END.fullmatch(folded):
        span = read_span(ends[1], given)
        return (open_span(span[0].start), span[1]) if span else None
    if ends := _UNKNOWN_END.fullmatch(folded):
        folded = ends[1]
    if point := digits_point(folded, given):
        return _stated(point, given, unsure=unsure)
    return _in_words(folded, given, unsure=unsure)


def _in_words(folded: str, given: Given, *, unsure: bool) -> tuple[DateSpan, bool] | None:
    tokens = read_cell_tokens(folded) if len(folded) <= _LONGEST else None
    if not tokens or not any(token.is_a("number", "month") for token in tokens):
        return None
    sure = tuple(token for token in tokens if not token.is_a("about"))
    unsure = unsure or len(sure) < len(tokens)
    if sure and sure[0].is_a("since"):
        point = _point(sure[1:], folded, given)
        return (
            (open_span(_complete(point, given).span().start), point.short_year) if point else None
        )
    if sure and sure[0].is_a("between") and not sure[0].is_a("filler"):
        return _range(sure[1:], folded, given) or _range(sure, folded, given)
    if point := _point(sure, folded, given):
        return _stated(point, given, unsure=unsure)
    return _range(sure, folded, given)


def _stated(point: Point, given: Given, *, unsure: bool) -> tuple[DateSpan, bool]:
    """Return the days of a point; of a day that is not sure, no more than its month holds."""
    span = _complete(point, given).span()
    if unsure and span.precision is DatePrecision.DAY:
        span = month_span(span.start.year, span.start.month)
    return span, point.short_year


def _complete(point: Point, given: Given) -> Point:
    if point.year is not None:
        return point
    if given.year is None:
        raise YearMissingError
    return replace(point, year=given.year)


def _point(
    tokens: Sequence[CellToken], folded: str, given: Given, *, beside: bool = False
) -> Point | None:
    """Return the point of some tokens of a cell, in digits or in words."""
    bare = list(tokens)
    while bare and _is_around(bare[0]):
        del bare[0]
    while bare and _is_around(bare[-1]):
        del bare[-1]
    if not bare:
        return words_point(tokens, given, beside=beside) if tokens else None
    written = folded[bare[0].start : bare[-1].end]
    return digits_point(written, given) or words_point(tokens, given, beside=beside)


def _is_around(token: CellToken) -> bool:
    """Return whether a token beside digits says nothing about the day."""
    return token.is_a(*_AROUND) and not token.is_a("month", "week", "quarter", "half")


def _range(tokens: Sequence[CellToken], folded: str, given: Given) -> tuple[DateSpan, bool] | None:
    """Return the span from one point to another, by the joint that leaves two."""
    fault: ValueError | None = None
    if len(tokens) > 1 and tokens[-1].is_a("ongoing"):
        known = tokens[:-2] if tokens[-2].is_a(*_JOINTS) else tokens[:-1]
        start = _point(known, folded, given)
        return (
            (open_span(_complete(start, given).span().start), start.short_year) if start else None
        )
    for first, last in _joints(tokens):
        left = _point(tokens[:first], folded, given, beside=True)
        if left is None:
            continue
        after = tokens[last + 1 :]
        right = _point(after, folded, given, beside=True)
        if right is None:
            continue
        try:
            span = _between(left, right, given)
        except ValueError as error:
            if left.year is not None and right.year is not None:
                raise  # two whole dates, one of which does not exist
            fault = fault or error
            continue
        if span:
            return span, left.short_year or right.short_year
    if fault:
        raise fault
    return None


def _joints(tokens: Sequence[CellToken]) -> Iterator[tuple[int, int]]:
    """Yield where two ends of a range may join, the clearest first.

    Between the ends of a list ("5, 6 and 7 May") are only numbers.
    """
    places = [place for place, token in enumerate(tokens) if token.is_a(*_JOINTS)]

    def rank(place: int) -> tuple[int, int]:
        token = tokens[place]
        spaced = 0 < place < len(tokens) - 1 and (
            tokens[place - 1].end < token.start and token.end < tokens[place + 1].start
        )
        kind = next(rank for rank, kind in enumerate(_JOINTS) if token.is_a(kind))
        return (kind if not spaced or kind < 2 else 1), abs(2 * place - len(tokens) + 1)

    for place in sorted(places, key=rank):
        yield place, place
    listed = [place for place in places if tokens[place].is_a(*_LISTS)]
    for first in listed:
        for last in reversed(listed):
            inner = tokens[first + 1 : last]
            if inner and all(token.is_a("number", *_LISTS) for token in inner):
                yield first, last


def _between(left: Point, right: Point, given: Given) -> DateSpan | None:
    """Return the span of two points, each completed from the other; None where they do not fit."""
    left, right = _sharing(left, right)
    if left.part in {"day", "month"} and (left.month is None or right.month is None):
        return None
    own_years = left.year is not None and right.year is not None
    if left.part != right.part and not own_years:
        return None
    if left.year is None and right.year is None:
        left, right = _complete(left, given), _complete(right, given)
        turn = 1
    else:
        turn = 0 if own_years else 1 if right.year is None else -1
        left = replace(left, year=left.year if left.year is not None else right.year)
        right = replace(right, year=right.year if right.year is not None else left.year)
    first, last = left.span(), right.span()
    if first.start > (last.end or last.start) and turn > 0 and right.year is not None:
        last = replace(right, year=right.year + 1).span()
    elif first.start > (last.end or last.start) and turn < 0 and left.year is not None:
        first = replace(left, year=left.year - 1).span()
    if last.end is None or first.start > last.end:
        return None
    return first if first == last else range_span(first.start, last.end)


def _sharing(left: Point, right: Point) -> tuple[Point, Point]:
    """Return both points with the month and the kind of part that only one of them states."""
    bare = right.part == "day" and right.month is None and right.year is None and right.day
    if bare and left.part == "year" and left.year is not None:  # 1998-99
        later = left.year + (bare - left.year) % 100
        return left, Point("year", later) if later - left.year <= _LONGEST_YEARS else right
    if bare and left.part == "month" and left.day is None and left.third is None:
        return left, Point("month", left.year, bare, calendar=left.calendar)  # 2004-06/08
    if left.part == "day" and left.month is None and right.part == "day":
        left = replace(left, month=right.month, calendar=right.calendar)
    if right.part == "day" and right.month is None and left.part == "day":
        right = replace(right, month=left.month, calendar=left.calendar)
    return left, right
