"""Functions for what SQL cannot see in a shape; `sql_conditions` needs them in a connection."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import shapely

from geomap.query.areas import in_area


def _shapes(column: Any) -> Any:
    return shapely.from_wkb(column.to_numpy(zero_copy_only=False))


def _is_empty(geometry: Any) -> Any:
    return pa.array(shapely.is_empty(_shapes(_whole(geometry))), pa.bool_())


def _in_area(geometry: Any, area: Any) -> Any:
    found = np.zeros(len(geometry), dtype=bool)
    if len(found):
        bbox, polygon = json.loads(area[0].as_py())
        shapes = _shapes(_whole(geometry))
        corners = tuple((float(x), float(y)) for x, y in polygon)
        found = in_area(shapes, None if bbox is None else tuple(bbox), corners)
    return pa.array(found, pa.bool_())


def _whole(column: Any) -> Any:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


FUNCTIONS: tuple[tuple[str, Callable[..., Any], tuple[str, ...]], ...] = (
    ("geomap_is_empty", _is_empty, ("BLOB",)),
    ("geomap_in_area", _in_area, ("BLOB", "VARCHAR")),
)
"""Functions of a connection: name, what it does to columns of Arrow, types of its arguments.

Each returns a truth for each row and is called with missing values too.
"""
