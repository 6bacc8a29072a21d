"""Stored tables and Parquet files as tables of DuckDB: queried in place, not loaded."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from geomap.store.schemas import COLUMNS, schema_of

MEMORY_MB = 384
"""How much memory all queries together may use; more goes to the disk."""

_PARAMETER = re.compile(r"\$(\w+)")
Function = tuple[str, Callable[..., Any], tuple[str, ...]]
_SQL_TYPES = {
    pa.string(): "VARCHAR",
    pa.date32(): "DATE",
    pa.int64(): "BIGINT",
    pa.float64(): "DOUBLE",
    pa.bool_(): "BOOLEAN",
    pa.binary(): "BLOB",
}


@dataclass(frozen=True, slots=True)
class TableFiles:
    """The Parquet files of one version of a table, and which of its columns they have."""

    table: str
    files: tuple[str, ...]
    columns: frozenset[str]


class Database:
    """Tables that are queried in SQL, by several threads at once.

    Parameters
    ----------
    functions
        Functions over Arrow columns that the SQL uses: name, function, types of its arguments.
        Each returns one boolean for each row, and is called with missing values too.
    """

    def __init__(self, functions: Iterable[Function] = ()) -> None:
        import duckdb
        from duckdb.func import FunctionNullHandling, PythonUDFType

        self._connection = duckdb.connect()
        threads = min(4, os.cpu_count() or 1)
        scratch = Path(tempfile.gettempdir()) / f"geomap-scratch-{os.getpid()}"
        settings = {
            "memory_limit": f"{MEMORY_MB}MB",
            "threads": threads,
            "temp_directory": scratch,  # made only when something does not fit into memory
        }
        for name, value in settings.items():
            self._connection.execute(f"SET {name} = {sql_text(str(value))}")
        for name, function, types in functions:
            self._connection.create_function(
                name,
                function,
                list(types),
                "BOOLEAN",
                type=PythonUDFType.ARROW,
                null_handling=FunctionNullHandling.SPECIAL,
            )

    def add_stored(self, stored: TableFiles) -> None:
        """Add a table of the store, with its rows in the order of the files.

        Parameters
        ----------
        stored
            What `Store.files` returned; columns that its files lack are added as missing.
        """
        schema = schema_of(stored.table)
        if not stored.files:
            self.add(stored.table, schema.empty_table())
            return
        columns = [
            f'"{name}"'
            if name in stored.columns
            else f'NULL::{_SQL_TYPES[schema.field(name).type]} AS "{name}"'
            for name in COLUMNS[stored.table]
        ]
        source = _parquet(stored.files)
        self._connection.execute(
            f"CREATE VIEW {stored.table} AS SELECT {', '.join(columns)} FROM {source}"  # noqa: S608 - names of columns and quoted paths
        )

    def add_file(self, name: str, path: Path) -> None:
        """Add a Parquet file as a table, or replace the table of this name.

        Parameters
        ----------
        name, path
            Name of the table, one of ours; the file.
        """
        source = _parquet([str(path)])
        self._connection.execute(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM {source}")  # noqa: S608 - a quoted path

    def add(self, name: str, table: pa.Table) -> None:
        """Add a table that is held in memory, or replace the table of this name.

        Parameters
        ----------
        name, table
            Name of the table, one of ours; its rows, which are copied.
        """
        with self._connection.cursor() as cursor:
            cursor.register("geomap_given", table)
            cursor.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM geomap_given")  # noqa: S608 - our own name

    def query(self, sql: str, values: Mapping[str, Any] | None = None) -> pa.Table:
        """Return the rows of a query.

        Parameters
        ----------
        sql
            A query of ours: text that people typed is never part of it, but a parameter (`$name`).
        values
            Values of the parameters by name; those that the query does not name are ignored.
        """
        names = set(_PARAMETER.findall(sql))
        used = {name: value for name, value in (values or {}).items() if name in names}
        with self._connection.cursor() as cursor:
            return cursor.sql(sql, params=used or None).to_arrow_table()

    def stream(self, sql: str, *, rows: int) -> Iterator[pa.Table]:
        """Yield the rows of a query in chunks.

        Parameters
        ----------
        sql, rows
            A query of ours without parameters; about how many rows a chunk has.
        """
        with self._connection.cursor() as cursor:
            for batch in cursor.sql(sql).to_arrow_reader(rows):
                yield pa.Table.from_batches([batch])

    def close(self) -> None:
        """Close the connection; no query is possible afterwards."""
        self._connection.close()


def _parquet(files: Sequence[str]) -> str:
    listed = ", ".join(sql_text(_literal(path)) for path in files)
    return f"read_parquet([{listed}], union_by_name = true)"


def _literal(path: str) -> str:
    """Return a path in which no character is a wildcard."""
    return "".join(f"[{char}]" if char in "*?[" else char for char in path)


def sql_text(value: str) -> str:
    """Return a text as a literal of SQL."""
    return "'" + value.replace("'", "''") + "'"
