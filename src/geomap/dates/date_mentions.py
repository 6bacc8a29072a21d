"""Date mentions of a text, in order, each with its offsets and the days it names.

Promises: `text[start_char:end_char]` is the mention's text; a list of days gives as many
mentions as days; what counts from a day that is not known gives nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import zip_longest

from geomap.dates.article_header import head_lines
from geomap.dates.context import Context
from geomap.dates.date_resolver import read_match
from geomap.dates.date_spans import open_span
from geomap.dates.date_tokens import NumericDate, Token, kinds_of, read_tokens
from geomap.dates.date_words import FUNCTION_WORDS, words
from geomap.dates.false_dates import cuts_a_day, is_wrong, people_months
from geomap.dates.grammar import Match, find_matches, longest_of
from geomap.dates.relative import apart_of
from geomap.model import DateMention, DatePrecision, DateSpan

_COUNTING = frozenset(words("list_dm list_md range either nights"))
_ANAPHORIC = frozenset(words("anaphoric anaphoric_weekday apart apart_of ordinal"))
_LISTS = frozenset(words("list_dm list_md"))
_BETWEEN = frozenset(words("between either nights month_range split_year"))
_ROLE_WORDS = {"since", "until", "by", "from", "before", "after"}
_SKIPPED_BEFORE_ROLE = {"the", "on", "PART", "of", "in"}
_DATELINE = re.compile(r"[^\W\d_][\w .,'’()/-]{1,60}?[,(|–—-]\s*\(?")
_NOTE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*")  # "(Adds details)" before the place
_DATELINE_REACH = 1500
_DATELINE_LAG = timedelta(days=7)

Head = tuple[tuple[int, int], ...]


def find_dates(text: str, *, published: date | None = None) -> tuple[DateMention, ...]:
    """Return the mentions of days in `text`, ordered by where they start.

    A day without a year is the latest one up to the publication date, or the coming one
    where the words around it speak of the future. Ambiguous digits (3/4/2022) are read only
    where other digits of the text, or the publication date, show which part is the day.

    Parameters
    ----------
    text, published
        Text as read; day it was published. Without it words that count from that day
        ("on Tuesday", "yesterday", "5 May") give nothing.

    Returns
    -------
    mentions
        One for each day or span; those of a list share their offsets.
    """
    tokens = read_tokens(text)
    _settle_numeric(tokens, published)
    people = people_months(tokens)
    matches = find_matches(kinds_of(tokens), lambda match: is_wrong(match, tokens, people))
    head = head_lines(text)
    while True:
        found, empty = _read(matches, text, Context(tokens, published), head)
        if not empty:
            return tuple(found)
        # a long match that means nothing must not hide a shorter one that does
        over = {place: other for other in empty for place in range(other.first, other.last)}
        matches = [match for match in matches if not _falls(match, over.get(match.first), tokens)]


def _falls(match: Match, empty: Match | None, tokens: Sequence[Token]) -> bool:
    """Return whether a match means nothing itself, or only by leaving out a day of `empty`."""
    return empty is not None and (match == empty or cuts_a_day(match, empty, tokens))


def _read(
    matches: Sequence[Match], text: str, ctx: Context, head: Head
) -> tuple[list[DateMention], list[Match]]:
    """Return the mentions of the longest matches, and those matches that gave none."""
    longest = longest_of(matches, len(ctx.tokens))
    found: list[DateMention] = []
    empty: list[Match] = []
    for match, following in zip_longest(longest, longest[1:]):
        mentions = _mentions(match, following, text, ctx, head)
        found.extend(mentions)
        if not mentions:
            empty.append(match)
    return found, empty


def _mentions(
    match: Match, following: Match | None, text: str, ctx: Context, head: Head
) -> list[DateMention]:
    tokens = ctx.tokens[match.first : match.last]
    ctx.enter(tokens[0])
    role = _role(match, ctx.tokens)
    tense = _tense(match, ctx, role)
    spans = _spans(match, following, ctx, tense=tense)
    if role == "since":
        spans = [open_span(span.start) for span in spans]
    start, end = tokens[0].start, tokens[-1].end
    if any(first <= start and end <= last for first, last in head):
        role = "header"
    elif not role and _is_dateline(text, start, end, tokens):
        role = "dateline"
    _remember(ctx, tokens, spans, role)
    roles = [_role_in_list(match, ctx.tokens, span, role) for span in spans]
    return [
        DateMention(start, end, text[start:end], span, own)
        for span, own in zip(spans, roles, strict=True)
    ]


def _tense(match: Match, ctx: Context, role: str) -> int:
    """Return 1 for a day ahead, -1 for one behind: "since" looks back, "by" mostly ahead."""
    if role == "since":
        return -1
    if ctx.is_set(match.first):
        return 1 if match.name in {"weekday", "last_weekday"} else 0
    read = ctx.deadline_tense if role == "by" else ctx.tense
    return read(match.first, match.last)


def _apart_of(match: Match, following: Match | None, ctx: Context, tense: int) -> list[DateSpan]:
    """Return "two days after" with the date it is told of, which is the match that follows."""
    if following is None:
        return []
    next_tokens = ctx.tokens[following.first : following.last]
    base = read_match(following.name, next_tokens, ctx, tense)
    if not base:
        return []
    ctx.counted = apart_of(ctx.tokens[match.first : match.last], base[0].start)
    return [ctx.counted] if ctx.counted else []


def _role_in_list(match: Match, tokens: Sequence[Token], span: DateSpan, role: str) -> str:
    """Return the role of one item: a range among the days of a list has one of its own."""
    if role or match.name not in _LISTS or span.precision is not DatePrecision.RANGE:
        return role
    around = {token.kind for token in tokens[max(0, match.first - 3) : match.first]}
    return "between" if "night" in around else "from_to"


def _spans(match: Match, following: Match | None, ctx: Context, *, tense: int) -> list[DateSpan]:
    """Return the spans of a match, with the year of a date that it is joined to."""
    if match.name == "apart_of":
        return _apart_of(match, following, ctx, tense)
    tokens = ctx.tokens[match.first : match.last]
    own, day = ctx.year, ctx.year_day
    stated = any(token.kind in {"YEAR", "ISO", "NUMERIC"} for token in tokens)
    if not stated and following and _is_joined(match, following, ctx.tokens):
        ctx.year = _year_of(following, ctx.tokens)
        spans = read_match(match.name, tokens, ctx, tense)
        ctx.year, ctx.year_day = own, day
        return spans
    return read_match(match.name, tokens, ctx, tense)


def _is_joined(match: Match, following: Match, tokens: Sequence[Token]) -> bool:
    """Return whether only a comma, "and" or "on the" stands before a date with a year."""
    between = {token.kind for token in tokens[match.last : following.first]}
    both = match.name in {"point", *_COUNTING} and following.name in {"point", *_COUNTING}
    joins = bool(between & {"and", "comma", "to", "dash"})
    return both and joins and between <= {"and", "comma", "on", "the", "to", "dash"}


def _year_of(match: Match, tokens: Sequence[Token]) -> int | None:
    years = [token.value for token in tokens[match.first : match.last] if token.kind == "YEAR"]
    return years[-1] if years and isinstance(years[-1], int) else None


def _remember(ctx: Context, tokens: Sequence[Token], spans: Sequence[DateSpan], role: str) -> None:
    """Keep what later words of the text may count from."""
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
    elif any(token.kind in {"YEAR", "ISO", "NUMERIC"} for token in tokens):
        ctx.year_day = span.start


def _role(match: Match, tokens: Sequence[Token]) -> str:
    if match.name in _ANAPHORIC and match.name != "ordinal":
        return "anaphoric"
    if match.name in _BETWEEN:
        return "between"
    if match.name in {"from_to", "range"}:
        return "from_to"
    if match.name == "ongoing":
        return "since"
    position = match.first - 1
    while position >= 0 and tokens[position].kind in _SKIPPED_BEFORE_ROLE:
        position -= 1
    word = tokens[position].kind if position >= 0 else ""
    if word == "from" and _kind_at(tokens, match.last) in {"onwards", "on"}:
        return "since"
    if word == "to" and tokens[position].text.lower() in {"through", "thru"}:
        return "until"
    return word if word in _ROLE_WORDS else "anaphoric" if match.name == "ordinal" else ""


def _kind_at(tokens: Sequence[Token], position: int) -> str:
    return tokens[position].kind if 0 <= position < len(tokens) else ""


def _is_dateline(text: str, start: int, end: int, tokens: Sequence[Token]) -> bool:
    """Return whether a line opens with a place and this date ("ROME, Italy, May 5 (AP) -")."""
    if start > _DATELINE_REACH or not any(token.kind in {"DAY", "ORD"} for token in tokens):
        return False
    line = text.rfind("\n", 0, start) + 1
    opening = _NOTE.sub("", text[line:start], count=1).lstrip()
    words = re.findall(r"[^\W\d_]+", opening)
    if not words or not _DATELINE.fullmatch(opening):
        return False
    named = all(word[0].isupper() and word.lower() not in FUNCTION_WORDS for word in words)
    closed = bool(re.match(r"\s?(?:[-.,—–/(:]|\)\s*[-.,—–:])", text[end : end + 6]))
    return named and closed and not re.search(r"\d", opening)


def _settle_numeric(tokens: Sequence[Token], published: date | None) -> None:
    """Choose between day first and month first where the text itself shows which it uses."""
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
    """Return the order that digits with a part above 12 prove."""
    first, second = (int(part) for part in re.split(r"[./-]", token.text)[:2])
    if "." in token.text or (first > 12) == (second > 12):
        return None
    return "dmy" if first > 12 else "mdy"
