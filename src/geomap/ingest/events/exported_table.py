"""A table that geomap itself exported, read back to the letter: nothing is guessed or looked up.

An export may have been edited: a row that no export can hold is rejected with the reason.
"""

from __future__ import annotations

import json
import re
from enum import StrEnum

import geopandas as gpd
import numpy as np
import pandas as pd

from geomap.decisions import DECISION_FLAGS
from geomap.errors import InputError
from geomap.files.spreadsheet_text import unguarded
from geomap.ingest.events import identity, redacted_rows
from geomap.ingest.events.event_days import EARLIEST_YEAR
from geomap.ingest.events.exported_shapes import joined_parts, read_shapes
from geomap.ingest.events.mapped_table import MappedTable
from geomap.layouts.fields import fold
from geomap.model import DatePrecision, GeoPrecision, Status
from geomap.tables import DAYS, EVENT_COLUMNS, cast_events
from geomap.typing import Mask

_WORDS: dict[str, type[StrEnum]] = {
    "date_precision": DatePrecision,
    "geo_precision": GeoPrecision,
    "status": Status,
}
_NEEDED = ("event_id", "dataset", "batch_id", "geo_precision", "status")
_LISTS = frozenset({"place_ids", "flags"})
_OF_DECISIONS = rf"(?:^|;)(?:{'|'.join(sorted(DECISION_FLAGS))})(?=;|$)"
_WHOLE = r"-?[0-9]{1,18}(?:\.0+)?"
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]00:00:00(?:\.0*)?Z?)?")
_FILE_COLUMNS = frozenset({"batch_id", "row_number", "gone_batch"})
"""Columns that speak of imports of the workspace that the export was made from."""


def exported_events(
    table: MappedTable, existing: gpd.GeoDataFrame
) -> tuple[pd.DataFrame, pd.Series]:
    """Return the events of the rows that are kept, and the ids of all rows.

    Parameters
    ----------
    table
        A table of the layout of exports.
    existing
        Events of the workspace: redacted forms of them are no further events.

    Raises
    ------
    InputError
        When the table lacks columns that every export has.
    """
    cells = _cells(table)
    if missing := [name for name in _NEEDED if name not in cells]:
        message = f"{table.raw.file_name} is no export of geomap: it lacks {', '.join(missing)}."
        raise InputError(message)
    log, index = table.log, table.frame.index
    columns: dict[str, pd.Series] = {}
    for name, dtype in EVENT_COLUMNS.items():
        if name in cells and name not in _FILE_COLUMNS:
            columns[name] = _typed(cells[name], name, dtype, table)
    no_id = columns["event_id"].isna().to_numpy() | columns["dataset"].isna().to_numpy()
    _reject(no_id, "An event without an id or a dataset", table, cells["event_id"])
    shapes = read_shapes(cells, log)
    shapes = joined_parts(columns["event_id"], cells.get("geometry_type"), shapes, log)
    columns["geometry"] = pd.Series(shapes, index, dtype="object")
    _check_words(columns, table)
    _check_days(columns, table)
    columns["event_id"] = redacted_rows.settle(columns, cells["batch_id"], existing, log)
    ids = columns["event_id"]
    rows = pd.Series(index.astype("str"), index, dtype="str")
    versions = ids.mask(log.duplicate, "row " + rows)  # settled above: no version of another
    identity.settle_versions(table.frame, versions, columns.get("source_timestamp"), log)
    columns["flags"] = _with_new_flags(columns.get("flags"), table)
    events = pd.DataFrame(columns)[~log.rejected & ~log.duplicate]
    events = events.assign(row_number=events.index)
    events = cast_events(events.reset_index(drop=True))
    return _with_known_cells(events, existing), ids


