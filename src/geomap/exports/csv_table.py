"""Events and other tables as CSV that no spreadsheet runs as formulas."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geomap.files.spreadsheet_text import guarded
from geomap.geo.shape_point import point_of
from geomap.tables import DAYS, EVENT_COLUMNS


def csv_text(events: gpd.GeoDataFrame, *, raw: bool = False) -> str:
    """Return events as CSV: days in ISO 8601, missing cells empty, one row for each event.

    `longitude` and `latitude` (degrees) are those of a point; for any other geometry they are a
    point on it, and `geometry_wkt` holds the geometry.

    Parameters
    ----------
    events
        Events table in EPSG:4326; further columns are written too.
    raw
        Whether to leave text as it is. By default a cell that a spreadsheet would run as a
        formula gets an apostrophe in front; numbers are never changed.
    """
    columns = {}
    for name in [*EVENT_COLUMNS, *(c for c in events if c not in {*EVENT_COLUMNS, "geometry"})]:
        values = events[name]
        if str(values.dtype) == DAYS:
            columns[name] = values.dt.strftime("%Y-%m-%d")
        elif str(values.dtype) in {"str", "object", "category"}:
            text_cells = values.astype("str")
            columns[name] = text_cells if raw else text_cells.map(guarded, na_action="ignore")
        else:
            columns[name] = values
    shapes = events.geometry.to_numpy()
    points = np.array([point_of(shape) or (np.nan, np.nan) for shape in shapes]).reshape(-1, 2)
    is_point = shapely.get_type_id(shapes) == shapely.GeometryType.POINT
    points[is_point] = shapely.get_coordinates(shapes[is_point & ~shapely.is_empty(shapes)])
    written = shapely.to_wkt(shapes, rounding_precision=-1)  # without loss
    columns |= {
        "longitude": pd.Series(points[:, 0], events.index),
        "latitude": pd.Series(points[:, 1], events.index),
        "geometry_wkt": pd.Series(written, events.index, dtype="str").mask(is_point),
    }
    text: str = pd.DataFrame(columns).to_csv(index=False, lineterminator="\n")
    return text


def without_categories(events: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return events with text in place of categories, which file formats do not have."""
    texts = {name: events[name].astype("str") for name in events.select_dtypes("category")}
    return events.assign(**texts)


def rows_as_csv(rows: pd.DataFrame) -> str:
    """Return any table as CSV; text that a spreadsheet would run gets an apostrophe in front.

    Parameters
    ----------
    rows
        Table whose index is not written.
    """
    safe = rows.map(lambda cell: guarded(cell) if isinstance(cell, str) else cell)
    text: str = safe.to_csv(index=False, lineterminator="\n")
    return text
