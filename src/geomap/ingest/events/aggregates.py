"""Counts per unit and period that look like a table of events: recognised by their grid.

Aggregated data have a row for each unit and each period, also where nothing happened. Their
rows are no events: drawn as such they would put a dot at the middle of each unit for every
week, those with a count of zero too.
"""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd

from geomap.errors import FileRefusedError
from geomap.ingest.events.day_columns import EventDays
from geomap.ingest.events.mapped_table import MappedTable
from geomap.ingest.events.positions import Positions
from geomap.layouts.fields import words_of
from geomap.model import DatePrecision

_FEWEST_ROWS = 12
_FEWEST_UNITS, _FEWEST_PERIODS = 2, 3
_FULL, _REPEATED = 0.75, 0.9
_COUNT_WORDS = frozenset(
    ["events", "count", "counts", "incidents", "number", "total", "fatalities", "deaths", "cases",
     "n", "nb", "num", "anzahl", "numero", "nombre", "cantidad", "количество", "число"]
)  # fmt: skip
_NUMBERS_OF_EVENTS = frozenset(
    ["events", "event count", "events count", "count of events", "number of events", "no of events",
     "incidents", "incident count", "number of incidents", "no of incidents", "total incidents",
     "total events", "nombre d incidents", "nombre d evenements", "numero de incidentes",
     "numero de eventos", "anzahl vorfalle", "anzahl ereignisse", "количество событии",
     "количество инцидентов", "кількість інцидентів"]
)  # fmt: skip
_UNITS = ("admin2", "admin1", "place_name", "country")


def refuse_counts(
    table: MappedTable, columns: dict[str, pd.Series], positions: Positions, days: EventDays
) -> None:
    """Refuse a table of counts, unless its owner says that its rows are events.

    A grid of units and regular periods that is nearly full, with whole numbers in a column of
    counts or with every unit at one point, is no list of events.

    Parameters
    ----------
    table, columns
        The table; its typed columns.
    positions, days
        The positions and days of its rows.

    Raises
    ------
    FileRefusedError
        With the code "aggregate".
    """
    reason = _reason(table, columns, positions, days)
    if reason is None or table.layout.spec.is_known:
        return
    if table.options.read_as == "events":
        table.warn("aggregate", f"{reason} Its rows were taken as events, as asked.")
        return
    message = (
        f"{reason} Take in single events, or these as counts with --aggregates; say --as events if "
        "its rows are events."
    )
    raise FileRefusedError(message, code="aggregate")


def _reason(
    table: MappedTable, columns: dict[str, pd.Series], positions: Positions, days: EventDays
) -> str | None:
    """Return why the rows look like counts per unit and period, None when they do not."""
    kept = ~table.log.rejected & days.start.notna().to_numpy()
    if (named := _column_of_events(table, days, kept)) is not None:
        return (
            f"{table.raw.file_name} holds counts, not single events: its rows are of whole weeks, "
            f"months or years, with numbers of events in {named!r}."
        )
    if kept.sum() < _FEWEST_ROWS or "event_id" in table.layout.mapping:
        return None
    start = days.start[kept]
    if (period := period_of(start, days.precision[kept])) is None:
        return None
    units = _units(columns, positions, kept)
    if units is None or not _is_grid(units, start, columns, kept):
        return None
    has_points = np.isfinite(positions.latitude[kept]).any()
    counts = [name for name in table.frame.columns if _is_count(table.frame[name], name)]
    if not counts and not has_points:
        return None
    number = f" with numbers in {counts[0]!r}" if counts else ""
    return (
        f"{table.raw.file_name} holds counts, not single events: it has a row for each of "
        f"{units.nunique():,} units and {start.nunique():,} {period}{number}."
    )


def _column_of_events(table: MappedTable, days: EventDays, kept: np.ndarray) -> str | None:
    """Return the column of numbers of events in a table whose rows are all of whole periods."""
    start, end = days.start[kept], days.end[kept]
    months = (start.dt.day == 1) & end.dt.is_month_end & (end > start)
    weeks = (end - start).dt.days == 6
    if not len(start) or not bool((months | weeks).all()):
        return None
    columns = (name for name in table.frame.columns if words_of(name) in _NUMBERS_OF_EVENTS)
    return next((name for name in columns if _is_whole(table.frame[name])), None)


def period_of(start: pd.Series, precision: pd.Series) -> str | None:
    """Return the regular period of some days in words, None when they are not regular.

    Parameters
    ----------
    start, precision
        First days, and the precision of each.
    """
    days = start.drop_duplicates().sort_values()
    if len(days) < _FEWEST_PERIODS:
        return None
    if precision.isin([DatePrecision.MONTH.value]).all() or (days.dt.day == 1).all():
        return "months"
    if precision.isin([DatePrecision.YEAR.value]).all():
        return "years"
    steps = days.diff().dropna().dt.days
    if (days.dt.day_of_week == days.dt.day_of_week.iloc[0]).all() and (steps % 7 == 0).all():
        return "weeks" if (steps == 7).mean() >= _FULL else None
    return None


def _units(
    columns: dict[str, pd.Series], positions: Positions, kept: np.ndarray
) -> pd.Series | None:
    """Return the unit of each row: its point where there are few, else the names it states."""
    index = np.flatnonzero(kept)
    named = [columns[name].iloc[index].fillna("") for name in _UNITS if name in columns]
    names = named[0].str.cat(named[1:], sep="|") if named else None
    placed = np.isfinite(positions.latitude[index])
    if placed.all():
        points = pd.Series(
            [f"{lat:.4f},{lon:.4f}" for lat, lon in
             zip(positions.latitude[index], positions.longitude[index], strict=True)]
        )  # fmt: skip
        if names is None or points.nunique() <= names.nunique():
            return points
        return None  # a unit with several points is a unit with events in it
    return None if names is None else names.reset_index(drop=True)


def _is_grid(
    units: pd.Series, start: pd.Series, columns: dict[str, pd.Series], kept: np.ndarray
) -> bool:
    """Return whether nearly each unit has a row for nearly each period, and one for each kind."""
    if units.nunique() < _FEWEST_UNITS or units.nunique() * _FEWEST_PERIODS > 2 * len(units):
        return False
    frame = pd.DataFrame({"unit": units.to_numpy(), "day": start.to_numpy()})
    cells = frame.drop_duplicates()
    if len(cells) < _FULL * frame["unit"].nunique() * frame["day"].nunique():
        return False
    keys = ["unit", "day"]
    for name in ("event_type", "sub_event_type"):
        if name in columns:
            frame[name] = columns[name].iloc[np.flatnonzero(kept)].to_numpy()
            keys.append(name)
    return bool((~frame.duplicated(keys)).mean() >= _REPEATED)


def is_named_as_count(name: str) -> bool:
    """Return whether a column is called a number of something that is counted."""
    return bool(set(words_of(name).split()) & _COUNT_WORDS)


def _is_count(cells: pd.Series, name: str) -> bool:
    return is_named_as_count(name) and _is_whole(cells)


def _is_whole(cells: pd.Series) -> bool:
    sample = list(itertools.islice((c.strip() for c in cells.dropna() if c.strip()), 200))
    return bool(sample) and all(c.isdigit() for c in sample)
