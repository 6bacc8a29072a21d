"""Stored tables and Parquet files as tables of DuckDB: queried in place, not loaded."""

from __future__ import annotations

import os
import re
import tempfile
import weakref
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from geomap.errors import StoreError
from geomap.sql import Sql, checked, identifier, sql
from geomap.store.schemas import COLUMNS, KEYS, schema_of
from geomap.typing import Array

MEMORY_MB = 384
"""How much memory all queries together may use; more goes to the disk."""

_ROW = "file_row_number"
"""The name that DuckDB gives the number of a row in its file, counted from 0."""

PLACE = ("geomap_file", _ROW)
"""The columns that say where a row lies: the name of its file, and its number there."""

_PLACES = (pa.string(), pa.int64())
_WANTED, _CHANGED = "geomap_wanted", "geomap_changed"

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
        if not stored.files:
            self.add(stored.table, _no_rows(stored.table))
            return
        self._stored(stored.table, stored.files).create_view(stored.table)

    def numbered_rows(self, stored: TableFiles, ids: Collection[str]) -> pa.Table:
        """Return rows of a table of the store by their keys, and where they lie.

        Parameters
        ----------
        stored, ids
            What `Store.files` returned; keys, of which those that no row has are ignored.

        Returns
        -------
        rows
            The columns of the table, with `PLACE`: the name of the file, and the number in it.

        Raises
        ------
        StoreError
            When one of the files is not there or cannot be read.
        """
        self.add(_WANTED, pa.table({"id": pa.array(list(ids), pa.string())}))
        among = sql("{} IN (FROM {})", identifier(KEYS[stored.table]), identifier(_WANTED))
        columns = [schema_of(stored.table).field(name) for name in COLUMNS[stored.table]]
        file, number = (pa.field(name, type_) for name, type_ in zip(PLACE, _PLACES, strict=True))
        parts = [pa.schema([*columns, number, file]).empty_table()]
        for path in stored.files:
            rows = self._stored(stored.table, [path], is_numbered=True).filter(among)
            found = rows.to_arrow_table()
            names = pa.array([Path(path).name] * len(found), pa.string())
            parts.append(found.append_column(file, names))
        return pa.concat_tables(parts, promote_options="permissive")

    def add_changed(self, stored: TableFiles, before: pa.Table, changed: pa.Table) -> None:
        """Add a table of the store in which some rows are others.

        The rows of the files stay in their order, without those that are changed; these come last.
        As they are in the files they are another table, `<name>_before`.

        Parameters
        ----------
        stored
            What `Store.files` returned.
        before, changed
            The rows as `numbered_rows` returned them; what stands instead of them.

        Raises
        ------
        StoreError
            When one of the files is not there or cannot be read.
        """
        self.add(_CHANGED, changed)
        self.add(f"{stored.table}_before", before.drop_columns(list(PLACE)))
        numbers = before[PLACE[1]].to_numpy()
        files = before[PLACE[0]].to_numpy()
        parts, untouched = list[Any](), list[str]()
        for path in stored.files:
            left_out = numbers[files == Path(path).name]
            if len(left_out):
                rows = self._stored(stored.table, [path], is_numbered=True)
                parts.append(_without(rows, left_out))
            else:
                untouched.append(path)
        parts += [self._stored(stored.table, untouched)] if untouched else []
        whole = self._connection.table(_CHANGED)
        for part in reversed(parts):
            whole = part.union(whole)
        whole.create_view(stored.table)

    def _stored(self, table: str, files: Sequence[str], *, is_numbered: bool = False) -> Any:
        """Return the rows of files of a table; a column that all files lack is missing."""
        import duckdb

        rows, schema = self._parquet(files, is_numbered=is_numbered), schema_of(table)
        columns = [
            duckdb.ColumnExpression(name)
            if name in rows.columns
            else duckdb.ConstantExpression(None)
            .cast(_SQL_TYPES[schema.field(name).type])
            .alias(name)
            for name in COLUMNS[table]
        ]
        return rows.select(*columns, *([duckdb.ColumnExpression(_ROW)] if is_numbered else []))

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

    def _parquet(self, files: Sequence[str], *, is_numbered: bool = False) -> Any:
        """Return the rows of Parquet files; names of files and folders have no meaning here.

        A folder `status=final` is not a column: read as one it would replace the files' own.
        """
        with _explained():
            return self._connection.read_parquet(
                [_pattern(path) for path in files],
                union_by_name=True,
                hive_partitioning=False,
                file_row_number=is_numbered,
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


def _no_rows(table: str) -> pa.Table:
    return schema_of(table).empty_table().select(list(COLUMNS[table]))


def _without(numbered: Any, numbers: Array) -> Any:
    """Return the rows of a file without some, in their order; a join would give them in any."""
    import duckdb

    is_left_out = np.zeros(int(numbers.max()) + 1, dtype="uint8")
    is_left_out[numbers] = 1
    bits = (is_left_out + ord("0")).astype("uint8").tobytes().decode("ascii")
    row = duckdb.ColumnExpression(_ROW)
    bit = duckdb.FunctionExpression(
        "get_bit", duckdb.ConstantExpression(bits).cast("BIT"), row.cast("INTEGER")
    )
    last = duckdb.ConstantExpression(len(bits) - 1)
    kept = duckdb.CaseExpression(row > last, duckdb.ConstantExpression(0)).otherwise(bit)
    columns = [name for name in numbered.columns if name != _ROW]
    rows = numbered.filter(kept == duckdb.ConstantExpression(0))
    return rows.select(*map(duckdb.ColumnExpression, columns))


def _pattern(path: str) -> str:
    """Return a path in which no character is a wildcard."""
    return "".join(f"[{char}]" if char in "*?[" else char for char in path)
