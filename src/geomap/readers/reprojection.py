"""Geometries of any stated reference system into longitude and latitude (EPSG:4326)."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely

from geomap.errors import FileRefusedError
from geomap.readers.table_draft import TableDraft

GEOMETRY_COLUMN = "geometry_wkt"
"""The column that holds the geometry of each row as WKT."""


def to_wgs84(shapes: np.ndarray, crs: object, draft: TableDraft) -> np.ndarray:
    """Return the geometries in EPSG:4326; the draft is warned when they were converted.

    Parameters
    ----------
    shapes
        Array of geometries, None where there is none; x before y.
    crs
        The reference system, in any form that pyproj reads.
    draft
        The table that they belong to.

    Raises
    ------
    FileRefusedError
        When the system is not known, or not one of the Earth; code "other_crs".
    """
    import pyproj

    try:
        system = pyproj.CRS.from_user_input(crs)
        target = pyproj.CRS.from_epsg(4326)
        if system.equals(target, ignore_axis_order=True) or _is_crs84(system):
            return shapes
        transformer = pyproj.Transformer.from_crs(system, target, always_xy=True)
    except (pyproj.exceptions.ProjError, TypeError, ValueError) as error:
        message = (
            f"{draft.name} states a reference system that cannot be converted; export it as "
            "EPSG:4326."
        )
        raise FileRefusedError(message, code="other_crs") from error
    words = f"Its places were converted from {system.name} to longitude and latitude."
    draft.warn("crs_converted", words)
    return np.asarray(shapely.transform(shapes, _turn(transformer)), dtype=object)


def _is_crs84(system: Any) -> bool:
    return bool(system.is_geographic and system.name.startswith("WGS 84"))


def _turn(transformer: Any) -> Any:
    def turn(points: np.ndarray) -> np.ndarray:
        return np.column_stack(transformer.transform(points[:, 0], points[:, 1]))

    return turn


def wkt_cells(shapes: np.ndarray) -> list[str]:
    """Return each geometry as WKT without loss, an empty text where there is none."""
    return ["" if shape is None else shapely.to_wkt(shape, rounding_precision=-1)
            for shape in shapes]  # fmt: skip
