"""The days of the events of a table: its date columns, and how exact they are.

How exact a date is may be stated in our own words, or in the codes of a known dataset.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from geomap.ingest.events.day_columns import EventDays, read_spans
from geomap.ingest.events.mapped_table import MappedTable
from geomap.ingest.events.precision_words import date_precision_word
from geomap.layouts.spec import DateCode
from geomap.model import DatePrecision
from geomap.tables import DAYS
from geomap.typing import Mask

EARLIEST_YEAR = 1700
"""Days before this year are rejected: they are placeholders or slips far more often than events."""

_CODES = {word.value: DateCode(word) for word in DatePrecision} | {
    "week": DateCode(DatePrecision.WEEK, before=3, after=3),
    "month": DateCode(DatePrecision.MONTH, calendar="month"),
    "year": DateCode(DatePrecision.YEAR, calendar="year"),
}


def read_days(table: MappedTable) -> EventDays:
    """Return the days of each row; rows whose dates are impossible are rejected."""
    log = table.log
    days = _with_codes(_with_words(read_spans(table), table), table)
    early = (days.start.dt.year < EARLIEST_YEAR).to_numpy(dtype=bool)
    key = "date_out_of_range/too_early"
    log.add(early, key, cells=days.cells, rejected=True, year=EARLIEST_YEAR)
    undated = days.start.isna().to_numpy()
    listed = log.has_code("date_missing") | log.has_code("date_no_year")
    log.add(undated & ~listed, "date_missing", cells=days.cells)
    return days


def _with_words(days: EventDays, table: MappedTable) -> EventDays:
    """Apply a column that states the precision of each date in our own words."""
    cells = table.text("date_precision")
    if cells is None:
        return days
    stated = cells.map(date_precision_word, na_action="ignore").astype("str")
    known = stated.isin(list(_CODES)).to_numpy(dtype=bool)
    unknown = cells.notna().to_numpy() & ~known
    words = ", ".join(sorted(_CODES))
    table.log.add(unknown, "precision_unknown/date_word", cells=cells, words=words)
    one_day = (days.start == days.end).to_numpy(dtype=bool)
    return _applied(days, stated.where(known), _CODES, widen=one_day)


def _with_codes(days: EventDays, table: MappedTable) -> EventDays:
    """Apply the precision codes of the layout of a known dataset."""
    codes, rules = table.codes(table.layout.spec.date_column), table.layout.spec.date_codes
    if codes is None:
        return days
    known = codes.isin(list(rules)).to_numpy(dtype=bool)
    table.log.add(~known, "precision_unknown/date_code", cells=table.frame[codes.name])
    return _applied(days, codes.where(known), rules, widen=np.ones(len(codes), bool))


def _applied(
    days: EventDays, stated: pd.Series, codes: Mapping[str, DateCode], *, widen: Mask
) -> EventDays:
    """Return the days with the precision of each row's code, widened where the code requires it."""
    start, end, precision = days.start.copy(), days.end.copy(), days.precision.copy()
    dated = start.notna().to_numpy()
    for word in stated.dropna().unique():
        rule = codes[word]
        rows = (stated == word).to_numpy(dtype=bool) & dated
        precision[rows] = rule.precision.value
        if rule.precision is DatePrecision.OPEN:
            end[rows] = pd.NaT
            continue
        wide = rows & widen & end.notna().to_numpy()
        if rule.calendar:
            period = start[wide].dt.to_period("M" if rule.calendar == "month" else "Y")
            start[wide] = period.dt.start_time.astype(DAYS)
            end[wide] = period.dt.end_time.dt.normalize().astype(DAYS)
        start[wide] -= pd.Timedelta(days=rule.before)
        end[wide] += pd.Timedelta(days=rule.after)
        if rule.whole_year:
            whole = start.dt.is_year_start & end.dt.is_year_end & start.dt.year.eq(end.dt.year)
            precision[rows & whole.to_numpy()] = rule.whole_year.value
    precision[end.isna().to_numpy() & dated] = DatePrecision.OPEN.value
    return replace(days, start=start, end=end, precision=precision)
