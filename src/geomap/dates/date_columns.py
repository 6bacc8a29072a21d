"""A column of cells read as dates: one order of day and month for the whole column.

No row is lost: every cell has either its days or the code of its problem. A question that the
column cannot settle is put to its owner, never guessed. Digits with full stops (3.4.2022) are
day first unless a cell of the column proves otherwise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

import numpy as np
import pandas as pd

from geomap.dates.calendars import Calendar
from geomap.dates.cell_points import Given
from geomap.dates.cell_words import HEADER_CALENDARS, fold_words
from geomap.dates.column_readings import DateQuestion, Readings, Surroundings
from geomap.dates.column_years import settle_years
from geomap.dates.date_cells import AMBIGUOUS, MISSING, OUT_OF_RANGE, UNREADABLE, Cell
from geomap.dates.date_spans import day_span
from geomap.dates.turned_days import settle_turned
from geomap.model import DatePrecision, DateSpan, TableWarning

DAYS = "datetime64[us]"  # as in `tables`, a room on the same floor
Order = Literal["dmy", "mdy"]

CALENDAR = "date_calendar"
_TO_1904 = timedelta(days=1462)
_NUMBERS = {
    "serial": "days as a spreadsheet counts them (1900 system)",
    "seconds": "seconds since 1970",
    "milliseconds": "milliseconds since 1970",
}


@dataclass(frozen=True, slots=True)
class DateColumn:
    """A column read as dates; every Series has the index of the cells.

    `start` and `end` are timestamps at midnight, `precision` the value of a `DatePrecision`.
    All three are missing where `problem` has a code. `ongoing` is true where the cell says so
    in words ("present"); such a cell has no date of its own.
    """

    start: pd.Series
    end: pd.Series
    precision: pd.Series
    problem: pd.Series
    order: Literal["ymd", "dmy", "mdy"] | None
    question: DateQuestion | None
    warnings: tuple[TableWarning, ...]
    ongoing: pd.Series


def read_dates(
    values: pd.Series,
    *,
    order: Order | None = None,
    from_1904: bool = False,
    around: Surroundings | None = None,
) -> DateColumn:
    """Return the days that each cell of a column names.

    Bare numbers (serials, seconds) are dates only where most of the column's readable cells
    are the same sort of number; else they are ambiguous. A time of day and its zone are
    left out: the day stays as written.

    Parameters
    ----------
    values
        Cells as text, with any index; missing cells are allowed.
    order
        The owner's answer to which part comes first, day or month; None before the question.
    from_1904
        Whether a spreadsheet's bare numbers of days count from 1904.
    around
        Name of the column, years and days of its file, and answers of its owner.

    Returns
    -------
    column
        Days, precision and problem of each cell, the order of the column, and the question to
        its owner if one is open.
    """
    around = around or Surroundings()
    readings, asked = _in_calendar(values, around)
    century, of_years = settle_years(readings, around)
    turned, of_days = settle_turned(readings, around)
    cells, counts = readings.cells, readings.counts()
    settled, warnings = _order_of(cells, order)
    dotted = settled or ("dmy" if any(cell.dotted and cell.readings for cell in cells) else None)
    number = _number_kind(cells, counts)
    results = [_settle(cell, settled, dotted, number, from_1904=from_1904) for cell in cells]
    year_first = any(cell.kind == "ymd" and cell.span for cell in cells)
    is_open = settled is None and order is None and not warnings
    rows = _table(cells, results).take(readings.codes).set_axis(values.index)
    return DateColumn(
        **{name: rows[name] for name in rows},
        order=settled or dotted or ("ymd" if year_first else None),
        question=asked or turned or (_order_question(readings) if is_open else None) or century,
        warnings=(*warnings, *_number_warnings(cells, number), *of_years, *of_days),
    )


def _in_calendar(values: pd.Series, around: Surroundings) -> tuple[Readings, DateQuestion | None]:
    """Return the cells in the calendar that the header or the owner says, or the question.

    Years such as 1400 are those of the solar Hijri calendar; only the owner knows for sure.
    """
    words = f" {fold_words(around.header).replace('_', ' ')} "
    stated = around.answers.get(CALENDAR) or next(
        (name for name, names in HEADER_CALENDARS.items() if any(n in words for n in names)), None
    )
    plain = Readings(values, Given())
    if stated in HEADER_CALENDARS:
        other = Readings(values, Given(calendar=stated))
        if around.answers.get(CALENDAR) or _readable(other) >= _readable(plain):
            return other, None
    far = sum(cell.problem == OUT_OF_RANGE for cell in plain.cells)
    if stated or not far or far < _readable(plain):
        return plain, None
    jalali = Readings(values, Given(calendar="jalali"))
    if _readable(jalali) <= len(jalali.cells) // 2 or not _readable(jalali):
        return plain, None
    shown = [text for text, cell in zip(jalali.texts, jalali.cells, strict=True) if _is_date(cell)]
    message = "The years of this column are those of the solar Hijri calendar, or slips. Which?"
    choices: tuple[Calendar, ...] = ("jalali", "gregorian")
    return plain, DateQuestion(CALENDAR, message, choices, tuple(shown[:5]))


def _readable(readings: Readings) -> int:
    return sum(map(_is_date, readings.cells))


def _is_date(cell: Cell) -> bool:
    return bool(cell.span or cell.readings)


def _table(cells: Sequence[Cell], results: Sequence[DateSpan | str]) -> pd.DataFrame:
    """Return a row for each different cell; the last one is for missing cells (code -1)."""
    spans = [result if isinstance(result, DateSpan) else None for result in results]
    words = [DatePrecision(span.precision).value if span else None for span in spans]
    problems = [result if isinstance(result, str) else None for result in results]
    return pd.DataFrame(
        {
            "start": np.array([*(span.start if span else None for span in spans), None], DAYS),
            "end": np.array([*(span.end if span else None for span in spans), None], DAYS),
            "precision": pd.array([*words, None], dtype="str"),
            "problem": pd.array([*problems, MISSING], dtype="str"),
            "ongoing": [*(cell.ongoing for cell in cells), False],
        }
    )


def _order_of(
    cells: Sequence[Cell], order: Order | None
) -> tuple[Order | None, tuple[TableWarning, ...]]:
    """Return the order of the column, and a warning where its cells contradict each other."""
    proofs = Counter(cell.proof for cell in cells if cell.proof)
    both = len(proofs) > 1
    against = order is not None and any(proof != order for proof in proofs)
    if both or against:
        message = (
            f"Some dates can only be day first ({proofs['dmy']} of the different ones) and some "
            f"only month first ({proofs['mdy']}); each of those was read in its only way."
        )
        return order, (TableWarning("date_orders_mixed", message),)
    if order or not proofs:
        return order, ()
    return ("dmy" if "dmy" in proofs else "mdy"), ()


def _number_kind(cells: Sequence[Cell], counts: Sequence[int]) -> str | None:
    """Return the sort of bare number that most readable cells of the column are."""
    tally: Counter[str] = Counter()
    for cell, count in zip(cells, counts, strict=True):
        if cell.span or cell.readings:
            tally[cell.kind] += count
    if not tally:
        return None
    kind, count = tally.most_common(1)[0]
    return kind if kind in _NUMBERS and count * 2 > tally.total() else None


def _settle(
    cell: Cell, order: Order | None, dotted: Order | None, number: str | None, *, from_1904: bool
) -> DateSpan | str:
    """Return the span of a cell, or the code of its problem."""
    if cell.problem:
        return cell.problem
    if cell.readings:
        chosen = dotted if cell.dotted else order
        return cell.readings[chosen == "mdy"] if chosen else AMBIGUOUS
    if cell.kind in _NUMBERS and cell.kind != number:
        return AMBIGUOUS
    if cell.span and cell.kind == "serial" and from_1904:
        return day_span(cell.span.start + _TO_1904)
    return cell.span or UNREADABLE


def _order_question(readings: Readings) -> DateQuestion | None:
    proof = readings.proof(
        (place, *cell.readings)  # type: ignore[misc]
        for place, cell in enumerate(readings.cells)
        if cell.readings and not cell.dotted
    )
    if not proof:
        return None
    message = "Which comes first in these dates, the day (dmy) or the month (mdy)?"
    return DateQuestion("date_order", message, ("dmy", "mdy"), proof)


def _number_warnings(cells: Sequence[Cell], number: str | None) -> list[TableWarning]:
    kinds = sorted({cell.kind for cell in cells} & set(_NUMBERS))
    warnings = []
    for kind in kinds:
        if kind == number:
            message = f"Bare numbers were read as {_NUMBERS[kind]}."
            warnings.append(TableWarning("date_numbers_read", message))
        else:
            message = (
                f"Some bare numbers may be {_NUMBERS[kind]}, but most of the column is not; "
                "they were not read as dates. Write them as dates (2022-12-31)."
            )
            warnings.append(TableWarning("date_numbers_unread", message))
    return warnings
