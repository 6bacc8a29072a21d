"""The searched texts of a large version, in small letters, in a file of their own.

Searching it takes a fraction of the time that searching the events themselves takes.
"""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from geomap.engine.event_store import EventTable
from geomap.files.versioned import VersionedFile
from geomap.query.verdicts import SEARCHED
from geomap.sql import identifier, joined, sql

WORTHWHILE = 100_000
"""With fewer events a search is quick enough without an index."""

_FORM = 1
_CHUNK_ROWS = 100_000
_SCHEMA = pa.schema([(name, pa.string()) for name in SEARCHED])


class SearchIndex:
    """The index of one version of the events.

    Parameters
    ----------
    events, folder, version
        The events; folder of cached files; version of the workspace.
    """

    def __init__(self, events: EventTable, folder: Path, version: int) -> None:
        self._events = events
        self._file = VersionedFile(folder, "texts", f"{_FORM}-{version}")

    def use(self) -> bool:
        """Let the events search in the index where it exists; return whether it does."""
        if exists := self._file.is_whole(SEARCHED, len(self._events)):
            self._events.use_search_index(self._file.path)
        return exists

    def write(self) -> None:
        """Write the index and use it; a folder that cannot be written only costs time."""
        names = map(identifier, SEARCHED)
        columns = joined(sql("lower({name}) AS {name}", name=name) for name in names)
        statement = sql("SELECT {} FROM events", columns)
        try:
            with self._file.writing() as path, pq.ParquetWriter(path, _SCHEMA) as writer:
                for part in self._events.database.stream(statement, rows=_CHUNK_ROWS):
                    writer.write_table(part.cast(_SCHEMA))
        except OSError:
            return
        self.use()
