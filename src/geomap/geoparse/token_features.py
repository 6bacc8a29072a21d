"""What the recogniser sees of each word: its shape, its neighbours, the gazetteer, the document.

Every feature is a short word that a person can read ("-1=near", "g=P5"): the model is a weight for
each of them. The same function serves training and use.
"""

from __future__ import annotations

import gzip
import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from geomap.gazetteer import Gazetteer, normalise_name
from geomap.gazetteer.place_index import ABBREVIATION, ADJECTIVE, CODE, SHORT
from geomap.geoparse import word_lists as words_of
from geomap.geoparse.rules import Reading
from geomap.geoparse.tokens import Token, joins
from geomap.model import ToponymKind

_LETTER = {
    ToponymKind.CITY: "P", ToponymKind.COUNTRY: "C", ToponymKind.ADMIN1: "A",
    ToponymKind.ADMIN2: "B", ToponymKind.REGION: "R", ToponymKind.CONTINENT: "K",
    ToponymKind.WATER: "W", ToponymKind.ROAD: "T", ToponymKind.ZONE: "Z",
    ToponymKind.FACILITY: "F", ToponymKind.NESTED: "N", ToponymKind.OTHER: "O",
}  # fmt: skip
_MOST_WORDS = 7
_LISTS = {
    "title": words_of.TITLES, "org": words_of.ORGANISATION_WORDS, "news": words_of.NEWSPAPERS,
    "treaty": words_of.TREATY_WORDS, "thing": words_of.AFTER_NOT_PLACE,
    "team": words_of.TEAM_AFTER | words_of.TEAM_BEFORE, "ship": words_of.SHIP_BEFORE,
    "says": words_of.SAYS, "loc": words_of.LOCATIVES, "month": words_of.MONTHS_AND_DAYS,
    "noun": frozenset(words_of.FEATURE_NOUNS) | words_of.ROAD_NOUNS,
    "facility": words_of.FACILITY_NOUNS, "side": words_of.SIDES,
}  # fmt: skip
_LOCATED = words_of.STRONG_LOCATIVES | {"of"}


@lru_cache(maxsize=1)
def word_lists() -> dict[str, frozenset[str]]:
    """Return the lists of `data/words.txt.gz`: english, given, surnames."""
    data = resources.files("geomap.geoparse").joinpath("data/words.txt.gz").read_bytes()
    rows = (line.split(" ") for line in gzip.decompress(data).decode().splitlines())
    return {name: frozenset(words) for name, *words in rows}


class _Word(NamedTuple):
    """What a word says by itself, wherever it stands."""

    lower: str
    key: str
    own: tuple[str, ...]
    brief: tuple[str, ...]


@lru_cache(maxsize=65_536)
def _word(text: str) -> _Word:
    lower = text.lower()
    shape = _shape(text)
    lists = word_lists()
    bare = lower.rstrip(".")
    marks = [name for name, words in _LISTS.items() if bare in words]
    marks += [name for name, words in lists.items() if lower in words]
    if lower in words_of.FIRST_NAMES:
        marks.append("given2")
    own = [f"w={lower}", f"s={shape}", *(f"l={mark}" for mark in marks)]
    if len(lower) > 3 and lower.isalpha():
        own += [f"x={lower[-3:]}", f"y={lower[-4:]}", f"p={lower[:3]}"]
    brief = [lower, shape, *(f"l{mark}" for mark in marks)]
    return _Word(lower, normalise_name(text), tuple(own), tuple(brief))


def _shape(text: str) -> str:
    if text.isdigit():
        return f"d{min(len(text), 5)}"
    if "." in text:
        return "A.B."
    if text.isupper():
        return "X" if len(text) == 1 else "XX" if len(text) < 4 else "XXX"
    if text[0].isupper():
        return "Xx" if text[1:].islower() else "XxX"
    return "x" if text.islower() else "o"


def _gap(gap: str) -> str:
    bare = gap.strip()
    if not bare:
        return "_" if gap else "|"
    # Half a pair of surrogates is no character: the tagger could not be told of it.
    return bare[:2].encode("utf-8", "replace").decode()


class Seen(NamedTuple):
    """A gazetteer name among the words [first, last): what it is, as a letter and its size."""

    first: int
    last: int
    label: str
    key: str


