"""Words that count days from the day of writing, or from the day mentioned last.

"Yesterday" and "last week" count from the day of writing; "the following day" and "a week
earlier" from the last date in the text. Without that day they have no meaning here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
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


def period_span(unit: str, shift: int, day: date, third: str | None = None) -> DateSpan:
    """Return the week, month or year that lies `shift` of them from that of a day."""
    if unit == "week":
        return week_span(day + timedelta(days=7 * shift))
    if unit == "month":
        return month_span(*shift_month(day, shift), third)
    return year_span(day.year + shift, third)


def shift_of(tokens: Sequence[Token]) -> int:
    """Return how many periods the words count from the present one ("last" is -1)."""
    shifts = [_SHIFTS[token.kind] for token in tokens if token.kind in _SHIFTS]
    return next((shift for shift in shifts if shift), 0)  # "this past March" is past


def from_writing(read: Callable[[Sequence[Token], date, int], DateSpan | None]) -> SpanReader:
    """Return a reader that counts from the day of writing and reads nothing without one."""
    return lambda tokens, ctx, tense: read(tokens, ctx.written, tense) if ctx.written else None


def apart_of(tokens: Sequence[Token], base: date | None) -> DateSpan | None:
    """Return the span of "two days after" or "a week earlier", counted from `base`."""
    sign = -1 if tokens[-1].kind in {"earlier", "before"} else 1
    return _away(tokens, base, sign, loose=False) if base else None


def _weekday_of_week(tokens: Sequence[Token], written: date, _tense: int) -> DateSpan:
    weekday = next(token.value for token in tokens if token.kind == "WEEKDAY")
    monday = period_span("week", shift_of(tokens), written).start
    return day_span(monday + timedelta(days=weekday))


def _anaphoric_weekday(tokens: Sequence[Token], ctx: Context, _tense: int) -> DateSpan | None:
    weekday, shift, base = tokens[-1].value, shift_of(tokens), _last_day(ctx)
    if base is None:
        return None
    if shift == 0:
        return day_span(base) if base.weekday() == weekday else None
    steps = (weekday - base.weekday()) % 7 or 7
    return day_span(base + timedelta(days=steps if shift > 0 else steps - 7 or -7))


def _ordinal(tokens: Sequence[Token], ctx: Context, tense: int) -> DateSpan | None:
    """Return the day of that number in the month mentioned last."""
    if ctx.last is None or ctx.last.precision is DatePrecision.YEAR:
        return None
    base, number = ctx.last.start, tokens[0].value
    day = valid_day(base.year, base.month, number)
    if day and ctx.written and tense < 0 and day > ctx.written:
        day = valid_day(*shift_month(base, -1), number)  # the past lies before the day of writing
    return day_span(day) if day else None


def _today(tokens: Sequence[Token], written: date, _tense: int) -> DateSpan:
    shift = tokens[-1].value or 0
    if len(tokens) > 1 and tokens[-1].kind == "TODAY":
        shift += 1 if tokens[-2].kind == "after" else -1
    return day_span(written + timedelta(days=shift))


def _night_into(tokens: Sequence[Token], ctx: Context, tense: int) -> DateSpan | None:
    """Return both days of a night: "overnight Saturday" begins one, "into Sunday" ends one."""
    named = weekday_span(tokens[-1].value, None, ctx, tense)
    if named is None:
        return None
    ends = any(token.kind in {"to", "into"} for token in tokens)
    first = named.start - timedelta(days=int(ends))
    return range_span(first, first + timedelta(days=1))


def _day_away(tokens: Sequence[Token], base: date, sign: int) -> DateSpan | None:
    """Return the day that lies a number of days, weeks, months or years from `base`."""
    count, unit = _count(tokens), _unit(tokens)
    if count is None:
        return None
    if unit in {"day", "week"}:
        return day_span(base + timedelta(days=sign * count * (7 if unit == "week" else 1)))
    year, month = shift_month(base, sign * count * (12 if unit == "year" else 1))
    day = valid_day(year, month, base.day)
    return day_span(day) if day else month_span(year, month)


def _away(tokens: Sequence[Token], base: date, sign: int, *, loose: bool) -> DateSpan | None:
    """Return the span that lies a number of days, weeks, months or years from `base`.

    A week counted from the day of writing ("two weeks ago") is known to the week; counted
    from another date ("a week earlier") it is the same weekday.
    """
    count, unit = _count(tokens), _unit(tokens)
    if count is None:
        if unit != "day":
            return None
        return range_span(base + timedelta(days=2 * sign), base + timedelta(days=7 * sign))
    if unit in {"month", "year"}:
        return period_span(unit, sign * count, base)
    day = base + timedelta(days=sign * count * (7 if unit == "week" else 1))
    if unit == "day" or not loose:
        return day_span(day)
    return DateSpan(day - timedelta(days=3), day + timedelta(days=3), DatePrecision.WEEK)


def _period(tokens: Sequence[Token], written: date, _tense: int) -> DateSpan:
    """Return "last week", "this month", "early next year", "earlier this month"."""
    kinds = {token.kind for token in tokens}
    third = next((str(token.value) for token in tokens if token.kind == "PART"), None)
    span = period_span(_unit(tokens), shift_of(tokens), written, third)
    if "earlier" in kinds and span.start <= written:
        return range_span(span.start, min(span.end or written, written))
    if "later" in kinds and span.end and span.end >= written:
        return range_span(max(span.start, written), span.end)
    return span


def _past(tokens: Sequence[Token], written: date, _tense: int) -> DateSpan | None:
    """Return the days of "the past week", "the next 48 hours", from the day of writing."""
    kinds = {token.kind for token in tokens}
    sign = 1 if "next" in kinds else -1
    count = _count(tokens)
    if count is None:
        return None
    if _unit(tokens) == "hour":
        return range_span(written, written + timedelta(days=sign * -(-count // 24)))
    away = _day_away(tokens, written, sign)
    return range_span(written, away.start) if away else None


def _anaphoric(tokens: Sequence[Token], ctx: Context, tense: int) -> DateSpan | None:
    """Return "the following day", "the day before", "the same month": from the last date."""
    kinds, unit = {token.kind for token in tokens}, _unit(tokens)
    shift = -1 if "before" in kinds else shift_of(tokens)
    if unit == "day":
        base = _last_day(ctx)
        return day_span(base + timedelta(days=shift)) if base else None
    ahead = "next" in kinds and tense > 0
    base = ctx.written if ahead else ctx.last.start if ctx.last else None
    return period_span(unit, shift, base) if base else None


def _month_name(tokens: Sequence[Token], written: date, tense: int) -> DateSpan:
    """Return "last March": the latest one that is over; "next March": the first to come."""
    month, shift = tokens[-1].value, shift_of(tokens)
    if shift < 0:
        year = written.year - (month >= written.month)
    elif shift > 0:
        year = written.year + (month <= written.month)
    else:
        year = written.year - (tense < 0 and month > written.month)
    return month_span(year, month)


def _unit(tokens: Sequence[Token]) -> str:
    return next(token.kind for token in reversed(tokens) if token.kind in _UNITS)


def _count(tokens: Sequence[Token]) -> int | None:
    """Return the number in the words, 1 without any ("a week"), None for "a few"."""
    return next((token.value for token in tokens if token.kind in _NUMBERS), 1)


def _last_day(ctx: Context) -> date | None:
    """Return the day mentioned last, where it is known to the day."""
    if ctx.last is None or ctx.last.precision not in {DatePrecision.DAY, DatePrecision.OPEN}:
        return None
    return ctx.last.start


READERS: dict[str, SpanReader] = {
    "weekday_of_week": from_writing(_weekday_of_week),
    "anaphoric_weekday": _anaphoric_weekday,
    "ordinal": _ordinal,
    "today": from_writing(_today),
    # the night lies on both days
    "overnight": from_writing(lambda _, day, __: range_span(day - timedelta(days=1), day)),
    "night_into": _night_into,
    "ago": from_writing(lambda tokens, day, _: _away(tokens, day, -1, loose=True)),
    # the same day, so many weeks, months or years before
    "ago_today": from_writing(lambda tokens, day, _: _day_away(tokens, day, -1)),
    "apart": lambda tokens, ctx, _tense: apart_of(tokens, _last_day(ctx)),
    "period": from_writing(_period),
    "past": from_writing(_past),
    "anaphoric": _anaphoric,
    "last_month_name": from_writing(_month_name),
}
