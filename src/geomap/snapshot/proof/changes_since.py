"""What became of the events of a snapshot between its version and the newest one."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import geopandas as gpd
import pandas as pd
import shapely

from geomap.tables import EVENT_COLUMNS, HIDDEN
from geomap.typing import Mask

_NOT_SAID = frozenset(
    {"event_id", "batch_id", "row_number", "flags", "gone_since", "gone_batch", "source_timestamp"}
)
"""Columns that say nothing about what happened."""


class ChangesSince(NamedTuple):
    """How many events of a snapshot have changed, and how many its question shows in addition.

    `corrected` say something else, by a person's correction or a newer release; `hidden` were
    hidden by a person; `gone` are no longer in the workspace, or in the newest release.
    """

    corrected: int
    hidden: int
    gone: int
    added: int


def changes_since(
    then: gpd.GeoDataFrame, now: gpd.GeoDataFrame, shown_now: Collection[str]
) -> ChangesSince:
    """Return what became of the events that a snapshot shows.

    Parameters
    ----------
    then
        The events that it shows, as they were at its version.
    now
        All events of the newest version.
    shown_now
        The ids of the events that its query shows in the newest version.
    """
    before = then.set_index("event_id")
    after = now[now["event_id"].isin(before.index)].set_index("event_id")
    kept = before.loc[before.index.isin(after.index)]
    after = after.loc[kept.index]
    codes = after["flags"].fillna("").str.split(";")
    is_hidden = codes.map(lambda flags: HIDDEN in flags).to_numpy(dtype=bool)
    is_gone = (after["gone_since"].notna() & kept["gone_since"].isna()).to_numpy() & ~is_hidden
    differs = _differ(kept, after) & ~is_hidden & ~is_gone
    lost = len(before) - len(kept)
    added = len(set(shown_now) - set(before.index))
    return ChangesSince(int(differs.sum()), int(is_hidden.sum()), int(is_gone.sum()) + lost, added)


def _differ(before: gpd.GeoDataFrame, after: gpd.GeoDataFrame) -> Mask:
    """Return which events, of the same ids in the same order, say something else."""
    same = pd.Series(True, before.index)  # noqa: FBT003
    for name in EVENT_COLUMNS:
        if name not in _NOT_SAID:
            both_missing = before[name].isna() & after[name].isna()
            same &= (before[name] == after[name]).fillna(value=False).astype(bool) | both_missing
    shapes = [shapely.to_wkb(part.geometry.to_numpy()) for part in (before, after)]
    is_same: Mask = same.to_numpy() & (shapes[0] == shapes[1])
    return ~is_same
