"""Words of a text with their offsets, on which every rule of the geoparser works.

A word is a run of letters or digits with their vowel signs, with apostrophes inside
("N'Djamena"), without an English possessive ending and without an article that French or Italian
writes before a name ("l'Iran"). Dotted initials ("U.S.") are one word. Hyphens separate words,
so that both ends of "the A-B road" are words of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

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
            if article and _is_article(word, article.end(), tokens):
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


def _is_article(word: str, end: int, before: list[Token]) -> bool:
    """Return whether the start of a word is an article before a name, not a part of one.

    In "Côte d'Ivoire", one name, a word with a capital stands before it.
    """
    return word[end].isupper() and not (before and before[-1].text[0].isupper())


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
