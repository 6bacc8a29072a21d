"""Names of places among the words of a text: gazetteer names that the context allows.

The longest name wins; then each rule of `refusal` may say why a name is no place here. A
name that is refused is left out, never guessed. These rules are for English; sentences of
other languages are read by `foreign`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from geomap.gazetteer import Gazetteer, normalise_name
from geomap.geoparse import word_lists as words_of
from geomap.geoparse.foreign import Foreign
from geomap.geoparse.languages import languages_of
from geomap.geoparse.morphology import bare_forms
from geomap.geoparse.tokens import Token, joins, segments
from geomap.model import ToponymKind

LANDS = frozenset({ToponymKind.COUNTRY, ToponymKind.REGION, ToponymKind.CONTINENT})
_LARGE_TOWN = 300_000
_MOST_WORDS_BESIDE = 14  # of an organisation's name, on either side of a place in it
PARTING = (words_of.FUNCTION_WORDS | words_of.LOCATIVES) - words_of.LINKS - words_of.SIDES
"""Small words that end a name in a headline, where they are written large as well."""


@dataclass(frozen=True, slots=True)
class Name:
    """Words [first, last) that bear a name, and the form under which it is looked up.

    `foreign` says that they stand in a sentence of another language than English.
    """

    first: int
    last: int
    key: str
    foreign: bool = False


@dataclass
class Reading:
    """What the rules ask about one document."""

    text: str
    tokens: list[Token]
    gazetteer: Gazetteer
    dateline_end: int
    lower_words: frozenset[str] = frozenset()
    surnames: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, text: str, tokens: list[Token], gazetteer: Gazetteer, dateline_end: int) -> Reading:
        """Return a reading with the words written small and the surnames of people noted."""
        lower = frozenset(t.text for t in tokens if t.text[0].islower())
        reading = cls(text, tokens, gazetteer, dateline_end, lower)
        for i in range(1, len(tokens)):
            if _is_person_start(reading, i - 1) and _is_name_word(reading, i):
                reading.surnames.add(tokens[i].lower)
        return reading

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The language of each sentence."""
        return languages_of(self.tokens)

    def at(self, index: int) -> Token | None:
        """Return the word at an index, None beyond the ends."""
        return self.tokens[index] if 0 <= index < len(self.tokens) else None


def find_names(
    reading: Reading,
    taken: Sequence[tuple[int, int]],
    begins: Callable[[Token], bool] | None = None,
) -> list[Name]:
    """Return the names of places, left to right, outside the word stretches `taken`.

    `begins` says which words may begin a name; all may by default.
    """
    busy = {i for first, last in taken for i in range(first, last)}
    tokens, foreign = reading.tokens, _foreign(reading)
    others = (Name(*name, foreign=True) for name in foreign.names())
    found = [name for name in others if not busy.intersection(range(name.first, name.last))]
    for begin, end in segments(tokens):
        i = begin
        while i < end:
            skipped = i in busy or tokens[i] in foreign or (begins and not begins(tokens[i]))
            name = None if skipped else _name_at(reading, i, _free_end(busy, i, end))
            if name is None:
                i += 1
                continue
            if refusal(reading, name) is None:
                found.append(name)
            i = name.last
    return sorted(found, key=lambda name: name.first)


def find_foreign(reading: Reading) -> list[Name]:
    """Return the names of places in sentences of other languages than English, left to right."""
    names = (Name(*name, foreign=True) for name in _foreign(reading).names())
    return sorted(names, key=lambda name: name.first)


def _foreign(reading: Reading) -> Foreign:
    return Foreign(
        reading.text, reading.tokens, reading.gazetteer, reading.dateline_end, reading.languages
    )


def _free_end(busy: set[int], start: int, end: int) -> int:
    return next((i for i in range(start, min(end, start + 14)) if i in busy), min(end, start + 14))


def _name_at(reading: Reading, i: int, end: int) -> Name | None:
    """Return the longest name that starts at a word, in the form that the gazetteer knows."""
    tokens = reading.tokens
    if not tokens[i].capital or tokens[i].text.isdigit():
        return None
    words = [t.text for t in tokens[i:end]]
    count = reading.gazetteer.longest(words, 0)
    while count > 1 and not _reads_as_name(tokens[i : i + count]):
        count -= 1
        while count and not reading.gazetteer.has(" ".join(words[:count])):
            count -= 1
    if count:
        return Name(i, i + count, " ".join(words[:count]))
    for form in bare_forms(tokens[i].text):
        if reading.gazetteer.has(form):
            return Name(i, i + 1, form)
    return None