def gazetteer_names(tokens: Sequence[Token], gazetteer: Gazetteer) -> list[Seen]:
    """Return the longest gazetteer name that starts at each capitalised word."""
    found = []
    for i, token in enumerate(tokens):
        if not token.capital:
            continue
        text, ends = "", {}
        for j in range(i, min(len(tokens), i + _MOST_WORDS)):
            if j > i and not joins(tokens[j - 1], tokens[j]):
                break
            key = _word(tokens[j].text).key
            if key:
                text = f"{text} {key}" if text else key
                ends[len(text)] = j + 1
        for length in gazetteer.prefixes(text):
            last = ends.get(length)
            if last is not None and tokens[last - 1].capital:
                label = _label(text[:length], token.text, gazetteer)
                if label:
                    found.append(Seen(i, last, label, text[:length]))
                    break
    return found


def _label(key: str, written: str, gazetteer: Gazetteer) -> str:
    """Return "C" for a country, "P5" for a town of 100,000 and the like; "" for a mere code."""
    facts = gazetteer.facts(key)
    for kind in (ToponymKind.COUNTRY, ToponymKind.CONTINENT, ToponymKind.ADMIN1):
        if kind in facts.kinds:
            return _LETTER[kind]
    size = int(math.log10(facts.people + 1))
    if facts.kinds and size < 5 and ToponymKind.ADMIN2 in facts.kinds:
        return f"B{size}"
    if ToponymKind.CITY in facts.kinds:
        return f"P{size}"
    if facts.kinds:
        return _LETTER[min(facts.kinds)]
    if facts.marks & ABBREVIATION and (len(key) > 3 or written.isupper() or "." in written):
        return "a"
    if facts.marks & ADJECTIVE:
        return "j"
    if facts.marks & SHORT:
        return "b"
    return "" if not facts.marks & CODE or not written.isupper() else "c"


class _Document(NamedTuple):
    """What the whole text says of each word that it writes with a capital."""

    small: frozenset[str]
    located: Counter[str]
    named: Counter[str]
    alone: Counter[str]
    counts: Counter[str]


def _document(tokens: Sequence[Token], words: Sequence[_Word]) -> _Document:
    located, named, alone = Counter[str](), Counter[str](), Counter[str]()
    counts = Counter(word.lower for token, word in zip(tokens, words, strict=True) if token.capital)
    lists = word_lists()
    for i, token in enumerate(tokens):
        if not token.capital or i == 0 or token.first:
            continue
        before, lower = words[i - 1], words[i].lower
        if before.lower in words_of.STRONG_LOCATIVES and token.spaced:
            located[lower] += 1
        given = before.lower in lists["given"] or before.lower.rstrip(".") in words_of.TITLES
        if given and tokens[i - 1].capital and (token.spaced or token.gap.strip() == "."):
            named[lower] += 1
        if not tokens[i - 1].capital:
            alone[lower] += 1
    small = frozenset(t.text for t in tokens if t.text[0].islower())
    return _Document(small, located, named, alone, counts)


def _many(count: int) -> str:
    return str(min(count, 2))


def features(reading: Reading) -> list[list[str]]:
    """Return the features of each word of a document."""
    tokens, gazetteer = reading.tokens, reading.gazetteer
    words = [_word(token.text) for token in tokens]
    document = _document(tokens, words)
    seen = gazetteer_names(tokens, gazetteer)
    marks = _gazetteer_marks(seen)
    labels = {one.first: one for one in seen}
    runs = _runs(tokens, words)
    made: list[list[str]] = []
    for i, token in enumerate(tokens):
        word = words[i]
        own = [*word.own, f"gap={_gap(token.gap)}"]
        own += _around(tokens, words, i)
        own += marks.get(i, ())
        if token.capital:
            own += _of_capital(tokens, words, i, document, runs[i])
            own += _after(tokens, labels, i)
            if gazetteer.demonym_place(word.key) is not None:
                own.append("dem")
        made.append(own)
    return made


