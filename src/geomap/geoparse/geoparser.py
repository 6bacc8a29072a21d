"""Geoparsing: from an article to its toponyms, dates and dateline.

Roads and described zones come first, since they hold names of places that must not become
pins of their own; then the names that are left are recognised and resolved together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from geomap.dates import find_dates
from geomap.dates.dateline import DatelineSpan, find_dateline_span
from geomap.gazetteer import Gazetteer, normalise_name
from geomap.geoparse.candidates import Names
from geomap.geoparse.nested import Run, is_nested, nested_mentions, organisation_runs
from geomap.geoparse.ranker import Weights, weights
from geomap.geoparse.recogniser import by_rules, find_mentions, means_people, tagger, widened
from geomap.geoparse.resolver import Answer, Resolved, home_of, resolve
from geomap.geoparse.road_mentions import RoadName, find_roads, road_of
from geomap.geoparse.rules import Name, Reading, association
from geomap.geoparse.senses import Mention
from geomap.geoparse.sentences import sentences
from geomap.geoparse.tokens import Token, tokenise
from geomap.geoparse.zone_mentions import ZoneName, find_zones
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
_CURATED_CHANCE = 0.95
_QUOTES = frozenset("'\"‘’“”«»„")
_CLOSING = frozenset("'\"’”»“")


@lru_cache(maxsize=4)
def names_of(gazetteer: Gazetteer) -> Names:
    """Return the tables of names of a gazetteer, kept from text to text."""
    return Names(gazetteer)


def read_text(text: str, gazetteer: Gazetteer) -> Reading:
    """Return the words of a text, ready to be looked at."""
    span = find_dateline_span(text)
    tokens = tokenise(text, sentences(text))
    return Reading.of(text, tokens, gazetteer, span.place_end if span else -1)


def geoparse(
    article: Article,
    gazetteer: Gazetteer,
    *,
    model: Any | None = None,
    use_model: bool = True,
    own: Weights | None = None,
    nested: bool = True,
) -> GeoparsedArticle:
    """Return the toponyms, dates and dateline of an article; incidents are left empty.

    A toponym without a place was recognised (its context says that it is one) and could
    not be placed.

    Parameters
    ----------
    article
        Its publication day chooses the version of each place.
    gazetteer
        Names that are known; without them nothing is found.
    model, use_model
        A tagger other than the one that comes with the product; whether to use any.
    own
        Weights of the ranker other than those that come with the product.
    nested
        Whether names inside names of organisations are looked for and marked as such.
    """
    text = article.text
    reading = read_text(text, gazetteer)
    span = find_dateline_span(text)
    roads = find_roads(reading.tokens, gazetteer)
    zones = [zone for zone in find_zones(reading.tokens, gazetteer) if not _overlaps(zone, roads)]
    taken = [_span(reading, road.first, road.last) for road in roads]
    every = find_mentions(reading, (model or tagger()) if use_model else None)
    mentions = _outside(widened(_with_curated(every, reading), reading), taken)
    runs = organisation_runs(reading.tokens) if nested else []
    mentions += _outside(nested_mentions(reading, mentions, runs), taken)
    mentions.sort(key=lambda mention: mention.start)
    names = names_of(gazetteer)
    resolved = resolve(
        text,
        mentions,
        names,
        own or weights(),
        on=article.published,
        dateline_end=reading.dateline_end,
        home=home_of(article.publisher, names),
        unwritten=_stops(reading, roads),
    )
    countries = _countries(reading, resolved)
    zones = [zone for zone in zones if _is_about(zone, countries, gazetteer, article.published)]
    described = [_span(reading, zone.first, zone.last) for zone in zones]
    placed: list[Toponym] = []
    people: list[Toponym] = []
    for mention, answer in zip(mentions, resolved.answers, strict=True):
        if _within(mention.start, mention.end, described):
            continue
        after = answer.inside or _is_called_after(mention, reading, runs)
        after = after and nested and not mention.people
        made = _toponym(text, mention.start, mention.end, answer, nested=after)
        (people if mention.people else placed).append(made)
    toponyms = [
        *placed,
        *(_road(reading, road, resolved, article.published, gazetteer) for road in roads),
        *(_zone(reading, zone, gazetteer, article.published) for zone in zones),
    ]
    ordered = tuple(sorted(toponyms, key=lambda t: (t.start_char, t.end_char)))
    dates = find_dates(text, published=article.published)
    dateline = _dateline(span, ordered, dates)
    return GeoparsedArticle(article, ordered, dates, (), dateline, tuple(people))


def place_spans(
    article: Article,
    spans: Sequence[tuple[int, int]],
    gazetteer: Gazetteer,
    *,
    own: Weights | None = None,
) -> tuple[Toponym, ...]:
    """Return a toponym for each of the spans given, in their order: placed, not recognised.

    Each is taken for a name of a place; where candidates exist, the best one is the answer.

    Parameters
    ----------
    article
        Its publication day and publisher are used as in `geoparse`.
    spans
        Offsets (start, end) in the text; they may overlap.
    own
        Weights of the ranker other than those that come with the product.
    """
    order = sorted(set(spans))
    text = article.text
    found = find_dateline_span(text)
    mentions = [
        Mention(start, end, people=means_people(text[start:end], gazetteer)) for start, end in order
    ]
    names = names_of(gazetteer)
    resolved = resolve(
        text,
        mentions,
        names,
        own or weights(),
        on=article.published,
        dateline_end=found.place_end if found else -1,
        home=home_of(article.publisher, names),
        must_place=True,
    )
    answers = dict(zip(order, resolved.answers, strict=True))
    return tuple(_toponym(text, start, end, answers[start, end]) for start, end in spans)


def _overlaps(zone: ZoneName, roads: list[RoadName]) -> bool:
    return any(zone.first < road.last and road.first < zone.last for road in roads)


def _span(reading: Reading, first: int, last: int) -> tuple[int, int]:
    return reading.tokens[first].start, reading.tokens[last - 1].end


def _within(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < stop and begin < end for begin, stop in spans)


def _outside(mentions: Sequence[Mention], taken: Sequence[tuple[int, int]]) -> list[Mention]:
    return [m for m in mentions if not _within(m.start, m.end, taken)]


def _with_curated(mentions: list[Mention], reading: Reading) -> list[Mention]:
    """Return the mentions with names of the user's and the curated places that rules find.

    The tagger has not seen the names of contested ground; the gazetteer has been told them. Where
    both overlap, the curated name holds when it is the longer one. A region of two words or more
    ("Gulf of Aden") is added where the tagger found nothing.
    """
    words, gazetteer = reading.gazetteer.curated_words, reading.gazetteer

    def may_begin(token: Token) -> bool:
        return token.capital and normalise_name(token.text) in words

    if not any(map(may_begin, reading.tokens)):
        return mentions
    kept = list(mentions)
    for found in by_rules(reading, may_begin):
        bearer = gazetteer.bearer(found.key or "")
        if bearer is None:
            continue
        name = replace(found, chance=_CURATED_CHANCE)
        rivals = [m for m in kept if m.start < name.end and name.start < m.end]
        longer = all(m.end - m.start < name.end - name.start for m in rivals)
        if not rivals or (longer and bearer != "regions"):
            kept = [m for m in kept if m not in rivals] if rivals else kept
            kept.append(name)
    return sorted(kept, key=lambda m: m.start)


def _stops(reading: Reading, roads: Sequence[RoadName]) -> list[str]:
    return [name for road in roads for name in _stop_names(reading, road)]


def _stop_names(reading: Reading, road: RoadName) -> list[str]:
    return [
        " ".join(token.text for token in reading.tokens[first:last]) for first, last in road.stops
    ]


def _countries(reading: Reading, resolved: Resolved) -> Counter[str]:
    """Return how often the text speaks of each country, by name, by people or by a place in it."""
    found = Counter(
        place.country_code
        for place in resolved.winners
        if place is not None and place.country_code is not None
    )
    for token in reading.tokens:
        if token.capital and (code := reading.gazetteer.demonym(token.text)):
            found[code] += 1
    return found


def _is_called_after(mention: Mention, reading: Reading, runs: Sequence[Run]) -> bool:
    """Return whether a name is a part of that of an organisation, a treaty, a ship or the like."""
    if is_nested(mention, reading.tokens, runs):
        return True
    first, last = mention.words or (0, 0)
    name = Name(first, last, mention.key or reading.text[mention.start : mention.end])
    return last > first and association(reading, name) is not None


def _toponym(text: str, start: int, end: int, answer: Answer, *, nested: bool = False) -> Toponym:
    # A name set in quotes ends at the closing one, though the gazetteer knows it with its noun.
    if text[max(0, start - 1)] in _QUOTES:
        closing = (i for i in range(start + 1, end) if text[i] in _CLOSING and _closes(text, i))
        end = next(closing, end)
    kind = answer.place.kind if answer.place is not None else ToponymKind.OTHER
    kind = ToponymKind.NESTED if nested else kind
    return Toponym(
        start, end, text[start:end], kind, answer.place, answer.score, answer.reason,
        answer.candidates, answer.matched_name, answer.is_sure,
    )  # fmt: skip


def _closes(text: str, i: int) -> bool:
    """Return whether a mark within a name closes a quotation and is no apostrophe."""
    return not text[i + 1 : i + 2].isalnum()


def _road(
    reading: Reading,
    road: RoadName,
    resolved: Resolved,
    on: date | None,
    gazetteer: Gazetteer,
) -> Toponym:
    known = {
        normalise_name(sense.text): place
        for sense, place in zip(resolved.senses, resolved.winners, strict=True)
        if place is not None and place.kind is not ToponymKind.COUNTRY
    }

    def settle(name: str) -> Place | None:
        return known.get(normalise_name(name))

    place, score, reason = road_of(_stop_names(reading, road), gazetteer, on, settle)
    start, end = _span(reading, road.first, road.last)
    return Toponym(start, end, reading.text[start:end], ToponymKind.ROAD, place, score, reason)


def _is_about(
    zone: ZoneName, countries: Counter[str], gazetteer: Gazetteer, on: date | None
) -> bool:
    """Return whether a zone is meant: the text names its country, or describes it in full."""
    if zone.country_code is None or countries[zone.country_code]:
        return True
    place = gazetteer.get(zone.place_id, on=on)
    full = zone.words >= _WORDS_OF_FULL_DESCRIPTION and zone.score > _LIKENESS_OF_FULL_DESCRIPTION
    return full and place is not None and place.is_valid_on(on)


def _zone(reading: Reading, zone: ZoneName, gazetteer: Gazetteer, on: date | None) -> Toponym:
    first = zone.first
    if first > 0 and reading.gazetteer.demonym(reading.tokens[first - 1].text):
        first -= int(reading.tokens[first].spaced)
    place = gazetteer.get(zone.place_id, on=on)
    reason = f'described in the words of "{zone.matched}" (likeness {zone.score:.2f})'
    score = round(min(0.97, zone.score), 3)
    if place is not None and not place.is_valid_on(on):
        reason += f"; not in force on {on}, this is the version nearest in time"
        score = round(score * 0.7, 3)
    start, end = _span(reading, first, zone.last)
    return _toponym(reading.text, start, end, Answer(place, score, reason))


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
