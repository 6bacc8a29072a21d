"""The spans of days that the date columns of a table state.

A cell without a date leaves the event undated; a cell whose date cannot be read, or cannot
be, rejects the row. Whether 03/04 is in March or April is asked, never guessed row by row.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from geomap.dates import DateColumn, DateQuestion, Surroundings, read_dates
from geomap.ingest.events.date_choice import year_column
from geomap.ingest.events.ingest_records import Question
from geomap.ingest.events.mapped_table import MappedTable
from geomap.ingest.events.row_report import RowLog
from geomap.layouts import plain_spec
from geomap.model import DatePrecision
from geomap.tables import DAYS
from geomap.typing import Mask

_LONGEST_DATE = 100  # longer cells hold prose, or digits without end


@dataclass(frozen=True, slots=True)
class EventDays:
    """The four day columns of an events table; `cells` are the starts as the file has them."""

    start: pd.Series
    end: pd.Series
    precision: pd.Series
    last_confirmed: pd.Series
    cells: pd.Series
    question: Question | None = None


def read_spans(table: MappedTable) -> EventDays:
    """Return the days of each row as its date columns state them; see `read_days`."""
    index = table.frame.index
    starts = _cells(table, "event_date", "")
    starts = pd.Series(np.nan, index, dtype="str") if starts is None else starts
    ends = _cells(table, "event_date_end", "end_")
    is_open = np.zeros(len(index), dtype=bool)
    if ends is not None:
        open_words = plain_spec().open_words | table.layout.spec.open_words
        is_open = ends.fillna("").str.casefold().isin(open_words).to_numpy(dtype=bool)
    both = starts if ends is None else pd.concat([starts, ends.mask(is_open)])
    read, question = _read(both.str.slice(stop=_LONGEST_DATE), starts, table)
    table.warnings.extend(read.warnings)
    first = _part(read, slice(0, len(index)), index)
    _add_problems(first, starts, table.log)
    nothing = pd.Series(pd.NaT, index, dtype=DAYS)
    days = EventDays(first.start, first.end, first.precision, nothing, starts)
    if ends is not None:
        last = _part(read, slice(len(index), None), index)
        _add_problems(last, ends, table.log)
        is_open = is_open | last.ongoing.to_numpy()
        days = _joined(days, first, last, ends, is_open, table)
    return replace(_with_confirmed(days, table), question=question)


def _read(
    both: pd.Series, starts: pd.Series, table: MappedTable
) -> tuple[DateColumn, Question | None]:
    """Return the cells as dates, and the question that only the owner can answer.

    Who said yes to all gets the first choice, with a flag on the rows where it matters.
    """
    options = table.options
    order = options.order or table.layout.spec.date_order
    around = Surroundings(
        header=str(starts.name or ""),
        years=_stated_years(table, len(both)),
        known_years=table.dates.known_years if table.dates else None,
        today=table.today,
        answers=options.answers,
    )
    read = read_dates(both, order=order, from_1904=table.raw.from_1904, around=around)
    while read.question is not None:
        asked = read.question
        if not options.assume_yes:
            return read, _asked(asked, str(starts.name))
        cells, readings = both.reset_index(drop=True), []
        for choice in reversed(asked.choices[:2]):
            around = replace(around, answers={**around.answers, asked.about: choice})
            if asked.about == "date_order":
                order = "dmy" if choice == "dmy" else "mdy"
            again = read_dates(cells, order=order, from_1904=table.raw.from_1904, around=around)
            readings.append(again)
        other, read = readings
        differs = ((read.start != other.start) & read.start.notna()).to_numpy(dtype=bool)
        table.log.add(differs[: len(starts)], f"{asked.about}_assumed", cells=starts)
    return read, None


def _asked(asked: DateQuestion, column: str) -> Question:
    """Return a question of the dates room with the option that answers it."""
    remedy = "--dayfirst or --monthfirst"
    if asked.about != "date_order":
        remedy = " or ".join(f"--answer {asked.about}={choice!r}" for choice in asked.choices)
    message = f"Column {column!r}: {asked.message} ({remedy})"
    return Question(asked.about, message, asked.choices, asked.proof)


def _stated_years(table: MappedTable, length: int) -> pd.Series | None:
    """Return the year that each row states beside its date, once for its start and its end."""
    column = year_column(table.raw)
    if column is None or column == table.layout.mapping.get("event_date"):
        return None
    cells = table.frame[column].str.strip().str.replace(r"\.0*$", "", regex=True)
    years = pd.to_numeric(cells.where(cells.str.fullmatch(r"\d{4}")), errors="coerce")
    return pd.concat([years] * (length // len(years))) if len(years) else None


def _cells(table: MappedTable, whole: str, prefix: str) -> pd.Series | None:
    """Return the cells of a date column, or dates from columns of year, month and day."""
    cells = table.text(whole)
    if cells is not None:
        return cells
    year, month, day = (_number(table.text(prefix + part)) for part in ("year", "month", "day"))
    if year is None or month is None:
        return year
    joined = year.where(month.isna(), year + "-" + month.str.zfill(2))
    named = month + " " + year
    if day is not None:
        joined = joined.where(month.isna() | day.isna(), joined + "-" + day.str.zfill(2))
        named = named.where(day.isna(), day + " " + named)
    is_word = ~month.fillna("0").str.fullmatch(r"\d+")
    return joined.where(~is_word, named).rename(year.name)


def _number(cells: pd.Series | None) -> pd.Series | None:
    """Return the cells of a part of a date, 5.0 written as 5; zero means that it is not known."""
    if cells is None:
        return None
    plain = cells.str.replace(r"\.0*$", "", regex=True)
    return plain.mask(plain.str.fullmatch(r"0+|-9+").fillna(value=False))


def _part(read: DateColumn, rows: slice, index: pd.Index) -> DateColumn:
    """Return the starts or the ends out of a reading of both, one below the other."""
    names = ("start", "end", "precision", "problem", "ongoing")
    return replace(read, **{n: getattr(read, n).iloc[rows].set_axis(index) for n in names})


def _add_problems(read: DateColumn, cells: pd.Series, log: RowLog) -> None:
    """Report cells that are no date; a day whose year nobody knows leaves the event undated."""
    problem = read.problem.where(read.problem != "date_missing")
    for code in problem.dropna().unique():
        where = (problem == code).to_numpy(dtype=bool)
        log.add(where, code, cells=cells, rejected=code != "date_no_year")


def _joined(
    days: EventDays,
    first: DateColumn,
    last: DateColumn,
    ends: pd.Series,
    is_open: Mask,
    table: MappedTable,
) -> EventDays:
    """Return the spans from a column of starts and one of ends."""
    dated = first.start.notna().to_numpy()
    blank = last.start.isna().to_numpy() & ~is_open
    goes_on = "" in table.layout.spec.open_words
    open_end = is_open | (blank & goes_on)
    if blank[dated].any():
        meaning = "still going on" if goes_on else "a single day"
        table.warn("empty_end", f"An empty cell in the column {ends.name!r} was read as {meaning}.")
    end = first.end.where(blank | is_open, last.end).mask(open_end)
    reversed_ = (end < first.start).to_numpy(dtype=bool)
    table.log.add(reversed_, "end_before_start", cells=ends, rejected=True)
    no_start = ~dated & ~blank & first.problem.isin(["date_missing"]).to_numpy()
    table.log.add(no_start, "date_missing/no_start", cells=ends)
    to_the_day = (first.precision == "day") & ((last.precision == "day") | blank)
    # 2010-03 to 2010-03 is that month, not some days between two months
    same = (first.start == last.start) & (first.end == last.end)
    lasts = to_the_day & (table.layout.spec.span == "day")
    precision = first.precision.where(lasts | blank | same, DatePrecision.RANGE.value)
    precision = precision.mask(open_end, DatePrecision.OPEN.value).where(dated)
    return replace(days, end=end.where(dated), precision=precision)


def _with_confirmed(days: EventDays, table: MappedTable) -> EventDays:
    cells = table.text("last_confirmed")
    if cells is None:
        return days
    read = read_dates(cells.reset_index(drop=True), order="dmy")
    day = read.end.set_axis(cells.index)
    usable = (days.precision == "open") & (day >= days.start)
    return replace(days, last_confirmed=day.where(usable))
