"""Which of the places that bear a name a text means, and why, in words.

Every candidate gets points for things a person can check: the layer it is in, whether the
name is its own or another form, its population, the noun beside the name, a container named
after it ("Paris, Texas"), countries and places that the text names elsewhere. One sense per
name and document holds unless the text itself tells two apart.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date

from geomap.gazetteer import Gazetteer, normalise_name
from geomap.geoparse.lexicon import FEATURE_NOUNS, VILLAGE_HEADS
from geomap.geoparse.states import STATE_RADIUS_KM
from geomap.model import Candidate, Place, PlaceMatch

_LAYER = {"user": 0.62, "curated": 0.6, "countries": 0.58, "cities": 0.2}
_MOST_CANDIDATES = 20
_LISTED = 6
_NEAR_KM = 300.0


@dataclass(frozen=True, slots=True)
class Clue:
    """What the words around one mention say of the place meant."""

    noun: str | None = None
    country: str | None = None
    middle: tuple[float, float] | None = None
    container: str | None = None
    located: bool = False
    dateline: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The place meant, or none, with the losers and the reason."""

    place: Place | None
    score: float
    reason: str
    candidates: tuple[Candidate, ...] = ()


@dataclass
class Surroundings:
    """What the whole document says: countries it names, places already sure, the day."""

    gazetteer: Gazetteer
    on: date | None
    countries: Counter[str] = field(default_factory=Counter)
    anchors: dict[str, tuple[float, float, str]] = field(default_factory=dict)
    _found: dict[str, tuple[PlaceMatch, ...]] = field(default_factory=dict)

    def find(self, key: str) -> tuple[PlaceMatch, ...]:
        """Return the gazetteer's places of a name, looked up once per document."""
        if key not in self._found:
            self._found[key] = self.gazetteer.find(key, on=self.on, limit=_MOST_CANDIDATES)
        return self._found[key]

    def anchor(self, place: Place, key: str) -> None:
        """Note a place that is sure: others near it become likelier."""
        if place.geometry is not None and place.layer != "countries":
            point = place.geometry.centroid
            self.anchors[normalise_name(key)] = (point.x, point.y, place.name)
        if place.country_code:
            self.countries[place.country_code] += 1


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the great-circle distance of two (longitude, latitude) points."""
    lon1, lat1, lon2, lat2 = map(math.radians, (*one, *other))
    half = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 12742.0 * math.asin(math.sqrt(min(1.0, half)))


def resolve(key: str, clue: Clue, around: Surroundings) -> Answer:
    """Return the place that a name means under a clue, best of all that bear it."""
    matches = around.find(key)
    if not matches:
        return Answer(None, 0.0, "no place of this name is known")
    scored = sorted(
        ((*_points(match, key, clue, around), match) for match in matches),
        key=lambda row: (-row[0], -row[2].place.population, row[2].place.place_id),
    )
    total, reasons, winner = scored[0]
    rival = scored[1][0] if len(scored) > 1 else 0.0
    score = max(0.02, min(0.99, total - 0.3 * max(0.0, 0.15 - (total - rival))))
    listed = tuple(
        Candidate(m.place.place_id, m.place.name, round(max(0.0, min(p, 0.99)), 3))
        for p, _, m in scored[:_LISTED]
    )
    reason = "; ".join([winner.reason, *reasons])
    if len(scored) > 1:
        reason += f"; best of {len(matches)} of this name"
    return Answer(winner.place, round(score, 3), reason, listed)


def _points(
    match: PlaceMatch, key: str, clue: Clue, around: Surroundings
) -> tuple[float, list[str]]:
    place = match.place
    reasons: list[str] = []
    points = _LAYER.get(place.layer, 0.2)
    points += 0.3 * math.log10(place.population + 1) / 7.5 if place.layer == "cities" else 0.1
    if normalise_name(place.name) == normalise_name(key):
        points += 0.08
    if around.on is not None and not place.is_valid_on(around.on):
        points -= 0.15
    for gain, words in (
        *_noun_points(place, clue),
        *_container_points(place, clue),
        *_document_points(place, key, around),
    ):
        points += gain
        if words:
            reasons.append(words)
    return points, reasons


def _noun_points(place: Place, clue: Clue) -> list[tuple[float, str]]:
    if clue.noun is None:
        prefer = place.feature_class in {"P", "A"} or place.layer == "countries"
        return [(0.04 if prefer else 0.0, "")]
    if place.feature_code.startswith(FEATURE_NOUNS[clue.noun]):
        return [(0.3, f'the text says "{clue.noun}"')]
    if clue.noun in VILLAGE_HEADS and place.feature_class == "P":
        return [(0.2, f'the text says "{clue.noun}"')]
    return [(-0.12, "")]


def _container_points(place: Place, clue: Clue) -> list[tuple[float, str]]:
    gains: list[tuple[float, str]] = []
    if clue.country is not None:
        inside = place.country_code == clue.country
        gains.append((0.35, f"in {clue.container}, as the text says") if inside else (-0.3, ""))
    if clue.middle is not None and place.geometry is not None:
        point = place.geometry.centroid
        inside = place.country_code == "US" and (
            distance_km((point.x, point.y), clue.middle) < STATE_RADIUS_KM
        )
        away = distance_km((point.x, point.y), clue.middle)
        gain = 0.5 - 0.2 * away / STATE_RADIUS_KM
        gains.append((gain, f"in {clue.container}, as the text says") if inside else (-0.3, ""))
    return gains


def _document_points(place: Place, key: str, around: Surroundings) -> list[tuple[float, str]]:
    gains: list[tuple[float, str]] = []
    if place.layer != "countries" and place.country_code:
        count = around.countries[place.country_code]
        if count:
            share = count / max(1, around.countries.total())
            name = around.gazetteer.country(place.country_code)
            said = f"the text names {name.name if name else place.country_code}"
            gains.append((0.08 + 0.12 * share, said))
    if place.geometry is not None and place.layer != "countries":
        point = place.geometry.centroid
        own = normalise_name(key)
        others = [
            (distance_km((point.x, point.y), (x, y)), name)
            for known, (x, y, name) in around.anchors.items()
            if known != own
        ]
        if others:
            away, neighbour = min(others)
            if away < _NEAR_KM:
                near = f"{away:.0f} km from {neighbour}, which the text names"
                gains.append((0.16 * math.exp(-away / 120.0), near))
    return gains


def doubtful(answer: Answer, key: str, clue: Clue, around: Surroundings) -> bool:
    """Return whether a small town of this name is too little to go on.

    A name that also may be a person, a firm or a word is kept when the place is large, or
    when the text locates something there, or names its country or places close to it.
    """
    place = answer.place
    if place is None or place.layer != "cities":
        return place is None
    if clue.country or clue.middle or clue.noun or clue.dateline:
        return False
    own = normalise_name(place.name) == normalise_name(key)
    supported = bool(place.country_code and around.countries[place.country_code])
    if place.population >= (100_000 if own else 400_000):
        return False
    if clue.located:
        return not (own or supported)
    return not (own and supported and place.population >= 1000)


def with_reason(answer: Answer, words: str) -> Answer:
    """Return the same answer with something added to its reason."""
    return replace(answer, reason=f"{answer.reason}; {words}")
