"""One table of text into events, with an account of every row.

`ingest_table` changes nothing: it returns what would be added and changed, and why each other
row would not. rows = accepted + updated + unchanged + duplicate + rejected, always.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa

from geomap.gazetteer import Gazetteer
from geomap.ingest.events import identity
from geomap.ingest.events.aggregates import refuse_counts
from geomap.ingest.events.axis_order import looks_swapped
from geomap.ingest.events.count_rows import take_counts
from geomap.ingest.events.day_columns import EventDays
from geomap.ingest.events.event_columns import read_columns
from geomap.ingest.events.event_days import read_days
from geomap.ingest.events.exported_table import exported_events
from geomap.ingest.events.ingest_records import IngestOptions, IngestResult, Past, Preview, Question
from geomap.ingest.events.mapped_table import MappedTable, map_table
from geomap.ingest.events.place_names import PlaceFinder
from geomap.ingest.events.placement import place_by_name
from geomap.ingest.events.positions import Positions, read_positions
from geomap.ingest.events.quality_checks import review
from geomap.ingest.events.reconcile import Known, account_for
from geomap.ingest.events.unused_columns import coordinates_question, report_unused
from geomap.layouts import LayoutSpec, plain_spec
from geomap.raw_table import RawTable
from geomap.tables import cast_events, check_events
from geomap.typing import Mask, Progress, silent

_TOTAL_LOOKS_AT = 3


def preview_table(
    raw: RawTable,
    options: IngestOptions | None = None,
    *,
    rows: int = 20,
    layouts: Sequence[LayoutSpec] = (),
    gazetteer: Gazetteer | None = None,
) -> Preview:
    """Return the first rows of a table and how its columns are understood so far.

    Parameters
    ----------
    raw, options, layouts
        As `ingest_table`.
    rows
        How many rows to show.
    gazetteer
        Lets the places of the rows decide on columns whose names do not.

    Raises
    ------
    InputError, FileRefusedError
        As `ingest_table`.
    """
    finder = None if gazetteer is None else PlaceFinder(gazetteer)
    table = map_table(raw, options or IngestOptions(), layouts, finder=finder)
    layout = table.layout
    return Preview(
        head=table.frame.head(rows), rows=len(table.frame) + len(raw.lost_rows),
        layout=layout.name, layout_reason=layout.reason, mapping=layout.mapping,
        missing=layout.missing, warnings=tuple(table.warnings), columns=table.column_choices(),
    )  # fmt: skip


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
    InputError
        When the options name a layout, field or column that does not exist.
    FileRefusedError
        When the table holds no events.
    """
    finder = PlaceFinder(gazetteer)
    today = past.today if past else None
    table = map_table(
        raw, options or IngestOptions(), layouts, batch_id=batch_id, today=today, finder=finder
    )
    if table.dates is not None and table.dates.question is not None:
        return replace(table.result(), question=table.dates.question)
    if table.layout.missing:
        return replace(table.result(), question=_mapping_question(table))
    if (question := coordinates_question(table)) is not None:
        return replace(table.result(), question=question)
    if not len(table.frame) and not raw.lost_rows:
        table.warn("no_rows", "It has columns and no rows: nothing was taken from it.")
    show = progress or silent
    if table.options.read_as == "aggregates":
        show("Reading the counts", 0.1)
        _reject_totals(table)
        return take_counts(table, finder, past)
    read: tuple[pd.DataFrame, pd.Series] | Question
    if table.layout.spec.is_export:
        read = exported_events(table, existing)
    else:
        read = _events_of(table, finder, show)
    if isinstance(read, Question):
        return replace(table.result(), question=read)
    events, ids = read
    pa.default_memory_pool().release_unused()  # Arrow keeps what the columns of the file took
    show("Checking the events", 0.7)
    finished = check_events(cast_events(events.assign(batch_id=batch_id)))
    del read, events
    show("Comparing with what is known", 0.85)
    return account_for(table, finished, ids, Known(existing, past))


