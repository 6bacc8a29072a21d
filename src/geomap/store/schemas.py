"""The columns of each table on disk, and the way between them and tables in memory.

Days are dates, geometry is WKB in EPSG:4326, lists are JSON texts: every engine that reads
Parquet can read them. Nothing of pandas is in the files.
"""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import shapely

from geomap.tables import DAYS, EVENT_COLUMNS, cast_events

_ARROW = {
    "str": pa.string(),
    DAYS: pa.date32(),
    "Int64": pa.int64(),
    "float64": pa.float64(),
    "bool": pa.bool_(),
    "wkb": pa.binary(),
}

_STRETCH = 100_000

COLUMNS: dict[str, dict[str, str]] = {
    "events": {**EVENT_COLUMNS, "geometry": "wkb"},
    "batches": {
        "batch_id": "str",
        "sequence": "Int64",  # order of the commits; the highest is the newest
        "file_name": "str",
        "sha256": "str",
        "kind": "str",
        "layout": "str",
        "layout_reason": "str",
        "mapping": "str",
        "options": "str",
        "counts": "str",
        "of_kept": "str",
        "warnings": "str",
        "created": "str",
        "dataset": "str",
        "columns": "str",
        "builds_on": "str",
        "release_of": "str",
        "base": "Int64",
        "undone": "str",
        "table_versions": "str",  # which version of each table holds exactly what is finished
    },
    "issues": {
        "batch_id": "str",
        "row": "Int64",
        "column": "str",
        "value": "str",
        "code": "str",
        "reason": "str",
        "remedy": "str",
        "rejected": "bool",
    },
    "articles": {
        "article_id": "str",
        "title": "str",
        "publisher": "str",
        "url": "str",
        "published": DAYS,
        "text": "str",
        "file_name": "str",
        "dateline_start": "Int64",
        "dateline_end": "Int64",
        "dateline_day": DAYS,
        "dateline_place_id": "str",
        "batch_id": "str",
    },
    "toponyms": {
        "article_id": "str",
        "start_char": "Int64",
        "end_char": "Int64",
        "text": "str",
        "toponym_kind": "str",
        "score": "float64",
        "reason": "str",
        "candidates": "str",
        "matched_name": "str",
        "is_sure": "bool",
        "place_id": "str",
        "name": "str",
        "kind": "str",
        "feature_class": "str",
        "feature_code": "str",
        "country_code": "str",
        "uncertainty_km": "float64",
        "valid_from": DAYS,
        "valid_to": DAYS,
        "layer": "str",
        "source": "str",
        "licence": "str",
        "population": "Int64",
        "geometry": "wkb",
    },
    "dates": {
        "article_id": "str",
        "start_char": "Int64",
        "end_char": "Int64",
        "text": "str",
        "start": DAYS,
        "end": DAYS,
        "precision": "str",
    },
}

KEYS: dict[str, str] = {
    "events": "event_id",
    "batches": "batch_id",
    "issues": "batch_id",
    "articles": "article_id",
    "toponyms": "article_id",
    "dates": "article_id",
}
"""What says which rows a write replaces: for events, batches and articles it is unique."""


def schema_of(table: str) -> pa.Schema:
    """Return the schema of a table on disk."""
    return pa.schema([(name, _ARROW[dtype]) for name, dtype in COLUMNS[table].items()])


def in_batches(table: str, frame: pd.DataFrame) -> pa.RecordBatchReader:
    """Return rows as they are written, a stretch at a time, so that no second table is built."""
    stretches = (frame.iloc[start : start + _STRETCH] for start in range(0, len(frame), _STRETCH))
    made = (batch for rows in stretches for batch in to_arrow(table, rows).to_batches())
    return pa.RecordBatchReader.from_batches(schema_of(table), made)


def to_arrow(table: str, frame: pd.DataFrame) -> pa.Table:
    """Return rows as they are written."""
    arrays = []
    for name, dtype in COLUMNS[table].items():
        values = frame[name] if name in frame else pd.Series(None, frame.index, "object")
        if dtype == "wkb":
            shapes = values.to_numpy(dtype="object")
            shapes = np.where(pd.isna(shapes), None, shapes)  # pandas may have written NaN
            arrays.append(pa.array(shapely.to_wkb(shapes), pa.binary()))
        elif dtype == DAYS:
            days = pd.to_datetime(values).astype(DAYS)
            arrays.append(pa.array(days, pa.timestamp("us")).cast(pa.date32()))
        else:
            arrays.append(pa.array(values, _ARROW[dtype], from_pandas=True))
    return pa.Table.from_arrays([_whole(array) for array in arrays], schema=schema_of(table))


def _whole(array: Any) -> Any:
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def from_arrow(table: str, found: pa.Table) -> pd.DataFrame:
    """Return rows as they were before they were written; events come as an events table."""
    mapper = {pa.int64(): pd.Int64Dtype()}.get
    frame = found.to_pandas(types_mapper=mapper, date_as_object=False)
    for name, dtype in COLUMNS[table].items():
        if name not in frame:
            frame[name] = None
        elif dtype == "wkb":
            frame[name] = shapely.from_wkb(frame[name].to_numpy(dtype="object"))
        elif dtype == DAYS:
            frame[name] = frame[name].astype(DAYS)
    return cast_events(frame) if table == "events" else frame[list(COLUMNS[table])]


def empty(table: str) -> pd.DataFrame | gpd.GeoDataFrame:
    """Return a table without rows."""
    return from_arrow(table, schema_of(table).empty_table())
