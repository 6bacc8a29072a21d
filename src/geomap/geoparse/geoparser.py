"""Geoparsing: from an article to its toponyms, dates and dateline.

Roads and described zones come first, since names of places inside them must not become pins
of their own; then the remaining names are recognised and resolved together.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import accumulate
from typing import Any

from geomap.dates import find_dates
from geomap.dates.dateline import DatelineSpan, find_dateline_span
from geomap.gazetteer import Gazetteer
from geomap.geoparse.candidates import Names
from geomap.geoparse.gazetteer_mentions import (
    Run,
    is_nested,
    nested_mentions,
    organisation_runs,
    widened,
    with_curated_names,
)
from geomap.geoparse.ranker import Weights, weights
from geomap.geoparse.reading import NameInText, Reading, read_text
from geomap.geoparse.recogniser import find_mentions, means_people, tagger
from geomap.geoparse.refusals import means_something_else
from geomap.geoparse.resolver import Resolved, resolve
from geomap.geoparse.road_mentions import RoadName, find_roads, road_toponym, stop_names
from geomap.geoparse.zone_mentions import find_zones, zone_toponym
from geomap.model import Article, Dateline, DateMention, DatePrecision, GeoparsedArticle, Toponym


def geoparse(
    article: Article,
    gazetteer: Gazetteer,
    *,
    model: Any | None = None,
    use_model: bool = True,
    own: Weights | None = None,
    nested: bool = True,
    date_by_dateline: bool = False,
) -> GeoparsedArticle:
    """Return the toponyms, dates and dateline of an article; incidents are left empty.

    A toponym without a place was recognised (its context shows that it is one) and could
    not be placed.

    Parameters
    ----------
    article
        Its day of publication chooses the version of each place.
    gazetteer
        The names that can be found; without them there are no toponyms.
    model, use_model
        A `pycrfsuite.Tagger` other than the one of the product; whether to use any.
    own
        Weights of the ranker other than those of the product.
    nested
        Whether names inside names of organisations are looked for and marked as such.
    date_by_dateline
        Whether the day of the dateline counts as the day of publication of an article that
        has none; the article of the result has that day then.

    Returns
    -------
    parsed
        The article with toponyms, dates and dateline in the order of the text.
    """
    reading = read_text(article.text, gazetteer)
    if date_by_dateline and article.published is None and reading.dateline is not None:
        # Only a dateline with its year has a day here: it dates the words of the whole text.
        day = _day_within(reading.dateline, find_dates(article.text))
        article = replace(article, published=day)
    on = article.published
    roads = find_roads(reading.tokens, gazetteer)
    runs = organisation_runs(reading.tokens) if nested else []
    mentions = _mentions(reading, (model or tagger()) if use_model else None, roads, runs)
    stops = [name for road in roads for name in stop_names(reading, road)]
    resolved = _resolved(article, mentions, reading.dateline, gazetteer, own, unwritten=stops)
    zones = find_zones(reading, roads, resolved.places, on)
    described = _Spans([reading.span(zone.first, zone.last) for zone in zones])
    placed = [
        *(road_toponym(reading, road, resolved, on) for road in roads),
        *(zone_toponym(reading, zone, on) for zone in zones),
    ]
    people: list[Toponym] = []
    for mention, answer in zip(mentions, resolved.answers, strict=True):
        if described.meet(mention):
            continue
        inside = answer.inside or _is_part_of_other_name(mention, reading, runs)
        inside = inside and nested and not mention.people
        toponym = answer.toponym(article.text, mention.start, mention.end, nested=inside)
        (people if mention.people else placed).append(toponym)
    toponyms = tuple(sorted(placed, key=lambda toponym: (toponym.start_char, toponym.end_char)))
    dates = find_dates(article.text, published=on)
    dateline = _dateline(reading.dateline, toponyms, dates)
    return GeoparsedArticle(article, toponyms, dates, (), dateline, tuple(people))


def place_spans(
    article: Article,
    spans: Sequence[tuple[int, int]],
    gazetteer: Gazetteer,
    *,
    own: Weights | None = None,
) -> tuple[Toponym, ...]:
    """Return a toponym for each of the given spans: placed, not recognised.

    Each span is taken for a name of a place; where candidates exist, the best one is the answer.

    Parameters
    ----------
    article
        Its day of publication and publisher are used as in `geoparse`.
    spans
        Offsets (start, end) in the text; they may overlap.
    gazetteer
        The names that can be placed.
    own
        Weights of the ranker other than those of the product.

    Returns
    -------
    toponyms
        One for each span, in their order.
    """
    order = sorted(set(spans))
    text = article.text
    mentions = [
        NameInText(start, end, people=means_people(text[start:end], gazetteer))
        for start, end in order
    ]
    dateline = find_dateline_span(text)
    resolved = _resolved(article, mentions, dateline, gazetteer, own, must_place=True)
    answers = dict(zip(order, resolved.answers, strict=True))
    return tuple(answers[span].toponym(text, *span) for span in spans)


@lru_cache(maxsize=4)
def names_of(gazetteer: Gazetteer) -> Names:
    """Return the tables of names of a gazetteer, cached from text to text."""
    return Names(gazetteer)


def _resolved(
    article: Article,
    mentions: Sequence[NameInText],
    dateline: DatelineSpan | None,
    gazetteer: Gazetteer,
    own: Weights | None,
    *,
    must_place: bool = False,
    unwritten: Iterable[str] = (),
) -> Resolved:
    return resolve(
        article.text,
        mentions,
        names_of(gazetteer),
        own or weights(),
        on=article.published,
        dateline_end=dateline.place_end if dateline is not None else -1,
        publisher=article.publisher,
        must_place=must_place,
        unwritten=unwritten,
    )


def _mentions(
    reading: Reading, model: Any | None, roads: Sequence[RoadName], runs: Sequence[Run]
) -> list[NameInText]:
    """Return the mentions of a text outside roads, with those inside names of organisations."""
    taken = _Spans([reading.span(road.first, road.last) for road in roads])
    every = widened(with_curated_names(find_mentions(reading, model), reading), reading)
    mentions = [mention for mention in every if not taken.meet(mention)]
    inside = nested_mentions(reading, mentions, runs)
    mentions += [mention for mention in inside if not taken.meet(mention)]
    return sorted(mentions, key=lambda mention: mention.start)


class _Spans:
    """Spans of a text, which a name may meet."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._furthest = list(accumulate((end for _, end in ordered), max))

    def meet(self, mention: NameInText) -> bool:
        """Return whether one of them has a letter of the name."""
        before = bisect_left(self._starts, mention.end)
        return before > 0 and self._furthest[before - 1] > mention.start


def _is_part_of_other_name(mention: NameInText, reading: Reading, runs: Sequence[Run]) -> bool:
    """Return whether a name is a part of that of an organisation, a treaty, a ship or the like."""
    if is_nested(mention, reading.tokens, runs):
        return True
    name = replace(mention, key=mention.key or reading.text[mention.start : mention.end])
    return means_something_else(reading, name)


def _dateline(
    span: DatelineSpan | None, toponyms: tuple[Toponym, ...], dates: tuple[DateMention, ...]
) -> Dateline | None:
    if span is None:
        return None
    place = next((t for t in toponyms if span.start <= t.start_char < span.place_end), None)
    return Dateline(span.start, span.end, place, _day_within(span, dates))


def _day_within(span: DatelineSpan, dates: tuple[DateMention, ...]) -> date | None:
    """Return the first day that a dateline states."""
    days = (
        mention.span.start
        for mention in dates
        if span.start <= mention.start_char < span.end
        and mention.span.precision is DatePrecision.DAY
    )
    return next(days, None)
