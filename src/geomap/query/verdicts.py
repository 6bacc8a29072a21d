"""What becomes of each event under a query, and the seven counts that add up.

Every event of a table gets exactly one verdict, the first that fits it of undated,
unplaced, filtered, outside the dates, possible, shown. Nothing is dropped without being
counted, so the six counts always add up to the total.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from geomap.model import DatePrecision
from geomap.query.areas import in_area
from geomap.query.criteria import NOT_STATED, EventQuery
from geomap.typing import Days, Mask

SEARCHED = (
    "title",
    "notes",
    "actor1",
    "actor2",
    "place_name",
    "event_type",
    "sub_event_type",
)
"""Columns that a text search looks into."""

_FIRST, _LAST = -(10**9), 10**9  # days so far off that a window without an end covers all


class Verdict(StrEnum):
    """What became of an event, in the order in which the verdicts are tried."""

    UNDATED = "undated"
    UNPLACED = "unplaced"
    FILTERED = "filtered"
    OUTSIDE_DATES = "outside_dates"
    POSSIBLE = "possible"
    SHOWN = "shown"


VISIBLE = (Verdict.SHOWN, Verdict.POSSIBLE)


@dataclass(frozen=True, slots=True)
class EventCounts:
    """The seven numbers; the last six add up to the first."""

    total: int
    shown: int
    possible: int
    outside_dates: int
    filtered: int
    unplaced: int
    undated: int

    def as_dict(self) -> dict[str, int]:
        """Return the numbers by name, in the order in which they are read out."""
        return {part.name: getattr(self, part.name) for part in fields(self)}

    def sentence(self) -> str:
        """Return the numbers as one line for a person."""
        return (
            f"{self.shown:,} shown + {self.possible:,} possible of {self.total:,} · "
            f"{self.outside_dates:,} outside the dates · {self.filtered:,} filtered · "
            f"{self.unplaced:,} unplaced · {self.undated:,} undated"
        )


def classify_events(
    events: gpd.GeoDataFrame, query: EventQuery, *, joins: pd.DataFrame | None = None
) -> pd.Series:
    """Return the verdict on each event, as a categorical column on the events' index.

    A precision of a day means every day of the span: the event is shown when it overlaps
    the window. A week, month, year or range means some day of it: shown when the whole
    span lies in the window, possible when it only overlaps. An open event is shown up to
    the day on which it was last confirmed and possible from there on. An event that only
    possibly lies at a place that is asked for is possible at best.

    Parameters
    ----------
    events, query
        Events table; criteria.
    joins
        Table of which event lies at which place; without it only the places that the
        events name themselves count for `query.place_ids`.

    Returns
    -------
    verdicts
        Words of `Verdict`.
    """
    sure, maybe = _in_window(events, query.start, query.end)
    at_place, surely_at = _at_places(events, query.place_ids, joins)
    kept = _passes_filters(events, query) & at_place
    conditions = [
        events["event_date"].isna().to_numpy(),
        _is_unplaced(events),
        ~kept,
        ~(sure | maybe),
        ~(sure & surely_at),
    ]
    codes = np.select(conditions, range(len(conditions)), default=len(conditions))
    words = pd.CategoricalDtype([verdict.value for verdict in Verdict])
    return pd.Series(pd.Categorical.from_codes(codes, dtype=words), events.index, name="verdict")


def count_events(
    events: gpd.GeoDataFrame, query: EventQuery, *, joins: pd.DataFrame | None = None
) -> EventCounts:
    """Return the seven counts of `events` under `query`."""
    return count_verdicts(classify_events(events, query, joins=joins))


def count_verdicts(verdicts: pd.Series) -> EventCounts:
    """Return the seven counts of verdicts that `classify_events` gave."""
    by_word = verdicts.value_counts()
    return EventCounts(
        total=len(verdicts),
        **{verdict.value: int(by_word.get(verdict.value, 0)) for verdict in Verdict},
    )


def filter_events(
    events: gpd.GeoDataFrame,
    query: EventQuery,
    *,
    joins: pd.DataFrame | None = None,
    keep: Collection[str] = VISIBLE,
) -> gpd.GeoDataFrame:
    """Return the events whose verdict is one of `keep`, in the same row order."""
    verdicts = classify_events(events, query, joins=joins)
    return events[verdicts.isin([str(word) for word in keep])]


def day_histogram(
    events: gpd.GeoDataFrame, query: EventQuery, *, joins: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return how many events each single day would show, whatever dates `query` asks for.

    Parameters
    ----------
    events, query, joins
        As for `classify_events`; the query's own dates are left aside.

    Returns
    -------
    histogram
        One row for each day from the first to the last day of any event that passes,
        columns `shown` and `possible`; empty when none passes.
    """
    verdicts = classify_events(events, replace(query, start=None, end=None), joins=joins)
    kept = events[verdicts.isin([word.value for word in VISIBLE])]
    unsure = (verdicts[kept.index] == Verdict.POSSIBLE.value).to_numpy()
    return histogram_of(*_spans(kept), unsure, np.ones(len(kept), dtype="int64"))


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


