"""Cells that look like coordinates: angles, pairs of them, references of a grid."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from geomap.ingest.events.axis_words import hemisphere_letter
from geomap.ingest.events.coordinate_text import Axis, read_degrees

ANGLE = r"[+-]?\d{1,3}[.,]\d+"
"""A number like decimal degrees."""

_NUMBER = r"[+-]?\d{1,3}(?:[.,]\d+)?"
_PAIR = (
    re.compile(r"^(.*[NnSs])[,;/\s]+(.*[EeWw])$"),
    re.compile(r"^([^;|/]+)[;|/]([^;|/]+)$"),
    re.compile(r"^([+-]?\d+,\d+),\s*([+-]?\d+,\d+)$"),
    re.compile(r"^([^,\s]+(?:,\d+)?),?\s+([^,\s]+(?:,\d+)?)$"),
    re.compile(rf"^({_NUMBER}),?\s+({_NUMBER})(?:,?\s+-?\d+(?:\.\d+)?){{1,2}}$"),
    re.compile(r"^([^,]+),([^,]+)$"),
)
_EAST_FIRST = re.compile(
    r"^([EW][^NSEW]+|[^NSEW]+[EW])[,;/\s]+([NS][^NSEW]+|[^NSEW]+[NS])$", re.IGNORECASE
)
_AXIS = r"(lat(?:itude)?|lo?ng?(?:itude)?)\s*[:=]?\s*"
_NAMED = re.compile(rf"^{_AXIS}([^a-z]+?)\s*{_AXIS}(.+)$", re.IGNORECASE)
_POINT = re.compile(
    r"^(?:SRID=4326;)?\s*POINT\s*Z?\s*\(\s*([\d.eE+-]+)\s+([\d.eE+-]+)[^)]*\)$", re.IGNORECASE
)

GRID_FORMS = {
    "mgrs": "references of the military grid (MGRS), which geomap does not read",
    "utm": "UTM coordinates, which geomap does not read",
    "plus": "plus codes, which geomap does not read",
}
_GRIDS = {
    "mgrs": r"\d{1,2}\s?[C-HJ-NP-X]\s?[A-HJ-NP-Z]{2}\s?(?:\d{1,5}\s?\d{1,5})?",
    "utm": r"\d{1,2}\s?[C-HJ-NP-X]\s+\d{6}(?:\.\d+)?\s*[mE]*[,\s]+\d{6,7}(?:\.\d+)?\s*[mN]*",
    "plus": r"(?:[23456789CFGHJMPQRVWX]{4,8})\+[23456789CFGHJMPQRVWX]{2,3}",
}
_SHARE = 0.8


def grid_form_of(cells: pd.Series) -> str:
    """Return the kind of grid references that filled cells hold ("mgrs", "utm", "plus"), or ""."""
    if not len(cells):
        return ""
    text = cells.str.strip().str.upper()
    return next((k for k, form in _GRIDS.items() if text.str.fullmatch(form).mean() >= _SHARE), "")


def share_of(cells: pd.Series, letters: str) -> float:
    """Return the share of filled cells that state one of two hemispheres, such as "NS"."""
    filled = cells.dropna()
    filled = filled[filled.str.strip() != ""]
    if not len(filled):
        return 0.0
    return float(filled.map(hemisphere_letter).isin(list(letters)).mean())


_LONGEST_PAIR = 500
"""Characters; two angles with words have under a hundred."""


def decimals_of(cells: pd.Series) -> int:
    """Return with how many digits behind the point numbers were written.

    Zeros at the end are often dropped, so that the tenth with the most digits decides.
    """
    behind = cells.str.strip().str.extract(r"[.,](\d+)", expand=False).fillna("").str.len()
    return int(behind.quantile(0.9, interpolation="higher")) if len(behind) else 0


def halves_of(cells: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return both halves of cells such as "39.76, 46.75"; any other cell goes whole to both."""
    halves = {cell: _both(cell) for cell in cells.dropna().unique()}
    first = cells.map(lambda cell: halves[cell][0], na_action="ignore")
    return first, cells.map(lambda cell: halves[cell][1], na_action="ignore")


def _both(cell: str) -> tuple[str, str]:
    """Return latitude and longitude of one cell; letters or WKT may say that it starts east."""
    text = cell.strip()
    if len(text) > _LONGEST_PAIR:
        return text, text
    if point := _POINT.match(text):
        return point[2], point[1]
    text = text.strip("()[]{}").strip()
    if named := _NAMED.match(text):
        halves = named[2].strip(" ,;"), named[4].strip(" ,;")
        return halves if named[1].lower().startswith("la") else halves[::-1]
    text = text.removeprefix("geo:")
    if east_first := _EAST_FIRST.match(text):
        return east_first[2].strip(), east_first[1].strip()
    pair = next((match for form in _PAIR if (match := form.match(text))), None)
    return (pair[1].strip(), pair[2].strip()) if pair else (text, text)


def pair_share(cells: pd.Series) -> float:
    """Return the share of filled cells that hold two angles with decimals."""
    if not len(cells):
        return 0.0
    first, second = halves_of(cells)
    both = (first != second) & first.str.contains(r"\d[.,]\d|[\u00b0\u00ba'\u2032]")
    if not both.any():
        return 0.0
    axes: tuple[Axis, ...] = ("latitude", "longitude")
    for half in (first, second):
        both &= np.logical_or.reduce([read_degrees(half, axis).degrees.notna() for axis in axes])
    return float(both.mean())
