"""The events of one marker of the map: a click on its number lists them, however many."""

from __future__ import annotations

from typing import Any

import streamlit as st

from geomap.dashboard.map.map_binary import Rows
from geomap.dashboard.shared import blocks, cache, keys
from geomap.dashboard.shared.blocks import Block
from geomap.dashboard.shared.cache import Data
from geomap.dashboard.shared.event_words import days_of, event_item, text_of

PAGE_EVENTS = 50
MAX_EVENTS = 5000


def remember_marker(rows: Rows, numbers: Any) -> None:
    """Remember the events of the marker that was clicked.

    `numbers` are those of its rows, newest event first, as the browser sent them.
    """
    sent = numbers if isinstance(numbers, list) else []
    ids = dict.fromkeys(rows.id_of(number) for number in sent[:MAX_EVENTS])
    st.session_state[keys.MARKER] = tuple(event_id for event_id in ids if event_id is not None)
    st.session_state[keys.MARKER_LISTED] = PAGE_EVENTS


def list_more() -> None:
    """List the next events of the marker too."""
    st.session_state[keys.MARKER_LISTED] = _listed() + PAGE_EVENTS


def _listed() -> int:
    listed: int = st.session_state.get(keys.MARKER_LISTED, PAGE_EVENTS)
    return listed


def marker_blocks(data: Data, event_id: str) -> list[Block]:
    """Return the list of the events that share a marker with the open one; none if it is alone."""
    ids: tuple[str, ...] = st.session_state.get(keys.MARKER, ())
    if event_id not in ids or len(ids) == 1:
        return []
    shown = cache.table(data).events(ids[: _listed()]).to_dict("records")
    items = [
        event_item(
            *(event, days_of(event), text_of(event, "event_type")),
            current=event["event_id"] == event_id,
        )
        for event in shown
    ]
    first = "The first " if len(ids) == MAX_EVENTS else ""
    content = [blocks.heading(f"{first}{len(ids):,} events at this mark"), blocks.listing(items)]
    if (rest := len(ids) - _listed()) > 0:
        content.append(blocks.actions((f"List {min(PAGE_EVENTS, rest)} more", "more:")))
    return content
