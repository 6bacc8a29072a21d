"""Digests that are equal for equal data, on any machine and on any day."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import shapely

from geomap.files.sha256 import sha256_of
from geomap.tables import DAYS, EVENT_COLUMNS

_PLACE_COLUMNS = ("place_id", "name", "kind", "valid_from", "valid_to", "uncertainty_km")


def digest_of_events(events: gpd.GeoDataFrame) -> str:
    """Return the SHA-256 of events: every column and geometry, whatever the order of the rows.

    Parameters
    ----------
    events
        Events table in EPSG:4326.
    """
    names = [name for name in EVENT_COLUMNS if name in events]
    return _digest(events.sort_values("event_id", kind="stable"), names)


def digest_of_places(places: gpd.GeoDataFrame) -> str:
    """Return the SHA-256 of the columns of places that are drawn, whatever the order of the rows.

    Parameters
    ----------
    places
        Places table in EPSG:4326, one row for each dated version.
    """
    names = [name for name in _PLACE_COLUMNS if name in places]
    order = [name for name in ("place_id", "valid_from", "valid_to") if name in places]
    return _digest(places.sort_values(order, kind="stable"), names)


def _digest(table: gpd.GeoDataFrame, names: list[str]) -> str:
    columns = {}
    for name in names:
        values = table[name]
        if str(values.dtype).startswith("datetime"):
            columns[name] = values.astype(DAYS).dt.strftime("%Y-%m-%d")
        else:
            columns[name] = values
    shapes = table.geometry.to_numpy()
    columns["geometry"] = shapely.to_wkb(shapes, hex=True, byte_order=1, output_dimension=2)
    text = pd.DataFrame(columns).to_csv(index=False, lineterminator="\n")
    return sha256_of(text)
