"""The texts of a file, what it states about them, and what of it is no text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from geomap.model import RowIssue
from geomap.readers.web_pages import plain_text

_TAGS = re.compile(
    r"</?(?:p|br|div|li|[uo]l|span|figure|img|h[1-6]|a|table)\b[^<>]*>", re.IGNORECASE
)
_OPENING = re.compile(r"\s*<(?:[a-z][a-z0-9]*\b[^<>]*|!--.*?--)>", re.IGNORECASE | re.DOTALL)
_SHOWN = 120


@dataclass(frozen=True, slots=True)
class StatedText:
    """One text and the facts that its file states: title, publisher, url, published."""

    text: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileTexts:
    """The texts of a file, and a line for each part that is none of them, with the reason."""

    texts: tuple[StatedText, ...]
    left: tuple[RowIssue, ...] = ()


def left_out(number: int, what: str, code: str, reason: str, remedy: str) -> RowIssue:
    """Return the line for a part of a file that is not read as a text.

    Parameters
    ----------
    number
        Which part of the file, counted from 1.
    what, code, reason, remedy
        Its name or kind; the code, the reason and what to do.
    """
    return RowIssue(number, None, what[:_SHOWN] or None, code, reason, remedy)


def without_tags(text: str) -> str:
    """Return a text without the tags of HTML, if it has such tags; else to the letter."""
    return plain_text(text)[0] if _TAGS.search(text) else text


def without_markup(text: str) -> str:
    """Return the words of a text that is HTML from its first letter on; else it to the letter.

    Tags inside a text that begins as plain words are words of its author: they stay.
    """
    return without_tags(text) if _OPENING.match(text) else text
