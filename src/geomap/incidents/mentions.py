"""Where a sentence tells of events: its triggers, and the stretch that belongs to each.

A sentence with two events is cut between their triggers, at the strongest separator that
stands there (";", ", while", ", and", "after" ...). Triggers that no separator parts, or
that say the same thing twice ("a blast killed three"), are one mention.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from geomap.incidents.lexicon import MISHAPS, VIOLENT, Part, Trigger
from geomap.incidents.words import find_words
from geomap.model import DateMention, GeoparsedArticle, Toponym, ToponymKind

_SEPARATORS: tuple[re.Pattern[str], ...] = (
    re.compile(r";|:(?= )| -- | [–—] "),
    re.compile(r", (?:while|but|whereas|and then|and|before|after|as|when|where|which|who)\b"),
    re.compile(r"\b(?:while|whereas|but)\b"),
    re.compile(r"\b(?:after|before|following|hours? later|when)\b"),
    re.compile(r","),
    re.compile(r"\band\b"),
)
_ATTACHED = re.compile(
    r"\b(?:place|site|scene|camp|area|zone|leaders?|organi[sz]ers?|anniversary of (?:the )?\w*|"
    r"process|withdr\w+ from (?:the )?|right to|freedom to|"
    r"fear(?:s|ed)? of|threats? of|risk of)\W*$",
    re.IGNORECASE,
)
_CAUSE = re.compile(r"\b(?:because of|due to|owing to|amid|despite)(?: the)? ?$", re.IGNORECASE)
_COMPOUND = re.compile(
    r"^(?:s)?[ -](?:area|zone|site|group|mission|team|leaders?|organi[sz]ers?|participants|process|"
    r"line|monitors?|agreement text|regime|victims?|suspects?|survivors?|committee|"
    r"headquarters|commission|table|room|court|law|laws|rights)\b",
    re.IGNORECASE,
)
_STATIVE = re.compile(
    r"(?:\bwhere|\bwho|\bwhich|\bthat)\b[^,;.]{0,60}\b(?:is|are|was|were)"
    r"(?: \w+ly)?\s*$"
)


_HINDERED = frozenset({"Humanitarian aid", "Obstruction", "Talks", "Deployment", "Displacement"})
"""Types that somebody may be kept from: being turned back is how they did not come about."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One event as one stretch of one sentence tells it."""

    start_char: int
    end_char: int
    sentence: tuple[int, int]
    trigger: Trigger
    word: tuple[int, int]
    words: tuple[tuple[int, int, Trigger], ...]


def is_area(toponym: Toponym) -> bool:
    """Return whether a toponym is too wide to be where something happened."""
    return toponym.kind in (ToponymKind.COUNTRY, ToponymKind.CONTINENT)


def find_mentions(parsed: GeoparsedArticle, sentence: tuple[int, int]) -> tuple[Mention, ...]:
    """Return what a sentence reports, in its order."""
    text = parsed.article.text
    start, end = sentence
    found = [
        word
        for word in find_words(text, start, end)
        if not _within_name(word, parsed.toponyms) and not _is_attribute(text, word, start)
    ]
    groups: list[list[tuple[int, int, Trigger]]] = []
    cuts: list[int] = [start]
    for at, word in enumerate(found):
        if groups:
            cut = _cut_between(text, groups[-1][-1][1], word[0])
            after = found[at + 1][0] if at + 1 < len(found) else end
            until = _cut_between(text, word[1], after) or end if after < end else end
            if cut is None or _is_one(groups[-1], word, parsed, (cuts[-1], cut, until)):
                groups[-1].append(word)
                continue
            cuts.append(cut)
        groups.append([word])
    cuts.append(end)
    return tuple(
        Mention(a, b, sentence, _main(group)[2], _main(group)[:2], tuple(group))
        for start, end, group in zip(cuts, cuts[1:], groups, strict=False)
        for a, b in _pairs(parsed, start, end)
    )


