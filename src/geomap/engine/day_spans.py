"""The days of every event of a version as one number each, worked out once.

Whether an event matches a query is one bit. With the number of the event's span of days
beside it, the counts of every window are sums over the distinct spans.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from geomap.query import DayCounts
from geomap.query.sql_conditions import END, IS_OPEN, IS_VAGUE, START, UNPLACED
from geomap.sql import Sql, sql
from geomap.typing import Days, Mask

_UNDATED, _UNPLACED, _HIDDEN = -1, -2, -3
_BITS = 23  # of a day, counted from long before the year 1
_FIRST = 1 << (_BITS - 1)


def _day(day: Sql) -> Sql:
    since = sql("datediff('day', DATE '1970-01-01', {})", day)
    return sql("(coalesce({}, {}) + {})", since, 1 - _FIRST, _FIRST)


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
"""SQL for the number that holds first and last day, open and vague, of an event."""


@dataclass(frozen=True, slots=True)
class DaySpans:
    """For each event, in the order of the files, the position of its span among the distinct."""

    position: npt.NDArray[np.int32] | npt.NDArray[np.uint16]
    spans: Days

    @classmethod
    def of(cls, chunks: Iterable[pa.Table]) -> DaySpans:
        """Return the spans of tables whose one column holds numbers that `SPAN` made."""
        parts = [chunk.column(0).combine_chunks() for chunk in chunks]
        encoded = pa.chunked_array(parts, pa.int64()).dictionary_encode().combine_chunks()
        if isinstance(encoded, pa.ChunkedArray):  # without a chunk there is nothing to combine
            return cls(np.zeros(0, "uint16"), np.zeros(0, "int64"))
        spans = encoded.dictionary.to_numpy()
        narrow = "uint16" if len(spans) <= np.iinfo("uint16").max else "int32"
        return cls(encoded.indices.to_numpy().astype(narrow), spans)

    def hiding(self, rows: Days) -> DaySpans:
        """Return the spans with events counted as hidden, whatever their days.

        Parameters
        ----------
        rows
            Positions of these events.
        """
        if not len(rows):
            return self
        code = len(self.spans)
        position = self.position.astype("int32")
        position[rows] = code
        return DaySpans(position, np.append(self.spans, _HIDDEN))

    def counts(self, matches: Mask | None, certain: Mask | None) -> DayCounts:
        """Return the counts of the events that match; None for a mask that holds for all."""
        everything = self._events_by_span(None)
        matching = everything if matches is None else self._events_by_span(matches)
        sure = matching if certain is None else self._events_by_span(certain)
        dated = self.spans >= 0
        parts = [(part, np.flatnonzero(dated & (part > 0))) for part in (sure, matching - sure)]
        packed = self.spans[np.concatenate([rows for _, rows in parts])]
        groups = {
            "start": (packed >> (2 + _BITS)) - _FIRST,
            "end": (packed >> 2 & (1 << _BITS) - 1) - _FIRST,
            "is_open": packed >> 1 & 1,
            "is_vague": packed & 1,
            "surely": np.repeat([True, False], [len(rows) for _, rows in parts]),
            "events": np.concatenate([part[rows] for part, rows in parts]),
        }
        unplaced, undated, hidden = (
            int(everything[self.spans == code].sum()) for code in (_UNPLACED, _UNDATED, _HIDDEN)
        )
        filtered = int((everything - matching)[dated].sum())
        return DayCounts.of(groups, (filtered, unplaced, undated), hidden)

    def _events_by_span(self, mask: Mask | None) -> npt.NDArray[np.int64]:
        position = self.position if mask is None else self.position[mask]
        return np.bincount(position, minlength=len(self.spans))
