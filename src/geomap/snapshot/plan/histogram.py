"""The bars under the map: how many of the drawn events began on each day, week or month."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from geomap.snapshot.plan.view import View

MAX_DAYS_BY_DAY, MAX_DAYS_BY_WEEK = 92, 1200


@dataclass(frozen=True, slots=True)
class Histogram:
    """Bars of a histogram: first moment, length in days and height of each, and the axis."""

    starts: pd.DatetimeIndex
    days: npt.NDArray[np.int64]
    heights: npt.NDArray[np.int64]
    unit: str
    first: pd.Timestamp
    last: pd.Timestamp


def plan_histogram(view: View) -> Histogram | None:
    """Return the bars of the first days of a view's events; None without dates."""
    days = view.events["event_date"].dropna()
    if days.empty:
        return None
    frequency, unit = _unit((days.max() - days.min()).days)
    counts = days.dt.to_period(frequency).value_counts().sort_index()
    starts = counts.index.to_timestamp()
    ends = counts.index.to_timestamp(how="end")
    return Histogram(
        starts,
        np.maximum((ends - starts).days.to_numpy() + 1, 1),
        counts.to_numpy(),
        unit,
        min(starts[0], pd.Timestamp(view.query.start or starts[0])),
        max(starts[-1], pd.Timestamp(view.query.end or starts[-1])),
    )


def _unit(days: int) -> tuple[str, str]:
    if days <= MAX_DAYS_BY_DAY:
        return "D", "day"
    return ("W-SUN", "week") if days <= MAX_DAYS_BY_WEEK else ("M", "month")
