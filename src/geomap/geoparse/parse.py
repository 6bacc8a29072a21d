"""Geoparsing: from an article to its toponyms, dates and dateline.

Roads and described zones come first, since they hold names of places that must not become
pins of their own; then the names that are left are recognised and resolved together.
"""

from __future__ import annotations

from collections import Counter

from geomap.datelines import DatelineSpan, find_dateline_span
from geomap.dates import find_dates
from geomap.gazetteer import Gazetteer
from geomap.geoparse import clues
from geomap.geoparse.recognise import Name, Reading, find_names
from geomap.geoparse.resolve import Answer, Clue, Surroundings, doubtful, resolve
from geomap.geoparse.roads import RoadName, find_roads, road_of
from geomap.geoparse.sentences import sentences
from geomap.geoparse.tokens import tokenise
from geomap.geoparse.zones import ZoneName, find_zones
from geomap.model import (
    Article,
    Dateline,
    DateMention,
    DatePrecision,
    GeoparsedArticle,
    Place,
    Toponym,
    ToponymKind,
)

_WORDS_OF_FULL_DESCRIPTION, _LIKENESS_OF_FULL_DESCRIPTION = 4, 0.95
_QUOTES = frozenset("'\"‘’“”«»„")
_CLOSING = frozenset("'\"’”»“")


def geoparse(article: Article, gazetteer: Gazetteer) -> GeoparsedArticle:
    """Return the toponyms, dates and dateline of an article; incidents are left empty.

    A toponym without a place was recognised (its context says that it is one) and could
    not be placed.

    Parameters
    ----------
    article
        Its publication day chooses the version of each place.
    gazetteer
        Names that are known; without them nothing is found.
    """
    text = article.text
    span = find_dateline_span(text)
    tokens = tokenise(text, sentences(text))
    reading = Reading.of(text, tokens, gazetteer, span.place_end if span else -1)
    roads = find_roads(tokens, gazetteer)
    zones = [zone for zone in find_zones(tokens, gazetteer) if not _overlaps(zone, roads)]
    every = find_names(reading, [(road.first, road.last) for road in roads])
    around = _surroundings(reading, every, article, gazetteer)
    zones = [zone for zone in zones if _is_about(zone, around)]
    names = [name for name in every if not _within(name, zones)]
    toponyms = [
        *_place_names(reading, names, around),
        *(_road(reading, road, around) for road in roads),
        *(_zone(reading, zone, around) for zone in zones),
    ]
    ordered = tuple(sorted(toponyms, key=lambda t: (t.start_char, t.end_char)))
    dates = find_dates(text, published=article.published)
    return GeoparsedArticle(article, ordered, dates, (), _dateline(span, ordered, dates))


def _overlaps(zone: ZoneName, roads: list[RoadName]) -> bool:
    return any(zone.first < road.last and road.first < zone.last for road in roads)


def _surroundings(
    reading: Reading, names: list[Name], article: Article, gazetteer: Gazetteer
) -> Surroundings:
    """Return what the document says as a whole: countries, people's countries, sure places."""
    around = Surroundings(gazetteer, article.published)
    for token in reading.tokens:
        if token.capital and (code := gazetteer.demonym(token.text)):
            around.countries[code] += 1
    for name in dict.fromkeys(names):
        matches = around.find(name.key)
        if not matches:
            continue
        best = matches[0].place
        clue = clues.of(reading, name)
        alone = len(matches) == 1 or best.layer in {"user", "curated", "countries"}
        large = (
            best.population >= 500_000
            and matches[1:]
            and (best.population > 10 * matches[1].place.population)
        )
        if (alone and best.layer != "cities") or large:
            around.anchor(best, name.key)
        elif clue.country or clue.middle:
            answer = resolve(name.key, clue, around)
            if answer.place is not None:
                around.anchor(answer.place, name.key)
    _anchor_only_towns(names, around)
    return around


def _anchor_only_towns(names: list[Name], around: Surroundings) -> None:
    """Note towns that alone bear their name, in countries that the text names for sure."""
    named = set(around.countries)
    for name in dict.fromkeys(names):
        matches = around.find(name.key)
        if len(matches) == 1 and matches[0].place.layer == "cities":
            place = matches[0].place
            if place.country_code in named and place.name.casefold() == name.key.casefold():
                around.anchor(place, name.key)


