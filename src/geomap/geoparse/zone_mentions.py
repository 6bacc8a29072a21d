"""Zones that a text describes instead of naming them.

"Lands where the X soldiers are temporarily deployed" is the "area of X soldiers' temporary
deployment" of the gazetteer: the same words in another order and other forms. A head noun such as
area or zone is needed; then the words with a meaning, cut down to stems, are compared with
those of every name of every zone that the gazetteer has.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from geomap.gazetteer import Gazetteer
from geomap.geoparse.tokens import Token
from geomap.geoparse.word_list import word_set
from geomap.model import ToponymKind

HEADS = word_set(
    """area areas zone zones land lands territory territories district region sector ərazi
    ərazisi ərazidə zona зона зоне зоны территория территории bölge bölgesi bölgesinde գոտի
    գոտում"""
)
_EMPTY = word_set(
    """the a an of in on at by for from to with and or is are was were be been has have had where
    which that whose under their its his her this these those it them as s currently now"""
)
_LIGHT = word_set("contingent forces force troops mission units unit personnel")
_SAME = {"station": "deploy", "locat": "deploy", "bas": "deploy", "provisional": "temporar"}
_ENDINGS = re.compile(
    r"(?:ations?|ment|ments|ings?|ers?|ed|ily|ly|ian|ia|ans?|ible|ibility|es|s|y)$"
)
_ENOUGH = 0.74
_REACH = 11


@dataclass(frozen=True, slots=True)
class ZoneName:
    """Words [first, last) that describe a zone, and how well they do."""

    first: int
    last: int
    place_id: str
    matched: str
    score: float
    country_code: str | None
    words: int


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Return what the forms of a word have in common ("deployed", "deployment")."""
    bare = word.lower().replace("’", "'").removesuffix("'s").rstrip("'")
    if not bare.isascii():
        return bare[:6]
    while len(cut := _ENDINGS.sub("", bare)) >= 4 and cut != bare:
        bare = cut
    return _SAME.get(bare, bare)


@lru_cache(maxsize=4)
def _zone_names(gazetteer: Gazetteer) -> tuple[tuple[str, str, frozenset[str], str | None], ...]:
    """Return (place id, name, stems, country) of each form of each zone, once per gazetteer."""
    rows = {}
    for place in gazetteer.curated():
        if place.kind is ToponymKind.ZONE:
            for name in (place.name, *(form.name for form in place.names)):
                stems = _stems(re.findall(r"[^\W_]+(?:['’][^\W_]+)*", name))
                if stems:
                    rows[place.place_id, name] = (place.place_id, name, stems, place.country_code)
    return tuple(rows.values())


def _stems(words: Sequence[str]) -> frozenset[str]:
    return frozenset(
        stem(w) for w in words if w.lower() not in _EMPTY | _LIGHT | HEADS and len(w) > 1
    )


def find_zones(tokens: Sequence[Token], gazetteer: Gazetteer) -> list[ZoneName]:
    """Return the described zones, left to right, not overlapping, each the best match."""
    names = _zone_names(gazetteer)
    if not names:
        return []
    every = frozenset().union(*(stems for _, _, stems, _ in names))
    found: list[ZoneName] = []
    for i, token in enumerate(tokens):
        best = _best_around(tokens, i, names, every) if token.lower in HEADS else None
        if best is not None and (not found or best.first >= found[-1].last):
            found.append(best)
    return found


def _best_around(
    tokens: Sequence[Token],
    head: int,
    names: Sequence[tuple[str, str, frozenset[str], str | None]],
    every: frozenset[str],
) -> ZoneName | None:
    """Return the best zone for the words before a head noun, or for those after it."""
    best: ZoneName | None = None
    for step in (1, -1):
        stop, seen = head, []
        for i in range(head + step, head + step * _REACH, step):
            if not 0 <= i < len(tokens) or tokens[max(i, i - step)].first:
                break
            if step < 0 and tokens[i + 1].gap.strip(" '’-"):
                break
            word = tokens[i].lower
            if word in _EMPTY | _LIGHT:
                continue
            if word in HEADS:
                break
            seen.append(stem(word))
            if seen[-1] not in every:
                continue
            stop = i
            first, last = min(head, stop), max(head, stop) + 1
            best = _better(best, _score(frozenset(seen), first, last, names))
    return best if best is not None and best.score >= _ENOUGH else None


def _better(one: ZoneName | None, other: ZoneName | None) -> ZoneName | None:
    if one is None or (other is not None and other.score >= one.score):
        return other
    return one


def _score(
    seen: frozenset[str],
    first: int,
    last: int,
    names: Sequence[tuple[str, str, frozenset[str], str | None]],
) -> ZoneName | None:
    """Return the zone whose words are most like those seen (Dice's coefficient)."""
    likest = max(names, key=lambda row: 2 * len(seen & row[2]) / (len(seen) + len(row[2])))
    place_id, name, stems, country = likest
    score = 2 * len(seen & stems) / (len(seen) + len(stems))
    if len(stems) == 1 and last - first > 4:
        return None
    return ZoneName(first, last, place_id, name, score, country, len(seen & stems))
