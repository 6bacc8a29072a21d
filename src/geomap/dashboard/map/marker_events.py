"""The events of one mark: a click on a number lists them, however many there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from geomap.dashboard.map.map_binary import Rows
from geomap.dashboard.shared import cache, components
from geomap.dashboard.shared.cache import Data
from geomap.dashboard.shared.event_words import days_of, text_of, title_of

STEP = 50
MOST = 5000
_HERE = "geomap_here"
_LISTED = "geomap_here_listed"


@dataclass(frozen=True, slots=True)
class Here:
    """The events of a mark, newest first; `event_ids` are at most `MOST` of them."""

    event_ids: tuple[str, ...]


def keep_here(rows: Rows, told: Any) -> None:
    """Remember the events of the mark that was clicked; `told` are rows, as the page says them."""
    given = told if isinstance(told, list) else []
    ids = dict.fromkeys(rows.id_of(row) for row in given[:MOST])
    st.session_state[_HERE] = Here(tuple(event_id for event_id in ids if event_id is not None))
    st.session_state[_LISTED] = STEP


def here_of(event_id: str | None) -> Here | None:
    """Return the mark that an open event belongs to; None when it is alone on it."""
    here: Here | None = st.session_state.get(_HERE)
    together = here is not None and event_id in here.event_ids and len(here.event_ids) > 1
    return here if together else None


def list_more() -> None:
    """List the next events of the mark too."""
    st.session_state[_LISTED] = st.session_state.get(_LISTED, STEP) + STEP


def here_blocks(data: Data, here: Here, event_id: str) -> list[components.Block]:
    """Return the list of the events of a mark, the open one marked as such."""
    listed: int = st.session_state.get(_LISTED, STEP)
    shown = here.event_ids[:listed]
    found = {row["event_id"]: row for row in cache.table(data).events(shown).to_dict("records")}
    items = [
        {
            "text": title_of(found[one]),
            "note": " · ".join(
                part for part in (days_of(found[one]), text_of(found[one], "event_type")) if part
            ),
            "action": f"event:{one}",
            "current": one == event_id,
        }
        for one in shown
        if one in found
    ]
    number = len(here.event_ids)
    many = (
        f"The first {MOST:,} events at this mark"
        if number == MOST
        else f"{number:,} events at this mark"
    )
    blocks: list[components.Block] = [
        {"kind": "heading", "text": many},
        {"kind": "list", "items": items},
    ]
    if number > listed:
        label = f"List {min(STEP, number - listed)} more"
        blocks.append({"kind": "actions", "items": [{"label": label, "action": "more:"}]})
    return blocks
