"""Stored tables and Parquet files as tables of DuckDB: queried in place, not loaded."""

from __future__ import annotations

import os
import re
import tempfile
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from geomap.errors import StoreError
from geomap.sql import Sql, checked, identifier, sql
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

    def add_stored(self, stored: TableFiles) -> None:
        """Add a table of the store, with its rows in the order of the files.

        Parameters
        ----------
        stored
            What `Store.files` returned; columns that its files lack are added as missing.

        Raises
        ------
        StoreError
            When one of the files is not there or cannot be read.
        """
        schema = schema_of(stored.table)
        if not stored.files:
            self.add(stored.table, schema.empty_table())
            return
        import duckdb

        columns = [
            duckdb.ColumnExpression(name)
            if name in stored.columns
            else duckdb.ConstantExpression(None)
            .cast(_SQL_TYPES[schema.field(name).type])
            .alias(name)
            for name in COLUMNS[stored.table]
        ]
        self._parquet(stored.files).select(*columns).create_view(stored.table)

    def add_file(self, name: str, path: Path) -> None:
        """Add a Parquet file as a table, or replace the table of this name.

        Parameters
        ----------
        name, path
            Name of the table, one of ours; the file.

        Raises
        ------
        StoreError
            When the file is not there or cannot be read.
        """
        self._parquet([str(path)]).create_view(name, replace=True)

    def _parquet(self, files: Sequence[str]) -> Any:
        """Return the rows of Parquet files; names of files and folders have no meaning here.

        A folder `status=final` is not a column: read as one it would replace the files' own.
        """
        with _explained():
            return self._connection.read_parquet(
                [_pattern(path) for path in files], union_by_name=True, hive_partitioning=False
            )

    def add(self, name: str, table: pa.Table) -> None:
        """Add a table that is held in memory, or replace the table of this name.

        Parameters
        ----------
        name, table
            Name of the table, one of ours; its rows, which are copied.
        """
        with self._connection.cursor() as cursor:
            cursor.register("geomap_given", table)
            cursor.execute(
                sql("CREATE OR REPLACE TABLE {} AS SELECT * FROM geomap_given", identifier(name))
            )

    def query(self, statement: Sql, values: Mapping[str, Any] | None = None) -> pa.Table:
        """Return the rows of a query.

        Parameters
        ----------
        statement
            A query in which `$name` stands for each value.
        values
            Values by name; none of them becomes part of the SQL, those not named are ignored.

        Raises
        ------
        StoreError
            When a file of a table is damaged inside.
        """
        names = set(_PARAMETER.findall(statement))
        used = {name: value for name, value in (values or {}).items() if name in names}
        with _explained(), self._connection.cursor() as cursor:
            return cursor.sql(checked(statement), params=used or None).to_arrow_table()

    def stream(self, statement: Sql, *, rows: int) -> Iterator[pa.Table]:
        """Yield the rows of a query in chunks.

        Parameters
        ----------
        statement, rows
            A query without parameters; about how many rows a chunk has.
        """
        with self._connection.cursor() as cursor:
            with _explained():
                batches = iter(cursor.sql(checked(statement)).to_arrow_reader(rows))
            while True:
                with _explained():
                    batch = next(batches, None)
                if batch is None:
                    return
                yield pa.Table.from_batches([batch])

    def close(self) -> None:
        """Close the connection; no query is possible afterwards."""
        self._connection.close()


@contextmanager
def _explained() -> Iterator[None]:
    """Raise what the files of a table cause as a sentence; what the SQL causes is left as it is."""
    import duckdb

    ours = (duckdb.ParserException, duckdb.SyntaxException, duckdb.BinderException,
            duckdb.CatalogException)  # fmt: skip
    try:
        yield
    except ours:
        raise
    except (duckdb.Error, pa.ArrowInvalid) as error:
        if "extension" in str(error):  # the SQL names what only an extension reads
            raise
        detail = str(error).strip().partition("\n")[0]
        message = (
            f"A file of the workspace cannot be read ({detail}): geomap check lists what is whole, "
            "and geomap repair --dry-run says what can be brought back."
        )
        raise StoreError(message) from error


@cache
def _scratch() -> str:
    """Return a folder for what does not fit into memory, that nobody else can open."""
    holder = tempfile.TemporaryDirectory(prefix="geomap-scratch-", ignore_cleanup_errors=True)
    weakref.finalize(_scratch, holder.cleanup)
    return str(Path(holder.name) / "duckdb")


def _pattern(path: str) -> str:
    """Return a path in which no character is a wildcard."""
    return "".join(f"[{char}]" if char in "*?[" else char for char in path)
