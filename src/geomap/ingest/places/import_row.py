"""Result of parsing one imported row: a place for the index or for the layer, or an issue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from geomap.gazetteer.place_index import Row
from geomap.model import RowIssue

DrawnPlace = Mapping[str, Any]
"""A GeoJSON feature of a place that an index cannot hold: an outline, dates or sides."""
ImportRow = Row | DrawnPlace | RowIssue

MOST_PEOPLE = 2**32 - 1
_MOST_WORDS = 5_000
_LARGE = 1 << 28


class RowFault(Exception):  # noqa: N818 - a fault of a row, not of the program
    """Why a row cannot be used; its reader turns it into a rejected `RowIssue`."""

    def __init__(
        self, reason: str, remedy: str, *, code: str, column: str | None = None, value: str = ""
    ) -> None:
        super().__init__(reason)
        self.code, self.reason, self.remedy = code, reason, remedy
        self.column, self.value = column, value

    def issue(self, number: int, *, rejected: bool = True) -> RowIssue:
        """Return the issue of the row with this number."""
        value = self.value[:200] or None
        return RowIssue(
            number, self.column, value, self.code, self.reason, self.remedy, rejected=rejected
        )


class BoundedWords:
    """Words that an index numbers with two bytes: past the most it can hold, none."""

    def __init__(self) -> None:
        self._known: set[str] = set()

    def add(self, word: str) -> str:
        """Return the word, or "" when there are too many different ones."""
        if word not in self._known:
            if len(self._known) >= _MOST_WORDS:
                return ""
            self._known.add(word)
        return word


class SeenNumbers:
    """Numbers that were met; small ones take a bit each, so that a whole world fits."""

    def __init__(self) -> None:
        self._bits = bytearray()
        self._large: set[int] = set()

    def add(self, number: int) -> bool:
        """Remember a number, and return whether it was met before."""
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
