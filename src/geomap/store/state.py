"""Which version of each table belongs to a version of the workspace.

The newest row of the table of batches names it. The version of a workspace is the version of
that table.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

_COLUMNS = ("sequence", "table_versions", "table_rows", "compacted", "undated")


@dataclass(frozen=True, slots=True)
class State:
    """A version of the workspace, with the version and the number of rows of each table.

    `rows` lacks the tables of which an earlier geomap did not record it. The versions from
    `undated` to `compacted`, both excluded, are read from the rows of the version `compacted`;
    all others have a commit of their own.
    """

    version: int = 0
    versions: Mapping[str, int] = field(default_factory=dict)
    rows: Mapping[str, int] = field(default_factory=dict)
    compacted: int = 0
    undated: int = 0


def state_of(opened: Any) -> State | None:
    """Return the state that the newest row of an open table of batches names; None without one.

    Parameters
    ----------
    opened
        The table of batches, opened at a version.
    """
    version = int(opened.version())
    names = [name for name in _COLUMNS if name in {one.name for one in opened.schema().fields}]
    rows = opened.to_pyarrow_table(columns=names)
    if not rows.num_rows:
        return State() if version == 0 else None
    newest: dict[str, Any] = rows.slice(_last(rows["sequence"]), 1).to_pylist()[0]
    counts = _numbers(newest.get("table_rows"))
    if version not in {newest["sequence"], newest.get("compacted")}:
        return None
    if counts.get("batches", rows.num_rows) != rows.num_rows:
        return None
    undated = newest.get("undated")
    return State(
        version,
        _numbers(newest["table_versions"]),
        counts,
        newest.get("compacted") or 0,
        version if undated is None else undated,
    )


def _last(sequence: pa.ChunkedArray) -> int:
    return int(pc.index(sequence, pc.max(sequence)).as_py())


def _numbers(text: Any) -> dict[str, int]:
    """Return a stored mapping of tables to numbers; empty where none was stored."""
    if not isinstance(text, str):
        return {}
    return {str(name): int(number) for name, number in json.loads(text).items()}
