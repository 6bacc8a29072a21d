"""A column of cells read as dates: one order of day and month for the whole column.

No row is lost: every cell has either its days or the code of its problem. What the column
cannot settle is asked of its owner and never guessed. Digits with full stops (3.4.2022) are
day first unless a cell of the column proves otherwise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

import numpy as np
import pandas as pd

from geomap.dates.date_cells import AMBIGUOUS, MISSING, UNREADABLE, Cell, read_cell
from geomap.dates.span_words import words_of_span
from geomap.model import DatePrecision, DateSpan, TableWarning

DAYS = "datetime64[us]"  # as in `tables`, a room on the same floor
Order = Literal["dmy", "mdy"]

_SHOWN = 5
_TO_1904 = timedelta(days=1462)
_NUMBERS = {
    "serial": "days as a spreadsheet counts them (1900 system)",
    "seconds": "seconds since 1970",
    "milliseconds": "milliseconds since 1970",
}


@dataclass(frozen=True, slots=True)
class DateQuestion:
    """What only the owner of a column can answer: its choices, and cells that show why."""

    about: str
    choices: tuple[str, ...]
    proof: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DateColumn:
    """A column read as dates; the Series have the index of the cells.

    Where `problem` holds a code, `start`, `end` and `precision` are missing. `ongoing` is
    true where the cell says so in words ("present"); such a cell has no date of its own.
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
    values: pd.Series, *, order: Order | None = None, from_1904: bool = False
) -> DateColumn:
    """Return the days that each cell of a column names.

    Bare numbers (serials, seconds) are dates only where most of the column's readable cells
    are the same sort of number; else they are ambiguous. A time of day and its zone are
    left out: the day stays as written.

    Parameters
    ----------
    values, order
        Cells as text; the owner's answer to which part comes first, if it was asked.
    from_1904
        Whether a spreadsheet's bare numbers of days count from 1904.

    Returns
    -------
    column
        Days, precision and problem of each cell, the order found, and what to ask.
    """
    codes, uniques = pd.factorize(values)
    texts = [str(value) for value in uniques]
    cells = [read_cell(text) for text in texts]
    counts = np.bincount(codes[codes >= 0], minlength=len(texts)).tolist()
    found, warnings = _order_of(cells, order)
    dotted = found or ("dmy" if any(cell.dotted and cell.readings for cell in cells) else None)
    number = _number_kind(cells, counts)
    settled = [_settle(cell, found, dotted, number) for cell in cells]
    if from_1904 and number == "serial":
        settled = [
            _later(item) if cell.kind == "serial" else item
            for cell, item in zip(cells, settled, strict=True)
        ]
    years = any(cell.kind == "ymd" and cell.span for cell in cells)
    question = None
    if found is None and order is None and not warnings:
        question = _question(values, codes, texts, cells)
    return _column(
        values, codes, cells, settled,
        order=found or dotted or ("ymd" if years else None),
        question=question,
        warnings=(*warnings, *_number_warnings(cells, number), *_short_years(cells)),
    )  # fmt: skip


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
    cell: Cell, order: Order | None, dotted: Order | None, number: str | None
) -> DateSpan | str:
    """Return the span of a cell, or the code of its problem."""
    if cell.problem:
        return cell.problem
    if cell.readings:
        chosen = dotted if cell.dotted else order
        return cell.readings[chosen == "mdy"] if chosen else AMBIGUOUS
    if cell.kind in _NUMBERS and cell.kind != number:
        return AMBIGUOUS
    return cell.span or UNREADABLE


def _later(item: DateSpan | str) -> DateSpan | str:
    """Return a day that counts from 1904 where it was read as counted from 1900."""
    if isinstance(item, str) or item.end is None:
        return item
    return replace(item, start=item.start + _TO_1904, end=item.end + _TO_1904)


def _question(
    values: pd.Series, codes: np.ndarray, texts: Sequence[str], cells: Sequence[Cell]
) -> DateQuestion | None:
    proof = []
    for position, cell in enumerate(cells):
        if cell.readings and not cell.dotted:
            row = values.index[int(np.argmax(codes == position))]
            first, second = (words_of_span(s.start, s.end, s.precision) for s in cell.readings)
            proof.append(f"row {row}: {texts[position]!r} is {first} or {second}")
            if len(proof) == _SHOWN:
                break
    if not proof:
        return None
    about = "Which comes first in these dates, the day (dmy) or the month (mdy)?"
    return DateQuestion(about, ("dmy", "mdy"), tuple(proof))


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


def _short_years(cells: Sequence[Cell]) -> list[TableWarning]:
    if not any(cell.short_year for cell in cells):
        return []
    message = "Years of two digits were read as 1969 to 2068."
    return [TableWarning("date_short_years", message)]


def _column(
    values: pd.Series,
    codes: np.ndarray,
    cells: Sequence[Cell],
    settled: Sequence[DateSpan | str],
    *,
    order: Literal["ymd", "dmy", "mdy"] | None,
    question: DateQuestion | None,
    warnings: tuple[TableWarning, ...],
) -> DateColumn:
    spans = [item if isinstance(item, DateSpan) else None for item in settled]
    problems = [item if isinstance(item, str) else None for item in settled]

    def column(items: list[object], missing: object, dtype: str) -> pd.Series:
        # a missing cell has the code -1, which takes the last item
        if dtype == "str":
            return pd.Series(pd.array([*items, missing], dtype="str").take(codes), values.index)
        every = np.array([*items, missing], dtype=DAYS if dtype == DAYS else object)
        return pd.Series(every[codes], index=values.index, dtype=dtype)

    return DateColumn(
        start=column([span.start if span else None for span in spans], None, DAYS),
        end=column([span.end if span else None for span in spans], None, DAYS),
        precision=column([_word(span) for span in spans], None, "str"),
        problem=column(list(problems), MISSING, "str"),
        order=order,
        question=question,
        warnings=warnings,
        ongoing=column([cell.ongoing for cell in cells], missing=False, dtype="bool"),
    )


def _word(span: DateSpan | None) -> str | None:
    return DatePrecision(span.precision).value if span else None
