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
from geomap.join import AT_KM, NEAR_KM, join_places
from geomap.json_shapes import point_of
from geomap.model import GeoPrecision
from geomap.query.sql import END, UNPLACED
from geomap.sql import sql
from geomap.tables import cast_events

NEAR_BY_KM = 25.0
NEAR_BY_DAYS = 7
MOST_NEAR = 8

_EARTH_KM = 6371.0
_KM_PER_DEGREE = 110.0  # less than any, so that a box around a circle is never too small


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

    Distances are between points: of a line or an area, a point on it. An event without a
    day or a place has none near it.
    """
    point = point_of(event["geometry"])
    span = _span(event)
    if point is None or span is None:
        return ()
    first, last = _moved(span[0], -days), _moved(span[1], days)
    found = table.ask(
        sql(
            "SELECT event_id, geometry FROM events WHERE event_date <= $last "
            "AND (event_date_end >= $first OR (event_date_end IS NULL AND {} >= $first)) "
            "AND event_id <> $id AND NOT {}",
            END,
            UNPLACED,
        ),
        {"first": first, "last": last, "id": event["event_id"]},
    )
    metres = 1000 * _distances(point, shapely.from_wkb(found["geometry"].to_numpy()))
    nearest = [n for n in _smallest(metres, most) if metres[n] <= 1000 * km]
    rows = table.events([found["event_id"][int(n)].as_py() for n in nearest])
    told = zip(rows.to_dict("records"), metres[nearest].tolist(), strict=True)
    return tuple(Near(row, far, _apart(span, row)) for row, far in told)


def _smallest(values: np.ndarray, most: int) -> np.ndarray:
    """Return where the smallest values are, the smallest first."""
    few = np.argpartition(values, most)[:most] if len(values) > most else np.arange(len(values))
    smallest: np.ndarray = few[np.argsort(values[few], kind="stable")]
    return smallest


def joins_of(event: Mapping[str, Any], places: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the rows of the join of one event: what joining all events gives for it."""
    table = cast_events(pd.DataFrame([event]))
    named = {str(event.get("place_id"))}
    if isinstance(event.get("place_ids"), str):
        named |= set(event["place_ids"].split(";"))
    wanted = places["place_id"].isin(named).to_numpy()
    point, shape = point_of(event["geometry"]), event["geometry"]
    if point is not None:
        reach = np.nan_to_num(places["uncertainty_km"].to_numpy(dtype="float64"))
        reach = reach + max(AT_KM, NEAR_KM) + _known(event.get("uncertainty_km")) + 1.0
        wanted = wanted | _reached(shapely.bounds(shape), places, reach)
    return join_places(table, places[wanted])


def _reached(bounds: Any, places: gpd.GeoDataFrame, reach: np.ndarray) -> np.ndarray:
    """Return the places whose box is within reach of a box, more rather than fewer."""
    west, south, east, north = bounds
    up = reach / _KM_PER_DEGREE
    furthest = np.minimum(np.maximum(abs(south), abs(north)) + up, 89.9)
    aside = up / np.cos(np.radians(furthest))
    left, bottom, right, top = places.geometry.bounds.to_numpy().T
    meets: np.ndarray = (bottom - up <= north) & (top + up >= south)
    meets &= ((left - aside <= east) & (right + aside >= west)) | (aside > 170)
    return meets


def _distances(point: tuple[float, float], shapes: np.ndarray) -> np.ndarray:
    others = shapely.point_on_surface(shapes)
    x, y = np.radians(shapely.get_x(others)), np.radians(shapely.get_y(others))
    here = np.radians(point)
    part = np.sin((y - here[1]) / 2) ** 2
    part = part + np.cos(y) * np.cos(here[1]) * np.sin((x - here[0]) / 2) ** 2
    far: np.ndarray = 2 * _EARTH_KM * np.arcsin(np.sqrt(np.clip(part, 0, 1)))
    return far


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


def _known(km: Any) -> float:
    return 0.0 if km is None or pd.isna(km) else float(km)
