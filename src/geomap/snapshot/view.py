"""What a snapshot shows: the events and places drawn, and the counts of all the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import geopandas as gpd
import pandas as pd

from geomap.maps.colours import colours_of
from geomap.query import EventCounts, EventQuery, Verdict, classify_events, count_verdicts


@dataclass(frozen=True, slots=True)
class View:
    """The answer to a query, ready to be drawn.

    `events` are the shown and possible ones; `possible` (same index) says which of them
    are only possible in the window; `verdicts` (same index) what they would be in any
    window. `places` are those valid on some day of the window. `colours` are those of the
    types of the whole workspace: a filter changes none, and the map has the same.
    """

    query: EventQuery
    counts: EventCounts
    events: gpd.GeoDataFrame
    possible: pd.Series
    verdicts: pd.Series
    places: gpd.GeoDataFrame
    colours: Mapping[str, str]


def view_of(
    events: gpd.GeoDataFrame,
    query: EventQuery,
    places: gpd.GeoDataFrame,
    *,
    joins: pd.DataFrame | None = None,
) -> View:
    """Return the view that a query gives of the events and places of a workspace."""
    verdicts = classify_events(events, query, joins=joins)
    drawn = verdicts.isin([Verdict.SHOWN.value, Verdict.POSSIBLE.value])
    return View(
        query=query,
        counts=count_verdicts(verdicts),
        events=events[drawn],
        possible=(verdicts[drawn] == Verdict.POSSIBLE.value),
        verdicts=classify_events(events, replace(query, start=None, end=None), joins=joins)[drawn],
        places=places[_valid_between(places, query.start, query.end)],
        colours=colours_of(events["event_type"]),
    )


def _valid_between(places: gpd.GeoDataFrame, first: date | None, last: date | None) -> pd.Series:
    starts, ends = pd.to_datetime(places["valid_from"]), pd.to_datetime(places["valid_to"])
    valid = places.geometry.notna()
    if last is not None:
        valid &= starts.isna() | (starts <= pd.Timestamp(last))
    if first is not None:
        valid &= ends.isna() | (ends >= pd.Timestamp(first))
    return valid
