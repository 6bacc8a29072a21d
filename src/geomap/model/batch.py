"""The account of one import: which file it was, how it was read, what became of its rows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from numbers import Integral
from typing import Any

from geomap.model.issues import TableWarning

_TUPLES = ("columns", "builds_on", "release_of")
_JSON = ("mapping", "options", "counts", "of_kept", "warnings", *_TUPLES)


@dataclass(frozen=True, slots=True)
class Batch:
    """The account of one import, as it is reported and as it is stored.

    `kind` is "table" or "article"; `mapping` leads from fields to columns of the file; `options`
    are the decisions of its owner. `counts` and `of_kept` count rows by what became of them, and
    are empty while a question stands and for a file that was refused. The ids of its events are
    unique within `dataset`.

    `builds_on` names the imports whose events this one met, changed or marked; `release_of` those
    that it is a newer release of. `base` is the version of the workspace before it, `sequence` the
    version with it; `created` and `undone` are the moments (UTC, ISO) of the commit and of its
    undoing, "" while there was none.
    """

    batch_id: str = ""
    file_name: str = ""
    sha256: str = ""
    kind: str = ""
    layout: str = ""
    layout_reason: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    of_kept: Mapping[str, int] = field(default_factory=dict)
    warnings: tuple[TableWarning, ...] = ()
    created: str = ""
    dataset: str = ""
    columns: tuple[str, ...] = ()
    builds_on: tuple[str, ...] = ()
    release_of: tuple[str, ...] = ()
    base: int = 0
    sequence: int = 0
    undone: str = ""

    def as_row(self) -> dict[str, Any]:
        """Return the account as a row of the table of batches; lists and mappings become JSON."""
        row = {name: getattr(self, name) for name in self.__slots__}
        for name in _JSON:
            value = dict(row[name]) if isinstance(row[name], Mapping) else row[name]
            row[name] = json.dumps(value, ensure_ascii=False)
        return row

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Batch:
        """Return the account that a row of the table of batches holds.

        Parameters
        ----------
        row
            Mapping with a value for each field. What a workspace of an older version did not
            store is missing: it is read as empty, and `base` as the version before `sequence`.
        """
        values = {name: row[name] for name in cls.__slots__}
        for name in _JSON:
            values[name] = json.loads(_text(values[name]) or "[]")
        for name in _TUPLES:
            values[name] = tuple(values[name])
        for name in ("dataset", "undone"):
            values[name] = _text(values[name])
        values["sequence"] = int(row["sequence"])
        base = row["base"]
        values["base"] = int(base) if isinstance(base, Integral) else values["sequence"] - 1
        values["warnings"] = tuple(TableWarning(*pair) for pair in values["warnings"])
        return cls(**values)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
