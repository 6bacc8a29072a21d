"""Words that people's own tables use for how exact a place or a date is."""

from __future__ import annotations

import re
from functools import cache

from geomap.model import DatePrecision, GeoPrecision
from geomap.paths import packaged_rows

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
    """Return our word for how exact a place is, None for a cell without such a word."""
    words = _precisions("place")
    return words.get(cell.casefold().strip()) or words.get(_plain(cell))


def date_precision_word(cell: str) -> str | None:
    """Return our word for how exact a date is, None for a cell without such a word."""
    return _precisions("date").get(_plain(cell))


def is_unknown(cell: str) -> bool:
    """Return whether a cell that should hold a radius states that it is not known."""
    return bool(_UNKNOWN.search(_plain(cell)))
