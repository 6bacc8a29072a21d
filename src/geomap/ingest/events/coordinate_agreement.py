"""Whether points lie where their rows say they are: in the country, or near the place named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geomap.geo.distance import great_circle_km
from geomap.ingest.events.coordinate_text import Axis, read_degrees
from geomap.ingest.events.country_points import country_spans
from geomap.ingest.events.place_names import PlaceFinder
from geomap.typing import Mask

_MARGIN = 1.0  # degrees of latitude around the span of a country's towns
_NEAR_KM = 150.0
_MAX_NAMES = 60
_SURE, _LEAD = 0.8, 0.5
_NAMES = ("place_name", "admin1", "admin2")


@dataclass(frozen=True, slots=True)
class Points:
    """How well points fit their rows: the share that does, of how many, judged by what."""

    share: float = 0.0
    count: int = 0
    of: str = "place"

    def is_sure_over(self, other: Points) -> bool:
        """Return whether these points fit, and the other reading of the numbers does not."""
        return self.count > 0 and self.share >= _SURE and self.share - other.share >= _LEAD


class Agreement:
    """Compares the points of a sample of rows with the countries and places that they state.

    Parameters
    ----------
    frame, mapping
        The sample's cells as text; fields to its columns.
    finder
        Knows countries and places by name.
    """

    def __init__(
        self, frame: pd.DataFrame, mapping: Mapping[str, str], finder: PlaceFinder
    ) -> None:
        self._frame, self._mapping, self._finder = frame, mapping, finder
        self._points: dict[str, np.ndarray] = {}

    def of(self, latitude: pd.Series, longitude: pd.Series) -> Points:
        """Return how well cells read as latitudes and longitudes fit the rows of the sample."""
        lat, lon = self._degrees(latitude, "latitude"), self._degrees(longitude, "longitude")
        fits = (self._by_field(field, lat, lon) for field in ("country", *_NAMES))
        return next((points for points in fits if points.count), Points())

    def of_orders(self, first: pd.Series, second: pd.Series) -> tuple[Points, Points]:
        """Return how well two halves fit as latitude and longitude, and the other way round.

        The country decides, and where both orders lie in it, the places that the rows name.
        """
        lats = [self._degrees(cells, "latitude") for cells in (first, second)]
        lons = [self._degrees(cells, "longitude") for cells in (first, second)]
        orders = (Points(), Points())
        for field in ("country", *_NAMES):
            straight = self._by_field(field, lats[0], lons[1])
            turned = self._by_field(field, lats[1], lons[0])
            if straight.is_sure_over(turned) or turned.is_sure_over(straight):
                return straight, turned
            orders = orders if orders[0].count else (straight, turned)
        return orders

    def near(self, latitude: pd.Series, longitude: pd.Series) -> Points:
        """Return how many rows of the sample have their points near the place that they name."""
        lat, lon = self._degrees(latitude, "latitude"), self._degrees(longitude, "longitude")
        fits = (self._by_field(field, lat, lon) for field in _NAMES)
        return next((points for points in fits if points.count), Points())

    def _degrees(self, cells: pd.Series, axis: Axis) -> np.ndarray:
        degrees = read_degrees(cells.fillna(""), axis).degrees
        return np.asarray(degrees.reindex(self._frame.index).to_numpy())

    def _by_field(self, field: str, lat: np.ndarray, lon: np.ndarray) -> Points:
        """Return how well points fit what one field states; of no rows where it states nothing."""
        cells = self._cells(field)
        if cells is None:
            return Points()
        judge = self._in_country if field == "country" else self._near_places
        fit, judged = judge(lat, lon, cells)
        if not judged.any():
            return Points()
        what = "country" if field == "country" else "place"
        return Points(float(fit[judged].mean()), int(judged.sum()), what)

    def _cells(self, field: str) -> pd.Series | None:
        column = self._mapping.get(field)
        return self._frame[column] if column in self._frame.columns else None

    def _in_country(
        self, lat: np.ndarray, lon: np.ndarray, country: pd.Series
    ) -> tuple[Mask, Mask]:
        fit, judged = np.zeros(len(lat), bool), np.zeros(len(lat), bool)
        for name in country.dropna().unique()[:_MAX_NAMES]:
            span = country_spans().get(self._finder.country_code(name.strip()) or "")
            if span is None:
                continue
            rows = (country == name).to_numpy(dtype=bool)
            judged |= rows
            inside = ~span.is_outside(lat[rows], lon[rows], _MARGIN)
            fit[rows] = inside & np.isfinite(lat[rows] + lon[rows])
        return fit, judged

    def _near_places(self, lat: np.ndarray, lon: np.ndarray, names: pd.Series) -> tuple[Mask, Mask]:
        fit, judged = np.zeros(len(lat), bool), np.zeros(len(lat), bool)
        for name in names.dropna().unique()[:_MAX_NAMES]:
            known = self._places(name.strip())
            if not len(known):
                continue
            for row in np.flatnonzero((names == name).to_numpy(dtype=bool)):
                judged[row] = True
                if np.isfinite(lat[row] + lon[row]):
                    away = great_circle_km(lon[row], lat[row], known[:, 0], known[:, 1])
                    fit[row] = bool(away.min() <= _NEAR_KM)
        return fit, judged

    def _places(self, name: str) -> np.ndarray:
        """Return longitude and latitude of each place of a name."""
        if name not in self._points:
            shapes = [match.place.geometry for match in self._finder.matches(name)]
            points = [shape.representative_point() for shape in shapes if shape is not None]
            self._points[name] = np.array([(point.x, point.y) for point in points])
        return self._points[name]
