"""The searched texts of a large version, in small letters, in a file of their own.

Searching it takes a fraction of the time that searching the events themselves takes.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from geomap.engine.event_store import EventTable
from geomap.files.versioned import VersionedFile
from geomap.query.verdicts import SEARCHED

WORTHWHILE = 100_000
"""With fewer events a search is quick enough without an index."""

_FORM = 1
_CHUNK_ROWS = 100_000
_SCHEMA = pa.schema([(name, pa.string()) for name in SEARCHED])


def search_index_file(folder: Path, version: int) -> VersionedFile:
    """Return where the index of a version is, or would be.

    Parameters
    ----------
    folder, version
        Folder of cached files; version of the workspace.
    """
    return VersionedFile(folder, "texts", f"{_FORM}-{version}")


def is_complete(file: VersionedFile, events: EventTable) -> bool:
    """Return whether the index exists and has a row for each event.

    Parameters
    ----------
    file, events
        Of the same version.
    """
    with suppress(OSError, pa.ArrowInvalid):
        return bool(pq.read_metadata(file.path).num_rows == len(events))
    return False


def write_search_index(file: VersionedFile, events: EventTable) -> bool:
    """Write the index; False where the folder cannot be written, which only costs time.

    Parameters
    ----------
    file, events
        Of the same version.
    """
    columns = ", ".join(f"lower({name}) AS {name}" for name in SEARCHED)
    sql = f"SELECT {columns} FROM events"  # noqa: S608 - names of columns
    try:
        with file.writing() as path, pq.ParquetWriter(path, _SCHEMA) as writer:
            for part in events.database.stream(sql, rows=_CHUNK_ROWS):
                writer.write_table(part.cast(_SCHEMA))
    except OSError:
        return False
    return True
