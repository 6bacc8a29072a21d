"""Redaction: coarser places, columns and sources left out, and a sentence for each.

A place that is made coarse becomes the cell of a stated grid, as an area of precision "zone": no
pin is drawn where nothing was reported. Columns that lead to the place are emptied as well.
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
from geomap.symbology.symbols import NOMINAL_KM, radii_km
from geomap.tables import EVENT_COLUMNS
from geomap.typing import Mask

NEEDED = frozenset(
    {
        *("event_id", "event_date", "event_date_end", "last_confirmed", "date_precision"),
        *("geo_precision", "uncertainty_km", "status", "dataset", "batch_id"),
    }
)
"""Columns without which an event can be neither dated nor drawn nor accounted for."""

DROPPABLE = tuple(name for name in EVENT_COLUMNS if name not in NEEDED)

_LEADS_TO_PLACE = (
    *("title", "notes", "place_id", "place_ids", "place_name", "source_url", "article_id"),
    *("evidence", "row_number", "flags", "source_timestamp", "admin1"),
)
"""Columns that name the place of an event, or lead to a text that does."""

SMALLEST_GRID, LARGEST_GRID = 0.001, 10.0


@dataclass(frozen=True, slots=True)
class Redaction:
    """Parts to remove from a table of events.

    `grid` is the size in degrees of the cells that stand for finer places (None leaves places as
    they are), `columns` the columns that are emptied, `sources` those whose events are hidden.
    """

    grid: float | None = None
    columns: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse an unusable grid and columns that are needed."""
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
        """Whether nothing is removed."""
        return self.grid is None and not self.columns and not self.sources

    @property
    def emptied_columns(self) -> tuple[str, ...]:
        """The columns that are emptied in every row, in the order of the table."""
        gone = {*self.columns, *(_LEADS_TO_PLACE if self.grid is not None else ())}
        return tuple(name for name in EVENT_COLUMNS if name in gone)

    def in_words(self) -> list[str]:
        """Return a sentence for each change; a hidden source is not named."""
        sentences = []
        if self.grid is not None:
            sentences.append(
                f"Places were made coarse: each is drawn as the cell of a grid of "
                f"{self.grid:g} degrees ({self.grid * KM_PER_DEGREE:.0f} km north to south) "
                f"that holds it, and texts that could name the place were left out."
            )
        if self.columns:
            sentences.append(f"Columns left out: {', '.join(sorted(self.columns))}.")
        if self.sources:
            number = "one source" if len(self.sources) == 1 else f"{len(self.sources)} sources"
            sentences.append(f"Events of {number} are hidden and counted as filtered.")
        return sentences

    def as_dict(self) -> dict[str, Any]:
        """Return the redaction as values of JSON; hidden sources are counted, not named."""
        return {
            "grid_degrees": self.grid,
            "columns": sorted(self.columns),
            "hidden_sources": len(self.sources),
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any], sources: tuple[str, ...] = ()) -> Redaction:
        """Return the redaction that `as_dict` describes.

        Parameters
        ----------
        values
            What `as_dict` returned.
        sources
            The hidden sources, which it does not name.
        """
        return cls(values.get("grid_degrees"), tuple(values.get("columns") or ()), sources)


NO_REDACTION = Redaction()


def hidden_by(redaction: Redaction, events: pd.DataFrame) -> Mask:
    """Return which events are of a hidden source.

    Parameters
    ----------
    redaction, events
        Names of hidden sources; table with the column `source`.
    """
    hidden: Mask = events["source"].isin(redaction.sources).to_numpy()
    return hidden


def redact_events(events: gpd.GeoDataFrame, redaction: Redaction) -> gpd.GeoDataFrame:
    """Return the redacted events, in the same order.

    Rows of hidden sources are left out. With a grid, ids are replaced by numbers in the order of
    the days: the source's own id would lead back to the place.

    Parameters
    ----------
    events, redaction
        Events table in EPSG:4326; what to remove from it.
    """
    if redaction.is_empty:
        return events
    redacted = events[~hidden_by(redaction, events)].copy()
    for name in redaction.emptied_columns:
        redacted[name] = pd.Series(None, redacted.index, dtype=EVENT_COLUMNS[name])
    if redaction.grid is None:
        return redacted
    order = redacted.sort_values(["event_date", "event_id"], kind="stable").index
    numbers = pd.Series(range(1, len(redacted) + 1), index=order).reindex(redacted.index)
    redacted["event_id"] = ("redacted:" + numbers.astype("str")).astype("str")
    return _coarse(redacted, redaction.grid)


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


def _is_wide(events: gpd.GeoDataFrame, grid: float) -> Mask:
    """Return which events are known to a unit wider than a cell: they are coarse enough."""
    half = math.hypot(grid, grid) / 2 * KM_PER_DEGREE
    wide: Mask = (radii_km(events) >= half) & events["geo_precision"].isin(NOMINAL_KM).to_numpy()
    return wide


def _cells(
    edges: npt.NDArray[np.float64], grid: float
) -> tuple[npt.NDArray[np.object_], npt.NDArray[np.float64]]:
    """Return the cells that hold some bounds, and half the diagonal of each in kilometres.

    `edges` has a row of west, south, east, north in degrees for each.
    """
    # Rounded first, so that a point on a line of the grid is in the cell to its north-east.
    low = np.floor(np.round(edges[:, :2] / grid, 9))
    high = np.maximum(np.ceil(np.round(edges[:, 2:] / grid, 9)), low + 1)
    west, south = np.round(low * grid, 9).T
    east, north = np.round(high * grid, 9).T
    south, north = np.maximum(south, -90.0), np.minimum(north, 90.0)
    middle = np.radians((south + north) / 2)
    half = np.hypot((east - west) * np.cos(middle), north - south) / 2 * KM_PER_DEGREE
    return shapely.box(west, south, east, north), half
