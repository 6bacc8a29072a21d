"""Features of each word for the recogniser: its shape, its neighbours, the gazetteer, the text.

Every feature is a short word that a person can read ("-1near", "gs=P5"): the model is a weight for
each of them. The same function serves training and use.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from geomap.gazetteer import normalise_name
from geomap.geoparse.data_tables import WORDS, long_lists
from geomap.geoparse.reading import Reading, SeenName, find_seen_names
from geomap.geoparse.tokens import Token

_LISTS = {
    mark: WORDS[name]
    for mark, name in {
        "title": "titles", "org": "organisations", "news": "newspapers", "treaty": "treaties",
        "thing": "after-not-place", "team": "teams", "ship": "ships", "says": "says",
        "loc": "locatives", "month": "months", "noun": "nouns", "facility": "facilities",
        "side": "sides",
    }.items()
}  # fmt: skip


class _Word(NamedTuple):
    """A word by itself: its features, and those in brief that it has as a neighbour."""

    lower: str
    key: str
    own: tuple[str, ...]
    brief: tuple[str, ...]


@lru_cache(maxsize=65_536)
def _word(text: str) -> _Word:
    lower = text.lower()
    shape = _shape(text)
    bare = lower.rstrip(".")
    marks = [name for name, words in _LISTS.items() if bare in words]
    marks += [name for name, words in long_lists().items() if lower in words]
    if lower in WORDS["first-names"]:
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
    # Half a pair of surrogates is no character: the tagger cannot take it.
    return bare[:2].encode("utf-8", "replace").decode()


class _Document(NamedTuple):
    """How often the text has each word with a capital in some context; its small words."""

    small: frozenset[str]
    located: Counter[str]
    named: Counter[str]
    alone: Counter[str]
    counts: Counter[str]


def _document(tokens: Sequence[Token], words: Sequence[_Word]) -> _Document:
    located, named, alone = Counter[str](), Counter[str](), Counter[str]()
    counts = Counter(word.lower for token, word in zip(tokens, words, strict=True) if token.capital)
    given_names = long_lists()["given"]
    for i, token in enumerate(tokens):
        if not token.capital or i == 0 or token.first:
            continue
        before, lower = words[i - 1], words[i].lower
        if before.lower in WORDS["strong-locatives"] and token.spaced:
            located[lower] += 1
        given = before.lower in given_names or before.lower.rstrip(".") in WORDS["titles"]
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
    seen = find_seen_names(tokens, gazetteer)
    in_gazetteer = _gazetteer_marks(seen)
    labels = {name.first: name for name in seen}
    runs = _runs(tokens, words)
    rows: list[list[str]] = []
    for i, token in enumerate(tokens):
        word = words[i]
        own = [*word.own, f"gap={_gap(token.gap)}"]
        own += _around(tokens, words, i)
        own += in_gazetteer.get(i, ())
        if token.capital:
            own += _of_capital(tokens, words, i, document, runs[i])
            own += _after(tokens, labels, i)
            if gazetteer.demonym_place(word.key) is not None:
                own.append("dem")
        rows.append(own)
    return rows


def _around(tokens: Sequence[Token], words: Sequence[_Word], i: int) -> list[str]:
    marks = []
    token = tokens[i]
    if token.first:
        marks.append("first")
    else:
        before = words[i - 1]
        marks += [f"-1{mark}" for mark in before.brief]
        marks.append(f"-1g{_gap(token.gap)}{before.lower}")
        if not tokens[i - 1].first:
            far = words[i - 2]
            marks += [f"-2{mark}" for mark in far.brief]
            marks.append(f"-2+1{far.lower}_{before.lower}")
    if i + 1 < len(tokens) and not tokens[i + 1].first:
        after = words[i + 1]
        marks += [f"+1{mark}" for mark in after.brief]
        marks.append(f"+1g{_gap(tokens[i + 1].gap)}{after.brief[1]}")
        if not token.first:
            marks.append(f"-+{words[i - 1].lower}_{after.lower}")
        if i + 2 < len(tokens) and not tokens[i + 2].first:
            marks += [f"+2{mark}" for mark in words[i + 2].brief]
    else:
        marks.append("last")
    return marks


def _gazetteer_marks(seen: Sequence[SeenName]) -> dict[int, list[str]]:
    """Return the features of gazetteer names: where each begins, goes on and ends, its length."""
    marks: dict[int, list[str]] = defaultdict(list)
    reach = 0
    for name in seen:
        marks[name.first].append(f"gs={name.label}")
        if name.first < reach:
            continue
        reach = name.last
        length = min(name.last - name.first, 3)
        marks[name.first] += [f"gB={name.label}", f"gBn={name.label[0]}{length}"]
        for i in range(name.first + 1, name.last):
            marks[i].append(f"gI={name.label[0]}")
        marks[name.last - 1].append(f"gE={name.label[0]}{length}")
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
    marks = [
        f"dl{_many(document.located[lower])}",
        f"dn{_many(document.named[lower])}",
        f"da{_many(document.alone[lower])}",
        f"dc{_many(document.counts[lower] - 1)}",
    ]
    if lower in document.small:
        marks.append("small")
    first, last = run.first, run.last
    marks.append(f"run{min(last - first, 4)}.{min(i - first, 3)}")
    own = word.brief[2:]
    marks += [f"r{mark}" for mark, count in run.marks.items() if count > own.count(mark)]
    if first > 0 and not tokens[first].first:
        marks.append(f"rb{words[first - 1].lower}")
        marks += [f"rb{mark}" for mark in words[first - 1].brief[2:]]
    else:
        marks.append("rb^")
    if last < len(tokens) and not tokens[last].first:
        marks.append(f"ra{_gap(tokens[last].gap)}{words[last].lower}")
    marks.append(f"rl{words[last - 1].lower}")
    marks.append(f"rf{words[first].lower}")
    return marks


def _one_run(tokens: Sequence[Token], i: int) -> bool:
    """Return whether word i continues the run of capitalised words before it."""
    return not tokens[i].first and (tokens[i].spaced or tokens[i].gap.strip() in {"-", "."})


def _after(tokens: Sequence[Token], labels: dict[int, SeenName], i: int) -> list[str]:
    """Return the features of a gazetteer name beside the run and a comma ("Paris, Texas")."""
    marks = []
    for j in range(i + 1, min(i + 4, len(tokens))):
        if tokens[j].first:
            break
        if tokens[j].gap.strip() == "," and j in labels:
            marks.append(f"ac{labels[j].label[0]}{j - i}")
            break
        if not tokens[j].capital:
            break
    if not tokens[i].first and tokens[i].gap.strip() == ",":
        for j in range(max(0, i - 3), i):
            if j in labels and labels[j].last == i:
                marks.append(f"bc{labels[j].label}")
                break
    return marks
