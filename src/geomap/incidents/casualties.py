# ruff: noqa: E501 (a pattern broken over lines is harder to read than a long one)
"""How many people a text says were killed; the wounded are never counted in."""

from __future__ import annotations

import re

_WORDS = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "dozen": 12}
_NUMBER = r"(?P<n>\d{1,3}(?:,\d{3})+|\d+|" + "|".join(_WORDS) + r"|twenty-\w+|thirty-\w+)"
_PATTERNS = (
    re.compile(
        rf"\b(?:kill(?:ed|ing|s)|left|claim(?:ed|ing) the lives of)(?: at least| more than| about| around| up to| some| another| as many as)? {_NUMBER}\b(?! (?:people )?(?:wounded|injured|hurt))(?! (?:days?|hours?))(?=[^.;]{{0,40}})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b{_NUMBER}(?: (?!wounded|injured|hurt)[\w-]+){{0,4}} (?:(?:was|were|have been|had been|has been) (?:also )?(?:killed|shot dead)|(?:have |had |has )?died|dead\b)",
        re.IGNORECASE,
    ),
    re.compile(rf"\bdeath toll[^.;]{{0,30}}? (?:to|at|of|reached) {_NUMBER}\b", re.IGNORECASE),
)


def read_fatalities(clause: str) -> int | None:
    """Return the number of people that a clause says were killed; None when it gives none."""
    if re.search(r"\b(?:no one|nobody|none) (?:was|were) (?:killed|hurt)\b", clause, re.IGNORECASE):
        return 0
    for at, pattern in enumerate(_PATTERNS):
        found = pattern.search(clause)
        if found and not (
            at == 0 and found.group().lower().startswith("left") and "dead" not in clause
        ):
            return _number(found["n"].lower())
    return None


def _number(word: str) -> int | None:
    if word[0].isdigit():
        return int(word.replace(",", ""))
    if "-" in word:
        tens, ones = word.split("-", 1)
        return _WORDS.get(tens, 0) + _WORDS.get(ones, 0)
    return _WORDS.get(word)
