"""A table of counts per unit and period, taken in as counts and never as events.

Each count of a row becomes a row of an aggregates table. Rows without a period, a unit or a count
are rejected with the reason, and of equal rows one is taken: adding counts up twice is as wrong as
losing one. rows = accepted + unchanged + duplicate + rejected, always.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import shapely

from geomap.errors import FileRefusedError
from geomap.ingest.events import identity, typed_cells
from geomap.ingest.events.aggregates import is_named_as_count, period_of
from geomap.ingest.events.day_columns import EventDays
from geomap.ingest.events.event_columns import read_columns
from geomap.ingest.events.event_days import read_days
from geomap.ingest.events.ingest_records import IngestResult, Past, Question
from geomap.ingest.events.mapped_table import MappedTable
from geomap.ingest.events.place_names import PlaceFinder
from geomap.ingest.events.placement import place_by_name
from geomap.ingest.events.positions import Positions, read_positions
from geomap.layouts.fields import words_of
from geomap.model import DatePrecision
from geomap.tables import AGGREGATE_COLUMNS, DAYS

QUESTION = "counts"
"""What the question is about which column holds the counts."""

_UNITS = ("place_name", "admin2", "admin1", "country")  # the closest first
_ENDING = frozenset({"end", "ending", "ended", "ends", "to", "until"})
_LEAST = 0.8
"""Share of the filled cells of a column that must be whole numbers for it to hold counts."""


def take_counts(table: MappedTable, finder: PlaceFinder, past: Past | None) -> IngestResult:
    """Return the counts of a table and the account of its rows, or the question that stands.

    Parameters
    ----------
    table, finder
        The table, whose rows that sum up others are rejected already; what finds its units.
    past
        The earlier imports; None without a workspace.

    Raises
    ------
    FileRefusedError
        When no column holds whole numbers; code "no_counts".
    """
    chosen = _count_columns(table)
    if isinstance(chosen, Question):
        return replace(table.result(), question=chosen)
    positions = read_positions(table)
    days = read_days(table)
    if days.question is not None:
        return replace(table.result(), question=days.question)
    columns = read_columns(table)
    rows = _units_and_periods(table, columns, positions, days, finder)
    counts = {name: typed_cells.count_column(_filled(table, name), table.log) for name in chosen}
    _reject(table, rows, counts)
    kept = ~table.log.rejected & ~table.log.duplicate
    dataset = table.layout.spec.dataset or table.options.dataset
    dataset = dataset or identity.dataset_of(table.raw.file_name)
    rows = rows.assign(dataset=dataset, batch_id=table.batch_id, row_number=rows.index)
    long = [
        rows.assign(measure=name, count=cells)[kept & cells.notna().to_numpy()]
        for name, cells in counts.items()
    ]
    aggregates = pd.concat(long).sort_values("row_number", kind="stable", ignore_index=True)
    is_known = past is not None and any(b.batch_id == table.batch_id for b in past.batches)
    _warn(table, dataset, past)
    return _result(table, aggregates, dataset, kept=int(kept.sum()), is_known=is_known)


def _count_columns(table: MappedTable) -> list[str] | Question:
    """Return the columns that hold counts: the one its owner named, else those so called."""
    names = [name for name in table.raw.columns if _is_numbers(_filled(table, name))]
    answer = table.options.answers.get(QUESTION)
    if answer is not None and answer in table.raw.columns:
        return [answer]
    used = set(table.layout.mapping.values()) - {table.layout.mapping.get("fatalities")}
    called = [name for name in names if is_named_as_count(name) and name not in used]
    if called:
        return called
    others = [name for name in names if name not in used]
    if not others:
        message = f"{table.raw.file_name} has no column of counts (whole numbers)."
        raise FileRefusedError(message, code="no_counts")
    if len(others) == 1 or table.options.assume_yes:
        return others[:1]
    remedy = " or ".join(f"--answer {QUESTION}={name!r}" for name in others[:6])
    message = f"{table.raw.file_name}: which column holds the counts? ({remedy})"
    proof = tuple(", ".join(table.frame[name].dropna().head(3)) for name in others)
    return Question(QUESTION, message, tuple(others), proof)


def _filled(table: MappedTable, name: str) -> pd.Series:
    cells = table.frame[name].str.strip()
    return cells.mask(cells.isin(["", "-", "NA", "N/A", "n/a", "null", "NULL", ".."]))


def _is_numbers(cells: pd.Series) -> bool:
    sample = cells.dropna().head(200).str.replace(r"[,.'\u00a0\u202f\u2009 ]", "", regex=True)
    return len(sample) > 0 and bool(sample.str.fullmatch(r"\d{1,12}").mean() >= _LEAST)


def _units_and_periods(
    table: MappedTable,
    columns: dict[str, pd.Series],
    positions: Positions,
    days: EventDays,
    finder: PlaceFinder,
) -> pd.DataFrame:
    """Return a row for each row of the table: its unit, its period and what else it states."""
    log, index = table.log, table.frame.index
    nothing = pd.Series(np.nan, index, dtype="str")
    named = {name: columns[name] for name in _UNITS if name in columns}
    unit = nothing
    for cells in named.values():
        unit = unit.where(unit.notna(), cells)
    has_point = np.isfinite(positions.latitude) & np.isfinite(positions.longitude)
    log.add(unit.isna().to_numpy() & ~has_point, "place_missing/count", rejected=True)
    log.add(days.start.isna().to_numpy(), "date_missing/count", cells=days.cells, rejected=True)
    bare = replace(positions, geometry=np.full(len(index), None, dtype=object))
    assert shapely.is_missing(bare.geometry).all()  # noqa: S101 - every name is looked up
    placed, _ = place_by_name(named, bare, days, finder, log) if named else ({}, positions)
    start, end, period = _periods(table, days)
    found = {name: columns.get(name, nothing) for name in ("admin2", "admin1", "country",
             "event_type", "sub_event_type", "source")}  # fmt: skip
    return pd.DataFrame(
        {
            "period_start": start, "period_end": end, "period": period, "unit": unit, **found,
            "place_id": placed.get("place_id", nothing),
            "latitude": np.where(has_point, positions.latitude, np.nan),
            "longitude": np.where(has_point, positions.longitude, np.nan),
        },
        index=index,
    )  # fmt: skip


def _periods(table: MappedTable, days: EventDays) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Return first day, last day and kind of each period; regular single days stand for one."""
    start, end, period = days.start, days.end, days.precision
    single = ((start == end) & (period == DatePrecision.DAY)).to_numpy(dtype=bool)
    known = single & ~table.log.rejected
    kind = period_of(start[known], period[known]) if known.any() else None
    if kind == "months":
        months = start.dt.to_period("M")
        start = start.mask(single, months.dt.start_time.astype(DAYS))
        end = end.mask(single, months.dt.end_time.dt.normalize().astype(DAYS))
        period = period.mask(single, DatePrecision.MONTH.value)
    elif kind == "weeks":
        is_last = bool(set(words_of(str(days.cells.name)).split()) & _ENDING)
        six = pd.Timedelta(days=6)
        first, last = (start - six, end) if is_last else (start, end + six)
        start, end = start.mask(single, first), end.mask(single, last)
        period = period.mask(single, DatePrecision.WEEK.value)
    elif known.any():
        table.warn(
            "period_unclear",
            "Its dates are no regular weeks or months: each count was taken to be of the day or "
            "days that its row states.",
        )
    return start, end, period


