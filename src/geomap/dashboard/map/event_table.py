"""The events behind any of the seven numbers as a table; a row opens its card.

A page of rows is asked of the events' files at a time, sorted by any column, however many
there are.
"""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from geomap.dashboard.map import map_source
from geomap.dashboard.shared import cache, components, session, view_url
from geomap.dashboard.shared.cache import Data
from geomap.dashboard.shared.callbacks import (
    FOLLOW,
    LIST,
    LISTED_IDS,
    TABLE,
    row_chosen,
    window_followed,
)
from geomap.dashboard.shared.event_words import days_of
from geomap.dashboard.shared.view_state import View
from geomap.query import EventCounts, Verdict
from geomap.workspace import Order

PAGE_ROWS = 500
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
_SORTS = {"event_date": "When", **COLUMNS}
SORT, DOWN, PAGE = "map_sort", "map_sort_down", "map_page"


@st.fragment
def table_part(data: Data) -> None:
    """Draw the list that is chosen, with its own choice of list, order and page above it."""
    view = view_url.current_view()
    query = view_url.query_of(view)
    counts = cache.counts(data, query)
    chosen, order, page = _controls(counts)
    rows = cache.listed(data, query, chosen, order, PAGE_ROWS, page * PAGE_ROWS)
    _follow(data, view)
    view_url.show_in_url(view)
    if rows.empty:
        st.info("This list is empty. Choose another list, or change the dates or filters.")
        return
    ids = rows["event_id"].tolist()
    st.session_state[LISTED_IDS] = tuple(ids)
    open_rows = [ids.index(view.event_id)] if view.event_id in ids else []
    key = f"{TABLE}_{_mark(data, query, chosen, order, page, view.event_id)}"
    st.dataframe(
        table_of(rows),
        key=key,
        hide_index=True,
        height=360,
        on_select=partial(row_chosen, key),
        selection_mode="single-row",
        selection_default={"selection": {"rows": open_rows}},
    )


def _controls(counts: EventCounts) -> tuple[str, Order, int]:
    """Let the reader choose list, order and page; return them."""
    st.session_state.setdefault(DOWN, True)
    with st.container(horizontal=True, vertical_alignment="bottom", key="map_table_controls"):
        chosen = st.selectbox(
            "Events", list(_LISTS), key=LIST, format_func=_LISTS.__getitem__, width=210
        )
        column = st.selectbox(
            "Sort by", list(_SORTS), key=SORT, format_func=_SORTS.__getitem__, width=180
        )
        down = st.toggle("Last first", key=DOWN)
        pages = max(1, -(-_size(counts, chosen) // PAGE_ROWS))
        number = 1
        if pages > 1:
            if st.session_state.get(PAGE, 1) > pages:
                st.session_state[PAGE] = 1
            number = int(st.number_input("Page", 1, pages, key=PAGE, width=150))
        size = _size(counts, chosen)
        words = f"{size:,} event{'' if size == 1 else 's'}"
        st.markdown(f"{words}, {pages:,} pages" if pages > 1 else words, width="content")
    return chosen, Order(column, descending=down), number - 1


def _follow(data: Data, view: View) -> None:
    """Hear of another window, and of events that are opened elsewhere on the page."""
    components.follower(
        key=FOLLOW,
        follows=follows_of(data, view, window=True, after=500),
        on_window_change=lambda: window_followed(FOLLOW),
        on_changed_change=_heard,
    )


def follows_of(data: Data, view: View, *, window: bool, after: int = 200) -> dict[str, object]:
    """Return what a part of the page that shows `view` follows (see dashboard/js/follower.js)."""
    query = view_url.query_of(view)
    return {
        "channel": session.token(),
        "open": view.event_id or view.place_id,
        "row": map_source.rows(data).row_of(view.event_id),
        "window": window,
        "after": after,
        "days": [None if day is None else day.isoformat() for day in (query.start, query.end)],
    }


def _heard() -> None:
    """Nothing to do: that the part is drawn anew is the answer."""


def _mark(data: Data, *parts: object) -> str:
    """Return a key that is new with the rows, so that a choice never means another row."""
    return f"{abs(hash((data, *parts))):x}"


def table_of(events: pd.DataFrame) -> pd.DataFrame:
    """Return the columns that a person reads, days in words first."""
    days = [days_of(event) for event in events.to_dict("records")]
    table = events[list(COLUMNS)].rename(columns=COLUMNS)
    table.insert(0, "When", days)
    return pd.DataFrame(table)


def _size(counts: EventCounts, name: str) -> int:
    by_name = counts.as_dict()
    return by_name["shown"] + by_name["possible"] if name == "visible" else by_name[name]
