"""Events as they are after what was decided about them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from geomap.decisions.decided_fields import DECIDED, plain
from geomap.decisions.ledger import EventState, Ledger
from geomap.model import Decision
from geomap.tables import DAYS, EVENT_COLUMNS, HIDDEN, is_among

CORRECTED = "corrected"
SOURCE_CHANGED = "source_changed"
DISAGREEING = "decisions_differ"

DECISION_FLAGS = frozenset({HIDDEN, CORRECTED, SOURCE_CHANGED, DISAGREEING})
"""The flags that only decisions give an event."""

_SETTLED = {"date": frozenset({"date_missing"}), "place": frozenset({"unplaced"})}
"""Flags of an event that a correction of a field answers."""


def apply_decisions(events: gpd.GeoDataFrame, ledger: Ledger) -> gpd.GeoDataFrame:
    """Return events with the values that hold, and with the flags of what was decided.

    A correction also holds where the source says something else by now; the event is flagged,
    unless the source now says the same as the correction.

    Parameters
    ----------
    events
        Events table as it was taken in.
    ledger
        Decisions, also about events that are not in the table.

    Returns
    -------
    events
        New events table in the same row order; the given one where nothing was decided.
    """
    states = ledger.states
    if not states:
        return events
    decided = is_among(events["event_id"], pd.Series(list(states), dtype="str"))
    rows = decided.nonzero()[0]
    if not len(rows):
        return events
    touched = events.iloc[rows]
    names = ("event_id", "flags", *_columns_of(states))
    cells = {name: touched[name].astype(object).tolist() for name in names}
    for place, event_id in enumerate(cells["event_id"]):
        _apply(cells, place, states[event_id])
    changed = {name: _put(events, name, rows, cells[name]) for name in cells if name != "event_id"}
    return events.assign(**changed)


def _columns_of(states: Mapping[str, EventState]) -> list[str]:
    fields = {field for state in states.values() for field in state.overrides}
    return [name for field in sorted(fields) for name in DECIDED[field]]


def _apply(cells: dict[str, list[Any]], place: int, state: EventState) -> None:
    """Change the cells of one event."""
    flags, settled = set[str](), set[str]()
    for field, decision in state.overrides.items():
        new, found = _changed(cells, place, field, decision)
        flags |= found
        if found:
            settled |= _SETTLED.get(field, frozenset())
            for name, value in new.items():
                cells[name][place] = value
    if state.is_hidden:
        flags.add(HIDDEN)
    if state.differing:
        flags.add(DISAGREEING)
    text = cells["flags"][place]
    before = [] if pd.isna(text) else [code for code in text.split(";") if code]
    after = [code for code in before if code not in settled | DECISION_FLAGS]
    cells["flags"][place] = ";".join([*after, *sorted(flags)]) or None


def _changed(
    cells: Mapping[str, list[Any]], place: int, field: str, decision: Decision
) -> tuple[Mapping[str, Any], set[str]]:
    """Return the cells that an override gives an event, and its flags; none without a change."""
    now = {name: plain(cells[name][place], name) for name in DECIDED[field]}
    old, new = json.loads(decision.old), json.loads(decision.new)
    if new == now:
        return {}, set()
    return new, {CORRECTED} if old == now else {CORRECTED, SOURCE_CHANGED}


def _put(events: gpd.GeoDataFrame, name: str, rows: Any, values: list[Any]) -> pd.Series:
    """Return a column with other values in some rows."""
    column = events[name].copy()
    if name == "geometry":
        shapes = [shapely.from_wkt(one) if isinstance(one, str) else one for one in values]
        column.iloc[rows] = gpd.GeoSeries(shapes, index=column.index[rows], crs=events.crs)
    elif EVENT_COLUMNS[name] == DAYS:
        column.iloc[rows] = pd.to_datetime(pd.Series(values)).astype(DAYS).to_numpy()
    else:
        column.iloc[rows] = pd.array(
            [None if pd.isna(one) else one for one in values], dtype=column.dtype
        )
    return column
