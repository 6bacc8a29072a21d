"""The dataset that a table without a known layout belongs to, whatever the name of its file.

An own id is unique within its dataset only. A known layout names its dataset; any other file
is first taken to be the dataset of its name. It is a file of another dataset when it has
the columns and the events of that one, and it is kept apart from a dataset of the same name
when the same ids mean other events.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geomap.model import Batch, TableWarning
from geomap.tables import is_among
from geomap.typing import Mask

SHARED = 0.5
"""Share of the smaller of two tables that the other must have to be the same dataset."""
ALIKE = 0.5
"""Share of the events with a common id that must be the same event, and of equal columns."""
_CLASH = 0.25
_CLASH_ROWS = 3


def settle_dataset(
    events: gpd.GeoDataFrame,
    existing: gpd.GeoDataFrame,
    *,
    named: str,
    layout: str,
    columns: Sequence[str],
    batches: Sequence[Batch],
) -> tuple[str, TableWarning | None]:
    """Return the dataset of a file, and a warning when it is not the one that its name stands for.

    Parameters
    ----------
    events
        Events of the file, with ids in the dataset `named`.
    existing
        Events of the workspace.
    named
        The dataset that the file's name stands for.
    layout, columns
        How the file was read, and its columns: only files read alike are compared.
    batches
        The imports in force.
    """
    own = _bare(events, named)
    candidates = {b.dataset for b in batches if b.layout == layout and b.dataset} | {named}
    best, most = named, 0
    clash = False
    for name in sorted(candidates & {named, *_sharing(own, existing)}):
        theirs = existing[(existing["dataset"] == name).to_numpy(dtype=bool)]
        shared, alike = _overlap(own, _bare(theirs, name))
        if name == named and shared >= _CLASH_ROWS and alike < _CLASH * shared:
            clash = True
        is_file_of_it = (
            shared
            and shared >= SHARED * min(len(own), len(theirs))
            and alike >= ALIKE * shared
            and (name == named or _columns_alike(columns, name, batches))
        )
        if is_file_of_it and (alike, name == named) > (most, best == named):
            best, most = name, alike
    if best != named:
        return best, _renamed(named, best, most, batches)
    if clash and not most:
        free = next(f"{named}-{n}" for n in range(2, 10_000) if f"{named}-{n}" not in candidates)
        return free, _kept_apart(named, free)
    return named, None


def in_dataset(ids: pd.Series, named: str, dataset: str) -> pd.Series:
    """Return ids of the dataset `named` as ids of another."""
    return ids if named == dataset else dataset + ":" + ids.str.slice(len(named) + 1)


def _bare(events: gpd.GeoDataFrame, dataset: str) -> gpd.GeoDataFrame:
    return events.assign(event_id=events["event_id"].str.slice(len(dataset) + 1))


def _sharing(own: gpd.GeoDataFrame, existing: gpd.GeoDataFrame) -> set[str]:
    """Return the datasets that have an event under one of the bare ids `own`."""
    if existing.empty:
        return set()
    datasets = existing["dataset"].fillna("")
    groups = dict(list(existing["event_id"].groupby(datasets, sort=False)))
    bare = pd.concat([ids.str.slice(len(name) + 1) for name, ids in groups.items()])
    owners = np.repeat(list(groups), [len(ids) for ids in groups.values()])
    return set(owners[is_among(bare, own["event_id"])])


def _overlap(new: gpd.GeoDataFrame, old: gpd.GeoDataFrame) -> tuple[int, int]:
    """Return how many ids two tables share, and how many of those are the same event."""
    ours = new[is_among(new["event_id"], old["event_id"])]
    if ours.empty:
        return 0, 0
    theirs = old.set_index("event_id").loc[ours["event_id"]]
    same, known = np.zeros(len(ours), int), np.zeros(len(ours), int)
    for equal, both in _comparisons(ours, theirs):
        same += equal & both
        known += both
    return len(ours), int(((same >= 2) | ((same == known) & (known > 0))).sum())


def _comparisons(ours: gpd.GeoDataFrame, theirs: gpd.GeoDataFrame) -> Iterable[tuple[Mask, Mask]]:
    """Yield for day, place and words where they are equal, and where both tables state them."""
    yield _equal(ours, theirs, "event_date")
    shapes = [shapely.to_wkb(table.geometry.to_numpy()) for table in (ours, theirs)]
    drawn = np.array([a is not None and b is not None for a, b in zip(*shapes, strict=True)], bool)
    at_name, named = _equal(ours, theirs, "place_name")
    yield ((shapes[0] == shapes[1]) & drawn) | (at_name & named), drawn | named
    words = [_equal(ours, theirs, name) for name in ("title", "notes", "event_type")]
    stated = np.any([both for _, both in words], axis=0)
    yield np.all([equal | ~both for equal, both in words], axis=0), stated


def _equal(ours: gpd.GeoDataFrame, theirs: gpd.GeoDataFrame, name: str) -> tuple[Mask, Mask]:
    left, right = ours[name].reset_index(drop=True), theirs[name].reset_index(drop=True)
    both = (left.notna() & right.notna()).to_numpy()
    return (left == right).fillna(value=False).to_numpy(dtype=bool), both


def _columns_alike(columns: Sequence[str], dataset: str, batches: Sequence[Batch]) -> bool:
    ours = set(columns)
    others = (set(b.columns) for b in batches if b.dataset == dataset and b.columns)
    return any(len(ours & theirs) >= ALIKE * len(ours | theirs) for theirs in others)


def _renamed(named: str, dataset: str, alike: int, batches: Sequence[Batch]) -> TableWarning:
    file_name = next(b.file_name for b in batches if b.dataset == dataset)
    message = (
        f"It is taken for a file of the dataset {dataset!r} ({file_name}): it has its columns, and "
        f"{alike:,} event(s) of it under the same ids. Name the dataset {named!r} to keep it apart."
    )
    return TableWarning("same_dataset", message)


def _kept_apart(named: str, dataset: str) -> TableWarning:
    message = (
        f"The workspace has other events under the same ids from a file of this name: these are "
        f"kept apart, as the dataset {dataset!r}. Name the dataset {named!r} to replace those."
    )
    return TableWarning("other_dataset", message)
