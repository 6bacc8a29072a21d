"""From the tokens of one match to the spans of days it names.

Each reader is named after its pattern in `grammar` and returns a span for each mention, or
nothing where a part is missing that the text does not state.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from geomap.dates import periods, relative
from geomap.dates.context import Context
from geomap.dates.date_parts import Parts, parts_of, read_one, span_of
from geomap.dates.date_spans import day_span, month_span, open_span, range_span, year_span
from geomap.dates.date_tokens import Token, valid_day
from geomap.model import DateSpan

_JOINTS = {"dash", "to", "until", "and", "slash"}


def read_match(name: str, tokens: Sequence[Token], ctx: Context, tense: int) -> list[DateSpan]:
    """Return the spans that the tokens of a match of pattern `name` mean."""
    spans = _READERS[name](tokens, ctx, tense)
    return spans if isinstance(spans, list) else [spans] if spans else []


def _day_list(tokens: Sequence[Token], ctx: Context, tense: int) -> list[DateSpan]:
    """Return one span for each item: a day ("3"), or a range of days ("5-7")."""
    shared = replace(parts_of(tokens, ctx), weekday=None)
    items: list[tuple[int, int]] = []
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.kind not in {"DAY", "ORD"} or not isinstance(token.value, int):
            continue
        joined = before is not None and before.kind in {"dash", "to", "until"} and items
        first = items.pop()[0] if joined else token.value
        items.append((first, token.value))
    return _all([_item(shared, first, last, ctx, tense) for first, last in items])


def _item(shared: Parts, first: int, last: int, ctx: Context, tense: int) -> DateSpan | None:
    start = span_of(replace(shared, day=first), ctx, tense)
    end = span_of(replace(shared, day=last), ctx, tense)
    if first == last or start is None or end is None:
        return start
    return range_span(start.start, end.start) if start.start < end.start else None


def _month_list(tokens: Sequence[Token], ctx: Context, tense: int) -> list[DateSpan]:
    shared = parts_of(tokens, ctx)
    months = [token.value for token in tokens if token.kind == "MONTH"]
    each = [replace(shared, month=month) for month in months if isinstance(month, int)]
    return _all([span_of(parts, ctx, tense) for parts in each])


def _year_list(tokens: Sequence[Token], _ctx: Context, _tense: int) -> list[DateSpan]:
    years = [token.value for token in tokens if token.kind == "YEAR"]
    return [year_span(year) for year in years if isinstance(year, int)]


def _all(spans: list[DateSpan | None]) -> list[DateSpan]:
    known = [span for span in spans if span]
    return known if len(known) == len(spans) else []


def _range(tokens: Sequence[Token], ctx: Context, tense: int) -> DateSpan | None:
    ends = _two_ends(tokens, ctx)
    if ends is None:
        return None
    left, right = ends
    last = span_of(right, ctx, tense)
    if last is None or last.end is None:
        return None
    if not left.whole and not left.year and (left.month or left.day):
        first = _before(left, last.end)
    elif left.weekday is not None and not left.month and not left.whole:
        first = _weekday_before(left.weekday, last.end)
    else:
        first = span_of(left, ctx, tense)
    if first is None or first.start > last.end:
        return None
    return range_span(first.start, last.end)


def _two_ends(tokens: Sequence[Token], ctx: Context) -> tuple[Parts, Parts] | None:
    """Return both ends, each completed with what only the other states."""
    joint = _joint(tokens)
    if joint is None:
        return None
    left, right = parts_of(tokens[:joint], ctx), parts_of(tokens[joint + 1 :], ctx)
    if left.day and not left.month and right.month:
        if right.day and left.day > right.day:
            return None  # "7-3 May" is a score, or a slip
        left = replace(left, month=right.month)
    if left.day and not left.month and right.whole:
        left = replace(left, month=right.whole.month, year=right.whole.year)
    if right.day and not right.month and left.month:
        right = replace(right, month=left.month)
    if left.year and not right.year and not right.whole and (right.month or right.day):
        wraps = (right.month or 0, right.day or 99) < (left.month or 0, left.day or 0)
        right = replace(right, year=left.year + wraps)
    if left.day and not left.month and not right.month:
        return None
    return left, right


def _joint(tokens: Sequence[Token]) -> int | None:
    """Return the place of the sign or word between both ends (never one inside an end)."""
    inner = {"PART", "WORD"}
    for position in range(1, len(tokens) - 1):
        token = tokens[position]
        if token.kind in _JOINTS and tokens[position - 1].kind not in inner:
            return position
    return None


def _before(parts: Parts, end: date) -> DateSpan | None:
    """Return the latest such day or month that starts on or before `end`."""
    for year in (end.year, end.year - 1):
        if parts.day and parts.month:
            day = valid_day(year, parts.month, parts.day)
            span = day_span(day) if day else None
        else:
            span = month_span(year, parts.month, parts.third) if parts.month else None
        if span and span.start <= end:
            return span
    return None


def _weekday_before(weekday: int, end: date) -> DateSpan:
    return day_span(end - timedelta(days=(end.weekday() - weekday) % 7))


def _ongoing(tokens: Sequence[Token], ctx: Context, tense: int) -> DateSpan | None:
    start = read_one(tokens[:-2], ctx, tense)
    return open_span(start.start) if start else None


_Reader = Callable[[Sequence[Token], Context, int], DateSpan | list[DateSpan] | None]

_READERS: dict[str, _Reader] = {
    **dict.fromkeys(("point", "month", "year", "weekday", "last_weekday"), read_one),
    **dict.fromkeys(("list_dm", "list_md"), _day_list),
    "list_months": _month_list,
    "list_years": _year_list,
    **dict.fromkeys(("range", "month_range", "from_to", "between", "either", "nights"), _range),
    "ongoing": _ongoing,
    **periods.READERS,
    **relative.READERS,
}
