"""Taking an import back: what it added goes, what it changed returns to what it was before.

The rows as they were are read from the version of the workspace that the import was based
on. An import that others build on (they know, change or mark its events) is taken back with
them or not at all, so that no later report speaks of events that are not there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geomap.errors import InputError, NotFoundError
from geomap.store import Batch

TABLES = ("events", "articles", "toponyms", "dates")


@dataclass(frozen=True, slots=True)
class UndoReport:
    """What taking one import back changes.

    `removed` events go, `restored` return to what they were, `unmarked` are no longer gone;
    `articles` are taken out or returned.
    """

    batch_id: str
    file_name: str
    removed: int
    restored: int
    unmarked: int
    articles: int

    def as_dict(self) -> dict[str, Any]:
        """Return the values by name."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Plan:
    """The rows that taking an import back removes and writes, by table."""

    report: UndoReport
    removed: Mapping[str, tuple[str, Collection[str]]]
    changes: Mapping[str, pd.DataFrame]


def order_of(batches: Sequence[Batch], batch_id: str, *, with_later: bool) -> tuple[str, ...]:
    """Return the imports to take back one after the other, `batch_id` last.

    Raises
    ------
    NotFoundError
        When there is no such import.
    InputError
        When it is undone already, or others build on it and may not go with it.
    """
    named = {batch.batch_id: batch for batch in batches}
    if batch_id not in named:
        message = f"There is no import {batch_id!r}: geomap batches lists them."
        raise NotFoundError(message)
    chosen = named[batch_id]
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
    reached = {batch_id}
    while True:
        more = {b.batch_id for b in in_force if reached & set(b.builds_on)} - reached
        if not more:
            break
        reached |= more
    found = [batch for batch in in_force if batch.batch_id in reached - {batch_id}]
    return sorted(found, key=lambda batch: batch.base, reverse=True)


def plan_of(
    batch: Batch, now: Mapping[str, pd.DataFrame], before: Mapping[str, pd.DataFrame]
) -> Plan:
    """Return what to write, from the tables as they are and as they were before an import."""
    mine = now["events"][now["events"]["batch_id"] == batch.batch_id]
    old = before["events"]
    restored = old[old["event_id"].isin(mine["event_id"])]
    marked = now["events"][now["events"]["gone_batch"] == batch.batch_id]
    unmarked = marked.assign(gone_since=pd.NaT, gone_batch=None)
    articles = now["articles"]
    ids = set(articles.loc[articles["batch_id"] == batch.batch_id, "article_id"])
    removed: dict[str, tuple[str, Collection[str]]] = {"events": ("batch_id", {batch.batch_id})}
    changes = {"events": _together(restored, unmarked)}
    for table in ("articles", "toponyms", "dates"):
        removed[table] = ("article_id", ids)
        changes[table] = before[table][before[table]["article_id"].isin(ids)]
    report = UndoReport(
        batch.batch_id,
        batch.file_name,
        removed=len(mine) - len(restored),
        restored=len(restored),
        unmarked=len(unmarked),
        articles=len(ids),
    )
    return Plan(report, removed, changes)


def _together(*tables: pd.DataFrame) -> pd.DataFrame:
    filled = [table for table in tables if len(table)]
    return pd.concat(filled, ignore_index=True) if filled else tables[0]
