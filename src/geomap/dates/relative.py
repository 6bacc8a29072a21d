"""Words that count days from the day of writing, or from the day mentioned last.

"Yesterday" and "last week" count from the day of writing; "the following day" and "a week
earlier" from the last date in the text. Without that day they have no meaning here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from geomap.dates.context import Context, SpanReader
from geomap.dates.date_spans import (
    day_span,
    month_span,
    range_span,
    shift_month,
    week_span,
    year_span,
)
from geomap.dates.date_tokens import Token, valid_day
from geomap.dates.date_words import DEIXIS
from geomap.model import DatePrecision, DateSpan

_SHIFTS = {**DEIXIS, "past": -1, "previous": -1, "same": 0, "that": 0, "after": 1}
_UNITS = {"hour", "day", "week", "month", "year"}
_NUMBERS = {"DAY", "NUMBER", "COUNT"}


def weekday_span(weekday: int, shift: int | None, ctx: Context, tense: int) -> DateSpan | None:
    """Return "Tuesday", "last Tuesday" (before the day of writing) or "next Tuesday" (after)."""
    if ctx.written is None:
        return None
    back = (ctx.written.weekday() - weekday) % 7
    if shift == -1:
        return day_span(ctx.written - timedelta(days=back or 7))
    if shift == 1 or (tense > 0 and back):
        return day_span(ctx.written + timedelta(days=7 - back))
    if shift == 0 and tense == 0:
        return day_span(week_span(ctx.written).start + timedelta(days=weekday))
    return day_span(ctx.written - timedelta(days=back))


def period_span(
    unit: str, shift: int, ctx: Context, *, third: str | None = None, base: date | None = None
) -> DateSpan | None:
    """Return the week, month or year that lies `shift` of them from the day of writing."""
    day = base or ctx.written
    if day is None:
        return None
    if unit == "week":
        return week_span(day + timedelta(days=7 * shift))
    if unit == "month":
        return month_span(*shift_month(day, shift), third)
    return year_span(day.year + shift, third)


def shift_of(tokens: Sequence[Token]) -> int:
    """Return how many periods the words count from the present one ("last" is -1)."""
    shifts = [_SHIFTS[token.kind] for token in tokens if token.kind in _SHIFTS]
    return next((shift for shift in shifts if shift), 0)  # "this past March" is past


def apart_of(tokens: Sequence[Token], base: date | None) -> DateSpan | None:
    """Return the span of "two days after" or "a week earlier", counted from `base`."""
    sign = -1 if tokens[-1].kind in {"earlier", "before"} else 1
    return _away(tokens, base, sign, loose=False)


def _weekday_of_week(tokens: Sequence[Token], ctx: Context, _tense: int) -> DateSpan | None:
    week = period_span("week", shift_of(tokens), ctx)
    weekday = next(token.value for token in tokens if token.kind == "WEEKDAY")
    if week is None or not isinstance(weekday, int):
        return None
    return day_span(week.start + timedelta(days=weekday))


def _anaphoric_weekday(tokens: Sequence[Token], ctx: Context, _tense: int) -> DateSpan | None:
    weekday, shift, base = tokens[-1].value, shift_of(tokens), _last_day(ctx)
    if base is None or not isinstance(weekday, int):
        return None
    if shift == 0:
        return day_span(base) if base.weekday() == weekday else None
    steps = (weekday - base.weekday()) % 7 or 7
    return day_span(base + timedelta(days=steps if shift > 0 else steps - 7 or -7))


def _ordinal(tokens: Sequence[Token], ctx: Context, tense: int) -> DateSpan | None:
    """Return the day of that number in the month mentioned last."""
    number = tokens[0].value
    base = ctx.last.start if ctx.last and ctx.last.precision is not DatePrecision.YEAR else None
    if base is None or not isinstance(number, int):
        return None
    day = valid_day(base.year, base.month, number)
    if day and ctx.written and tense < 0 and day > ctx.written:
        day = valid_day(*shift_month(base, -1), number)  # the past lies before the day of writing
    return day_span(day) if day else None


def _today(tokens: Sequence[Token], ctx: Context, _tense: int) -> DateSpan | None:
    if ctx.written is None:
        return None
    shift = tokens[-1].value
    shift = shift if isinstance(shift, int) else 0
    if len(tokens) > 1 and tokens[-1].kind == "TODAY":
        shift += 1 if tokens[-2].kind == "after" else -1
    return day_span(ctx.written + timedelta(days=shift))


def _day_away(tokens: Sequence[Token], base: date | None, sign: int) -> DateSpan | None:
    """Return the day that lies a number of days, weeks, months or years from `base`."""
    count, unit = _count(tokens), _unit(tokens)
    if base is None or count is None:
        return None
    if unit in {"day", "week"}:
        return day_span(base + timedelta(days=sign * count * (7 if unit == "week" else 1)))
    year, month = shift_month(base, sign * count * (12 if unit == "year" else 1))
    day = valid_day(year, month, base.day)
    return day_span(day) if day else month_span(year, month)


def _away(tokens: Sequence[Token], base: date | None, sign: int, *, loose: bool) -> DateSpan | None:
    """Return the span that lies a number of days, weeks, months or years from `base`.

    A week counted from the day of writing ("two weeks ago") is known to the week; counted
    from another date ("a week earlier") it is the same weekday.
    """
    if base is None:
        return None
    count, unit = _count(tokens), _unit(tokens)
    if count is None:
        if unit != "day":
            return None
        return range_span(base + timedelta(days=2 * sign), base + timedelta(days=7 * sign))
    if unit == "day":
        return day_span(base + timedelta(days=sign * count))
    if unit == "week":
        day = base + timedelta(days=7 * sign * count)
        if not loose:
            return day_span(day)
        return DateSpan(day - timedelta(days=3), day + timedelta(days=3), DatePrecision.WEEK)
    if unit == "month":
        return month_span(*shift_month(base, sign * count))
    return year_span(base.year + sign * count)


def _period(tokens: Sequence[Token], ctx: Context, _tense: int) -> DateSpan | None:
    """Return "last week", "this month", "early next year", "earlier this month"."""
    kinds = {token.kind for token in tokens}
    third = next((str(token.value) for token in tokens if token.kind == "PART"), None)
    span = period_span(_unit(tokens), shift_of(tokens), ctx, third=third)
    if span is None or span.end is None or ctx.written is None:
        return span
    if "earlier" in kinds and span.start <= ctx.written:
        return range_span(span.start, min(span.end, ctx.written))
    if "later" in kinds and span.end >= ctx.written:
        return range_span(max(span.start, ctx.written), span.end)
    return span


def _past(tokens: Sequence[Token], ctx: Context, _tense: int) -> DateSpan | None:
    """Return the days of "the past week", "the next 48 hours", from the day of writing."""
    kinds = {token.kind for token in tokens}
    sign = 1 if "next" in kinds else -1
    count = _count(tokens) if kinds & _NUMBERS else 1
    if ctx.written is None or count is None:
        return None
    if _unit(tokens) == "hour":
        return range_span(ctx.written, ctx.written + timedelta(days=sign * -(-count // 24)))
    away = _day_away(tokens, ctx.written, sign)
    return range_span(ctx.written, away.start) if away else None


def _anaphoric(tokens: Sequence[Token], ctx: Context, tense: int) -> DateSpan | None:
    """Return "the following day", "the day before", "the same month": from the last date."""
    kinds, unit = {token.kind for token in tokens}, _unit(tokens)
    shift = -1 if "before" in kinds else shift_of(tokens)
    if unit == "day":
        base = _last_day(ctx)
        return day_span(base + timedelta(days=shift)) if base else None
    ahead = "next" in kinds and tense > 0
    base = ctx.written if ahead else ctx.last.start if ctx.last else None
    return period_span(unit, shift, ctx, base=base) if base else None


def _month_name(tokens: Sequence[Token], ctx: Context, tense: int) -> DateSpan | None:
    """Return "last March": the latest one that is over; "next March": the first to come."""
    month, shift = tokens[-1].value, shift_of(tokens)
    if ctx.written is None or not isinstance(month, int):
        return None
    year = ctx.written.year
    if shift < 0:
        year -= month >= ctx.written.month
    elif shift > 0:
        year += month <= ctx.written.month
    elif tense < 0 and month > ctx.written.month:
        year -= 1
    return month_span(year, month)


def _unit(tokens: Sequence[Token]) -> str:
    return next(token.kind for token in reversed(tokens) if token.kind in _UNITS)


def _count(tokens: Sequence[Token]) -> int | None:
    """Return the number in the words, 1 without any ("a week"), None for "a few"."""
    number = next((token.value for token in tokens if token.kind in _NUMBERS), 1)
    return number if isinstance(number, int) else None


def _last_day(ctx: Context) -> date | None:
    """Return the day mentioned last, where it is known to the day."""
    if ctx.last is None or ctx.last.precision not in {DatePrecision.DAY, DatePrecision.OPEN}:
        return None
    return ctx.last.start


READERS: dict[str, SpanReader] = {
    "weekday_of_week": _weekday_of_week,
    "anaphoric_weekday": _anaphoric_weekday,
    "ordinal": _ordinal,
    "today": _today,
    # the night lies on both days
    "overnight": lambda _tokens, ctx, _tense: (
        range_span(ctx.written - timedelta(days=1), ctx.written) if ctx.written else None
    ),
    "ago": lambda tokens, ctx, _tense: _away(tokens, ctx.written, -1, loose=True),
    # the same day, so many weeks, months or years before
    "ago_today": lambda tokens, ctx, _tense: _day_away(tokens, ctx.written, -1),
    "apart": lambda tokens, ctx, _tense: apart_of(tokens, _last_day(ctx)),
    "period": _period,
    "past": _past,
    "anaphoric": _anaphoric,
    "last_month_name": _month_name,
}
