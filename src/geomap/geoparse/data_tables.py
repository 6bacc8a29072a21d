"""The tables in `data/`: lists of English words, words by language, features of candidates.

`words.tsv` was written for this project; `tools/build_word_lists.py` makes the long lists of
`words.txt.gz`. The first lines of `languages.tsv` explain its classes. `ranker` has a weight for
each feature of `features.tsv`. Distances are great-circle kilometres.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from geomap.vocabulary import read_data_rows, read_word_lists

ENGLISH = "en"

WORDS = {
    name: frozenset(words)
    for name, words in read_word_lists("geomap.geoparse", "words.tsv").items()
}
"""English words that distinguish places from people, organisations, treaties and the like."""
WORDS["parting"] = (WORDS["function-words"] | WORDS["locatives"]) - WORDS["links"] - WORDS["sides"]

_FEATURES = [(*row, "", "")[:4] for row in read_data_rows("geomap.geoparse", "features.tsv")]
STATIC, LOCAL, DOCUMENT = (
    tuple(name for name, depends_on, *_ in _FEATURES if depends_on == group)
    for group in ("name", "words", "text")
)
FEATURES = (*STATIC, *LOCAL, *DOCUMENT)
_BY_WHEN = sorted((when, i, words) for i, (_, _, when, words) in enumerate(_FEATURES))
FORM_REASONS = {i: words for when, i, words in _BY_WHEN if when.startswith("form")}
EVIDENCE_REASONS = {i: words for when, i, words in _BY_WHEN if when == "evidence"}
"""The words of a reason by the position of its feature."""


@lru_cache(maxsize=1)
def long_lists() -> dict[str, frozenset[str]]:
    """Return the lists of `data/words.txt.gz`: english, given, surnames, in lower case."""
    rows = (row[0].split(" ") for row in read_data_rows("geomap.geoparse", "words.txt.gz"))
    return {name: frozenset(words) for name, *words in rows}


@lru_cache(maxsize=1)
def _languages() -> dict[str, dict[str, tuple[str, ...]]]:
    table: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for language, kind, words in read_data_rows("geomap.geoparse", "languages.tsv"):
        table[kind][language] = (*table[kind].get(language, ()), *words.split())
    return table


def words_by_language(kind: str) -> dict[str, tuple[str, ...]]:
    """Return the words of a class for each language that has it, in the order of the file."""
    return _languages().get(kind, {})


@lru_cache(maxsize=1024)
def words_of(language: str, *kinds: str) -> frozenset[str]:
    """Return the words of some classes in a language, none for a language that lacks them."""
    return frozenset(word for kind in kinds for word in words_by_language(kind).get(language, ()))


def languages_with(trait: str) -> frozenset[str]:
    """Return the languages that have a trait, such as "caseless"."""
    return frozenset(
        language for language, traits in words_by_language("traits").items() if trait in traits
    )
