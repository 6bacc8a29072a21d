"""The steps that bring the tables of an earlier geomap to the schema of this one.

A step leads from one schema to the next. Before it runs, the files that it changes are copied to a
folder beside the tables, `before-schema-N`; the marker is written after it, so that a step that
was killed runs again.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from geomap.store.delta_table import DeltaFolder
from geomap.store.marker import MARKER, SCHEMA, Marker, read_marker
from geomap.store.schemas import ALL_TABLES


@dataclass(frozen=True, slots=True)
class Step:
    """What leads from one schema to the next: the files that it changes, and how."""

    changes: tuple[str, ...]
    run: Callable[[Path], None]


def _date_rows(_: Path) -> None:
    """Let rows have the version that wrote them.

    Rows without one are older than every version that is written from now on, so that no table
    changes. An earlier geomap would not write the number, so that the schema is another one.
    """


def _keep_more_tables(_: Path) -> None:
    """Let a version have decisions, and counts per unit and period.

    No table changes. An earlier geomap would leave them out of the versions that it writes, so
    that the schema is another one.
    """


STEPS: Mapping[int, Step] = MappingProxyType(
    {1: Step((MARKER,), _date_rows), 2: Step((MARKER,), _keep_more_tables)}
)
"""The step from each schema to the next."""


def migrate(folder: Path, steps: Mapping[int, Step] = STEPS, schema: int = SCHEMA) -> Marker:
    """Return the marker of a folder of tables in the newest schema; the caller holds the lock.

    Parameters
    ----------
    folder
        Folder of the tables; it gets a marker when it has none.
    steps, schema
        The step from each schema to the next; the newest schema.

    Raises
    ------
    StoreError
        When the marker cannot be read or a newer geomap wrote it.
    OSError
        When a file cannot be written.
    """
    marker = read_marker(folder)
    if marker is None:
        has_rows = DeltaFolder(folder, "batches").version() > 0
        marker = Marker(schema=1 if has_rows else schema)
        marker.write(folder)
    while marker.schema < schema:
        step = steps[marker.schema]
        _copy(folder, step.changes, folder / f"before-schema-{marker.schema + 1}")
        step.run(folder)
        marker = replace(marker, schema=marker.schema + 1)
        marker.write(folder)
    return marker


def _copy(folder: Path, names: tuple[str, ...], target: Path) -> None:
    """Copy files or folders, unless a run that was killed has done it already."""
    target.mkdir(exist_ok=True)
    for name in names:
        source, copy = folder / name, target / name
        if not source.exists() or copy.exists():
            continue
        partial = target / f".partial-{name}"
        if source.is_dir():
            shutil.rmtree(partial, ignore_errors=True)
            shutil.copytree(source, partial)
        else:
            shutil.copyfile(source, partial)
        partial.replace(copy)


def mark(folder: Path, version: int) -> None:
    """Record the newest version, and the Delta id of each table, in the marker.

    Parameters
    ----------
    folder, version
        Folder of the tables; the version that was just written.
    """
    marker = read_marker(folder) or Marker()
    ids = dict(marker.tables)
    for table in ALL_TABLES:
        opened = None if table in ids else DeltaFolder(folder, table).open()
        if opened is not None and opened.version() > 0:
            ids[table] = str(opened.metadata().id)
    replace(marker, version=version, tables=ids).write(folder)
