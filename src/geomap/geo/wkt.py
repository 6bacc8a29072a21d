"""Geometries from WKT and GeoJSON that somebody else wrote."""

from __future__ import annotations

import numpy as np
import shapely

DEEPEST = 32
"""Collections inside each other that are read; GEOS reads each in another call of itself and
overflows the stack at some ten thousand. Nested collections of a real layer have two levels."""


def read_wkt(texts: np.ndarray) -> np.ndarray:
    """Return geometries, in the coordinates of the text; None for each that cannot be read.

    Parameters
    ----------
    texts
        WKT or EWKT of each geometry, as an array of str; nested more than `DEEPEST` collections
        deep it cannot be read.
    """
    readable = _shallow(texts, "()")
    return np.asarray(shapely.from_wkt(readable, on_invalid="ignore"), dtype=object)


def read_geojson(texts: np.ndarray) -> np.ndarray:
    """Return geometries in EPSG:4326; None for each text that cannot be read as GeoJSON.

    Parameters
    ----------
    texts
        GeoJSON of each geometry, as an array of str, with the limit of `read_wkt`.
    """
    readable = _shallow(texts, "{}")
    return np.asarray(shapely.from_geojson(readable, on_invalid="ignore"), dtype=object)


def _shallow(texts: np.ndarray, brackets: str) -> np.ndarray:
    """Return the texts with None in place of those that nest too deep."""
    return np.array([t if _is_shallow(t, brackets) else None for t in texts], dtype=object)


def _is_shallow(text: str, brackets: str) -> bool:
    if text.count(brackets[0]) <= DEEPEST:  # nearly all
        return True
    marks = np.frombuffer(text.encode("utf-8", "replace"), dtype=np.uint8)
    steps = (marks == ord(brackets[0])).astype(np.int32) - (marks == ord(brackets[1]))
    return int(np.cumsum(steps).max()) <= DEEPEST
