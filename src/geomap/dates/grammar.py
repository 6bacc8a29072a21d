"""The house styles in which English news writes dates, as patterns over kinds of tokens.

A pattern (`data/grammar.tsv`) is a regular expression whose words are the kinds of `date_tokens`
("MONTH DAY comma?YEAR"). The mention covers its group, if it has one; the rest is context that
must be there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from geomap.dates.date_tokens import DAY_KINDS, KIND, MONTH_KINDS, Token
from geomap.vocabulary import read_data_rows


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens `first` to `last` (excluded) that a pattern reads as a date, in `context`."""

    name: str
    first: int
    last: int
    context: tuple[int, int]


def _patterns() -> dict[str, re.Pattern[str]]:
    """Return the pattern of each name, over the characters of kinds."""
    parts: dict[str, str] = {}
    patterns = {}
    for name, written in read_data_rows("geomap.dates", "grammar.tsv"):
        source = re.sub("<[A-Z-]+>", lambda part: parts[part[0]], written)
        if name.startswith("<"):
            parts[name] = source
            continue
        # a blank only separates two words; other blanks are there for the reader
        source = re.sub(r"(?<=[A-Za-z]) +(?=[A-Za-z])", "\0", source).replace(" ", "")
        kinds = re.sub(r"[A-Za-z]+", lambda word: KIND[word[0]], source)
        patterns[name] = re.compile(kinds.replace("\0", ""))
    return patterns


PATTERNS = _patterns()


def find_matches(kinds: str, is_false: Callable[[Match], bool]) -> list[Match]:
    """Return every match of every pattern in a text, except those that are false dates.

    `kinds` has one character for each token, from `kinds_of`.
    """
    matches = []
    for name, pattern in PATTERNS.items():
        position = 0
        while hit := pattern.search(kinds, position):
            match = Match(name, *hit.span(hit.lastindex or 0), hit.span())
            position = hit.end()
            if is_false(match):
                position = hit.start() + 1  # it must not hide a match that starts inside it
            else:
                matches.append(match)
    return matches


def longest_of(matches: Collection[Match], length: int) -> list[Match]:
    """Return those of `matches` that do not overlap, in the order of the text.

    Of two that overlap the longer one with its context stays, of equals the first. The text
    has `length` tokens.
    """
    longest_first = sorted(matches, key=lambda it: (it.context[0] - it.context[1], it.first))
    taken = bytearray(length)
    chosen = []
    for match in longest_first:
        if not any(taken[match.first : match.last]):
            chosen.append(match)
            taken[match.first : match.last] = b"\1" * (match.last - match.first)
    return sorted(chosen, key=lambda match: match.first)


def cuts_a_day(match: Match, other: Match, tokens: Sequence[Token]) -> bool:
    """Return whether `match` is `other` without a day that has no month of its own.

    "31 June 2022" is no date, and "June 2022" is not its meaning.
    """
    if not (other.first <= match.first and match.last <= other.last):
        return False
    for rest in (tokens[other.first : match.first], tokens[match.last : other.last]):
        kinds = {token.kind for token in rest}
        if kinds & DAY_KINDS and not kinds & MONTH_KINDS:
            return True
    return False
