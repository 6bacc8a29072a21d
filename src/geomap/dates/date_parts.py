"""One date as its written parts, and the span those parts mean in their context."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from geomap.dates import relative
from geomap.dates.context import Context
from geomap.dates.date_spans import day_span, month_span, year_span
from geomap.dates.date_tokens import MONTH_KINDS, NumericDate, Token, valid_day
from geomap.dates.date_words import DEIXIS
from geomap.model import DateSpan


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


_PART_OF_KIND = {
    "ISO": "whole",
    **dict.fromkeys(MONTH_KINDS, "month"),
    **dict.fromkeys(("DAY", "ORD"), "day"),
    "YEAR": "year",
    **dict.fromkeys(("WEEKDAY", "WDAY"), "weekday"),
    "PART": "third",
}


def parts_of(tokens: Sequence[Token], ctx: Context) -> Parts:
    """Return the parts that the tokens of one date state."""
    parts: dict[str, object] = {}
    for token, following in zip_longest(tokens, tokens[1:]):
        if token.kind in _PART_OF_KIND:
            parts[_PART_OF_KIND[token.kind]] = token.value
        elif isinstance(token.value, NumericDate) and len(token.value.readings) == 1:
            parts["whole"] = token.value.readings[0]
        elif token.kind in DEIXIS:
            parts["shift"] = DEIXIS[token.kind]
            if following is not None and following.kind == "year" and ctx.written:
                parts["year"] = ctx.written.year + DEIXIS[token.kind]
    return Parts(**parts)  # type: ignore[arg-type]  # each value is of the kind of its token


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
