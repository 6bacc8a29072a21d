"""One table of text into events, with an account of every row.

`ingest_table` changes nothing: it returns what would be added and changed, and why each other
row would not. rows = accepted + updated + unchanged + duplicate + rejected, always.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd

from geomap.gazetteer import Gazetteer
from geomap.ingest.events import identity, typed_cells
from geomap.ingest.events.axis_order import looks_swapped
from geomap.ingest.events.day_columns import EventDays
from geomap.ingest.events.event_columns import read_columns
from geomap.ingest.events.event_days import read_days
from geomap.ingest.events.ingest_records import IngestOptions, IngestResult, Past, Preview, Question
from geomap.ingest.events.place_names import PlaceFinder
from geomap.ingest.events.placement import place_by_name
from geomap.ingest.events.positions import Positions, read_positions
from geomap.ingest.events.quality_checks import review
from geomap.ingest.events.reconcile import Known, account_for
from geomap.ingest.events.row_report import RowLog
from geomap.layouts import (
    Layout,
    LayoutSpec,
    checked_mapping,
    missing_parts,
    named_table,
    plain_spec,
    recognise_layout,
)
from geomap.raw_table import RawTable, TableWarning
from geomap.tables import cast_events, check_events
from geomap.typing import Mask, Progress, silent

_TOTAL_LOOKS_AT = 3


def preview_table(
    raw: RawTable,
    options: IngestOptions | None = None,
    *,
    rows: int = 20,
    layouts: Sequence[LayoutSpec] = (),
) -> Preview:
    """Return the first rows of a table and how its columns are understood so far.

    Parameters
    ----------
    raw, options, layouts
        As `ingest_table`.
    rows
        How many rows to show.

    Raises
    ------
    InputError, FileRefusedError
        As `understand`.
    """
    table, layout = understand(raw, options or IngestOptions(), layouts)
    return Preview(
        table.frame.head(rows),
        len(table.frame) + len(table.lost_rows),
        layout.name,
        layout.reason,
        layout.mapping,
        layout.missing,
        table.warnings,
    )


def understand(
    raw: RawTable, options: IngestOptions, layouts: Sequence[LayoutSpec] = ()
) -> tuple[RawTable, Layout]:
    """Return the table with named columns, and its layout with the user's mapping applied.

    Raises
    ------
    InputError
        When the options name a layout, field or column that does not exist.
    FileRefusedError
        When the table holds no events.
    """
    table = named_table(raw, layouts)
    layout = recognise_layout(table, layout=options.layout, own=layouts)
    given = checked_mapping(options.mapping, table.columns)
    if not given:
        return table, layout
    mapping = {name: column for name, column in {**layout.mapping, **given}.items() if column}
    if "coordinates" in given:
        mapping.pop("latitude", None), mapping.pop("longitude", None)
    reason = f"{layout.reason} The user mapped {', '.join(given)}."
    return table, dataclasses.replace(
        layout, mapping=mapping, missing=missing_parts(mapping), reason=reason
    )


def ingest_table(
    raw: RawTable,
    *,
    existing: gpd.GeoDataFrame,
    gazetteer: Gazetteer,
    options: IngestOptions | None = None,
    batch_id: str,
    past: Past | None = None,
    layouts: Sequence[LayoutSpec] = (),
    progress: Progress | None = None,
) -> IngestResult:
    """Return what taking in a table would change, and the report of every row.

    Parameters
    ----------
    raw
        The table as read.
    existing
        Events that the workspace holds; same ids are compared with them.
    gazetteer
        Resolves places that are given by name only.
    options
        What the user decided.
    batch_id
        The batch that new and changed events will belong to.
    past
        The earlier imports, by which a newer release is recognised; None without a workspace.
    layouts
        The user's own layouts.
    progress
        Called with a sentence and the share done, from 0 to 1, step by step. An exception of
        its own ends the ingest; nothing is stored here.

    Raises
    ------
    InputError, FileRefusedError
        As `understand`.
    """
    chosen = options or IngestOptions()
    table, layout = understand(raw, chosen, layouts)
    if layout.missing:
        return _asked(table, layout, _mapping_question(table, layout), table.warnings)
    log, warnings = RowLog(table.frame.index), list(table.warnings)
    if not len(table.frame) and not table.lost_rows:
        message = "It has columns and no rows: nothing was taken from it."
        warnings.append(TableWarning("no_rows", message))
    show = progress or silent
    read = _events_of(table, layout, chosen, PlaceFinder(gazetteer), log, warnings, show)
    if isinstance(read, Question):
        return _asked(table, layout, read, tuple(warnings))
    events, ids = read
    show("Checking the events", 0.7)
    finished = check_events(cast_events(events.assign(batch_id=batch_id)))
    del read, events
    show("Comparing with what is known", 0.85)
    known = Known(existing, past, batch_id, chosen, is_named=bool(layout.spec.dataset))
    return account_for(table, layout, finished, ids, known, log, tuple(warnings))


def _events_of(
    table: RawTable,
    layout: Layout,
    options: IngestOptions,
    finder: PlaceFinder,
    log: RowLog,
    warnings: list[TableWarning],
    show: Progress,
) -> tuple[pd.DataFrame, pd.Series] | Question:
    """Return the events of the rows that are kept, and the ids of all rows.

    Intermediate columns are freed when this function ends: at a million rows they take as
    much memory as the events.
    """
    frame = table.frame
    _reject_totals(frame, layout, log)
    show("Reading the places", 0.0)
    positions = read_positions(frame, layout, options, log)
    show("Reading the dates", 0.2)
    days = read_days(frame, layout, options, log, from_1904=table.from_1904)
    warnings += days.warnings
    if days.question is not None:
        return days.question
    show("Reading the other columns", 0.35)
    columns = read_columns(frame, layout, log)
    warnings += [TableWarning(code, message) for code, message in layout.spec.warnings]
    warnings += _swap_warnings(positions, columns, finder, options, log)
    show("Looking at the places as a whole", 0.45)
    has_ids = "event_id" in layout.mapping
    positions, days, doubts = review(columns, positions, days, finder, log, has_ids=has_ids)
    warnings += doubts
    dataset = layout.spec.dataset or options.dataset or identity.dataset_of(table.file_name)
    own = _own_ids(frame, layout, warnings)
    show("Comparing the rows with each other", 0.5)
    ids = identity.event_ids(frame, own, dataset, log)
    identity.settle_versions(frame, ids, columns.get("source_timestamp"), log)
    kept = ~log.rejected & ~log.duplicate
    placed, positions = place_by_name(columns, positions, days, finder, log)
    if placed and (count := int(placed["place_id"].notna().sum())):
        message = f"{count} row(s) without coordinates were placed by the name of their place."
        warnings.append(TableWarning("placed_by_name", message))
    _flag_short_rows(table, log)
    columns |= placed
    columns |= {"event_id": ids, "flags": log.flags().set_axis(frame.index)}
    events = _events(columns, positions, days, kept)
    events = events.assign(dataset=dataset, row_number=events.index)
    return events.reset_index(drop=True), ids


def _own_ids(frame: pd.DataFrame, layout: Layout, warnings: list[TableWarning]) -> pd.Series | None:
    own = typed_cells.text_column(frame, layout, "event_id")
    if own is None or layout.spec.dataset or identity.is_an_id(own):
        return own
    message = f"Column {own.name!r} has the same value in many rows, so it is not used as their id."
    warnings.append(TableWarning("id_not_unique", message))
    return None


def _mapping_question(table: RawTable, layout: Layout) -> Question:
    words = {"event_date": "the date", "place": "the place"}
    fields = {"event_date": "event_date=COLUMN", "place": "latitude=COLUMN and longitude=COLUMN"}
    what = " and ".join(words[part] for part in layout.missing)
    flags = " and ".join(f"--map {fields[part]}" for part in layout.missing)
    message = f"{table.file_name}: which columns hold {what}? Name them ({flags})."
    head = table.frame.head(3).iloc[:, :12]
    proof = tuple(" | ".join(str(cell)[:40] for cell in row) for row in head.fillna("").to_numpy())
    return Question("mapping", message, table.columns[:200], proof)


def _asked(
    table: RawTable, layout: Layout, question: Question, warnings: tuple[TableWarning, ...]
) -> IngestResult:
    """Return a result that takes nothing until the question is answered."""
    return IngestResult(
        issues=table.bad_rows, warnings=warnings, question=question, layout=layout.name,
        layout_reason=layout.reason, mapping=layout.mapping,
    )  # fmt: skip


def _reject_totals(frame: pd.DataFrame, layout: Layout, log: RowLog) -> None:
    """Reject rows that sum up the others: a total word in a first cell, no place of their own."""
    words = plain_spec().total_words
    first = list(frame.columns[:_TOTAL_LOOKS_AT])
    where = np.zeros(len(frame), bool)
    for column in first:
        head = frame[column].str.strip().str.rstrip(":.").str.lower()
        where |= head.isin(words).to_numpy(dtype=bool)
    for name in ("latitude", "longitude", "coordinates", "geometry"):
        column_name = layout.mapping.get(name)
        if column_name is not None and where.any():
            where &= (frame[column_name].fillna("").str.strip() == "").to_numpy(dtype=bool)
    if first:
        log.add(where, "total_row", cells=frame[first[0]], rejected=True)


def _swap_warnings(
    positions: Positions,
    columns: dict[str, pd.Series],
    finder: PlaceFinder,
    options: IngestOptions,
    log: RowLog,
) -> list[TableWarning]:
    reason = looks_swapped(positions, columns.get("place_name"), columns.get("country"), finder)
    if reason is None:
        return []
    log.add(np.isfinite(positions.latitude), "coordinates_swapped", reason=reason)
    state = (
        "They were exchanged as asked; check the file."
        if options.swap
        else "Nothing was changed; --swap exchanges them."
    )
    return [TableWarning("coordinates_swapped", f"{reason}. {state}")]


def _events(
    columns: dict[str, pd.Series], positions: Positions, days: EventDays, kept: Mask
) -> pd.DataFrame:
    mine = slice(None) if kept.all() else kept  # no copy where every row is kept
    frame = pd.DataFrame({name: column[mine] for name, column in columns.items()})
    frame = frame.assign(
        event_date=days.start[mine],
        event_date_end=days.end[mine],
        date_precision=days.precision[mine],
        last_confirmed=days.last_confirmed[mine],
        geo_precision=positions.precision[mine],
        uncertainty_km=positions.uncertainty_km[mine],
    )
    frame["geometry"] = positions.geometry[mine]
    return frame


def _flag_short_rows(table: RawTable, log: RowLog) -> None:
    places = {int(row): place for place, row in enumerate(log.rows)} if table.bad_rows else {}
    for issue in table.bad_rows:
        if not issue.rejected and issue.row in places:
            log.flag(places[issue.row], issue.code)
