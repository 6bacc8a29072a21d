"""The words of a snapshot: window, counts, filters, sources, caption.

A figure in a report outlives the screen it was made on, so everything that limits it is
written on it: what was counted out, which filters were set, how sure the dates are.
"""

from __future__ import annotations

from datetime import date

import geopandas as gpd

from geomap.query import EventCounts, EventQuery
from geomap.snapshot.settings import SnapshotSettings

MAX_SOURCES = 6
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)


def day_words(day: date) -> str:
    """Return a day as in "3 March 2023", in English whatever the locale."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def window_words(query: EventQuery) -> str:
    """Return the window in words; both days are included."""
    if query.start and query.end:
        if query.start == query.end:
            return day_words(query.start)
        return f"{day_words(query.start)} to {day_words(query.end)}, both days included"
    if query.start:
        return f"From {day_words(query.start)}"
    if query.end:
        return f"Until {day_words(query.end)}"
    return "All dates"


def source_words(events: gpd.GeoDataFrame) -> str:
    """Return the sources of the drawn events, the most frequent first."""
    names = events["source"].dropna().value_counts().index.tolist()
    if not names:
        return "Sources: not stated"
    more = f" and {len(names) - MAX_SOURCES} more" if len(names) > MAX_SOURCES else ""
    silent = int(events["source"].isna().sum())
    unsaid = f"; not stated for {silent:,}" if silent else ""
    return "Sources: " + "; ".join(map(str, names[:MAX_SOURCES])) + more + unsaid


def as_of_words(settings: SnapshotSettings) -> str:
    """Return the as-of time in words."""
    version = "" if settings.version is None else f", table version {settings.version}"
    return f"As of {settings.as_of:%Y-%m-%d %H:%M} UTC{version}"


def caption(
    events: gpd.GeoDataFrame, query: EventQuery, counts: EventCounts, settings: SnapshotSettings
) -> str:
    """Return a caption to copy under the figure in a report."""
    lines = (
        f"{settings.title}. {window_words(query)}.",
        f"{counts.sentence()}.",
        f"Selection: {query.in_words()}.",
        f"{source_words(events)}.",
        f"{as_of_words(settings)}. Map made with geomap.",
    )
    return " ".join(lines)
