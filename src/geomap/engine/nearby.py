"""What lies near one event: other events near it in place and time, and the places it meets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geomap.engine.event_store import EventTable
from geomap.geo.distance import great_circle_km
from geomap.geo.shape_point import point_of
from geomap.join import join_places
from geomap.model import GeoPrecision
from geomap.query.sql_conditions import END, IS_HIDDEN, UNPLACED
from geomap.sql import sql
from geomap.tables import cast_events

NEAR_BY_KM = 25.0
NEAR_BY_DAYS = 7
MOST_NEAR = 8


@dataclass(frozen=True, slots=True)
class Near:
    """An event near another: its row, how many metres off, how many days later (or earlier)."""

    event: Mapping[str, Any]
    metres: float
    apart: int

    @property
    def is_rough(self) -> bool:
        """Whether its place is not known exactly."""
        return bool(self.event["geo_precision"] != GeoPrecision.EXACT.value)


def near_events(
    table: EventTable,
    event: Mapping[str, Any],
    *,
    km: float = NEAR_BY_KM,
    days: int = NEAR_BY_DAYS,
    most: int = MOST_NEAR,
) -> tuple[Near, ...]:
    """Return the events nearest to one in place, of those near it in time.

    Distances are between points: of a line or an area, a point on it. An event without a day or
    a place has none near it.

    Parameters
    ----------
    table, event
        The events; the row of one of them.
    km, days, most
        How far off in kilometres and in days an event may be; how many events to return.
    """
    point = point_of(event["geometry"])
    span = _span(event)
    if point is None or span is None:
        return ()
    candidates = table.database.query(
        sql(
            "SELECT event_id, geometry FROM events WHERE event_date <= $last "
            "AND (event_date_end >= $first OR (event_date_end IS NULL AND {} >= $first)) "
            "AND event_id <> $id AND NOT {} AND NOT {}",
            END,
            UNPLACED,
            IS_HIDDEN,
        ),
        {"first": _moved(span[0], -days), "last": _moved(span[1], days), "id": event["event_id"]},
    )
    points = shapely.point_on_surface(shapely.from_wkb(candidates["geometry"].to_numpy()))
    away = great_circle_km(*point, shapely.get_x(points), shapely.get_y(points))
    nearest = [n for n in _smallest(away, most) if away[n] <= km]
    rows = table.events([candidates["event_id"][int(n)].as_py() for n in nearest])
    metres = (1000 * away[nearest]).tolist()
    events = zip(rows.to_dict("records"), metres, strict=True)
    return tuple(Near(row, far, _apart(span, row)) for row, far in events)


def _smallest(values: np.ndarray, most: int) -> np.ndarray:
    """Return the positions of the smallest values, the smallest first."""
    few = np.argpartition(values, most)[:most] if len(values) > most else np.arange(len(values))
    smallest: np.ndarray = few[np.argsort(values[few], kind="stable")]
    return smallest


def joins_of(event: Mapping[str, Any], places: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the rows of the join of one event: the same as joining all events gives for it.

    Parameters
    ----------
    event, places
        Row of an events table; places table.
    """
    return join_places(cast_events(pd.DataFrame([event])), places)


def _span(event: Mapping[str, Any]) -> tuple[date, date] | None:
    start = event["event_date"]
    if pd.isna(start):
        return None
    ends = (start, event.get("event_date_end"), event.get("last_confirmed"))
    return start.date(), max(end for end in ends if end is not None and not pd.isna(end)).date()


def _apart(span: tuple[date, date], row: Mapping[str, Any]) -> int:
    """Return by how many days an event follows a span, or comes before it; 0 when they meet."""
    other = _span(row) or span
    if other[0] > span[1]:
        return (other[0] - span[1]).days
    return min(0, (other[1] - span[0]).days)


def _moved(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return day
