"""Which of the places of a name a text means, how sure that is, and why, in words.

The ranker gives chances; this module makes answers of them: the best place, the others with
their chances, and a reason. A name has one sense in a document unless the text itself tells
two apart. The answer may be none of the places.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from geomap.gazetteer import Gazetteer, normalise_name
from geomap.gazetteer.place_index import KINDS
from geomap.geo.distance import great_circle_km
from geomap.geoparse.candidates import Names, Options, place_point
from geomap.geoparse.data_tables import STATIC
from geomap.geoparse.evidence import CITY, Hint, Home, Sense
from geomap.geoparse.ranker import Reasons, Weights, rank
from geomap.geoparse.reading import NameInText
from geomap.geoparse.senses import senses_of
from geomap.model import Candidate, Place, Toponym, ToponymKind

_LOOSE = [
    STATIC.index(name) for name in ("short form", "word for its people", "code", "transliteration")
]
_DIVISIONS = (KINDS.index(ToponymKind.ADMIN1), KINDS.index(ToponymKind.ADMIN2))
_SAME_PLACE_KM, _SAME_DIVISION_KM, _GOOD_PART = 25.0, 120.0, 0.25
_LEAST_PEOPLE = 20_000
_TOWN_PEOPLE = STATIC.index("town people")
_LEAST_CHANCE = 0.35
"""An answer this likely is given, with its doubt, even where "none of these" is likelier still:
of two readings one would miss it."""
_LISTED, _LEAST_LISTED = 6, 0.002
_QUOTES, _CLOSING = frozenset("'\"‘’“”«»„"), frozenset("'\"’”»“")
_INSIDE, _OWN_NAME = STATIC.index("named inside"), STATIC.index("own name")


def best_place_of(sense: Sense) -> tuple[int, float]:
    """Return the number of the likeliest place of a sense, and its chance.

    Entries of two layers for one place are one answer, with the chances of both. So are a town
    and the province or county called after it when the town makes up a good part of it: then
    the town is the answer, being more exact, unless a noun shows that the wider one is meant.
    """
    options, chances = sense.options, sense.chances
    top = int(np.argmax(chances))
    away = great_circle_km(options.lon[top], options.lat[top], options.lon, options.lat)
    away = np.where(options.country == options.country[top], away, np.inf)
    away[top] = 0.0
    reach = np.maximum(options.radius, options.radius[top]) + _SAME_PLACE_KM
    near = away < reach
    chance = float(chances[near & (options.kind == options.kind[top])].sum())
    towns, wide = options.kind == CITY, np.isin(options.kind, _DIVISIONS)
    if not (towns[top] or wide[top]):
        return top, min(1.0, chance)
    within = (options.admin1 == options.admin1[top]) & (options.admin1[top] != 0)
    near |= within & (away < _SAME_DIVISION_KM)
    others = near & (wide if towns[top] else towns) & ~options.static[:, _LOOSE].any(1)
    if not others.any():
        return top, min(1.0, chance)
    partner = int(np.argmax(np.where(others, chances, -1.0)))
    town, division = (top, partner) if towns[top] else (partner, top)
    if options.people[town] < _GOOD_PART * options.people[division]:
        return top, min(1.0, chance)
    chance += float(chances[others].sum())
    meant = division if sense.hint.kinds and ToponymKind.CITY not in sense.hint.kinds else town
    return meant, min(1.0, chance)


def home_of(publisher: str | None, names: Names) -> Home | None:
    """Return the home of a publisher, None where its name contains none of a large town."""
    if not publisher:
        return None
    words = publisher.replace(".", " ").split()
    for length in (3, 2, 1):
        for start in range(len(words) - length + 1):
            form = " ".join(words[start : start + length])
            facts = names.gazetteer.facts(normalise_name(form))
            if not form[:1].isupper() or not facts.good or facts.people < _LEAST_PEOPLE:
                continue
            options = names.options(form, None)
            best = int(np.argmax(options.static[:, _TOWN_PEOPLE]))
            place = options.place(best, names.gazetteer)
            point = place_point(place)
            if point is not None and place.kind is ToponymKind.CITY:
                return Home(point[1], point[0], int(options.country[best]))
    return None


@dataclass(frozen=True, slots=True)
class Answer:
    """The place meant, or none, with the other candidates and the reason.

    `inside` is true where only a name inside the one written is known ("Baku" of "Baku State
    University"): the place is where that lies.
    """

    place: Place | None
    score: float
    reason: str
    candidates: tuple[Candidate, ...] = ()
    matched_name: str | None = None
    is_sure: bool = True
    inside: bool = False

    def toponym(self, text: str, start: int, end: int, *, nested: bool = False) -> Toponym:
        """Return the toponym of the text [start, end); `nested` is one inside another name."""
        # A name set in quotes ends at the closing one, though the gazetteer has it with its noun.
        if text[max(0, start - 1)] in _QUOTES:
            closing = (i for i in range(start + 1, end) if text[i] in _CLOSING)
            # a mark before a letter is an apostrophe
            end = next((i for i in closing if not text[i + 1 : i + 2].isalnum()), end)
        kind = self.place.kind if self.place is not None else ToponymKind.OTHER
        return Toponym(
            start, end, text[start:end], ToponymKind.NESTED if nested else kind, self.place,
            self.score, self.reason, self.candidates, self.matched_name, self.is_sure,
        )  # fmt: skip


@dataclass(frozen=True)
class Resolved:
    """The answer to each mention of a document; its senses, and the place meant by each."""

    answers: tuple[Answer, ...]
    senses: tuple[Sense, ...]
    places: tuple[Place | None, ...]


def resolve(
    text: str,
    mentions: Sequence[NameInText],
    names: Names,
    own: Weights,
    *,
    on: date | None = None,
    dateline_end: int = -1,
    publisher: str | None = None,
    must_place: bool = False,
    unwritten: Iterable[str] = (),
) -> Resolved:
    """Return the place of each mention of a document, given left to right without overlaps.

    `on` is the day of publication, `dateline_end` the offset of the end of the dateline's place.
    `must_place` never answers "none of these" where a candidate exists. `unwritten` are more
    names to find senses for (the ends of roads), which have no mention of their own.
    """
    senses, number_of = senses_of(text, mentions, names, on, dateline_end)
    _add_unwritten(senses, unwritten, names, on)
    evidence = rank(senses, home_of(publisher, names), own)
    reasons = Reasons(senses, evidence, names.gazetteer, own)
    answers = [_answer(i, reasons, must_place=must_place) for i in range(len(senses))]
    weighed = []
    for mention, number in zip(mentions, number_of, strict=True):
        answer = answers[number]  # right only if the mention is a name of a place at all
        score = round(answer.score * mention.chance, 3)
        is_sure = answer.place is not None and score >= own.threshold
        weighed.append(replace(answer, score=score, is_sure=is_sure))
    places = tuple(answer.place for answer in answers)
    return Resolved(tuple(weighed), tuple(senses), places)


def _add_unwritten(
    senses: list[Sense], unwritten: Iterable[str], names: Names, on: date | None
) -> None:
    """Append a sense for each name that has none yet; the end of a road is a place, no doubt."""
    by_key = {normalise_name(sense.text): sense for sense in senses}
    for name in unwritten:
        key = normalise_name(name)
        if key in by_key:
            by_key[key].doubt = 0.0
        else:
            by_key[key] = Sense(name, Hint(located=True), names.options(name, on))
            senses.append(by_key[key])


def _answer(number: int, reasons: Reasons, *, must_place: bool) -> Answer:
    sense, gazetteer = reasons.senses[number], reasons.gazetteer
    options = sense.options
    if not len(options):
        return Answer(None, 0.0, "no place of this name is known", is_sure=False)
    best, chance = best_place_of(sense)
    none = max(0.0, 1.0 - float(sense.chances.sum()))
    order = np.argsort(-sense.chances, kind="stable")
    listed = tuple(
        _candidate(options, int(row), float(sense.chances[row]), gazetteer)
        for row in order[:_LISTED]
        if sense.chances[row] >= _LEAST_LISTED or row == best
    )
    if none > chance and chance < _LEAST_CHANCE and not must_place:
        reason = f"none of the {len(options)} places of this name fits the text well enough"
        return Answer(None, round(1 - none, 3), reason, listed, is_sure=False)
    place = options.place(best, gazetteer)
    return Answer(
        place,
        reasons.weights.calibrated(chance),
        reasons.of(number, best, place),
        listed,
        gazetteer.form_of(place, options.key),
        inside=bool(options.static[best, _INSIDE]),
    )


def _candidate(options: Options, i: int, chance: float, gazetteer: Gazetteer) -> Candidate:
    place = options.place(i, gazetteer)
    words = ["its own name" if options.static[i, _OWN_NAME] else "another form of its name"]
    if place.population:
        words.append(f"{place.population:,} people")
    return Candidate(
        place.place_id, place.name, round(chance, 3), place.kind, place.country_code,
        ", ".join(words),
    )  # fmt: skip
