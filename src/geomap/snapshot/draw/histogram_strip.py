"""Draw the bars of the days under the map."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib import dates
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.ticker import MaxNLocator

from geomap.snapshot.plan.histogram import Histogram
from geomap.snapshot.plan.themes import Theme


def draw_histogram(axes: Axes, bars: Histogram | None, theme: Theme, size: float) -> None:
    """Draw the bars of a histogram, nothing without dates; `size` is that of letters."""
    if bars is None:
        axes.axis("off")
        return
    to_number: Any = dates.date2num
    left = to_number(bars.starts)
    right = left + bars.days * 0.9
    heights = bars.heights
    corners = [(left, 0 * left), (left, heights), (right, heights), (right, 0 * left)]
    boxes = np.stack([np.column_stack(corner) for corner in corners], axis=1)
    axes.add_collection(PolyCollection(list(boxes), facecolors=theme.bar), autolim=False)
    axes.xaxis_date()
    axes.set_ylim(0, max(heights) * 1.05)
    axes.set_xlim(to_number(bars.first), to_number(bars.last) + int(bars.days[-1]))
    axes.set_ylabel(f"per {bars.unit}", fontsize=size, color=theme.quiet)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=2, integer=True))
    locator: Any = dates.AutoDateLocator(minticks=2, maxticks=9)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    words: Any = dates.ConciseDateFormatter(locator, show_offset=False)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_formatter(words)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(theme.frame)
    axes.set_facecolor("none")
    axes.tick_params(labelsize=size, colors=theme.quiet, length=2)
