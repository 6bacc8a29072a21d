"""The rows of damaged tables, from every file that can still be read, whatever the log says."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from geomap.store.schemas import COLUMNS, HISTORY, KEYS, WRITTEN, from_arrow, schema_of

_LAST = "written_last"


def loose_rows(tables: Path, table: str) -> pd.DataFrame:
    """Return the rows that the files of a table and of its history hold, those written last at end.

    They contain rows that were replaced or removed since, and those of imports that were killed.

    Parameters
    ----------
    tables, table
        Folder of damaged tables; one of `schemas.COLUMNS`.
    """
    schema = schema_of(table)
    parts = [schema.empty_table()]
    for folder in (tables / table, tables / (table + HISTORY)):
        parts += [_shaped(part, schema) for part in _readable(folder)]
    rows = pa.concat_tables(parts)
    frame = pd.DataFrame(from_arrow(table, rows))
    order = rows[WRITTEN].to_pandas().fillna(0)
    if table == "batches":
        order = frame["sequence"].fillna(0)
    return frame.assign(**{_LAST: order.to_numpy()}).sort_values(
        _LAST, kind="stable", ignore_index=True
    )


def newest_of_each(table: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Return, of the loose rows of a table, those of each key that were written last.

    Parameters
    ----------
    table, rows
        One of `schemas.COLUMNS`; rows as `loose_rows` returns them.
    """
    key = KEYS[table]
    last = rows.groupby(key)[_LAST].transform("max")
    newest = rows[rows[_LAST] == last]
    plain = [name for name in COLUMNS[table] if name != "geometry"]
    unique = [key] if table in {"events", "articles", "batches"} else plain
    return newest.drop_duplicates(unique, keep="last").drop(columns=_LAST)


def _readable(folder: Path) -> list[pa.Table]:
    """Return the content of every file that can be read; the others are damaged."""
    tables = []
    for path in sorted(folder.glob("*.parquet")):
        try:
            tables.append(pq.read_table(path, partitioning=None))
        except (pa.ArrowException, OSError):
            continue
    return tables


def _shaped(rows: pa.Table, schema: pa.Schema) -> pa.Table:
    """Return rows with the columns of a schema; those that they lack are missing."""
    columns = [
        rows[name].cast(kind) if name in rows.schema.names else pa.nulls(rows.num_rows, kind)
        for name, kind in zip(schema.names, schema.types, strict=True)
    ]
    return pa.Table.from_arrays(columns, schema=schema)
