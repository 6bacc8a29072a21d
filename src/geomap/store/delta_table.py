"""One Delta table on disk: opened, appended to, changed row by row, and rewritten.

No commit writes a checkpoint or removes old commits by itself: both are for the compaction, which
knows which of them are still needed.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import unquote

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import dataset

from geomap.errors import StoreError
from geomap.sql import identifier, joined, literal, sql
from geomap.store.schemas import KEYS, in_batches, schema_of, to_arrow

_GROUP_ROWS = 100_000
"""Rows of a row group of a file: DuckDB reads several groups at once."""

_SMALL_BYTES = 8_000_000
"""Files below this size are joined by a compaction; larger ones stay as they are."""

_NO_STATISTICS = {"delta.dataSkippingNumIndexedCols": "0"}
"""Nothing here prunes files by the bounds of columns, and they would fill most of the log."""


class DeltaFolder:
    """The folder of one table; it may not exist yet.

    Parameters
    ----------
    folder, table
        Folder of all tables; one of `schemas.ALL_TABLES`.
    """

    def __init__(self, folder: Path, table: str) -> None:
        self.table = table
        self.folder = folder / table
        self.log = self.folder / "_delta_log"

    def open(self, version: int | None = None) -> Any:
        """Return the table at a version of its own, by default the newest; None without a log.

        Raises
        ------
        StoreError
            When it cannot be opened.
        """
        from deltalake import DeltaTable
        from deltalake.exceptions import DeltaError

        try:
            return DeltaTable(self.folder, version=version) if self.log.is_dir() else None
        except (DeltaError, OSError) as error:
            detail = str(error).splitlines()[0]
            message = (
                f"The table {self.table!r} in {self.folder.parent} cannot be read ({detail}): "
                "geomap check lists what is whole."
            )
            raise StoreError(message) from error

    def version(self) -> int:
        """Return the number of its newest commit; 0 when it does not exist."""
        opened = self.open()
        return 0 if opened is None else int(opened.version())

    def count(self) -> int:
        """Return the number of its rows."""
        return int(self.open().to_pyarrow_dataset().count_rows())

    def append(self, rows: pd.DataFrame | pa.Table) -> None:
        """Add rows; the table is created when it does not exist."""
        from deltalake import DeltaTable, write_deltalake

        if not self.log.is_dir():
            DeltaTable.create(
                self.folder, schema=schema_of(self.table), configuration=_NO_STATISTICS
            )
        write_deltalake(
            self.folder,
            rows if isinstance(rows, pa.Table) else in_batches(self.table, rows),
            mode="append",
            schema_mode="merge",
            writer_properties=_writer(),
            post_commithook_properties=_hooks(),
        )

    def rewrite(self, rows: pa.Table) -> None:
        """Replace all rows in one commit."""
        from deltalake import write_deltalake

        write_deltalake(
            self.folder,
            rows,
            mode="overwrite",
            schema_mode="merge",
            writer_properties=_writer(compression="ZSTD"),
            post_commithook_properties=_hooks(),
        )

    def replace(self, rows: pd.DataFrame) -> None:
        """Update the rows that have the keys of the given ones, with all columns."""
        self._add_new_columns()
        same = str(sql("stored.{key} = new.{key}", key=identifier(self._key)))
        given = to_arrow(self.table, rows)
        merger = self.open().merge(
            given, same, "new", "stored", post_commithook_properties=_hooks()
        )
        merger.when_matched_update_all().execute()

    def _add_new_columns(self) -> None:
        """Add the columns that an earlier geomap did not write.

        A merge could add them too (`merge_schema`), but deltalake 1.6 then gives the table a new
        id, by which the marker would take it for another table.
        """
        from deltalake import Schema

        opened = self.open()
        known = {column.name for column in opened.schema().fields}
        columns = Schema.from_arrow(schema_of(self.table)).fields
        if new := [column for column in columns if column.name not in known]:
            opened.alter.add_columns(new, post_commithook_properties=_hooks())

    def remove(self, column: str, values: Collection[str]) -> None:
        """Remove the rows that have one of the values in a column."""
        ids = joined(map(literal, values))  # deltalake takes no parameters
        condition = str(sql("{} IN ({})", identifier(column), ids))
        self.open().delete(condition, post_commithook_properties=_hooks())

    def restore(self, version: int) -> None:
        """Make the table again what it was at a version of its own."""
        self.open().restore(version, post_commithook_properties=_hooks())

    def cut_commits(self, last: int) -> list[Path]:
        """Return the commits after a version from the first on that a power cut left unwritten."""
        numbers = {int(path.stem): path for path in self.log.glob("*.json") if path.stem.isdigit()}
        later = [numbers[number] for number in sorted(numbers) if number > last]
        cut = [not _is_commit(path) for path in later]
        return later[cut.index(True) :] if True in cut else []

    def drop_cut_commits(self, last: int) -> None:
        """Remove the commits that `cut_commits` returns.

        No import that was finished needs them, and Delta would read an empty one as one that
        changed nothing.
        """
        for path in reversed(self.cut_commits(last)):
            path.unlink()
        if self.log.is_dir() and not any(self.log.iterdir()):
            self.log.rmdir()

    def rows_with(self, column: str, values: Collection[str]) -> pa.Table:
        """Return the rows that have one of the values in a column."""
        among = pc.field(column).isin(pa.array(list(values), pa.string()))
        return filtered(self.folder, self.open(), self.table, among)

    def keys(self) -> pd.Series:
        """Return the key of each row."""
        return self.open().to_pyarrow_table(columns=[self._key]).column(self._key).to_pandas()

    def join_small_files(self) -> None:
        """Write the rows of small files into one, where there are several."""
        self.open().optimize.compact(
            target_size=_SMALL_BYTES,
            writer_properties=_writer(compression="ZSTD"),
            post_commithook_properties=_hooks(),
        )

    def write_checkpoint(self) -> int:
        """Write a checkpoint of the newest version, and return the number of that version."""
        opened = self.open()
        opened.create_checkpoint()
        return int(opened.version())

    @property
    def _key(self) -> str:
        return KEYS[self.table]


def _is_commit(path: Path) -> bool:
    """Return whether a file of a log holds the lines of a commit."""
    try:
        lines = path.read_text("utf-8").splitlines()
        return bool(lines) and all(isinstance(json.loads(line), dict) for line in lines)
    except (OSError, ValueError):
        return False


def filtered(folder: Path, opened: Any, table: str, rows: pc.Expression) -> pa.Table:
    """Return the rows of an open table that meet a condition, with all columns of its schema.

    Parameters
    ----------
    folder, opened, table
        Folder of the table; the table opened at a version; its name.
    rows
        The condition. It is applied to rows that were read: compared with the bounds that a file
        states, texts are of two types that Arrow does not compare.
    """
    files = list(map(str, data_files(folder, opened)))
    if not files:
        return schema_of(table).empty_table()
    stored = dataset.dataset(files, schema=schema_of(table), format="parquet")
    parts = (pa.Table.from_batches([batch]).filter(rows) for batch in stored.to_batches())
    return pa.concat_tables([schema_of(table).empty_table(), *parts])


def data_files(folder: Path, opened: Any) -> tuple[Path, ...]:
    """Return the Parquet files of an open table.

    Their last part alone counts: the log of a stranger leads out of no folder.

    Parameters
    ----------
    folder, opened
        Folder of the table; the table opened at a version.
    """
    names = (PurePath(unquote(uri.rsplit("/", 1)[-1])).name for uri in opened.file_uris())
    return tuple(folder / name for name in names)


def _writer(compression: str | None = None) -> Any:
    from deltalake import WriterProperties

    return WriterProperties(max_row_group_size=_GROUP_ROWS, compression=compression)  # type: ignore[arg-type]


def _hooks() -> Any:
    from deltalake import PostCommitHookProperties

    return PostCommitHookProperties(create_checkpoint=False, cleanup_expired_logs=False)
