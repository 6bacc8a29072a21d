"""The cards beside the map, gathered from the workspace."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from geomap.dashboard.map import map_cache, map_source
from geomap.dashboard.map.event_card import (
    CLOSE,
    EventContext,
    event_blocks,
    join_words,
    near_blocks,
)
from geomap.dashboard.map.place_card import place_blocks
from geomap.dashboard.map.place_filter import name_of
from geomap.dashboard.shared import blocks, cache, session, view_url
from geomap.dashboard.shared.blocks import Block
from geomap.dashboard.shared.cache import Data
from geomap.dashboard.shared.event_words import days_of, event_item, text_of
from geomap.dashboard.shared.view_state import View
from geomap.engine.nearby import joins_of, near_events
from geomap.errors import NotFoundError
from geomap.geoparse.tokens import sentences
from geomap.model import Article, GeoparsedArticle, GeoPrecision, Place
from geomap.query import EventQuery
from geomap.workspace import Order

MAX_LATEST = 12
MAX_AT_PLACE = 60


@st.cache_data(max_entries=256, show_spinner=False)
def event_row(data: Data, event_id: str) -> dict[str, Any] | None:
    """Return one event as a mapping of its columns, or None when there is no such event."""
    return cache.table(data).event(event_id)


def event_card(data: Data, event_id: str) -> list[Block]:
    """Return the card of an event, or a sentence that there is no such event."""
    event = event_row(data, event_id)
    if event is None:
        text = f"There is no event {event_id!r} in this workspace. Close this card to go on."
        return [blocks.notice(text), CLOSE]
    context = EventContext(
        places=_places_of(event),
        joined=_joined_places(data, event),
        article=_article_of(data, event),
        origin=data.workspace.origin(event),
        colour=map_cache.colours(data).get(text_of(event, "event_type") or ""),
        link=view_url.link_to(View(event_id=event_id)),
    )
    return event_blocks(event, context)


@st.cache_data(max_entries=256, show_spinner=False)
def near_card(data: Data, event_id: str) -> list[Block]:
    """Return the list of events near one in place and time, nothing when there are none."""
    event = event_row(data, event_id)
    if event is None:
        return []
    near = near_events(cache.table(data), event)
    is_rough = event["geo_precision"] != GeoPrecision.EXACT.value
    return near_blocks(near, is_rough=is_rough or any(one.is_rough for one in near))


def _places_of(event: dict[str, Any]) -> tuple[Place, ...]:
    gazetteer = session.workspace().gazetteer
    day = event.get("event_date")
    on = None if day is None or pd.isna(day) else day.date()
    ids = (text_of(event, "place_ids") or text_of(event, "place_id") or "").split(";")
    places = (gazetteer.get(place_id, on=on) for place_id in dict.fromkeys(ids) if place_id)
    return tuple(place for place in places if place is not None)


def _joined_places(data: Data, event: dict[str, Any]) -> list[Block]:
    joins = joins_of(event, cache.places(data)).drop_duplicates(["place_id", "relation"])
    return [
        blocks.item(name_of(join["place_id"]), join_words(join), action=f"place:{join['place_id']}")
        for join in joins.to_dict("records")
    ]


def _article_of(data: Data, event: dict[str, Any]) -> Article | None:
    article_id = text_of(event, "article_id")
    if article_id is None:
        return None
    try:
        return cache.article(data, article_id).article
    except NotFoundError:
        return None


def place_card(data: Data, place_id: str, query: EventQuery) -> list[Block]:
    """Return the card of a place: the sentences that name it, the events there in the window."""
    versions = session.workspace().gazetteer.versions(place_id)
    if not versions:
        text = f"The gazetteer has no place {place_id!r}. Close this card to go on."
        return [blocks.notice(text), CLOSE]
    namings = [
        naming
        for article_id in map_cache.articles_naming(data, place_id)
        for naming in namings_of(cache.article(data, article_id), place_id)
    ]
    return place_blocks(versions, namings, *_events_at(data, place_id, query))


def namings_of(parsed: GeoparsedArticle, place_id: str) -> list[Block]:
    """Return a list entry for each sentence of an article that names a place."""
    text, article = parsed.article.text, parsed.article
    starts = {
        toponym.start_char
        for toponym in parsed.toponyms
        if toponym.place is not None and toponym.place.place_id == place_id
    }
    notes = (article.title or article.file_name or "Article", str(article.published or ""))
    return [
        blocks.item(text[low:high].strip(), *notes, action=f"article:{article.article_id}")
        for low, high in sentences(text)
        if any(low <= start < high for start in starts)
    ]


def _events_at(data: Data, place_id: str, query: EventQuery) -> tuple[list[Block], int]:
    """Return the newest events joined with a place in the window, and how many there are."""
    here = replace(query, place_ids=frozenset({place_id}))
    with st.spinner("Working out which events lie at this place", show_time=True):
        counts = cache.counts(data, here)
    events = map_cache.listed(data, here, "visible", Order(), MAX_AT_PLACE)
    joins = cache.table(data).joins(place_id).drop_duplicates("event_id")
    joins = joins[~joins["event_id"].isin(cache.table(data).hidden_ids())]
    relations = {join["event_id"]: join_words(join) for join in joins.to_dict("records")}
    items = [
        event_item(event, days_of(event), relations.get(event["event_id"]))
        for event in events.to_dict("records")
    ]
    return items, counts.shown + counts.possible


def latest_events(data: Data, query: EventQuery) -> list[Block]:
    """Return the newest events in view: the card while nothing is open."""
    counts = cache.counts(data, query)
    number = counts.shown + counts.possible
    if not number:
        text = (
            "No event matches. Widen the dates, clear the filters, or bring your own files on "
            "the page Add data."
        )
        return [blocks.heading("Nothing to show"), blocks.paragraph(text)]
    if map_source.is_large(data):  # sorting them takes longer than a window rests
        text = (
            f"{number:,} events in these days. Move closer until single events are drawn and "
            "choose one, or open the table."
        )
        return [blocks.heading("Very many events"), blocks.paragraph(text)]
    events = map_cache.listed(data, query, "visible", Order(), MAX_LATEST).to_dict("records")
    items = [event_item(event, days_of(event), text_of(event, "place_name")) for event in events]
    more = number - len(items)
    rest = f"{more:,} more in the table. " if more else ""
    hint = f"{rest}Choose one here, on the map or in the table to see where it comes from."
    return [blocks.heading("Latest in these days"), blocks.listing(items), blocks.quiet(hint)]
