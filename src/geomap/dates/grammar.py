"""The house styles in which English news writes dates, as patterns over kinds of tokens.

A pattern is a regular expression whose words are the kinds of `date_tokens` ("MONTH DAY comma?
YEAR"). The mention covers its group, if it has one; the rest is context that must be there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from geomap.dates.date_tokens import DAY_KINDS, KIND, MONTH_KINDS, Token

_M = "(?:MONTH|LMONTH)"
_ANY = "(?:MONTH|LMONTH|FMONTH|GMONTH)"
_D = "(?:DAY|ORD)"
_W = "(?:WEEKDAY|WDAY)"
_YR = "(?:(?:comma|of|in)?YEAR|comma?of?(?:this|last|next)year)"
_OF = "(?:dot|dash|the?of the?)?"
_DM = f"{_D}{_OF}{_ANY}(?:dash YEAR|{_YR})?"
_MD = f"(?:{_M}the?{_D}{_YR}?|MONTH dot{_D}comma YEAR|GMONTH{_D}(?:comma?YEAR)?)"
_NATIVE = "YEAR(?:dash WORD)?(?:WORD dot?){0,2}GMONTH"  # "2022-ci il dekabrın"
_YMD = f"(?:{_NATIVE}{_D}|YEAR(?:dash WORD)?WORD FMONTH WORD{_D}|YEAR dash?{_M}dash?DAY)"
_FULL = f"(?:(?:{_W} comma?(?:on|the){{0,2}})?(?:{_DM}|{_MD}|ISO|NUMERIC)|{_YMD})"
_PART = "(?:the?PART dash?(?:in|of)?the?)"
_MONTH_YEAR = f"(?:{_PART}?{_ANY}{_YR}|{_NATIVE})"
_MONTH = f"(?:{_PART}?MONTH{_YR}?|{_ANY}{_YR})"
_WEEKDAY = "(?:PART|last|next|this)?WEEKDAY(?:morning|night)?"
_POINT = f"(?:{_FULL}|{_MONTH}|{_WEEKDAY}|{_PART}?YEAR|{_D}(?:comma?YEAR)?)"
_SURE = f"(?:{_FULL}|{_MONTH_YEAR})"
_TO = "(?:dash|to|until)"
_N = "(?:a|DAY|NUMBER|a?COUNT of?)"
_ITEM = f"(?:{_D}(?:(?:dash|to){_D})?)"  # of a list: "3" or "5-7"
_NAMED = f"(?:{_W}comma?the?)?"
_DAYS = "(?:day|week|month|year)"
_DEICTIC = "(?:this|last|next|past)"
_ANAPHORIC = "(?:previous|next|after|same|that)"

_SOURCES: dict[str, str] = {
    # whole dates, and their lists and ranges
    "point": f"{_FULL}|{_MONTH_YEAR}|{_PART}YEAR|{_PART}{_M}",
    "list_dm": f"{_NAMED}{_ITEM}(?:comma {_ITEM}){{0,30}}comma?and the?{_NAMED}{_ITEM}"
    f"{_OF}{_ANY}{_YR}?|on({_D}(?:comma{_D}){{1,9}}{_OF}{_ANY}{_YR}?)",
    "list_md": f"{_M}the?{_ITEM}(?:comma {_ITEM}){{0,30}}comma?and(?:on)?the?{_ITEM}{_YR}?",
    "list_months": f"MONTH(?:comma MONTH){{0,11}}comma?and MONTH{_YR}|"
    "(?:in|during|since|month of)(MONTH(?:comma MONTH){0,11}comma?and MONTH)",
    "list_years": "(?:in|of|during)(YEAR(?:comma YEAR){0,30}comma?and YEAR)",
    "range": f"{_NAMED}{_D}{_TO}{_NAMED}{_D}{_OF}{_ANY}{_YR}?|{_M}the?{_D}{_TO}{_D}{_YR}?|"
    f"{_D}dash NUMERIC|ISO slash ISO|{_SURE}{_TO}{_SURE}|"
    "(?:from|in|during|of|the|open)(YEAR dash YEAR)",
    "month_range": f"{_M}{_TO}{_M}{_YR}|MONTH(?:to|until)MONTH|"
    f"(?:in|during)(MONTH dash MONTH{_YR}?)",
    "from_to": f"from the?({_POINT}comma?{_TO}the?{_POINT})",
    "between": f"between the?({_POINT}(?:comma?and|dash)the?{_POINT})",
    "either": f"{_D} slash {_D}{_OF}{_M}{_YR}?|{_M}{_D} slash {_D}{_YR}?",
    "nights": f"night(?:of|from)the?({_D}(?:dash|to|and|slash)the?{_D}{_OF}{_M}{_YR}?|"
    f"{_M}{_D}(?:dash|to|and|slash){_D}{_YR}?)",
    "ongoing": f"from?the?({_POINT}{_TO}the?(?:now|TODAY))",
    # months, years, weekdays: only where the words around them show that they are dates
    "month": f"(?:in|since|until|by|from|during|before|after|to|of|for)(MONTH)|month of({_ANY})|"
    "(?:in|since|during|until)(LMONTH)|the(MONTH)WORD",
    "last_month_name": "((?:last|this|next|this?past)MONTH)",
    "year": "(?:in|since|until|by|from|during|of|before|after|the|to|season of?|year)(YEAR)",
    "split_year": "(?:in|since|until|by|from|during|of|before|after|the|season of?)"
    "(YEAR(?:dash|slash)(?:DAY|NUMBER))",
    "decade": "DECADE",
    "weekday": "WEEKDAY",
    "last_weekday": "(?:last|this|next|past)WEEKDAY",
    "weekday_of_week": "WEEKDAY comma?of?(?:this|last|next|past)week|"
    "(?:this|last|next|past)week comma?(?:on)?WEEKDAY",
    "anaphoric_weekday": "the(?:previous|same|next|after)WEEKDAY|previous WEEKDAY",
    "ordinal": "(?:on|since|until|by|before|after)the(ORD)",
    # words that count from the day of writing
    "today": "TODAY|the?day(?:before|after)TODAY|this morning",
    "overnight": "overnight|last night",
    "ago": f"{_N}{_DAYS}ago",
    "ago_today": f"{_N}{_DAYS}ago TODAY",
    "weekend": "(?:over|at|during|on|by)(the(?:last|past|next)?weekend)|"
    "(?:last|past|this|next)weekend",
    "period": f"(?:earlier|later|PART|the PART of)?{_DEICTIC}(?:week|month|year)|"
    f"the PART of the(?:week|month|year)",
    "past": f"(?:in|over|during|for)(the(?:past|last|previous){_N}?(?:hour|day|week|month|year))|"
    f"(?:the last|the?past){_N}(?:hour|day)|the next{_N}(?:hour|day|week|month)",
    # words that count from the day mentioned last
    "anaphoric": f"the(?:{_ANAPHORIC})(?:day|week|month|year)|that day|the day(?:before|after)",
    "apart": f"{_N}{_DAYS}(?:earlier|later|before|after)",
    "apart_of": f"((?:{_N}{_DAYS}|the day)(?:after|before))the?(?:{_FULL})",
    # parts of months, years and quarters
    "nth": f"the?(?:NTH|last)(?:week|half|quarter)of the?(?:{_M}{_YR}?|YEAR|"
    "(?:this|last|next)(?:month|year)|year|month)",
    "quarter": "QUARTER(?:of)?YEAR",
    "week_of": f"week(?:of|from|ending|PART|WORD)?(?:on)?(?:{_FULL})(?!{_TO}{_D})",
}


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens `first` to `last` (excluded) that a pattern reads as a date, in `context`."""

    name: str
    first: int
    last: int
    context: tuple[int, int]


