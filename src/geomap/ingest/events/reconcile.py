"""The fate of every row of a file, compared with the events of the workspace.

rows = accepted + updated + unchanged + duplicate + rejected, always.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import pandas as pd

from geomap.ingest.events import identity, releases
from geomap.ingest.events.datasets import in_dataset, settle_dataset
from geomap.ingest.events.ingest_records import (
    IngestCounts,
    IngestOptions,
    IngestResult,
    KeptCounts,
    Past,
    Release,
)
from geomap.ingest.events.row_report import RowLog
from geomap.layouts import Layout
from geomap.model import DatePrecision, GeoPrecision
from geomap.raw_table import RawTable, TableWarning
from geomap.tables import is_among, repeated
from geomap.typing import Mask

_EXACT_DATES = {DatePrecision.DAY.value, DatePrecision.OPEN.value}
_EXACT_PLACES = {GeoPrecision.EXACT.value, GeoPrecision.LINE.value, GeoPrecision.ZONE.value}


@dataclass(frozen=True, slots=True)
class Known:
    """The events and imports that a file is compared with, and the decisions of its owner.

    `is_named` means that the layout itself names the dataset.
    """

    existing: gpd.GeoDataFrame
    past: Past | None
    batch_id: str
    options: IngestOptions
    is_named: bool = False

    @property
    def is_again(self) -> bool:
        """Whether this very import is in force already."""
        batches = self.past.batches if self.past else ()
        return any(batch.batch_id == self.batch_id for batch in batches)


def account_for(
    table: RawTable,
    layout: Layout,
    events: gpd.GeoDataFrame,
    ids: pd.Series,
    known: Known,
    log: RowLog,
    warnings: tuple[TableWarning, ...],
) -> IngestResult:
    """Return the result of a table whose rows became `events`.

    Parameters
    ----------
    table, layout, log, warnings
        The file, and the issues and warnings about it so far.
    events, ids
        Every event of the file; the ids of all rows, also of those that became none.
    known
        The workspace and the decisions of the owner of the file.
    """
    events, ids, moved = _in_their_dataset(events, ids, table, layout, known)
    warnings = (*warnings, *moved)
    is_known, differs, older = identity.compare(events, known.existing)
    if known.is_again:
        older |= _changed_later(events, known)
    updated = differs & ~older
    release = _release(events, updated, ids, known)
    report = IngestResult(
        issues=table.bad_rows, warnings=warnings, layout=layout.name, layout_reason=layout.reason,
        mapping=layout.mapping, release=release,
    )  # fmt: skip
    if (question := releases.release_question(release, table.file_name, known.options)) is not None:
        return replace(report, question=question)
    lost = len(table.lost_rows)
    counts = IngestCounts(
        rows=len(table.frame) + lost,
        accepted=int((~is_known).sum()),
        updated=int(updated.sum()),
        unchanged=int((is_known & ~updated).sum()),
        duplicate=int((log.duplicate & ~log.rejected).sum()),
        rejected=int(log.rejected.sum()) + lost,
    )
    news = ~is_known | updated
    return replace(
        report,
        events=events if news.all() else events[news].reset_index(drop=True),
        changed_ids=tuple(events.loc[updated, "event_id"]),
        counts=counts,
        of_kept=kept_counts(events),
        issues=tuple(sorted((*table.bad_rows, *log.issues()), key=lambda issue: issue.row)),
        warnings=(*warnings, *_older_warning(older & differs), *_outside_warning(release)),
        fates=fates(events, is_known, updated),
        builds_on=builds_on(events, known.existing, known.batch_id, release),
        dataset=None if events.empty else str(events["dataset"].iloc[0]),
        columns=tuple(table.columns),
    )


def _in_their_dataset(
    events: gpd.GeoDataFrame, ids: pd.Series, table: RawTable, layout: Layout, known: Known
) -> tuple[gpd.GeoDataFrame, pd.Series, list[TableWarning]]:
    """Return events and ids in the dataset that the file turns out to belong to."""
    if known.is_named or known.options.dataset or known.past is None or events.empty:
        return events, ids, []
    named = str(events["dataset"].iloc[0])
    dataset, warning = settle_dataset(
        events, known.existing, named=named, layout=layout.name, columns=table.columns,
        batches=known.past.batches,
    )  # fmt: skip
    if dataset == named:
        return events, ids, []
    moved = events.assign(
        event_id=in_dataset(events["event_id"], named, dataset),
        dataset=pd.Series(dataset, events.index, dtype="str"),
    )
    return moved, in_dataset(ids, named, dataset), [warning] if warning else []


def _changed_later(events: gpd.GeoDataFrame, known: Known) -> Mask:
    """Return which events a later import changed or marked: the same file again leaves them."""
    before = known.existing[["event_id", "batch_id", "gone_since"]]
    later = before[(before["batch_id"] != known.batch_id) | before["gone_since"].notna()]
    return is_among(events["event_id"], later["event_id"])


def _release(
    events: gpd.GeoDataFrame, updated: Mask, ids: pd.Series, known: Known
) -> Release | None:
    if known.past is None or known.is_again or events.empty:
        return None
    return releases.release_of(
        events, updated, known.existing, known.past, present=ids,
        dataset=str(events["dataset"].iloc[0]), batch_id=known.batch_id,
        coverage=known.options.coverage,
    )  # fmt: skip


def _older_warning(older: Mask) -> list[TableWarning]:
    if not older.any():
        return []
    message = (
        f"{int(older.sum())} row(s) are older than what the workspace holds and were left out."
    )
    return [TableWarning("older_versions", message)]


def _outside_warning(release: Release | None) -> list[TableWarning]:
    if release is None or not release.outside:
        return []
    message = (
        f"{release.outside:,} earlier event(s) of this dataset are not in the file, which does not "
        "cover them: they stay as they are. Say that it is the full dataset to mark them as gone."
    )
    return [TableWarning("not_covered", message)]


def fates(events: gpd.GeoDataFrame, known: Mask, updated: Mask) -> pd.DataFrame:
    """Return the fate of each row that became an event: accepted, unchanged or updated."""
    codes = np.where(updated, 2, np.where(known, 1, 0))
    fate = repeated(["accepted", "unchanged", "updated"], codes, events.index)
    rows = pd.DataFrame(events[["row_number", "event_id", "title", "event_date"]])
    return rows.rename(columns={"row_number": "row"}).assign(fate=fate).reset_index(drop=True)


def builds_on(
    events: gpd.GeoDataFrame,
    existing: gpd.GeoDataFrame,
    batch_id: str,
    release: Release | None = None,
) -> tuple[str, ...]:
    """Return the other imports some of whose events are in a file, changed or marked by it."""
    shared = existing[is_among(existing["event_id"], events["event_id"])]
    batches = {*shared["batch_id"].dropna(), *shared["gone_batch"].dropna()}
    if release is not None:
        batches |= {*release.gone["batch_id"].dropna(), *release.of}
    return tuple(sorted(batches - {batch_id}))


def kept_counts(events: gpd.GeoDataFrame) -> KeptCounts:
    """Return how many events are less than fully known."""
    placed = events.geometry.notna().to_numpy()
    dated = events["event_date"].notna().to_numpy()
    exact_place = events["geo_precision"].isin(_EXACT_PLACES).to_numpy()
    exact_date = events["date_precision"].isin(_EXACT_DATES).to_numpy()
    return KeptCounts(
        unplaced=int((~placed).sum()),
        undated=int((~dated).sum()),
        imprecise_place=int((placed & ~exact_place).sum()),
        imprecise_date=int((dated & ~exact_date).sum()),
        flagged=int(events["flags"].notna().sum()),
    )
