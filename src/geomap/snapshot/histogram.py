"""The strip under the map: how many of the drawn events began when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from geomap.snapshot.view import View

MAX_DAYS_BY_DAY, MAX_DAYS_BY_WEEK = 92, 1200
QUIET = "#5b6470"


def draw_histogram(axes: Axes, view: View) -> None:
    """Draw bars by day, week or month of the events' first day; nothing without dates."""
    from matplotlib.ticker import MaxNLocator

    days = view.events["event_date"].dropna()
    if days.empty:
        axes.axis("off")
        return
    unit, word = _unit((days.max() - days.min()).days)
    counts = days.dt.to_period(unit).value_counts().sort_index()
    starts = counts.index.to_timestamp()
    lengths = np.maximum((counts.index.to_timestamp(how="end") - starts).days + 1, 1)
    axes.bar(starts, counts.to_numpy(), width=lengths * 0.9, align="edge", color="#7d8794")
    first = min(starts[0], pd.Timestamp(view.query.start or starts[0]))
    last = max(starts[-1], pd.Timestamp(view.query.end or starts[-1]))
    axes.set_xlim(first, last + pd.Timedelta(days=int(lengths[-1])))
    axes.set_ylabel(f"per {word}", fontsize=6.8, color=QUIET)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=2, integer=True))
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color("#8a929c")
    axes.tick_params(labelsize=6.8, colors=QUIET, length=2)


def _unit(days: int) -> tuple[str, str]:
    if days <= MAX_DAYS_BY_DAY:
        return "D", "day"
    return ("W-SUN", "week") if days <= MAX_DAYS_BY_WEEK else ("M", "month")
