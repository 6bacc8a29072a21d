"""Columns judged by their cells where their names could mislead."""

from __future__ import annotations

import re

import pandas as pd

from geomap.raw_table import RawTable

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
