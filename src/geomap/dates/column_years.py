"""The years that the cells of a column leave open: of two digits, or not written at all.

Two digits mean the year that the row states elsewhere, else one that fits the other years of the
file and does not lie in the future. Where two centuries are as likely, the owner is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import numpy as np
import pandas as pd

from geomap.dates.column_readings import DateQuestion, Readings, Surroundings
from geomap.dates.date_cells import NO_YEAR, Cell
from geomap.dates.date_spans import is_written_year
from geomap.model import TableWarning

CENTURY = "date_century"

_FIRST_YEAR = 1969
"""First of the hundred years of two digits where neither the file nor a day of import is known."""
_WIDEST = 50
"""Years of one file that lie further apart than this leave the century of two digits open."""
_CLEAR = 25
"""How much nearer to the other years of the file one century must be than the other, in years."""
_LAST_DAY = 31
_DASHED = re.compile(r"(\d{1,2})-\d{1,2}-(\d{2})(?!\d)")
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")


def settle_years(
    readings: Readings, around: Surroundings
) -> tuple[DateQuestion | None, list[TableWarning]]:
    """Read the cells anew whose year another cell, the file or the day of import gives.

    Parameters
    ----------
    readings, around
        The cells of a column, changed in place; what lies round it.

    Returns
    -------
    question, warnings
        A question where the century of two digits is open; what was taken for granted.
    """
    _settle_dashes(readings, around.years)
    if not any(map(_is_open, readings.cells)):
        return None, []
    if around.years is not None:
        _by_row(readings, around.years)
    counts = readings.counts()
    left = [place for place, cell in enumerate(readings.cells) if _is_open(cell) and counts[place]]
    warnings = _without_year(readings, [p for p in left if _lacks_year(readings.cells[p])], around)
    short = [place for place in left if readings.cells[place].short_year]
    if not short:
        return None, warnings
    first_year, question = _century(readings, short, around)
    for place in short:
        cell = readings.read_again(place, readings.given._replace(first_year=first_year))
        readings.cells[place] = cell
    message = f"Years of two digits were read as {first_year} to {first_year + 99}."
    return question, [*warnings, TableWarning("date_short_years", message)]


def _settle_dashes(readings: Readings, years: pd.Series | None) -> None:
    """Read 05-03-12 by the cells that show on which side of the dashes the year stands."""
    parts = {
        place: (int(match[1]), int(match[2]))
        for place, text in enumerate(readings.texts)
        if (match := _DASHED.match(text.strip()))
    }
    if not parts:
        return
    ends = [*parts.values()]
    if years is not None:
        stated = pd.to_numeric(years, errors="coerce").to_numpy(dtype="float64") % 100
        rows = [row for row, code in enumerate(readings.codes.tolist()) if code in parts]
        pairs = [(stated[row], *parts[int(readings.codes[row])]) for row in rows]
        signs = {side for side in (1, 2) if all(pair[0] == pair[side] for pair in pairs)}
    else:
        signs = {side + 1 for side in (0, 1) if any(end[side] > _LAST_DAY for end in ends)}
    if len(signs) != 1:
        return
    side: Literal["first", "last"] = "first" if signs == {1} else "last"
    readings.given = readings.given._replace(dashed_year=side)
    for place in parts:
        readings.cells[place] = readings.read_again(place, readings.given)


def _is_open(cell: Cell) -> bool:
    return cell.short_year or _lacks_year(cell)


def _lacks_year(cell: Cell) -> bool:
    return cell.problem == NO_YEAR


def _by_row(readings: Readings, years: pd.Series) -> None:
    """Settle the cells of rows that state their year, each with the year of its own row."""
    stated = pd.to_numeric(years, errors="coerce").to_numpy(dtype="float64")
    open_cells = np.array([*map(_is_open, readings.cells), False])
    rows = open_cells[readings.codes] & np.isfinite(stated)
    numbers = np.where(rows, stated, 0).astype("int64")
    keys, of_key = np.unique(readings.codes[rows] * 10_000 + numbers[rows], return_inverse=True)
    first = len(readings.cells)
    for key in keys.tolist():
        place, year = divmod(key, 10_000)
        given = readings.given._replace(first_year=year - _WIDEST, year=year)
        cell = readings.read_again(place, given) if is_written_year(year) else readings.cells[place]
        readings.texts.append(readings.texts[place])
        readings.cells.append(replace(cell, short_year=False))
    readings.codes[rows] = first + of_key


def _without_year(
    readings: Readings, places: Sequence[int], around: Surroundings
) -> list[TableWarning]:
    """Settle days without a year by that of the header, or the only one of the column."""
    year = _year_of_column(readings, len(places), around.header) if places else None
    if year is None:
        return []
    for place in places:
        readings.cells[place] = readings.read_again(place, readings.given._replace(year=year))
    message = f"Days without a year were read as days of {year}, the year of the whole column."
    return [TableWarning("date_year_assumed", message)]


def _year_of_column(readings: Readings, lacking: int, header: str) -> int | None:
    named = {int(year) for year in _YEAR.findall(header)}
    if len(named) == 1:
        return named.pop()
    stated = [cell for cell in readings.cells if cell.span and not cell.short_year]
    years = {cell.span.start.year for cell in stated if cell.span}
    return years.pop() if len(years) == 1 and len(stated) >= lacking else None


def _century(
    readings: Readings, places: Sequence[int], around: Surroundings
) -> tuple[int, DateQuestion | None]:
    """Return the first of the hundred years that are meant, and a question if it is open."""
    answer = around.answers.get(CENTURY, "")
    if answer.isdigit():
        return int(answer), None
    if around.today is None:
        return _FIRST_YEAR, None
    newest = around.today.year - 99
    years = [_year_of(readings.cells[place]) for place in places]
    shorts = {year % 100 for year in years if year is not None}
    latest = {short: newest + (short - newest) % 100 for short in shorts}
    chosen, is_clear = _nearest(latest, _known_years(readings, around))
    if is_clear and max(chosen) - min(chosen) < 100:
        return min(max(newest, max(chosen) - 99), *chosen), None
    earlier = newest - max(1, around.today.year % 100 + 1)
    choices = (str(newest), str(earlier))
    message = "Two digits may mean years of two centuries. Which is the first year they may mean?"
    proof = _proof(readings, places, newest, earlier)
    return newest, DateQuestion(CENTURY, message, choices, proof)


def _nearest(latest: dict[int, int], known: tuple[int, int] | None) -> tuple[list[int], bool]:
    """Return the year of each two digits, and whether no other century is as likely."""
    if known is None:
        years = list(latest.values())
        return years, max(years) - min(years) <= _WIDEST
    chosen, is_clear = [], True
    for late in latest.values():
        far, early_far = (max(known[0] - y, y - known[1], 0) for y in (late, late - 100))
        chosen.append(late if far <= early_far else late - 100)
        is_clear &= abs(far - early_far) >= _CLEAR
    return chosen, is_clear


def _known_years(readings: Readings, around: Surroundings) -> tuple[int, int] | None:
    """Return the first and last year of four digits in the column and the file."""
    years = [cell.span.start.year for cell in readings.cells if cell.span and not cell.short_year]
    years += around.known_years or ()
    return (min(years), max(years)) if years else None


def _year_of(cell: Cell) -> int | None:
    spans = (cell.span, *cell.readings)
    return next((span.start.year for span in spans if span), None)


def _proof(readings: Readings, places: Sequence[int], newest: int, earlier: int) -> tuple[str, ...]:
    def both(place: int) -> tuple[Cell, Cell]:
        given = readings.given
        late, early = (given._replace(first_year=year) for year in (newest, earlier))
        return readings.read_again(place, late), readings.read_again(place, early)

    pairs = ((place, *both(place)) for place in places)
    return readings.proof(
        (place, late.span or late.readings[0], early.span or early.readings[0])
        for place, late, early in pairs
        if _year_of(late) != _year_of(early)
    )
