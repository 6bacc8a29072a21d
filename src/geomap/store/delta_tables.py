"""The Delta Lake tables of a workspace, read and written so that they are whole at any moment.

An import writes several tables and, last of all, one row into the table of batches that
names the version of each. Readers only see versions that such a row names: an import that
was killed half-way leaves nothing visible, and the next writer rolls its traces back. The
version of a workspace is the version of its table of batches.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import unquote

import geopandas as gpd
import pandas as pd
import pyarrow.compute as pc

from geomap.errors import NotFoundError, StoreError
from geomap.model.batch import Batch, batches_of
from geomap.sql import identifier, joined, literal, sql
from geomap.store.duckdb_view import TableFiles
from geomap.store.locks import write_lock
from geomap.store.schemas import COLUMNS, KEYS, empty, from_arrow, in_batches, schema_of, to_arrow
from geomap.tables import is_among

_GROUP = 100_000
"""Rows that are written as one stretch: an engine reads several stretches side by side."""

_NOT_ADDRESSED = re.compile(r"[][^|\\\x00-\x1f\x7f\ud800-\udfff]|%[0-9A-Fa-f]{2}")
"""What a path to deltalake's tables cannot hold: `[` ends its process, `%41` becomes `A`."""

_UNIQUE = frozenset({"events", "articles", "batches"})