def _spans(events: gpd.GeoDataFrame) -> tuple[Days, Days, Mask, Mask]:
    """Return first and last certain day, and which events are open or known only vaguely."""
    precision = events["date_precision"]
    is_open = (precision == DatePrecision.OPEN.value).to_numpy(dtype=bool, na_value=False)
    is_day = (precision == DatePrecision.DAY.value).to_numpy(dtype=bool, na_value=False)
    start = _days(events["event_date"])
    confirmed = np.maximum(_days(events["last_confirmed"]), start)  # NaT is below every day
    end = np.where(is_open, confirmed, _days(events["event_date_end"]))
    return start, end, is_open, ~is_day & ~is_open


def _in_window(
    events: gpd.GeoDataFrame, first: date | None, last: date | None
) -> tuple[Mask, Mask]:
    return in_window(*_spans(events), first, last)


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


def _is_unplaced(events: gpd.GeoDataFrame) -> Mask:
    shapes = events.geometry.to_numpy()
    missing: Mask = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    return missing


def _passes_filters(events: gpd.GeoDataFrame, query: EventQuery) -> Mask:
    kept = np.ones(len(events), dtype=bool)
    for column, words in query.by_column:
        if words:
            named = events[column].isin(words).to_numpy()
            kept &= named | events[column].isna().to_numpy() if NOT_STATED in words else named
    for word in query.text.split():
        kept &= _has_word(events, word)
    if query.bbox is not None or query.polygon:
        kept &= in_area(events.geometry.to_numpy(), query.bbox, query.polygon)
    return kept


def _has_word(events: gpd.GeoDataFrame, word: str) -> Mask:
    found = np.zeros(len(events), dtype=bool)
    wanted = lower(word)
    for column in SEARCHED:
        texts = pc.utf8_lower(pa.array(events[column], pa.large_string()))
        hits = pc.fill_null(pc.match_substring(texts, wanted), fill_value=False)
        found |= hits.to_numpy(zero_copy_only=False)
    return found


def lower(word: str) -> str:
    """Return a word in small letters, letter by letter as the tables' engines do it."""
    small: str = pc.utf8_lower(pa.scalar(word)).as_py()
    return small


def _at_places(
    events: gpd.GeoDataFrame, place_ids: frozenset[str], joins: pd.DataFrame | None
) -> tuple[Mask, Mask]:
    """Return which events may lie at one of the places, and which surely do."""
    if not place_ids:
        everywhere = np.ones(len(events), dtype=bool)
        return everywhere, everywhere
    lists = events["place_ids"]
    named = events["place_id"].isin(place_ids) | lists.isin(_holding(lists.dropna(), place_ids))
    named = named.to_numpy()
    if joins is None:
        return named, named
    asked = joins[joins["place_id"].isin(place_ids)]
    sure = named | events["event_id"].isin(asked.loc[asked["certain"], "event_id"]).to_numpy()
    return sure | events["event_id"].isin(asked["event_id"]).to_numpy(), sure


def _holding(lists: Iterable[str], place_ids: frozenset[str]) -> set[str]:
    return {text for text in set(lists) if not place_ids.isdisjoint(text.split(";"))}
