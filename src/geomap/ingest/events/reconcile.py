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
from geomap.ingest.events.ingest_records import IngestResult, Past, Release
from geomap.ingest.events.mapped_table import MappedTable
from geomap.model import DatePrecision, GeoPrecision
from geomap.tables import is_among, repeated
from geomap.typing import Mask

_EXACT_DATES = {DatePrecision.DAY.value, DatePrecision.OPEN.value}
_EXACT_PLACES = {GeoPrecision.EXACT.value, GeoPrecision.LINE.value, GeoPrecision.ZONE.value}
_NOT_COVERED = (
    "{:,} earlier event(s) of this dataset are not in the file, which does not cover them: they "
    "stay as they are. Say that it is the full dataset to mark them as gone."
)


@dataclass(frozen=True, slots=True)
class Known:
    """The events and earlier imports that a file is compared with."""

    existing: gpd.GeoDataFrame
    past: Past | None

    def has(self, batch_id: str) -> bool:
        """Return whether an import is in force already."""
        batches = self.past.batches if self.past else ()
        return any(batch.batch_id == batch_id for batch in batches)


def account_for(
    table: MappedTable, events: gpd.GeoDataFrame, ids: pd.Series, known: Known
) -> IngestResult:
    """Return the result of a table whose rows became `events`.

    Parameters
    ----------
    table
        The file, with the issues and warnings about it so far.
    events, ids
        Every event of the file; the ids of all rows, also of those that became none.
    known
        The workspace.
    """
    events, ids = _in_their_dataset(events, ids, table, known)
    is_known, differs, older = identity.compare(events, known.existing)
    if known.has(table.batch_id):
        older |= _changed_later(events, table, known)
    updated = differs & ~older
    release = _release(events, updated, ids, table, known)
    question = releases.release_question(release, table.raw.file_name, table.options)
    if question is not None:
        return replace(table.result(), release=release, question=question)
    if count := int((older & differs).sum()):
        words = f"{count} row(s) are older than what the workspace holds and were left out."
        table.warn("older_versions", words)
    if release is not None and release.outside:
        table.warn("not_covered", _NOT_COVERED.format(release.outside))
    log, lost = table.log, len(table.raw.lost_rows)
    account = replace(
        table.batch(),
        counts=row_counts(
            len(table.frame) + lost,
            is_known,
            updated,
            duplicate=int((log.duplicate & ~log.rejected).sum()),
            rejected=int(log.rejected.sum()) + lost,
        ),
        of_kept=kept_counts(events),
        dataset=_only_dataset(events),
        builds_on=builds_on(events, known.existing, table.batch_id, release),
        release_of=release.of if release else (),
    )
    news = ~is_known | updated
    return IngestResult(
        account,
        tuple(sorted((*table.raw.bad_rows, *log.issues()), key=lambda issue: issue.row)),
        release=release,
        fates=fates(events, is_known, updated),
        events=events if news.all() else events[news].reset_index(drop=True),
        columns=table.column_choices(),
    )


def _only_dataset(events: gpd.GeoDataFrame) -> str:
    """Return the dataset of a file, none when it holds events of several, as an export may."""
    names = events["dataset"].unique()
    return str(names[0]) if len(names) == 1 else ""


def _in_their_dataset(
    events: gpd.GeoDataFrame, ids: pd.Series, table: MappedTable, known: Known
) -> tuple[gpd.GeoDataFrame, pd.Series]:
    """Return events and ids in the dataset that the file turns out to belong to."""
    spec = table.layout.spec
    is_named = spec.dataset or spec.is_export or table.options.dataset
    if is_named or known.past is None or events.empty:
        return events, ids
    named = str(events["dataset"].iloc[0])
    dataset, warning = settle_dataset(
        events, known.existing, named=named, layout=table.layout.name, columns=table.raw.columns,
        batches=known.past.batches,
    )  # fmt: skip
    if dataset == named:
        return events, ids
    if warning is not None:
        table.warnings.append(warning)
    moved = events.assign(
        event_id=in_dataset(events["event_id"], named, dataset),
        dataset=pd.Series(dataset, events.index, dtype="str"),
    )
    return moved, in_dataset(ids, named, dataset)


def _changed_later(events: gpd.GeoDataFrame, table: MappedTable, known: Known) -> Mask:
    """Return which events a later import changed or marked: the same file again leaves them."""
    before = known.existing[["event_id", "batch_id", "gone_since"]]
    later = before[(before["batch_id"] != table.batch_id) | before["gone_since"].notna()]
    return is_among(events["event_id"], later["event_id"])


def _release(
    events: gpd.GeoDataFrame, updated: Mask, ids: pd.Series, table: MappedTable, known: Known
) -> Release | None:
    if known.past is None or known.has(table.batch_id) or events.empty:
        return None
    if table.layout.spec.is_export:  # a selection of datasets: what it lacks is not gone
        return releases.corrections(events[updated], known.existing)
    return releases.release_of(
        events, updated, known.existing, known.past, present=ids,
        dataset=str(events["dataset"].iloc[0]), batch_id=table.batch_id,
        coverage=table.options.coverage,
    )  # fmt: skip


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


def row_counts(
    rows: int, known: Mask, updated: Mask, *, duplicate: int = 0, rejected: int = 0
) -> dict[str, int]:
    """Return what became of the rows of a file.

    Parameters
    ----------
    rows
        How many rows the file has, counted when it was read: the sum of all others.
    known, updated
        For each row that was kept: whether the workspace holds its event, and whether the row
        changes that event.
    duplicate, rejected
        How many rows were left out because another stands for them, or as unusable.
    """
    return {
        "rows": rows,
        "accepted": int((~known).sum()),
        "updated": int(updated.sum()),
        "unchanged": int((known & ~updated).sum()),
        "duplicate": duplicate,
        "rejected": rejected,
    }


def kept_counts(events: gpd.GeoDataFrame) -> dict[str, int]:
    """Return how many events are less than fully known, by what is unknown or to be looked at.

    Parameters
    ----------
    events
        Events table of all rows that were kept.
    """
    placed = events.geometry.notna().to_numpy()
    dated = events["event_date"].notna().to_numpy()
    exact_place = events["geo_precision"].isin(_EXACT_PLACES).to_numpy()
    exact_date = events["date_precision"].isin(_EXACT_DATES).to_numpy()
    return {
        "unplaced": int((~placed).sum()),
        "undated": int((~dated).sum()),
        "imprecise_place": int((placed & ~exact_place).sum()),
        "imprecise_date": int((dated & ~exact_date).sum()),
        "flagged": int(events["flags"].notna().sum()),
    }
