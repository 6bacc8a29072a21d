"""What becomes of each event under a query, and the eight counts that add up.

Every event of a table gets exactly one verdict, the first that fits it of hidden,
undated, unplaced, filtered, outside the dates, possible, shown. Nothing is dropped without being
counted, so the seven counts always add up to the total.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from geomap.query.areas import in_area
from geomap.query.counts import VISIBLE, EventCounts, Verdict, count_verdicts
from geomap.query.event_query import ENDLESS, EventQuery, NumberRange
from geomap.query.windows import histogram_of, in_window, spans_of
from geomap.tables import HIDDEN
from geomap.typing import Mask
from geomap.vocabulary.criteria import NOT_STATED

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


def classify_events(
    events: gpd.GeoDataFrame, query: EventQuery, *, joins: pd.DataFrame | None = None
) -> pd.Series:
    """Return the verdict on each event, as a categorical column on the events' index.

    A precision of a day means every day of the span: the event is shown when it overlaps
    the window. A week, month, year or range means some day of it: shown when the whole
    span lies in the window, possible when it only overlaps. An open event is shown up to
    the day on which it was last confirmed and possible from there on. An event that only
    possibly lies at a place that is asked for is possible at best; so is one whose estimates allow
    a number that is asked for, while the best estimate is another.

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
    sure, maybe = in_window(*spans_of(events), query.start, query.end)
    at_place, surely_at = _at_places(events, query.place_ids, joins)
    in_range, surely_in = _in_ranges(events, query)
    kept = _passes_filters(events, query) & at_place & in_range
    conditions = [
        _is_hidden(events, query),
        events["event_date"].isna().to_numpy(),
        _is_unplaced(events),
        ~kept,
        ~(sure | maybe),
        ~(sure & surely_at & surely_in),
    ]
    codes = np.select(conditions, range(len(conditions)), default=len(conditions))
    words = pd.CategoricalDtype([verdict.value for verdict in Verdict])
    return pd.Series(pd.Categorical.from_codes(codes, dtype=words), events.index, name="verdict")


def count_events(
    events: gpd.GeoDataFrame, query: EventQuery, *, joins: pd.DataFrame | None = None
) -> EventCounts:
    """Return the eight counts of `events` under `query`."""
    return count_verdicts(classify_events(events, query, joins=joins))


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
    return histogram_of(*spans_of(kept), unsure, np.ones(len(kept), dtype="int64"))


def _is_hidden(events: gpd.GeoDataFrame, query: EventQuery) -> Mask:
    """Return which events a person hid, none where the query asks for these too."""
    if query.with_hidden:
        return np.zeros(len(events), dtype=bool)
    flags = pa.array(events["flags"], pa.large_string())
    among = pc.match_substring_regex(flags, f"(^|;){HIDDEN}(;|$)")
    return np.asarray(pc.fill_null(among, fill_value=False).to_numpy(zero_copy_only=False), bool)


def _is_unplaced(events: gpd.GeoDataFrame) -> Mask:
    shapes = events.geometry.to_numpy()
    missing: Mask = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    return missing


def _passes_filters(events: gpd.GeoDataFrame, query: EventQuery) -> Mask:
    kept = np.ones(len(events), dtype=bool)
    for columns, words in query.by_columns:
        passes = np.logical_or.reduce([events[name].isin(words) for name in columns])
        if NOT_STATED in words:
            passes |= np.logical_and.reduce([events[name].isna() for name in columns])
        kept &= passes
    for word in query.text.split():
        kept &= _has_word(events, word)
    if query.bbox is not None or query.polygon:
        kept &= in_area(events.geometry.to_numpy(), query.bbox, query.polygon)
    return kept


def _in_ranges(events: gpd.GeoDataFrame, query: EventQuery) -> tuple[Mask, Mask]:
    """Return which events may have the numbers that are asked for, and which surely do."""
    may, surely = np.ones(len(events), dtype=bool), np.ones(len(events), dtype=bool)
    for columns, numbers in query.ranges:
        best, low, high = (events[name].to_numpy("float64", na_value=np.nan) for name in columns)
        possible, certain = in_range(best, low, high, numbers)
        may &= possible
        surely &= certain
    return may, surely


def in_range(
    best: npt.NDArray[np.float64],
    low: npt.NDArray[np.float64],
    high: npt.NDArray[np.float64],
    numbers: NumberRange,
) -> tuple[Mask, Mask]:
    """Return which numbers may be in a range, and which surely are.

    The best estimate decides. Where another number is the best, the lowest and the highest
    estimate allow what is between them. Where none is known, nothing is in a range.

    Parameters
    ----------
    best, low, high
        Estimates, NaN where not known. Without a lowest one it is the best or 0, without a
        highest one it is the best or without end.
    numbers
        The range.
    """
    first, last = numbers.ends
    no_best = np.isnan(best)
    is_known = ~(no_best & np.isnan(low) & np.isnan(high))
    least = np.where(np.isnan(low), np.where(no_best, 0, best), low)
    most = np.where(np.isnan(high), np.where(no_best, ENDLESS, best), high)
    inside = (least >= first) & (most <= last)
    surely = np.where(no_best, is_known & inside, (best >= first) & (best <= last))
    return surely | (is_known & (least <= last) & (most >= first)), surely


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
