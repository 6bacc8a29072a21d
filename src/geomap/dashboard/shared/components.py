"""Our own components for text that others wrote, and the style sheet of the pages.

Each passes its data to a script of ours that sets it as text, or to `st.text`. Streamlit's other
elements read Markdown: an image in it would call another server, and addresses and arrows turn
into links and signs even where they are escaped. Those elements only get words of ours.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geomap.dashboard.shared import blocks
from geomap.dashboard.shared.blocks import Block

_STATIC = Path(__file__).parent.parent / "static"


def ignore() -> None:
    """Do nothing: that Streamlit draws the part of the page anew is all that is needed."""


@cache
def registered(name: str, *, html: str, css: str, js: str) -> Callable[..., Any]:
    """Return the component `name`, registered once for the process."""
    return st.components.v2.component(f"geomap.{name}", html=html, css=css, js=js)


@cache
def component(name: str, html: str) -> Callable[..., Any]:
    """Return the component whose script and style are static/`name`.js and .css."""
    css, js = ((_STATIC / f"{name}.{kind}").read_text("utf-8") for kind in ("css", "js"))
    return registered(name, html=html, css=css, js=js)


def value_of(key: str, name: str) -> Any:
    """Return a value that the component `key` sent with its last event; None without one."""
    return (st.session_state.get(key) or {}).get(name)


def page_style() -> None:
    """Put our style sheet into the page."""
    st.html(f"<style>{(_STATIC / 'page.css').read_text('utf-8')}</style>")


class ProgressBar:
    """A progress bar below a line of text, in which names are shown to the letter.

    It is drawn in `room`, an empty element of Streamlit, or in one of its own.
    """

    def __init__(self, words: str, room: DeltaGenerator | None = None) -> None:
        self._room = room or st.empty()
        with self._room.container():
            self._line, self._bar = st.empty(), st.progress(0.0)
        self.show(words, 0.0)

    def show(self, words: str, share: float) -> None:
        """Show what is being done, and which share of the whole, from 0 to 1, is done."""
        self._line.text(words)
        self._bar.progress(min(max(share, 0.0), 1.0))

    def close(self) -> None:
        """Remove the bar from the page."""
        self._room.empty()


def panel(
    content: Sequence[Block],
    *,
    key: str,
    label: str = "",
    framed: bool = False,
    answers: bool = False,
    follows: Mapping[str, Any] | None = None,
    on_action: Callable[[], None] = ignore,
    **callbacks: Callable[[], None],
) -> None:
    """Draw blocks.

    A panel that `answers` what was pressed elsewhere on the page is read out by a screen
    reader when it changes, and scrolls into view. With `follows` (see dashboard/js/follower.js) it
    listens to the map, which may call the further `callbacks`.
    """
    component("panel", '<div class="gm"></div>\n')(
        key=key,
        data={
            "blocks": list(content),
            "label": label,
            "framed": framed,
            "answers": answers,
            "follows": None if follows is None else dict(follows),
        },
        on_action_change=on_action,
        **callbacks,
    )


def notice(text: str, *, key: str, tone: str = "plain") -> None:
    """Draw one framed sentence; `tone` is "plain", "good" or "problem"."""
    panel([blocks.notice(text, tone)], key=key)


def follower(*, key: str, follows: Mapping[str, Any], **callbacks: Callable[[], None]) -> None:
    """Listen to the map for a part of the page that no component of ours draws."""
    component("follower", "<span hidden></span>\n")(
        key=key, data={"follows": dict(follows)}, **callbacks
    )
