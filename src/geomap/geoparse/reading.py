"""A document as the rules read it: its words, their languages, its surnames, its dateline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from geomap.dates.dateline import DatelineSpan, find_dateline_span
from geomap.gazetteer import Gazetteer, normalise_name
from geomap.gazetteer.name_lookup import NameFacts
from geomap.geoparse.data_tables import ENGLISH, WORDS
from geomap.geoparse.languages import languages_of
from geomap.geoparse.tokens import Token, sentences_beside, tokenise
from geomap.model import ToponymKind

LANDS = frozenset({ToponymKind.COUNTRY, ToponymKind.REGION, ToponymKind.CONTINENT})
_TITLES_AS_NOUNS = {"major", "general", "chief", "private"}


@dataclass(frozen=True, slots=True)
class Name:
    """Words [first, last) that are a name, and the form under which it is looked up.

    `foreign` is true in a sentence of another language than English.
    """

    first: int
    last: int
    key: str
    foreign: bool = False


@dataclass(frozen=True, eq=False)
class Reading:
    """The words of one text and everything that the rules derive from them."""

    text: str
    tokens: list[Token]
    gazetteer: Gazetteer
    dateline: DatelineSpan | None

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The language of each sentence."""
        return languages_of(self.tokens)

    @cached_property
    def lower_words(self) -> frozenset[str]:
        """The words that the text also writes small."""
        return frozenset(token.text for token in self.tokens if token.text[0].islower())

    @cached_property
    def surnames(self) -> frozenset[str]:
        """The words after first names, titles and initials, in lower case."""
        return frozenset(
            token.lower
            for i, token in enumerate(self.tokens)
            if i and is_name_word(token) and opens_person(self.tokens, i - 1)
        )

    @property
    def dateline_end(self) -> int:
        """The offset of the end of the dateline's place, -1 without a dateline."""
        return self.dateline.place_end if self.dateline is not None else -1

    def at(self, index: int) -> Token | None:
        """Return the word at an index, None beyond the ends."""
        return self.tokens[index] if 0 <= index < len(self.tokens) else None

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the offsets of the words [first, last)."""
        return self.tokens[first].start, self.tokens[last - 1].end

    def is_foreign(self, token: Token) -> bool:
        """Return whether a word is in a sentence of another language than English."""
        return self.languages[token.sentence] != ENGLISH

    def facts_of(self, name: str) -> NameFacts:
        """Return the facts that the gazetteer has on a name as it is written."""
        return self.gazetteer.facts(normalise_name(name))

    def kinds_of(self, name: str) -> frozenset[ToponymKind]:
        """Return the kinds of place that have a name."""
        return self.facts_of(name).kinds

    def is_wide(self, name: str) -> bool:
        """Return whether a name is more than a town's: a country's, a province's, a curated one."""
        return bool(self.kinds_of(name) - {ToponymKind.CITY})


def read_text(text: str, gazetteer: Gazetteer) -> Reading:
    """Return the reading of a text; its dateline is looked for once."""
    dateline = find_dateline_span(text)
    tokens = tokenise(text, sentences_beside(dateline, text))
    return Reading(text, tokens, gazetteer, dateline)


def is_name_word(token: Token) -> bool:
    """Return whether a word may continue a person's name."""
    proper = token.capital and token.spaced and not token.first
    return proper and token.lower not in WORDS["no-name"]


def opens_person(tokens: Sequence[Token], i: int) -> bool:
    """Return whether a word opens a person's name: a first name, a title or an initial."""
    token = tokens[i]
    word = token.lower.rstrip(".")
    if not token.capital:
        return word in WORDS["titles"] and word not in _TITLES_AS_NOUNS
    initial = len(token.text) == 1 or (len(token.text) <= 5 and "." in token.text)
    known_first = word in WORDS["first-names"] and word not in WORDS["placelike-first-names"]
    return known_first or word in WORDS["titles"] or (initial and i > 0 and token.text != "U.S.")
