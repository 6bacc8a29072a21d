"""The events of a version as DuckDB sees them: those of the files, with what was decided.

Only the events about which something was decided are read and changed, once for each version: a
cached file has them as they were and as they are.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from geomap.decisions import Ledger, apply_decisions
from geomap.files.versioned import VersionedFile
from geomap.sql import sql
from geomap.store import Database, TableFiles
from geomap.store.duckdb_view import PLACE
from geomap.store.schemas import COLUMNS, from_arrow, to_arrow
from geomap.tables import HIDDEN
from geomap.typing import Days, Mask

_FORM = 2
_IS_CHANGED = "is_changed"
_NAMES = list(COLUMNS["events"])


def add_corrected(
    database: Database, stored: TableFiles, cached: VersionedFile, ledger: Callable[[], Ledger]
) -> Days:
    """Add the tables `events` and `events_before`; return the positions of the hidden events.

    Changed events come after all others, and of them the hidden ones last.

    Parameters
    ----------
    database, stored
        Where the tables are added; the files of the events, as `Store.files` returned them.
    cached
        The file of the changed events of this version (`cached_rows`).
    ledger
        Returns the decisions of the version; called when there is no such file.
    """
    rows = _rows_of(cached, stored)
    if rows is None:
        rows = _changed_rows(database, stored, ledger())
        with suppress(OSError), cached.writing() as path:
            pq.write_table(rows, path)
    before = rows.filter(pc.invert(rows[_IS_CHANGED])).drop_columns([_IS_CHANGED])
    changed = rows.filter(rows[_IS_CHANGED]).select(_NAMES)
    database.add_changed(stored, before, changed)
    size = database.query(sql("SELECT count(*) AS n FROM events"))["n"][0].as_py()
    return np.arange(size - int(_is_hidden(changed).sum()), size, dtype="int64")


def _is_hidden(events: pa.Table) -> Mask:
    codes = ((text or "").split(";") for text in events["flags"].to_pylist())
    return np.array([HIDDEN in one for one in codes], dtype=bool)


def cached_rows(folder: Path, version: int) -> VersionedFile:
    """Return the file of the changed events of a version, which may not exist yet.

    Parameters
    ----------
    folder, version
        Folder of cached files; version of the workspace.
    """
    return VersionedFile(folder, "corrected", f"{_FORM}-{version}")


def _rows_of(cached: VersionedFile, stored: TableFiles) -> pa.Table | None:
    """Return what the file has, where it is whole and of these files; else None."""
    if not cached.is_whole((*_NAMES, *PLACE, _IS_CHANGED)):
        return None
    with suppress(OSError, pa.ArrowException):
        rows = pq.read_table(cached.path)
        names = {Path(path).name for path in stored.files}
        if set(rows[PLACE[0]].unique().to_pylist()) <= names:
            return rows
    return None


def _changed_rows(database: Database, stored: TableFiles, ledger: Ledger) -> pa.Table:
    """Return the events about which something was decided, as they were and as they are."""
    before = database.numbered_rows(stored, list(ledger.states))
    events = apply_decisions(from_arrow("events", before.select(_NAMES)), ledger)
    changed = to_arrow("events", events).select(_NAMES)
    for name in PLACE:
        changed = changed.append_column(name, before[name])
    changed = changed.take(pa.array(np.argsort(_is_hidden(changed), kind="stable")))
    parts = (
        part.append_column(_IS_CHANGED, pa.array([is_changed] * len(part), pa.bool_()))
        for part, is_changed in ((before.select([*_NAMES, *PLACE]), False), (changed, True))
    )
    return pa.concat_tables(parts, promote_options="permissive")
