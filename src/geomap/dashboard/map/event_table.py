"""The events behind any of the eight numbers as a table; a row opens its card.

Rows are queried a page at a time, sorted by any column, however many events there are.
"""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from geomap.dashboard.map import map_cache, map_source
from geomap.dashboard.map.callbacks import row_chosen, window_changed
from geomap.dashboard.shared import cache, components, keys, session, view_url
from geomap.dashboard.shared.cache import Data
from geomap.dashboard.shared.choices import label_of
from geomap.dashboard.shared.event_words import days_of
from geomap.dashboard.shared.view_state import View
from geomap.query import EventCounts, Verdict
from geomap.workspace import Order

PAGE_ROWS = 500
_LISTS = {
    "visible": "On the map",
    **{verdict.value: label_of(verdict.value) for verdict in reversed(Verdict)},
    Verdict.OUTSIDE_DATES.value: "Outside the dates",
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


@st.fragment
def table_part(data: Data) -> None:
    """Draw a page of the chosen list below its controls."""
    view = view_url.current_view()
    query = view_url.query_of(view)
    chosen, order, page = _controls(cache.counts(data, query))
    rows = map_cache.listed(data, query, chosen, order, PAGE_ROWS, page * PAGE_ROWS)
    _follow(data, view)
    view_url.show_in_url(view)
    if rows.empty:
        st.info("This list is empty. Choose another list, or change the dates or filters.")
        return
    ids = rows["event_id"].tolist()
    st.session_state[keys.LISTED_IDS] = tuple(ids)
    open_rows = [ids.index(view.event_id)] if view.event_id in ids else []
    # A key that is new with the rows, so that a choice never means another row.
    key = f"{keys.TABLE}_{abs(hash((data, query, chosen, order, page, view.event_id))):x}"
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
    """Draw the choices of list, order and page; return them."""
    st.session_state.setdefault(keys.TABLE_DESCENDING, True)
    with st.container(horizontal=True, vertical_alignment="bottom", key="map_table_controls"):
        chosen = st.selectbox(
            "Events", list(_LISTS), key=keys.LIST, format_func=_LISTS.__getitem__, width=210
        )
        column = st.selectbox(
            "Sort by", list(_SORTS), key=keys.TABLE_SORT, format_func=_SORTS.__getitem__, width=180
        )
        descending = st.toggle("Last first", key=keys.TABLE_DESCENDING)
        size = _size(counts, chosen)
        pages = max(1, -(-size // PAGE_ROWS))
        number = 1
        if pages > 1:
            if st.session_state.get(keys.TABLE_PAGE, 1) > pages:
                st.session_state[keys.TABLE_PAGE] = 1
            number = int(st.number_input("Page", 1, pages, key=keys.TABLE_PAGE, width=150))
        words = f"{size:,} event{'' if size == 1 else 's'}"
        st.markdown(f"{words}, {pages:,} pages" if pages > 1 else words, width="content")
    return chosen, Order(column, descending=descending), number - 1


def _size(counts: EventCounts, name: str) -> int:
    by_name = counts.as_dict()
    return by_name["shown"] + by_name["possible"] if name == "visible" else by_name[name]


def _follow(data: Data, view: View) -> None:
    """Draw this fragment anew for another window, or when another event is opened elsewhere."""
    components.follower(
        key=keys.FOLLOW,
        follows=follows_of(data, view, window=True, after=500),
        on_window_change=partial(window_changed, keys.FOLLOW),
        on_changed_change=components.ignore,
    )


def follows_of(data: Data, view: View, *, window: bool, after: int = 200) -> dict[str, object]:
    """Return what a fragment that shows `view` follows (see dashboard/js/follower.js).

    With `window` it follows the window too, `after` milliseconds of rest.
    """
    query = view_url.query_of(view)
    return {
        "channel": session.token(),
        "open": view.event_id or view.place_id,
        "row": map_source.rows(data).row_of(view.event_id),
        "window": window,
        "after": after,
        "days": [None if day is None else day.isoformat() for day in (query.start, query.end)],
    }


def table_of(events: pd.DataFrame) -> pd.DataFrame:
    """Return the columns that a person reads, days in words first."""
    days = [days_of(event) for event in events.to_dict("records")]
    table = events[list(COLUMNS)].rename(columns=COLUMNS)
    table.insert(0, "When", days)
    return pd.DataFrame(table)
