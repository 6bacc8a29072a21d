"""The columns of each table on disk, and the conversion to and from tables in memory.

Days are dates, geometry is WKB in EPSG:4326, lists are JSON texts: every program that reads
Parquet can read them. The files hold nothing that is pandas' own.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import shapely

from geomap.model import Batch
from geomap.tables import AGGREGATE_COLUMNS, DAYS, EVENT_COLUMNS, cast_events

_ARROW = {
    "str": pa.string(),
    DAYS: pa.date32(),
    "Int64": pa.int64(),
    "float64": pa.float64(),
    "bool": pa.bool_(),
    "wkb": pa.binary(),
}

_CHUNK_ROWS = 20_000
"""Rows that are converted at once: the writer takes several chunks before it has written one."""

COLUMNS: dict[str, dict[str, str]] = {
    "events": {**EVENT_COLUMNS, "geometry": "wkb"},
    "batches": {
        "batch_id": "str",
        "sequence": "Int64",  # order of the commits; the highest is the newest
        "file_name": "str", "sha256": "str", "kind": "str", "layout": "str", "layout_reason": "str",
        "mapping": "str", "options": "str", "counts": "str", "of_kept": "str", "warnings": "str",
        "created": "str", "dataset": "str", "columns": "str", "builds_on": "str",
        "release_of": "str", "base": "Int64", "undone": "str",
        "table_versions": "str",  # which version of each table holds exactly what is finished
        "table_rows": "str",  # how many rows each table has at these versions
        "compacted": "Int64",  # the version that the last compaction made; 0 before the first
        "undated": "Int64",  # the last version before rows were dated by `WRITTEN`
    },
    "issues": {
        "batch_id": "str", "row": "Int64", "column": "str", "value": "str", "code": "str",
        "reason": "str", "remedy": "str", "rejected": "bool",
    },
    "articles": {
        "article_id": "str", "title": "str", "publisher": "str", "url": "str", "published": DAYS,
        "text": "str", "file_name": "str", "dateline_start": "Int64", "dateline_end": "Int64",
        "dateline_day": DAYS, "dateline_place_id": "str", "batch_id": "str",
    },
    "toponyms": {
        "article_id": "str", "start_char": "Int64", "end_char": "Int64", "text": "str",
        "toponym_kind": "str", "score": "float64", "reason": "str", "candidates": "str",
        "matched_name": "str", "is_sure": "bool",
        "place_id": "str", "name": "str", "kind": "str", "feature_class": "str",
        "feature_code": "str", "country_code": "str", "uncertainty_km": "float64",
        "valid_from": DAYS, "valid_to": DAYS, "layer": "str", "source": "str", "licence": "str",
        "population": "Int64", "geometry": "wkb",
    },
    "dates": {
        "article_id": "str", "start_char": "Int64", "end_char": "Int64", "text": "str",
        "start": DAYS, "end": DAYS, "precision": "str",
    },
    "aggregates": AGGREGATE_COLUMNS,
    "decisions": {  # lines are only added; `store.decision_rows` describes them
        "decision_id": "str", "target_kind": "str", "target": "str", "kind": "str", "field": "str",
        "old": "str", "new": "str", "reason": "str", "author": "str", "at": "str", "seen": "str",
    },
}  # fmt: skip
"""Columns of each table on disk, and the dtype of each in memory ("wkb" for geometry)."""

KEYS: dict[str, str] = {
    "events": "event_id",
    "batches": "batch_id",
    "issues": "batch_id",
    "articles": "article_id",
    "toponyms": "article_id",
    "dates": "article_id",
    "aggregates": "batch_id",
    "decisions": "decision_id",
}
"""Column by which a write replaces rows; not unique in issues, toponyms and dates."""


HISTORY = "_history"
"""Ending of the table that keeps the replaced and removed rows of another one."""

WRITTEN, UNTIL = "written", "until"
"""The version of the workspace that wrote a row, and the first one without it."""

ALL_TABLES = (*COLUMNS, *(name + HISTORY for name in COLUMNS))
"""Every table that a workspace may have on disk."""


def schema_of(table: str) -> pa.Schema:
    """Return the Arrow schema of a table on disk.

    Parameters
    ----------
    table
        One of `ALL_TABLES`.
    """
    return pa.schema([(name, _ARROW[dtype]) for name, dtype in _on_disk(table).items()])


def _on_disk(table: str) -> dict[str, str]:
    """Return the columns of a table on disk: those of its rows, and the versions that had them."""
    versions = {WRITTEN: "Int64"} | ({UNTIL: "Int64"} if table.endswith(HISTORY) else {})
    return COLUMNS[table.removesuffix(HISTORY)] | versions


def in_batches(table: str, frame: pd.DataFrame) -> pa.RecordBatchReader:
    """Return rows in their form on disk, a chunk at a time, so that no second table is built."""
    starts = range(0, len(frame), _CHUNK_ROWS)
    chunks = (to_arrow(table, frame.iloc[start : start + _CHUNK_ROWS]) for start in starts)
    batches = (batch for chunk in chunks for batch in chunk.to_batches())
    return pa.RecordBatchReader.from_batches(schema_of(table), batches)


def to_arrow(table: str, frame: pd.DataFrame) -> pa.Table:
    """Return rows in their form on disk.

    Parameters
    ----------
    table, frame
        One of `COLUMNS`; rows in memory, in which columns may be absent.
    """
    arrays = []
    for name, dtype in _on_disk(table).items():
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
    whole = [one.combine_chunks() if isinstance(one, pa.ChunkedArray) else one for one in arrays]
    return pa.Table.from_arrays(whole, schema=schema_of(table))


def with_until(table: str, rows: pa.Table, version: int) -> pa.Table:
    """Return rows on disk as rows of the history of their table.

    Parameters
    ----------
    table, rows
        One of `COLUMNS`; rows as they are on disk, in which columns may be absent.
    version
        The first version of the workspace without them.
    """
    schema = schema_of(table + HISTORY)
    until = pa.array([version] * rows.num_rows, pa.int64())
    present = rows.append_column(UNTIL, until)
    columns = [
        present[name] if name in present.schema.names else pa.nulls(rows.num_rows, kind)
        for name, kind in zip(schema.names, schema.types, strict=True)
    ]
    return pa.Table.from_arrays(
        [column.cast(kind) for column, kind in zip(columns, schema.types, strict=True)],
        schema=schema,
    )


def from_arrow(table: str, rows: pa.Table) -> pd.DataFrame:
    """Return rows as they were before they were written; events come as an events table.

    Parameters
    ----------
    table, rows
        One of `COLUMNS`; its rows as they are on disk, in which columns may be absent.
    """
    mapper = {pa.int64(): pd.Int64Dtype()}.get
    frame = rows.to_pandas(types_mapper=mapper, date_as_object=False)
    for name, dtype in COLUMNS[table].items():
        if name not in frame:
            frame[name] = None
        elif dtype == "wkb":
            frame[name] = shapely.from_wkb(frame[name].to_numpy(dtype="object"))
        elif dtype == DAYS:
            frame[name] = frame[name].astype(DAYS)
    return cast_events(frame) if table == "events" else frame[list(COLUMNS[table])]


def empty(table: str) -> pd.DataFrame:
    """Return a table without rows."""
    return from_arrow(table, schema_of(table).empty_table())


def batches_of(rows: pd.DataFrame) -> tuple[Batch, ...]:
    """Return the imports of a table of batches, the newest first.

    Parameters
    ----------
    rows
        Table with the columns of `schemas.COLUMNS["batches"]`.
    """
    ordered = rows.sort_values("sequence", ascending=False).to_dict("records")
    return tuple(Batch.from_row(row) for row in ordered)
