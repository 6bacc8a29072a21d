"""The events of a workspace: as a table, as lazy queries, joined with places, on a grid."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from geomap.decisions import Ledger, apply_decisions
from geomap.engine.corrected_view import add_corrected, cached_rows
from geomap.engine.event_positions import Positions
from geomap.engine.event_store import EventTable
from geomap.engine.joins_cache import JOINED_COLUMNS, cached_joins
from geomap.errors import StoreError
from geomap.files.versioned import VersionedFile
from geomap.join import join_places
from geomap.query.sql_functions import FUNCTIONS
from geomap.query.verdicts import SEARCHED
from geomap.sql import identifier, joined, sql
from geomap.store import Database, Store, read_decisions

SEARCH_INDEX_FROM = 100_000
"""With fewer events a search is quick enough without an index of their texts in small letters."""

_FORM = 1
_CHUNK_ROWS = 100_000
_SCHEMA = pa.schema([(name, pa.string()) for name in SEARCHED])


Made = TypeVar("Made")


class CurrentEvents:
    """The events of a workspace; each view of the newest version is set up once.

    Several threads may call it. Returned tables are cached and shared. Do not modify them.

    Parameters
    ----------
    folder
        Folder of the workspace, with `tables/` and, once something is cached, `cache/`.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._store = Store(folder / "tables")
        self._lock = threading.RLock()
        self._newest: dict[str, tuple[int, Any]] = {}

    @property
    def version(self) -> int:
        """The number of the newest finished import; 0 while there is none."""
        return self._store.version

    def places(self) -> gpd.GeoDataFrame:
        """Return the places table that events are joined with."""
        raise NotImplementedError

    def events(self, *, at: int | None = None) -> gpd.GeoDataFrame:
        """Return the events as an events table, with what was decided about them.

        Parameters
        ----------
        at
            Version of the workspace; the newest when None.

        Raises
        ------
        NotFoundError
            When there is no such version.
        """
        if at is not None:
            return apply_decisions(self.ingested(at=at), self.ledger(at=at))
        return self._once("corrected", self._corrected)

    def ingested(self, *, at: int | None = None) -> gpd.GeoDataFrame:
        """Return the events as they were taken in, whatever was decided about them.

        Parameters
        ----------
        at
            Version of the workspace; the newest when None.

        Raises
        ------
        NotFoundError
            When there is no such version.
        """
        return self._table("events") if at is None else self._store.read("events", at=at)

    def ledger(self, *, at: int | None = None) -> Ledger:
        """Return what was decided about events.

        Parameters
        ----------
        at
            Version of the workspace; the newest when None.

        Raises
        ------
        NotFoundError
            When there is no such version.
        """
        if at is not None:
            return self._ledger_at(at)
        return self._once("ledger", self._ledger_at)

    def _ledger_at(self, version: int) -> Ledger:
        return Ledger.of(read_decisions(self._store.read("decisions", at=version)))

    def _ledger_once(self, version: int) -> Ledger:
        return self._once("ledger", self._ledger_at, version)

    def _corrected(self, version: int) -> gpd.GeoDataFrame:
        ledger = self._ledger_once(version)
        ingested = self._once("events", lambda at: self._store.read("events", at=at), version)
        return apply_decisions(ingested, ledger)

    def count_events(self) -> tuple[int, int]:
        """Return how many events there are now, and how many of them are marked as gone."""
        return self._store.count("events"), self._store.count("events", filled="gone_since")

    def event_table(self) -> EventTable:
        """Return lazy queries over the events as they are now."""
        return self._once("event_table", self._opened)

    def joins(self, *, at: int | None = None) -> pd.DataFrame:
        """Return which event lies at which place, with the columns of `tables.JOIN_COLUMNS`.

        Parameters
        ----------
        at
            Version of the workspace; the newest when None.

        Raises
        ------
        NotFoundError
            When there is no such version.
        """
        if at is not None:
            return join_places(self.events(at=at), self.places())
        return self._once("joins", lambda now: self._once("event_table", self._opened, now).joins())

    def positions(self, progress: Callable[[float], None] = lambda _: None) -> Positions:
        """Return the counts of the events on a grid; the first call for a version writes a file.

        Parameters
        ----------
        progress
            Called with the share done, from 0 to 1, while the file is written.
        """

        def counted(version: int) -> Positions:
            table = self._once("event_table", self._opened, version)
            return Positions(table, self._cache, version, progress)

        return self._once("positions", counted)

    def prepare_search(self) -> None:
        """Write the search index of a large workspace; without it searches are only slower."""
        with self._lock:
            version = self.version
            table = self._once("event_table", self._opened, version)
        if len(table) < SEARCH_INDEX_FROM or self._use_search_index(table, version):
            return
        names = map(identifier, SEARCHED)
        columns = joined(sql("lower({name}) AS {name}", name=name) for name in names)
        statement, file = sql("SELECT {} FROM events", columns), self._search_index(version)
        try:
            with file.writing() as path, pq.ParquetWriter(path, _SCHEMA) as writer:
                for part in table.database.stream(statement, rows=_CHUNK_ROWS):
                    writer.write_table(part.cast(_SCHEMA))
        except OSError:
            return
        self._use_search_index(table, version)

    def _search_index(self, version: int) -> VersionedFile:
        return VersionedFile(self._cache, "texts", f"{_FORM}-{version}")

    def _use_search_index(self, table: EventTable, version: int) -> bool:
        """Let a table search in the index where it exists; return whether it does."""
        file = self._search_index(version)
        if exists := file.is_whole(SEARCHED, len(table)):
            table.use_search_index(file.path)
        return exists

    def _opened(self, version: int) -> EventTable:
        def joined(table: EventTable) -> Path | pa.Table:
            chunks = partial(table.chunks, JOINED_COLUMNS)
            return cached_joins(self._cache, chunks, self.places(), version=version)

        database, files = Database(FUNCTIONS), self._store.files("events", at=version)
        hidden = None
        if files.files and self._store.files("decisions", at=version).files:
            cached = cached_rows(self._cache, version)
            hidden = add_corrected(database, files, cached, lambda: self._ledger_once(version))
        else:
            database.add_stored(files)
        table = EventTable(database, joined, hidden=hidden)
        self._use_search_index(table, version)
        return table

    @property
    def _cache(self) -> Path:
        return self.folder / "cache"

    def _table(self, name: str) -> Any:
        return self._once(name, lambda version: self._store.read(name, at=version))

    def _once(self, name: str, make: Callable[[int], Made], version: int | None = None) -> Made:
        """Return what `make` gives for a version, by default the newest; kept while it is."""
        with self._lock:
            version = self.version if version is None else version
            if self._newest.get(name, (-1,))[0] != version:
                try:
                    self._newest[name] = (version, make(version))
                except StoreError:  # a compaction of another process has joined its files
                    if (newest := self.version) == version:
                        raise
                    self._newest[name] = (newest, make(newest))
            made: Made = self._newest[name][1]
            return made
