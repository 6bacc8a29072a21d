"""Words that people's own tables use for how exact a place or a date is."""

from __future__ import annotations

import re
from functools import cache

from geomap.model import DatePrecision, GeoPrecision
from geomap.paths import packaged_rows

_CODE = re.compile(r"^\(?\d+\)?\s*[:.)-]?\s+(?=\D|\d+\s*k?m)")
_DISTANCE = re.compile(r"\d\s*(?:km|kilomet\w*|mi|miles?|m|met(?:er|re)s?)\b")
_SEPARATOR = re.compile(r"[,/;()|]|\bor\b|\band\b")
_UNKNOWN = re.compile(r"^(?:unknown|unsure|unclear|not known|nk)\b", re.IGNORECASE)


@cache
def _precisions(of: str) -> dict[str, str]:
    """Return the precision that each word stands for, of a "place" or a "date"."""
    rows = packaged_rows("geomap.ingest.events", "precision_words.tsv")
    own = GeoPrecision if of == "place" else DatePrecision
    return {word: precision for what, precision, words in rows if what == of
            for word in words.split("; ")} | {word.value: word.value for word in own}  # fmt: skip


def _plain(cell: str) -> str:
    return " ".join(re.sub(r"[_\-]+", " ", cell.casefold()).split()).rstrip(".")


def precision_word(cell: str) -> str | None:
    """Return our word for how exact a place is, None for a cell without such a word.

    A code in front ("(4) Province, State, Governorate") is left out, and of several words the
    first that is known counts. A distance means near ("25 km precision").
    """
    words = _precisions("place")
    if (word := words.get(cell.casefold().strip()) or words.get(_plain(cell))) is not None:
        return word
    text = _CODE.sub("", _plain(cell))
    if _DISTANCE.search(text):
        return GeoPrecision.NEAR.value
    parts = [part.strip() for part in _SEPARATOR.split(text) if part.strip()]
    whole = next((words[part] for part in parts if part in words), None)
    if whole is not None or "not" in text.split():
        return whole
    tokens = [token for part in parts for token in part.split()]
    return next((words[token] for token in tokens if token in words), None)


def date_precision_word(cell: str) -> str | None:
    """Return our word for how exact a date is, None for a cell without such a word."""
    return _precisions("date").get(_plain(cell))


def is_unknown(cell: str) -> bool:
    """Return whether a cell that should hold a radius states that it is not known."""
    return bool(_UNKNOWN.search(_plain(cell)))