def _place_names(reading: Reading, names: list[Name], around: Surroundings) -> list[Toponym]:
    """Return the toponyms of plain names: one sense for each name unless the text says more."""
    told = [(name, clues.of(reading, name)) for name in names]
    weights = Counter[tuple[str, Clue]]()
    for name, clue in told:
        explicit = sum(1 for part in (clue.noun, clue.country, clue.middle) if part is not None)
        weights[name.key.casefold(), clue] += 10 * explicit + int(clue.located) + 1
    senses: dict[str, Clue] = {}
    for (key, clue), _ in weights.most_common():
        senses.setdefault(key, clue)
    made: list[Toponym] = []
    kept: dict[str, bool] = {}
    for name, clue in told:
        key = name.key.casefold()
        clear = clue.noun or clue.country or clue.middle
        used = clue if clear else senses[key]
        answer = resolve(name.key, used, around)
        if key not in kept or not kept[key]:
            strongest = any(
                not doubtful(answer, name.key, other, around)
                for n, other in told
                if n.key.casefold() == key
            )
            kept[key] = strongest
        if kept[key]:
            made.append(_toponym(reading, name.first, name.last, answer))
    return made


def _toponym(reading: Reading, first: int, last: int, answer: Answer) -> Toponym:
    tokens = reading.tokens
    # A name set in quotes ends at the closing one, though the gazetteer knows it with its noun.
    if reading.text[max(0, tokens[first].start - 1)] in _QUOTES:
        closed = (i for i in range(first + 1, last) if tokens[i].gap.strip() in _CLOSING)
        last = next(closed, last)
    start, end = tokens[first].start, tokens[last - 1].end
    kind = answer.place.kind if answer.place is not None else ToponymKind.OTHER
    return Toponym(
        start, end, reading.text[start:end], kind, answer.place, answer.score, answer.reason,
        answer.candidates,
    )  # fmt: skip


def _road(reading: Reading, road: RoadName, around: Surroundings) -> Toponym:
    names = [
        " ".join(token.text for token in reading.tokens[first:last]) for first, last in road.stops
    ]

    def settle(name: str) -> Place | None:
        answer = resolve(name, Clue(noun=None, located=True), around)
        return None if answer.place is None or answer.place.layer == "countries" else answer.place

    place, score, reason = road_of(names, around.gazetteer, around.on, settle)
    start, end = reading.tokens[road.first].start, reading.tokens[road.last - 1].end
    return Toponym(start, end, reading.text[start:end], ToponymKind.ROAD, place, score, reason)


def _within(name: Name, zones: list[ZoneName]) -> bool:
    return any(name.first < zone.last and zone.first < name.last for zone in zones)


def _is_about(zone: ZoneName, around: Surroundings) -> bool:
    """Return whether a zone is meant: the text names its country, or describes it in full."""
    if zone.country_code is None or around.countries[zone.country_code]:
        return True
    place = around.gazetteer.get(zone.place_id, on=around.on)
    full = zone.words >= _WORDS_OF_FULL_DESCRIPTION and zone.score > _LIKENESS_OF_FULL_DESCRIPTION
    return full and place is not None and place.is_valid_on(around.on)


def _zone(reading: Reading, zone: ZoneName, around: Surroundings) -> Toponym:
    first = zone.first
    if first > 0 and reading.gazetteer.demonym(reading.tokens[first - 1].text):
        first -= int(reading.tokens[first].spaced)
    place = around.gazetteer.get(zone.place_id, on=around.on)
    reason = f'described in the words of "{zone.matched}" (likeness {zone.score:.2f})'
    score = round(min(0.97, zone.score), 3)
    if place is not None and not place.is_valid_on(around.on):
        reason += f"; not in force on {around.on}, this is the version nearest in time"
        score = round(score * 0.7, 3)
    return _toponym(reading, first, zone.last, Answer(place, score, reason))


def _dateline(
    span: DatelineSpan | None, toponyms: tuple[Toponym, ...], dates: tuple[DateMention, ...]
) -> Dateline | None:
    if span is None:
        return None
    inside = [t for t in toponyms if span.start <= t.start_char < span.end]
    first = next((t for t in inside if t.start_char < span.place_end), None)
    days = [
        mention.span.start
        for mention in dates
        if span.start <= mention.start_char < span.end
        and mention.span.precision is DatePrecision.DAY
    ]
    return Dateline(span.start, span.end, first, days[0] if days else None)
