"""Zones that a text describes instead of naming them.

"Lands where the X soldiers are temporarily deployed" is the "area of X soldiers' temporary
deployment" of the gazetteer: the same words in another order and other forms. A head noun such as
area or zone is needed; then the stems of the words with a meaning are compared with those of
every name of every zone that the gazetteer has.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from geomap.gazetteer import Gazetteer
from geomap.geoparse.data_tables import WORDS
from geomap.geoparse.reading import Reading
from geomap.geoparse.resolver import Answer
from geomap.geoparse.road_mentions import RoadName
from geomap.geoparse.tokens import Token
from geomap.model import Place, Toponym, ToponymKind

_SAME = {"station": "deploy", "locat": "deploy", "bas": "deploy", "provisional": "temporar"}
_ENDINGS = re.compile(
    r"(?:ations?|ment|ments|ings?|ers?|ed|ily|ly|ian|ia|ans?|ible|ibility|es|s|y)$"
)
_ENOUGH = 0.74
_REACH = 11
_WORDS_OF_FULL_DESCRIPTION, _LIKENESS_OF_FULL_DESCRIPTION = 4, 0.95


@dataclass(frozen=True, slots=True)
class ZoneName:
    """Words [first, last) that describe a zone, and how like they are to its name (0 to 1)."""

    first: int
    last: int
    place_id: str
    matched: str
    score: float
    country_code: str | None
    words: int


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Return the stem that the forms of a word share ("deployed", "deployment")."""
    bare = word.lower().replace("’", "'").removesuffix("'s").rstrip("'")
    if not bare.isascii():
        return bare[:6]
    while len(cut := _ENDINGS.sub("", bare)) >= 4 and cut != bare:
        bare = cut
    return _SAME.get(bare, bare)


@lru_cache(maxsize=4)
def _zone_names(gazetteer: Gazetteer) -> tuple[tuple[str, str, frozenset[str], str | None], ...]:
    """Return place id, name, stems and country of each form of each zone."""
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
        stem(w) for w in words if w.lower() not in WORDS["zone-no-stem"] and len(w) > 1
    )


def find_zones(
    reading: Reading, roads: Sequence[RoadName], places: Sequence[Place | None], on: date | None
) -> list[ZoneName]:
    """Return the described zones, left to right, not overlapping, each the best match.

    A zone is meant only if the text names its country or one of `places` lies there, unless
    the text describes it in full.
    """
    tokens, names = reading.tokens, _zone_names(reading.gazetteer)
    if not names:
        return []
    every = frozenset().union(*(stems for _, _, stems, _ in names))
    zones: list[ZoneName] = []
    for i, token in enumerate(tokens):
        best = _best_around(tokens, i, names, every) if token.lower in WORDS["zone-heads"] else None
        if best is not None and (not zones or best.first >= zones[-1].last):
            zones.append(best)
    zones = [zone for zone in zones if not any(_overlap(zone, road) for road in roads)]
    codes = {place.country_code for place in places if place is not None} if zones else set()
    codes |= {reading.gazetteer.demonym(t.text) for t in tokens if zones and t.capital}
    return [zone for zone in zones if _is_meant(zone, codes, reading.gazetteer, on)]


def _overlap(zone: ZoneName, road: RoadName) -> bool:
    return zone.first < road.last and road.first < zone.last


def _is_meant(
    zone: ZoneName, codes: Collection[str | None], gazetteer: Gazetteer, on: date | None
) -> bool:
    """Return whether the text names the country of a zone, or describes it in full."""
    if zone.country_code is None or zone.country_code in codes:
        return True
    place = gazetteer.get(zone.place_id, on=on)
    full = zone.words >= _WORDS_OF_FULL_DESCRIPTION and zone.score > _LIKENESS_OF_FULL_DESCRIPTION
    return full and place is not None and place.is_valid_on(on)


def zone_toponym(reading: Reading, zone: ZoneName, on: date | None) -> Toponym:
    """Return the toponym of a described zone, with the adjective of a country before it."""
    first, gazetteer = zone.first, reading.gazetteer
    if first > 0 and gazetteer.demonym(reading.tokens[first - 1].text):
        first -= int(reading.tokens[first].spaced)
    place = gazetteer.get(zone.place_id, on=on)
    reason = f'described in the words of "{zone.matched}" (likeness {zone.score:.2f})'
    score = round(min(0.97, zone.score), 3)
    if place is not None and not place.is_valid_on(on):
        reason += f"; not in force on {on}, this is the version nearest in time"
        score = round(score * 0.7, 3)
    return Answer(place, score, reason).toponym(reading.text, *reading.span(first, zone.last))


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
            if word in WORDS["zone-no-content"]:
                continue
            if word in WORDS["zone-heads"]:
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
