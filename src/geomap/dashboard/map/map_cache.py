"""Cached data of the Map page, by data version and query, as in `shared.cache`."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from geomap.dashboard.shared import cache
from geomap.dashboard.shared.cache import Data
from geomap.query import VISIBLE, EventQuery, Verdict
from geomap.symbology.colours import colours_by_count
from geomap.symbology.name_policy import names_policies
from geomap.workspace import Order


@st.cache_data(max_entries=2, show_spinner=False)
def policies(data: Data) -> dict[str, str]:
    """Return the policies for the names of places: the word of each and its label."""
    return names_policies(cache.places(data))


@st.cache_data(max_entries=64, show_spinner=False)
def listed(
    data: Data, query: EventQuery, verdict: str, order: Order, limit: int, offset: int = 0
) -> pd.DataFrame:
    """Return a page of the events behind one of the eight numbers.

    The verdict "total" lists all events, "visible" those on the map: shown and possible.
    """
    verdicts = {"total": tuple(Verdict), "visible": VISIBLE}.get(verdict) or (Verdict(verdict),)
    events = cache.table(data).listed(query, verdicts, order=order, limit=limit, offset=offset)
    return pd.DataFrame(events.drop(columns="geometry"))


@st.cache_data(max_entries=4, show_spinner=False)
def colours(data: Data) -> dict[str, str]:
    """Return the colour of each type, from all events, so that no filter changes one."""
    return colours_by_count(cache.words(data, "event_type"))


@st.cache_data(max_entries=2, show_spinner=False)
def _articles_by_place(data: Data) -> dict[str, tuple[str, ...]]:
    by_place: dict[str, list[str]] = {}
    for article_id in cache.article_list(data).index:
        toponyms = cache.article(data, article_id).toponyms
        for place_id in {t.place.place_id for t in toponyms if t.place is not None}:
            by_place.setdefault(place_id, []).append(article_id)
    return {place_id: tuple(ids) for place_id, ids in by_place.items()}


def articles_naming(data: Data, place_id: str) -> tuple[str, ...]:
    """Return the ids of the articles that name a place, newest first."""
    return _articles_by_place(data).get(place_id, ())
