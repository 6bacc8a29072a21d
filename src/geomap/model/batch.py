"""The record of one upload: which file, how it was understood, what became of its rows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

_LISTS = ("columns", "builds_on", "release_of")
_JSON = ("mapping", "options", "counts", "of_kept", "warnings", *_LISTS)


@dataclass(frozen=True, slots=True)
class Batch:
    """One finished upload.

    `counts` and `of_kept` are the numbers of the report, `warnings` pairs of code and
    message, `created` the moment of the commit in UTC (ISO), set when it is written.
    `dataset` is what its ids are unique in, `columns` the file's. `builds_on` names the
    imports whose events it knew, changed or marked, `release_of` those it is a newer release
    of. `base` is the version before it, `sequence` the one with it. `undone` is the moment
    at which it was taken back, "" while it is in force.
    """

    batch_id: str
    file_name: str
    sha256: str
    kind: str
    layout: str
    layout_reason: str
    mapping: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    of_kept: Mapping[str, int] = field(default_factory=dict)
    warnings: tuple[tuple[str, str], ...] = ()
    created: str = ""
    dataset: str = ""
    columns: tuple[str, ...] = ()
    builds_on: tuple[str, ...] = ()
    release_of: tuple[str, ...] = ()
    base: int = 0
    sequence: int = 0
    undone: str = ""

    def as_row(self) -> dict[str, Any]:
        """Return the record as a row of the table of batches."""
        row = {name: getattr(self, name) for name in self.__slots__}
        for name in _JSON:
            value = row[name]
            row[name] = json.dumps(
                dict(value) if isinstance(value, Mapping) else value, ensure_ascii=False
            )
        return row

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Batch:
        """Return the record that a row of the table of batches holds."""
        values = {name: row[name] for name in cls.__slots__}
        for name in _JSON:
            values[name] = json.loads(_told(values[name], "[]"))
        for name in _LISTS:
            values[name] = tuple(values[name])
        for name in ("dataset", "undone"):
            values[name] = _told(values[name], "")
        values["sequence"] = int(row["sequence"])
        # Imports of older workspaces did not say what they were compared with.
        known_base = values["base"] is not None and not pd.isna(values["base"])
        values["base"] = int(values["base"]) if known_base else values["sequence"] - 1
        values["warnings"] = tuple((code, message) for code, message in values["warnings"])
        return cls(**values)


def _told(value: Any, otherwise: str) -> str:
    return value if isinstance(value, str) else otherwise


def batches_of(frame: pd.DataFrame) -> tuple[Batch, ...]:
    """Return the records of a table of batches, newest first."""
    rows = frame.sort_values("sequence", ascending=False).to_dict("records")
    return tuple(Batch.from_row(row) for row in rows)
