"""Columns judged by their cells or their HXL tags where their names could mislead.

The patterns that users write are regular expressions of RE2 (through pyarrow), matched in a time
that grows with the text only: with Python's own, a pattern such as `(a+)+b` takes years on a cell
of forty letters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from geomap.raw_table import RawTable

if TYPE_CHECKING:
    import pandas as pd

_SAMPLE = 200
_SHARE = 0.9
_PAIR = re.compile(r"\s*\(?\s*-?\d{1,3}[.,]\d+\s*[,;/ ]\s*-?\d{1,3}[.,]\d+\s*\)?\s*")
_CLASSES = frozenset(
    ["city", "town", "village", "hamlet", "suburb", "neighbourhood", "locality", "quarter", "farm",
     "isolated_dwelling", "municipality", "county", "district", "region", "state", "country"]
)  # fmt: skip


def is_filled(table: RawTable, column: str) -> bool:
    """Return whether a column has any cell that is not blank."""
    cells = table.frame[column]
    return any(_filled(part) for part in (cells.head(_SAMPLE), cells.iloc[_SAMPLE:]))


def _filled(cells: pd.Series) -> bool:
    return bool((cells.str.strip() != "").any())


def look_at_places(mapping: dict[str, str], table: RawTable) -> None:
    """Correct which column names the place: one of coordinates or of kinds of places does not."""
    column = mapping.get("place_name")
    if column is None:
        return
    cells = table.frame[column].head(_SAMPLE).dropna().str.strip()
    cells = cells[cells != ""]
    if not len(cells):
        return
    if cells.str.fullmatch(_PAIR).mean() >= _SHARE:
        del mapping["place_name"]
        mapping.setdefault("coordinates", column)
    elif cells.str.casefold().isin(_CLASSES).mean() >= _SHARE and "title" in mapping:
        # "place" is a kind and "name" the place itself, as in data from OpenStreetMap
        mapping["place_name"] = mapping["title"]


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


def is_pattern(pattern: str) -> bool:
    """Return whether a text is a regular expression of RE2."""
    try:
        pc.match_substring_regex(pa.array([""]), pattern)
        fits(pattern, [""])
    except (pa.ArrowInvalid, UnicodeEncodeError):
        return False
    return True


def fits(pattern: str, cells: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Return which cells match a pattern from their first to their last letter."""
    texts = pa.array([cell.encode("utf-8", "replace").decode() for cell in cells], pa.string())
    matches = pc.match_substring_regex(texts, rf"\A(?:{pattern})\z")
    return np.asarray(matches.to_numpy(zero_copy_only=False), dtype=bool)
