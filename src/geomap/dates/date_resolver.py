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
from geomap.dates.date_tokens import DAY_KINDS, Token, valid_day
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
        if token.kind not in DAY_KINDS:
            continue
        joined = before is not None and before.kind in {"dash", "to", "until"} and items
        first = items.pop()[0] if joined else token.value
        items.append((first, token.value))
    spans: list[DateSpan | None] = []
    for first, last in items:
        start = span_of(replace(shared, day=first), ctx, tense)
        end = span_of(replace(shared, day=last), ctx, tense)
        if first != last and start and end:
            start = range_span(start.start, end.start) if start.start < end.start else None
        spans.append(start)
    return _all(spans)


def _month_list(tokens: Sequence[Token], ctx: Context, tense: int) -> list[DateSpan]:
    shared = parts_of(tokens, ctx)
    months = [token.value for token in tokens if token.kind == "MONTH"]
    return _all([span_of(replace(shared, month=month), ctx, tense) for month in months])


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
        back = (last.end.weekday() - left.weekday) % 7
        first = day_span(last.end - timedelta(days=back))
    else:
        first = span_of(left, ctx, tense)
    if first is None or first.start > last.end:
        return None
    return range_span(first.start, last.end)


def _two_ends(tokens: Sequence[Token], ctx: Context) -> tuple[Parts, Parts] | None:
    """Return both ends, each completed with what only the other states."""
    joints = (  # the sign or word between both ends is never one inside an end
        position
        for position in range(1, len(tokens) - 1)
        if tokens[position].kind in _JOINTS and tokens[position - 1].kind not in {"PART", "WORD"}
    )
    if (joint := next(joints, None)) is None:
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


def _ongoing(tokens: Sequence[Token], ctx: Context, tense: int) -> DateSpan | None:
    start = read_one(tokens[:-2], ctx, tense)
    return open_span(start.start) if start else None


_Reader = Callable[[Sequence[Token], Context, int], DateSpan | list[DateSpan] | None]

_READERS: dict[str, _Reader] = {
    **dict.fromkeys(("point", "month", "year", "weekday", "last_weekday"), read_one),
    **dict.fromkeys(("list_dm", "list_md"), _day_list),
    "list_months": _month_list,
    "list_years": lambda tokens, _ctx, _tense: [
        year_span(token.value) for token in tokens if token.kind == "YEAR"
    ],
    **dict.fromkeys(("range", "month_range", "from_to", "between", "either", "nights"), _range),
    "ongoing": _ongoing,
    **periods.READERS,
    **relative.READERS,
}
