"""The events behind any of the seven numbers as a table; a row opens its card."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from geomap.dashboard import cache, filters
from geomap.dashboard.cache import Data
from geomap.dashboard.card_words import days_of
from geomap.dashboard.picking import LIST, LISTED_IDS, TABLE, row_chosen
from geomap.dashboard.state import View
from geomap.query import EventCounts, Verdict

MOST_ROWS = 2000
_LISTS = {
    "visible": "On the map",
    Verdict.SHOWN.value: "Shown",
    Verdict.POSSIBLE.value: "Possible",
    Verdict.OUTSIDE_DATES.value: "Outside the dates",
    Verdict.FILTERED.value: "Filtered",
    Verdict.UNPLACED.value: "Unplaced",
    Verdict.UNDATED.value: "Undated",
    "total": "All",
}
COLUMNS = {
    "title": "Title",
    "event_type": "Type",
    "status": "Status",
    "place_name": "Place",
    "geo_precision": "Place known",
    "source": "Source",
    "event_id": "Id",
}


def events_table(data: Data, view: View) -> None:
    """Draw the list that is chosen, newest first, with its own choice of list above it."""
    query = filters.query_of(view)
    counts = cache.counts(data, query)
    chosen = st.selectbox(
        "Events",
        list(_LISTS),
        key=LIST,
        format_func=lambda name: f"{_LISTS[name]} ({_size(counts, name):,})",
        width=320,
    )
    events = cache.listed(data, query, chosen)
    if events.empty:
        st.info("This list is empty. Choose another list, or change the dates or filters.")
        return
    st.session_state[LISTED_IDS] = tuple(events["event_id"].head(MOST_ROWS))
    st.dataframe(
        table_of(events.head(MOST_ROWS)),
        key=TABLE,
        hide_index=True,
        height=360,
        on_select=row_chosen,
        selection_mode="single-row",
    )
    if len(events) > MOST_ROWS:
        st.caption(
            f"The first {MOST_ROWS:,} of {len(events):,}. The page Report gives all as a file."
        )


def table_of(events: pd.DataFrame) -> pd.DataFrame:
    """Return the columns that a person reads, days in words first."""
    days = [days_of(event) for event in events.to_dict("records")]
    table = events[list(COLUMNS)].rename(columns=COLUMNS)
    table.insert(0, "When", days)
    return pd.DataFrame(table)


def _size(counts: EventCounts, name: str) -> int:
    by_name = counts.as_dict()
    return by_name["shown"] + by_name["possible"] if name == "visible" else by_name[name]
