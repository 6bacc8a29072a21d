"""The texts that a search looks into, in small letters, in a file of their own.

It is written once for each version of a large workspace, beside the joins. A search through
it takes a fraction of the time that the events themselves take.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from geomap.engine.event_store import EventTable
from geomap.query.verdicts import SEARCHED
from geomap.sql import identifier, joined, sql

MANY = 100_000
"""With fewer events a search is quick enough without."""

_FORM = 1
_STRETCH = 100_000
_KEPT = 2  # somebody may still be reading the one before


def texts_of(events: EventTable, folder: Path, version: int) -> Path | None:
    """Return the file of a version where it is there already and whole."""
    kept = folder / f"texts-{_FORM}-{version}.parquet"
    with suppress(OSError, pa.ArrowInvalid):
        if pq.read_metadata(kept).num_rows == len(events):
            return kept
    return None


def write_texts(events: EventTable, folder: Path, version: int) -> Path | None:
    """Write the file of a version and return it; None where none can be written."""
    target = folder / f"texts-{_FORM}-{version}.parquet"
    schema = pa.schema([(name, pa.string()) for name in SEARCHED])
    small = joined(sql("lower({name}) AS {name}", name=identifier(name)) for name in SEARCHED)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=".partial-")
        os.close(handle)
        with pq.ParquetWriter(temporary, schema) as writer:
            question = sql("SELECT {} FROM events", small)
            for part in events.database.stream(question, rows=_STRETCH):
                writer.write_table(part.cast(schema))
        Path(temporary).replace(target)
    except OSError:  # a folder that cannot be written costs time, nothing else
        return None
    found = sorted(folder.glob("texts-*.parquet"), key=lambda path: path.stat().st_mtime_ns)
    for path in found[:-_KEPT]:
        path.unlink(missing_ok=True)
    return target
