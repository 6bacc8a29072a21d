"""The days of the events of a table, from its date columns and precision codes.

A cell without a date leaves the event undated; a cell whose date cannot be read or cannot
be rejects the row. Whether 03/04 is in March or April is asked, never guessed row by row.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geomap.dates import DateColumn, read_dates
from geomap.ingest.events.ingest_records import IngestOptions, Question
from geomap.ingest.events.precision_words import date_precision_word
from geomap.ingest.events.row_report import RowLog
from geomap.ingest.events.typed_cells import text_column
from geomap.layouts import Layout, plain_spec
from geomap.layouts.fields import fold
from geomap.layouts.spec import DateCode
from geomap.model import DatePrecision
from geomap.raw_table import TableWarning
from geomap.tables import DAYS

EARLIEST_YEAR = 1700
"""Days before this year are rejected: they are placeholders or slips far more often than events."""

_OPEN_SHARE = 0.5
_LONGEST_DATE = 100  # longer cells hold prose, or digits without end
_REASONS = {
    "date_unreadable": "It cannot be read as a date.",
    "date_impossible": "There is no such day.",
    "date_out_of_range": "The year is a placeholder or beyond what an event can have.",
    "date_ambiguous": "It can be read in more than one way, and the column does not say which.",
}
_REMEDY = "Write the day as YYYY-MM-DD."


@dataclass(frozen=True, slots=True)
class Days:
    """The four day columns of an events table, and what was said about the file's dates."""

    start: pd.Series
    end: pd.Series
    precision: pd.Series
    last_confirmed: pd.Series
    warnings: tuple[TableWarning, ...]
    question: Question | None


def read_days(
    frame: pd.DataFrame,
    layout: Layout,
    options: IngestOptions,
    log: RowLog,
    *,
    from_1904: bool = False,
) -> Days:
    """Return the days of each row; problems of single rows go to `log`.

    `from_1904` says that bare numbers of days count from 1904 (a workbook of an old Mac).
    """
    starts = _cells(frame, layout, "event_date", "")
    starts = pd.Series(np.nan, frame.index, dtype="str") if starts is None else starts
    ends = _cells(frame, layout, "event_date_end", "end_")
    is_open = _is_open_word(ends) if ends is not None else np.zeros(len(frame), dtype=bool)
    both = starts if ends is None else pd.concat([starts, ends.mask(is_open)])
    both = both.str.slice(stop=_LONGEST_DATE)
    order = options.order or layout.spec.date_order
    read = read_dates(both, order=order, from_1904=from_1904)
    question = _question(read, starts, options)
    if question is None and read.question is not None:
        read = _assumed(both, len(starts), log, starts)
    warnings = [TableWarning(item.code, item.message) for item in read.warnings]
    first, last = _halves(read, frame.index, ends is not None)
    _tell_problems(first, starts, log)
    if ends is None or last is None:
        span = Days(first.start, first.end, first.precision, _none(frame), (), None)
    else:
        _tell_problems(last, ends, log)
        span = _joined(first, last, ends, is_open | last.ongoing.to_numpy(), log, warnings)
    span = _with_confirmed(span, frame, layout)
    span = _with_codes(_with_words(span, frame, layout, log), frame, layout, log)
    return dataclasses.replace(
        _checked(span, starts, log), warnings=tuple(warnings), question=question
    )


def _none(frame: pd.DataFrame) -> pd.Series:
    return pd.Series(pd.NaT, frame.index, dtype=DAYS)


def _cells(frame: pd.DataFrame, layout: Layout, whole: str, prefix: str) -> pd.Series | None:
    """Return the cells of a date column, or dates from columns of year, month and day."""
    cells = text_column(frame, layout, whole)
    if cells is not None:
        return cells
    year, month, day = (_part(frame, layout, prefix + name) for name in ("year", "month", "day"))
    if year is None or month is None:
        return year
    joined = year.where(month.isna(), year + "-" + month.str.zfill(2))
    named = month + " " + year
    if day is not None:
        joined = joined.where(month.isna() | day.isna(), joined + "-" + day.str.zfill(2))
        named = named.where(day.isna(), day + " " + named)
    is_word = ~month.fillna("0").str.fullmatch(r"\d+")
    return joined.where(~is_word, named).rename(year.name)