def _with_known_cells(events: gpd.GeoDataFrame, existing: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return events with the workspace's cells in columns that are empty in the whole export.

    Such a column was left out of the export: that is no statement about its cells.
    """
    names = [name for name in identity.CONTENT_COLUMNS if name in redacted_rows.OMITTED]
    left_out = [name for name in names if events[name].isna().all()]
    before = pd.DataFrame(existing.drop(columns="geometry")).set_index("event_id")
    before = before.reindex(events["event_id"]).set_axis(events.index)
    filled = events.assign(**{name: before[name] for name in left_out})
    marked_before = (filled["gone_since"] == before["gone_since"]).to_numpy(dtype=bool)
    marks = filled["gone_batch"].mask(marked_before, before["gone_batch"])
    return filled.assign(gone_batch=marks.astype("str"))


def _cells(table: MappedTable) -> dict[str, pd.Series]:
    """Return the cells by the names that exports give columns, NA where there is nothing."""
    columns = {fold(column): column for column in reversed(table.raw.columns)}
    for field, (name, *_) in table.layout.spec.fields.items():
        columns.pop(name, None)
        if field in table.layout.mapping:  # as the user has it, else by its name
            columns[name] = table.layout.mapping[field]
    names = (*EVENT_COLUMNS, "longitude", "latitude", "geometry_wkt", "geometry_type")
    cells = {}
    # A CSV is the one export with coordinates beside the geometry, and with guarded text.
    guarded = fold("longitude") in columns and fold("kml name") not in columns
    for name in names:
        if (column := columns.get(fold(name))) is not None:
            text = table.frame[column].mask(table.frame[column] == "")
            if guarded and EVENT_COLUMNS.get(name) == "str":
                marked = text.str.startswith("'").fillna(value=False)
                text = text.mask(marked, text[marked].map(unguarded)) if marked.any() else text
            cells[name] = text
    if table.options.swap and {"longitude", "latitude"} <= set(cells):
        cells["longitude"], cells["latitude"] = cells["latitude"], cells["longitude"]
    return cells


def _typed(cells: pd.Series, name: str, dtype: str, table: MappedTable) -> pd.Series:
    if name in _LISTS:
        return cells.map(_joined, na_action="ignore").astype("str")
    if name == "evidence":
        return cells.map(_evidence, na_action="ignore").astype("str")
    if dtype == DAYS:
        return _days(cells, table)
    if dtype == "Int64":
        whole = cells.str.fullmatch(_WHOLE).fillna(value=False).to_numpy(dtype=bool)
        table.log.add(cells.notna().to_numpy() & ~whole, "count_unreadable", cells=cells)
        return cells.where(whole).str.replace(r"\.0+$", "", regex=True).astype("Int64")
    if dtype == "float64":
        numbers = pd.to_numeric(cells, errors="coerce").astype("float64")
        usable = (np.isfinite(numbers) & (numbers >= 0)).to_numpy()
        _reject(cells.notna().to_numpy() & ~usable, "A radius that is no number", table, cells)
        return numbers.where(usable)
    return cells


def _days(cells: pd.Series, table: MappedTable) -> pd.Series:
    plain = cells.str.extract(f"^{_DAY.pattern}$", expand=False)
    days = pd.to_datetime(plain, format="%Y-%m-%d", errors="coerce").astype(DAYS)
    unread = cells.notna().to_numpy() & days.isna().to_numpy()
    table.log.add(unread, "date_unreadable", cells=cells, rejected=True)
    return days


def _joined(cell: str) -> str | None:
    """Return a list as the store has it, from JSON or from a text that is joined already."""
    if not cell.startswith("["):
        return cell
    try:
        parts = json.loads(cell)
    except (ValueError, RecursionError):
        return cell
    return ";".join(map(str, parts)) or None if isinstance(parts, list) else cell


def _evidence(cell: str) -> str | None:
    """Return spans of characters as the store has them; None for anything else."""
    try:
        spans = json.loads(cell)
        pairs = [
            [int(span["start_char"]), int(span["end_char"])]
            if isinstance(span, dict)
            else [int(span[0]), int(span[1])]
            for span in spans
        ]
    except (ValueError, TypeError, KeyError, IndexError, RecursionError):
        return None
    return json.dumps(pairs) if pairs else None


def _check_words(columns: dict[str, pd.Series], table: MappedTable) -> None:
    """Reject rows with words outside the closed lists, or without one that each event has."""
    for name, words in _WORDS.items():
        if name in columns:
            odd = columns[name].notna() & ~columns[name].isin([word.value for word in words])
            _reject(odd.to_numpy(), f"A {name} outside its list", table, columns[name])
    for name in ("geo_precision", "status"):
        empty = columns[name].isna().to_numpy()
        _reject(empty, f"An event without {name}", table, columns[name])


def _check_days(columns: dict[str, pd.Series], table: MappedTable) -> None:
    """Reject rows whose days and their precision contradict each other."""
    index = table.frame.index
    nothing = pd.Series(pd.NaT, index, dtype=DAYS)
    start = columns.setdefault("event_date", nothing)
    end = columns.setdefault("event_date_end", nothing)
    precision = columns.setdefault("date_precision", pd.Series(None, index, dtype="str"))
    early = (start.dt.year < EARLIEST_YEAR).to_numpy(dtype=bool)
    key = "date_out_of_range/too_early"
    table.log.add(early, key, cells=start, rejected=True, year=EARLIEST_YEAR)
    table.log.add((end < start).to_numpy(), "end_before_start", cells=end, rejected=True)
    bare = (start.isna() != precision.isna()) | (start.isna() & end.notna())
    _reject(bare.to_numpy(), "A date without its precision, or the reverse,", table, precision)
    is_open = (precision == DatePrecision.OPEN.value).to_numpy(dtype=bool)
    unlike = start.notna().to_numpy() & (end.isna().to_numpy() != is_open)
    _reject(unlike, "A last day of an open event, or none of another,", table, precision)


def _reject(where: Mask, what: str, table: MappedTable, cells: pd.Series) -> None:
    table.log.add(where, "not_as_exported", cells=cells, rejected=True, what=what)


def _with_new_flags(stated: pd.Series | None, table: MappedTable) -> pd.Series:
    """Return the flags of the export, and after them those that were raised while reading.

    Those that only a decision of a person gives an event are left out: a file decides nothing.
    """
    log, index = table.log, table.frame.index
    log.flag_rows(issue for issue in table.raw.bad_rows if not issue.rejected)
    raised = log.flags().set_axis(index)
    if stated is None:
        return raised
    stated = stated.str.replace(_OF_DECISIONS, "", regex=True).str.lstrip(";")
    stated = stated.mask(stated == "")
    both = stated.where(raised.isna(), (stated + ";" + raised))
    return both.where(stated.notna(), raised)
