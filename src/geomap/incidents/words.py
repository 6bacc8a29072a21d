"""Finds the words of the lexicon in a text, fast.

One pattern of all lines would be tried at every character. Instead each alternative is
filed under the letters it can begin with, and only word beginnings are looked at.
"""

from __future__ import annotations

import re
import string

from geomap.incidents.lexicon import LEXICON, Trigger

_START = re.compile(r"\b[A-Za-z]")


def _alternatives(pattern: str) -> list[str]:
    """Return the alternatives of a pattern, split at the bars outside of all brackets."""
    parts, depth, last = [], 0, 0
    for at, char in enumerate(pattern):
        escaped = at > 0 and pattern[at - 1] == "\\"
        if char in "([" and not escaped:
            depth += 1
        elif char in ")]" and not escaped:
            depth -= 1
        elif char == "|" and depth == 0:
            parts.append(pattern[last:at])
            last = at + 1
    return [*parts, pattern[last:]]


def _first_letters(pattern: str) -> set[str]:
    """Return the lower-case letters that a match can begin with; all when that is unclear."""
    if pattern[:1].isalpha():
        optional = pattern[1:2] == "?"
        return {pattern[0].lower()} | (_first_letters(pattern[2:]) if optional else set())
    if not pattern.startswith("(?"):
        return set(string.ascii_lowercase)
    close = _closing(pattern)
    inner, rest = pattern[1:close], pattern[close + 1 :]
    if inner.startswith(("?<", "?=", "?!")):
        return _first_letters(rest)
    letters = {a for part in _alternatives(inner.split(":", 1)[1]) for a in _first_letters(part)}
    return letters | (_first_letters(rest[1:]) if rest.startswith("?") else set())


def _closing(pattern: str) -> int:
    depth = 0
    for at, char in enumerate(pattern):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return at
    return len(pattern)


def _filed() -> dict[str, re.Pattern[str]]:
    files: dict[str, dict[int, list[str]]] = {letter: {} for letter in string.ascii_lowercase}
    for number, line in enumerate(LEXICON):
        for part in _alternatives(line.words):
            for letter in _first_letters(part):
                files[letter].setdefault(number, []).append(part)
    return {
        letter: re.compile(
            "|".join(rf"(?P<t{n}>\b(?:{'|'.join(parts)})\b)" for n, parts in lines.items()),
            re.IGNORECASE,
        )
        for letter, lines in files.items()
        if lines
    }


_FILED = _filed()


def find_words(text: str, start: int, end: int) -> list[tuple[int, int, Trigger]]:
    """Return the triggers between two offsets with their offsets, in order."""
    found = []
    at = start
    for first in _START.finditer(text, start, end):
        if first.start() < at:
            continue
        pattern = _FILED.get(first.group().lower())
        match = pattern.match(text, first.start(), end) if pattern else None
        if match:
            found.append((match.start(), match.end(), LEXICON[int((match.lastgroup or "t0")[1:])]))
            at = match.end()
    return found
