"""The days of every event of a version as one number each, worked out once.

Which events pass a query is one truth for each event; with the number of each event's span
of days beside it, the counts of every window are a matter of adding up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from geomap.query import DayCounts
from geomap.query.sql import END, IS_OPEN, IS_VAGUE, START, UNPLACED
from geomap.sql import Sql, sql

Truths = npt.NDArray[np.bool_]

_UNDATED, _UNPLACED = -1, -2
_BITS = 23  # of a day, counted from long before the year 1
_FROM = 1 << (_BITS - 1)


def _day(day: Sql) -> Sql:
    since = sql("datediff('day', DATE '1970-01-01', {})", day)
    return sql("(coalesce({}, {}) + {})", since, 1 - _FROM, _FROM)


SPAN = sql(
    """CASE WHEN event_date IS NULL THEN {undated} WHEN {is_unplaced} THEN {unplaced}
    ELSE ({start} * {days} + {end}) * 4
        + CASE WHEN {is_open} THEN 2 ELSE 0 END + CASE WHEN {is_vague} THEN 1 ELSE 0 END
    END::BIGINT""",
    undated=_UNDATED,
    unplaced=_UNPLACED,
    is_unplaced=UNPLACED,
    start=_day(START),
    end=_day(END),
    days=1 << _BITS,
    is_open=IS_OPEN,
    is_vague=IS_VAGUE,
)
"""SQL for the number that stands for first and last day, open and vague, of an event."""


@dataclass(frozen=True, slots=True)
class Spans:
    """For each event, in the order of the files, which of the distinct spans it has."""

    which: npt.NDArray[np.int32] | npt.NDArray[np.uint16]
    spans: npt.NDArray[np.int64]

    @classmethod
    def of(cls, stretches: Iterable[pa.Table]) -> Spans:
        """Return the spans of tables whose one column `SPAN` made."""
        parts = [part.column(0).combine_chunks() for part in stretches]
        encoded = pa.chunked_array(parts, pa.int64()).dictionary_encode().combine_chunks()
        if isinstance(encoded, pa.ChunkedArray):  # without a chunk there is nothing to combine
            return cls(np.zeros(0, "uint16"), np.zeros(0, "int64"))
        spans = encoded.dictionary.to_numpy()
        narrow = "uint16" if len(spans) <= np.iinfo("uint16").max else "int32"
        return cls(encoded.indices.to_numpy().astype(narrow), spans)

    def counts(self, passes: Truths | None, surely: Truths | None) -> DayCounts:
        """Return the counts of the events that pass.

        Parameters
        ----------
        passes, surely
            For each event whether it passes, and whether it surely does; None when all do,
            and when all that pass surely do.
        """
        everything = self._number(None)
        passed = everything if passes is None else self._number(passes)
        sure = passed if surely is None else self._number(surely)
        dated = self.spans >= 0
        parts = [(part, np.flatnonzero(dated & (part > 0))) for part in (sure, passed - sure)]
        packed = self.spans[np.concatenate([rows for _, rows in parts])]
        groups = {
            "start": (packed >> (2 + _BITS)) - _FROM,
            "end": (packed >> 2 & (1 << _BITS) - 1) - _FROM,
            "is_open": packed >> 1 & 1,
            "is_vague": packed & 1,
            "surely": np.repeat([True, False], [len(rows) for _, rows in parts]),
            "events": np.concatenate([part[rows] for part, rows in parts]),
        }
        left = [everything[self.spans == code].sum() for code in (_UNPLACED, _UNDATED)]
        filtered = (everything - passed)[dated].sum()
        return DayCounts.of(groups, (int(filtered), int(left[0]), int(left[1])))

    def _number(self, kept: Truths | None) -> npt.NDArray[np.int64]:
        which = self.which if kept is None else self.which[kept]
        return np.bincount(which, minlength=len(self.spans))
