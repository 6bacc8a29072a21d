"""The changes that a newer release makes: added, changed by column, returned, gone.

A file is a newer release of an import when it has at least half of its events. Events of that
import that the release lacks are gone: they are marked, never deleted. Events on days that the
release does not cover are not gone, unless they are so few that they were rather removed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geomap.ingest.events.identity import CONTENT_COLUMNS, unequal
from geomap.ingest.events.ingest_records import IngestOptions, Past, Question, Release
from geomap.model import Batch
from geomap.tables import DAYS, is_among
from geomap.typing import Mask

HELD = 0.5
"""Share of an import's events that a newer release of it must have."""
ASK_SHARE, ASK_ROWS = 0.2, 10
"""Marking more than this share, and at least this many events, as gone needs an answer."""
FEW = 2
"""Up to so many events outside the days of a release count as removed, more as not covered."""
_PROOF = 5
_CHANGE = ("event_id", "row", "column", "old", "new")


def release_of(
    events: gpd.GeoDataFrame,
    updated: Mask,
    existing: gpd.GeoDataFrame,
    past: Past,
    *,
    present: pd.Series,
    dataset: str,
    batch_id: str,
    coverage: str | None = None,
) -> Release | None:
    """Return the changes of a file to the events of its dataset; None when it is no release.

    Parameters
    ----------
    events, updated
        Events of the file, and which of them change an event of the workspace.
    existing, past
        Events and imports of the workspace.
    present
        The ids of all rows of the file, also of those that became no event.
    dataset, batch_id, coverage
        Of the file; "full" or "part" when its owner stated it.
    """
    mine = existing[
        (existing["dataset"] == dataset).to_numpy(dtype=bool)
        & (existing["batch_id"] != batch_id).to_numpy(dtype=bool)
    ]
    if mine.empty:
        return None
    there = is_among(mine["event_id"], present)
    of, in_release = _releases(mine, there, past.batches)
    changes = changed_cells(events[updated], existing)
    if not of and changes.empty:
        return None
    missing = in_release & ~there & mine["gone_since"].isna().to_numpy()
    outside = missing & _outside(mine, events)
    if coverage == "full" or outside.sum() <= FEW:
        outside[:] = False
    if coverage == "part" or _is_older(events, mine[in_release]):
        outside, missing = missing, missing & False
    gone = mine[missing & ~outside].reset_index(drop=True)
    day = pd.Series(pd.Timestamp(past.today), gone.index).astype(DAYS)
    gone = gone.assign(gone_since=day, gone_batch=pd.Series(batch_id, gone.index, dtype="str"))
    returned = int((changes["column"] == "gone_since").sum())
    return Release(dataset, of, changes, gone, returned, int(outside.sum()), int(in_release.sum()))


def corrections(updated: gpd.GeoDataFrame, existing: gpd.GeoDataFrame) -> Release | None:
    """Return the changes of events that are no release of a dataset; None when nothing changes.

    Parameters
    ----------
    updated, existing
        The changed events, and those of the workspace before.
    """
    if updated.empty:
        return None
    changes = changed_cells(updated, existing)
    returned = int((changes["column"] == "gone_since").sum())
    dataset = ", ".join(sorted(updated["dataset"].unique()))
    return Release(dataset, (), changes, existing.iloc[:0], returned, 0, len(existing))


def _releases(
    mine: gpd.GeoDataFrame, there: Mask, batches: Sequence[Batch]
) -> tuple[tuple[str, ...], Mask]:
    """Return the imports that a file is a release of, and which events are of them."""
    family = _families(batches)
    group = mine["batch_id"].map(lambda one: family.get(one, one)).to_numpy(dtype=object)
    present = mine["gone_since"].isna().to_numpy()
    of: list[str] = []
    for name in dict.fromkeys(group):
        members = group == name
        # An event that is gone already is no evidence against a release without it.
        counted = members & (present | there)
        if counted.any() and (there & counted).sum() >= HELD * counted.sum():
            of.append(name)
    taken = set(of)
    in_force = [b.batch_id for b in batches if family[b.batch_id] in taken]
    named = tuple(in_force or of)
    return named, np.array([name in taken for name in group], dtype=bool)


