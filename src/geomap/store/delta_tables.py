"""The Delta Lake tables of a workspace, read and written so that they are whole at any moment.

An import writes several tables and, last of all, one row into the table of batches that
names the version of each. Readers only see versions that such a row names: an import that
was killed half-way leaves nothing visible, and the next writer rolls it back. The version of
a workspace is the version of its table of batches.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import unquote

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geomap.errors import NotFoundError, StoreError
from geomap.files.flush import files_under, flush_new
from geomap.model import Batch
from geomap.sql import identifier, joined, literal, sql
from geomap.store.addresses import check_address
from geomap.store.damage import damaged, fault_of
from geomap.store.duckdb_view import TableFiles
from geomap.store.locks import write_lock
from geomap.store.marker import Marker, read_marker
from geomap.store.schemas import COLUMNS, KEYS, empty, from_arrow, in_batches, schema_of, to_arrow
from geomap.tables import is_among

_GROUP_ROWS = 100_000
"""Rows of a row group of a file: DuckDB reads several groups at once."""

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
        check_address(folder)

    @property
    def version(self) -> int:
        """The number of the newest finished state; 0 before the first import."""
        return self._newest("batches")

    def read(self, table: str, *, at: int | None = None) -> pd.DataFrame:
        """Return the finished rows of a table; events come as an events table.

        Parameters
        ----------
        table
            One of `schemas.COLUMNS`.
        at
            Version of the workspace; the newest when None.

        Raises
        ------
        NotFoundError
            When there is no such version.
        StoreError
            When the files are damaged.
        """
        opened = self._as_of(table, at)
        return empty(table) if opened is None else self._rows(table, opened)

    def count(self, table: str, *, filled: str | None = None) -> int:
        """Return how many finished rows a table has now, without reading them.

        Parameters
        ----------
        table, filled
            The table; a column, when only rows count in which it is not missing.
        """
        opened = self._as_of(table)
        if opened is None:
            return 0
        rows = opened.to_pyarrow_dataset()
        if filled not in {None, *rows.schema.names}:  # written before there was such a column
            return 0
        return int(rows.count_rows(filter=None if filled is None else pc.field(filled).is_valid()))

    def files(self, table: str, *, at: int | None = None) -> TableFiles:
        """Return the Parquet files that hold the finished rows of a table.

        Parameters
        ----------
        table, at
            One of `schemas.COLUMNS`; version of the workspace, the newest when None.

        Raises
        ------
        NotFoundError
            When there is no such version.
        """
        opened = self._as_of(table, at)
        if opened is None:
            return TableFiles(table, (), frozenset())
        columns = frozenset(field.name for field in opened.schema().fields)
        # Their last part alone counts: the log of a stranger leads out of no folder.
        names = (PurePath(unquote(uri.rsplit("/", 1)[-1])).name for uri in opened.file_uris())
        paths = tuple(str(self.folder / table / name) for name in names)
        return TableFiles(table, paths, columns)

    def commit(
        self,
        batch: Batch,
        changes: Mapping[str, pd.DataFrame],
        *,
        removed: Mapping[str, tuple[str, Collection[str]]] | None = None,
        based_on: int | None = None,
    ) -> int | None:
        """Write one import as a whole and return the version that has it.

        None, and nothing written, when another import was finished after `based_on`.

        Parameters
        ----------
        batch
            The account of the import; one of the same id is replaced.
        changes
            New and changed rows by table. Rows of the same event or article are replaced;
            issues of the same batch and mentions of the same article as well.
        removed
            Rows to take out before the changes, in the same commit, by table: a column, and
            its values.
        based_on
            The version that the import was compared with; None when that does not matter.

        Raises
        ------
        StoreError
            When the folder cannot be written, or another import goes on for too long.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with write_lock(self.folder):
                if based_on is not None and based_on != self.version:
                    return None
                return self._written(batch, changes, removed or {})
        except StoreError:
            raise
        except OSError as error:
            message = (
                f"The workspace in {str(self.folder.parent)!r} cannot be written ({error}): what "
                "was there before is still there; free space, mend its rights or choose another."
            )
            raise StoreError(message) from error

    def faults(self, *, at: int | None = None) -> dict[str, str]:
        """Return what is wrong with each table at a version, by table; empty when all are whole.

        Parameters
        ----------
        at
            Version of the workspace; the newest when None.
        """
        try:
            finished = self._finished(at)
        except StoreError as error:  # without the row of an import nothing is known of any table
            return dict.fromkeys(COLUMNS, str(error))
        faults: dict[str, str] = {}
        for table, (version, rows) in finished.items():
            try:
                self._checked(table, version, rows)
            except StoreError as error:
                faults[table] = str(error)
        return faults

    def whole_versions(self) -> tuple[int, ...]:
        """Return the versions of the workspace at which every table is whole."""
        log = self.folder / "batches" / "_delta_log"
        numbers = sorted(int(path.stem) for path in log.glob("*.json") if path.stem.isdigit())
        return tuple(number for number in numbers if not self._is_damaged(number))

    def _is_damaged(self, version: int) -> bool:
        try:
            return bool(self._faults_below(version))
        except NotFoundError:
            return True

    def _faults_below(self, version: int) -> list[str]:
        """Return the faults of the tables at a version, whatever became of later ones."""
        try:
            batches = self._checked("batches", version, None)
            if batches is None:
                return ["batches"]
            row = _newest_row(self._rows("batches", batches), version)
            for table, number in _numbers(row.get("table_versions")).items():
                self._checked(table, number, _numbers(row.get("table_rows")).get(table))
        except StoreError as error:
            return [str(error)]
        return []

    def _written(
        self,
        batch: Batch,
        changes: Mapping[str, pd.DataFrame],
        removed: Mapping[str, tuple[str, Collection[str]]],
    ) -> int:
        """Write one import while the lock is held; every file is flushed before it is named."""
        imports, newest = self._imports()
        finished = self._finished_by(imports, newest)
        for table, (number, rows) in finished.items():
            self._checked(table, number, rows)
        marker = read_marker(self.folder)
        if marker is None:
            marker = Marker()
            marker.write(self.folder)
        before = files_under(self.folder)
        versions = {table: number for table, (number, _) in finished.items()}
        self._roll_back(versions)
        for table, (column, values) in removed.items():
            if len(values) and self._open(table) is not None:
                versions[table] = self._remove(table, column, values)
        for table, frame in changes.items():
            if len(frame):
                versions[table] = self._write(table, frame)
        flush_new(self.folder, before)
        counts = {
            name: self._count(name, number, finished.get(name)) for name, number in versions.items()
        }
        counts["batches"] = len({*imports["batch_id"], batch.batch_id})
        row = batch.as_row() | {
            "created": batch.created or datetime.now(UTC).isoformat(timespec="seconds"),
            "sequence": newest + 1,
            "table_versions": json.dumps(versions),
            "table_rows": json.dumps(counts),
        }
        before = files_under(self.folder / "batches")
        version = self._write("batches", pd.DataFrame([row]))
        flush_new(self.folder / "batches", before)
        ids = {
            name: marker.tables.get(name) or str(self._open(name).metadata().id)
            for name in (*versions, "batches")
        }
        replace(marker, version=version, tables=ids).write(self.folder)
        return version

    def _count(self, table: str, version: int, before: tuple[int, int | None] | None) -> int:
        """Return the rows of a table at a version: those known before where it is the same."""
        if before is not None and before[0] == version and before[1] is not None:
            return before[1]
        return int(self._open(table, version).to_pyarrow_dataset().count_rows())

    def _open(self, table: str, version: int | None = None) -> Any:
        from deltalake import DeltaTable
        from deltalake.exceptions import DeltaError

        if not (self.folder / table / "_delta_log").is_dir():
            return None
        try:
            return DeltaTable(self.folder / table, version=version)
        except (DeltaError, OSError) as error:
            detail = str(error).splitlines()[0]
            message = f"The table {table!r} in {self.folder} cannot be read ({detail})."
            raise StoreError(message) from error

    def _as_of(self, table: str, at: int | None = None) -> Any:
        """Return a table as finished imports left it at a version; None before it had rows."""
        if table != "batches":
            finished = self._finished(at).get(table)
            return None if finished is None else self._checked(table, *finished)
        newest = self.version
        if at is not None and not 0 <= at <= newest:
            message = f"The workspace has no version {at}: versions go from 0 to {newest}."
            raise NotFoundError(message)
        return self._checked("batches", newest if at is None else at, None)

    def _checked(self, table: str, version: int, rows: int | None) -> Any:
        """Return a table at a version that an import named, once it is known to be whole."""
        marker = read_marker(self.folder)
        opened = self._open(table, version) if self._exists(table) else None
        if opened is None:
            if table == "batches" and version == 0 and (marker is None or marker.version == 0):
                return None
            raise damaged(self.folder, table, "its folder or its log is missing")
        table_id = None if marker is None else marker.tables.get(table)
        fault = fault_of(self.folder / table, opened, table_id=table_id, rows=rows)
        if fault is not None:
            raise damaged(self.folder, table, fault)
        return opened

    def _rows(self, table: str, opened: Any) -> pd.DataFrame:
        """Return the rows of an open table; damage inside of a file shows only now."""
        try:
            rows = opened.to_pyarrow_table()
        except (pa.ArrowException, OSError) as error:
            raise damaged(self.folder, table, f"its rows cannot be read ({error})") from error
        return from_arrow(table, rows)

    def _exists(self, table: str) -> bool:
        return (self.folder / table / "_delta_log").is_dir()

    def _newest(self, table: str) -> int:
        opened = self._open(table)
        version = 0 if opened is None else int(opened.version())
        marker = read_marker(self.folder) if table == "batches" else None
        if marker is not None and version < marker.version:
            fault = f"its newest version is {version} and not {marker.version}"
            raise damaged(self.folder, table, fault)
        return version

    def _finished(self, at: int | None = None) -> dict[str, tuple[int, int | None]]:
        """Return, by table, the version that finished imports wrote, and its number of rows."""
        return self._finished_by(*self._imports(at))

    def _imports(self, at: int | None = None) -> tuple[pd.DataFrame, int]:
        """Return the rows of the imports up to a version, and the number of that version."""
        opened = self._as_of("batches", at)
        if opened is None:
            return empty("batches"), 0
        return self._rows("batches", opened), int(opened.version())

    def _finished_by(
        self, imports: pd.DataFrame, version: int
    ) -> dict[str, tuple[int, int | None]]:
        if version == 0:
            return {}
        row = _newest_row(imports, version)
        counts = _numbers(row.get("table_rows"))
        if not row or counts.get("batches", len(imports)) != len(imports):
            raise damaged(self.folder, "batches", "rows of imports are missing")
        versions = _numbers(row["table_versions"])
        return {name: (version, counts.get(name)) for name, version in versions.items()}

    def _roll_back(self, finished: Mapping[str, int]) -> None:
        """Undo what a killed import has written after the version of each table."""
        for table in COLUMNS.keys() - {"batches"}:
            opened = self._open(table)
            wanted = finished.get(table, 0)  # version 0 is the table just created, without rows
            if opened is not None and opened.version() > wanted:
                opened.restore(wanted)

    def _write(self, table: str, rows: pd.DataFrame) -> int:
        from deltalake import DeltaTable, WriterProperties, write_deltalake

        opened = self._open(table)
        if opened is None:
            opened = DeltaTable.create(self.folder / table, schema=schema_of(table))
        key, fresh = KEYS[table], rows
        if opened.version() > 0 and table in _UNIQUE:
            stored = opened.to_pyarrow_table(columns=[key]).column(key).to_pandas()
            known = is_among(rows[key], stored)
            fresh = rows[~known]
            self._replace(opened, table, rows[known])
        elif opened.version() > 0:
            self._remove(table, key, set(rows[key]))
        if len(fresh):
            write_deltalake(
                self.folder / table,
                in_batches(table, fresh),
                mode="append",
                schema_mode="merge",
                writer_properties=WriterProperties(max_row_group_size=_GROUP_ROWS),
            )
        return self._newest(table)

    def _replace(self, opened: Any, table: str, rows: pd.DataFrame) -> None:
        if len(rows):
            same = str(sql("stored.{key} = new.{key}", key=identifier(KEYS[table])))
            merger = opened.merge(to_arrow(table, rows), same, "new", "stored", merge_schema=True)
            merger.when_matched_update_all().execute()

    def _remove(self, table: str, column: str, values: Collection[str]) -> int:
        ids = joined(map(literal, values))  # deltalake takes no parameters
        self._open(table).delete(str(sql("{} IN ({})", identifier(column), ids)))
        return self._newest(table)


def _numbers(text: Any) -> dict[str, int]:
    """Return a stored mapping of tables to numbers; empty where none was stored."""
    if not isinstance(text, str):
        return {}
    return {str(name): int(number) for name, number in json.loads(text).items()}


def _newest_row(rows: pd.DataFrame, version: int) -> dict[str, Any]:
    """Return the row of the import that made a version; without one, an empty row."""
    same = rows[rows["sequence"] == version]
    return dict(same.iloc[0]) if len(same) else {}
