"""The table of languages, `data/languages.tsv`: words, case endings and traits of each.

The first lines of the file explain its classes.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from geomap.vocabulary import read_data_rows

ENGLISH = "en"


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, tuple[str, ...]]]:
    table: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for language, kind, words in read_data_rows("geomap.geoparse", "languages.tsv"):
        table[kind][language] = (*table[kind].get(language, ()), *words.split())
    return table


def words_by_language(kind: str) -> dict[str, tuple[str, ...]]:
    """Return the words of a class for each language that has it, in the order of the file."""
    return _table().get(kind, {})


@lru_cache(maxsize=1024)
def words_of(language: str, *kinds: str) -> frozenset[str]:
    """Return the words of some classes in a language, none for a language that lacks them."""
    return frozenset(word for kind in kinds for word in words_by_language(kind).get(language, ()))


def languages_with(trait: str) -> frozenset[str]:
    """Return the languages that have a trait, such as "caseless"."""
    return frozenset(
        language for language, traits in words_by_language("traits").items() if trait in traits
    )
