"""A copy of damaged tables, brought back to the newest version at which all of them are whole.

The copy shares its files with the original where the file system can do that: neither Delta nor
geomap changes a file in place.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

from geomap.errors import StoreError
from geomap.store.delta_table import DeltaFolder
from geomap.store.marker import SCHEMA, Marker, read_marker, stored_marker
from geomap.store.schemas import ALL_TABLES
from geomap.store.state import State
from geomap.store.store import Store


def link_files(source: Path, target: Path) -> None:
    """Copy the plain files under a folder, sharing their content where that is possible.

    Parameters
    ----------
    source, target
        Folder to copy, which may not exist; the new folder. Links and locks are left out.

    Raises
    ------
    OSError
        When a file cannot be copied.
    """
    target.mkdir(parents=True, exist_ok=True)
    if source.is_symlink() or not source.is_dir():
        return
    for entry in sorted(source.iterdir()):
        if entry.is_symlink() or entry.name == ".lock":
            continue
        if entry.is_dir():
            link_files(entry, target / entry.name)
        elif entry.is_file():
            link_file(entry, target / entry.name)


def link_file(source: Path, target: Path) -> None:
    """Copy one file, sharing its content where the file system can do that.

    Parameters
    ----------
    source, target
        The file, and its new path in an existing folder.
    """
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def copy_whole(tables: Path, target: Path) -> Store:
    """Return a store with the newest whole version of damaged tables; version 0 without one.

    Parameters
    ----------
    tables, target
        Folder of the damaged tables, which is not changed; a new folder.

    Raises
    ------
    StoreError
        When a newer geomap wrote the tables.
    OSError
        When the files cannot be copied.
    """
    target.mkdir(parents=True)
    for table in ALL_TABLES:
        if (tables / table).is_dir():
            link_files(tables / table, target / table)
    marker = _marker_of(tables)
    replace(marker, version=0).write(target)  # so that no version is taken for a lost one
    store = Store(target)
    state = store.newest_whole()
    if state.version:
        _cut(target, state)
        _mark(target, state, marker)
        return store
    shutil.rmtree(target)
    target.mkdir()
    Marker(marker.workspace_id).write(target)
    return Store(target)


def _marker_of(tables: Path) -> Marker:
    """Return the marker of the tables, a new one where it cannot be read or is of others."""
    fresh = Marker(schema=1, version=0)
    try:
        marker = stored_marker(tables) or fresh
    except StoreError:
        return fresh
    if marker.schema > SCHEMA:
        read_marker(tables)  # raises
    known = {name: _id_of(tables, name) for name in marker.tables}
    is_strange = bool(known) and not any(known[name] == marker.tables[name] for name in known)
    return fresh if is_strange and any(known.values()) else marker


def _id_of(tables: Path, table: str) -> str | None:
    try:
        opened = DeltaFolder(tables, table).open()
    except StoreError:
        return None
    return None if opened is None else str(opened.metadata().id)


def _cut(folder: Path, state: State) -> None:
    """Remove from the copy what is newer than a state, and the tables that had no rows by then."""
    for table in ALL_TABLES:
        delta = DeltaFolder(folder, table)
        last = state.version if table == "batches" else state.versions.get(table, 0)
        if last == 0:
            shutil.rmtree(delta.folder, ignore_errors=True)
            continue
        (delta.log / "_last_checkpoint").unlink(missing_ok=True)
        for path in delta.log.iterdir():
            number = path.name.partition(".")[0]
            if number.isdigit() and int(number) > last:
                path.unlink()


def _mark(folder: Path, state: State, marker: Marker) -> None:
    ids = {name: _id_of(folder, name) for name in ("batches", *state.versions)}
    tables = {name: table_id for name, table_id in ids.items() if table_id is not None}
    replace(marker, version=state.version, tables=tables).write(folder)
