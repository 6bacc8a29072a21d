"""The time control: its files for a Streamlit component, and the data it is given.

It drives the map in the browser and notifies the server on release, by the states `range` (two ISO
days, None for an open end), `mode`, `view`, `place`, `picked` and `drawn`; see
js/time/timeline.js and js/time/timeline_channel.js.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import pandas as pd

from geomap.maps.assets import read_asset
from geomap.symbology.map_choices import Mode

POSSIBLE = "possible"

Window = tuple[date | None, date | None]

_DAY_ZERO = date(1970, 1, 1)


@cache
def timeline_js() -> str:
    """Return the script of the component, with the default export that Streamlit expects."""
    return read_asset("static", "timeline.js")


@cache
def timeline_css() -> str:
    """Return the style; it takes its colours and typeface from Streamlit's theme."""
    return read_asset("static", "timeline.css")


@cache
def timeline_html() -> str:
    """Return the markup: sliders, typed dates, lengths, mode, play and the line of counts."""
    return read_asset("static", "timeline.html")


def timeline_data(
    *,
    channel: str,
    window: Window,
    counts: Mapping[str, int],
    mode: Mode = "window",
    src: str | None = None,
    bits: str | None = None,
    grid: str | None = None,
    served: bool = False,
    selected: int | None = None,
    fit: Mapping[str, Any] | None = None,
    histogram: pd.DataFrame | pd.Series | None = None,
    colours: Mapping[str, str] | None = None,
    furniture: Mapping[str, Any] | None = None,
    first: date | None = None,
    last: date | None = None,
) -> dict[str, Any]:
    """Return the data of the control: JSON values only.

    Parameters
    ----------
    channel
        Name of the channel, the same as the map's.
    window
        First and last day, both included; None for an open end.
    counts
        The seven counts by name for this window, shown until the map has painted.
    mode
        "window", or "cumulative": from the beginning to the last day of the window.
    src, bits, grid
        Addresses, as the map's frame resolves them, of the packed events, of the bits of the
        filters that the server answers, and of the counts on a grid.
    served
        Whether the server counts, on a grid or for the events of a view: the histogram is
        then the one given here, and the window is also reported while it moves.
    selected
        Row in the packed events of the event that is marked on the map.
    fit
        `{"n": number, "bbox": (W, S, E, N) or None}`: each new number moves the map to the
        box, or to the events of the window.
    histogram, colours
        Events for each single day, indexed by day without gaps: a column `possible` and one
        for each category, or one Series; and the colour of each category. Unless `served`
        the map gives the histogram, and this one is drawn until it does.
    furniture
        Graticule, boundaries, tiles and names, passed on to the map; not read here.
    first, last
        First and last day of all events; by default those of the histogram or the window.

    Returns
    -------
    data
        Data of the component.
    """
    bars = None if histogram is None else histogram_data(histogram, colours or {})
    known = sorted(day for day in (first, last, *_days_of(histogram), *window) if day)
    return {
        "channel": channel,
        "src": src,
        "bits": bits,
        "grid": grid,
        "served": served,
        "window": [_iso(day) for day in window],
        "mode": mode,
        "counts": {name: int(n) for name, n in counts.items()},
        "selected": selected,
        "fit": None if fit is None else dict(fit),
        "histogram": bars,
        "furniture": None if furniture is None else dict(furniture),
        "first": _iso(first or (known[0] if known else None)),
        "last": _iso(last or (known[-1] if known else None)),
    }


def histogram_data(
    histogram: pd.DataFrame | pd.Series, colours: Mapping[str, str]
) -> dict[str, Any] | None:
    """Return `histogram` in the form in which the map posts its own; None of no days.

    Parameters
    ----------
    histogram, colours
        As for `timeline_data`.

    Returns
    -------
    message
        Number of the first day since 1970, numbers for each day by category, and how many
        events are only possible on that day.
    """
    table = histogram.to_frame("shown") if isinstance(histogram, pd.Series) else histogram
    if table.empty:
        return None
    series = [
        {"name": str(name), "colour": colours.get(str(name)), "shown": _numbers(table[name])}
        for name in table.columns
        if name != POSSIBLE
    ]
    return {
        "first": (table.index[0].date() - _DAY_ZERO).days,
        "unit": "day",
        "series": series,
        "possible": _numbers(table[POSSIBLE]) if POSSIBLE in table else [0] * len(table),
    }


def _numbers(column: pd.Series) -> list[int]:
    return [int(n) for n in column]


def _days_of(histogram: pd.DataFrame | pd.Series | None) -> tuple[date, ...]:
    """Return the first and the last day of `histogram`, if there are any."""
    if histogram is None or histogram.empty:
        return ()
    return histogram.index[0].date(), histogram.index[-1].date()


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