def _events_of(
    table: MappedTable, finder: PlaceFinder, show: Progress
) -> tuple[pd.DataFrame, pd.Series] | Question:
    """Return the events of the rows that are kept, and the ids of all rows.

    Intermediate columns are freed when this function ends: at a million rows they take as
    much memory as the events.
    """
    frame, layout, log = table.frame, table.layout, table.log
    _reject_totals(table)
    show("Reading the places", 0.0)
    positions = read_positions(table)
    report_unused(table)
    show("Reading the dates", 0.2)
    days = read_days(table)
    if days.question is not None:
        return days.question
    show("Reading the other columns", 0.35)
    columns = read_columns(table)
    for code, message in layout.spec.warnings:
        table.warn(code, message)
    _check_axes(table, positions, columns, finder)
    refuse_counts(table, columns, positions, days)
    show("Looking at the places as a whole", 0.45)
    positions, days = review(table, columns, positions, days, finder)
    name = identity.dataset_of(table.raw.file_name)
    dataset = layout.spec.dataset or table.options.dataset or name
    show("Comparing the rows with each other", 0.5)
    ids = identity.event_ids(frame, _own_ids(table), dataset, log)
    if not layout.spec.is_known and "source_timestamp" not in columns:
        ids = identity.part_ids(
            ids, days.start, lambda rows: _place_keys(rows, positions, columns), log
        )
    identity.settle_versions(
        frame, ids, columns.get("source_timestamp"), log,
        id_column=layout.mapping.get("event_id"),
    )  # fmt: skip
    kept = ~log.rejected & ~log.duplicate
    placed, positions = place_by_name(columns, positions, days, finder, log)
    if placed and (count := int(placed["place_id"].notna().sum())):
        words = f"{count} row(s) without coordinates were placed by the name of their place."
        table.warn("placed_by_name", words)
    log.flag_rows(issue for issue in table.raw.bad_rows if not issue.rejected)
    columns |= placed
    columns |= {"event_id": ids, "flags": log.flags().set_axis(frame.index)}
    events = _events(columns, positions, days, kept)
    events = events.assign(dataset=dataset, row_number=events.index)
    return events.reset_index(drop=True), ids


def _own_ids(table: MappedTable) -> pd.Series | None:
    own = table.text("event_id")
    if own is None or table.layout.spec.dataset or identity.is_an_id(own):
        return own
    message = f"Column {own.name!r} has the same value in many rows, so it is not used as their id."
    table.warn("id_not_unique", message)
    return None


def _place_keys(rows: np.ndarray, positions: Positions, columns: dict[str, pd.Series]) -> pd.Series:
    """Return a text for each of some rows that is the same where their place is the same."""
    latitude, longitude = positions.latitude[rows], positions.longitude[rows]
    axes = (pd.Series(axis).round(4).astype("str") for axis in (latitude, longitude))
    points = next(axes) + "," + next(axes)
    names = pd.Series("", points.index, dtype="str")
    for name in ("place_name", "admin2", "admin1", "country"):
        if name in columns:
            own = columns[name].iloc[rows].fillna("").str.strip().str.casefold()
            names = names + "\x1f" + own.reset_index(drop=True)
    return names.where(~np.isfinite(latitude), points)


def _mapping_question(table: MappedTable) -> Question:
    missing = table.layout.missing
    words = {"event_date": "the date", "place": "the place"}
    fields = {"event_date": "event_date=COLUMN", "place": "latitude=COLUMN and longitude=COLUMN"}
    parts = " and ".join(words[part] for part in missing)
    flags = " and ".join(f"--map {fields[part]}" for part in missing)
    message = f"{table.raw.file_name}: which columns hold {parts}? Name them ({flags})."
    head = table.frame.head(3).iloc[:, :12]
    proof = tuple(" | ".join(str(cell)[:40] for cell in row) for row in head.fillna("").to_numpy())
    return Question("mapping", message, table.raw.columns[:200], proof)


def _reject_totals(table: MappedTable) -> None:
    """Reject rows that sum up the others: a total word in a first cell, no place of their own."""
    frame, words = table.frame, plain_spec().total_words
    where = np.zeros(len(frame), bool)
    for column in frame.columns[:_TOTAL_LOOKS_AT]:
        head = frame[column].str.strip().str.rstrip(":.").str.lower()
        where |= head.isin(words).to_numpy(dtype=bool)
    for name in ("latitude", "longitude", "coordinates", "geometry"):
        cells = table.column(name)
        if cells is not None and where.any():
            where &= (cells.fillna("").str.strip() == "").to_numpy(dtype=bool)
    if where.any():
        table.log.add(where, "total_row", cells=frame[frame.columns[0]], rejected=True)


def _check_axes(
    table: MappedTable, positions: Positions, columns: dict[str, pd.Series], finder: PlaceFinder
) -> None:
    reason = looks_swapped(positions, columns.get("place_name"), columns.get("country"), finder)
    if reason is None:
        return
    table.log.add(np.isfinite(positions.latitude), "coordinates_swapped", reason=reason)
    state = (
        "They were exchanged as asked; check the file."
        if table.options.swap
        else "Nothing was changed; --swap exchanges them."
    )
    table.warn("coordinates_swapped", f"{reason}. {state}")


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
