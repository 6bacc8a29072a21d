"""What a reader finds in a row: a place for the index, a place for the layer, or a fault."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

from geomap.gazetteer.place_index import Row
from geomap.model import RowIssue, ToponymKind

Drawn = Mapping[str, Any]
"""A GeoJSON feature of a place that an index cannot hold: an outline, dates or sides."""
Found = Row | Drawn | RowIssue

MOST_PEOPLE = 2**32 - 1
_SPACES = re.compile(r"[\s\x00-\x1f\x7f\u2028\u2029]+")
_CODE = re.compile(r"[A-Z][A-Z0-9]{1,9}")
_MOST_WORDS = 5_000
_LARGE = 1 << 28


class Refusal(Exception):  # noqa: N818 - what a row gets, not a fault of the program
    """Why a row cannot be used; its reader turns it into a rejected `RowIssue`."""

    def __init__(
        self, reason: str, remedy: str, *, code: str, column: str | None = None, value: str = ""
    ) -> None:
        super().__init__(reason)
        self.code, self.reason, self.remedy = code, reason, remedy
        self.column, self.value = column, value

    def issue(self, number: int, *, rejected: bool = True) -> RowIssue:
        """Return what is said about the row."""
        value = self.value[:200] or None
        return RowIssue(
            number, self.column, value, self.code, self.reason, self.remedy, rejected=rejected
        )


class Words:
    """Words that an index numbers with two bytes: past the most it can hold, none."""

    def __init__(self) -> None:
        self._known: set[str] = set()

    def kept(self, word: str) -> str:
        """Return the word, or nothing when there are too many different ones."""
        if word not in self._known:
            if len(self._known) >= _MOST_WORDS:
                return ""
            self._known.add(word)
        return word


class Seen:
    """Numbers that were met; small ones take a bit each, so that a whole world fits."""

    def __init__(self) -> None:
        self._bits = bytearray()
        self._large: set[int] = set()

    def before(self, number: int) -> bool:
        """Return whether a number was met before, and remember it."""
        if number >= _LARGE:
            known = number in self._large
            self._large.add(number)
            return known
        byte, bit = number >> 3, 1 << (number & 7)
        if byte >= len(self._bits):
            self._bits.extend(bytes(byte + 65_536 - len(self._bits)))
        known = bool(self._bits[byte] & bit)
        self._bits[byte] |= bit
        return known


def one_line(text: str) -> str:
    """Return a text without the characters that would cut it in the index."""
    return _SPACES.sub(" ", text).strip()


def degrees(text: str, most: float, column: str) -> float:
    """Return a coordinate.

    Raises
    ------
    Refusal
        When it is missing, not a number or out of range.
    """
    remedy = "Write decimal degrees, such as 39.82."
    if not text:
        reason = f"There is no {column}."
        raise Refusal(reason, remedy, code="no_coordinates", column=column)
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if math.isnan(value):
        reason = f"The {column} is not a number."
        raise Refusal(reason, remedy, code="coordinates", column=column, value=text)
    if abs(value) > most:
        reason = f"The {column} is not between -{most:.0f} and {most:.0f}."
        raise Refusal(reason, remedy, code="coordinates", column=column, value=text)
    return value


def known_code(text: str) -> str:
    """Return a feature code as GeoNames writes them, nothing for another text."""
    code = text.strip().upper().rpartition(".")[2]
    return code if _CODE.fullmatch(code) else ""


def kind_of_code(letter: str, code: str) -> ToponymKind | None:
    """Return the kind of a GeoNames feature; None where neither class nor code is known."""
    for start, kind in _BY_CODE:
        if code.startswith(start):
            return kind
    return _BY_CLASS.get(letter.upper())


_BY_CODE = (
    ("PCL", ToponymKind.COUNTRY),
    ("ADM1", ToponymKind.ADMIN1),
    ("ADM2", ToponymKind.ADMIN2),
    ("ADM", ToponymKind.REGION),
    ("PPL", ToponymKind.CITY),
    ("CONT", ToponymKind.CONTINENT),
    ("RGN", ToponymKind.REGION),
    ("ISL", ToponymKind.REGION),
    ("PEN", ToponymKind.REGION),
    ("DSRT", ToponymKind.REGION),
    ("VAL", ToponymKind.REGION),
    ("MTS", ToponymKind.REGION),
    ("RD", ToponymKind.ROAD),
)
_BY_CLASS = {
    "A": ToponymKind.REGION,
    "H": ToponymKind.WATER,
    "L": ToponymKind.REGION,
    "P": ToponymKind.CITY,
    "R": ToponymKind.ROAD,
    "S": ToponymKind.FACILITY,
    "T": ToponymKind.OTHER,
    "U": ToponymKind.WATER,
    "V": ToponymKind.REGION,
}
_BY_WORD = {
    ToponymKind.CITY: "city town village hamlet settlement suburb municipality locality community",
    ToponymKind.COUNTRY: "country nation",
    ToponymKind.ADMIN1: "state province governorate oblast",
    ToponymKind.ADMIN2: "county district rayon",
    ToponymKind.REGION: "region area island islands peninsula valley park",
    ToponymKind.WATER: "river lake sea ocean bay gulf strait reservoir canal",
    ToponymKind.ROAD: "road highway street route motorway railway",
    ToponymKind.ZONE: "zone polygon",
    ToponymKind.FACILITY: "facility airport camp base mine dam hospital school bridge checkpoint",
}
_WORDS = {word: kind for kind, words in _BY_WORD.items() for word in words.split()}
_WORDS |= {kind.value: kind for kind in ToponymKind}


def kind_of_word(text: str) -> ToponymKind | None:
    """Return the kind that a word of a user's table means, None for an unknown word."""
    return _WORDS.get(text.strip().casefold())


def parts_of(text: str) -> Iterator[str]:
    """Yield the names of a cell that lists several, cut at bars, else semicolons, else commas."""
    cut = next((mark for mark in "|;," if mark in text), None)
    yield from filter(None, map(one_line, text.split(cut) if cut else [text]))
