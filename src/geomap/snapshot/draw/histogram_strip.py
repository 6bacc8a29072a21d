"""The strip under the map: how many of the drawn events began when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geomap.snapshot.plan.themes import Theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from geomap.snapshot.plan.view import View

MAX_DAYS_BY_DAY, MAX_DAYS_BY_WEEK = 92, 1200


def draw_histogram(axes: Axes, view: View, theme: Theme, size: float) -> None:
    """Draw bars by day, week or month of the events' first day; nothing without dates."""
    from matplotlib import dates
    from matplotlib.collections import PolyCollection
    from matplotlib.ticker import MaxNLocator

    days = view.events["event_date"].dropna()
    if days.empty:
        axes.axis("off")
        return
    unit, word = _unit((days.max() - days.min()).days)
    counts = days.dt.to_period(unit).value_counts().sort_index()
    starts = counts.index.to_timestamp()
    lengths = np.maximum((counts.index.to_timestamp(how="end") - starts).days + 1, 1)
    to_number: Any = dates.date2num
    left = to_number(starts)
    right = left + lengths * 0.9
    heights = counts.to_numpy()
    corners = [(left, 0 * left), (left, heights), (right, heights), (right, 0 * left)]
    bars = np.stack([np.column_stack(corner) for corner in corners], axis=1)
    axes.add_collection(PolyCollection(list(bars), facecolors=theme.bar), autolim=False)
    axes.xaxis_date()
    axes.set_ylim(0, max(heights) * 1.05)
    first = min(starts[0], pd.Timestamp(view.query.start or starts[0]))
    last = max(starts[-1], pd.Timestamp(view.query.end or starts[-1]))
    axes.set_xlim(to_number(first), to_number(last) + int(lengths[-1]))
    axes.set_ylabel(f"per {word}", fontsize=size, color=theme.quiet)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=2, integer=True))
    locator: Any = dates.AutoDateLocator(minticks=2, maxticks=9)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    words: Any = dates.ConciseDateFormatter(locator, show_offset=False)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_formatter(words)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(theme.frame)
    axes.set_facecolor("none")
    axes.tick_params(labelsize=size, colors=theme.quiet, length=2)


def _unit(days: int) -> tuple[str, str]:
    if days <= MAX_DAYS_BY_DAY:
        return "D", "day"
    return ("W-SUN", "week") if days <= MAX_DAYS_BY_WEEK else ("M", "month")
