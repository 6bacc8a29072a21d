# ruff: noqa: E501 (a pattern broken over lines is harder to read than a long one)
"""Which of the days a text names are the days of an event.

The nearest date of the event's own clause counts, else the date its sentence opens with,
else the day carried on from the text before. Dates that only name something else ("the
statement of 10 November 2020", "the 2020 war", "the worst since 2014") never count.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from geomap.incidents.mentions import Mention
from geomap.model import DateMention, DatePrecision, DateSpan

_NAMED = re.compile(
    r"\b(?:statements?|agreements?|declarations?|resolutions?|accords?|treat(?:y|ies)|war|revolution|constitution|"
    r"law|decree|deal|memorandum|ceasefire|truce|protocols?|order|convention|census|election|coup|uprising|conflict|genocide|anniversary)"
    r"(?: (?:signed|reached|adopted|concluded|dated))?(?: ?\[?(?:of|from|in|on|dated))?(?: [\w ,]{0,30} and)? ?$",
    re.IGNORECASE,
)
_EARLIER_DATES = re.compile(
    r"\b(?:statements?|agreements?|declarations?|resolutions?|accords?)\b[^.;]{0,10}\bof\b[^.;]{0,40}\band $",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:first|worst|deadliest|biggest|largest|heaviest|most \w+|highest|lowest|second|third)\b"
    r"[^.;]{0,90}\b(?P<since>since|after)\b[^.;,]{0,60}$",
    re.IGNORECASE,
)
_BACKGROUND = re.compile(
    r"\b(?:anniversary of|as in|like in|unlike in|compared (?:with|to)|than in|born in|founded in|dating (?:from|back to)|"
    r"built in|elected in|opened in|graduated|in power since|in office since|war that (?:ended|began) in|created in|"
    r"established in|signed in|until|by|before)(?: the)? ?$",
    re.IGNORECASE,
)
_YEAR_NOUN = re.compile(
    r"^ (?:second |first )?(?:[A-Z]\w+ )?(?:war|revolution|ceasefire|agreement|deal|accord|election|coup|census|constitution|conflict|earthquake|peace|budget|season|World)\b"
)
_TO_END = re.compile(
    r"\b(?:will|would|to|is due to|was due to|may|could) (?:end|finish|be lifted|stop)\b",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    r"\b(?:said|says|told(?: [\w ]{1,25})?|wrote|announced|reported|added|confirmed|tweeted|posted)(?: late| early)?(?: on)? ?$",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"\bsince(?: (?:the )?(?:start|beginning|early|late|mid)(?: of)?)?[\w ,'’-]{0,80}$",
    re.IGNORECASE,
)
_ENDED = re.compile(r"\b(?:ended|stopped|over|finished|lifted|halted|broke up)\b", re.IGNORECASE)


def own_dates(text: str, mention: Mention, dates: Sequence[DateMention]) -> tuple[DateSpan, ...]:
    """Return the days that the mention's own clause gives it: several for a list of days."""
    inside = [
        d
        for d in dates
        if mention.start_char <= d.start_char < mention.end_char
        and not is_background(text, d, mention)
    ]
    if not inside or is_about_the_end(text, mention):
        return ()
    return _as_events(text, mention, _nearest(mention, inside))


def opening_dates(
    text: str, mention: Mention, dates: Sequence[DateMention]
) -> tuple[DateSpan, ...]:
    """Return the days that the sentence opens with, for a clause without a date of its own."""
    start, word = mention.sentence[0], mention.word[0]
    ahead = [d for d in dates if start <= d.start_char < word]
    own = (d for d in ahead if not is_background(text, d, mention))
    first = next(own, None)
    if first is None:
        return ()
    at_once = (d for d in ahead if d.start_char == first.start_char)
    spans = {d.span for d in at_once if not is_background(text, d, mention)}
    return tuple(sorted((s for s in spans if s.end is not None), key=lambda s: s.start))


