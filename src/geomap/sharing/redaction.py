"""Take out what must not leave: exact places, columns, sources; and say that it was done.

A place that is made coarse becomes the cell of a stated grid, as an area, and its precision
says so: no pin is ever drawn where nobody was. Whatever else leads to the place goes with it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geomap.errors import InputError
from geomap.geo.distance import KM_PER_DEGREE
from geomap.model import GeoPrecision
from geomap.tables import EVENT_COLUMNS

NEEDED = frozenset(
    {
        *("event_id", "event_date", "event_date_end", "last_confirmed", "date_precision"),
        *("geo_precision", "uncertainty_km", "status", "dataset", "batch_id"),
    }
)
"""Columns without which an event can be neither dated, drawn nor accounted for."""

DROPPABLE = tuple(name for name in EVENT_COLUMNS if name not in NEEDED)

_LEADS_TO_PLACE = (
    *("title", "notes", "place_id", "place_ids", "place_name", "source_url", "article_id"),
    *("evidence", "row_number", "flags", "source_timestamp", "admin1"),
)
"""Columns that name the place of an event, or lead to a text that does."""

SMALLEST_GRID, LARGEST_GRID = 0.001, 10.0

_USUAL_KM = {
    GeoPrecision.ADMIN2: 15.0,
    GeoPrecision.ADMIN1: 40.0,
    GeoPrecision.REGION: 60.0,
    GeoPrecision.COUNTRY: 100.0,
}
"""Radius of a unit whose own is not known."""


@dataclass(frozen=True, slots=True)
class Redaction:
    """What is taken out: places finer than `grid` degrees, columns, the events of sources."""

    grid: float | None = None
    columns: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a grid that is none and columns that cannot go."""
        if self.grid is not None and not SMALLEST_GRID <= self.grid <= LARGEST_GRID:
            message = (
                f"A grid of {self.grid:g} degrees cannot be used: "
                f"choose one from {SMALLEST_GRID:g} to {LARGEST_GRID:g}."
            )
            raise InputError(message)
        odd = sorted(set(self.columns) - set(DROPPABLE))
        if odd:
            message = f"The column {odd[0]!r} cannot be dropped: use one of {', '.join(DROPPABLE)}."
            raise InputError(message)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is taken out."""
        return self.grid is None and not self.columns and not self.sources

    @property
    def leaves_rows(self) -> tuple[str, ...]:
        """The columns that are empty in every row, in the order of the table."""
        gone = {*self.columns, *(_LEADS_TO_PLACE if self.grid is not None else ())}
        return tuple(name for name in EVENT_COLUMNS if name in gone)

    def in_words(self) -> list[str]:
        """Return a sentence for each thing that was done; a hidden source is not named."""
        said = []
        if self.grid is not None:
            said.append(
                f"Places were made coarse: each is drawn as the cell of a grid of "
                f"{self.grid:g} degrees ({self.grid * KM_PER_DEGREE:.0f} km north to south) "
                f"that holds it, and texts that could name the place were left out."
            )
        if self.columns:
            said.append(f"Columns left out: {', '.join(sorted(self.columns))}.")
        if self.sources:
            many = len(self.sources)
            said.append(
                "Events of one source are hidden and counted as filtered."
                if many == 1
                else f"Events of {many} sources are hidden and counted as filtered."
            )
        return said

    def as_dict(self) -> dict[str, Any]:
        """Return what was done as values of JSON; hidden sources are counted, not named."""
        return {
            "grid_degrees": self.grid,
            "columns": sorted(self.columns),
            "hidden_sources": len(self.sources),
        }

    @classmethod
    def from_dict(cls, told: Mapping[str, Any], sources: tuple[str, ...] = ()) -> Redaction:
        """Return the redaction that `as_dict` told, with the sources that it did not."""
        return cls(told.get("grid_degrees"), tuple(told.get("columns") or ()), sources)


NO_REDACTION = Redaction()


def hidden_by(redaction: Redaction, events: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Return which events are of a hidden source."""
    hidden: npt.NDArray[np.bool_] = events["source"].isin(redaction.sources).to_numpy()
    return hidden


def redact_events(events: gpd.GeoDataFrame, redaction: Redaction) -> gpd.GeoDataFrame:
    """Return the events without what is taken out; the rows of hidden sources go as a whole.

    With a grid the ids are numbers in the order of the days: the source's own id would lead
    back to the place.
    """
    if redaction.is_empty:
        return events
    kept = events[~hidden_by(redaction, events)].copy()
    for name in redaction.leaves_rows:
        kept[name] = pd.Series(None, kept.index, dtype=EVENT_COLUMNS[name])
    if redaction.grid is None:
        return kept
    order = kept.sort_values(["event_date", "event_id"], kind="stable").index
    numbers = pd.Series(range(1, len(kept) + 1), index=order).reindex(kept.index)
    kept["event_id"] = ("redacted:" + numbers.astype("str")).astype("str")
    return _coarse(kept, redaction.grid)


def _coarse(events: gpd.GeoDataFrame, grid: float) -> gpd.GeoDataFrame:
    shapes = events.geometry.to_numpy()
    placed = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes)) & ~_is_wide(events, grid)
    cells = shapes.copy()
    km = events["uncertainty_km"].to_numpy(dtype="float64", copy=True)
    precision = events["geo_precision"].to_numpy(dtype=object, copy=True)
    cells[placed], half = _cells(shapely.bounds(shapes[placed]), grid)
    km[placed] = np.round(np.fmax(km[placed], half), 1)
    precision[placed] = GeoPrecision.ZONE.value
    coarse = events.set_geometry(gpd.GeoSeries(cells, events.index, crs=events.crs))
    coarse["uncertainty_km"] = km
    coarse["geo_precision"] = pd.Series(precision, coarse.index, dtype="str")
    return coarse


def _is_wide(events: gpd.GeoDataFrame, grid: float) -> npt.NDArray[np.bool_]:
    """Return which events are known to a unit that is wider than a cell: they are coarse enough."""
    usual = {unit.value: km for unit, km in _USUAL_KM.items()}
    radius = events["geo_precision"].map(usual).astype("float64").to_numpy()
    told = events["uncertainty_km"].to_numpy(dtype="float64")
    half = math.hypot(grid, grid) / 2 * KM_PER_DEGREE
    wide: npt.NDArray[np.bool_] = np.where(np.isnan(told), radius, told) >= half
    known: npt.NDArray[np.bool_] = wide & ~np.isnan(radius)
    return known


def _cells(
    edges: npt.NDArray[np.float64], grid: float
) -> tuple[npt.NDArray[np.object_], npt.NDArray[np.float64]]:
    """Return the cells that hold some bounds, and half the diagonal of each in kilometres."""
    # Rounded first, so that a point on a line of the grid has one cell, the one to its north-east.
    low = np.floor(np.round(edges[:, :2] / grid, 9))
    high = np.maximum(np.ceil(np.round(edges[:, 2:] / grid, 9)), low + 1)
    west, south = np.round(low * grid, 9).T
    east, north = np.round(high * grid, 9).T
    south, north = np.maximum(south, -90.0), np.minimum(north, 90.0)
    middle = np.radians((south + north) / 2)
    half = np.hypot((east - west) * np.cos(middle), north - south) / 2 * KM_PER_DEGREE
    return shapely.box(west, south, east, north), half
