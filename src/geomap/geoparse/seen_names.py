"""Gazetteer names among the words of a text, whatever they mean there, for the recogniser."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from geomap.gazetteer import Gazetteer, normalise_name
from geomap.gazetteer.place_index import ABBREVIATION, ADJECTIVE, CODE, SHORT
from geomap.geoparse.tokens import Token, joins
from geomap.model import ToponymKind

_LETTER = {
    ToponymKind.CITY: "P", ToponymKind.COUNTRY: "C", ToponymKind.ADMIN1: "A",
    ToponymKind.ADMIN2: "B", ToponymKind.REGION: "R", ToponymKind.CONTINENT: "K",
    ToponymKind.WATER: "W", ToponymKind.ROAD: "T", ToponymKind.ZONE: "Z",
    ToponymKind.FACILITY: "F", ToponymKind.NESTED: "N", ToponymKind.OTHER: "O",
}  # fmt: skip
_MOST_WORDS = 7


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
