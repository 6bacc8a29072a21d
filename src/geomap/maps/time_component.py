"""The time control: its files for a Streamlit component, and the data it is given.

It drives the map in the browser and notifies the server on release, by the states `range` (two ISO
days, None for an open end), `mode`, `view`, `place`, `picked` and `drawn`; see
js/time/timeline.js and js/time/timeline_channel.js.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from geomap.symbology.map_choices import Mode

POSSIBLE = "possible"

Window = tuple[date | None, date | None]

_DAY_ZERO = date(1970, 1, 1)


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
    histogram: pd.DataFrame | None = None,
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
        The eight counts by name for this window, shown until the map has painted.
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
    histogram
        Events for each single day, indexed by day without gaps: a column `possible` and one
        for each category. Unless `served` the map provides the histogram, and this one is
        drawn until it does.
    furniture
        Graticule, boundaries, tiles and names, passed on to the map; not read here.
    first, last
        First and last day of all events; by default those of the histogram or the window.

    Returns
    -------
    data
        Data of the component.
    """
    days = () if histogram is None else (*histogram.index[:1].date, *histogram.index[-1:].date)
    known = sorted(day for day in (first, last, *days, *window) if day)
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
        "histogram": None if histogram is None or histogram.empty else _bars(histogram),
        "furniture": None if furniture is None else dict(furniture),
        "first": _iso(first or (known[0] if known else None)),
        "last": _iso(last or (known[-1] if known else None)),
    }


def _bars(histogram: pd.DataFrame) -> dict[str, Any]:
    """Return a histogram in the form in which the map posts its own.

    The first day is a number since 1970; every category has a number for each day.
    """
    days = {str(name): [int(n) for n in histogram[name]] for name in histogram}
    possible = days.pop(POSSIBLE, [0] * len(histogram))
    return {
        "first": (histogram.index[0].date() - _DAY_ZERO).days,
        "unit": "day",
        "series": [{"name": name, "shown": shown} for name, shown in days.items()],
        "possible": possible,
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
