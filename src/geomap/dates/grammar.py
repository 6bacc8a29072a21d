"""The house styles in which English news writes dates, as patterns over kinds of tokens.

A pattern is a regular expression whose words are the kinds of `tokens` ("MONTH DAY comma?
YEAR"). Its group, if it has one, is what the mention covers; the rest is context that must be
there. Of patterns that overlap the longest wins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from geomap.dates.date_tokens import KIND

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


def _spaced(source: str) -> str:
    """Keep words apart that blanks kept apart, then drop the blanks."""
    return re.sub(r"(?<=[A-Za-z]) +(?=[A-Za-z])", "\0", source).replace(" ", "")


def _pattern(source: str) -> re.Pattern[str]:
    words = re.sub(r"[A-Za-z]+", lambda word: KIND[word[0]], _spaced(source))
    return re.compile(words.replace("\0", ""))


_PATTERNS = {name: _pattern(source) for name, source in _SOURCES.items()}


def find_matches(kinds: str, is_wrong: Callable[[Match], bool]) -> list[Match]:
    """Return every match of every pattern, except those that the words around show wrong."""
    return [
        match
        for name, pattern in _PATTERNS.items()
        for match in _matches(name, pattern, kinds, is_wrong)
    ]


def _matches(
    name: str, pattern: re.Pattern[str], kinds: str, is_wrong: Callable[[Match], bool]
) -> Iterator[Match]:
    position = 0
    while found := pattern.search(kinds, position):
        match = Match(name, *_core(found), found.span())
        wrong = is_wrong(match)
        if not wrong:
            yield match
        # a wrong match must not hide one that starts inside it
        position = found.start() + 1 if wrong else found.end()


def longest_of(matches: Collection[Match], length: int) -> list[Match]:
    """Return those of `matches` that lie not over each other, the longest first served.

    They come in the order of the text, which has `length` tokens.
    """
    found = sorted(matches, key=lambda match: (match.context[0] - match.context[1], match.first))
    taken = bytearray(length)
    kept = []
    for match in found:
        if not any(taken[match.first : match.last]):
            kept.append(match)
            taken[match.first : match.last] = b"\1" * (match.last - match.first)
    kept.sort(key=lambda match: match.first)
    return kept


def _core(match: re.Match[str]) -> tuple[int, int]:
    group = match.lastindex or 0
    return match.span(group)
