"""English words that distinguish places from people, organisations, treaties and the like.

The lists are data: `data/words.tsv` for those that were written for this project,
`data/words.txt.gz` for the long ones that `tools/build_word_lists.py` makes.
"""

from __future__ import annotations

from functools import lru_cache

from geomap.vocabulary import COMMON_LISTS, read_data_rows, read_word_lists

_LISTS = {
    name: frozenset(words)
    for name, words in read_word_lists("geomap.geoparse", "words.tsv").items()
}

FIRST_NAMES = _LISTS["first-names"]
PLACELIKE_FIRST_NAMES = _LISTS["placelike-first-names"]
TITLES = _LISTS["titles"]
ORGANISATION_WORDS = _LISTS["organisations"]
NEWSPAPERS = _LISTS["newspapers"]
TREATY_WORDS = _LISTS["treaties"]
TREATY_HEADS = _LISTS["treaty-heads"]
AFTER_NOT_PLACE = _LISTS["after-not-place"]
SIDES = _LISTS["sides"]
LEADING_SIDES = _LISTS["leading-sides"]
SIDES_OF_CONTAINER = _LISTS["sides-of-container"]
FACILITY_NOUNS = _LISTS["facilities"]
FEATURE_NOUNS = _LISTS["feature-nouns"]
GENERIC_NOUNS = _LISTS["generic-nouns"]
VAGUE_WORDS = _LISTS["vague"]
STREETS = _LISTS["streets"]
TEAM_AFTER = _LISTS["teams-after"]
TEAM_BEFORE = _LISTS["teams-before"]
SHIP_BEFORE = _LISTS["ships"]
SAYS = _LISTS["says"]
LOCATIVES = _LISTS["locatives"]
STRONG_LOCATIVES = _LISTS["strong-locatives"]
LINKS = _LISTS["links"]
MONTHS_AND_DAYS = frozenset(COMMON_LISTS["months-and-weekdays"])
FUNCTION_WORDS = _LISTS["function-words"]
VILLAGE_HEADS = _LISTS["village-heads"]
ROAD_NOUNS = _LISTS["road-nouns"]
ROAD_LINKS = _LISTS["road-links"]
ZONE_HEADS = _LISTS["zone-heads"]
ZONE_EMPTY = _LISTS["zone-empty"]
ZONE_LIGHT = _LISTS["zone-light"]
ABBREVIATIONS = _LISTS["abbreviations"]

PARTING = (FUNCTION_WORDS | LOCATIVES) - LINKS - SIDES
"""Small words that end a name in a headline, where they are written large as well."""


@lru_cache(maxsize=1)
def long_lists() -> dict[str, frozenset[str]]:
    """Return the lists of `data/words.txt.gz`: english, given, surnames, in lower case."""
    rows = (row[0].split(" ") for row in read_data_rows("geomap.geoparse", "words.txt.gz"))
    return {name: frozenset(words) for name, *words in rows}
