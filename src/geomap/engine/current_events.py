"""The queries, joins and grid counts of the newest version of a workspace, each set up once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow as pa

from geomap.engine import search_index
from geomap.engine.event_store import EventTable
from geomap.engine.joins_cache import JOINED_COLUMNS, cached_joins, read_joins
from geomap.engine.tiles import Positions
from geomap.query.sql import FUNCTIONS
from geomap.store import Database, Store


class CurrentEvents:
    """The events of a workspace as they are now; several threads may ask at once.

    Parameters
    ----------
    store
        Tables of the workspace.
    cache
        Folder of cached files, made when it is needed.
    places
        Returns the places table; called when a join is worked out.
    """

    def __init__(self, store: Store, cache: Path, places: Callable[[], gpd.GeoDataFrame]) -> None:
        self._store, self._cache, self._places = store, cache, places
        self._lock = threading.RLock()
        self._version = -1
        self._table: EventTable | None = None
        self._positions: Positions | None = None
        self._joins: pd.DataFrame | None = None

    def table(self) -> EventTable:
        """Return lazy queries over the events."""
        with self._lock:
            version = self._store.version
            if self._table is None or self._version != version:
                database = Database(FUNCTIONS)
                database.add_stored(self._store.files("events", at=version))
                self._table = EventTable(database, partial(self._joined, version))
                index = search_index.search_index_file(self._cache, version)
                if search_index.is_complete(index, self._table):
                    self._table.use_search_index(index.path)
                self._version, self._positions, self._joins = version, None, None
            return self._table

    def joins(self) -> pd.DataFrame:
        """Return which event lies at which place, with the columns of `tables.JOIN_COLUMNS`."""
        with self._lock:
            table = self.table()
            if self._joins is None:
                self._joins = read_joins(self._joined(self._version, table))
            return self._joins

    def positions(self, progress: Callable[[float], None] = lambda _: None) -> Positions:
        """Return the counts of the events on a grid; the first call for a version writes a file.

        Parameters
        ----------
        progress
            Called with the share done, from 0 to 1, while the file is written.
        """
        with self._lock:
            table = self.table()
            if self._positions is None:
                self._positions = Positions(table, self._cache, self._version, progress)
            return self._positions

    def prepare_search(self) -> None:
        """Write the search index of a large workspace; without it searches are slower."""
        with self._lock:
            table, version = self.table(), self._version
        index = search_index.search_index_file(self._cache, version)
        if len(table) < search_index.WORTHWHILE or search_index.is_complete(index, table):
            return
        if search_index.write_search_index(index, table):
            table.use_search_index(index.path)

    def _joined(self, version: int, table: EventTable) -> Path | pa.Table:
        chunks = partial(table.chunks, JOINED_COLUMNS)
        return cached_joins(self._cache, chunks, self._places(), version=version)
