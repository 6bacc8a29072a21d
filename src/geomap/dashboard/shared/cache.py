"""What the pages compute again and again, kept by data version and query.

Every function takes a `Data` (the workspace's folder and version) and frozen values, never a
table. Tables are kept as resources, not copied at each use: nobody may change them.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import Any

import geopandas as gpd
import pandas as pd
import streamlit as st

from geomap.dashboard.add_data import import_words
from geomap.dashboard.shared import session
from geomap.incidents import read_article
from geomap.model import Article, GeoparsedArticle
from geomap.query import VISIBLE, DayCounts, EventCounts, EventQuery, Verdict, filter_events
from geomap.symbology.colours import colours_by_count
from geomap.symbology.name_policy import names_policies, with_names
from geomap.workspace import EventTable, Order

_LATER = 3.0  # seconds
_BATCH_COUNTS = ("rows", "accepted", "updated", "unchanged", "duplicate", "rejected")


@dataclass(frozen=True, slots=True)
class Data:
    """One version of one workspace."""

    folder: str
    version: str


def current() -> Data:
    """Return the version of the server's workspace that is true now."""
    return Data(str(session.folder()), str(session.workspace().version))


@st.cache_resource(max_entries=2, show_spinner=False)
def events(data: Data) -> gpd.GeoDataFrame:
    """Return every event of the workspace."""
    return session.workspace_at(data.folder).events()


@st.cache_resource(max_entries=2, show_spinner=False)
def joins(data: Data) -> pd.DataFrame:
    """Return which event lies at which place."""
    return session.workspace_at(data.folder).joins()


@st.cache_resource(max_entries=2, show_spinner=False)
def places(data: Data) -> gpd.GeoDataFrame:
    """Return the places that are drawn and joined, one row for each dated version."""
    workspace = session.workspace_at(data.folder)
    return with_names(workspace.places(), workspace.gazetteer)


@st.cache_data(max_entries=2, show_spinner=False)
def policies(data: Data) -> dict[str, str]:
    """Return whose names places can bear: the word and its label."""
    return names_policies(places(data))


@st.cache_resource(max_entries=2, show_spinner=False)
def table(data: Data) -> EventTable:
    """Return what answers questions about the events without holding them."""
    workspace = session.workspace_at(data.folder)
    later = threading.Timer(_LATER, workspace.ready_search)  # after the first look at the map
    later.daemon = True
    later.start()
    return workspace.event_table()


@st.cache_data(max_entries=16, show_spinner=False)
def words(data: Data, column: str) -> dict[str, int]:
    """Return how many events have each word of a column, most frequent first."""
    return table(data).words(column)


@st.cache_resource(max_entries=64, show_spinner=False)
def _days(data: Data, query: EventQuery) -> DayCounts:
    return table(data).days(query)


def days(data: Data, query: EventQuery) -> DayCounts:
    """Return the counts of every window over the events that pass; asked once for all windows."""
    return _days(data, replace(query, start=None, end=None))


def counts(data: Data, query: EventQuery) -> EventCounts:
    """Return the seven counts."""
    return days(data, query).counts(query.start, query.end)


@st.cache_data(max_entries=64, show_spinner=False)
def listed(
    data: Data, query: EventQuery, verdict: str, order: Order, limit: int, offset: int = 0
) -> pd.DataFrame:
    """Return some of the events behind one of the seven numbers.

    "total" lists all, "visible" what the map draws: the shown and the possible.
    """
    keep = {"total": tuple(Verdict), "visible": VISIBLE}.get(verdict)
    found = table(data).listed(
        query, keep or (Verdict(verdict),), order=order, limit=limit, offset=offset
    )
    return pd.DataFrame(found.drop(columns="geometry"))


def shown(data: Data, query: EventQuery) -> gpd.GeoDataFrame:
    """Return all events that are shown or possible, for a figure or a file."""
    return filter_events(events(data), query, joins=joins(data) if query.place_ids else None)


