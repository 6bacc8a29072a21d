"""One date as its written parts, and the span those parts mean in their context."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from geomap.dates import relative
from geomap.dates.context import Context
from geomap.dates.date_spans import day_span, month_span, year_span
from geomap.dates.date_tokens import MONTH_KINDS, NumericDate, Token, valid_day
from geomap.dates.date_words import PARTS
from geomap.model import DateSpan

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
        elif token.kind in MONTH_KINDS:
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


def read_one(tokens: Sequence[Token], ctx: Context, tense: int) -> DateSpan | None:
    """Return the span of tokens that hold one date."""
    return span_of(parts_of(tokens, ctx), ctx, tense)