def _reads_as_name(tokens: Sequence[Token]) -> bool:
    """Return whether the words after the first are written as those of a name are."""
    generic = words_of.ROAD_NOUNS | words_of.FEATURE_NOUNS.keys() | words_of.LINKS
    generic = generic | {"border", "gold", "copper"}
    if tokens[-1].lower in words_of.LINKS:
        return False
    return all(t.capital or t.lower in generic or "-" in t.gap for t in tokens[1:])


def refusal(reading: Reading, name: Name) -> str | None:
    """Return why a name is not a place here, None where nothing speaks against it."""
    tokens, gazetteer = reading.tokens, reading.gazetteer
    first = tokens[name.first]
    single = name.last - name.first == 1
    if single and (reason := _not_a_name(reading, name, first)):
        return reason
    if first.start < reading.dateline_end and gazetteer.has(name.key):
        return None
    return association(reading, name) or _is_part_of_longer(reading, name)


def association(reading: Reading, name: Name) -> str | None:
    """Return what else bears the name of a place here: a person, an organisation, a thing."""
    return (
        person(reading, name) or _is_organisation(reading, name) or _is_other_thing(reading, name)
    )


def _not_a_name(reading: Reading, name: Name, token: Token) -> str | None:
    word = token.lower
    if len(token.text) < 3 or word in words_of.MONTHS_AND_DAYS or word in words_of.FUNCTION_WORDS:
        return "an ordinary word"
    quality = reading.gazetteer.name_quality(name.key)
    is_country = quality == "good"
    kinds = reading.gazetteer.facts(normalise_name(name.key)).kinds
    if reading.gazetteer.demonym(word) and not kinds & LANDS:
        return "people or adjective of a country"
    if word in reading.lower_words and not _is_small_layer(reading, name.key):
        return "written small elsewhere in the text"
    return None if is_country else f"a {quality.replace('_', ' ')}"


def _is_small_layer(reading: Reading, key: str) -> bool:
    """Return whether a name is more than a town's: a country's, a province's, a curated place's."""
    return bool(reading.gazetteer.facts(normalise_name(key)).kinds - {ToponymKind.CITY})


def _is_name_word(reading: Reading, i: int) -> bool:
    token = reading.tokens[i]
    return (
        token.capital
        and token.spaced
        and not token.first
        and token.lower not in (words_of.FUNCTION_WORDS | words_of.MONTHS_AND_DAYS)
    )


def _is_person_start(reading: Reading, i: int) -> bool:
    """Return whether a word opens a person's name: a first name, a title or an initial."""
    token = reading.tokens[i]
    word = token.lower.rstrip(".")
    if not token.capital:
        return word in words_of.TITLES and word not in {"major", "general", "chief", "private"}
    initial = len(token.text) == 1 or (len(token.text) <= 5 and "." in token.text)
    known_first = word in words_of.FIRST_NAMES and word not in words_of.PLACELIKE_FIRST_NAMES
    return known_first or word in words_of.TITLES or (initial and i > 0 and token.text != "U.S.")


def person(reading: Reading, name: Name) -> str | None:
    """Return why a name is a person's here, None where nothing says so."""
    tokens = reading.tokens
    first, before, after = tokens[name.first], reading.at(name.first - 1), reading.at(name.last)
    adjacent = before is not None and not first.first and (first.spaced or first.gap in {". ", "."})
    single = name.last - name.first == 1
    if adjacent and before is not None and _is_person_start(reading, name.first - 1):
        capital_title = before.capital or before.lower in {"spokesman", "spokeswoman"}
        if not (
            before.lower in words_of.TITLES and (_is_country(reading, name) or not capital_title)
        ):
            return "follows a first name or a title"
    given = single and first.lower in words_of.FIRST_NAMES and after is not None
    if given and _is_name_word(reading, name.last) and not _is_country(reading, name):
        return "a first name before a surname"
    located = before is not None and before.lower in words_of.STRONG_LOCATIVES and first.spaced
    if (
        single
        and first.lower in reading.surnames
        and not located
        and not _is_country(reading, name)
    ):
        return "a surname met earlier"
    ends = tokens[name.last - 1].end
    age = reading.text[ends : ends + 6]
    if single and not located and age.startswith(", ") and age[2:4].isdigit() and age[4:5] == ",":
        return "a person with an age"
    if single and after is not None and after.lower in words_of.SAYS and not located:
        facts = reading.gazetteer.facts(normalise_name(name.key))
        if facts.people < _LARGE_TOWN and not facts.kinds - {ToponymKind.CITY}:
            return "somebody who speaks"
    return None


def _is_country(reading: Reading, name: Name) -> bool:
    return ToponymKind.COUNTRY in reading.gazetteer.facts(normalise_name(name.key)).kinds


