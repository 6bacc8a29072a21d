"""Geometries from WKT that somebody else wrote."""

from __future__ import annotations

import numpy as np
import shapely

DEEPEST = 32
"""Collections inside each other that are read; GEOS reads each in another call of itself and
overflows the stack at some ten thousand. Nested collections of a real layer have two levels."""

_OPEN, _CLOSE = b"()"


def read_wkt(texts: np.ndarray) -> np.ndarray:
    """Return geometries, in the coordinates of the text; None for each that cannot be read.

    Parameters
    ----------
    texts
        WKT or EWKT of each geometry, as an array of str; nested more than `DEEPEST` collections
        deep it cannot be read.
    """
    readable = np.array([text if _is_shallow(text) else None for text in texts], dtype=object)
    return np.asarray(shapely.from_wkt(readable, on_invalid="ignore"), dtype=object)


def _is_shallow(text: str) -> bool:
    if text.count("(") <= DEEPEST:  # nearly all
        return True
    marks = np.frombuffer(text.encode("utf-8", "replace"), dtype=np.uint8)
    steps = (marks == _OPEN).astype(np.int32) - (marks == _CLOSE)
    return int(np.cumsum(steps).max()) <= DEEPEST
