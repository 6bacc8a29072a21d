"""Which event lies at which place, worked out once for each version of events and places.

It is worked out a chunk of events at a time, so that no more than that is in memory, and only
for events that name a place or lie in the neighbourhood of one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import shapely

from geomap.files.sha256 import sha256_of
from geomap.files.versioned import VersionedFile
from geomap.geo.points import is_placed, markers_of
from geomap.join import AT_KM, NEAR_KM, candidate_pairs, join_places
from geomap.model import CRS
from geomap.tables import JOIN_COLUMNS
from geomap.typing import Mask

JOINED_COLUMNS: Sequence[str] = (
    "event_id", "event_date", "event_date_end", "last_confirmed", "date_precision",
    "geo_precision", "uncertainty_km", "place_id", "place_ids", "geometry",
)  # fmt: skip
"""Columns of an events table that a join reads."""

_RULES = 2
"""Raise it when the rules of the join change, so that cached results are not taken for new ones."""

_TYPES = {"str": pa.string(), "float64": pa.float64(), "bool": pa.bool_()}
SCHEMA = pa.schema([(name, _TYPES[dtype]) for name, dtype in JOIN_COLUMNS.items()])


def cached_joins(
    folder: Path,
    chunks: Callable[[], Iterable[pa.Table]],
    places: gpd.GeoDataFrame,
    *,
    version: int,
) -> Path | pa.Table:
    """Return the joins with the columns of `tables.JOIN_COLUMNS`, worked out when not cached.

    `chunks` returns the events of a version as tables with `JOINED_COLUMNS`, geometry as WKB.
    Where the folder cannot be written the joins come as a table in memory.
    """
    file = VersionedFile(folder, "joins", f"{version}-{_digest(places)}")
    if file.is_whole(JOIN_COLUMNS):
        return file.path
    try:
        with file.writing() as path, pq.ParquetWriter(path, SCHEMA) as writer:
            for chunk in chunks():
                writer.write_table(_joined(chunk, places))
    except OSError:
        return pa.concat_tables(
            [SCHEMA.empty_table(), *(_joined(chunk, places) for chunk in chunks())]
        )
    return file.path


def may_meet(events: pa.Table, places: gpd.GeoDataFrame) -> Mask:
    """Return which events may meet a place: all that do, and some that do not.

    The events come as a table with `JOINED_COLUMNS`, geometry as WKB.
    """
    known = pa.array(places["place_id"].unique(), events["place_id"].type)
    named = pc.or_(pc.is_in(events["place_id"], known), events["place_ids"].is_valid())
    near: Mask = named.to_numpy().copy()
    geometry = events["geometry"].combine_chunks()
    placed = np.flatnonzero(is_placed(geometry))
    markers = markers_of(geometry.take(pa.array(placed)))
    near[placed[list(markers.shapes)]] = True  # lines and areas are joined as they are
    rows = placed[markers.event]
    radius = 1000 * events["uncertainty_km"].fill_null(0).to_numpy()[rows]
    margin = np.nan_to_num(places["uncertainty_km"].to_numpy(dtype="float64"))
    meeting, _ = candidate_pairs(
        np.column_stack([markers.longitude, markers.latitude] * 2),
        radius,
        places.geometry.bounds.to_numpy(),
        1000 * (margin + max(AT_KM, NEAR_KM)),
    )
    near[rows[meeting]] = True
    return near


def _joined(chunk: pa.Table, places: gpd.GeoDataFrame) -> pa.Table:
    frame = chunk.filter(pa.array(may_meet(chunk, places))).to_pandas(date_as_object=False)
    shapes = shapely.from_wkb(frame.pop("geometry").to_numpy(dtype="object"))
    events = gpd.GeoDataFrame(frame, geometry=shapes, crs=CRS)
    return pa.Table.from_pandas(join_places(events, places), SCHEMA, preserve_index=False)


def _digest(places: gpd.GeoDataFrame) -> str:
    """Return a digest of all that the join reads of the places, and of its rules."""
    columns = places[["place_id", "kind", "uncertainty_km", "valid_from", "valid_to"]].to_csv()
    shapes = b"".join(shape or b"-" for shape in shapely.to_wkb(places.geometry.to_numpy()))
    return sha256_of(f"{_RULES} {NEAR_KM} {AT_KM}{columns}".encode() + shapes)[:16]