def _run(reading: Reading, name: Name) -> tuple[int, int]:
    """Return the stretch of capitalised words around a name, with "of", "and" and the like."""
    tokens, first, last = reading.tokens, name.first, name.last
    least, most = first - _MOST_WORDS_BESIDE, last + _MOST_WORDS_BESIDE
    # Where all is written large, only its meaning tells that a small word parts two names.
    parts = PARTING if tokens[first].all_caps else frozenset()
    while first > max(0, least) and joins(tokens[first - 1], tokens[first]):
        if tokens[first].gap.strip() and name.first == first:
            break
        if not tokens[first - 1].capital and tokens[first - 1].lower not in {"of", "the", "for"}:
            break
        if tokens[first - 1].lower in {"in", "at"} or tokens[first - 1].lower in parts:
            break
        first -= 1
    while last < min(len(tokens), most) and tokens[last].capital:
        if not joins(tokens[last - 1], tokens[last]) or tokens[last].lower in parts:
            break
        last += 1
    return first, last


def _is_organisation(reading: Reading, name: Name) -> str | None:
    tokens = reading.tokens
    first, last = _run(reading, name)
    after = [t.lower for t in tokens[name.last : last]]
    if after and (words_of.ORGANISATION_WORDS | words_of.NEWSPAPERS | words_of.TEAM_AFTER) & {
        *after
    }:
        return "within the name of an organisation"
    before = [t.lower for t in tokens[first : name.first]]
    if not before or _is_country(reading, name):
        return None
    heads = {t.lower for t in tokens[first : name.first] if t.capital} & (
        words_of.ORGANISATION_WORDS | words_of.TEAM_BEFORE
    )
    return "within the name of an organisation" if heads else None


def _is_other_thing(reading: Reading, name: Name) -> str | None:
    tokens = reading.tokens
    before, after = reading.at(name.first - 1), reading.at(name.last)
    if after is not None and after.gap.strip(" -–") == "" and not after.first:
        if after.lower in words_of.TREATY_WORDS and after.lower not in {"summit", "ceasefire"}:
            return "the name of a treaty or a process"
        if after.lower in words_of.AFTER_NOT_PLACE and (
            after.capital or after.lower not in words_of.STREETS | {"open", "court", "plaza"}
        ):
            return "the name of a thing called after a place"
    first = tokens[name.first]
    if before is None or first.first or not (first.spaced or first.gap.strip() in {"'", "“", '"'}):
        return None
    if before.lower in words_of.SHIP_BEFORE and before.lower != "carrier":
        return "the name of a ship"
    if before.lower in words_of.TEAM_BEFORE and before.capital:
        return "the name of a team"
    back = name.first - 2 if before.lower in {"of", "the"} else name.first - 1
    head = reading.at(back)
    if (
        head is not None
        and before.lower == "of"
        and head.capital
        and (head.lower in words_of.TREATY_HEADS)
    ):
        return "the name of a treaty"
    return None


def _is_part_of_longer(reading: Reading, name: Name) -> str | None:
    """Return a refusal where a name is only some words of a longer unknown name."""
    tokens = reading.tokens
    before, first = reading.at(name.first - 1), tokens[name.first]
    if _is_country(reading, name):
        return None
    joined = before is not None and not first.first and first.spaced and before.capital
    if joined and before is not None and not _explains(reading, before, name.first - 1):
        return "the end of a longer name"
    after = reading.at(name.last)
    if after is None or after.first or not after.spaced:
        return None
    heads = words_of.TREATY_WORDS | words_of.ORGANISATION_WORDS
    if after.lower == "of" and tokens[name.last - 1].lower in heads:
        return "the start of a longer name"
    if not after.capital:
        return None
    if first.all_caps and after.all_caps:
        return None
    word = after.lower
    fine = (
        word in words_of.TITLES | words_of.MONTHS_AND_DAYS | words_of.FUNCTION_WORDS
        or word in words_of.FEATURE_NOUNS
        or word in words_of.FIRST_NAMES
        or word.isdigit()
        or reading.gazetteer.demonym(word) is not None
    )
    return None if fine else "the start of a longer name"


def _explains(reading: Reading, token: Token, index: int) -> bool:
    """Return whether a capitalised word before a name is no part of it."""
    word = token.lower
    if word in words_of.FUNCTION_WORDS | words_of.MONTHS_AND_DAYS or token.text.isdigit():
        return True
    if token.first and (word in reading.lower_words or not token.text.isascii()):
        return True
    if token.all_caps and reading.tokens[index + 1].all_caps:
        return True
    return (
        reading.gazetteer.demonym(word) is not None
        or word in words_of.TITLES
        or word in words_of.FEATURE_NOUNS
        or _is_small_layer(reading, token.text)
    )
