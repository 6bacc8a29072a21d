"""The files of a table's version as a table of DuckDB: asked where they lie, held nowhere."""

from __future__ import annotations

import os
import re
import tempfile
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from geomap.errors import StoreError
from geomap.sql import Sql, checked, identifier, sql
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

        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": f"{MEMORY_MB}MB",
            "threads": min(4, os.cpu_count() or 1),
            "temp_directory": _scratch(),
            # Nothing is fetched, and no name in SQL stands for a variable of Python.
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "python_enable_replacements": False,
        }
        self._connection = duckdb.connect(config=settings)
        for name, function, types in functions:
            self._connection.create_function(
                name,
                function,
                list(types),
                "BOOLEAN",
                type=PythonUDFType.ARROW,
                null_handling=FunctionNullHandling.SPECIAL,
            )
        self._connection.execute("SET lock_configuration = true")

    def add_files(self, found: TableFiles) -> None:
        """Add a table of the store, with its rows in the order of the files."""
        schema = schema_of(found.table)
        if not found.files:
            self.add(found.table, schema.empty_table())
            return
        import duckdb

        columns = [
            duckdb.ColumnExpression(name)
            if name in found.columns
            else duckdb.ConstantExpression(None)
            .cast(_SQL_TYPES[schema.field(name).type])
            .alias(name)
            for name in COLUMNS[found.table]
        ]
        self._read(found.files).select(*columns).create_view(found.table)

    def add_file(self, name: str, path: Path) -> None:
        """Add a Parquet file as a table."""
        self._read([str(path)]).create_view(name, replace=True)

    def _read(self, files: Sequence[str]) -> Any:
        """Return the rows of Parquet files; neither their names nor their folders' mean anything.

        A folder `status=final` is no column: read as one it would replace what the files say.

        Raises
        ------
        StoreError
            When one of the files is not there or cannot be read.
        """
        import duckdb

        try:
            return self._connection.read_parquet(
                [_pattern(path) for path in files], union_by_name=True, hive_partitioning=False
            )
        except duckdb.IOException as error:
            detail = str(error).splitlines()[0]
            message = f"A file of the workspace cannot be read ({detail})."
            raise StoreError(message) from error

    def add(self, name: str, table: pa.Table) -> None:
        """Add a table that is held in memory."""
        with self._connection.cursor() as cursor:
            cursor.register("geomap_given", table)
            cursor.execute(
                sql("CREATE OR REPLACE TABLE {} AS SELECT * FROM geomap_given", identifier(name))
            )

    def ask(self, question: Sql, values: Mapping[str, Any] | None = None) -> pa.Table:
        """Return the answer to a question; values that it does not name are left aside.

        Parameters
        ----------
        question
            A statement in which `$name` stands for each value.
        values
            The values by name; none of them becomes part of the SQL.
        """
        named = set(_NAMED.findall(question))
        used = {name: value for name, value in (values or {}).items() if name in named}
        with self._connection.cursor() as cursor:
            return cursor.sql(checked(question), params=used or None).to_arrow_table()

    def stream(self, question: Sql, *, rows: int) -> Iterator[pa.Table]:
        """Yield the answer to a question a stretch of rows at a time."""
        with self._connection.cursor() as cursor:
            for batch in cursor.sql(checked(question)).to_arrow_reader(rows):
                yield pa.Table.from_batches([batch])

    def close(self) -> None:
        """Give back what the engine holds."""
        self._connection.close()


@cache
def _scratch() -> str:
    """Return where what does not fit into memory goes: a folder that nobody else can open."""
    holder = tempfile.TemporaryDirectory(prefix="geomap-scratch-", ignore_cleanup_errors=True)
    weakref.finalize(_scratch, holder.cleanup)
    return str(Path(holder.name) / "duckdb")


def _pattern(path: str) -> str:
    """Return a path in which no sign stands for several files."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in path)
