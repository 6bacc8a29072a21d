"""The report of one file, gathered column by column: which rows, why, and what to do."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from geomap.model import RowIssue
from geomap.tables import repeated

_CUT = 200

Mask = np.ndarray


class RowLog:
    """Issues of the rows of one table; `rejected` marks the rows that become no event."""

    def __init__(self, rows: pd.Index) -> None:
        self.rows = rows.to_numpy()
        self.rejected: Mask = np.zeros(len(rows), dtype=bool)
        self.duplicate: Mask = np.zeros(len(rows), dtype=bool)
        self._flags: dict[int, dict[str, None]] = {}
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
        for place in np.flatnonzero(where & ~self.rejected):
            value = None if cells is None else cells.iloc[place]
            shown = None if value is None or pd.isna(value) else str(value)[:_CUT]
            self._issues.append(
                RowIssue(
                    int(self.rows[place]),
                    None if cells is None else str(cells.name),
                    shown,
                    code,
                    reason if isinstance(reason, str) else reason(int(place)),
                    remedy,
                    rejected=rejected,
                )
            )
            if flag and not rejected:
                self.flag(int(place), code)
        if rejected:
            self.rejected |= where

    def told(self, code: str) -> Mask:
        """Return which kept rows carry a code already."""
        mask: Mask = np.zeros(len(self.rows), dtype=bool)
        mask[[place for place, codes in self._flags.items() if code in codes]] = True
        return mask

    def flag(self, place: int, code: str) -> None:
        """Let the event at a position carry a code without an issue of its own."""
        self._flags.setdefault(place, {})[code] = None

    def flags(self) -> pd.Series:
        """Return the codes that each row carries, separated by ";", NA where there are none."""
        words: dict[str, int] = {}
        found = np.full(len(self.rows), -1, dtype="int64")
        for place, codes in self._flags.items():
            found[place] = words.setdefault(";".join(codes), len(words))
        return repeated([*words, None], found, pd.RangeIndex(len(found)))

    def issues(self) -> tuple[RowIssue, ...]:
        """Return all issues in the order of the rows."""
        return tuple(sorted(self._issues, key=lambda issue: issue.row))
