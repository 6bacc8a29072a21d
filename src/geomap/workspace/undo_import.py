"""Undoing an import: what it added is removed, what it changed is restored.

The rows as they were are read from the version of the workspace that the import was based
on. An import that others build on (they met, changed or marked its events) is undone with
them or not at all, so that no later report speaks of events that are not there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geomap.errors import InputError, NotFoundError
from geomap.model import Batch

TABLES = ("events", "articles", "toponyms", "dates", "aggregates")


@dataclass(frozen=True, slots=True)
class UndoReport:
    """What undoing one import changes.

    `removed` events are deleted, `restored` become what they were, `unmarked` are no longer
    gone; `articles` are removed or restored, `aggregates` (counts per unit and period) removed.
    """

    batch_id: str
    file_name: str
    removed: int
    restored: int
    unmarked: int
    articles: int
    aggregates: int = 0

    def as_dict(self) -> dict[str, Any]:
        """Return the values by name."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Plan:
    """The rows that undoing an import removes and writes, by table."""

    report: UndoReport
    removed: Mapping[str, tuple[str, Collection[str]]]
    changes: Mapping[str, pd.DataFrame]


def order_of(batches: Sequence[Batch], batch_id: str, *, with_later: bool) -> tuple[str, ...]:
    """Return the imports to undo one after the other, `batch_id` last.

    Raises
    ------
    NotFoundError
        When there is no such import.
    InputError
        When it is undone already, or others build on it and may not be undone with it.
    """
    chosen = next((batch for batch in batches if batch.batch_id == batch_id), None)
    if chosen is None:
        message = f"There is no import {batch_id!r}: geomap batches lists them."
        raise NotFoundError(message)
    if chosen.undone:
        message = f"The import {batch_id} ({chosen.file_name}) is undone already."
        raise InputError(message)
    later = _later(batches, batch_id)
    if later and not with_later:
        names = ", ".join(f"{one.batch_id} ({one.file_name})" for one in later)
        message = (
            f"The import {batch_id} ({chosen.file_name}) is what later ones build on: undo "
            f"{names} first, or all of them with --with-later."
        )
        raise InputError(message)
    return (*(one.batch_id for one in later), batch_id)


def _later(batches: Sequence[Batch], batch_id: str) -> list[Batch]:
    """Return the imports in force that build on one, directly or not, the newest first."""
    in_force = [batch for batch in batches if not batch.undone]
    reached, more = {batch_id}, {batch_id}
    while more:
        more = {b.batch_id for b in in_force if reached & set(b.builds_on)} - reached
        reached |= more
    later = [batch for batch in in_force if batch.batch_id in reached - {batch_id}]
    return sorted(later, key=lambda batch: batch.base, reverse=True)


def plan_of(
    batch: Batch, now: Mapping[str, pd.DataFrame], before: Mapping[str, pd.DataFrame]
) -> Plan:
    """Return what to write, from the tables as they are and as they were before an import."""
    events, articles = now["events"], now["articles"]
    mine = events[events["batch_id"] == batch.batch_id]
    restored = before["events"][before["events"]["event_id"].isin(mine["event_id"])]
    marked = events[events["gone_batch"] == batch.batch_id]
    unmarked = marked.assign(gone_since=pd.NaT, gone_batch=None)
    filled = [table for table in (restored, unmarked) if len(table)]
    ids = set(articles.loc[articles["batch_id"] == batch.batch_id, "article_id"])
    removed: dict[str, tuple[str, Collection[str]]] = {"events": ("batch_id", {batch.batch_id})}
    changes = {"events": pd.concat(filled, ignore_index=True) if filled else restored}
    for table in ("articles", "toponyms", "dates"):
        removed[table] = ("article_id", ids)
        changes[table] = before[table][before[table]["article_id"].isin(ids)]
    counted = now["aggregates"]["batch_id"] == batch.batch_id
    removed["aggregates"] = ("batch_id", {batch.batch_id} if counted.any() else set())
    report = UndoReport(
        batch.batch_id,
        batch.file_name,
        removed=len(mine) - len(restored),
        restored=len(restored),
        unmarked=len(unmarked),
        articles=len(ids),
        aggregates=int(counted.sum()),
    )
    return Plan(report, removed, changes)
