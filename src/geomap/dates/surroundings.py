"""The words around a match of the grammar: its role, and people called after a month."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from geomap.dates.date_tokens import DAY_KINDS, Token
from geomap.dates.date_words import FUNCTION_WORDS, NOT_BEFORE_PERSON, PERSON_MONTHS
from geomap.dates.grammar import Match
from geomap.model import DatePrecision, DateSpan

People = frozenset[tuple[str, str]]
"""First name and month of people called after a month, in lower case ("theresa", "may")."""
_ANAPHORIC = {"anaphoric", "anaphoric_weekday", "apart", "apart_of"}
_LISTS = {"list_dm", "list_md"}
_BETWEEN = {"between", "either", "nights", "month_range", "split_year"}
_ROLE_WORDS = {"since", "until", "by", "from", "before", "after"}
_SKIPPED_BEFORE_ROLE = {"the", "on", "PART", "of", "in"}
_DATELINE = re.compile(r"[^\W\d_][\w .,'’()/-]{1,60}?[,(|–—-]\s*\(?")
_NOTE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*")  # "(Adds details)" before the place
_DATELINE_REACH = 1500


class Surroundings(NamedTuple):
    """A match, the token before and two after; kinds and lower-case words, empty for no token."""

    inside: Sequence[Token]
    kinds: list[str]
    before: Sequence[Token]
    after: Sequence[Token]
    kind_before: str
    kind_after: str
    word_before: str
    word_after: str
    people: People

    @property
    def counts_a_noun(self) -> bool:
        """Whether a word follows that makes the number before it a count."""
        return self.kind_after == "WORD" and self.word_after not in FUNCTION_WORDS


def surroundings_of(match: Match, tokens: Sequence[Token], people: People) -> Surroundings:
    """Return the surroundings of a match among all tokens of a text."""
    inside = tokens[match.first : match.last]
    before = tokens[max(0, match.first - 1) : match.first]
    after = tokens[match.last : match.last + 2]
    return Surroundings(
        inside, [token.kind for token in inside], before, after,
        before[0].kind if before else "", after[0].kind if after else "",
        before[0].text.lower() if before else "", after[0].text.lower() if after else "",
        people,
    )  # fmt: skip


def find_people(tokens: Sequence[Token]) -> People:
    """Return the names of people in a text that end in the name of a month ("Theresa May").

    Such a name is a capital word right before the month, with a small word or a sign after
    it; a number after it would make it a date.
    """
    people = set()
    for before, month, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if month.kind != "MONTH" or month.text.lower() not in PERSON_MONTHS:
            continue
        given = before.kind == "WORD" and before.text.istitle() and month.start - before.end == 1
        plain = after.kind not in {"DAY", "ORD", "YEAR"} and not after.text[0].isupper()
        if given and plain and before.text.lower() not in NOT_BEFORE_PERSON:
            people.add((before.text.lower(), month.text.lower()))
    return frozenset(people)


def role_of(match: Match, tokens: Sequence[Token]) -> str:
    """Return the role of a match, empty where nothing around it states one."""
    if match.name in _ANAPHORIC:
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
    if word == "from" and {token.kind for token in tokens[match.last :][:1]} & {"onwards", "on"}:
        return "since"
    if word == "to" and tokens[position].text.lower() in {"through", "thru"}:
        return "until"
    return word if word in _ROLE_WORDS else "anaphoric" if match.name == "ordinal" else ""


def role_in_list(match: Match, tokens: Sequence[Token], span: DateSpan, role: str) -> str:
    """Return the role of one item: a range among the days of a list has one of its own."""
    if role or match.name not in _LISTS or span.precision is not DatePrecision.RANGE:
        return role
    around = {token.kind for token in tokens[max(0, match.first - 3) : match.first]}
    return "between" if "night" in around else "from_to"


def is_in_dateline(text: str, start: int, end: int, tokens: Sequence[Token]) -> bool:
    """Return whether a line opens with a place and this date ("ROME, Italy, May 5 (AP) -")."""
    if start > _DATELINE_REACH or not any(token.kind in DAY_KINDS for token in tokens):
        return False
    line = text.rfind("\n", 0, start) + 1
    opening = _NOTE.sub("", text[line:start], count=1).lstrip()
    words = re.findall(r"[^\W\d_]+", opening)
    if not words or not _DATELINE.fullmatch(opening):
        return False
    named = all(word[0].isupper() and word.lower() not in FUNCTION_WORDS for word in words)
    closed = bool(re.match(r"\s?(?:[-.,—–/(:]|\)\s*[-.,—–:])", text[end : end + 6]))
    return named and closed and not re.search(r"\d", opening)
