"""Names of places among the words of a text: gazetteer names that the context allows.

The longest name wins; a name that the rules of `refusals` refuse is left out, never guessed.
These rules are for English; `foreign` reads sentences of other languages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from geomap.geoparse.data_tables import WORDS
from geomap.geoparse.foreign import find_foreign_names
from geomap.geoparse.morphology import bare_forms
from geomap.geoparse.reading import Name, Reading
from geomap.geoparse.refusals import is_refused
from geomap.geoparse.tokens import Token, segments

_MOST_WORDS = 14


def find_names(reading: Reading, begins: Callable[[Token], bool] | None = None) -> list[Name]:
    """Return the names of places, left to right and not overlapping.

    `begins` decides which words may begin an English name; all may by default.
    """
    tokens, names = reading.tokens, find_foreign_names(reading)
    for begin, end in segments(tokens):
        i = begin
        while i < end:
            skipped = reading.is_foreign(tokens[i]) or (begins and not begins(tokens[i]))
            name = None if skipped else _name_at(reading, i, min(end, i + _MOST_WORDS))
            if name is not None and not is_refused(reading, name):
                names.append(name)
            i = i + 1 if name is None else name.last
    return sorted(names, key=lambda name: name.first)


def _name_at(reading: Reading, i: int, end: int) -> Name | None:
    """Return the longest name that starts at a word, in the form that the gazetteer has."""
    tokens, gazetteer = reading.tokens, reading.gazetteer
    if not tokens[i].capital or tokens[i].text.isdigit():
        return None
    texts = [token.text for token in tokens[i:end]]
    count = gazetteer.longest(texts, 0)
    while count > 1 and not _reads_as_name(tokens[i : i + count]):
        count -= 1
        while count and not gazetteer.has(" ".join(texts[:count])):
            count -= 1
    if count:
        return Name(i, i + count, " ".join(texts[:count]))
    form = next((form for form in bare_forms(tokens[i].text) if gazetteer.has(form)), None)
    return None if form is None else Name(i, i + 1, form)


def _reads_as_name(tokens: Sequence[Token]) -> bool:
    """Return whether the words after the first are written as those of a name are."""
    if tokens[-1].lower in WORDS["links"]:
        return False
    return all(t.capital or t.lower in WORDS["small-in-names"] or "-" in t.gap for t in tokens[1:])