def is_background(text: str, date: DateMention, mention: Mention) -> bool:
    """Return whether a date belongs to a name or a comparison, not to what happened."""
    before = text[max(mention.sentence[0], date.start_char - 120) : date.start_char]
    after = text[date.end_char : date.end_char + 40]
    words = _words_before(before)
    compared = words.since is not None
    if words.since is not None and date.start_char - len(before) + words.since < mention.word[0]:
        compared = False  # "the first since the start of the protest on ...": the protest's own day
    if compared or words.is_background:
        return True
    if is_spoken(text, date, mention):
        return True
    if date.span.precision is DatePrecision.YEAR and _YEAR_NOUN.match(after):
        return True
    if words.named is None:
        return False
    # "A ceasefire on 3 May" dates the ceasefire itself when that is what the mention reports.
    offset = date.start_char - len(before) + words.named
    reports_it = mention.word[0] - 12 <= offset <= mention.word[1]
    return not (reports_it and re.search(r"\b(?:in|on) ?$", before))


class _WordsBefore(NamedTuple):
    """What stands before a date: where a comparison and a name begin, and whether it is dated."""

    since: int | None
    named: int | None
    is_background: bool


@lru_cache(maxsize=1024)
def _words_before(before: str) -> _WordsBefore:
    """Return what the words before a date say, once for all mentions of their sentence."""
    compared, named = _COMPARED.search(before), _NAMED.search(before)
    is_background = _BACKGROUND.search(before) or _EARLIER_DATES.search(before)
    return _WordsBefore(
        compared.start("since") if compared else None,
        named.start() if named else None,
        is_background is not None,
    )


def names_a_day(text: str, mention: Mention, dates: Sequence[DateMention]) -> bool:
    """Return whether the clause names days, if only as a part of names and comparisons.

    What is told with such days ("the statements of 10 November 2020 signed by ...") is
    background, and is not to be dated by the text around it.
    """
    return any(
        mention.start_char <= d.start_char < mention.end_char and not is_spoken(text, d, mention)
        for d in dates
    )


def is_spoken(text: str, date: DateMention, mention: Mention) -> bool:
    """Return whether a date is when somebody spoke ("police said on Wednesday")."""
    end = _end_of_spoken(text, mention.sentence[0], date.start_char)
    return end is not None and end > mention.sentence[0]


@lru_cache(maxsize=1024)
def _end_of_spoken(text: str, start: int, end: int) -> int | None:
    spoken = _SPOKEN.search(text, start, end)
    return spoken.end() if spoken else None


def spoken_dates(text: str, mention: Mention, dates: Sequence[DateMention]) -> tuple[DateSpan, ...]:
    """Return the day on which the mention's sentence was said, when it tells one."""
    start, end = mention.sentence
    spoken = [d for d in dates if start <= d.start_char < end and is_spoken(text, d, mention)]
    return (spoken[0].span,) if spoken and spoken[0].span.end is not None else ()


def is_of_another_year(text: str, mention: Mention, dates: Sequence[DateMention]) -> bool:
    """Return whether a year stands before the trigger as part of its name ("the 2015 election")."""
    return any(
        d.span.precision is DatePrecision.YEAR
        and 0 <= mention.word[0] - d.end_char <= 25
        and not re.search(
            r"\b(?:in|since|during|of) $", text[max(0, d.start_char - 10) : d.start_char]
        )
        and re.fullmatch(r"(?: [\w-]+)* ", text[d.end_char : mention.word[0]])
        for d in dates
    )


def is_about_the_end(text: str, mention: Mention) -> bool:
    """Return whether a clause says when something is to end: no event of that day by itself."""
    return _TO_END.search(text, mention.start_char, mention.end_char) is not None


def _nearest(mention: Mention, dates: Sequence[DateMention]) -> list[DateMention]:
    """Return the date mentions at the offsets nearest to the trigger; those after it win ties."""

    def distance(date: DateMention) -> float:
        if date.start_char >= mention.word[1]:
            return date.start_char - mention.word[1]
        return 1.3 * (mention.word[0] - date.end_char)

    exact = [d for d in dates if d.span.precision is not DatePrecision.YEAR] or list(dates)
    best = min(exact, key=distance)
    return [d for d in dates if d.start_char == best.start_char]


def _as_events(text: str, mention: Mention, dates: Sequence[DateMention]) -> tuple[DateSpan, ...]:
    spans = sorted({d.span for d in dates}, key=lambda s: s.start)
    first = dates[0]
    before = text[mention.start_char : first.start_char]
    since = _SINCE.search(before)
    clause = text[mention.start_char : mention.end_char]
    if since and len(spans) == 1 and not _ENDED.search(clause):
        spans = [DateSpan(spans[0].start, None, DatePrecision.OPEN)]
    return tuple(spans)
