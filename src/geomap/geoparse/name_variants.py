"""Forms under which the gazetteer may have a name: without its noun, or a name inside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from geomap.gazetteer import Gazetteer, normalise_name
from geomap.geoparse.data_tables import WORDS
from geomap.model import ToponymKind

_LEAST_PEOPLE, _MOST_WORDS = 15_000, 4
_LEADING = re.compile(
    r"^(?:the|(?:city|town|village|township|county|state|province|republic) of|"
    rf"{'|'.join(WORDS['leading-sides'])})[ -]+",
    re.IGNORECASE,
)


def name_variants(text: str, gazetteer: Gazetteer) -> Iterator[tuple[str, str]]:
    """Yield each form with the feature that it has, "" for the name itself, the closest first."""
    yield text, ""
    bare = text.strip(" .'\"’”“")
    if bare != text:
        yield bare, ""
    if bare.lower().startswith("the "):
        bare = bare[4:]
        yield bare, ""
    words = bare.split()
    if len(words) > 1 and words[-1].lower().rstrip(".") in WORDS["generic-nouns"]:
        yield " ".join(words[:-1]), "without its noun"
    if len(words) > 1 and words[0].lower() in WORDS["generic-nouns"]:
        yield " ".join(words[1:]), "without its noun"
    if match := _LEADING.match(bare):
        yield bare[match.end() :], "without its noun"
    yield from ((form, "named inside") for form in _inside(re.split(r"[\s,/-]+", bare), gazetteer))


def _inside(words: list[str], gazetteer: Gazetteer) -> Iterator[str]:
    """Yield the names inside a longer one, the longest and first of them first."""
    if len(words) < 2:
        return
    for length in range(min(len(words) - 1, _MOST_WORDS), 0, -1):
        for start in range(len(words) - length + 1):
            form = " ".join(words[start : start + length]).strip(".'’")
            vague = length == 1 and form.lower() in WORDS["vague"]
            if form[:1].isupper() and len(form) > 2 and not vague:
                facts = gazetteer.facts(normalise_name(form))
                large = facts.people >= _LEAST_PEOPLE or facts.kinds - {ToponymKind.CITY}
                if facts.good and large:
                    yield form
