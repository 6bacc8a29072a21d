"""Date mentions of a text, in order, each with its offsets and the days it names.

`text[start_char:end_char]` is the text of a mention; a list of days gives a mention for each
day; words that count from an unknown day give none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import zip_longest

from geomap.dates.article_header import head_lines
from geomap.dates.context import Context
from geomap.dates.date_resolver import read_match
from geomap.dates.date_spans import open_span
from geomap.dates.date_tokens import NumericDate, Token, kinds_of, read_tokens
from geomap.dates.false_dates import find_rule
from geomap.dates.grammar import Match, cuts_a_day, find_matches, longest_of
from geomap.dates.relative import apart_of
from geomap.dates.short_years import complete_short_dates
from geomap.dates.surroundings import find_people, is_in_dateline, role_in_list, role_of
from geomap.model import DateMention, DatePrecision, DateSpan

_JOINABLE = {"point", "list_dm", "list_md", "range", "either", "nights"}
_DATELINE_LAG = timedelta(days=7)

Head = tuple[tuple[int, int], ...]


def find_dates(text: str, *, published: date | None = None) -> tuple[DateMention, ...]:
    """Return the mentions of days in `text`, ordered by where they start.

    A day without a year is the latest one up to the day of publication, or the coming one
    where the words around it speak of the future. Ambiguous digits (3/4/2022) are read only
    where other digits of the text, or the day of publication, show which part is the day.

    Parameters
    ----------
    text
        Text of an article or of a cell.
    published
        Day of publication. Without it words that count from that day ("on Tuesday",
        "yesterday", "5 May") give nothing.

    Returns
    -------
    mentions
        One for each day or span, with offsets into `text`; those of a list share them.
    """
    tokens = complete_short_dates(read_tokens(text), text, published)
    _settle_numeric(tokens, published)
    people = find_people(tokens)
    matches = find_matches(
        kinds_of(tokens), lambda match: find_rule(match, tokens, people) is not None
    )
    head = head_lines(text)
    while True:
        mentions, empty = _read(matches, text, Context(tokens, published), head)
        if not empty:
            return tuple(mentions)
        # a long match that means nothing must not hide a shorter one that does
        over = {place: other for other in empty for place in range(other.first, other.last)}
        matches = [match for match in matches if not _falls(match, over.get(match.first), tokens)]


def _falls(match: Match, empty: Match | None, tokens: Sequence[Token]) -> bool:
    """Return whether a match is `empty` itself, or has a meaning only without a day of it."""
    return empty is not None and (match == empty or cuts_a_day(match, empty, tokens))


def _read(
    matches: Sequence[Match], text: str, ctx: Context, head: Head
) -> tuple[list[DateMention], list[Match]]:
    """Return the mentions of the longest matches, and those matches that gave none."""
    longest = longest_of(matches, len(ctx.tokens))
    mentions: list[DateMention] = []
    empty: list[Match] = []
    for match, following in zip_longest(longest, longest[1:]):
        more = _mentions(match, following, text, ctx, head)
        mentions.extend(more)
        if not more:
            empty.append(match)
    return mentions, empty


def _mentions(
    match: Match, following: Match | None, text: str, ctx: Context, head: Head
) -> list[DateMention]:
    tokens = ctx.tokens[match.first : match.last]
    ctx.enter(tokens[0])
    role = role_of(match, ctx.tokens)
    tense = _tense(match, ctx, role)
    spans = _spans(match, following, ctx, tense=tense)
    if role == "since":
        spans = [open_span(span.start) for span in spans]
    start, end = tokens[0].start, tokens[-1].end
    if any(first <= start and end <= last for first, last in head):
        role = "header"
    elif not role and is_in_dateline(text, start, end, tokens):
        role = "dateline"
    _remember(ctx, tokens, spans, role)
    roles = [role_in_list(match, ctx.tokens, span, role) for span in spans]
    return [
        DateMention(start, end, text[start:end], span, own)
        for span, own in zip(spans, roles, strict=True)
    ]


def _tense(match: Match, ctx: Context, role: str) -> int:
    """Return 1 for a day ahead, -1 for one behind: "since" looks back, "by" mostly ahead."""
    if role == "since":
        return -1
    if ctx.is_set(match.first):
        undone = ctx.undone_tense(match.first, match.last)
        return undone or (1 if match.name in {"weekday", "last_weekday"} else 0)
    read = ctx.deadline_tense if role == "by" else ctx.tense
    return read(match.first, match.last)


def _apart_of(match: Match, following: Match | None, ctx: Context, tense: int) -> list[DateSpan]:
    """Return the span of "two days after" before the match that it counts from."""
    if following is None:
        return []
    next_tokens = ctx.tokens[following.first : following.last]
    base = read_match(following.name, next_tokens, ctx, tense)
    if not base:
        return []
    ctx.counted = apart_of(ctx.tokens[match.first : match.last], base[0].start)
    return [ctx.counted] if ctx.counted else []


def _spans(match: Match, following: Match | None, ctx: Context, *, tense: int) -> list[DateSpan]:
    """Return the spans of a match, with the year of a date that it is joined to."""
    if match.name == "apart_of":
        return _apart_of(match, following, ctx, tense)
    tokens = ctx.tokens[match.first : match.last]
    if following is None or _states_year(tokens) or not _is_joined(match, following, ctx.tokens):
        return read_match(match.name, tokens, ctx, tense)
    years = [t.value for t in ctx.tokens[following.first : following.last] if t.kind == "YEAR"]
    return read_match(match.name, tokens, replace(ctx, year=years[-1] if years else None), tense)


def _states_year(tokens: Sequence[Token]) -> bool:
    return any(token.kind in {"YEAR", "ISO", "NUMERIC"} for token in tokens)


def _is_joined(match: Match, following: Match, tokens: Sequence[Token]) -> bool:
    """Return whether only a comma, "and" or "on the" stands before a date with a year."""
    between = {token.kind for token in tokens[match.last : following.first]}
    both = match.name in _JOINABLE and following.name in _JOINABLE
    joins = bool(between & {"and", "comma", "to", "dash"})
    return both and joins and between <= {"and", "comma", "on", "the", "to", "dash"}


def _remember(ctx: Context, tokens: Sequence[Token], spans: Sequence[DateSpan], role: str) -> None:
    """Set the days in the context that later words of the text may count from."""
    if not spans:
        return
    span = spans[-1]
    dateline = role == "dateline" and span.precision is DatePrecision.DAY
    if dateline and ctx.written and timedelta(0) <= ctx.written - span.start <= _DATELINE_LAG:
        ctx.written = span.start
    if role == "header":
        return
    if ctx.counted and ctx.counted is not span:
        # what follows counts on from the "two days after" this date, not from this date
        ctx.last, ctx.counted = ctx.counted, None
    else:
        ctx.last = span
    if span.precision is DatePrecision.YEAR and tokens[-1].kind == "YEAR":
        ctx.year = span.start.year
    elif _states_year(tokens):
        ctx.year_day = span.start


def _settle_numeric(tokens: Sequence[Token], published: date | None) -> None:
    """Choose between day first and month first where the text shows which one it uses."""
    numeric = [token for token in tokens if token.kind == "NUMERIC"]
    orders = {order for token in numeric if (order := _order(token))}
    for token in numeric:
        value = token.value
        if not isinstance(value, NumericDate) or len(value.readings) < 2:
            continue
        day_first, month_first = value.readings
        if len(orders) == 1:
            chosen = day_first if orders == {"dmy"} else month_first
        elif published in value.readings:
            chosen = day_first if day_first == published else month_first
        else:
            token.kind = "OTHER"
            continue
        token.value = NumericDate((chosen,))


def _order(token: Token) -> str | None:
    """Return the order ("dmy", "mdy") that digits with a part above 12 prove."""
    first, second = (int(part) for part in re.split(r"[./-]", token.text)[:2])
    if "." in token.text or (first > 12) == (second > 12):
        return None
    return "dmy" if first > 12 else "mdy"
