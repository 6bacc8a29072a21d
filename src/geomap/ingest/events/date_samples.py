"""The dates in the first cells of a column, and what the column is about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from geomap.dates.date_cells import Cell, read_cell
from geomap.model import DatePrecision, DateSpan

CellsByRow = Mapping[int, tuple[str, Cell]]
"""The sample of a column: each cell that may be a date, as text and as read, by its row."""

Readings = Mapping[str, CellsByRow]
"""The samples of columns, by their names."""

SAMPLE = 60
"""How many cells of a column are looked at."""

LEAST_SHARE = 0.7
"""The least share of filled cells that must be dates."""

_FEWEST_SEEN = 8
_LONGEST = 40
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_YEAR = re.compile(r"(?:1[6-9]|20)\d\d")
_PACKED = re.compile(r"(?:1[89]|20)\d{6}(?:\d{6})?(?:\.0)?")


@dataclass(frozen=True, slots=True)
class DateColumnNote:
    """A column that holds dates: what it is about, why, and its first cell."""

    column: str
    role: str
    reason: str
    sample: str


def dates_in(
    column: pd.Series, *, years: bool = False, least_share: float = LEAST_SHARE
) -> CellsByRow:
    """Return the sample of a column as dates by row, empty where most cells are none.

    Parameters
    ----------
    column
        The cells as text, by row.
    years
        Whether numbers of four digits are years: the header says that the column holds dates.
    least_share
        The least share of filled cells that must be dates.
    """
    cells = column.head(SAMPLE).dropna().str.strip()
    cells = cells[cells != ""]
    found: dict[int, tuple[str, Cell]] = {}
    seen = 0
    for row, text in cells.items():
        seen += 1
        may_be = _may_be_day(text) or (years and _YEAR.fullmatch(text) is not None)
        cell = read_cell(text) if len(text) <= _LONGEST and may_be else Cell(problem="-")
        is_far = cell.problem == "date_out_of_range"  # perhaps a year of another calendar
        if cell.span or cell.readings or is_far or cell.problem == "date_no_year":
            found[int(str(row))] = (text, cell)
        elif cell.problem == "date_missing":
            seen -= 1
        if seen == _FEWEST_SEEN and not found:
            return {}
    return found if found and len(found) >= least_share * seen else {}


def _may_be_day(text: str) -> bool:
    """Return whether a cell is no bare number; eight digits may be a day."""
    return not _NUMBER.fullmatch(text) or _PACKED.fullmatch(text) is not None


def is_exact(cell: Cell) -> bool:
    """Return whether a cell names a day."""
    span = span_of(cell)
    return span is not None and span.precision is DatePrecision.DAY


def span_of(cell: Cell) -> DateSpan | None:
    """Return the days of a cell, by its first reading where it has several."""
    return cell.span or next(iter(cell.readings), None)
