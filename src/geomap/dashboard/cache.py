"""What the pages compute again and again, kept by data version and query.

Every function takes a `Data` (the workspace's folder and version) and frozen values, never a
table. Tables are kept as resources, not copied at each use: nobody may change them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import pandas as pd
import streamlit as st

from geomap import query as questions
from geomap.dashboard import reports, session
from geomap.incidents import read_article
from geomap.maps.colours import colours_of
from geomap.maps.pack import PackedEvents, pack_events
from geomap.model import Article, GeoparsedArticle
from geomap.query import EventCounts, EventQuery

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
    return session.workspace_at(data.folder).places()


@st.cache_data(max_entries=4, show_spinner=False)
def words(data: Data, column: str) -> tuple[str, ...]:
    """Return the distinct words of a column of the events, most frequent first."""
    return tuple(str(word) for word in events(data)[column].dropna().value_counts().index)


@st.cache_resource(max_entries=32, show_spinner=False)
def verdicts(data: Data, query: EventQuery) -> pd.Series:
    """Return the verdict on each event."""
    return questions.classify_events(events(data), query, joins=joins(data))


def counts(data: Data, query: EventQuery) -> EventCounts:
    """Return the seven counts."""
    return questions.count_verdicts(verdicts(data, query))


@st.cache_resource(max_entries=32, show_spinner=False)
def histogram(data: Data, query: EventQuery) -> pd.DataFrame:
    """Return how many events each day would show."""
    return questions.day_histogram(events(data), query, joins=joins(data))


@st.cache_resource(max_entries=8, show_spinner=False)
def listed(data: Data, query: EventQuery, verdict: str) -> gpd.GeoDataFrame:
    """Return the events behind one of the seven numbers, newest first.

    "total" lists all, "visible" what the map draws: the shown and the possible.
    """
    table = events(data)
    if verdict != "total":
        given = verdicts(data, query)
        wanted = questions.VISIBLE if verdict == "visible" else (verdict,)
        table = table[given.isin([str(word) for word in wanted])]
    return table.sort_values("event_date", ascending=False, kind="stable", na_position="last")


@st.cache_data(max_entries=4, show_spinner=False)
def colours(data: Data) -> dict[str, str]:
    """Return the colour of each type, from all events, so that no filter changes one."""
    return colours_of(events(data)["event_type"])


@st.cache_resource(max_entries=16, show_spinner=False)
def packed(data: Data, query: EventQuery) -> PackedEvents:
    """Return the bytes that the map reads: the events that pass `query`."""
    given = verdicts(data, query)
    kept = events(data)[given.isin([str(word) for word in questions.VISIBLE])]
    return pack_events(kept, colours={"type": colours(data)})


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
    counts = events(data)["article_id"].value_counts()
    table = pd.DataFrame(
        {
            "Date": pd.to_datetime(articles["published"]).dt.date,
            "Title": articles["title"].fillna(articles["file_name"]).fillna("Untitled"),
            "Publisher": articles["publisher"],
            "Events": articles["article_id"].map(counts).fillna(0).astype("int64"),
        }
    ).set_index(articles["article_id"])
    return table.sort_values("Date", ascending=False, na_position="last", kind="stable")


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
    table = events(data)
    return table[table["article_id"] == article_id].sort_values("event_date", kind="stable")


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
    table = pd.DataFrame(rows)
    return table if table.empty else table.sort_values("Taken in (UTC)", ascending=False)


@st.cache_data(max_entries=16, show_spinner=False)
def release(data: Data, batch_id: str) -> dict[str, Any] | None:
    """Return what an import changed in the events before it."""
    return session.workspace_at(data.folder).release(batch_id)


def numbers_of_batch(data: Data, batch_id: str) -> dict[str, tuple[str, int]]:
    """Return what the workspace holds of an import: words and number by name."""
    table = events(data)
    return {
        "events": ("events that came from it", int((table["batch_id"] == batch_id).sum())),
        "gone": ("events it marked as gone", int((table["gone_batch"] == batch_id).sum())),
    }


def rows_of_batch(data: Data, batch_id: str, name: str) -> pd.DataFrame:
    """Return the events behind a number of `numbers_of_batch`."""
    table = events(data)
    column = "gone_batch" if name == "gone" else "batch_id"
    return reports.events_list(table[table[column] == batch_id].sort_values("row_number"))
