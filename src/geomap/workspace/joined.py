"""The join of a workspace's events with its places, worked out once for each version of both.

It is worked out a stretch of events at a time, so that no more than that is in memory.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from geomap.join import AT_KM, NEAR_KM, join_places
from geomap.tables import JOIN_COLUMNS

_RULES = 2
"""Raise it when the rules of the join change, so that kept results are not taken for new ones."""

_KEPT = 2  # somebody may still be reading the one before
_KINDS = {"str": pa.string(), "float64": pa.float64(), "bool": pa.bool_()}
SCHEMA = pa.schema([(name, _KINDS[dtype]) for name, dtype in JOIN_COLUMNS.items()])


def kept_joins(
    folder: Path,
    stretches: Iterable[gpd.GeoDataFrame],
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
        The events, of which only a file that is not there yet asks; the places; and the
        version of the workspace that the events are of.
    """
    kept = folder / f"joins-{version}-{_mark(places)}.parquet"
    if _is_whole(kept):
        return kept
    parts = (
        pa.Table.from_pandas(join_places(events, places), SCHEMA, preserve_index=False)
        for events in stretches
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
