"""Names of places among the words of a text: a trained tagger, or rules where there is none.

The tagger is a linear-chain conditional random field (Lafferty, McCallum and Pereira 2001) over
the features of `features`. It was trained on English news; a text in another language, and a
product without the model file, is read by the rules of `rules`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from typing import Any

from geomap.geoparse.features import features
from geomap.geoparse.lexicon import ENGLISH_MARKS
from geomap.geoparse.rules import Reading, find_names
from geomap.geoparse.senses import Mention
from geomap.geoparse.tokens import Token

RULES_CHANCE = 0.75
_LEAST_EXTRA = 0.42
_LEAST_ENGLISH, _LEAST_WORDS = 0.12, 8
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?$")


@lru_cache(maxsize=1)
def tagger() -> Any | None:
    """Return the trained tagger, None where its file was left out."""
    model = resources.files("geomap.geoparse").joinpath("data/recogniser.crfsuite")
    if not model.is_file():
        return None
    import pycrfsuite  # imported here: rules do without it

    made = pycrfsuite.Tagger()
    made.open_inmemory(model.read_bytes())
    return made


def is_english(tokens: Sequence[Token]) -> bool:
    """Return whether a text reads as English: enough of its small words are English ones.

    A text of a few words is English unless it has letters that English lacks.
    """
    words = [token.lower for token in tokens if token.text[0].isalpha()]
    if len(words) < _LEAST_WORDS:
        return all(word.isascii() for word in words if word.islower())
    return sum(word in ENGLISH_MARKS for word in words) / len(words) >= _LEAST_ENGLISH


def find_mentions(reading: Reading, model: Any | None) -> list[Mention]:
    """Return the mentions of places in a text, left to right, not overlapping.

    Parameters
    ----------
    reading
        The words of the text.
    model
        A `pycrfsuite.Tagger` or None for rules alone.
    """
    if model is None or not is_english(reading.tokens):
        return by_rules(reading)
    return by_model(reading, model)


def by_rules(reading: Reading) -> list[Mention]:
    """Return the gazetteer names that the rules allow, in the form that the gazetteer knows."""
    tokens = reading.tokens
    return [
        Mention(
            tokens[name.first].start,
            tokens[name.last - 1].end,
            RULES_CHANCE,
            first=tokens[name.first].first,
            key=name.key,
        )
        for name in find_names(reading, [])
    ]


def by_model(reading: Reading, model: Any) -> list[Mention]:
    """Return what the tagger takes for a name of a place, each with its chance."""
    tokens = reading.tokens
    rows = features(tokens, reading.gazetteer)
    found: list[Mention] = []
    starts = [i for i, token in enumerate(tokens) if token.first or i == 0]
    for begin, end in zip(starts, [*starts[1:], len(tokens)], strict=True):
        if not any(token.capital for token in tokens[begin:end]):
            continue
        labels = model.tag(rows[begin:end])
        outside = [model.marginal("O", i) for i in range(end - begin)]
        found += _mentions(reading, begin, labels, outside)
    return found


def _mentions(
    reading: Reading, begin: int, labels: Sequence[str], outside: Sequence[float]
) -> list[Mention]:
    tokens = reading.tokens
    found = []
    i = 0
    while i < len(labels):
        j = i + 1
        if labels[i] == "O":
            # A word that the best path leaves out although it is about as likely a name.
            if outside[i] > 1 - _LEAST_EXTRA or not tokens[begin + i].capital:
                i = j
                continue
            while j < len(labels) and labels[j] == "O" and outside[j] <= 1 - _LEAST_EXTRA:
                j += 1
        else:
            while j < len(labels) and labels[j].startswith("I"):
                j += 1
        first, last = begin + i, begin + j - 1
        start, stop = tokens[first].start, tokens[last].end
        people = i + 1 == j and reading.gazetteer.demonym(tokens[first].text) is not None
        chance = 1.0 - sum(outside[i:j]) / (j - i)
        found.append(Mention(start, closed(reading.text, start, stop), chance, people,
                             tokens[first].first))  # fmt: skip
        i = j
    return found


def closed(text: str, start: int, end: int) -> int:
    """Return the end of a name with the full stop of its abbreviation ("Calif.", "N.J.")."""
    if text[end : end + 1] != ".":
        return end
    word = text[start:end]
    return end + 1 if _DOTTED.fullmatch(word) or word in _abbreviations() else end


@lru_cache(maxsize=1)
def _abbreviations() -> frozenset[str]:
    """Return the press's abbreviations of states and provinces, without their full stops."""
    data = resources.files("geomap.gazetteer").joinpath("data/subdivision_names.tsv")
    rows = [line.split("\t") for line in data.read_text("utf-8").splitlines()]
    forms = (form for row in rows if len(row) > 2 for form in row[2].split(";"))
    return frozenset(form[:-1] for form in forms if form.endswith(".")) | {"Co", "Twp"}
