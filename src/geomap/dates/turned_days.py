"""Days that a spreadsheet turned round: of 05/07 and 13/07 it takes the first for 7 May.

A spreadsheet of the other habit makes dates of the cells that fit it, with day and month
exchanged, and leaves the others as text. What is left is a column in which no date has a day
above 12 and no text one below 13.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from geomap.dates.column_readings import DateQuestion, Readings, Surroundings
from geomap.dates.date_cells import Cell
from geomap.dates.date_spans import day_span
from geomap.model import DatePrecision, DateSpan, TableWarning

TURNED = "date_days"
_AS_WRITTEN, _TURNED = "as written", "turned round"
_MONTHS = 12
_FEWEST, _FEWEST_DAYS = 3, 3
_CHANCE = 0.05
"""Below this chance of a column without the fault it is suspected (a day is up to 12 in 39 %)."""
_SORTED, _UNSORTED = 0.02, 0.2


def settle_turned(
    readings: Readings, around: Surroundings
) -> tuple[DateQuestion | None, list[TableWarning]]:
    """Turn the days back that a spreadsheet turned round, where that is certain or answered.

    Parameters
    ----------
    readings, around
        The cells of a column, changed in place; what lies round it.
    """
    places = _suspects(readings.cells)
    if not places:
        return None, []
    answer = around.answers.get(TURNED) or _by_order(readings, places)
    state = "They were read as written"
    if answer == _TURNED:
        state = "They were turned back"
        for place in places:
            readings.cells[place] = _turned(readings.cells[place])
    message = (
        "All dates of the column have a day up to 12, all texts one above: a spreadsheet seems to "
        f"have exchanged the day and the month of those that it took for dates. {state}."
    )
    question = None if answer else _question(readings, places, message)
    return question, [TableWarning("date_days_turned", message)]


def _suspects(cells: Sequence[Cell]) -> list[int]:
    """Return the cells that seem to be turned round, none where the column shows no sign of it."""
    dates = [place for place, cell in enumerate(cells) if _is_day(cell)]
    days = [span.start.day for place in dates if (span := cells[place].span)]
    proofs = {cell.proof for cell in cells if cell.proof}
    if len(dates) < _FEWEST or max(days) > _MONTHS:
        return []
    if len(set(days)) < _FEWEST_DAYS and not set(days) <= _months_of_texts(cells):
        return []  # the first of every month is a day up to 12 as well
    if len(proofs) != 1 or any(cell.readings for cell in cells):
        return []
    texts = sum(bool(cell.proof) for cell in cells)
    share = _MONTHS / 31
    chance: float = share ** len(dates) * (1 - share) ** texts
    turns = [place for place in dates if _turned(cells[place]) != cells[place]]
    return turns if chance < _CHANCE else []


def _months_of_texts(cells: Sequence[Cell]) -> set[int]:
    """Return the months of the texts: days that are these months alone are months themselves."""
    return {cell.span.start.month for cell in cells if cell.proof and cell.span}


def _is_day(cell: Cell) -> bool:
    return bool(cell.kind == "ymd" and cell.span and cell.span.precision is DatePrecision.DAY)


def _turned_span(span: DateSpan) -> DateSpan:
    day = span.start
    return day_span(day.replace(month=day.day, day=day.month))


def _turned(cell: Cell) -> Cell:
    return replace(cell, span=_turned_span(cell.span)) if cell.span else cell


def _by_order(readings: Readings, places: Sequence[int]) -> str | None:
    """Return the reading in which the rows follow each other in time; None where none does."""
    written = np.array([_ordinal(cell) for cell in readings.cells])
    turned = written.copy()
    turned[places] = [_ordinal(_turned(readings.cells[place])) for place in places]
    rows = readings.codes[readings.codes >= 0]
    shares = [_share_of_steps_back(days[rows]) for days in (written, turned)]
    if shares[0] <= _SORTED and shares[1] >= _UNSORTED:
        return _AS_WRITTEN
    return _TURNED if shares[1] <= _SORTED and shares[0] >= _UNSORTED else None


def _ordinal(cell: Cell) -> float:
    return cell.span.start.toordinal() if cell.span else np.nan


def _share_of_steps_back(days: np.ndarray) -> float:
    """Return the share of steps against the direction that most rows follow."""
    steps = np.diff(days[np.isfinite(days)])
    steps = steps[steps != 0]
    if not len(steps):
        return 1.0
    back = float((steps < 0).mean())
    return min(back, 1 - back)


def _question(readings: Readings, places: Sequence[int], message: str) -> DateQuestion:
    pairs = (
        (place, span, _turned_span(span))
        for place in places
        if (span := readings.cells[place].span)
    )
    return DateQuestion(TURNED, message, (_AS_WRITTEN, _TURNED), readings.proof(pairs))
