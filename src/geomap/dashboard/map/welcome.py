"""The line that a first visitor reads: what this is, and how to bring one's own data."""

from __future__ import annotations

import streamlit as st

_SEEN = "geomap_welcome_seen"
TEXT = (
    "From news text and event tables to a dated, cited map. A new workspace opens on a small "
    "sample: bring your own files on **Add data**, or paste a text on **Articles**."
)


def greet() -> None:
    """Show the line until it is closed; its room stays, so that nothing below it is built anew."""
    room = st.container()
    if st.session_state.get(_SEEN):
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
    st.session_state[_SEEN] = True