def _reject(table: MappedTable, rows: pd.DataFrame, counts: dict[str, pd.Series]) -> None:
    """Reject rows without a count; of rows that are equal in every cell take the first."""
    log = table.log
    empty = np.all([cells.isna().to_numpy() for cells in counts.values()], axis=0)
    log.add(empty, "count_missing", rejected=True)
    again = table.frame.duplicated().to_numpy() & ~log.rejected
    log.add(again, "duplicate_row/count", cells=rows["unit"], flag=False)
    log.duplicate |= again


def _warn(table: MappedTable, dataset: str, past: Past | None) -> None:
    table.warn(
        "aggregate",
        "Its rows are counts per unit and period: they are no events, are not drawn and not "
        "counted as such; geomap aggregates lists them.",
    )
    for batch in past.batches if past is not None else ():
        same = batch.kind == "aggregates" and batch.dataset == dataset
        if same and batch.batch_id != table.batch_id:
            table.warn(
                "aggregates_again",
                f"Counts of the same dataset came with {batch.file_name} before: where both hold a "
                f"count it is there twice; geomap undo {batch.batch_id} removes the earlier ones.",
            )


def _result(
    table: MappedTable, aggregates: pd.DataFrame, dataset: str, *, kept: int, is_known: bool
) -> IngestResult:
    log, lost = table.log, len(table.raw.lost_rows)
    counts = {
        "rows": len(table.frame) + lost,
        "accepted": 0 if is_known else kept,
        "updated": 0,
        "unchanged": kept if is_known else 0,
        "duplicate": int((log.duplicate & ~log.rejected).sum()),
        "rejected": int(log.rejected.sum()) + lost,
    }
    batch = replace(table.batch(), kind="aggregates", counts=counts, dataset=dataset)
    issues = sorted((*table.raw.bad_rows, *log.issues()), key=lambda issue: issue.row)
    return IngestResult(
        batch,
        tuple(issues),
        columns=table.column_choices(),
        aggregates=aggregates[list(AGGREGATE_COLUMNS)],
    )
