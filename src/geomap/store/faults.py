"""What is wrong with the tables of a workspace, and which of its versions are whole."""

from __future__ import annotations

from geomap.errors import StoreError
from geomap.store.delta_table import DeltaFolder
from geomap.store.reader import StoreReader
from geomap.store.schemas import ALL_TABLES, COLUMNS
from geomap.store.state import State


class CheckedStore(StoreReader):
    """The tables under a folder, to be read and to be checked."""

    def faults(self, *, at: int | None = None) -> dict[str, str]:
        """Return what is wrong with each table at a version, by table; empty when all are whole.

        Parameters
        ----------
        at
            Version of the workspace; the newest when None.
        """
        try:
            faults = self._steady(lambda: self._faults_of(self._state(at)))
            return faults if at is not None else self._steady(self._in_the_way) | faults
        except StoreError as error:  # without the row of an import nothing is known of any table
            return dict.fromkeys(COLUMNS, str(error))

    def _faults_of(self, state: State, *, reading: bool = True) -> dict[str, str]:
        faults: dict[str, str] = {}
        for table in ("batches", *state.versions):
            try:
                opened = self._at(table, state)
                if reading:
                    self._arrow(table, opened)
            except StoreError as error:
                faults[table] = str(error)
        return faults

    def _in_the_way(self) -> dict[str, str]:
        """Return what the next import could not roll back, by table: an unfinished one left it."""
        faults: dict[str, str] = {}
        versions = self._state().versions
        for table in ALL_TABLES:
            folder = DeltaFolder(self.folder, table)
            is_empty = folder.log.is_dir() and not any(folder.log.iterdir())
            if table == "batches" or is_empty or folder.cut_commits(versions.get(table, -1)):
                continue
            try:
                folder.open()
            except StoreError as error:
                faults[table] = str(error)
        return faults

    def whole_versions(self) -> tuple[int, ...]:
        """Return the versions at which every table is whole, as far as the ends of files show."""
        log = DeltaFolder(self.folder, "batches").log
        try:
            numbers = {int(path.stem) for path in log.glob("*.json") if path.stem.isdigit()}
        except OSError:  # a folder without rights; `faults` says so
            return ()
        whole: set[int] = set()
        for number in numbers:
            try:
                state = self._state_below(number)
            except StoreError:
                continue
            if not self._faults_of(state, reading=False):
                whole.add(number)
                if number == state.compacted:
                    whole.update(range(state.undated, number))
        return tuple(sorted(whole))

    def newest_whole(self) -> State:
        """Return the newest state at which every row of every table can be read."""
        for version in reversed(self.whole_versions()):
            try:
                state = self._state_below(version)
            except StoreError:  # its commit went into a compaction
                continue
            if not self._faults_of(state):
                return state
        return State()
