"""Publisher and title of an article where only its text states them."""

from __future__ import annotations

import re

_HEAD = 1500
_TITLE_MOST, _TITLE_LEAST = 160, 12
_AGENCY = re.compile(
    r"\((?P<bracketed>[A-Z][A-Za-z .&]{1,30})\)\s*(?:[-–—]|--)"
    r"|/\s*(?P<slashed>[A-Z][A-Za-z ]{1,20}?)\s*/"
    r"|\b(?:told|tells|informed)\s+(?P<told>[A-Z][\w]*(?:[ -][A-Z]\w*)?)(?=[.,])"
    r"|\b(?P<reports>[A-Z][\w]*(?:[ -][A-Z]\w*)?)\s+reports(?=[.,])"
    r"|\baccording to (?P<by>[A-Z]\w*(?:[ -][A-Z]\w*)?) news agency"
)
_HEADER = re.compile(
    r"^\s*(?:source|publisher|agency)\s*:\s*(?P<name>[^\n]{2,60})$", re.IGNORECASE | re.MULTILINE
)
_STAMP = re.compile(
    r"\b(?:19|20)\d\d\b|\d{1,2}:\d\d|^\s*(?:published|updated|date|by|source)\b", re.IGNORECASE
)
_NOT_AGENCIES = frozenset(
    {"he", "she", "it", "they", "we", "reporters", "journalists", "parliament"}
)


def find_publisher(text: str) -> str | None:
    """Return the publisher or agency that the head of a text names, None where there is none.

    Parameters
    ----------
    text
        The whole text of an article.
    """
    head = text[:_HEAD]
    if labelled := _HEADER.search(head):
        return labelled["name"].strip()
    for match in _AGENCY.finditer(head):
        name = next(group for group in match.groups() if group)
        if name.lower() not in _NOT_AGENCIES:
            return name.strip()
    return None


def find_title(text: str) -> str | None:
    """Return the first line when it looks like a headline: short, alone, without a full stop."""
    lines = [line.strip() for line in text[: 4 * _HEAD].split("\n")]
    filled = [line for line in lines if line]
    if len(filled) < 2:
        return None
    first = filled[0].lstrip("# ").strip()
    if not _TITLE_LEAST <= len(first) <= _TITLE_MOST or _STAMP.search(first):
        return None
    return None if first[-1] in ".:;,-–—" else first