def _pairs(parsed: GeoparsedArticle, start: int, end: int) -> list[tuple[int, int]]:
    """Return the parts of a clause that pair places with days ("in A on 6 May and in B on 9")."""
    spots = {t.start_char: t.end_char for t in parsed.toponyms if _is_spot(t)}
    days = {d.start_char: d.end_char for d in parsed.dates}
    marks = sorted(
        [(a, b, "p") for a, b in spots.items() if start <= a < end]
        + [(a, b, "d") for a, b in days.items() if start <= a < end]
    )
    order = "".join(mark[2] for mark in marks)
    if not re.fullmatch(r"(?:pd){2,}|(?:dp){2,}", order):
        return [(start, end)]
    edges = [start]
    for before, after in zip(marks[1::2], marks[2::2], strict=False):
        gap = parsed.article.text[before[1] : after[0]]
        if not re.fullmatch(
            r",?(?: and|,)?(?: then| again)?(?: (?:in|at|on|near))?(?: the)? ", gap
        ):
            return [(start, end)]
        edges.append(before[1])
    return list(zip(edges, [*edges[1:], end], strict=True))


def _within_name(word: tuple[int, int, Trigger], toponyms: Sequence[Toponym]) -> bool:
    return any(t.start_char <= word[0] < t.end_char for t in toponyms)


def _is_attribute(text: str, word: tuple[int, int, Trigger], start: int) -> bool:
    """Return whether a word only describes something else ("the protest camp")."""
    begin, end, trigger = word
    before = text[start:begin]
    if _ATTACHED.search(before[-40:]) or _COMPOUND.match(text[end : end + 20]):
        return True
    if trigger.part is Part.NOUN and _CAUSE.search(before[-30:]):
        return True
    return trigger.part is Part.VERB and bool(_STATIVE.search(before[-90:]))


def _cut_between(text: str, start: int, end: int) -> int | None:
    for pattern in _SEPARATORS:
        cut = pattern.search(text, start, end)
        if cut:
            return cut.start()
    return None


def _is_one(
    group: list[tuple[int, int, Trigger]],
    word: tuple[int, int, Trigger],
    parsed: GeoparsedArticle,
    bounds: tuple[int, int, int],
) -> bool:
    """Return whether a further trigger speaks of the event of the group before it."""
    start, cut, end = bounds
    ours, theirs = _main(group)[2], word[2]
    apart = _differ(_dates(parsed.dates, start, cut), _dates(parsed.dates, cut, end)) or _differ(
        _spots(parsed.toponyms, start, cut), _spots(parsed.toponyms, cut, end)
    )
    if Part.CASUALTY in (ours.part, theirs.part):
        harm = VIOLENT | MISHAPS | {"Riots", "Protests"}
        joined = ours.event_type in harm and theirs.event_type in harm
        return joined and not apart
    if theirs.sub_event_type == "Access denied" and ours.event_type in _HINDERED:
        return True
    if ours.event_type in MISHAPS and theirs.sub_event_type == "Shelling":
        return not apart  # "the cyclone hit ..."
    if theirs.event_type == "Riots" and ours.event_type in VIOLENT:
        return not apart  # the attackers "torched houses" too
    if are_kin(ours.event_type, theirs.event_type):
        return not apart
    return False


def are_kin(one: str, other: str) -> bool:
    """Return whether mentions of these two types may speak of the same event."""
    return one == other or {one, other} <= VIOLENT


def _dates(dates: Sequence[DateMention], start: int, end: int) -> set[object]:
    return {d.span for d in dates if start <= d.start_char < end}


def _spots(toponyms: Sequence[Toponym], start: int, end: int) -> set[str]:
    return {
        t.place.place_id
        for t in toponyms
        if t.place is not None
        and start <= t.start_char < end
        and not is_area(t)
        and t.kind is not ToponymKind.NESTED
    }


def _is_spot(toponym: Toponym) -> bool:
    drawn = toponym.place is not None and toponym.kind is not ToponymKind.NESTED
    return drawn and not is_area(toponym)


def _differ(one: set[object] | set[str], other: set[object] | set[str]) -> bool:
    return bool(one) and bool(other) and not (one & other)


def _main(group: Sequence[tuple[int, int, Trigger]]) -> tuple[int, int, Trigger]:
    """Return the trigger that says most exactly what happened."""
    told = [word for word in group if word[2].part is not Part.CASUALTY]
    return (told or list(group))[0]
