"""The tables of a workspace, written so that they are whole at any moment.

An import writes several tables and, last of all, one row into the table of batches that
names the version of each. Readers only see versions that such a row names: an import that
was killed half-way leaves nothing visible, and the next writer rolls it back.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Any

import pandas as pd
import pyarrow as pa

from geomap.errors import StoreError
from geomap.files.flush import files_under, flush_new
from geomap.model import Batch
from geomap.store.compaction import compact
from geomap.store.delta_table import DeltaFolder
from geomap.store.faults import CheckedStore
from geomap.store.locks import write_lock
from geomap.store.migrations import mark, migrate
from geomap.store.schemas import ALL_TABLES, HISTORY, KEYS, WRITTEN, with_until
from geomap.store.state import State
from geomap.tables import is_among

COMPACT_EVERY = 20
"""Number of versions after which an import compacts the tables before it lets go of the lock."""

_UNIQUE = frozenset({"events", "articles", "batches", "decisions"})

Removed = Mapping[str, tuple[str, Collection[str]]]


class Store(CheckedStore):
    """The tables under a folder, which `StoreReader` takes; one not there yet reads as empty."""

    def commit(
        self,
        batch: Batch,
        changes: Mapping[str, pd.DataFrame],
        *,
        removed: Removed | None = None,
        based_on: int | None = None,
    ) -> int | None:
        """Write one import as a whole and return the version that has it.

        None, and nothing written, when another import was finished after `based_on`. Every
        `COMPACT_EVERY` versions the tables are compacted as well, which makes a version of its own.

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
        with self._writing():
            if based_on is not None and based_on != self.version:
                return None
            version = self._written(batch, changes, removed or {})
            self._compact_when_due()
            return version

    def prepare(self) -> None:
        """Make the folder with its marker: a file that is kept then tells of no lost tables.

        Raises
        ------
        StoreError
            When the folder cannot be written.
        """
        with self._writing():
            pass

    def compact(self) -> int:
        """Join small files, remove what no version needs, and return the version made by that.

        Raises
        ------
        StoreError
            When the folder cannot be written or a table is damaged.
        """
        with self._writing():
            state = self._state()
            self._roll_back(self._all_whole(state))
            return compact(self.folder, state) if state.version else 0

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the lock, with the workspace in the schema of this geomap."""
        from deltalake.exceptions import DeltaError

        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with write_lock(self.folder):
                self._state()  # what lost its marker gets no new one
                migrate(self.folder)
                yield
        except StoreError:
            raise
        except (DeltaError, OSError) as error:
            message = (
                f"The workspace in {str(self.folder.parent)!r} cannot be written ({error}): what "
                "was there before is still there; free space, mend its rights or choose another."
            )
            raise StoreError(message) from error

    def _compact_when_due(self) -> None:
        """Compact after many versions; what fails is left for the next import to try again."""
        from deltalake.exceptions import DeltaError

        with suppress(DeltaError, OSError):
            state = self._state()
            if state.version - state.compacted >= COMPACT_EVERY:
                compact(self.folder, state)

    def _all_whole(self, state: State) -> State:
        for table in state.versions:
            self._at(table, state)
        return state

    def _written(self, batch: Batch, changes: Mapping[str, pd.DataFrame], removed: Removed) -> int:
        """Write one import while the lock is held; every file is flushed before it is named."""
        pa.default_memory_pool().release_unused()  # a large import needs it to write its files
        state = self._all_whole(self._state())
        before = files_under(self.folder)
        self._roll_back(state)
        number = state.version + 1
        for table, (column, values) in removed.items():
            if len(values) and self._delta(table).open() is not None:
                self._remove(table, column, values, number)
        for table, frame in changes.items():
            if len(frame):
                self._write(table, frame.assign(**{WRITTEN: number}))
        self._supersede("batches", KEYS["batches"], [batch.batch_id], number)
        flush_new(self.folder, before)
        before = files_under(self.folder / "batches")
        row = self._row(batch, state)
        version = self._write("batches", pd.DataFrame([row]))
        flush_new(self.folder / "batches", before)
        mark(self.folder, version)
        return version

    def _row(self, batch: Batch, state: State) -> dict[str, Any]:
        """Return the row of an import whose other tables are written."""
        versions = {name: self._delta(name).version() for name in ALL_TABLES if name != "batches"}
        versions = {name: version for name, version in versions.items() if version}
        counts = {
            name: state.rows[name]
            if name in state.rows and state.versions.get(name) == version
            else self._delta(name).count()
            for name, version in versions.items()
        }
        stored = self._delta("batches").open()
        known = set() if stored is None else set(self._delta("batches").keys())
        counts["batches"] = len(known | {batch.batch_id})
        return batch.as_row() | {
            "created": batch.created or datetime.now(UTC).isoformat(timespec="seconds"),
            "sequence": state.version + 1,
            "table_versions": json.dumps(versions),
            "table_rows": json.dumps(counts),
            "compacted": state.compacted,
            "undated": state.undated,
            WRITTEN: state.version + 1,
        }

    def _roll_back(self, state: State) -> None:
        """Undo what a killed import or compaction has written after the version of each table."""
        for table in ALL_TABLES:
            if table == "batches":
                self._delta(table).drop_cut_commits(state.version or -1)
                continue
            self._delta(table).drop_cut_commits(state.versions.get(table, -1))
            wanted = state.versions.get(table, 0)  # version 0 has no rows
            if self._delta(table).version() > wanted:
                self._delta(table).restore(wanted)

    def _write(self, table: str, rows: pd.DataFrame) -> int:
        delta, key = self._delta(table), KEYS[table]
        fresh = rows
        if delta.version() > 0 and table in _UNIQUE:
            known = is_among(rows[key], delta.keys())
            fresh = rows[~known]
            if known.any():
                if table != "batches":
                    self._supersede(table, key, rows.loc[known, key], rows[WRITTEN].iloc[0])
                delta.replace(rows[known])
        elif delta.version() > 0:
            self._remove(table, key, set(rows[key]), rows[WRITTEN].iloc[0])
        if len(fresh):
            delta.append(fresh)
        return delta.version()

    def _remove(self, table: str, column: str, values: Collection[str], number: int) -> int:
        if self._supersede(table, column, values, number):
            self._delta(table).remove(column, values)
        return self._delta(table).version()

    def _supersede(self, table: str, column: str, values: Collection[str], number: int) -> bool:
        """Keep rows that version `number` no longer has; return whether there are any."""
        if self._delta(table).version() == 0:
            return False
        rows = self._delta(table).rows_with(column, values)
        if rows.num_rows:
            self._delta(table + HISTORY).append(with_until(table, rows, number))
        return bool(rows.num_rows)

    def _delta(self, table: str) -> DeltaFolder:
        return DeltaFolder(self.folder, table)
