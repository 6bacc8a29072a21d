"""The finished rows of a workspace's tables, now and at earlier versions.

A version whose commit was removed by a compaction is read from the tables as the compaction
found them: each row has the version that wrote it, and rows that were replaced or removed since
are kept in a table of their own, with the first version without them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geomap.errors import NotFoundError, StoreError
from geomap.store.addresses import check_address
from geomap.store.damage import damaged, fault_of
from geomap.store.delta_table import DeltaFolder, data_files, filtered
from geomap.store.duckdb_view import TableFiles
from geomap.store.kept_files import has_kept_files
from geomap.store.marker import read_marker
from geomap.store.open_tables import OpenTables
from geomap.store.schemas import HISTORY, UNTIL, WRITTEN, empty, from_arrow, schema_of
from geomap.store.state import State, state_of

_ATTEMPTS = 5

Answer = TypeVar("Answer")


class StoreReader:
    """The tables under a folder, to be read; a folder that is not there yet reads as empty.

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
        self._known: State | None = None  # what the rows of the last version said
        self._tables = OpenTables(folder)
        check_address(folder)

    @property
    def version(self) -> int:
        """The number of the newest finished state; 0 before the first import."""
        return self._steady(self._newest)

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
        return self._steady(lambda: self._read(table, at))

    def count(self, table: str, *, filled: str | None = None) -> int:
        """Return how many finished rows a table has now, without reading them.

        Parameters
        ----------
        table, filled
            The table; a column, when only rows count in which it is not missing.
        """
        return self._steady(lambda: self._count(table, filled))

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
        StoreError
            When the files are damaged, or a compaction has joined those of this version.
        """
        return self._steady(lambda: self._files(table, at))

    def _read(self, table: str, at: int | None) -> pd.DataFrame:
        if at is not None and not self._has_commit(at):
            state = self._compacted(at)
            return from_arrow(table, self._as_written(table, state, at))
        opened = self._at(table, self._state(at))
        return empty(table) if opened is None else self._rows(table, opened)

    def _count(self, table: str, filled: str | None) -> int:
        opened = self._at(table, self._state())
        if opened is None:
            return 0
        rows = opened.to_pyarrow_dataset()
        if filled not in {None, *rows.schema.names}:  # written before there was such a column
            return 0
        return int(rows.count_rows(filter=None if filled is None else pc.field(filled).is_valid()))

    def _files(self, table: str, at: int | None) -> TableFiles:
        opened = self._at(table, self._state(at))
        if opened is None:
            return TableFiles(table, (), frozenset())
        columns = frozenset(field.name for field in opened.schema().fields)
        paths = map(str, data_files(self.folder / table, opened))
        return TableFiles(table, tuple(paths), columns)

    def _as_written(self, table: str, state: State, at: int) -> pa.Table:
        """Return the rows that a table had at a version before the one of the state."""
        then = pc.field(WRITTEN).is_null() | (pc.field(WRITTEN) <= at)
        kept = self._arrow(table, self._at(table, state), then)
        history = table + HISTORY
        gone = self._arrow(history, self._at(history, state), then & (pc.field(UNTIL) > at))
        parts = [part for part in (kept, gone) if part is not None]
        return pa.concat_tables(parts, promote_options="default") if parts else _no_rows(table)

    def _arrow(self, table: str, opened: Any, rows: Any = None) -> pa.Table | None:
        """Return the rows of an open table; damage inside of a file shows only now."""
        if opened is None:
            return None
        try:
            if rows is None:
                return opened.to_pyarrow_table()
            return filtered(self.folder / table, opened, table, rows)
        except (pa.ArrowException, OSError) as error:
            raise damaged(self.folder, table, f"its rows cannot be read ({error})") from error

    def _rows(self, table: str, opened: Any) -> pd.DataFrame:
        return from_arrow(table, self._arrow(table, opened))

    def _steady(self, answer: Callable[[], Answer]) -> Answer:
        """Return an answer; ask again where another process changed the tables meanwhile.

        A compaction removes files that a reader may be about to open.
        """
        log = DeltaFolder(self.folder, "batches").log
        for _ in range(_ATTEMPTS):
            before = _names(log)
            try:
                return answer()
            except StoreError:
                if _names(log) == before:
                    raise
            except OSError as error:
                message = (
                    f"The workspace in {str(self.folder.parent)!r} cannot be read "
                    f"({error.strerror or error}): mend the rights of the folder, or name another."
                )
                raise StoreError(message) from error
        return answer()

    def _has_commit(self, version: int) -> bool:
        newest = self._newest()
        if not 0 <= version <= newest:
            message = f"The workspace has no version {version}: versions go from 0 to {newest}."
            raise NotFoundError(message)
        log = DeltaFolder(self.folder, "batches").log
        return version in {0, newest} or (log / f"{version:020}.json").exists()

    def _compacted(self, version: int) -> State:
        """Return the state from whose rows a version is read that has no commit any more."""
        newest = self._state()
        if not newest.undated < version < newest.compacted:
            raise damaged(self.folder, "batches", f"its commit {version} is missing")
        return self._state(newest.compacted)

    def _state(self, at: int | None = None) -> State:
        """Return what belongs to a version of the workspace that has a commit of its own."""
        newest = self._newest()
        version = newest if at is None else at
        if not 0 <= version <= newest:
            message = f"The workspace has no version {version}: versions go from 0 to {newest}."
            raise NotFoundError(message)
        return self._state_below(version)

    def _state_below(self, version: int) -> State:
        """Return the state at a version, whatever became of later ones."""
        if version == 0:
            return State()
        opened = self._checked("batches", version, None)
        known = self._known
        if known is not None and known.version == version:
            return known
        try:
            state = state_of(opened)
        except (pa.ArrowException, OSError, ValueError, TypeError, KeyError) as error:
            raise damaged(self.folder, "batches", f"its rows cannot be read ({error})") from error
        if state is None:
            raise damaged(self.folder, "batches", "rows of imports are missing")
        if state.rows and read_marker(self.folder) is None:  # who counts rows writes a marker
            raise damaged(self.folder, "batches", "the marker of the workspace is missing")
        self._known = state
        return state

    def _at(self, table: str, state: State) -> Any:
        """Return a table as it belongs to a state; None when it had no rows by then."""
        if table == "batches":
            return None if state.version == 0 else self._checked(table, state.version, None)
        version = state.versions.get(table)
        return None if version is None else self._checked(table, version, state.rows.get(table))

    def _checked(self, table: str, version: int, rows: int | None) -> Any:
        """Return a table at a version that an import named, once it is known to be whole."""
        marker = read_marker(self.folder)
        folder = DeltaFolder(self.folder, table)
        if table == "batches" and version == 0 and (marker is None or marker.version == 0):
            return None
        opened = self._tables.open(table, version)
        if opened is None:
            raise damaged(self.folder, table, "its folder or its log is missing")
        table_id = None if marker is None else marker.tables.get(table)
        fault = fault_of(folder.folder, opened, table_id=table_id, rows=rows)
        if fault is not None:
            raise damaged(self.folder, table, fault)
        return opened

    def _newest(self) -> int:
        """Return the newest version that was finished.

        The marker is written after the commit that it names: a commit after it that a power cut
        left unwritten belongs to an import that was not finished.
        """
        marker = read_marker(self.folder)
        log = DeltaFolder(self.folder, "batches")
        cut = log.cut_commits(marker.version or -1) if marker is not None else []
        last = int(cut[0].stem) - 1 if cut else None
        opened = None if last == -1 else self._tables.open("batches", last)
        version = 0 if opened is None else int(opened.version())
        if marker is not None and version < marker.version:
            fault = f"its newest version is {version} and not {marker.version}"
            raise damaged(self.folder, "batches", fault)
        if marker is None and version == 0 and has_kept_files(self.folder.with_name("files")):
            raise damaged(self.folder, "batches", "it is missing, and files were kept")
        return version


def _no_rows(table: str) -> pa.Table:
    return schema_of(table).empty_table()


def _names(folder: Path) -> frozenset[str]:
    try:
        return frozenset(path.name for path in folder.iterdir())
    except OSError:
        return frozenset()
