"""The different cells of one column of dates, what lies round them, and questions about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from geomap.dates.cell_points import Given
from geomap.dates.date_cells import Cell, read_cell
from geomap.dates.date_spans import words_of_span
from geomap.model import DateSpan

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class DateQuestion:
    """A question that only the owner of a column can answer.

    `about` is "date_order", "date_century", "date_days" or "date_calendar"; `proof` shows cells.
    """

    about: str
    message: str
    choices: tuple[str, ...]
    proof: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What lies round a column of dates in its file.

    `header` is its name, `years` the year that each row states in a column of its own,
    `known_years` the first and last year of other dates of the file, `today` the day of the
    import; `answers` lead from what a question is about to the choice of the owner.
    """

    header: str = ""
    years: pd.Series | None = None
    known_years: tuple[int, int] | None = None
    today: date | None = None
    answers: Mapping[str, str] = field(default_factory=dict)


class Readings:
    """The different cells of a column; `codes` leads from each row to its cell (-1: missing)."""

    def __init__(self, values: pd.Series, given: Given) -> None:
        codes, uniques = pd.factorize(values)
        self.index = values.index
        self.codes: npt.NDArray[np.int64] = codes.astype("int64")
        self.texts = [str(value) for value in uniques]
        self.given = given
        self.cells: list[Cell] = [read_cell(text, given) for text in self.texts]

    def counts(self) -> list[int]:
        """Return how many rows each cell is in."""
        used = self.codes[self.codes >= 0]
        return [int(count) for count in np.bincount(used, minlength=len(self.texts))]

    def read_again(self, place: int, given: Given) -> Cell:
        """Return a cell read with other years or another calendar."""
        return read_cell(self.texts[place], given)

    def proof(self, readings: Iterator[tuple[int, DateSpan, DateSpan]]) -> tuple[str, ...]:
        """Return a line for each of the first cells, with both of its meanings."""
        lines = []
        for place, first, second in readings:
            row = self.index[int(np.argmax(self.codes == place))]
            one, other = (words_of_span(s.start, s.end, s.precision) for s in (first, second))
            lines.append(f"row {row}: {self.texts[place]!r} is {one} or {other}")
            if len(lines) == _SHOWN:
                break
        return tuple(lines)
