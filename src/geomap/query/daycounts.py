"""The eight counts of any window at once: events that pass a query, grouped by their days.

However many events there are, there are only so many different spans of days. Moving a
window over them asks nobody anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from geomap.query.counts import EventCounts
from geomap.query.windows import histogram_of, in_window
from geomap.typing import Days, Mask


@dataclass(frozen=True, slots=True)
class DayCounts:
    """Spans of days with the number of events that have each.

    `start` and `end` are days since 1970, `surely` says whether the events pass the query
    for certain; `filtered`, `unplaced`, `undated` and `hidden` are those that no window shows.
    """

    start: Days
    end: Days
    is_open: Mask
    is_vague: Mask
    surely: Mask
    events: npt.NDArray[np.int64]
    filtered: int
    unplaced: int
    undated: int
    hidden: int = 0

    @classmethod
    def of(
        cls, groups: Mapping[str, np.ndarray], left_out: tuple[int, int, int], hidden: int = 0
    ) -> DayCounts:
        """Return the counts of groups of events.

        Parameters
        ----------
        groups, left_out
            The fields of this class that have an entry for each group; the numbers of events
            that are filtered, unplaced and undated.
        hidden
            How many a person hid.
        """
        days = {name: groups[name].astype("int64") for name in ("start", "end", "events")}
        truths = {name: groups[name].astype(bool) for name in ("is_open", "is_vague", "surely")}
        filtered, unplaced, undated = left_out
        return cls(
            **days,
            **truths,
            filtered=filtered,
            unplaced=unplaced,
            undated=undated,
            hidden=hidden,
        )

    def counts(self, first: date | None, last: date | None) -> EventCounts:
        """Return the eight counts of a window.

        Parameters
        ----------
        first, last
            Both included; None for an open end.
        """
        shown, possible = (int(part.sum()) for part in self.met(first, last))
        passed = int(self.events.sum())
        return EventCounts(
            total=passed + self.filtered + self.unplaced + self.undated + self.hidden,
            shown=shown,
            possible=possible,
            outside_dates=passed - shown - possible,
            filtered=self.filtered,
            unplaced=self.unplaced,
            undated=self.undated,
            hidden=self.hidden,
        )

    def met(self, first: date | None, last: date | None) -> tuple[Days, Days]:
        """Return how many events of each span a window shows, and how many possibly.

        Parameters
        ----------
        first, last
            As for `counts`.
        """
        sure, maybe = in_window(self.start, self.end, self.is_open, self.is_vague, first, last)
        shown = np.where(sure & self.surely, self.events, 0)
        return shown, np.where((sure & ~self.surely) | maybe, self.events, 0)

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day of any event that passes; None when none does."""
        if not len(self.start):
            return None
        ends = np.array([self.start.min(), self.end.max()]).astype("datetime64[D]")
        first, last = ends.astype("object")
        return first, last

    def histogram(self) -> pd.DataFrame:
        """Return how many events each single day would show, as `day_histogram` does."""
        return histogram_of(
            self.start, self.end, self.is_open, self.is_vague, ~self.surely, self.events
        )
