"""Words of a text with their offsets: what every rule of the geoparser looks at.

A word is a run of letters or digits, with apostrophes inside ("N'Djamena"); an English
possessive ending is left out of it. Dotted initials ("U.S.") are one word. Hyphens part words, so
that both ends of "the A-B road" are words of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}"
    r"|[^\W_]+(?:['’ʻʼʹ`´][^\W_]+)*"
)
_POSSESSIVE = re.compile(r"['’ʼ]s$", re.IGNORECASE)
_SOFT_GAP = re.compile(r"[ \t\xa0]+\n?[ \t]*|\n[ \t]*|[-‐‑‒–]|['’ʻʼ] ?")
_ABBREVIATED = frozenset({"st", "ste", "mt", "ft", "sta", "sto"})
DASHES = frozenset("-‐‑‒–—−")


@dataclass(frozen=True, slots=True)
class Token:
    """One word: offsets of the bare word, and how it is joined to the word before.

    `capital` says whether it is written as a name is: an upper-case first letter, or no case.
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
        """Return whether every letter is upper case, in a word of three letters or more."""
        return len(self.text) > 2 and self.text.isupper()

    @property
    def spaced(self) -> bool:
        """Return whether only white space parts it from the word before."""
        return bool(self.gap) and self.gap.isspace()


def tokenise(text: str, bounds: tuple[tuple[int, int], ...]) -> list[Token]:
    """Return the words of `text`; `bounds` are the offsets of its sentences.

    `first` marks the word that opens a sentence: its capital letter proves nothing.
    """
    found: list[Token] = []
    for number, (start, end) in enumerate(bounds):
        last, first = start, True
        for match in _WORD.finditer(text, start, end):
            word = _POSSESSIVE.sub("", match.group())
            gap = text[last : match.start()] if not first else "\n\n"
            stop = match.start() + len(word)
            found.append(
                Token(word, match.start(), stop, gap, number, first, word.lower(), _is_name(word))
            )
            last, first = stop, False
    return found


def _is_name(word: str) -> bool:
    first = word[0]
    return first.isupper() or (first.isalpha() and first.lower() == first.upper())


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
