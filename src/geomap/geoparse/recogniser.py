"""Names of places among the words of a text: a trained tagger, or rules where there is none.

The tagger is a linear-chain conditional random field (Lafferty, McCallum and Pereira 2001) over
the features of `token_features`. It was trained on English news; the rules of `text_names`
read other languages, and everything where the model file is missing.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from importlib import resources
from typing import Any

from geomap.gazetteer import Gazetteer, normalise_name
from geomap.gazetteer.divisions import press_abbreviations
from geomap.geoparse.data_tables import ENGLISH
from geomap.geoparse.reading import LANDS, NameInText, Reading
from geomap.geoparse.refusals import is_person
from geomap.geoparse.text_names import find_foreign_names, find_names
from geomap.geoparse.token_features import features
from geomap.geoparse.tokens import Token

_LEAST = 0.5
# Annotators disagree on "the Russian minister": two of three corpora count the country named.
_LEAST_PEOPLE = 0.15
_SHARE_OF_OTHERS = 0.3
_LEAST_FOR_A_PERSON = 0.9
_NOUNS = {"Co", "Twp"}
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

    model = pycrfsuite.Tagger()
    model.open_inmemory(_model())
    return model


def find_mentions(reading: Reading, model: Any | None) -> list[NameInText]:
    """Return the mentions of places in a text, left to right, not overlapping.

    `model` is a `pycrfsuite.Tagger`, None for rules alone.
    """
    if model is None:
        return find_names(reading)
    # The tagger has learnt nothing about sentences of other languages.
    mentions = find_foreign_names(reading)
    if ENGLISH in reading.languages:
        mentions += [
            mention
            for mention in by_model(reading, model)
            if not reading.is_foreign(reading.tokens[mention.first])
        ]
    return sorted(mentions, key=lambda mention: mention.start)


def by_model(reading: Reading, model: Any) -> list[NameInText]:
    """Return the mentions of places that the tagger finds, each with its chance."""
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
            for i in range(begin, end):
                if tokens[i].capital or labels[i] != "O":
                    chances[i] = 1.0 - model.marginal("O", i - begin)
    mentions = _mentions(reading, labels, _lent(tokens, chances))
    return [
        mention
        for mention in mentions
        if mention.chance >= _LEAST_FOR_A_PERSON
        or not is_person(reading, replace(mention, key=reading.text[mention.start : mention.end]))
    ]


def _lent(tokens: Sequence[Token], chances: Sequence[float]) -> list[float]:
    """Return the chances with a share of those of the same word elsewhere in the document."""
    count, total = Counter[str](), defaultdict[str, float](float)
    for token, chance in zip(tokens, chances, strict=True):
        if token.capital:
            count[token.lower] += 1
            total[token.lower] += chance
    lent = list(chances)
    for i, token in enumerate(tokens):
        others = count[token.lower] - 1 if token.capital else 0
        if others > 0:
            mean = (total[token.lower] - chances[i]) / others
            lent[i] += _SHARE_OF_OTHERS * (mean - chances[i])
    return lent


def _mentions(
    reading: Reading, labels: Sequence[str], chances: Sequence[float]
) -> list[NameInText]:
    tokens = reading.tokens
    mentions = []
    i = 0
    while i < len(labels):
        token = tokens[i]
        people = token.capital and means_people(token.text, reading.gazetteer)
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
        mentions.append(
            NameInText(
                token.start,
                closed(reading.text, token.start, tokens[j - 1].end),
                sum(chances[i:j]) / (j - i),
                people=people and i + 1 == j,
                first=i,
                last=j,
            )
        )
        i = j
    return mentions


def _end(tokens: Sequence[Token], first: int, goes_on: Callable[[int], bool]) -> int:
    """Return the end of the name that begins at a word, within its sentence."""
    last = first + 1
    while last < len(tokens) and not tokens[last].first and goes_on(last):
        last += 1
    return last


def means_people(word: str, gazetteer: Gazetteer) -> bool:
    """Return whether a word is an adjective or a word for people of a country or region.

    A country's or a region's own name is neither, though it may look like a plural.
    """
    key = normalise_name(word)
    return gazetteer.demonym_place(key) is not None and not gazetteer.facts(key).kinds & LANDS


def closed(text: str, start: int, end: int) -> int:
    """Return the end of a name with the full stop of its abbreviation ("Calif.", "N.J.")."""
    if text[end : end + 1] != ".":
        return end
    word = text[start:end]
    dotted = _DOTTED.fullmatch(word) or word in _NOUNS or f"{word}." in press_abbreviations()
    return end + 1 if dotted else end
