"""The report of one file, gathered column by column: which rows, why, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

import numpy as np
import pandas as pd

from geomap.model import RowIssue
from geomap.paths import packaged_rows
from geomap.tables import repeated
from geomap.typing import Mask

_CUT = 200


@cache
def issue_sentences() -> dict[str, tuple[str, str]]:
    """Return the reason and the remedy of each kind of issue, from `data/row_issues.tsv`."""
    rows = packaged_rows("geomap.ingest.events", "row_issues.tsv")
    return {key: (reason, remedy) for key, reason, remedy in rows}


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

    def add(
        self,
        where: Mask,
        key: str,
        *,
        cells: pd.Series | None = None,
        rejected: bool = False,
        flag: bool = True,
        details: Callable[[int], Mapping[str, object]] | None = None,
        **words: object,
    ) -> None:
        """Record an issue for every row in the mask that is not rejected already.

        Parameters
        ----------
        where
            One truth for each row of the table.
        key
            Of `data/row_issues.tsv`: the code, or the code and its meaning ("code/meaning").
        cells
            The column that the issue is about.
        rejected, flag
            Whether the row becomes no event; whether a kept row carries the code.
        details, words
            What fills the braces of the reason: for the row at a position, and for all rows.
        """
        code = key.partition("/")[0]
        reason, remedy = issue_sentences()[key]
        places = np.flatnonzero(where & ~self.rejected)
        column = None if cells is None else str(cells.name)
        if details is None:
            reasons = [reason.format(**words) if words else reason] * len(places)
        else:
            reasons = [reason.format(**details(place), **words) for place in places.tolist()]
        self._issues += [
            RowIssue(row, column, value, code, why, remedy, rejected=rejected)
            for row, value, why in zip(
                self.rows[places].tolist(), _shown(cells, places), reasons, strict=True
            )
        ]
        if rejected:
            self.rejected |= where
        elif flag:
            self._bits[places] |= self._bit(code)

    def has_code(self, code: str) -> Mask:
        """Return which kept rows carry a code already."""
        return np.asarray((self._bits & self._bit(code)) != 0)

    def flag_rows(self, issues: Iterable[RowIssue]) -> None:
        """Let events carry the codes of issues that the reader of the file recorded."""
        places: dict[int, int] = {}
        for issue in issues:
            places = places or {int(row): place for place, row in enumerate(self.rows)}
            if issue.row in places:
                self._bits[places[issue.row]] |= self._bit(issue.code)

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
    values = zip(taken.to_list(), taken.isna().to_list(), strict=True)
    return [None if absent else str(value)[:_CUT] for value, absent in values]