def _around(tokens: Sequence[Token], words: Sequence[_Word], i: int) -> list[str]:
    made = []
    token = tokens[i]
    if token.first:
        made.append("first")
    else:
        before = words[i - 1]
        made += [f"-1{mark}" for mark in before.brief]
        made.append(f"-1g{_gap(token.gap)}{before.lower}")
        if not tokens[i - 1].first:
            far = words[i - 2]
            made += [f"-2{mark}" for mark in far.brief]
            made.append(f"-2+1{far.lower}_{before.lower}")
    if i + 1 < len(tokens) and not tokens[i + 1].first:
        after = words[i + 1]
        made += [f"+1{mark}" for mark in after.brief]
        made.append(f"+1g{_gap(tokens[i + 1].gap)}{after.brief[1]}")
        if not token.first:
            made.append(f"-+{words[i - 1].lower}_{after.lower}")
        if i + 2 < len(tokens) and not tokens[i + 2].first:
            made += [f"+2{mark}" for mark in words[i + 2].brief]
    else:
        made.append("last")
    return made


def _gazetteer_marks(seen: Sequence[Seen]) -> dict[int, list[str]]:
    """Return the features of gazetteer names: where each begins, goes on and ends, its length."""
    marks: dict[int, list[str]] = defaultdict(list)
    reach = 0
    for one in seen:
        marks[one.first].append(f"gs={one.label}")
        if one.first < reach:
            continue
        reach = one.last
        length = min(one.last - one.first, 3)
        marks[one.first] += [f"gB={one.label}", f"gBn={one.label[0]}{length}"]
        for i in range(one.first + 1, one.last):
            marks[i].append(f"gI={one.label[0]}")
        marks[one.last - 1].append(f"gE={one.label[0]}{length}")
    return marks


class _Run(NamedTuple):
    """Capitalised words [first, last) in a row, and how many of them each list holds."""

    first: int
    last: int
    marks: Counter[str]


def _runs(tokens: Sequence[Token], words: Sequence[_Word]) -> dict[int, _Run]:
    """Return the run of each capitalised word; each run is looked through once."""
    runs: dict[int, _Run] = {}
    i = 0
    while i < len(tokens):
        last = i + 1
        if tokens[i].capital:
            while last < len(tokens) and tokens[last].capital and _one_run(tokens, last):
                last += 1
            marks = Counter(mark for j in range(i, last) for mark in words[j].brief[2:])
            runs.update(dict.fromkeys(range(i, last), _Run(i, last, marks)))
        i = last
    return runs


def _of_capital(
    tokens: Sequence[Token], words: Sequence[_Word], i: int, document: _Document, run: _Run
) -> list[str]:
    word = words[i]
    lower = word.lower
    made = [
        f"dl{_many(document.located[lower])}",
        f"dn{_many(document.named[lower])}",
        f"da{_many(document.alone[lower])}",
        f"dc{_many(document.counts[lower] - 1)}",
    ]
    if lower in document.small:
        made.append("small")
    first, last = run.first, run.last
    made.append(f"run{min(last - first, 4)}.{min(i - first, 3)}")
    own = word.brief[2:]
    made += [f"r{mark}" for mark, count in run.marks.items() if count > own.count(mark)]
    if first > 0 and not tokens[first].first:
        made.append(f"rb{words[first - 1].lower}")
        made += [f"rb{mark}" for mark in words[first - 1].brief[2:]]
    else:
        made.append("rb^")
    if last < len(tokens) and not tokens[last].first:
        made.append(f"ra{_gap(tokens[last].gap)}{words[last].lower}")
    made.append(f"rl{words[last - 1].lower}")
    made.append(f"rf{words[first].lower}")
    return made


def _one_run(tokens: Sequence[Token], i: int) -> bool:
    """Return whether word i goes on the run of capitalised words before it."""
    return not tokens[i].first and (tokens[i].spaced or tokens[i].gap.strip() in {"-", "."})


def _after(tokens: Sequence[Token], labels: dict[int, Seen], i: int) -> list[str]:
    """Return what gazetteer name follows or precedes the run after a comma ("Paris, Texas")."""
    made = []
    for j in range(i + 1, min(i + 4, len(tokens))):
        if tokens[j].first:
            break
        if tokens[j].gap.strip() == "," and j in labels:
            made.append(f"ac{labels[j].label[0]}{j - i}")
            break
        if not tokens[j].capital:
            break
    if not tokens[i].first and tokens[i].gap.strip() == ",":
        for j in range(max(0, i - 3), i):
            if j in labels and labels[j].last == i:
                made.append(f"bc{labels[j].label}")
                break
    return made