def _families(batches: Iterable[Batch]) -> dict[str, str]:
    """Return for each import the first one of the releases that it belongs to."""
    head: dict[str, str] = {}

    def find(one: str) -> str:
        while head.setdefault(one, one) != one:
            one = head[one]
        return one

    for batch in batches:
        find(batch.batch_id)
        for other in batch.release_of:
            head[find(batch.batch_id)] = find(other)
    return {one: find(one) for one in list(head)}


def _outside(mine: gpd.GeoDataFrame, events: gpd.GeoDataFrame) -> Mask:
    """Return which events lie wholly before or after the days of a file."""
    first = events["event_date"].min()
    last = events["event_date_end"].fillna(events["event_date"]).max()
    if pd.isna(first):
        return np.zeros(len(mine), bool)
    end = mine["event_date_end"].fillna(mine["event_date"])
    return np.asarray(((end < first) | (mine["event_date"] > last)).to_numpy(dtype=bool))


def _is_older(events: gpd.GeoDataFrame, existing: gpd.GeoDataFrame) -> bool:
    """Return whether a file is older than the workspace's events, by the source's own clock."""
    ours, theirs = events["source_timestamp"].max(), existing["source_timestamp"].max()
    return bool(pd.notna(ours) and pd.notna(theirs) and ours < theirs)


def stored_release(
    batch: Batch, events: gpd.GeoDataFrame, read_earlier: Callable[[], gpd.GeoDataFrame]
) -> Release | None:
    """Return what a stored import changed in the events before it; None when nothing.

    Parameters
    ----------
    batch
        The import.
    events
        The events as they are now.
    read_earlier
        Returns the events as they were before the import; called only when it changed any.
    """
    mine = events[(events["batch_id"] == batch.batch_id).to_numpy(dtype=bool)]
    gone = events[(events["gone_batch"] == batch.batch_id).to_numpy(dtype=bool)]
    if not batch.counts.get("updated") and gone.empty:
        return None
    changes = changed_cells(mine, read_earlier())
    returned = int((changes["column"] == "gone_since").sum())
    return Release(batch.dataset, batch.release_of, changes, gone, returned, 0, 0)


def changed_cells(events: gpd.GeoDataFrame, existing: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return each cell in which events differ from those of the same id, old and new as text.

    Parameters
    ----------
    events, existing
        Events tables: the new ones, and those of the workspace before.

    Returns
    -------
    changes
        With the columns `event_id`, `row`, `column`, `old` and `new`.
    """
    before = existing[is_among(existing["event_id"], events["event_id"])]
    new = events[is_among(events["event_id"], before["event_id"])]
    old = before.set_index("event_id").loc[new["event_id"]]
    parts = []
    for name in (*CONTENT_COLUMNS, "geometry"):
        differs = unequal(new, old, name)
        if differs.any():
            cells = (
                new["event_id"].to_numpy()[differs],
                new["row_number"].to_numpy()[differs],
                name,
                _as_text(old[name][differs]),
                _as_text(new[name][differs]),
            )
            parts.append(pd.DataFrame(dict(zip(_CHANGE, cells, strict=True))))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=_CHANGE)


def _as_text(values: pd.Series) -> pd.Series:
    """Return cells as a person reads them; None where there is nothing."""
    if str(values.dtype) == "geometry":
        shapes = values.to_numpy()
        texts = shapely.to_wkt(shapes, rounding_precision=6, trim=True)
        cells = pd.Series(np.where(pd.isna(shapes), None, texts), dtype="object")
    elif str(values.dtype) == DAYS:
        cells = values.dt.strftime("%Y-%m-%d").astype("object")
    else:
        cells = values.astype("object").map(str, na_action="ignore")
    cells = cells.reset_index(drop=True)
    return cells.where(cells.notna(), None)


def release_question(
    release: Release | None, file_name: str, options: IngestOptions
) -> Question | None:
    """Return a question before many events are marked as gone; None when they are few."""
    if release is None or options.coverage or options.assume_yes:
        return None
    count = len(release.gone)
    if count < ASK_ROWS or count <= ASK_SHARE * release.held:
        return None
    message = (
        f"{file_name} lacks {count:,} of {release.held:,} events of the earlier release: is it the "
        "full dataset (they are marked as gone) or a part of it (they stay as they are)? "
        "Say --full or --part."
    )
    lines = release.gone.head(_PROOF)[["event_id", "title"]].fillna("").astype("str")
    proof = tuple(" | ".join(cells) for cells in lines.to_numpy())
    return Question("release", message, ("full", "part"), proof)
