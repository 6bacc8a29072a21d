"""Toponyms made of the answers of the resolver."""

from __future__ import annotations

from geomap.geoparse.resolver import Answer
from geomap.model import Toponym, ToponymKind

_QUOTES = frozenset("'\"‘’“”«»„")
_CLOSING = frozenset("'\"’”»“")


def toponym_of(text: str, start: int, end: int, answer: Answer, *, nested: bool = False) -> Toponym:
    """Return the toponym of the text [start, end); `nested` makes it one inside another name."""
    # A name set in quotes ends at the closing one, though the gazetteer has it with its noun.
    if text[max(0, start - 1)] in _QUOTES:
        closing = (i for i in range(start + 1, end) if text[i] in _CLOSING and _closes(text, i))
        end = next(closing, end)
    kind = answer.place.kind if answer.place is not None else ToponymKind.OTHER
    kind = ToponymKind.NESTED if nested else kind
    return Toponym(
        start, end, text[start:end], kind, answer.place, answer.score, answer.reason,
        answer.candidates, answer.matched_name, answer.is_sure,
    )  # fmt: skip


def _closes(text: str, i: int) -> bool:
    """Return whether a mark within a name closes a quotation and is no apostrophe."""
    return not text[i + 1 : i + 2].isalnum()
