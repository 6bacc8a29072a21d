"""Joining the small files of many imports, and removing what no version of a workspace needs.

The tables are joined first, then the table of batches is written anew, in one commit that names
their new versions: a compaction that is killed before that is rolled back, and one that is killed
after it only leaves files that the next one removes.

Every version stays readable: those up to `State.undated` from their own commits and files, which
are never removed, and the later ones from the rows, which have the version that wrote them.
"""

from __future__ import annotations

import json
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import unquote

import pyarrow as pa
import pyarrow.compute as pc

from geomap.files.flush import files_under, flush_new
from geomap.store.delta_table import DeltaFolder, data_files
from geomap.store.migrations import mark
from geomap.store.schemas import ALL_TABLES, schema_of
from geomap.store.state import State, state_of


def compact(folder: Path, state: State) -> int:
    """Compact the tables as they are in a state, and return the version that this makes.

    Parameters
    ----------
    folder
        Folder of the tables, whose lock the caller holds, without rows of killed imports.
    state
        The newest state.

    Raises
    ------
    OSError
        When the folder cannot be written.
    """
    before = files_under(folder)
    names = [name for name in state.versions if name != "batches"]
    for name in names:
        DeltaFolder(folder, name).join_small_files()
    versions = {name: DeltaFolder(folder, name).write_checkpoint() for name in names}
    flush_new(folder, before)
    before = files_under(folder / "batches")
    batches = DeltaFolder(folder, "batches")
    batches.rewrite(_renamed(batches.open().to_pyarrow_table(), versions, state.version + 1))
    version = batches.write_checkpoint()
    flush_new(folder / "batches", before)
    mark(folder, version)
    remove_unneeded(folder)
    return version


def _renamed(rows: pa.Table, versions: dict[str, int], version: int) -> pa.Table:
    """Return the rows of imports, the newest of which names other versions of the tables."""
    newest = pc.index(rows["sequence"], pc.max(rows["sequence"])).as_py()
    columns = []
    for field in schema_of("batches"):
        missing = field.name not in rows.schema.names
        column = pa.nulls(rows.num_rows, field.type) if missing else rows[field.name]
        values = {"table_versions": json.dumps(versions), "compacted": version}
        if field.name in values:
            cells = column.to_pylist()
            cells[newest] = values[field.name]
            column = pa.array(cells, field.type)
        columns.append(column.cast(field.type))
    return pa.Table.from_arrays(columns, schema=schema_of("batches"))


def remove_unneeded(folder: Path) -> None:
    """Remove the commits before the checkpoints, and the files that nothing names any more.

    Parameters
    ----------
    folder
        Folder of the tables, just compacted.
    """
    batches = DeltaFolder(folder, "batches")
    state = state_of(batches.open())
    if state is None or state.version != state.compacted:
        return
    undated = state_of(batches.open(state.undated)) if state.undated else State()
    if undated is None:
        return
    for name in ("batches", *(name for name in ALL_TABLES if name in state.versions)):
        last = undated.version if name == "batches" else undated.versions.get(name, -1)
        table = DeltaFolder(folder, name)
        _tidy(table, table.open(), last if state.undated else -1)


def _tidy(table: DeltaFolder, opened: Any, last: int) -> None:
    """Tidy one table; its commits up to `last` and the files that they name stay.

    The newest commits go first: each version is whole until its own commit is removed.
    """
    newest = int(opened.version())
    commits = {int(path.stem): path for path in table.log.glob("*.json") if path.stem.isdigit()}
    needed = {path.name for path in data_files(table.folder, opened)}
    for number in range(last + 1):
        if number not in commits:  # an earlier geomap removed it: what it named is not known
            return
        needed |= _named_by(commits[number])
    for number in sorted(commits, reverse=True):
        if last < number < newest:
            commits[number].unlink()
    for path in table.log.glob("*.checkpoint*.parquet"):
        if last < int(path.name.partition(".")[0]) < newest:
            path.unlink()
    for path in table.folder.glob("*.parquet"):
        if path.name not in needed:
            path.unlink()


def _named_by(commit: Path) -> set[str]:
    """Return the names of the data files that a commit added."""
    actions = map(json.loads, commit.read_text("utf-8").splitlines())
    paths = (action["add"]["path"] for action in actions if "add" in action)
    return {PurePath(unquote(path)).name for path in paths}