@st.cache_data(max_entries=4, show_spinner=False)
def colours(data: Data) -> dict[str, str]:
    """Return the colour of each type, from all events, so that no filter changes one."""
    return colours_by_count(words(data, "event_type"))


@st.cache_data(max_entries=2, show_spinner=False)
def _articles_by_place(data: Data) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for article_id in article_list(data).index:
        toponyms = session.workspace_at(data.folder).article(article_id).toponyms
        named = {t.place.place_id for t in toponyms if t.place is not None}
        for place_id in named:
            found.setdefault(place_id, []).append(article_id)
    return {place_id: tuple(ids) for place_id, ids in found.items()}


def articles_naming(data: Data, place_id: str) -> tuple[str, ...]:
    """Return the ids of the articles that name a place, newest first."""
    return _articles_by_place(data).get(place_id, ())


@st.cache_data(max_entries=4, show_spinner=False)
def article_list(data: Data) -> pd.DataFrame:
    """Return the articles, newest first, indexed by id, with the columns a person reads."""
    articles = session.workspace_at(data.folder).articles()
    counts = table(data).words("article_id")
    listing = pd.DataFrame(
        {
            "Date": pd.to_datetime(articles["published"]).dt.date,
            "Title": articles["title"].fillna(articles["file_name"]).fillna("Untitled"),
            "Publisher": articles["publisher"],
            "Events": [counts.get(article_id, 0) for article_id in articles["article_id"]],
        }
    ).set_index(articles["article_id"])
    return listing.sort_values("Date", ascending=False, na_position="last", kind="stable")


@st.cache_resource(max_entries=64, show_spinner=False)
def article(data: Data, article_id: str) -> GeoparsedArticle:
    """Return a stored article with its place names and dates."""
    return session.workspace_at(data.folder).article(article_id)


@st.cache_resource(max_entries=32, show_spinner="Reading the text")
def parsed(folder: str, article: Article) -> GeoparsedArticle:
    """Return what geomap reads out of an article that is not in the workspace yet."""
    return read_article(article, session.workspace_at(folder).gazetteer)


@st.cache_resource(max_entries=64, show_spinner=False)
def events_of_article(data: Data, article_id: str) -> gpd.GeoDataFrame:
    """Return the events that an article reports, in the order of the days."""
    found = table(data).where("article_id", article_id)
    return found.sort_values("event_date", kind="stable")


@st.cache_data(max_entries=4, show_spinner=False)
def batch_list(data: Data) -> pd.DataFrame:
    """Return the files that were taken in, newest first, as a person reads them."""
    batches = session.workspace_at(data.folder).batches()
    rows = [
        {
            "File": batch.file_name,
            "Read as": batch.layout,
            **{name.capitalize(): batch.counts.get(name) for name in _BATCH_COUNTS},
            "Taken in (UTC)": batch.created[:16].replace("T", " "),
            "Undone (UTC)": batch.undone[:16].replace("T", " "),
        }
        for batch in batches
    ]
    listing = pd.DataFrame(rows)
    return listing if listing.empty else listing.sort_values("Taken in (UTC)", ascending=False)


@st.cache_data(max_entries=16, show_spinner=False)
def release(data: Data, batch_id: str) -> dict[str, Any] | None:
    """Return what an import changed in the events before it."""
    return session.workspace_at(data.folder).release(batch_id)


def numbers_of_batch(data: Data, batch_id: str) -> dict[str, tuple[str, int]]:
    """Return what the workspace holds of an import: words and number by name."""
    asked = table(data)
    return {
        "events": ("events that came from it", asked.count_where("batch_id", batch_id)),
        "gone": ("events it marked as gone", asked.count_where("gone_batch", batch_id)),
    }


def rows_of_batch(data: Data, batch_id: str, name: str) -> pd.DataFrame:
    """Return the events behind a number of `numbers_of_batch`."""
    found = table(data).where("gone_batch" if name == "gone" else "batch_id", batch_id)
    return import_words.events_list(found.sort_values("row_number"))
