"""Names of places among the words of a text: a trained tagger, or rules where there is none.

The tagger is a linear-chain conditional random field (Lafferty, McCallum and Pereira 2001) over
the features of `features`. It was trained on English news; a text in another language, and a
product without the model file, is read by the rules of `rules`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib import resources
from typing import Any

from geomap.gazetteer import normalise_name
from geomap.geoparse.features import features
from geomap.geoparse.lexicon import ENGLISH_MARKS
from geomap.geoparse.rules import Name, Reading, find_names, person
from geomap.geoparse.senses import Mention
from geomap.geoparse.tokens import Token

RULES_CHANCE = 0.75
_LEAST = 0.5
# Annotators disagree on "the Russian minister": two of three corpora count the country named.
_LEAST_PEOPLE = 0.15
_SHARE_OF_OTHERS = 0.3
_LEAST_FOR_A_PERSON = 0.9
_LEAST_ENGLISH, _LEAST_WORDS = 0.12, 8
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?$")


@lru_cache(maxsize=1)
def _model() -> bytes | None:
    """Return the trained model; the tagger reads from these very bytes as long as it lives."""
    file = resources.files("geomap.geoparse").joinpath("data/recogniser.crfsuite")
    return file.read_bytes() if file.is_file() else None


@lru_cache(maxsize=1)
def tagger() -> Any | None:
    """Return the trained tagger, None where its file was left out."""
    if _model() is None:
        return None
    import pycrfsuite  # imported here: rules do without it

    made = pycrfsuite.Tagger()
    made.open_inmemory(_model())
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
            words=(name.first, name.last),
        )
        for name in find_names(reading, [])
    ]


def by_model(reading: Reading, model: Any) -> list[Mention]:
    """Return what the tagger takes for a name of a place, each with its chance."""
    tokens = reading.tokens
    if not tokens:
        return []
    rows = features(reading)
    labels = ["O"] * len(tokens)
    chances = [0.0] * len(tokens)
    starts = [i for i, token in enumerate(tokens) if token.first or i == 0]
    for begin, end in zip(starts, [*starts[1:], len(tokens)], strict=True):
        if any(token.capital for token in tokens[begin:end]):
            labels[begin:end] = model.tag(rows[begin:end])
            chances[begin:end] = [1.0 - model.marginal("O", i) for i in range(end - begin)]
    found = _mentions(reading, labels, _lent(tokens, chances))
    return [m for m in found if m.chance >= _LEAST_FOR_A_PERSON or not _is_person(reading, m)]


def _is_person(reading: Reading, mention: Mention) -> bool:
    first, last = mention.words or (0, 0)
    name = Name(first, last, reading.text[mention.start : mention.end])
    return person(reading, name) is not None


def _lent(tokens: Sequence[Token], chances: Sequence[float]) -> list[float]:
    """Return the chances with a share of what the same word has elsewhere in the document."""
    told: dict[str, list[float]] = defaultdict(list)
    for token, chance in zip(tokens, chances, strict=True):
        if token.capital:
            told[token.lower].append(chance)
    lent = list(chances)
    for i, token in enumerate(tokens):
        others = len(told[token.lower]) - 1 if token.capital else 0
        if others > 0:
            mean = (sum(told[token.lower]) - chances[i]) / others
            lent[i] += _SHARE_OF_OTHERS * (mean - chances[i])
    return lent


def _mentions(reading: Reading, labels: Sequence[str], chances: Sequence[float]) -> list[Mention]:
    tokens = reading.tokens
    found = []
    i = 0
    while i < len(labels):
        token = tokens[i]
        people = token.capital and _means_people(reading, token)
        if labels[i] != "O":
            j = _end(tokens, i, lambda k: labels[k].startswith("I"))
        elif token.capital and chances[i] >= (_LEAST_PEOPLE if people else _LEAST):
            # A word that the best path leaves out although it is as likely a name.
            j = i + 1 if people else _end(
                tokens, i,
                lambda k: labels[k] == "O" and tokens[k].capital and chances[k] >= _LEAST,
            )  # fmt: skip
        else:
            i += 1
            continue
        found.append(
            Mention(
                token.start,
                closed(reading.text, token.start, tokens[j - 1].end),
                sum(chances[i:j]) / (j - i),
                people=people and i + 1 == j,
                first=token.first,
                words=(i, j),
            )
        )
        i = j
    return found


def _end(tokens: Sequence[Token], first: int, goes_on: Callable[[int], bool]) -> int:
    """Return the end of the name that begins at a word, within its sentence."""
    last = first + 1
    while last < len(tokens) and not tokens[last].first and goes_on(last):
        last += 1
    return last


def _means_people(reading: Reading, token: Token) -> bool:
    """Return whether a word is an adjective or a word for people of a country or region."""
    return reading.gazetteer.demonym_place(normalise_name(token.text)) is not None


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
