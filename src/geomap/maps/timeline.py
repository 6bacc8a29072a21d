"""The time control: its files for a Streamlit component, and the data it is given.

It drives the map in the browser and tells Python on release; see static/timeline.js.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import pandas as pd

from geomap.maps.assets import read_asset

TIMELINE_SCRIPTS = ("days.js", "histogram.js", "timeline_input.js", "timeline.js")

Window = tuple[date | None, date | None]


@cache
def timeline_js() -> str:
    """Return the script of the component, with a default export as Streamlit wants it."""
    names = (*TIMELINE_SCRIPTS, "timeline_component.js")
    return "\n".join(read_asset("static", name) for name in names)


@cache
def timeline_css() -> str:
    """Return the style; it takes its colours and typeface from Streamlit's theme."""
    return read_asset("static", "timeline.css")


@cache
def timeline_html() -> str:
    """Return the markup: slider, typed dates, lengths, play and the line of counts."""
    return read_asset("static", "timeline.html")


def timeline_data(
    *,
    channel: str,
    histogram: pd.DataFrame | pd.Series,
    window: Window,
    counts: Mapping[str, int],
    src: str | None = None,
    selected: int | None = None,
    fit: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return what the control needs: JSON values only.

    Parameters
    ----------
    channel
        Name of the channel, the same as the map's.
    histogram
        Events for each single day, indexed by day without gaps: columns `shown` and
        `possible` as `geomap.query.day_histogram` gives them, or one Series.
    window
        First and last day, both included; None for an open end.
    counts
        The seven counts by name for this window. While the window moves the browser
        recounts shown, possible and outside the dates; the other four stay.
    src
        Address of the packed events, as the map's frame resolves it.
    selected
        The row of the event that is marked on the map.
    fit
        `{"n": number, "bbox": (W, S, E, N) or None}`: each new number moves the map to the
        box, or to the events of the window.
    """
    table = histogram.to_frame("shown") if isinstance(histogram, pd.Series) else histogram
    shown = [int(n) for n in table["shown"]]
    possible = [int(n) for n in table["possible"]] if "possible" in table else [0] * len(shown)
    first = f"{table.index[0]:%Y-%m-%d}" if shown else _first_of(window)
    return {
        "channel": channel,
        "src": src,
        "first": first,
        "shown": shown or [0],
        "possible": possible or [0],
        "window": [None if day is None else day.isoformat() for day in window],
        "counts": {name: int(n) for name, n in counts.items()},
        "selected": selected,
        "fit": None if fit is None else dict(fit),
    }


def _first_of(window: Window) -> str | None:
    known = [day for day in window if day is not None]
    return min(known).isoformat() if known else None
