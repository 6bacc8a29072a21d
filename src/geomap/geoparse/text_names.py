"""Names of places among the words of a text: gazetteer names that the context allows.

The longest English name wins; a name that `refusals` refuses is left out. In a sentence of another
language a capital letter proves much in the middle and nothing at its start, in German or in a
script without capitals: there the name must be that of a large place, or a word beside it must
say that a place is named. A doubtful name is left out, never guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from geomap.geoparse.data_tables import ENGLISH, WORDS
from geomap.geoparse.foreign_context import CASE_ON_LAST_WORD, CASELESS, ForeignName
from geomap.geoparse.inflection import is_large, known_names
from geomap.geoparse.morphology import bare_forms
from geomap.geoparse.reading import RULES_CHANCE, NameInText, Reading, name_of
from geomap.geoparse.refusals import is_refused
from geomap.geoparse.tokens import Token, segments
from geomap.model import ToponymKind

_MOST_WORDS = 14
_LARGE, _MIDDLING, _TOWN = 100_000, 20_000, 1_000


def find_foreign_names(reading: Reading) -> list[NameInText]:
    """Return the names of places in sentences of other languages than English, left to right."""
    if all(language == ENGLISH for language in reading.languages):
        return []
    return sorted(_Search(reading).names(), key=lambda name: name.first)


class _Search:
    """One search through a document; it remembers surnames and names without proof so far."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._surnames: set[str] = set()
        self._unproven: list[NameInText] = []
        self._last = -1  # where the place before ended

    def names(self) -> list[NameInText]:
        """Return the names of places; evidence for a name in one place counts in the whole text."""
        names = list(_walked(self._reading.tokens, self._at))
        proven, busy = {n.key for n in names}, {i for n in names for i in range(n.first, n.last)}
        more = (name for name in self._unproven if name.key in proven)
        return [*names, *(n for n in more if busy.isdisjoint(range(n.first, n.last)))]

    def _at(self, i: int, end: int) -> NameInText | None:
        """Return the longest name of a place that starts at a word."""
        reading, token = self._reading, self._reading.tokens[i]
        language = reading.languages[token.sentence]
        if not reading.is_foreign(token) or not token.text[0].isalpha():
            return None
        if not (token.text[0].isupper() or language in CASELESS):
            return None
        for known in known_names(reading.tokens, i, end, language, reading.gazetteer):
            name = ForeignName(reading, i, known, language, self._last)
            if name.ends_as_name and self._is_place(name):
                self._last = known.last
                return name.in_text
        return None

    def _is_place(self, name: ForeignName) -> bool:
        known, token = name.known, name.token
        if name.is_single and name.is_other_word:
            return False
        if ToponymKind.COUNTRY in known.kinds or token.start < self._reading.dateline_end:
            return True
        if name.has_noun:
            return True
        if name.is_quoted or name.is_thing:
            return False
        if name.language not in CASELESS and self._is_person(name):
            return False
        if self._reading.gazetteer.is_curated(known.form.text):
            return True
        located = name.is_located or not name.is_single
        if name.has_proving_capital:
            return located or is_large(known, _TOWN)
        least = _MIDDLING if located or name.language in CASE_ON_LAST_WORD & CASELESS else _LARGE
        least = _TOWN if name.has_local_case else least
        is_guess = not located and len(known.form.text) > len(token.text)
        if is_large(known, least) and not is_guess:
            return True
        self._unproven.append(name.in_text)
        return False

    def _is_person(self, name: ForeignName) -> bool:
        """Return whether the words around make a name that of a person."""
        form = name.known.form
        if name.has_local_case:
            return False
        if name.follows_name_part or name.has_first_name:
            self._surnames.add(form.key)
            return True
        if name.precedes_name_part:
            of_place = form.is_bare and name.language in CASE_ON_LAST_WORD
            return not (of_place or (name.is_located and is_large(name.known, _MIDDLING)))
        if name.is_located:
            return False
        if not form.is_bare and "title" in name.classes(name.before):
            self._surnames.add(form.key)
        return form.key in self._surnames


def find_names(reading: Reading, begins: Callable[[Token], bool] | None = None) -> list[NameInText]:
    """Return the names of places, left to right and not overlapping.

    `begins` decides which words may begin an English name; all may by default.
    """

    def name_at(i: int, end: int) -> NameInText | None:
        token = reading.tokens[i]
        skipped = reading.is_foreign(token) or (begins and not begins(token))
        return None if skipped else _name_at(reading, i, min(end, i + _MOST_WORDS))

    names = (name for name in _walked(reading.tokens, name_at) if not is_refused(reading, name))
    return sorted([*find_foreign_names(reading), *names], key=lambda name: name.first)


def _walked(
    tokens: list[Token], name_at: Callable[[int, int], NameInText | None]
) -> Iterator[NameInText]:
    """Yield the names that `name_at` finds at a word, before the end of its segment."""
    for begin, end in segments(tokens):
        i = begin
        while i < end:
            name = name_at(i, end)
            if name is not None:
                yield name
            i = i + 1 if name is None else name.last


def _name_at(reading: Reading, i: int, end: int) -> NameInText | None:
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
        return name_of(tokens, i, i + count, RULES_CHANCE, " ".join(texts[:count]))
    form = next((form for form in bare_forms(tokens[i].text) if gazetteer.has(form)), None)
    return None if form is None else name_of(tokens, i, i + 1, RULES_CHANCE, form)


def _reads_as_name(tokens: Sequence[Token]) -> bool:
    """Return whether the words after the first are written as those of a name are."""
    if tokens[-1].lower in WORDS["links"]:
        return False
    return all(t.capital or t.lower in WORDS["small-in-names"] or "-" in t.gap for t in tokens[1:])
