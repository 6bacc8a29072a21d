"""Whether points lie where their rows say they are: in the country, or near the place named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geomap.geo.distance import great_circle_km
from geomap.ingest.events.coordinate_text import read_degrees
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
        lat = read_degrees(latitude.fillna(""), "latitude").degrees
        lon = read_degrees(longitude.fillna(""), "longitude").degrees
        return self._of_degrees(*(d.reindex(self._frame.index).to_numpy() for d in (lat, lon)))

    def _of_degrees(self, lat: np.ndarray, lon: np.ndarray) -> Points:
        country = self._cells("country")
        if country is not None:
            fit, judged = self._in_country(lat, lon, country)
            if judged.any():
                return Points(float(fit[judged].mean()), int(judged.sum()), "country")
        for field in _NAMES:
            names = self._cells(field)
            if names is not None:
                fit, judged = self._near_places(lat, lon, names)
                if judged.any():
                    return Points(float(fit[judged].mean()), int(judged.sum()), "place")
        return Points()

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
