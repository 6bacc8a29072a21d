"""A document as the rules read it: its words and gazetteer names, languages, surnames, dateline."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from geomap.dates.dateline import DatelineSpan, find_dateline_span
from geomap.gazetteer import Gazetteer, normalise_name
from geomap.gazetteer.name_lookup import NameFacts
from geomap.gazetteer.place_index import ABBREVIATION, ADJECTIVE, CODE, SHORT
from geomap.geoparse.data_tables import ENGLISH, WORDS
from geomap.geoparse.languages import languages_of
from geomap.geoparse.tokens import Token, joins, sentences_beside, tokenise
from geomap.model import ToponymKind

_LETTER = {
    ToponymKind.CITY: "P", ToponymKind.COUNTRY: "C", ToponymKind.ADMIN1: "A",
    ToponymKind.ADMIN2: "B", ToponymKind.REGION: "R", ToponymKind.CONTINENT: "K",
    ToponymKind.WATER: "W", ToponymKind.ROAD: "T", ToponymKind.ZONE: "Z",
    ToponymKind.FACILITY: "F", ToponymKind.NESTED: "N", ToponymKind.OTHER: "O",
}  # fmt: skip
_MOST_WORDS = 7
RULES_CHANCE = 0.75
LANDS = frozenset({ToponymKind.COUNTRY, ToponymKind.REGION, ToponymKind.CONTINENT})
_TITLES_AS_NOUNS = {"major", "general", "chief", "private"}


class SeenName(NamedTuple):
    """A gazetteer name among the words [first, last): its kind as a letter with its size."""

    first: int
    last: int
    label: str


def find_seen_names(tokens: Sequence[Token], gazetteer: Gazetteer) -> list[SeenName]:
    """Return the longest gazetteer name that starts at each capitalised word."""
    names = []
    for i, token in enumerate(tokens):
        if not token.capital:
            continue
        text, ends = "", {}
        for j in range(i, min(len(tokens), i + _MOST_WORDS)):
            if j > i and not joins(tokens[j - 1], tokens[j]):
                break
            if key := normalise_name(tokens[j].text):
                text = f"{text} {key}" if text else key
                ends[len(text)] = j + 1
        for length in gazetteer.prefixes(text):
            last = ends.get(length)
            if last is None or not tokens[last - 1].capital:
                continue
            if label := _label(text[:length], token.text, gazetteer):
                names.append(SeenName(i, last, label))
                break
    return names


def _label(key: str, written: str, gazetteer: Gazetteer) -> str:
    """Return "C" for a country, "P5" for a town of 100,000 and the like; "" for a mere code."""
    facts = gazetteer.facts(key)
    for kind in (ToponymKind.COUNTRY, ToponymKind.CONTINENT, ToponymKind.ADMIN1):
        if kind in facts.kinds:
            return _LETTER[kind]
    size = int(math.log10(facts.people + 1))
    if facts.kinds and size < 5 and ToponymKind.ADMIN2 in facts.kinds:
        return f"B{size}"
    if ToponymKind.CITY in facts.kinds:
        return f"P{size}"
    if facts.kinds:
        return _LETTER[min(facts.kinds)]
    if facts.marks & ABBREVIATION and (len(key) > 3 or written.isupper() or "." in written):
        return "a"
    if facts.marks & ADJECTIVE:
        return "j"
    if facts.marks & SHORT:
        return "b"
    return "" if not facts.marks & CODE or not written.isupper() else "c"


@dataclass(frozen=True, slots=True)
class NameInText:
    """The name of a place [start, end) in a text, and the chance that it is one.

    `people` is true for a word for people ("Russian"). `key` is the form that the gazetteer has
    where that is not the text itself (a name without its case ending), `first` and `last` are the
    numbers of its words [first, last), equal where they are not known; `foreign` is true in a
    sentence of another language than English.
    """

    start: int
    end: int
    chance: float = 1.0
    people: bool = False
    key: str = ""
    first: int = 0
    last: int = 0
    foreign: bool = False


def name_of(
    tokens: Sequence[Token],
    first: int,
    last: int,
    chance: float,
    key: str = "",
    *,
    foreign: bool = False,
) -> NameInText:
    """Return the name that consists of the words [first, last)."""
    start, end = tokens[first].start, tokens[last - 1].end
    return NameInText(start, end, chance, key=key, first=first, last=last, foreign=foreign)


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
