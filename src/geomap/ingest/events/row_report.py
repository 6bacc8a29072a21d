"""The report of one file, gathered column by column: which rows, why, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from geomap.model import RowIssue
from geomap.tables import repeated
from geomap.typing import Mask

_CUT = 200


class RowLog:
    """Issues of the rows of one table; `rejected` marks the rows that become no event."""

    def __init__(self, rows: pd.Index) -> None:
        self.rows = rows.to_numpy()
        self.rejected: Mask = np.zeros(len(rows), dtype=bool)
        self.duplicate: Mask = np.zeros(len(rows), dtype=bool)
        # One bit for each code (there are some 40): a million flagged rows cost 8 MB.
        self._codes: dict[str, int] = {}
        self._bits = np.zeros(len(rows), dtype="uint64")
        self._issues: list[RowIssue] = []

    def tell(
        self,
        where: Mask,
        code: str,
        reason: str | Callable[[int], str],
        remedy: str,
        *,
        cells: pd.Series | None = None,
        rejected: bool = False,
        flag: bool = True,
    ) -> None:
        """List the rows `where` is true, once each for this code.

        A row that is already rejected is not listed again: its first reason stands.

        Parameters
        ----------
        where
            One truth for each row of the table.
        reason
            A sentence, or a function from the position of a row to one.
        cells
            The column that the issue is about.
        rejected, flag
            Whether the row becomes no event; whether a kept row carries the code.
        """
        places = np.flatnonzero(where & ~self.rejected)
        column = None if cells is None else str(cells.name)
        told = [reason] * len(places) if isinstance(reason, str) else map(reason, places.tolist())
        self._issues += [
            RowIssue(row, column, value, code, why, remedy, rejected=rejected)
            for row, value, why in zip(
                self.rows[places].tolist(), _shown(cells, places), told, strict=True
            )
        ]
        if flag and not rejected:
            self._bits[places] |= self._bit(code)
        if rejected:
            self.rejected |= where

    def told(self, code: str) -> Mask:
        """Return which kept rows carry a code already."""
        return np.asarray((self._bits & self._bit(code)) != 0)

    def flag(self, place: int, code: str) -> None:
        """Let the event at a position carry a code without an issue of its own."""
        self._bits[place] |= self._bit(code)

    def _bit(self, code: str) -> np.uint64:
        return np.uint64(1 << self._codes.setdefault(code, len(self._codes)))

    def flags(self) -> pd.Series:
        """Return the codes that each row carries, separated by ";", NA where there are none."""
        different, which = np.unique(self._bits, return_inverse=True)
        words = [
            ";".join(code for code, n in self._codes.items() if int(bits) >> n & 1) or None
            for bits in different
        ]
        return repeated(words, which, pd.RangeIndex(len(self.rows)))

    def issues(self) -> tuple[RowIssue, ...]:
        """Return all issues in the order of the rows."""
        return tuple(sorted(self._issues, key=lambda issue: issue.row))


def _shown(cells: pd.Series | None, places: np.ndarray) -> Sequence[str | None]:
    """Return the cells at some places as the report shows them."""
    if cells is None:
        return [None] * len(places)
    taken = cells.iloc[places]
    missing = taken.isna().to_list()
    values = zip(taken.to_list(), missing, strict=True)
    return [None if absent else str(value)[:_CUT] for value, absent in values]
