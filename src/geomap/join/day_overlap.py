"""The days on which events may have happened and on which places are valid, as numbers."""

from __future__ import annotations

from collections.abc import Iterable

import geopandas as gpd
import numpy as np
import pandas as pd

from geomap.model import DatePrecision
from geomap.typing import Days

ALWAYS = (-(10**9), 10**9)
"""First and last day of a span without limits."""


def event_days(events: gpd.GeoDataFrame) -> tuple[Days, Days]:
    """Return the first and last possible day of each event; an undated one may be any day.

    An open event is known to go on until it was last confirmed, not beyond.

    Parameters
    ----------
    events
        Events table.
    """
    start = _days(events["event_date"], ALWAYS[0])
    is_open = (events["date_precision"] == DatePrecision.OPEN.value).to_numpy(
        dtype=bool, na_value=False
    )
    confirmed = np.maximum(_days(events["last_confirmed"], ALWAYS[0]), start)
    end = np.where(is_open, confirmed, _days(events["event_date_end"], ALWAYS[1]))
    return start, end


def place_days(places: gpd.GeoDataFrame) -> tuple[Days, Days]:
    """Return the first and last day on which each version of a place is valid."""
    return _days(places["valid_from"], ALWAYS[0]), _days(places["valid_to"], ALWAYS[1])


def _days(values: pd.Series, missing: int) -> Days:
    stamps = pd.to_datetime(values).to_numpy().astype("datetime64[D]")
    days: Days = np.where(np.isnat(stamps), missing, stamps.astype("int64"))
    return days


def cover(spans: Iterable[tuple[int, int]], first: int, last: int) -> bool:
    """Return whether spans of days together cover every day from first to last.

    Parameters
    ----------
    spans
        First and last day of each span, both included.
    first, last
        The days to be covered, both included.
    """
    reached = first - 1
    for start, end in sorted(spans):
        if start > reached + 1:
            break
        reached = max(reached, end)
    return reached >= last
