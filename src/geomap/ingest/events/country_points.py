"""Where countries lie: the span of their towns, and the points used for a whole country."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np

from geomap.paths import packaged_rows


class Span(NamedTuple):
    """The part of the Earth that a country's towns span; `west` > `east` across 180 degrees."""

    south: float
    north: float
    west: float
    east: float

    def is_outside(self, lat: np.ndarray, lon: np.ndarray, margin: float) -> np.ndarray:
        """Return which points lie more than a margin, in degrees of latitude, off the span."""
        across = margin / np.maximum(np.cos(np.radians(lat)), 0.2)
        width = (self.east - self.west) % 360
        eastward = (lon - self.west) % 360
        beside = (eastward > width + across) & (eastward < 360 - across)
        return np.asarray((lat < self.south - margin) | (lat > self.north + margin) | beside)


@cache
def country_spans() -> dict[str, Span]:
    """Return the span of each country by its ISO code."""
    rows = packaged_rows("geomap.ingest.events", "country_spans.tsv")
    return {code: Span(*map(float, rest)) for code, *rest in rows}


@cache
def country_points() -> np.ndarray:
    """Return the points (latitude, longitude) at which sources put whole countries."""
    rows = packaged_rows("geomap.ingest.events", "country_points.tsv")
    return np.array([[float(lat), float(lon)] for _, lat, lon in rows])
