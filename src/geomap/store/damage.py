"""Checks that a Delta table on disk still holds everything that was committed to it."""

from __future__ import annotations

import os
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import unquote

import pyarrow as pa

from geomap.errors import StoreError

_MAGIC = b"PAR1"
_REMEDY = (
    "Nothing was changed; geomap check lists what is whole, and geomap repair --dry-run says what "
    "can be brought back."
)


def damaged(folder: Path, table: str, fault: str) -> StoreError:
    """Return the error for a damaged table.

    Parameters
    ----------
    folder, table, fault
        Folder of the tables; the table, and what is wrong with it.
    """
    return StoreError(f"The table {table!r} in {str(folder)!r} is damaged: {fault}. {_REMEDY}")


def fault_of(folder: Path, opened: Any, *, table_id: str | None, rows: int | None) -> str | None:
    """Return what is wrong with a table that Delta could open; None when it is whole.

    Delta reads an empty commit as one that changed nothing, and does not look for the files of
    a table before they are read.

    Parameters
    ----------
    folder, opened
        Folder of the table; the table opened at a version.
    table_id, rows
        Delta id that the table must have, and how many rows; None when that is not known.
    """
    if table_id is not None and str(opened.metadata().id) != table_id:
        return "it is not the table that the workspace wrote, but another one"
    for commit in sorted((folder / "_delta_log").glob("*.json")):
        number = commit.stem
        if number.isdigit() and int(number) <= opened.version() and not commit.is_file():
            return f"its commit {int(number)} is not a file"
        if number.isdigit() and int(number) <= opened.version() and commit.stat().st_size == 0:
            return f"its commit {int(number)} is empty"
    actions = pa.table(opened.get_add_actions(flatten=True)).to_pylist()
    for action in actions:
        path = folder / PurePath(unquote(action["path"])).name
        if not path.is_file():
            return f"its file {path.name} is missing"
        if path.stat().st_size != action["size_bytes"]:
            return f"its file {path.name} does not have the size that was written"
        if not _is_parquet(path):
            return f"its file {path.name} is not a Parquet file"
    counted = [action["num_records"] for action in actions]
    if rows is not None and None not in counted and sum(counted) != rows:
        return f"it has {sum(counted):,} rows and not {rows:,} as its last import wrote"
    return None


def _is_parquet(path: Path) -> bool:
    """Return whether a file starts and ends as a Parquet file does."""
    with path.open("rb") as file:
        first = file.read(len(_MAGIC))
        file.seek(-len(_MAGIC), os.SEEK_END)
        return first == file.read() == _MAGIC
