"""Names of places among the words of a text: a trained tagger, or rules where there is none.

The tagger is a linear-chain conditional random field (Lafferty, McCallum and Pereira 2001) over
the features of `features`. It was trained on English news; a text in another language, and a
product without the model file, is read by the rules of `rules`.
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
from geomap.geoparse.languages import ENGLISH
from geomap.geoparse.rules import LANDS, Name, Reading, find_foreign, find_names, person
from geomap.geoparse.senses import Mention
from geomap.geoparse.token_features import features
from geomap.geoparse.tokens import Token
from geomap.model import ToponymKind

RULES_CHANCE = 0.75
_LEAST = 0.5
# Annotators disagree on "the Russian minister": two of three corpora count the country named.
_LEAST_PEOPLE = 0.15
_SHARE_OF_OTHERS = 0.3
_LEAST_FOR_A_PERSON = 0.9
_MOST_BEFORE = 5
_POSSESSIVE = re.compile(r"['’ʼ]s ")
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


def find_mentions(reading: Reading, model: Any | None) -> list[Mention]:
    """Return the mentions of places in a text, left to right, not overlapping.

    Parameters
    ----------
    reading
        The words of the text.
    model
        A `pycrfsuite.Tagger` or None for rules alone.
    """
    if model is None:
        return by_rules(reading)
    # A sentence of another language is none that the tagger has learnt.
    tokens, languages = reading.tokens, reading.languages
    found = _ruled(reading, find_foreign(reading))
    if ENGLISH in languages:
        found += [
            mention
            for mention in by_model(reading, model)
            if mention.words and languages[tokens[mention.words[0]].sentence] == ENGLISH
        ]
    return sorted(found, key=lambda mention: mention.start)


def by_rules(reading: Reading, begins: Callable[[Token], bool] | None = None) -> list[Mention]:
    """Return the gazetteer names that the rules allow, in the form that the gazetteer knows.

    `begins` says which words may begin a name; all may by default.
    """
    return _ruled(reading, find_names(reading, [], begins))


def _ruled(reading: Reading, names: Sequence[Name]) -> list[Mention]:
    tokens = reading.tokens
    return [
        Mention(
            tokens[name.first].start,
            tokens[name.last - 1].end,
            RULES_CHANCE,
            first=tokens[name.first].first,
            key=name.key,
            words=(name.first, name.last),
            foreign=name.foreign,
        )
        for name in names
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
            for i in range(begin, end):
                if tokens[i].capital or labels[i] != "O":
                    chances[i] = 1.0 - model.marginal("O", i - begin)
    found = _mentions(reading, labels, _lent(tokens, chances))
    return [m for m in found if m.chance >= _LEAST_FOR_A_PERSON or not _is_person(reading, m)]


def _is_person(reading: Reading, mention: Mention) -> bool:
    first, last = mention.words or (0, 0)
    name = Name(first, last, reading.text[mention.start : mention.end])
    return person(reading, name) is not None


def _lent(tokens: Sequence[Token], chances: Sequence[float]) -> list[float]:
    """Return the chances with a share of what the same word has elsewhere in the document."""
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


def _mentions(reading: Reading, labels: Sequence[str], chances: Sequence[float]) -> list[Mention]:
    tokens = reading.tokens
    found = []
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


def widened(mentions: Sequence[Mention], reading: Reading) -> list[Mention]:
    """Return the mentions, those that are the end of a longer known name as that name.

    Known are waters and lands ("Gulf of Aden", of which the tagger may take the end for a town's
    name) and whatever has a possessive in it, which parts words everywhere else.
    """
    found: list[Mention] = []
    for mention in mentions:
        first = _first_word(reading, mention)
        if first is not None:
            start, last = reading.tokens[first].start, (mention.words or (0, 0))[1]
            found = [m for m in found if m.end <= start]
            mention = replace(mention, start=start, words=(first, last))  # noqa: PLW2901
        found.append(mention)
    return found


def _first_word(reading: Reading, mention: Mention) -> int | None:
    """Return where the longer known name begins that ends with a mention, None without one."""
    tokens, first = reading.tokens, (mention.words or (0, 0))[0]
    if mention.words is None or mention.key is not None or tokens[first].first:
        return None
    owned = _POSSESSIVE.fullmatch(tokens[first].gap) is not None
    if not owned and tokens[first - 1].lower not in {"of", "the"}:
        return None
    for begin in range(max(0, first - (1 if owned else _MOST_BEFORE)), first):
        between = tokens[begin + 1 : first]
        whole = not any(t.first for t in [*between, tokens[first]])
        if not whole or not tokens[begin].capital or not all(map(_goes_on, between)):
            continue
        facts = reading.gazetteer.facts(
            normalise_name(reading.text[tokens[begin].start : mention.end])
        )
        if facts.good and (owned or facts.kinds & (LANDS | {ToponymKind.WATER})):
            return begin
    return None


def _goes_on(token: Token) -> bool:
    return token.spaced and (token.capital or token.lower in {"of", "the"})


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
    return end + 1 if _DOTTED.fullmatch(word) or word in _abbreviations() else end


@lru_cache(maxsize=1)
def _abbreviations() -> frozenset[str]:
    """Return the press's abbreviations of states and provinces, without their full stops."""
    data = resources.files("geomap.gazetteer").joinpath("data/subdivision_names.tsv")
    rows = [line.split("\t") for line in data.read_text("utf-8").splitlines()]
    forms = (form for row in rows if len(row) > 2 for form in row[2].split(";"))
    return frozenset(form[:-1] for form in forms if form.endswith(".")) | {"Co", "Twp"}
