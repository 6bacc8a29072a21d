"""The join of a workspace's events with its places, worked out once for each version of both.

It is worked out a stretch of events at a time, so that no more than that is in memory, and
only for events that name a place or lie in the neighbourhood of one.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import shapely

from geomap.geo.points import is_placed, markers_of
from geomap.join import AT_KM, NEAR_KM, join_places
from geomap.join.geodesy import positions_within
from geomap.model import CRS
from geomap.tables import JOIN_COLUMNS

_RULES = 2
"""Raise it when the rules of the join change, so that kept results are not taken for new ones."""

_KEPT = 2  # somebody may still be reading the one before
_KINDS = {"str": pa.string(), "float64": pa.float64(), "bool": pa.bool_()}
SCHEMA = pa.schema([(name, _KINDS[dtype]) for name, dtype in JOIN_COLUMNS.items()])


def kept_joins(
    folder: Path,
    stretches: Iterable[pa.Table],
    places: gpd.GeoDataFrame,
    *,
    version: int,
) -> Path | pa.Table:
    """Return which event lies at which place: a file, or a table where none can be written.

    Parameters
    ----------
    folder
        Where results are kept, the newest two of them. A folder that cannot be written
        costs time, nothing else.
    stretches, places, version
        The events (columns `JOINED_COLUMNS` of `eventtable`), of which only a file that is
        not there yet asks; the places; and the version of the workspace of the events.
    """
    kept = folder / f"joins-{version}-{_mark(places)}.parquet"
    if _is_whole(kept):
        return kept
    parts = (
        pa.Table.from_pandas(
            join_places(_as_events(part.filter(pa.array(may_meet(part, places)))), places),
            SCHEMA,
            preserve_index=False,
        )
        for part in stretches
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=".partial-")
    except OSError:
        return pa.concat_tables([SCHEMA.empty_table(), *parts])
    os.close(handle)
    with pq.ParquetWriter(temporary, SCHEMA) as writer:
        for part in parts:
            writer.write_table(part)
    _replace(Path(temporary), kept)
    return kept


def read_joins(found: Path | pa.Table) -> pd.DataFrame:
    """Return what `kept_joins` gave as a table in memory."""
    table = pq.read_table(found) if isinstance(found, Path) else found
    return table.to_pandas()[list(JOIN_COLUMNS)].astype(JOIN_COLUMNS)


def may_meet(events: pa.Table, places: gpd.GeoDataFrame) -> npt.NDArray[np.bool_]:
    """Return which events may meet a place: all that do, and some that do not."""
    known = pa.array(places["place_id"].unique(), events["place_id"].type)
    named = pc.or_(pc.is_in(events["place_id"], known), events["place_ids"].is_valid())
    near: npt.NDArray[np.bool_] = named.to_numpy().copy()
    geometry = events["geometry"].combine_chunks()
    placed = np.flatnonzero(is_placed(geometry))
    markers = markers_of(geometry.take(pa.array(placed)))
    near[placed[list(markers.shapes)]] = True  # lines and areas are looked at as they are
    rows = placed[markers.event]
    known_to = events["uncertainty_km"].fill_null(0).to_numpy()[rows]
    margin = max(AT_KM, NEAR_KM) + places["uncertainty_km"].max(skipna=True)
    reach = 1000 * (known_to + (margin if margin >= 0 else max(AT_KM, NEAR_KM)))
    bounds = np.column_stack([markers.longitude, markers.latitude] * 2)
    shapes = places.geometry[~(places.geometry.isna() | places.geometry.is_empty)]
    if len(shapes):
        within = positions_within(bounds, reach, shapely.box(*shapes.total_bounds))
        rows, bounds, reach = rows[within], bounds[within], reach[within]
    for shape in shapes:
        near[rows[positions_within(bounds, reach, shape)]] = True
    return near


def _as_events(found: pa.Table) -> gpd.GeoDataFrame:
    """Return the columns that a join looks at as a table of events, without the others."""
    frame = found.to_pandas(date_as_object=False)
    shapes = shapely.from_wkb(frame.pop("geometry").to_numpy(dtype="object"))
    return gpd.GeoDataFrame(frame, geometry=shapes, crs=CRS)


def _is_whole(path: Path) -> bool:
    with suppress(OSError, pa.ArrowInvalid):
        return set(JOIN_COLUMNS) <= set(pq.read_schema(path).names)
    return False


def _mark(places: gpd.GeoDataFrame) -> str:
    told = places[["place_id", "kind", "uncertainty_km", "valid_from", "valid_to"]]
    digest = hashlib.sha256(f"{_RULES} {NEAR_KM} {AT_KM}".encode())
    digest.update(told.to_csv().encode())
    for shape in shapely.to_wkb(places.geometry.to_numpy()):
        digest.update(shape or b"-")
    return digest.hexdigest()[:16]


def _replace(temporary: Path, target: Path) -> None:
    temporary.replace(target)
    found = sorted(target.parent.glob("joins-*.parquet"), key=lambda path: path.stat().st_mtime_ns)
    for path in found[:-_KEPT]:
        path.unlink(missing_ok=True)
