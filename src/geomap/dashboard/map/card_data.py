"""What the card beside the map needs, gathered from the workspace for one event or place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import geopandas as gpd
import pandas as pd
import streamlit as st

from geomap.dashboard.map import map_source
from geomap.dashboard.map.event_card import (
    CLOSE,
    EventContext,
    JoinedPlace,
    NearEvent,
    event_blocks,
    near_blocks,
)
from geomap.dashboard.map.filter_panel import name_of
from geomap.dashboard.map.place_card import MOST_LISTED, Naming, PlaceContext, place_blocks
from geomap.dashboard.shared import cache, session, view_url
from geomap.dashboard.shared.asset_server import Kept, kept
from geomap.dashboard.shared.cache import Data
from geomap.dashboard.shared.event_words import days_of, text_of, title_of
from geomap.dashboard.shared.view_state import View
from geomap.engine.nearby import joins_of, near_events
from geomap.errors import NotFoundError
from geomap.geoparse.sentences import sentences
from geomap.maps.place_layer import place_layers, places_json
from geomap.model import Article, GeoparsedArticle, GeoPrecision, Place, ToponymKind
from geomap.query import EventQuery
from geomap.workspace import Order

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


@st.cache_resource(max_entries=16, show_spinner=False)
def _places_file(data: Data, layers: tuple[str, ...]) -> Kept:
    return kept(places_json(places_for(data, layers)))


def layer_of(data: Data, layers: tuple[str, ...], channel: str) -> Any:
    """Return the places to draw, the same for every window: a group is good for one run."""
    src = session.visitor().address(_places_file(data, layers))
    return place_layers(src, channel=channel)


@st.cache_data(max_entries=256, show_spinner=False)
def event_row(data: Data, event_id: str) -> dict[str, Any] | None:
    """Return one event as a mapping of its columns, or None when there is no such event."""
    return cache.table(data).event(event_id)


def event_card(data: Data, event_id: str) -> list[dict[str, Any]]:
    """Return the card of an event; an id that is not there gets a sentence."""
    event = event_row(data, event_id)
    if event is None:
        text = f"There is no event {event_id!r} in this workspace. Close this card to go on."
        return [{"kind": "notice", "text": text}, *CLOSE]
    context = EventContext(
        places=_places_of(event),
        joined=_joined_places(data, event),
        article=_article_of(data, event),
        origin=session.workspace_at(data.folder).origin(event),
        colour=cache.colours(data).get(text_of(event, "event_type") or ""),
        link=view_url.link_to(View(event_id=event_id)),
    )
    return event_blocks(event, context)


@st.cache_data(max_entries=256, show_spinner=False)
def near_card(data: Data, event_id: str) -> list[dict[str, Any]]:
    """Return what stands below the card of an event: events near it in place and time."""
    event = event_row(data, event_id)
    if event is None:
        return []
    found = near_events(cache.table(data), event)
    near = [
        NearEvent(
            *(str(one.event["event_id"]), title_of(one.event), days_of(one.event)),
            *(one.metres, one.apart),
        )
        for one in found
    ]
    is_rough = event["geo_precision"] != GeoPrecision.EXACT.value
    return near_blocks(near, is_rough=is_rough or any(one.is_rough for one in found))


def _places_of(event: dict[str, Any]) -> tuple[Place, ...]:
    gazetteer = session.workspace().gazetteer
    day = event.get("event_date")
    on = None if day is None or pd.isna(day) else day.date()
    ids = (text_of(event, "place_ids") or text_of(event, "place_id") or "").split(";")
    found = (gazetteer.get(place_id, on=on) for place_id in dict.fromkeys(ids) if place_id)
    return tuple(place for place in found if place is not None)


def _joined_places(data: Data, event: dict[str, Any]) -> list[JoinedPlace]:
    mine = joins_of(event, cache.places(data))
    return [
        JoinedPlace(row.place_id, name_of(row.place_id), row.relation, row.metres, row.certain)
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
    events, number = _events_at(data, place_id, query)
    return place_blocks(versions, PlaceContext(namings, events, number))


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


def _events_at(
    data: Data, place_id: str, query: EventQuery
) -> tuple[list[tuple[str, str, str]], int]:
    """Return the newest events joined with a place in the window, and how many there are."""
    here = replace(query, place_ids=frozenset({place_id}))
    with st.spinner("Working out which events lie at this place", show_time=True):
        counts = cache.counts(data, here)
    number = counts.shown + counts.possible
    found = cache.listed(data, here, "visible", Order(), MOST_LISTED)
    joins = cache.table(data).joined_with(place_id).set_index("event_id")
    lines = []
    for event in found.to_dict("records"):
        words = days_of(event)
        if event["event_id"] in joins.index:
            join = joins.loc[[event["event_id"]]].iloc[0]
            joined = JoinedPlace(
                place_id, "", join["relation"], join["metres"], bool(join["certain"])
            )
            words += f" · {joined.words()}"
        lines.append((event["event_id"], title_of(event), words))
    return lines, number


def latest_events(data: Data, query: EventQuery) -> list[dict[str, Any]]:
    """Return what stands beside the map while nothing is open: the newest events in view."""
    counts = cache.counts(data, query)
    number = counts.shown + counts.possible
    if not number:
        text = (
            "No event matches. Widen the dates, clear the filters, or bring your own files on "
            "the page Add data."
        )
        return [{"kind": "heading", "text": "Nothing to show"}, {"kind": "text", "text": text}]
    if map_source.is_beyond(data):  # sorting them takes longer than a window rests
        text = (
            f"{number:,} events in these days. Move closer until single events are drawn and "
            "choose one, or open the table."
        )
        return [{"kind": "heading", "text": "Very many events"}, {"kind": "text", "text": text}]
    shown = cache.listed(data, query, "visible", Order(), LISTED)
    items = [
        {
            "text": title_of(event),
            "note": " · ".join(
                part for part in (days_of(event), text_of(event, "place_name")) if part
            ),
            "action": f"event:{event['event_id']}",
        }
        for event in shown.to_dict("records")
    ]
    more = number - len(items)
    rest = f"{more:,} more in the table. " if more else ""
    hint = f"{rest}Choose one here, on the map or in the table to see where it comes from."
    return [
        {"kind": "heading", "text": "Latest in these days"},
        {"kind": "list", "items": items},
        {"kind": "quiet", "text": hint},
    ]
