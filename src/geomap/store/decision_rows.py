"""Decisions as rows of their table, and back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geomap.model import Batch, Decision, DecisionKind, TargetKind
from geomap.store.schemas import COLUMNS

LEDGER = "decisions"
"""The kind and the id of the one row of the table of batches that decisions come with."""

_NAMES = tuple(COLUMNS["decisions"])


def ledger_batch(base: int) -> Batch:
    """Return the account that decisions are committed with; each commit replaces the last one.

    Parameters
    ----------
    base
        The version of the workspace that was decided upon.
    """
    return Batch(LEDGER, LEDGER, kind=LEDGER, base=base)


def decision_frame(decisions: Iterable[Decision]) -> pd.DataFrame:
    """Return decisions as rows of the table `decisions`.

    Parameters
    ----------
    decisions
        In the order of the rows.
    """
    rows = [
        {name: getattr(one, name) for name in _NAMES} | {"seen": ";".join(one.seen)}
        for one in decisions
    ]
    return pd.DataFrame(rows, columns=list(_NAMES))


def read_decisions(rows: pd.DataFrame) -> tuple[Decision, ...]:
    """Return the decisions that `decision_frame` wrote.

    Parameters
    ----------
    rows
        Table with the columns of `schemas.COLUMNS["decisions"]`.
    """
    columns = [pc.fill_null(pa.array(rows[name], pa.large_string()), "") for name in _NAMES]
    cells = zip(*(column.to_pylist() for column in columns), strict=True)
    return tuple(_decision(dict(zip(_NAMES, row, strict=True))) for row in cells)


def _decision(row: dict[str, Any]) -> Decision:
    row["kind"], row["target_kind"] = DecisionKind(row["kind"]), TargetKind(row["target_kind"])
    row["seen"] = tuple(filter(None, row["seen"].split(";")))
    return Decision.stored(**row)
