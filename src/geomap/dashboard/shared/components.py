"""Our own small components: text that others wrote reaches the page through these.

Each hands its data to a script of ours that sets it as text, or to `st.text`. Streamlit's other
elements read Markdown (an image in it would even call another server) and turn addresses and
arrows in it into links and signs, also where they are escaped: they only get words of ours.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geomap.query import EventCounts

_STATIC = Path(__file__).parent.parent / "static"
_COUNTS_HTML = """
<div class="counts" data-testid="geomap-counts" role="group" aria-label="Counts"></div>
"""
_NO_ROOM = "span {\n  display: none;\n}\n"
Block = Mapping[str, Any]


def _nothing() -> None:
    """Stand in for a callback: a component only reports what has one."""


@cache
def registered(name: str, *, html: str, css: str, js: str) -> Callable[..., Any]:
    """Return the component `name`, registered once for the process."""
    return st.components.v2.component(f"geomap.{name}", html=html, css=css, js=js)


@cache
def _component(name: str, html: str, *, follows: bool = False) -> Callable[..., Any]:
    css, js = ((_STATIC / f"{name}.{kind}").read_text("utf-8") for kind in ("css", "js"))
    if follows:
        js = (_STATIC / "follow.js").read_text("utf-8") + js
    return registered(name, html=html, css=css, js=js)


def page_style() -> None:
    """Put our own style sheet into the page; it holds no words of others."""
    st.html(f"<style>{(_STATIC / 'page.css').read_text('utf-8')}</style>")


class ProgressBar:
    """A bar below a line that says what is done; names in the line are shown to the letter.

    Parameters
    ----------
    words
        What the line says at first.
    room
        The empty element of Streamlit that it is drawn in; by default one of its own.
    """

    def __init__(self, words: str, room: DeltaGenerator | None = None) -> None:
        self._room = room or st.empty()
        with self._room.container():
            self._line, self._bar = st.empty(), st.progress(0.0)
        self.show(words, 0.0)

    def show(self, words: str, share: float) -> None:
        """Say what is being done, and which share of the whole is done."""
        self._line.text(words)
        self._bar.progress(min(max(share, 0.0), 1.0))

    def close(self) -> None:
        """Remove it from the page."""
        self._room.empty()


def panel(
    blocks: Sequence[Block],
    *,
    key: str,
    label: str = "",
    framed: bool = False,
    answers: bool = False,
    follows: Mapping[str, Any] | None = None,
    on_action: Callable[[], None] = _nothing,
    **heard: Callable[[], None],
) -> str | None:
    """Draw `blocks` and return the action of the button that was just pressed, if any.

    A panel that `answers` what was pressed elsewhere on the page is read out by a screen
    reader when it changes, and comes into view where it is not. With `follows` (what
    static/follow.js reads) it hears the map, and the callbacks `heard` with it.
    """
    result = _component("panel", '<div class="gm"></div>\n', follows=True)(
        key=key,
        data={
            "blocks": list(blocks),
            "label": label,
            "framed": framed,
            "answers": answers,
            "follows": None if follows is None else dict(follows),
        },
        on_action_change=on_action,
        **heard,
    )
    action: str | None = result.action
    return action


def picture(png: bytes, alt: str, *, key: str) -> None:
    """Show a PNG with a description: Streamlit's own element gives a screen reader nothing."""
    address = f"data:image/png;base64,{base64.b64encode(png).decode('ascii')}"
    panel([{"kind": "image", "src": address, "alt": alt}], key=key)


def notice(text: str, *, key: str, tone: str = "plain") -> None:
    """Say one sentence that may hold names of files, values of cells and the like."""
    panel([{"kind": "notice", "text": text, "tone": tone}], key=key)


def follower(*, key: str, follows: Mapping[str, Any], **heard: Callable[[], None]) -> None:
    """Hear the map for a part of the page that has no component of ours to do so."""
    js = (_STATIC / "follow.js").read_text("utf-8") + (_STATIC / "follower.js").read_text("utf-8")
    registered("follower", html="<span hidden></span>\n", css=_NO_ROOM, js=js)(
        key=key, data={"follows": dict(follows)}, **heard
    )


def counts_line(
    counts: EventCounts,
    *,
    key: str,
    channel: str | None = None,
    listed: str | None = None,
    on_listed: Callable[[], None] = _nothing,
) -> None:
    """Draw the seven counts; each is a button, and `on_listed` hears which was pressed.

    With a `channel` the numbers follow what the map paints while its window is moved.
    """
    _component("counts", _COUNTS_HTML)(
        key=key,
        data={"counts": counts.as_dict(), "listed": listed, "channel": channel},
        on_listed_change=on_listed,
    )


def reader(
    pieces: Sequence[Block],
    *,
    key: str,
    chosen: str | None = None,
    on_toponym: Callable[[], None] = _nothing,
) -> None:
    """Draw an article's text; `on_toponym` hears which place name was pressed."""
    _component("reader", '<div class="reader" role="article"></div>\n')(
        key=key,
        data={"pieces": list(pieces), "chosen": chosen},
        on_toponym_change=on_toponym,
    )
