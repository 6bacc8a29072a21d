"""Events as CSV in which no cell of text is taken for a formula."""

from __future__ import annotations

import re

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geomap.geo.shape_point import point_of
from geomap.tables import DAYS, EVENT_COLUMNS

_FORMULA = re.compile(r"^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]")


def csv_text(events: gpd.GeoDataFrame, *, raw: bool = False) -> str:
    """Return events as CSV: days in ISO, missing cells empty, one row for each event.

    Text that a spreadsheet would run as a formula gets an apostrophe in front, unless it is to
    be `raw`; numbers stay as they are. `longitude` and `latitude` are those of points; of
    every other geometry they are a point on it, and `geometry_wkt` holds the whole.
    """
    columns = {}
    for name in [*EVENT_COLUMNS, *(c for c in events if c not in {*EVENT_COLUMNS, "geometry"})]:
        values = events[name]
        if str(values.dtype) == DAYS:
            columns[name] = values.dt.strftime("%Y-%m-%d")
        elif str(values.dtype) in {"str", "object", "category"}:
            text_cells = values.astype("str")
            columns[name] = text_cells if raw else text_cells.map(plain_text, na_action="ignore")
        else:
            columns[name] = values
    shapes = events.geometry.to_numpy()
    points = np.array([point_of(shape) or (np.nan, np.nan) for shape in shapes]).reshape(-1, 2)
    is_point = shapely.get_type_id(shapes) == shapely.GeometryType.POINT
    points[is_point] = shapely.get_coordinates(shapes[is_point & ~shapely.is_empty(shapes)])
    columns |= {
        "longitude": pd.Series(points[:, 0], events.index),
        "latitude": pd.Series(points[:, 1], events.index),
        "geometry_wkt": pd.Series(shapely.to_wkt(shapes), events.index, dtype="str").mask(is_point),
    }
    text: str = pd.DataFrame(columns).to_csv(index=False, lineterminator="\n")
    return text


def rows_as_csv(rows: pd.DataFrame) -> str:
    """Return any table as CSV in which no cell of text is taken for a formula."""
    safe = {
        name: values.map(lambda cell: plain_text(cell) if isinstance(cell, str) else cell)
        for name, values in rows.items()
    }
    text: str = pd.DataFrame(safe, columns=rows.columns).to_csv(index=False, lineterminator="\n")
    return text


def plain_text(cell: str) -> str:
    """Return a cell that no spreadsheet reads as a formula."""
    return "'" + cell if _FORMULA.match(cell) else cell
