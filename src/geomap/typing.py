"""Types with a meaning of their own that several rooms share, each with its unit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

BBox = tuple[float, float, float, float]
"""West, south, east, north in degrees of EPSG:4326; west above east crosses the 180th meridian."""

Progress = Callable[[str, float], None]
"""Called with a sentence on what is being done, and the share that is done, from 0 to 1."""

Mask = npt.NDArray[np.bool_]
"""One boolean for each row of a table."""

Floats = npt.NDArray[np.float64]
"""An array of numbers; its unit and shape are stated where it is used."""

Shapes = npt.NDArray[np.object_]
"""An array of shapely geometries."""

Array = np.ndarray[Any, Any]
"""An array of any type."""

Days = npt.NDArray[np.int64]
"""Calendar days as numbers, counted from 1970-01-01."""


def silent(_words: str, _share: float) -> None:
    """Ignore the progress of a job."""
