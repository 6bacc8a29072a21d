"""Words of a text with their offsets, on which every rule of the geoparser works.

A word is a run of letters or digits with their vowel signs, with apostrophes inside
("N'Djamena"), without an English possessive ending and without an article that French or Italian
writes before a name ("l'Iran"). Dotted initials ("U.S.") are one word. Hyphens separate words,
so that both ends of "the A-B road" are words of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from geomap.dates.dateline import DatelineSpan, find_dateline_span
from geomap.geoparse.data_tables import WORDS

# Signs above, below and beside letters, which a regular expression does not count as letters: of
# Latin, Greek and Cyrillic, Hebrew, Arabic, the scripts of India, Thai, Burmese and Khmer.
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0963\u0971-\u0dff\u0e31-\u0e4e\u102b-\u103e\u17b4-\u17d3"
)
_LETTERS = f"[^\\W_](?:[^\\W_]|[{_MARKS}])*"
_WORD = re.compile(rf"(?:[^\W\d_]\.){{2,}}|{_LETTERS}(?:['’ʻʼʹ`´]{_LETTERS})*")
_POSSESSIVE = re.compile(r"['’ʼ]s$", re.IGNORECASE)
_ELIDED = re.compile(r"(?:[ldnsjmtc]|qu|(?:d|n|s|a|da|co)e?ll|un|quest)['’](?=[^\W\d_])")
_SOFT_GAP = re.compile(r"[ \t\xa0]+\n?[ \t]*|\n[ \t]*|[-‐‑‒–]|['’ʻʼ] ?|\u200c")
_ABBREVIATED = frozenset({"st", "ste", "mt", "ft", "sta", "sto"})
DASHES = frozenset("-‐‑‒–—−")
_END = re.compile(r"[.!?…。։]+[\"'”’»)\]]*(?=\s)")
_BLANK = re.compile(r"\n[ \t\r]*\n\s*")
_LAST_WORD = re.compile(r"([^\s(\[\"“'‘«]+)$")
_OPENER = re.compile(r"[\s\"'“‘«(\[—–-]*")
_LINE_MIN, _LINE_MAX = 45, 100


@dataclass(frozen=True, slots=True)
class Token:
    """One word: offsets of the bare word, and the gap between it and the word before.

    `first` is true for the first word of a sentence; `capital` for one that is written as a
    name is, with an upper-case first letter or in a script without case.
    """

    text: str
    start: int
    end: int
    gap: str
    sentence: int
    first: bool
    lower: str
    capital: bool

    @property
    def all_caps(self) -> bool:
        """Whether every letter is upper case, in a word of three letters or more."""
        return len(self.text) > 2 and self.text.isupper()

    @property
    def spaced(self) -> bool:
        """Whether only white space separates it from the word before."""
        return bool(self.gap) and self.gap.isspace()


def is_caseless(letter: str) -> bool:
    """Return whether a letter is of a script that text does not write with capitals."""
    # Georgian has capitals for headlines only; to Unicode all other Georgian is lower case.
    return letter.lower() == letter.upper() or "\u10d0" <= letter <= "\u10ff"


def tokenise(text: str, bounds: tuple[tuple[int, int], ...]) -> list[Token]:
    """Return the words of `text`; `bounds` are the offsets of its sentences."""
    tokens: list[Token] = []
    for number, (start, end) in enumerate(bounds):
        last, first = start, True
        for match in _WORD.finditer(text, start, end):
            word, at = match.group(), match.start()
            quoted = not word.isalnum()  # most words have no mark at all
            word = _POSSESSIVE.sub("", word) if quoted else word
            article = _ELIDED.match(word) if quoted else None
            if (
                article
                and word[article.end()].isupper()
                and not (
                    tokens and tokens[-1].text[0].isupper()  # "Côte d'Ivoire" is one name
                )
            ):
                tokens.append(_token(text, article.group()[:-1], at, last, number, first=first))
                last, first, at = tokens[-1].end, False, at + article.end()
                word = word[article.end() :]
            tokens.append(_token(text, word, at, last, number, first=first))
            last, first = tokens[-1].end, False
    return tokens


def _token(text: str, word: str, at: int, last: int, sentence: int, *, first: bool) -> Token:
    gap = "\n\n" if first else text[last:at]
    capital = word[0].isupper() or (word[0].isalpha() and is_caseless(word[0]))
    return Token(word, at, at + len(word), gap, sentence, first, word.lower(), capital)


def joins(before: Token, token: Token) -> bool:
    """Return whether `token` may continue a name that `before` is a word of."""
    if token.first:
        return False
    if _SOFT_GAP.fullmatch(token.gap):
        return True
    return before.lower in _ABBREVIATED and token.gap in {". ", "."}


def segments(tokens: list[Token]) -> list[tuple[int, int]]:
    """Return the stretches of words (start, end) within which one name may lie."""
    cuts = [i for i, token in enumerate(tokens) if i == 0 or not joins(tokens[i - 1], token)]
    return list(zip(cuts, [*cuts, len(tokens)][1:], strict=True))


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Return the offsets of each sentence, in order, without the white space around.

    A blank line always ends a sentence; a single line break does unless the text was wrapped
    at a fixed width. The dateline is a sentence of its own, so that the next one starts cleanly.

    Parameters
    ----------
    text
        Text of an article.

    Returns
    -------
    bounds
        Start and end (excluded) of each sentence as offsets into `text`.
    """
    return sentences_beside(find_dateline_span(text), text)


def sentences_beside(dateline: DatelineSpan | None, text: str) -> tuple[tuple[int, int], ...]:
    """Return the same as `sentences` for a text whose dateline is already known."""
    cuts = {0, len(text)}
    cuts.update(match.end() for match in _BLANK.finditer(text))
    cuts.update(match.end() for match in _END.finditer(text) if _ends_here(text, match))
    if not _is_wrapped(text):
        cuts.update(match.end() for match in re.finditer(r"\n", text))
    if dateline is not None:
        cuts = {cut for cut in cuts if not dateline.start < cut < dateline.end}
        cuts.update((dateline.start, dateline.end))
    places = sorted(cuts)
    spans = []
    for start, end in pairwise(places):
        piece = text[start:end]
        if bare := piece.strip():
            first = start + piece.index(bare)
            spans.append((first, first + len(bare)))
    return tuple(spans)


def _ends_here(text: str, match: re.Match[str]) -> bool:
    """Return whether a full stop ends a sentence and not an abbreviation or an initial."""
    after = _OPENER.match(text, match.end())
    following = text[after.end() : after.end() + 1] if after else ""
    if following and following.islower():
        return False
    if text[match.start()] != "." or match.group()[:2] == "..":
        return True
    before = _LAST_WORD.search(text, max(0, match.start() - 30), match.start())
    word = before.group(1) if before else ""
    if len(word) == 1 and word.isalpha() and word.isupper():
        return False
    if "." in word and len(word) <= 5:  # "U.S." may end a sentence: only if a long word follows
        return following == ""
    return word.lower() not in WORDS["abbreviations"] or (word.isupper() and len(word) > 2)


def _is_wrapped(text: str) -> bool:
    """Return whether lines were broken at a fixed width, in the middle of sentences."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 4:
        return False
    broken = sum(1 for line in lines[:-1] if line.rstrip()[-1:] not in ".!?:\"”’'")
    width = median(len(line) for line in lines)
    return _LINE_MIN <= width <= _LINE_MAX and broken > len(lines) / 2
