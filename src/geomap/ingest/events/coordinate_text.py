"""Latitudes and longitudes as people write them, column by column, into degrees or a reason.

Decimal degrees with point or comma, with N/E/S/W before or after, degrees-minutes-seconds
in any typography, digits of any script. A cell that cannot be read is reported by a code; it
is never guessed, and a cell without a value is not the same as one that cannot be read.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geomap.tables import repeated

Axis = Literal["latitude", "longitude"]

ABSENT = frozenset({"", "na", "n/a", "n.a.", "-", "--", "\u2013", "\u2014", "?", "unknown", "."})
"""Cells, in lower case, that mean that no coordinate was recorded."""

_LIMITS: dict[Axis, int] = {"latitude": 90, "longitude": 180}
_PLAIN = r"[+-]?[0-9]{1,9}(?:\.[0-9]*)?"
_TINY = 1e-6
_LONGEST = 100
_HEMISPHERES: dict[Axis, dict[str, int]] = {
    "latitude": {"n": 1, "north": 1, "с.ш.": 1, "s": -1, "south": -1, "ю.ш.": -1},
    "longitude": {"e": 1, "east": 1, "в.д.": 1, "w": -1, "west": -1, "з.д.": -1},
}
_LETTERS = sorted(
    {word for words in _HEMISPHERES.values() for word in words}, key=len, reverse=True
)
_LETTER = "|".join(re.escape(word) for word in _LETTERS)
_HEMISPHERE = re.compile(
    rf"^(?:(?P<before>{_LETTER})\s*(?P<a>[^a-z]+)|(?P<b>.+?)\s*(?P<after>{_LETTER}))$"
)
_NOT_FINITE = re.compile(r"^[+-]?(?:inf(?:inity)?|nan|none|null|nil)$|^#\S*[!?/]\S*$")
_DECIMAL = re.compile(r"^(\d+(?:[.,]\d*)?|[.,]\d+)(e[+-]?\d+)?\s*(?:[\u00b0\u00ba\u02da]|deg)?$")
_SEXAGESIMAL = re.compile(
    r"^(\d{1,3})\s*(?:[\u00b0\u00ba\u02dad:]|deg|\s|-(?=\d+\s*-))\s*"
    r"(\d{1,2}(?:[.,]\d+)?)\s*(?:['\u2019\u2018\u2032\u00b4`m:]|min|\s|-|$)\s*"
    r"(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:\"|''|\u2019\u2019|\u2032\u2032|[\u201d\u201c\u2033s]|sec)?)?$"
)
_PACKED: dict[Axis, re.Pattern[str]] = {
    "latitude": re.compile(r"^(\d{2})(\d{2})(\d{2}(?:\.\d+)?)$"),
    "longitude": re.compile(r"^(\d{3})(\d{2})(\d{2}(?:\.\d+)?)$"),
}


@dataclass(frozen=True, slots=True)
class Degrees:
    """One column of coordinates.

    `degrees` is NaN where there is nothing usable; `problem` then holds the code of the reason,
    or NA for an empty cell. `note` is the code of something odd about a value in use.
    """

    degrees: pd.Series
    problem: pd.Series
    note: pd.Series


def plain_numbers(cells: pd.Series, where: np.ndarray) -> np.ndarray:
    """Return the numbers of the cells `where` is true, NaN elsewhere, read all at once.

    Those cells must hold digits with one point at most, and a sign before them or none.
    """
    text = pc.utf8_ltrim(pa.array(cells.where(where), pa.large_string()), "+")
    try:
        numbers = pc.cast(text, pa.float64())
    except pa.ArrowInvalid:  # a form of number that only pandas reads
        return np.asarray(pd.to_numeric(cells.where(where)), dtype="float64")
    return np.asarray(numbers.to_numpy(zero_copy_only=False), dtype="float64")


def read_degrees(cells: pd.Series, axis: Axis) -> Degrees:
    """Return the degrees of a column of text cells, in EPSG:4326."""
    text = cells.fillna("").str.strip()
    plain = text.str.fullmatch(_PLAIN).to_numpy(dtype=bool)
    values = plain_numbers(text, plain).copy()
    problem = np.full(len(text), None, dtype=object)
    note = np.full(len(text), None, dtype=object)
    odd = np.flatnonzero(~plain)
    for place, cell in zip(odd, text.iloc[odd], strict=True):
        # prose, and digits without end, would cost time and fill the memory of past readings
        values[place], problem[place], note[place] = read_angle(cell[:_LONGEST], axis)
    _check_range(values, problem, _LIMITS[axis])
    tiny = (np.abs(values) < _TINY) & (values != 0)
    note[tiny] = "coordinate_tiny"
    index = cells.index
    return Degrees(pd.Series(values, index), _column(problem, index), _column(note, index))


def _column(words: np.ndarray, index: pd.Index) -> pd.Series:
    codes, different = pd.factorize(words)
    return repeated([*different, None], codes, index)


def _check_range(values: np.ndarray, problem: np.ndarray, limit: int) -> None:
    """Turn values beyond the limit into the code of the way in which they are."""
    size = np.abs(values)
    for low, high, code in (
        (limit, 180, "coordinate_out_of_range"),
        (180, 540, "coordinate_wrapped" if limit == 180 else "coordinate_out_of_range"),
        (540, 1000, "coordinate_out_of_range"),
        (1000, np.inf, "coordinate_projected"),
    ):
        hit = (size > max(low, limit)) & (size <= high)
        problem[hit] = code
        values[hit] = np.nan


@lru_cache(maxsize=50_000)
def read_angle(cell: str, axis: Axis) -> tuple[float, str | None, str | None]:
    """Return degrees, the code of a problem, and the code of a note for one cell."""
    text = _plain_signs(cell)
    if text in ABSENT:
        return math.nan, None, None
    if _NOT_FINITE.match(text):
        return math.nan, "coordinate_not_a_number", None
    text, sign, fault = _without_hemisphere(text, axis)
    if fault:
        return math.nan, fault, None
    size, note = _size(text, axis, lettered=sign != 0)
    if size is None:
        return math.nan, "coordinate_unreadable", None
    if not math.isfinite(size):
        return math.nan, "coordinate_not_a_number", None
    is_negative = sign == 0 and _plain_signs(cell).startswith("-")
    if is_negative and "-" not in cell:
        note = note or "coordinate_minus"
    return (-size if sign < 0 or is_negative else size), None, note


def _plain_signs(cell: str) -> str:
    """Return the cell in lower case with plain digits, minus, point and blanks."""
    digits = "".join(
        str(unicodedata.decimal(sign)) if sign.isdecimal() and not sign.isascii() else sign
        for sign in cell.strip()
    )
    swapped = digits.translate(
        {0x2212: "-", 0xFF0D: "-", 0x066B: ".", 0xFF0E: ".", 0xFF0C: ",", 0x00A0: " ", 0x202F: " "}
    )
    if swapped[:1] in {"\u2013", "\u2010", "\u2011"} and len(swapped) > 1:
        swapped = "-" + swapped[1:]
    return swapped.strip().lower()


def _without_hemisphere(text: str, axis: Axis) -> tuple[str, int, str | None]:
    """Return the unsigned rest, the sign of the letter (0 without one), and a fault's code."""
    match = _HEMISPHERE.match(text)
    rest, letter = text, None
    if match and any(sign.isdigit() for sign in text):
        letter = match["before"] or match["after"]
        rest = (match["a"] if match["before"] else match["b"]).strip()
        # "45'36 s" is seconds only where a latitude's letter cannot stand
        if axis == "longitude" and letter == "s" and rest[-1:].isdigit():
            return text.lstrip("+-").strip(), 0, None
    signed = rest[:1] in {"+", "-"}
    unsigned = rest[1:].strip() if signed else rest
    if letter is None:
        return unsigned, 0, None
    sign = _HEMISPHERES[axis].get(letter)
    if sign is None:
        return unsigned, 0, "coordinate_axis"
    if signed and (rest[0] == "-" or sign < 0):
        return unsigned, 0, "coordinate_sign"
    return unsigned, sign, None


def _size(text: str, axis: Axis, *, lettered: bool) -> tuple[float | None, str | None]:
    """Return the degrees without sign, and a note; None when the text is in no known form."""
    packed = _PACKED[axis].match(text) if lettered else None
    if packed:
        return _sum(*packed.groups()), "coordinate_packed"
    decimal = _DECIMAL.match(text)
    if decimal:
        return float(decimal[1].replace(",", ".") + (decimal[2] or "")), None
    parts = _SEXAGESIMAL.match(text)
    if parts is None or (parts[3] is not None and not parts[2].isdigit()):
        return None, None
    return _sum(parts[1], parts[2], parts[3] or "0"), None


def _sum(degrees: str, minutes: str, seconds: str) -> float | None:
    minute, second = float(minutes.replace(",", ".")), float(seconds.replace(",", "."))
    if minute > 60 or second > 60:  # 60.0 itself is what rounding makes of 59.97
        return None
    return int(degrees) + minute / 60 + second / 3600
