"""The join of a workspace's events with its places, worked out once for each version of both."""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import shapely

from geomap.join import AT_KM, NEAR_KM, join_places
from geomap.tables import JOIN_COLUMNS

_RULES = 2
"""Raise it when the rules of the join change, so that kept results are not taken for new ones."""


def cached_joins(
    folder: Path, events: gpd.GeoDataFrame, places: gpd.GeoDataFrame, *, version: int
) -> pd.DataFrame:
    """Return which event lies at which place, from the folder when it was worked out before.

    Parameters
    ----------
    folder
        Where results are kept; only the newest one is. A folder that cannot be written
        costs time, nothing else.
    events, places, version
        The two tables, and the version of the workspace that the events are of.
    """
    kept = folder / f"joins-{version}-{_mark(places)}.parquet"
    with suppress(OSError, pa.ArrowInvalid, KeyError):
        return pd.read_parquet(kept)[list(JOIN_COLUMNS)].astype(JOIN_COLUMNS)
    joins = join_places(events, places)
    with suppress(OSError):
        _keep(joins, kept)
    return joins


def _mark(places: gpd.GeoDataFrame) -> str:
    told = places[["place_id", "kind", "uncertainty_km", "valid_from", "valid_to"]]
    digest = hashlib.sha256(f"{_RULES} {NEAR_KM} {AT_KM}".encode())
    digest.update(told.to_csv().encode())
    for shape in shapely.to_wkb(places.geometry.to_numpy()):
        digest.update(shape or b"-")
    return digest.hexdigest()[:16]


def _keep(joins: pd.DataFrame, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    old = list(target.parent.glob("joins-*.parquet"))
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".partial-")
    os.close(handle)
    joins.to_parquet(temporary, index=False)
    Path(temporary).replace(target)
    for path in old:
        if path != target:
            path.unlink(missing_ok=True)
