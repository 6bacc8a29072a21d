"""From the tokens of one match to the spans of days it names.

Each reader is named after its pattern in `grammar` and returns a span for each mention, or
nothing where a part is missing that the text does not state.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from geomap.dates import relative
from geomap.dates.context import Context
from geomap.dates.lexicon import PARTS
from geomap.dates.spans import day_span, month_span, months_span, open_span, range_span, year_span
from geomap.dates.tokens import NumericDate, Token, valid_day
from geomap.model import DatePrecision, DateSpan

_JOINTS = {"dash", "to", "until", "and", "slash"}
_DEIXIS = {"last": -1, "this": 0, "next": 1}


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a date that are written; None for those that are not."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    third: str | None = None
    shift: int | None = None
    whole: date | None = None


def parts_of(tokens: Sequence[Token], ctx: Context) -> Parts:
    """Return the parts that the tokens of one date state."""
    found: dict[str, object] = {}
    for position, token in enumerate(tokens):
        if token.kind == "ISO":
            found["whole"] = token.value
        elif token.kind == "NUMERIC" and isinstance(token.value, NumericDate):
            if len(token.value.readings) == 1:
                found["whole"] = token.value.readings[0]
        elif token.kind in {"MONTH", "LMONTH"}:
            found["month"] = token.value
        elif token.kind in {"DAY", "ORD"}:
            found["day"] = token.value
        elif token.kind == "YEAR":
            found["year"] = token.value
        elif token.kind in {"WEEKDAY", "WDAY"}:
            found["weekday"] = token.value
        elif token.kind == "PART":
            found["third"] = PARTS[token.text.lower()]
        elif token.kind in _DEIXIS:
            found["shift"] = _DEIXIS[token.kind]
            if position + 1 < len(tokens) and tokens[position + 1].kind == "year" and ctx.written:
                found["year"] = ctx.written.year + _DEIXIS[token.kind]
    return Parts(**found)  # type: ignore[arg-type]  # each value is of the kind of its token


def span_of(parts: Parts, ctx: Context, tense: int) -> DateSpan | None:
    """Return the span that these parts mean in their context."""
    if parts.whole:
        return day_span(parts.whole)
    if parts.month and parts.day:
        if parts.year:
            day = valid_day(parts.year, parts.month, parts.day)
        else:
            day = ctx.full_day(parts.month, parts.day, parts.weekday, tense)
        return day_span(day) if day else None
    if parts.month:
        year = parts.year or ctx.month_year(parts.month, tense)
        return month_span(year, parts.month, parts.third) if year else None
    if parts.year:
        return year_span(parts.year, parts.third)
    if parts.weekday is not None:
        return relative.weekday_span(parts.weekday, parts.shift, ctx, tense)
    return None


def read_match(name: str, tokens: Sequence[Token], ctx: Context, tense: int) -> list[DateSpan]:
    """Return the spans that the tokens of a match of pattern `name` mean."""
    reader = _READERS.get(name) or relative.READERS[name]
    found = reader(tokens, ctx, tense)
    if found is None:
        return []
    return found if isinstance(found, list) else [found]


def _single(tokens: Sequence[Token], ctx: Context, tense: int) -> DateSpan | None:
    return span_of(parts_of(tokens, ctx), ctx, tense)


def _day_list(tokens: Sequence[Token], ctx: Context, tense: int) -> list[DateSpan]:
    shared = parts_of(tokens, ctx)
    days = [token.value for token in tokens if token.kind in {"DAY", "ORD"}]
    each = [replace(shared, day=day) for day in days if isinstance(day, int)]
    return _all([span_of(parts, ctx, tense) for parts in each])


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
        left = replace(left, month=right.month)
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
    start = _single(tokens[:-2], ctx, tense)
    return open_span(start.start) if start else None


def _decade(tokens: Sequence[Token], _ctx: Context, _tense: int) -> DateSpan | None:
    year = tokens[0].value
    return range_span(date(year, 1, 1), date(year + 9, 12, 31)) if isinstance(year, int) else None


def _quarter(tokens: Sequence[Token], _ctx: Context, _tense: int) -> DateSpan | None:
    number, year = tokens[0].value, tokens[-1].value
    if isinstance(number, int) and isinstance(year, int):
        return months_span(year, number * 3 - 2, number * 3)
    return None


def _nth(tokens: Sequence[Token], ctx: Context, tense: int) -> DateSpan | None:
    """Return the first week of a month, the second half or third quarter of a year."""
    place = next((token.value for token in tokens if token.kind == "NTH"), -1)
    unit = next(p for p, token in enumerate(tokens) if token.kind in {"week", "half", "quarter"})
    whole = _whole(tokens[unit + 1 :], ctx, tense)
    if whole is None or whole.end is None or not isinstance(place, int):
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
    if any(token.kind == "month" for token in tokens):
        return relative.period_span("month", _shift(tokens), ctx)
    if not any(token.kind in {"MONTH", "LMONTH", "YEAR"} for token in tokens):
        return relative.period_span("year", _shift(tokens), ctx)
    return _single(tokens, ctx, tense)


def _shift(tokens: Sequence[Token]) -> int:
    return next((_DEIXIS[token.kind] for token in tokens if token.kind in _DEIXIS), 0)


def _week_of(tokens: Sequence[Token], ctx: Context, tense: int) -> DateSpan | None:
    span = _single(tokens, ctx, tense)
    if span is None:
        return None
    day = span.start
    if any(token.kind == "ending" for token in tokens):
        return DateSpan(day - timedelta(days=6), day, DatePrecision.WEEK)
    starts = day.weekday() == 6 or any(token.text in {"beginning", "starting"} for token in tokens)
    start = day if starts else day - timedelta(days=day.weekday())
    return DateSpan(start, start + timedelta(days=6), DatePrecision.WEEK)


Reader = Callable[[Sequence[Token], Context, int], DateSpan | list[DateSpan] | None]

_READERS: dict[str, Reader] = {
    "point": _single,
    "month": _single,
    "year": _single,
    "weekday": _single,
    "last_weekday": _single,
    "list_dm": _day_list,
    "list_md": _day_list,
    "list_months": _month_list,
    "list_years": _year_list,
    "range": _range,
    "from_to": _range,
    "between": _range,
    "either": _range,
    "nights": _range,
    "ongoing": _ongoing,
    "decade": _decade,
    "quarter": _quarter,
    "nth": _nth,
    "week_of": _week_of,
}
