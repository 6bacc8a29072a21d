"""What the card beside the map needs, gathered from the workspace for one event or place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import pandas as pd

from geomap.dashboard import cache, session
from geomap.dashboard.cache import Data
from geomap.dashboard.card_words import days_of, text_of, title_of
from geomap.dashboard.cards import CLOSE, EventContext, JoinedPlace, event_blocks
from geomap.dashboard.place_card import Naming, PlaceContext, place_blocks
from geomap.errors import NotFoundError
from geomap.geoparse.sentences import sentences
from geomap.model import Article, GeoparsedArticle, Place, ToponymKind
from geomap.query import EventQuery

LISTED = 12
_LAYER_OF_KIND = {
    ToponymKind.ROAD.value: "roads",
    ToponymKind.ZONE.value: "zones",
    ToponymKind.CITY.value: "towns",
}


def places_for(data: Data, layers: Sequence[str]) -> gpd.GeoDataFrame:
    """Return the places to draw when `layers` are switched on."""
    places = cache.places(data)
    return places[places["kind"].map(_LAYER_OF_KIND).fillna("sites").isin(layers)]


def event_row(data: Data, event_id: str) -> dict[str, Any] | None:
    """Return one event as a mapping of its columns, or None when there is no such event."""
    events = cache.events(data)
    found = events[events["event_id"] == event_id]
    return None if found.empty else dict(found.iloc[0])


def event_card(data: Data, event_id: str) -> list[dict[str, Any]]:
    """Return the card of an event; an id that is not there gets a sentence."""
    event = event_row(data, event_id)
    if event is None:
        text = f"There is no event {event_id!r} in this workspace. Close this card to go on."
        return [{"kind": "notice", "text": text}, *CLOSE]
    context = EventContext(
        places=_places_of(event),
        joined=_joined_places(data, event_id),
        article=_article_of(data, event),
        origin=session.workspace().origin_of(event_id),
        colour=cache.colours(data).get(text_of(event, "event_type") or ""),
    )
    return event_blocks(event, context)


def _places_of(event: dict[str, Any]) -> tuple[Place, ...]:
    gazetteer = session.workspace().gazetteer
    day = event.get("event_date")
    on = None if day is None or pd.isna(day) else day.date()
    ids = (text_of(event, "place_ids") or text_of(event, "place_id") or "").split(";")
    found = (gazetteer.get(place_id, on=on) for place_id in dict.fromkeys(ids) if place_id)
    return tuple(place for place in found if place is not None)


def _name_of(place_id: str) -> str:
    place = session.workspace().gazetteer.get(place_id)
    return place_id if place is None else place.name


def _joined_places(data: Data, event_id: str) -> list[JoinedPlace]:
    joins = cache.joins(data)
    mine = joins[joins["event_id"] == event_id]
    return [
        JoinedPlace(row.place_id, _name_of(row.place_id), row.relation, row.metres, row.certain)
        for row in mine.drop_duplicates(["place_id", "relation"]).itertuples()
    ]


def _article_of(data: Data, event: dict[str, Any]) -> Article | None:
    article_id = text_of(event, "article_id")
    if article_id is None:
        return None
    try:
        return cache.article(data, article_id).article
    except NotFoundError:
        return None


def place_card(data: Data, place_id: str, query: EventQuery) -> list[dict[str, Any]]:
    """Return the card of a place with who names it and what happened there in the window."""
    versions = session.workspace().gazetteer.versions(place_id)
    if not versions:
        text = f"The gazetteer has no place {place_id!r}. Close this card to go on."
        return [{"kind": "notice", "text": text}, *CLOSE]
    namings = [
        naming
        for article_id in cache.articles_naming(data, place_id)
        for naming in namings_of(cache.article(data, article_id), place_id)
    ]
    return place_blocks(versions, PlaceContext(namings, _events_at(data, place_id, query)))


def namings_of(parsed: GeoparsedArticle, place_id: str) -> list[Naming]:
    """Return the sentences of an article that name a place, each once."""
    text, article = parsed.article.text, parsed.article
    starts = {
        toponym.start_char
        for toponym in parsed.toponyms
        if toponym.place is not None and toponym.place.place_id == place_id
    }
    return [
        Naming(
            article.article_id,
            article.title or article.file_name or "Article",
            text[low:high].strip(),
            str(article.published or ""),
        )
        for low, high in sentences(text)
        if any(low <= start < high for start in starts)
    ]


def _events_at(data: Data, place_id: str, query: EventQuery) -> list[tuple[str, str, str]]:
    joins = cache.joins(data)
    here = joins[joins["place_id"] == place_id].set_index("event_id")
    shown = cache.listed(data, query, "visible")
    found = shown[shown["event_id"].isin(here.index)]
    lines = []
    for event in found.to_dict("records"):
        join = here.loc[[event["event_id"]]].iloc[0]
        joined = JoinedPlace(place_id, "", join["relation"], join["metres"], join["certain"])
        lines.append((event["event_id"], title_of(event), f"{days_of(event)} · {joined.words()}"))
    return lines


def latest_events(data: Data, query: EventQuery) -> list[dict[str, Any]]:
    """Return what stands beside the map while nothing is open: the newest events in view."""
    shown = cache.listed(data, query, "visible")
    if shown.empty:
        text = (
            "No event matches. Widen the dates, clear the filters, or bring your own files on "
            "the page Add data."
        )
        return [{"kind": "heading", "text": "Nothing to show"}, {"kind": "text", "text": text}]
    items = [
        {
            "text": title_of(event),
            "note": " · ".join(
                part for part in (days_of(event), text_of(event, "place_name")) if part
            ),
            "action": f"event:{event['event_id']}",
        }
        for event in shown.head(LISTED).to_dict("records")
    ]
    more = len(shown) - len(items)
    rest = f"{more:,} more in the table. " if more else ""
    hint = f"{rest}Choose one here, on the map or in the table to see where it comes from."
    return [
        {"kind": "heading", "text": "Latest in these days"},
        {"kind": "list", "items": items},
        {"kind": "quiet", "text": hint},
    ]
