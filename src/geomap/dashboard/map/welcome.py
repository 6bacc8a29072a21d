"""The line for a first visitor: what geomap is, and where to add files."""

from __future__ import annotations

import streamlit as st

from geomap.dashboard.shared import keys

TEXT = (
    "From news text and event tables to a dated, cited map. A new workspace opens on a small "
    "sample: bring your own files on **Add data**, or paste a text on **Articles**."
)


def greet() -> None:
    """Draw the line until it is closed; an empty container stays, so that nothing below moves."""
    room = st.container()
    if st.session_state.get(keys.WELCOME_SEEN):
        return
    line = room.container(horizontal=True, vertical_alignment="center", key="map_welcome")
    line.caption(TEXT, width="stretch")
    line.button(
        "Close",
        key="map_welcome_close",
        type="tertiary",
        icon=":material/close:",
        help="Do not show this line again",
        on_click=_close,
    )


def _close() -> None:
    st.session_state[keys.WELCOME_SEEN] = True
