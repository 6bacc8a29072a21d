"""Zones that a text describes instead of naming them.

"Lands where the X soldiers are temporarily deployed" is the "area of X soldiers' temporary
deployment" of the gazetteer: the same words in another order and other forms. A head noun such as
area or zone is needed; then the stems of the words with a meaning are compared with those of
every name of every zone that the gazetteer has.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

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


class ZoneForm(NamedTuple):
    """One form of the name of a zone, with the stems of its words that have a meaning."""

    place_id: str
    name: str
    stems: frozenset[str]
    country_code: str | None


class ZoneName(NamedTuple):
    """Words [first, last) that describe a zone in `words` of its own, and how like (0 to 1)."""

    first: int
    last: int
    form: ZoneForm
    score: float
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
def _zone_forms(gazetteer: Gazetteer) -> tuple[ZoneForm, ...]:
    """Return each form of the name of each zone."""
    forms = {}
    for place in gazetteer.curated():
        for name in (place.name, *(form.name for form in place.names)):
            words = re.findall(r"[^\W_]+(?:['’][^\W_]+)*", name)
            content = (w for w in words if w.lower() not in WORDS["zone-no-stem"] and len(w) > 1)
            stems = frozenset(map(stem, content))
            if place.kind is ToponymKind.ZONE and stems:
                form = ZoneForm(place.place_id, name, stems, place.country_code)
                forms[place.place_id, name] = form
    return tuple(forms.values())


def find_zones(
    reading: Reading, roads: Sequence[RoadName], places: Sequence[Place | None], on: date | None
) -> list[ZoneName]:
    """Return the described zones, left to right, not overlapping, each the best match.

    A zone is meant only if the text names its country or one of `places` lies there, unless
    the text describes it in full.
    """
    tokens, forms = reading.tokens, _zone_forms(reading.gazetteer)
    if not forms:
        return []
    stems = frozenset().union(*(form.stems for form in forms))
    zones: list[ZoneName] = []
    for i, token in enumerate(tokens):
        best = _best_around(tokens, i, forms, stems) if token.lower in WORDS["zone-heads"] else None
        if best is not None and (not zones or best.first >= zones[-1].last):
            zones.append(best)
    zones = [
        zone
        for zone in zones
        if not any(zone.first < road.last and road.first < zone.last for road in roads)
    ]
    codes = {place.country_code for place in places if place is not None} if zones else set()
    codes |= {reading.gazetteer.demonym(t.text) for t in tokens if zones and t.capital}
    return [zone for zone in zones if _is_meant(zone, codes, reading.gazetteer, on)]


def _is_meant(
    zone: ZoneName, codes: Collection[str | None], gazetteer: Gazetteer, on: date | None
) -> bool:
    """Return whether the text names the country of a zone, or describes it in full."""
    if zone.form.country_code is None or zone.form.country_code in codes:
        return True
    place = gazetteer.get(zone.form.place_id, on=on)
    full = zone.words >= _WORDS_OF_FULL_DESCRIPTION and zone.score > _LIKENESS_OF_FULL_DESCRIPTION
    return full and place is not None and place.is_valid_on(on)


def zone_toponym(reading: Reading, zone: ZoneName, on: date | None) -> Toponym:
    """Return the toponym of a described zone, with the adjective of a country before it."""
    first, gazetteer = zone.first, reading.gazetteer
    if first > 0 and gazetteer.demonym(reading.tokens[first - 1].text):
        first -= int(reading.tokens[first].spaced)
    place = gazetteer.get(zone.form.place_id, on=on)
    reason = f'described in the words of "{zone.form.name}" (likeness {zone.score:.2f})'
    score = round(min(0.97, zone.score), 3)
    if place is not None and not place.is_valid_on(on):
        reason += f"; not in force on {on}, this is the version nearest in time"
        score = round(score * 0.7, 3)
    return Answer(place, score, reason).toponym(reading.text, *reading.span(first, zone.last))


def _best_around(
    tokens: Sequence[Token], head: int, forms: Sequence[ZoneForm], stems: frozenset[str]
) -> ZoneName | None:
    """Return the best zone for the words before a head noun, or for those after it."""
    best: ZoneName | None = None
    for step in (1, -1):
        seen: set[str] = set()
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
            seen.add(stem(word))
            if stem(word) in stems:
                zone = _likest(seen, min(head, i), max(head, i) + 1, forms)
                if zone is not None and (best is None or zone.score >= best.score):
                    best = zone
    return best if best is not None and best.score >= _ENOUGH else None


def _likest(seen: set[str], first: int, last: int, forms: Sequence[ZoneForm]) -> ZoneName | None:
    """Return the zone whose words are most like those seen (Dice's coefficient)."""

    def likeness(form: ZoneForm) -> float:
        return 2 * len(seen & form.stems) / (len(seen) + len(form.stems))

    form = max(forms, key=likeness)
    if len(form.stems) == 1 and last - first > 4:
        return None
    return ZoneName(first, last, form, likeness(form), len(seen & form.stems))
