"""Whether the name of a place means something else in its context: a person, a team, a treaty."""

from __future__ import annotations

from geomap.geoparse.data_tables import WORDS
from geomap.geoparse.reading import LANDS, NameInText, Reading, is_name_word, opens_person
from geomap.geoparse.tokens import Token, joins
from geomap.model import ToponymKind

_LARGE_TOWN = 300_000
_MOST_WORDS_BESIDE = 14  # of an organisation's name, on either side of a place in it


def is_refused(reading: Reading, name: NameInText) -> bool:
    """Return whether something speaks against a name being a place here."""
    first = reading.tokens[name.first]
    if name.last - name.first == 1 and _is_no_name(reading, name, first):
        return True
    if first.start < reading.dateline_end and reading.gazetteer.has(name.key):
        return False
    return means_something_else(reading, name) or _is_part_of_longer(reading, name)


def means_something_else(reading: Reading, name: NameInText) -> bool:
    """Return whether the name of a place is that of a person, an organisation or a thing here."""
    return (
        is_person(reading, name)
        or _is_organisation(reading, name)
        or _is_thing_after(reading, name)
        or _is_thing_before(reading, name)
    )


def _is_no_name(reading: Reading, name: NameInText, token: Token) -> bool:
    """Return whether a single word is an ordinary word, a word for people or a doubtful form."""
    if len(token.text) < 3 or token.lower in WORDS["no-name"]:
        return True
    if reading.gazetteer.demonym(token.lower) and not reading.kinds_of(name.key) & LANDS:
        return True
    if token.lower in reading.lower_words and not reading.is_wide(name.key):
        return True
    return reading.gazetteer.name_quality(name.key) != "good"


def is_person(reading: Reading, name: NameInText) -> bool:
    """Return whether a name is a person's here."""
    first, before = reading.tokens[name.first], reading.at(name.first - 1)
    after = reading.at(name.last)
    single, country = name.last - name.first == 1, _is_country(reading, name)
    adjacent = not first.first and (first.spaced or first.gap in {". ", "."})
    if before is not None and adjacent and opens_person(reading.tokens, name.first - 1):
        capital_title = before.capital or before.lower in {"spokesman", "spokeswoman"}
        if before.lower not in WORDS["titles"] or (capital_title and not country):
            return True
    if not single:
        return False
    given = first.lower in WORDS["first-names"] and not country
    if given and after is not None and is_name_word(after):
        return True
    if before is not None and before.lower in WORDS["strong-locatives"] and first.spaced:
        return False
    if first.lower in reading.surnames and not country:
        return True
    age = reading.text[first.end : first.end + 6]
    if age.startswith(", ") and age[2:4].isdigit() and age[4:5] == ",":
        return True
    facts = reading.facts_of(name.key)
    small = facts.people < _LARGE_TOWN and not facts.kinds - {ToponymKind.CITY}
    return small and after is not None and after.lower in WORDS["says"]


def _is_country(reading: Reading, name: NameInText) -> bool:
    return ToponymKind.COUNTRY in reading.kinds_of(name.key)


def _run(reading: Reading, name: NameInText) -> tuple[int, int]:
    """Return the stretch of capitalised words around a name, with "of", "and" and the like."""
    tokens, first, last = reading.tokens, name.first, name.last
    least, most = first - _MOST_WORDS_BESIDE, last + _MOST_WORDS_BESIDE
    # Where all is written large, only its meaning shows that a small word parts two names.
    parts = WORDS["parting"] if tokens[first].all_caps else frozenset()
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


def _is_organisation(reading: Reading, name: NameInText) -> bool:
    """Return whether a name is a part of that of an organisation, a newspaper or a team."""
    first, last = _run(reading, name)
    if any(
        token.lower in WORDS["organisation-tails"] for token in reading.tokens[name.last : last]
    ):
        return True
    before = reading.tokens[first : name.first]
    heads = any(token.capital and token.lower in WORDS["organisation-heads"] for token in before)
    return heads and not _is_country(reading, name)


def _is_thing_after(reading: Reading, name: NameInText) -> bool:
    """Return whether the word after a name makes it a treaty, a process, a prize or a street."""
    after = reading.at(name.last)
    if after is None or after.first or after.gap.strip(" -–"):
        return False
    if after.lower in WORDS["treaties"] and after.lower not in {"summit", "ceasefire"}:
        return True
    written = after.capital or after.lower not in WORDS["small-things"]
    return written and after.lower in WORDS["after-not-place"]


def _is_thing_before(reading: Reading, name: NameInText) -> bool:
    """Return whether the words before a name make it a ship, a team or a treaty."""
    first, before = reading.tokens[name.first], reading.at(name.first - 1)
    if before is None or first.first or not (first.spaced or first.gap.strip() in {"'", "“", '"'}):
        return False
    if before.lower in WORDS["ships"] and before.lower != "carrier":
        return True
    if before.lower in WORDS["teams-before"] and before.capital:
        return True
    head = reading.at(name.first - 2) if before.lower == "of" else None
    return head is not None and head.capital and head.lower in WORDS["treaty-heads"]


def _is_part_of_longer(reading: Reading, name: NameInText) -> bool:
    """Return whether a name is only some words of a longer name that is not known."""
    before, first = reading.at(name.first - 1), reading.tokens[name.first]
    if _is_country(reading, name):
        return False
    joined = before is not None and not first.first and first.spaced and before.capital
    if joined and before is not None and not _is_apart(reading, before, name.first - 1):
        return True
    after = reading.at(name.last)
    if after is None or after.first or not after.spaced:
        return False
    if after.lower == "of" and reading.tokens[name.last - 1].lower in WORDS["heads-of-longer"]:
        return True
    if not after.capital or (first.all_caps and after.all_caps):
        return False
    apart = after.lower in WORDS["no-part-after"] or after.lower.isdigit()
    return not apart and reading.gazetteer.demonym(after.lower) is None


def _is_apart(reading: Reading, token: Token, index: int) -> bool:
    """Return whether a capitalised word before a name is no part of it."""
    if token.lower in WORDS["no-part-before"] or token.text.isdigit():
        return True
    if token.first and (token.lower in reading.lower_words or not token.text.isascii()):
        return True
    if token.all_caps and reading.tokens[index + 1].all_caps:
        return True
    return reading.gazetteer.demonym(token.lower) is not None or reading.is_wide(token.text)
