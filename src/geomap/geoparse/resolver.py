"""Which of the places that bear a name a text means, how sure that is, and why, in words.

The ranker weighs things that a person can check; this room puts its numbers into answers: the
winner, the losers with their chances, and a reason. One sense per name and document holds
unless the text itself tells two apart. The answer may be none of them.
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
from geomap.geoparse.evidence import FEATURES, Hint, Home, Sense
from geomap.geoparse.ranker import Weights, rank
from geomap.geoparse.senses import Mention, senses_of
from geomap.model import Candidate, Place, ToponymKind

LEAST_CHANCE = 0.35
"""An answer this likely is given, with its doubt, even where "none of these" is likelier still:
of two readers one would miss it."""
_LISTED = 6
_AT = {name: number for number, name in enumerate(FEATURES)}
_LOOSE = [_AT[name] for name in ("short form", "word for its people", "code", "transliteration")]
_SAME_PLACE_KM, _SAME_DIVISION_KM, _GOOD_PART = 25.0, 120.0, 0.25
_CITY = KINDS.index(ToponymKind.CITY)
_DIVISIONS = (KINDS.index(ToponymKind.ADMIN1), KINDS.index(ToponymKind.ADMIN2))
_LEAST_LISTED = 0.002
_MOST_REASONS, _LEAST_GAIN = 3, 0.15
_NEIGHBOUR_KM = 300.0
_HOME_PEOPLE = 20_000
_NO_NEIGHBOURS = frozenset({ToponymKind.COUNTRY, ToponymKind.CONTINENT})
_SPOKEN = {
    "in the country named after it": "in {container}, as the text says",
    "in the division named after it": "in {container}, as the text says",
    "near what is named after it": "by {container}, as the text says",
    "the country of the name before it": "the place named before it lies in it",
    "the division of the name before it": "the place named before it lies in it",
    "kind as the noun says": "the noun beside the name says so",
    "town of the dateline": "it stands in the dateline",
    "country is named": "the text names its country",
    "division is named": "the text names its province or state",
    "share of its division": "other places of the text lie in the same province or state",
    "share of its country": "other places of the text lie in the same country",
    "within 30 km": "{neighbour}",
    "within 100 km": "{neighbour}",
    "within 300 km": "{neighbour}",
    "nearest name": "{neighbour}",
    "near the publisher": "near the home of the publisher",
    "country of the publisher": "in the country of the publisher",
    "only one": "no other place of this name is known",
    "most people": "the largest town of this name",
    "curated": "in the curated gazetteer",
}
_SAID_SO = tuple(
    _AT[name] for name in ("in the division named after it", "in the country named after it")
)
_FORMS = {
    "named inside": 'only "{form}" inside the name is known, and this is where it lies',
    "without its noun": 'known as "{form}"',
    "word for its people": "the name is a word for its people",
    "abbreviation": "an abbreviation of its name",
    "short form": "a short form of its name",
    "code": "a code",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """The place meant, or none, with the losers and the reason.

    `inside` says that only a name inside the one written is known ("Baku" of "Baku State
    University"): the place is where that lies.
    """

    place: Place | None
    score: float
    reason: str
    candidates: tuple[Candidate, ...] = ()
    matched_name: str | None = None
    is_sure: bool = True
    inside: bool = False


@dataclass(frozen=True)
class Resolved:
    """Answers to the mentions of a document, and its senses for who asks about other names."""

    answers: tuple[Answer, ...]
    senses: tuple[Sense, ...]
    winners: tuple[Place | None, ...]


def resolve(
    text: str,
    mentions: Sequence[Mention],
    names: Names,
    own: Weights,
    *,
    on: date | None = None,
    dateline_end: int = -1,
    home: Home | None = None,
    must_place: bool = False,
    unwritten: Iterable[str] = (),
) -> Resolved:
    """Return where each mention of a document is.

    Parameters
    ----------
    text, mentions
        The mentions left to right, not overlapping.
    names, own
        Who bears which name; the ranker's weights.
    on, dateline_end, home
        Day of publication, end of the dateline's place, home of the publisher.
    must_place
        Never answer "none of these" where a candidate exists.
    unwritten
        More names to find senses for (the ends of roads): they have no mention of their own.
    """
    senses, number_of = senses_of(text, mentions, names, on, dateline_end)
    _add_unwritten(senses, unwritten, names, on)
    tables = rank(senses, home, own)
    winners = _Winners.of(senses)
    made = [
        _answer(i, senses, tables, names.gazetteer, own, winners, must_place=must_place)
        for i in range(len(senses))
    ]
    answers = tuple(
        _weighed(made[number], mention.chance, own.threshold)
        for mention, number in zip(mentions, number_of, strict=True)
    )
    return Resolved(answers, tuple(senses), tuple(answer.place for answer in made))


def _add_unwritten(
    senses: list[Sense], unwritten: Iterable[str], names: Names, on: date | None
) -> None:
    """Append a sense for each name that none has yet; a name speaks for itself only once.

    What a text gives as the end of a road is a place: of that there is no doubt left.
    """
    met = {normalise_name(sense.text): sense for sense in senses}
    for name in unwritten:
        key = normalise_name(name)
        if key in met:
            met[key].doubt = 0.0
        else:
            met[key] = sense_of_name(name, names, on)
            senses.append(met[key])


def sense_of_name(name: str, names: Names, on: date | None) -> Sense:
    """Return a sense of a name that has no mention of its own."""
    return Sense(name, Hint(located=True), names.options(name, on))


def _weighed(answer: Answer, chance: float, threshold: float) -> Answer:
    """Return the answer for one mention: right only if it is a name of a place at all."""
    score = round(answer.score * chance, 3)
    return replace(answer, score=score, is_sure=answer.place is not None and score >= threshold)


def _answer(
    number: int,
    senses: Sequence[Sense],
    tables: Sequence[np.ndarray],
    gazetteer: Gazetteer,
    own: Weights,
    winners: _Winners,
    *,
    must_place: bool,
) -> Answer:
    sense = senses[number]
    options = sense.options
    if not len(options):
        return Answer(None, 0.0, "no place of this name is known", is_sure=False)
    order = np.argsort(-sense.chances, kind="stable")
    winner, chance = winner_of(sense)
    none = max(0.0, 1.0 - float(sense.chances.sum()))
    listed = tuple(
        _candidate(options, int(i), float(sense.chances[i]), gazetteer)
        for i in order[:_LISTED]
        if sense.chances[i] >= _LEAST_LISTED or i == winner
    )
    if none > chance and chance < LEAST_CHANCE and not must_place:
        reason = f"none of the {len(options)} places of this name fits the text well enough"
        return Answer(None, round(1 - none, 3), reason, listed, is_sure=False)
    place = options.place(winner, gazetteer)
    reason = _reason(number, winner, place, senses, tables[number], own, gazetteer, winners)
    matched = gazetteer.form_of(place, options.key)
    inside = bool(tables[number][winner, _AT["named inside"]])
    return Answer(place, own.calibrated(chance), reason, listed, matched, inside=inside)


def winner_of(sense: Sense) -> tuple[int, float]:
    """Return the number of the likeliest place of a sense, and its chance.

    Entries of two layers for one place are one answer, with the chances of both. So are a town
    and the province or county called after it when the town makes up a good part of it: then
    the town is the answer, which says more, unless a noun says that the wider one is meant.
    """
    options, chances = sense.options, sense.chances
    top = int(np.argmax(chances))
    away = _away(options, top)
    reach = np.maximum(options.radius, options.radius[top]) + _SAME_PLACE_KM
    near = away < reach
    chance = float(chances[near & (options.kind == options.kind[top])].sum())
    towns, wide = options.kind == _CITY, np.isin(options.kind, _DIVISIONS)
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


def _away(options: Options, top: int) -> np.ndarray:
    """Return the kilometres from one place to each, infinite for those in other countries."""
    away = great_circle_km(options.lon[top], options.lat[top], options.lon, options.lat)
    away = np.where(options.country == options.country[top], away, np.inf)
    away[top] = 0.0
    return np.asarray(away)


def _candidate(options: Options, i: int, chance: float, gazetteer: Gazetteer) -> Candidate:
    place = options.place(i, gazetteer)
    words = ["its own name" if options.static[i, _AT["own name"]] else "another form of its name"]
    if place.population:
        words.append(f"{place.population:,} people")
    return Candidate(
        place.place_id, place.name, round(chance, 3), place.kind, place.country_code,
        ", ".join(words),
    )  # fmt: skip


_KIND_WORDS = {
    ToponymKind.CITY: "town", ToponymKind.COUNTRY: "country",
    ToponymKind.ADMIN1: "province or state", ToponymKind.ADMIN2: "county or district",
    ToponymKind.FACILITY: "facility", ToponymKind.WATER: "water",
}  # fmt: skip


def kind_words(kind: ToponymKind) -> str:
    """Return what a kind of place is called."""
    return _KIND_WORDS.get(kind, kind.value)


def _reason(
    number: int,
    winner: int,
    place: Place,
    senses: Sequence[Sense],
    table: np.ndarray,
    own: Weights,
    gazetteer: Gazetteer,
    winners: _Winners,
) -> str:
    sense = senses[number]
    row = table[winner]
    matched = gazetteer.form_of(place, sense.options.key)
    same = normalise_name(matched) == normalise_name(place.name)
    words = [f'name "{place.name}"' if same else f'"{matched}", another form of {place.name}']
    words.append(kind_words(place.kind))
    form = sense.options.forms[0]
    words += [said.format(form=form) for name, said in _FORMS.items() if row[_AT[name]]]
    if place.population:
        words.append(f"population {place.population:,}")
    gains = row * own.second
    facts = {
        "container": sense.hint.container or "",
        "neighbour": _neighbour(number, senses, winners),
    }
    spoken: dict[str, None] = {}
    # What the text itself says of where a place lies comes before what speaks more for it.
    said_so = [at for at in _SAID_SO if gains[at] > 0]
    for at in (*said_so, *np.argsort(-gains)):
        if len(spoken) >= _MOST_REASONS or (gains[at] < _LEAST_GAIN and at not in said_so):
            break
        said = _SPOKEN.get(FEATURES[at], "").format(**facts)
        if said:
            spoken[said] = None
    words += spoken
    if len(sense.options) > 1:
        words.append(f"best of {len(sense.options)} of this name")
    return "; ".join(words)


@dataclass(frozen=True)
class _Winners:
    """Where the likeliest place of each sense lies, as columns; countries are no neighbours."""

    lat: np.ndarray
    lon: np.ndarray
    usable: np.ndarray

    @classmethod
    def of(cls, senses: Sequence[Sense]) -> _Winners:
        lat, lon, usable = np.zeros(len(senses)), np.zeros(len(senses)), np.zeros(len(senses), bool)
        for number, sense in enumerate(senses):
            if len(sense.options):
                at = int(np.argmax(sense.chances))
                lat[number], lon[number] = sense.options.lat[at], sense.options.lon[at]
                usable[number] = KINDS[int(sense.options.kind[at])] not in _NO_NEIGHBOURS
        return cls(lat, lon, usable)


def _neighbour(number: int, senses: Sequence[Sense], winners: _Winners) -> str:
    """Return the nearest place that the text names, in words; empty where none is near."""
    away = great_circle_km(winners.lon[number], winners.lat[number], winners.lon, winners.lat)
    own = senses[number].text.casefold()
    for other in np.argsort(away):
        if away[other] >= _NEIGHBOUR_KM:
            break
        if winners.usable[other] and senses[other].text.casefold() != own:
            return f"{away[other]:.0f} km from {senses[other].text}, which the text names"
    return ""


def home_of(publisher: str | None, names: Names) -> Home | None:
    """Return where a publisher is at home, if its name holds that of one large place."""
    if not publisher:
        return None
    words = publisher.replace(".", " ").split()
    for length in (3, 2, 1):
        for start in range(len(words) - length + 1):
            form = " ".join(words[start : start + length])
            facts = names.gazetteer.facts(normalise_name(form))
            if not form[:1].isupper() or not facts.good or facts.people < _HOME_PEOPLE:
                continue
            options = names.options(form, None)
            people = options.static[:, _AT["town people"]]
            best = int(np.argmax(people))
            place = options.place(best, names.gazetteer)
            point = place_point(place)
            if point is not None and place.kind is ToponymKind.CITY:
                return Home(point[1], point[0], int(options.country[best]))
    return None
