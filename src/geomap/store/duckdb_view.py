"""The files of a table's version as a table of DuckDB: asked where they lie, held nowhere."""

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
"""How much DuckDB may hold at once, for all questions together; more goes to the disk."""

_NAMED = re.compile(r"\$(\w+)")
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
    """Tables that answer questions in SQL; several threads may ask at once.

    Parameters
    ----------
    functions
        Functions over columns of Arrow that the questions use: name, function, types of its
        arguments. Each answers with a truth for each row.
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
            self._connection.execute(f"SET {name} = {_text(str(value))}")
        for name, function, types in functions:
            self._connection.create_function(
                name,
                function,
                list(types),
                "BOOLEAN",
                type=PythonUDFType.ARROW,
                null_handling=FunctionNullHandling.SPECIAL,
            )

    def add_files(self, found: TableFiles) -> None:
        """Add a table of the store, with its rows in the order of the files."""
        schema = schema_of(found.table)
        if not found.files:
            self.add(found.table, schema.empty_table())
            return
        told = [
            f'"{name}"'
            if name in found.columns
            else f'NULL::{_SQL_TYPES[schema.field(name).type]} AS "{name}"'
            for name in COLUMNS[found.table]
        ]
        self._connection.execute(
            f"CREATE VIEW {found.table} AS SELECT {', '.join(told)} FROM {_reading(found.files)}"  # noqa: S608 - names of columns and quoted paths
        )

    def add_file(self, name: str, path: Path) -> None:
        """Add a Parquet file as a table."""
        source = _reading([str(path)])
        self._connection.execute(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM {source}")  # noqa: S608 - a quoted path

    def add(self, name: str, table: pa.Table) -> None:
        """Add a table that is held in memory."""
        with self._connection.cursor() as cursor:
            cursor.register("geomap_given", table)
            cursor.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM geomap_given")  # noqa: S608 - our own name

    def ask(self, sql: str, values: Mapping[str, Any] | None = None) -> pa.Table:
        """Return the answer to a question; values that it does not name are left aside."""
        named = set(_NAMED.findall(sql))
        used = {name: value for name, value in (values or {}).items() if name in named}
        with self._connection.cursor() as cursor:
            return cursor.sql(sql, params=used or None).to_arrow_table()

    def stream(self, sql: str, *, rows: int) -> Iterator[pa.Table]:
        """Yield the answer to a question a stretch of rows at a time."""
        with self._connection.cursor() as cursor:
            for batch in cursor.sql(sql).to_arrow_reader(rows):
                yield pa.Table.from_batches([batch])

    def close(self) -> None:
        """Give back what the engine holds."""
        self._connection.close()


def _reading(files: Sequence[str]) -> str:
    listed = ", ".join(_text(_literal(path)) for path in files)
    return f"read_parquet([{listed}], union_by_name = true)"


def _literal(path: str) -> str:
    """Return a path in which no sign stands for several files."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in path)


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
