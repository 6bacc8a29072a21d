"""Cards as data: the blocks of text that `components.panel` draws, in order.

The browser sets every text as text, so a block may contain the words of any file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Block = Mapping[str, Any]


def title(text: str) -> Block:
    """Return the title of a card."""
    return {"kind": "title", "text": text}


def heading(text: str, number: int = 0) -> Block:
    """Return the heading of a part of a card, with the number of its items unless that is 0."""
    return {"kind": "heading", "text": f"{text} ({number:,})" if number else text}


def paragraph(text: str) -> Block:
    """Return a paragraph."""
    return {"kind": "text", "text": text}


def quiet(text: str) -> Block:
    """Return a paragraph in small grey letters."""
    return {"kind": "quiet", "text": text}


def notice(text: str, tone: str = "plain") -> Block:
    """Return a framed sentence; `tone` is "plain", "good" or "problem"."""
    return {"kind": "notice", "text": text, "tone": tone}


def facts(rows: Iterable[tuple[str, str]]) -> Block:
    """Return a table of names and values; a row without a value is left out."""
    return {"kind": "facts", "rows": [(name, value) for name, value in rows if value]}


def badges(*items: Block) -> Block:
    """Return a row of labels, each with `text` and perhaps `colour` or `strong`."""
    return {"kind": "badges", "items": list(items)}


def item(text: str, *notes: str | None, action: str = "", current: bool = False) -> Block:
    """Return an entry of a list: a text and notes on it; with an `action` it is a button."""
    entry: dict[str, Any] = {"text": text, "note": dotted(*notes)}
    return entry | ({"action": action} if action else {}) | ({"current": True} if current else {})


def listing(items: Sequence[Block], empty: str = "") -> Block:
    """Return a list of entries, or the sentence `empty` where there are none."""
    return {"kind": "list", "items": list(items)} if items or not empty else quiet(empty)


def actions(*buttons: tuple[str, str]) -> Block:
    """Return a row of buttons, a label and an action each."""
    items = [{"label": label, "action": action} for label, action in buttons]
    return {"kind": "actions", "items": items}


def dotted(*parts: str | None) -> str:
    """Return the parts that are not empty, with a dot between them."""
    return " · ".join(part for part in parts if part)
