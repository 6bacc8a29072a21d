"""Cached data that several pages use, by data version and query.

Every function takes a `Data` (folder and version of the workspace) and frozen values, never a
table. Tables are cached without a copy for each use: callers must not change them.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace

import geopandas as gpd
import pandas as pd
import streamlit as st

from geomap.dashboard.shared import session
from geomap.model import GeoparsedArticle
from geomap.query import DayCounts, EventCounts, EventQuery
from geomap.symbology.name_policy import with_names
from geomap.workspace import EventTable, Workspace

_SEARCH_DELAY = 3.0  # seconds; the map is drawn first


@dataclass(frozen=True, slots=True)
class Data:
    """One version of one workspace."""

    folder: str
    version: str

    @property
    def workspace(self) -> Workspace:
        """The open workspace."""
        return session.workspace_at(self.folder)


def current() -> Data:
    """Return the newest version of the server's workspace."""
    return Data(str(session.folder()), str(session.workspace().version))


@st.cache_resource(max_entries=2, show_spinner=False)
def places(data: Data) -> gpd.GeoDataFrame:
    """Return the places that are drawn and joined, one row for each dated version."""
    return with_names(data.workspace.places(), data.workspace.gazetteer)


@st.cache_resource(max_entries=2, show_spinner=False)
def table(data: Data) -> EventTable:
    """Return the events, queried in place and not loaded."""
    later = threading.Timer(_SEARCH_DELAY, data.workspace.prepare_search)
    later.daemon = True
    later.start()
    return data.workspace.event_table()


@st.cache_data(max_entries=16, show_spinner=False)
def words(data: Data, column: str) -> dict[str, int]:
    """Return how many events have each value of a column, most frequent first."""
    return table(data).value_counts(column)


@st.cache_resource(max_entries=64, show_spinner=False)
def _days(data: Data, query: EventQuery) -> DayCounts:
    return table(data).days(query)


def days(data: Data, query: EventQuery) -> DayCounts:
    """Return the counts of every window over the events that pass, whatever the query's dates."""
    return _days(data, replace(query, start=None, end=None))


def counts(data: Data, query: EventQuery) -> EventCounts:
    """Return the eight counts."""
    return days(data, query).counts(query.start, query.end)


@st.cache_data(max_entries=4, show_spinner=False)
def article_list(data: Data) -> pd.DataFrame:
    """Return the articles by id, newest first: Date, Title, Publisher, number of Events."""
    articles = data.workspace.articles()
    counts = words(data, "article_id")
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
    return data.workspace.article(article_id)
