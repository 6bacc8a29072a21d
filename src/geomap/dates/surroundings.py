"""The words around a match of the grammar, and the people of a text called after a month."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from geomap.dates.date_tokens import Token
from geomap.dates.date_words import FUNCTION_WORDS, NOT_BEFORE_PERSON, PERSON_MONTHS
from geomap.dates.grammar import Match

People = frozenset[tuple[str, str]]
"""First name and month of people called after a month, in lower case ("theresa", "may")."""


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