class Store:
    """The tables under a folder; a folder that is not there yet reads as empty.

    Parameters
    ----------
    folder
        Where the tables lie, one sub-folder for each.

    Raises
    ------
    StoreError
        When deltalake cannot address a folder of this path.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        _check_path(folder)

    @property
    def version(self) -> int:
        """The number of the newest finished state; 0 before the first import."""
        return self._newest("batches")

    def read(self, table: str, *, at: int | None = None) -> pd.DataFrame:
        """Return the finished rows of a table, now or as they were at a version."""
        if table == "batches":
            return self._batch_rows(at)
        return self._read_version(table, self._finished(at).get(table))

    def count(self, table: str, *, filled: str | None = None) -> int:
        """Return how many finished rows a table has now, without reading them.

        Parameters
        ----------
        table, filled
            The table; a column, when only rows count in which it is not missing.
        """
        version = self._finished().get(table)
        opened = None if version is None else self._open(table, version)
        if opened is None:
            return 0
        rows = opened.to_pyarrow_dataset()
        if filled is None:
            return int(rows.count_rows())
        if filled not in rows.schema.names:  # written before there was such a column
            return 0
        return int(rows.count_rows(filter=pc.field(filled).is_valid()))

    def files(self, table: str, *, at: int | None = None) -> TableFiles:
        """Return the files that hold the finished rows of a table, for an engine to read."""
        version = self._finished(at).get(table)
        opened = None if version is None else self._open(table, version)
        if opened is None:
            return TableFiles(table, (), frozenset())
        names = frozenset(one.name for one in opened.schema().fields)
        return TableFiles(table, self._local(table, opened), names)

    def read_events(self, *, at: int | None = None) -> gpd.GeoDataFrame:
        """Return the events, now or as they were at a version of the workspace."""
        return self.read("events", at=at)

    def read_batches(self, *, at: int | None = None) -> tuple[Batch, ...]:
        """Return the finished imports, newest first."""
        return batches_of(self.read("batches", at=at))

    def commit(
        self,
        batch: Batch,
        changes: Mapping[str, pd.DataFrame],
        *,
        removed: Mapping[str, tuple[str, Collection[str]]] | None = None,
        based_on: int | None = None,
    ) -> int | None:
        """Write one import as a whole and return the version that shows it.

        None, and nothing written, when another import was finished after `based_on`.

        Parameters
        ----------
        batch
            The record of the import; one of the same id is replaced.
        changes
            New and changed rows by table. Rows of the same event or article are replaced;
            issues of the same batch and mentions of the same article as well.
        removed
            Rows to take out, by table: a column, and its values. They go before `changes`
            come, in the same commit.
        based_on
            The version that the import was compared with; None when that does not matter.
        """
        _make_folder(self.folder)
        with write_lock(self.folder):
            if based_on is not None and based_on != self.version:
                return None
            versions = self._rolled_back()
            for table, (column, values) in (removed or {}).items():
                if len(values) and self._open(table) is not None:
                    versions[table] = self._remove(table, column, values)
            for table, frame in changes.items():
                if len(frame):
                    versions[table] = self._write(table, frame)
            row = batch.as_row() | {
                "created": batch.created or datetime.now(UTC).isoformat(timespec="seconds"),
                "sequence": self.version + 1,
                "table_versions": json.dumps(versions),
            }
            return self._write("batches", pd.DataFrame([row]))

    def _path(self, table: str) -> str:
        return str(self.folder / table)

    def _open(self, table: str, version: int | None = None) -> Any:
        from deltalake import DeltaTable
        from deltalake.exceptions import DeltaError

        if not (self.folder / table / "_delta_log").is_dir():
            return None
        try:
            return DeltaTable(self._path(table), version=version)
        except DeltaError as error:
            detail = str(error).splitlines()[0]
            message = f"The table {table!r} in {self.folder} cannot be read ({detail})."
            raise StoreError(message) from error

    def _local(self, table: str, opened: Any) -> tuple[str, ...]:
        """Return the paths of a table's files, whose addresses have signs of the web in them."""
        # Its last part alone counts: a log that somebody else wrote leads out of no folder.
        names = (PurePath(unquote(uri.rsplit("/", 1)[-1])).name for uri in opened.file_uris())
        return tuple(str(self.folder / table / name) for name in names)

    def _newest(self, table: str) -> int:
        opened = self._open(table)
        return 0 if opened is None else int(opened.version())

    def _read_version(self, table: str, version: int | None) -> pd.DataFrame:
        opened = None if version is None else self._open(table, version)
        return empty(table) if opened is None else from_arrow(table, opened.to_pyarrow_table())

    def _batch_rows(self, at: int | None) -> pd.DataFrame:
        newest = self.version
        if at is not None and not 0 <= at <= newest:
            message = f"The workspace has no version {at}: versions go from 0 to {newest}."
            raise NotFoundError(message)
        return self._read_version("batches", newest if at is None else at)

    def _finished(self, at: int | None = None) -> dict[str, int]:
        """Return the version of each table that holds exactly what finished imports wrote."""
        rows = self._batch_rows(at)
        if rows.empty:
            return {}
        newest = rows.loc[rows["sequence"].astype("int64").idxmax(), "table_versions"]
        return {str(name): int(version) for name, version in json.loads(newest).items()}

    def _rolled_back(self) -> dict[str, int]:
        """Undo what an import that was killed has written; return the version of each table."""
        finished = self._finished()
        for table in COLUMNS:
            if table == "batches":
                continue
            opened = self._open(table)
            wanted = finished.get(table, 0)  # version 0 is the table just created, without rows
            if opened is not None and opened.version() > wanted:
                opened.restore(wanted)
        return finished

    def _write(self, table: str, rows: pd.DataFrame) -> int:
        from deltalake import DeltaTable, WriterProperties, write_deltalake

        opened = self._open(table)
        if opened is None:
            opened = DeltaTable.create(self._path(table), schema=schema_of(table))
        key = KEYS[table]
        if opened.version() == 0:
            fresh = rows
        elif table in _UNIQUE:
            held = opened.to_pyarrow_table(columns=[key]).column(key).to_pandas()
            known = is_among(rows[key], held)
            fresh = rows[~known]
            self._replace(opened, table, rows[known])
        else:
            self._remove(table, key, set(rows[key]))
            fresh = rows
        if len(fresh):
            batches = in_batches(table, fresh)
            write_deltalake(
                self._path(table),
                batches,
                mode="append",
                schema_mode="merge",
                writer_properties=WriterProperties(max_row_group_size=_GROUP),
            )
        return self._newest(table)

    def _replace(self, opened: Any, table: str, rows: pd.DataFrame) -> None:
        if len(rows):
            key = KEYS[table]
            merger = opened.merge(
                to_arrow(table, rows),
                str(sql("held.{key} = new.{key}", key=identifier(key))),
                source_alias="new",
                target_alias="held",
                merge_schema=True,
            )
            merger.when_matched_update_all().execute()

    def _remove(self, table: str, column: str, values: Collection[str]) -> int:
        listed = joined(map(literal, values))  # deltalake takes no parameters
        self._open(table).delete(str(sql("{} IN ({})", identifier(column), listed)))
        return self._newest(table)


def _check_path(folder: Path) -> None:
    """Refuse a path that deltalake, which makes a URL of it, takes for another or cannot take."""
    found = _NOT_ADDRESSED.search(folder.absolute().as_posix())
    if found is not None:
        message = (
            f"No workspace can be kept in {str(folder.parent)!r}: its tables cannot be addressed "
            f"under a path that holds {found[0]!r}. Choose another folder, or rename it."
        )
        raise StoreError(message)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"The workspace cannot be written ({error}): choose another folder."
        raise StoreError(message) from error