def _pattern(source: str) -> re.Pattern[str]:
    """Return a pattern over the characters of kinds; a blank only keeps two words apart."""
    spaced = re.sub(r"(?<=[A-Za-z]) +(?=[A-Za-z])", "\0", source).replace(" ", "")
    kinds = re.sub(r"[A-Za-z]+", lambda word: KIND[word[0]], spaced)
    return re.compile(kinds.replace("\0", ""))


PATTERNS = {name: _pattern(source) for name, source in _SOURCES.items()}


def find_matches(kinds: str, is_false: Callable[[Match], bool]) -> list[Match]:
    """Return every match of every pattern in a text, except those that are false dates.

    Parameters
    ----------
    kinds
        One character for each token of the text, from `kinds_of`.
    is_false
        Whether the words around a match show that it is no date.
    """
    matches = []
    for name, pattern in PATTERNS.items():
        position = 0
        while hit := pattern.search(kinds, position):
            match = Match(name, *hit.span(hit.lastindex or 0), hit.span())
            position = hit.end()
            if is_false(match):
                position = hit.start() + 1  # it must not hide a match that starts inside it
            else:
                matches.append(match)
    return matches


def longest_of(matches: Collection[Match], length: int) -> list[Match]:
    """Return those of `matches` that do not overlap, in the order of the text.

    Of two that overlap the longer one with its context stays, of equals the first. The text
    has `length` tokens.
    """
    longest_first = sorted(matches, key=lambda it: (it.context[0] - it.context[1], it.first))
    taken = bytearray(length)
    chosen = []
    for match in longest_first:
        if not any(taken[match.first : match.last]):
            chosen.append(match)
            taken[match.first : match.last] = b"\1" * (match.last - match.first)
    return sorted(chosen, key=lambda match: match.first)


def cuts_a_day(match: Match, other: Match, tokens: Sequence[Token]) -> bool:
    """Return whether `match` is `other` without a day that has no month of its own.

    "31 June 2022" means nothing, and "June 2022" is not what it says.
    """
    if not (other.first <= match.first and match.last <= other.last):
        return False
    for rest in (tokens[other.first : match.first], tokens[match.last : other.last]):
        kinds = {token.kind for token in rest}
        if kinds & DAY_KINDS and not kinds & MONTH_KINDS:
            return True
    return False
