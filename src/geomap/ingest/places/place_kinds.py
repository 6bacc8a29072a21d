"""The kind of a place by its GeoNames feature, or by a word of a user's own table."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from geomap.model import ToponymKind
from geomap.paths import packaged_rows

_CODE = re.compile(r"[A-Z][A-Z0-9]{1,9}")


@cache
def _kinds(by: str) -> dict[str, ToponymKind]:
    rows = packaged_rows("geomap.ingest.places", "place_kinds.tsv")
    return {word: ToponymKind(kind) for what, kind, words in rows if what == by
            for word in words.split()}  # fmt: skip


@lru_cache(maxsize=4_096)
def known_code(text: str) -> str:
    """Return a feature code as GeoNames writes them, "" for another text."""
    code = text.strip().upper().rpartition(".")[2]
    return code if _CODE.fullmatch(code) else ""


@lru_cache(maxsize=4_096)
def kind_of_code(letter: str, code: str) -> ToponymKind | None:
    """Return the kind of a GeoNames feature; None where neither class nor code is known."""
    for start, kind in _kinds("code").items():
        if code.startswith(start):
            return kind
    return _kinds("class").get(letter.upper())


@lru_cache(maxsize=4_096)
def kind_of_word(text: str) -> ToponymKind | None:
    """Return the kind that a word of a user's table means, None for an unknown word."""
    word = text.strip().casefold()
    return _kinds("word").get(word) or next((kind for kind in ToponymKind if kind == word), None)