def _part(frame: pd.DataFrame, layout: Layout, name: str) -> pd.Series | None:
    """Return the cells of a part of a date, 5.0 written as 5; a zero says that it is not known."""
    cells = text_column(frame, layout, name)
    if cells is None:
        return None
    plain = cells.str.replace(r"\.0*$", "", regex=True)
    return plain.mask(plain.str.fullmatch(r"0+|-9+").fillna(value=False))


def _is_open_word(ends: pd.Series) -> np.ndarray:
    words = plain_spec().open_words
    return np.asarray(ends.str.casefold().isin(words).to_numpy(dtype=bool))


def _question(read: DateColumn, starts: pd.Series, options: IngestOptions) -> Question | None:
    if read.question is None or options.order is not None or options.assume_yes:
        return None
    column = starts.name
    message = (
        f"In column {column!r} day and month cannot be told apart; say which comes first "
        "(--dayfirst or --monthfirst)."
    )
    return Question("date_order", message, ("dmy", "mdy"), tuple(map(str, read.question.proof)))


def _assumed(both: pd.Series, count: int, log: RowLog, starts: pd.Series) -> DateColumn:
    """Read day first because the user said yes to all, and flag the rows where it matters."""
    day_first = read_dates(both.reset_index(drop=True), order="dmy")
    month_first = read_dates(both.reset_index(drop=True), order="mdy")
    differs = ((day_first.start != month_first.start) & day_first.start.notna()).to_numpy()
    reason = "Day and month cannot be told apart in this file; the day was taken to come first."
    log.tell(differs[:count], "date_order_assumed", reason, _REMEDY, cells=starts)
    return day_first


def _halves(
    read: DateColumn,
    index: pd.Index,
    has_end: bool,  # noqa: FBT001  # internal, one caller
) -> tuple[DateColumn, DateColumn | None]:
    """Cut a reading of both columns one under the other into start and end."""

    def part(low: int, high: int) -> DateColumn:
        columns = {
            name: getattr(read, name).iloc[low:high].set_axis(index)
            for name in ("start", "end", "precision", "problem", "ongoing")
        }
        return dataclasses.replace(read, **columns)

    count = len(index)
    return part(0, count), part(count, 2 * count) if has_end else None


def _tell_problems(read: DateColumn, cells: pd.Series, log: RowLog) -> None:
    problem = read.problem.where(read.problem != "date_missing")
    for code in problem.dropna().unique():
        reason = _REASONS.get(code, "It cannot be used as a date.")
        where = (problem == code).to_numpy(dtype=bool)
        usable = read.start.notna().to_numpy()
        log.tell(where & ~usable, code, reason, _REMEDY, cells=cells, rejected=True)
        log.tell(where & usable, code, reason, _REMEDY, cells=cells)


def _joined(
    first: DateColumn,
    last: DateColumn,
    ends: pd.Series,
    is_open: np.ndarray,
    log: RowLog,
    warnings: list[TableWarning],
) -> Days:
    """Return the spans from a column of starts and one of ends."""
    dated = first.start.notna().to_numpy()
    blank = ends.isna().to_numpy() & ~is_open
    filled = float((~blank[dated]).mean()) if dated.any() else 0.0
    open_end = is_open | (blank & (filled >= _OPEN_SHARE))
    if blank[dated].any():
        meaning = "still going on" if filled >= _OPEN_SHARE else "a single day"
        message = f"An empty cell in the column {ends.name!r} was read as {meaning}."
        warnings.append(TableWarning("empty_end", message))
    end = first.end.where(blank | is_open, last.end).mask(open_end)
    log.tell(
        (end < first.start).to_numpy(dtype=bool),
        "end_before_start",
        "The last day lies before the first.",
        "Correct one of the two.",
        cells=ends,
        rejected=True,
    )
    log.tell(
        ~dated & ~blank & first.problem.isin(["date_missing"]).to_numpy(),
        "date_missing",
        "There is an end but no first day; the event is kept without dates.",
        "Give the first day.",
        cells=ends,
    )
    to_the_day = (first.precision == "day") & ((last.precision == "day") | blank)
    # 2010-03 to 2010-03 is that month, not some days between two months
    same = (first.start == last.start) & (first.end == last.end)
    precision = first.precision.where(to_the_day | blank | same, DatePrecision.RANGE.value)
    precision = precision.mask(open_end, DatePrecision.OPEN.value).where(dated)
    return Days(
        first.start,
        end.where(dated),
        precision,
        pd.Series(pd.NaT, ends.index, dtype=DAYS),
        (),
        None,
    )


