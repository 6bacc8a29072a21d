"""Stretches with a name of their own: quarters, decades, seasons, the nth week of a month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from geomap.dates.context import Context, SpanReader
from geomap.dates.date_parts import read_one
from geomap.dates.date_spans import months_span, range_span
from geomap.dates.date_tokens import MONTH_KINDS, Token
from geomap.dates.relative import from_writing, period_span, shift_of
from geomap.model import DatePrecision, DateSpan

_STARTING = {"beginning", "starting", "commencing"}


def _years(first: int, last: int) -> DateSpan:
    return range_span(date(first, 1, 1), date(last, 12, 31))


def _split_year(tokens: Sequence[Token], _ctx: Context, _tense: int) -> DateSpan:
    """Return the years of "2021-22" and "1988-94"."""
    year, short = tokens[0].value, tokens[-1].value
    return _years(year, year - year % 100 + short)


def _weekend(tokens: Sequence[Token], written: date, tense: int) -> DateSpan:
    """Return the Saturday and Sunday meant, from the day of writing."""
    since = (written.weekday() - 5) % 7
    latest = written - timedelta(days=since)
    kinds = {token.kind for token in tokens}
    if kinds & {"last", "past", "previous"}:
        first = latest if since > 1 else latest - timedelta(days=7)
    elif "next" in kinds or (tense >= 0 and "this" in kinds) or tense > 0:
        first = latest if since < 2 and "next" not in kinds else latest + timedelta(days=7)
    else:
        first = latest
    return range_span(first, first + timedelta(days=1))


def _nth(tokens: Sequence[Token], ctx: Context, tense: int) -> DateSpan | None:
    """Return the first week of a month, the second half or third quarter of a year."""
    place = next((token.value for token in tokens if token.kind == "NTH"), -1)
    unit = next(p for p, token in enumerate(tokens) if token.kind in {"week", "half", "quarter"})
    whole = _whole(tokens[unit + 1 :], ctx, tense)
    if whole is None or whole.end is None:
        return None
    first, last = whole.start, whole.end
    if tokens[unit].kind == "week":
        if whole.precision is not DatePrecision.MONTH:
            return None
        start = last - timedelta(days=6) if place < 0 else first + timedelta(days=7 * (place - 1))
        return DateSpan(start, start + timedelta(days=6), DatePrecision.WEEK)
    count = 2 if tokens[unit].kind == "half" else 4
    place = count if place < 0 else place
    if place > count:
        return None
    if whole.precision is DatePrecision.YEAR:
        size = 12 // count
        return months_span(first.year, size * (place - 1) + 1, size * place)
    if count == 2:
        middle = first.replace(day=15)
        return range_span(first, middle) if place == 1 else range_span(middle.replace(day=16), last)
    return None


def _whole(tokens: Sequence[Token], ctx: Context, tense: int) -> DateSpan | None:
    kinds = {token.kind for token in tokens}
    if "month" not in kinds and kinds & {"YEAR", *MONTH_KINDS}:
        return read_one(tokens, ctx, tense)
    unit = "month" if "month" in kinds else "year"
    return period_span(unit, shift_of(tokens), ctx.written) if ctx.written else None


def _week_of(tokens: Sequence[Token], ctx: Context, tense: int) -> DateSpan | None:
    span = read_one(tokens, ctx, tense)
    if span is None:
        return None
    day = span.start
    if any(token.kind == "ending" for token in tokens):
        return DateSpan(day - timedelta(days=6), day, DatePrecision.WEEK)
    starts = day.weekday() == 6 or any(token.text in _STARTING for token in tokens)
    start = day if starts else day - timedelta(days=day.weekday())
    return DateSpan(start, start + timedelta(days=6), DatePrecision.WEEK)


READERS: dict[str, SpanReader] = {
    "decade": lambda tokens, _ctx, _tense: _years(tokens[0].value, tokens[0].value + 9),
    "quarter": lambda tokens, _ctx, _tense: months_span(tokens[-1].value, *tokens[0].value),
    "split_year": _split_year,
    "weekend": from_writing(_weekend),
    "nth": _nth,
    "week_of": _week_of,
}
