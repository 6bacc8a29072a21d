"""Spans of days: which meet a window, and how many events each day has."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd

from geomap.model import DatePrecision
from geomap.typing import Days, Mask

_FIRST, _LAST = -(10**9), 10**9  # days so far off that a window without an end covers all


def histogram_of(
    start: Days, end: Days, is_open: Mask, is_vague: Mask, unsure: Mask, events: Days
) -> pd.DataFrame:
    """Return how many events each single day would show, of spans that stand for `events`."""
    if not len(start):
        return pd.DataFrame({"shown": [], "possible": []}, pd.DatetimeIndex([])).astype("int64")
    first, last = int(start.min()), int(end.max())
    possible = (is_vague & (start != end)) | unsure
    size = last - first + 1
    tail = np.flatnonzero(is_open & (end < last))
    ends = np.full(len(tail), size - 1)
    low, high = start - first, end - first
    return pd.DataFrame(
        {
            "shown": _cover(low[~possible], high[~possible], events[~possible], size),
            "possible": _cover(low[possible], high[possible], events[possible], size)
            + _cover(high[tail] + 1, ends, events[tail], size),
        },
        index=pd.DatetimeIndex(np.arange(first, last + 1).astype("datetime64[D]"), name="day"),
    )


def _cover(starts: Days, ends: Days, events: Days, size: int) -> Days:
    steps = np.zeros(size + 1, dtype="int64")
    np.add.at(steps, starts, events)
    np.subtract.at(steps, ends + 1, events)
    return np.cumsum(steps[:size])


def _days(values: pd.Series) -> Days:
    days: Days = values.to_numpy().astype("datetime64[D]").astype("int64")
    return days


def spans_of(events: gpd.GeoDataFrame) -> tuple[Days, Days, Mask, Mask]:
    """Return first and last certain day, and which events are open or known only vaguely."""
    precision = events["date_precision"]
    is_open = (precision == DatePrecision.OPEN.value).to_numpy(dtype=bool, na_value=False)
    is_day = (precision == DatePrecision.DAY.value).to_numpy(dtype=bool, na_value=False)
    start = _days(events["event_date"])
    confirmed = np.maximum(_days(events["last_confirmed"]), start)  # NaT is below every day
    end = np.where(is_open, confirmed, _days(events["event_date_end"]))
    return start, end, is_open, ~is_day & ~is_open


def in_window(
    start: Days, end: Days, is_open: Mask, is_vague: Mask, first: date | None, last: date | None
) -> tuple[Mask, Mask]:
    """Return which spans of days are surely in a window, and which of the others may be."""
    low = _FIRST if first is None else int(np.datetime64(first, "D").astype("int64"))
    high = _LAST if last is None else int(np.datetime64(last, "D").astype("int64"))
    overlaps = (start <= high) & (end >= low)
    inside = (start >= low) & (end <= high)
    sure = np.where(is_vague, inside, overlaps)
    return sure, (is_vague & overlaps & ~inside) | (is_open & (end < low))