def _with_confirmed(span: Days, frame: pd.DataFrame, layout: Layout) -> Days:
    cells = text_column(frame, layout, "last_confirmed")
    if cells is None:
        return span
    read = read_dates(cells.reset_index(drop=True), order="dmy")
    day = read.end.set_axis(frame.index)
    usable = (span.precision == "open") & (day >= span.start)
    return dataclasses.replace(span, last_confirmed=day.where(usable))


def _with_words(span: Days, frame: pd.DataFrame, layout: Layout, log: RowLog) -> Days:
    """Apply a column that states the precision of each date in our own words."""
    cells = text_column(frame, layout, "date_precision")
    if cells is None:
        return span
    words = {word.value for word in DatePrecision}
    stated = cells.map(date_precision_word, na_action="ignore").astype("str")
    known = stated.isin(words).to_numpy(dtype=bool)
    reason = f"The precision of a date is one of {', '.join(sorted(words))}."
    log.tell(
        cells.notna().to_numpy() & ~known,
        "precision_unknown",
        reason,
        "Use one of them.",
        cells=cells,
    )
    codes = {word: DateCode(DatePrecision(word)) for word in words}
    calendar = {"month": "month", "year": "year"}
    codes |= {word: DateCode(DatePrecision(word), calendar=unit) for word, unit in calendar.items()}
    codes["week"] = DateCode(DatePrecision.WEEK, before=3, after=3)
    one_day = (span.start == span.end).to_numpy(dtype=bool)
    return _applied(span, stated.where(known), codes, widen=one_day)


def _with_codes(span: Days, frame: pd.DataFrame, layout: Layout, log: RowLog) -> Days:
    """Apply the precision codes of the layout of a known dataset."""
    column = _named(frame, layout.spec.date_column)
    if column is None:
        return span
    codes = frame[column].str.strip().str.replace(r"\.0*$", "", regex=True)
    known = codes.isin(list(layout.spec.date_codes)).to_numpy(dtype=bool)
    log.tell(
        ~known,
        "precision_unknown",
        "The code of the date's precision is not in the codebook; the date was taken as exact.",
        "Check the code.",
        cells=frame[column],
    )
    return _applied(
        span, codes.where(known), layout.spec.date_codes, widen=np.ones(len(frame), bool)
    )


def _named(frame: pd.DataFrame, folded: str | None) -> str | None:
    return next((c for c in frame.columns if folded is not None and fold(c) == folded), None)


def _applied(
    span: Days, stated: pd.Series, codes: Mapping[str, DateCode], *, widen: np.ndarray
) -> Days:
    """Return the spans with the precision of each row's code, widened where it says so."""
    start, end, precision = span.start.copy(), span.end.copy(), span.precision.copy()
    dated = start.notna().to_numpy()
    for word in stated.dropna().unique():
        rule = codes[word]
        hit = (stated == word).to_numpy(dtype=bool) & dated
        precision[hit] = rule.precision.value
        if rule.precision is DatePrecision.OPEN:
            end[hit] = pd.NaT
            continue
        wide = hit & widen & end.notna().to_numpy()
        if rule.calendar:
            unit = "M" if rule.calendar == "month" else "Y"
            period = start[wide].dt.to_period(unit)
            start[wide] = period.dt.start_time.astype(DAYS)
            end[wide] = period.dt.end_time.dt.normalize().astype(DAYS)
        start[wide] -= pd.Timedelta(days=rule.before)
        end[wide] += pd.Timedelta(days=rule.after)
        if rule.whole_year:
            whole = start.dt.is_year_start & end.dt.is_year_end & start.dt.year.eq(end.dt.year)
            precision[hit & whole.to_numpy()] = rule.whole_year.value
    still_open = end.isna().to_numpy() & dated
    precision[still_open] = DatePrecision.OPEN.value
    return dataclasses.replace(span, start=start, end=end, precision=precision)


def _checked(span: Days, starts: pd.Series, log: RowLog) -> Days:
    log.tell(
        (span.start.dt.year < EARLIEST_YEAR).to_numpy(dtype=bool),
        "date_out_of_range",
        f"Days before {EARLIEST_YEAR} are not taken as events.",
        _REMEDY,
        cells=starts,
        rejected=True,
    )
    undated = span.start.isna().to_numpy() & starts.isna().to_numpy() & ~log.told("date_missing")
    reason = "There is no date; the event is kept without one."
    log.tell(undated, "date_missing", reason, "Give the day, month or year.", cells=starts)
    return span
