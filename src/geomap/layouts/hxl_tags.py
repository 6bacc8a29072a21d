"""Columns recognised by their HXL tags: a hashtag, and attributes in any order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence


def columns_by_tag(
    patterns: Mapping[str, Sequence[str]], tags: Mapping[str, str]
) -> dict[str, str]:
    """Return for each field the column whose tag fits its first pattern that any fits.

    A pattern such as `#date+start-end` requires the hashtag and the attribute `start` and
    excludes `end`. Of several columns the one with the fewest other attributes is taken.
    No column feeds two fields.
    """
    parsed = {column: _parsed(tag) for column, tag in tags.items()}
    mapping: dict[str, str] = {}
    for field, wanted in patterns.items():
        for pattern in wanted:
            tag, required, excluded = _pattern(pattern)
            fitting = [
                (len(attributes - required), place, column)
                for place, (column, (own, attributes)) in enumerate(parsed.items())
                if own == tag
                and required <= attributes
                and not excluded & attributes
                and column not in mapping.values()
            ]
            if fitting:
                mapping[field] = min(fitting)[2]
                break
    return mapping


def _parsed(tag: str) -> tuple[str, frozenset[str]]:
    own, *attributes = (word.strip().lower() for word in tag.split("+"))
    return own, frozenset(attributes)


def _pattern(pattern: str) -> tuple[str, frozenset[str], frozenset[str]]:
    tag = re.split(r"[+-]", pattern)[0].lower()
    signs = re.findall(r"([+-])(\w+)", pattern.lower())
    return (
        tag,
        frozenset(word for sign, word in signs if sign == "+"),
        frozenset(word for sign, word in signs if sign == "-"),
    )
