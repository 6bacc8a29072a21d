"""Names of the gazetteer among words with case endings.

Each word of a name may have an ending of its own ("в Нагорном Карабахе", "из Донецкой области").
The readings of the first word are tried, then each of them with those of the second word that
continue some name, and so on.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from geomap.gazetteer import Gazetteer, normalise_name
from geomap.gazetteer.name_keys import common_words
from geomap.geoparse.data_tables import words_by_language
from geomap.geoparse.morphology import bare_forms
from geomap.geoparse.tokens import Token
from geomap.model import ToponymKind

MOST_WORDS = 5
PLAIN = frozenset({ToponymKind.CITY, ToponymKind.ADMIN2, ToponymKind.FACILITY})
"""Kinds of place of which there are so many that an ordinary word may be the name of one."""
_WIDE = {ToponymKind.COUNTRY: 9.0, ToponymKind.CONTINENT: 9.0, ToponymKind.ADMIN1: 5.5}
_LARGE = 100_000
_OF_CURATED, _OF_REGION, _AS_WRITTEN = 8.5, 7.0, 1.5


class Form(NamedTuple):
    """A reading of one word or several: as text, as key, and whether an ending was removed."""

    text: str
    key: str
    is_bare: bool


class Known(NamedTuple):
    """Words up to `last` that are a name of the gazetteer, in the likeliest form."""

    last: int
    form: Form
    kinds: frozenset[ToponymKind]
    people: int

    @property
    def is_wide(self) -> bool:
        """Whether it is more than a town or a district: few names are."""
        return bool(self.kinds - PLAIN)


def known_names(
    tokens: Sequence[Token], first: int, end: int, language: str, gazetteer: Gazetteer
) -> list[Known]:
    """Return the gazetteer names that start at a word, the longest first, one for each length."""
    names = []
    level = [Form("", "", is_bare=False)]
    for i in range(first, min(end, first + MOST_WORDS)):
        token = tokens[i]
        joined = [_joined(before, word) for before in level
                  for word in readings(token.text, language)]  # fmt: skip
        level = _each_key_once(form for form in joined if form.key)
        forms = [form for form in level if gazetteer.has(form.key)]
        if best := max(filter(None, (_known(i + 1, form, gazetteer) for form in forms)),
                       key=lambda known: _weight(known, gazetteer), default=None):  # fmt: skip
            names.append(best)
        level = [form for form in level if gazetteer.begins(form.key)]
        if not level:
            break
    return names[::-1]


@lru_cache(maxsize=16_384)
def readings(word: str, language: str) -> tuple[Form, ...]:
    """Return the readings of a word: as written, as a short name, without its ending."""
    forms = [Form(word, normalise_name(word), is_bare=False)]
    short = _short_names(language)
    if name := short.get(word.lower()):
        forms.insert(0, Form(name, normalise_name(name), is_bare=False))
    for bare in bare_forms(word, language):
        forms.append(Form(bare, normalise_name(bare), is_bare=True))
        if name := short.get(bare.lower()):
            forms.append(Form(name, normalise_name(name), is_bare=True))
    return tuple(_each_key_once(forms))


@lru_cache(maxsize=64)
def _short_names(language: str) -> dict[str, str]:
    """Return the short names of a language ("ABŞ") with the name that each stands for."""
    pairs = (pair.partition("=") for pair in words_by_language("short").get(language, ()))
    return {short: name for short, _, name in pairs}


def _each_key_once(forms: Iterable[Form]) -> list[Form]:
    """Return the first form of each key: the likelier ones come first."""
    by_key: dict[str, Form] = {}
    for form in forms:
        by_key.setdefault(form.key, form)
    return list(by_key.values())


def _joined(one: Form, other: Form) -> Form:
    if not one.key:
        return other
    return Form(f"{one.text} {other.text}", f"{one.key} {other.key}", one.is_bare or other.is_bare)


def _known(last: int, form: Form, gazetteer: Gazetteer) -> Known | None:
    """Return the name that a form is, None for a machine's spelling, a code or a plain word."""
    facts = gazetteer.facts(form.key)
    if not facts.good:
        return None
    if form.key in common_words() and not (facts.kinds - PLAIN or facts.people >= _LARGE):
        return None
    return Known(last, form, facts.kinds, facts.people)


def _weight(known: Known, gazetteer: Gazetteer) -> float:
    """Return how likely a form is meant among those that the ending allows."""
    best = math.log10(known.people + 1)
    for kind in known.kinds - PLAIN:
        best = max(best, _WIDE.get(kind, _OF_REGION))
    if best < _OF_CURATED and gazetteer.is_curated(known.form.text):
        best = _OF_CURATED
    return best if known.form.is_bare else best + _AS_WRITTEN


def is_large(known: Known, people: int) -> bool:
    """Return whether a name is that of a wide area or of a town of so many people."""
    return known.is_wide or known.people >= people
