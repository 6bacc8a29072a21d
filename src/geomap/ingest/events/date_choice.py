"""Which column of a table holds the day of the event: judged by name, by cells, by agreement.

The day of occurrence comes before that of death, of report and of entry; the stamps that a form
sets by itself come last. Two columns of one kind that differ are put to the owner with rows of
both. Nothing is chosen against a layout that is known or a column that the user named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from geomap.dates.date_cells import Cell, read_cell
from geomap.ingest.events.date_roles import ROLE_WORDS, ROLES, is_form_table, role_of
from geomap.ingest.events.ingest_records import Question
from geomap.layouts import ColumnChoice, plain_spec
from geomap.layouts.fields import fold
from geomap.model import DatePrecision, DateSpan
from geomap.raw_table import RawTable

_SAMPLE = 60
_LEAST_SHARE = 0.7
_FEWEST_SEEN = 8
_LONGEST = 40
_DIFFERENT = 0.05
"""Share of rows in which two columns of one kind must differ to be put to the owner."""
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_PACKED = re.compile(r"(?:1[89]|20)\d{6}(?:\d{6})?(?:\.0)?")
_LEFT_OUT = ("other", "end")
_WEAK = ("death", "report", "publication", "stamp")
_ASKED = ("entry", "form")


@dataclass(frozen=True, slots=True)
class DateColumnNote:
    """A column that holds dates: what it is about, why, and its first cell."""

    column: str
    role: str
    reason: str
    sample: str


@dataclass(frozen=True, slots=True)
class DateChoice:
    """The column of the day of the event, those that lost with reasons, or the question.

    `parts` says that columns of year, month and day hold it. `is_form` marks a table that a form
    wrote, whose "start" and "end" are its own stamps. `known_years` are the first and last year
    of four digits in all its date columns.
    """

    chosen: DateColumnNote | None
    losers: tuple[DateColumnNote, ...] = ()
    question: Question | None = None
    is_form: bool = False
    known_years: tuple[int, int] | None = None
    warning: str = ""

    @property
    def other_ends(self) -> frozenset[str]:
        """The columns of last days that belong to a first day which was not chosen."""
        roles = {note.role for note in self.losers}
        if self.chosen is None or self.chosen.role == "begin" or "begin" not in roles:
            return frozenset()
        return frozenset(note.column for note in self.losers if note.role == "end")

    def as_choices(self) -> tuple[ColumnChoice, ...]:
        """Return the columns of days with their reasons, the chosen one first."""
        chosen = [] if self.chosen is None else [("event_date", self.chosen)]
        return tuple(
            ColumnChoice(note.column, name, note.reason, note.sample)
            for name, note in [*chosen, *(("", note) for note in self.losers)]
        )


def choose_date(table: RawTable, mapping: Mapping[str, str]) -> DateChoice | None:
    """Return the choice of the column of the day of the event, None where no column holds days.

    Parameters
    ----------
    table
        The table as read, with named columns.
    mapping
        Fields to columns as the names have it so far.
    """
    is_form = is_form_table(table.columns)
    taken = {c for field, c in mapping.items() if field in {"latitude", "longitude", "event_id"}}
    notes, readings = [], {}
    for place, column in enumerate(table.columns[:500]):
        if column in taken or column in readings:
            continue
        cells = _dates_in(table.frame.iloc[:, place])
        role = role_of(column, is_form=is_form) if cells else ""
        if cells and (role != "unnamed" or any(_is_exact(cell) for _, cell in cells.values())):
            readings[column] = cells
            sample = next(iter(cells.values()))[0]
            notes.append(DateColumnNote(column, role, f"it holds {ROLE_WORDS[role]}", sample))
    if not notes:
        return None
    notes.sort(key=lambda note: ROLES.index(note.role))
    return _settled(notes, readings, table, mapping, is_form=is_form)


def year_column(table: RawTable) -> str | None:
    """Return the column that states the year of each row in four digits, None without one."""
    names = plain_spec().fields["year"]
    for column in table.columns:
        if fold(column) in names:
            cells = table.frame[column].head(_SAMPLE).str.strip()
            filled = cells[cells.fillna("") != ""]
            if len(filled) and filled.str.fullmatch(r"\d{4}(?:\.0*)?").mean() >= _LEAST_SHARE:
                return column
    return None


def _dates_in(column: pd.Series) -> dict[int, tuple[str, Cell]]:
    """Return the sample of a column as dates by row, empty where most cells are none."""
    cells = column.head(_SAMPLE).dropna().str.strip()
    cells = cells[cells != ""]
    found: dict[int, tuple[str, Cell]] = {}
    seen = 0
    for row, text in cells.items():
        seen += 1
        cell = read_cell(text) if len(text) <= _LONGEST and _may_be_day(text) else Cell(problem="-")
        is_far = cell.problem == "date_out_of_range"  # perhaps a year of another calendar
        if cell.span or cell.readings or is_far or cell.problem == "date_no_year":
            found[int(str(row))] = (text, cell)
        elif cell.problem == "date_missing":
            seen -= 1
        if seen == _FEWEST_SEEN and not found:
            return {}
    return found if found and len(found) >= _LEAST_SHARE * seen else {}


def _may_be_day(text: str) -> bool:
    """Return whether a cell is no bare number; eight digits may be a day."""
    return not _NUMBER.fullmatch(text) or _PACKED.fullmatch(text) is not None


def _is_exact(cell: Cell) -> bool:
    span = cell.span or next(iter(cell.readings), None)
    return span is not None and span.precision is DatePrecision.DAY


def _settled(
    notes: Sequence[DateColumnNote],
    readings: Mapping[str, Mapping[int, tuple[str, Cell]]],
    table: RawTable,
    mapping: Mapping[str, str],
    *,
    is_form: bool,
) -> DateChoice:
    years = _known_years(readings)
    able = [note for note in notes if note.role not in _LEFT_OUT]
    best = [note for note in able if note.role == able[0].role] if able else []
    best = _agreeing(
        sorted(best, key=lambda note: -_exactness(readings[note.column])), readings, table
    )
    has_parts = {"year", "month"} <= set(mapping)
    if not best or (has_parts and best[0].role not in {"occurrence", "begin", "plain"}):
        return DateChoice(None, tuple(notes), is_form=is_form, known_years=years)
    chosen = best[0]
    rivals = best[1:] if chosen.role != "unnamed" else [n for n in able[1:] if n.role not in _ASKED]
    rival = next((one for one in rivals if _differ(readings, chosen, one)), None)
    losers = tuple(note for note in notes if note is not chosen)
    question = None
    if rival is not None:
        question = _question([chosen, rival], readings)
    elif chosen.role in _ASKED:
        question = _question([note for note in able if note.role in _ASKED], readings)
    warning = ""
    if chosen.role in _WEAK:
        held = ROLE_WORDS[chosen.role]
        warning = f"No column says when it happened; {chosen.column!r} ({held}) was taken."
    return DateChoice(chosen, losers, question, is_form, years, warning)


def _exactness(cells: Mapping[int, tuple[str, Cell]]) -> float:
    """Return the share of cells that name a day, in steps that two like columns share."""
    return round(sum(_is_exact(cell) for _, cell in cells.values()) / len(cells), 1)


def _agreeing(
    notes: Sequence[DateColumnNote],
    readings: Mapping[str, Mapping[int, tuple[str, Cell]]],
    table: RawTable,
) -> list[DateColumnNote]:
    """Return the columns in the order of how well their years agree with a column of years."""
    stated = year_column(table) if len(notes) > 1 else None
    if stated is None:
        return list(notes)
    years = pd.to_numeric(table.frame[stated], errors="coerce")

    def share(note: DateColumnNote) -> float:
        spans = [(row, _span(cell)) for row, (_, cell) in readings[note.column].items()]
        agree = [span.start.year == years[row] for row, span in spans if span is not None]
        return sum(agree) / len(agree) if agree else 0.0

    shares = {note.column: share(note) for note in notes}
    top = max(shares.values())
    return [note for note in notes if shares[note.column] > top - _DIFFERENT]


def _differ(
    readings: Mapping[str, Mapping[int, tuple[str, Cell]]],
    one: DateColumnNote,
    other: DateColumnNote,
) -> bool:
    """Return whether two columns name other days in more than a few rows."""
    left, right = readings[one.column], readings[other.column]
    rows = left.keys() & right.keys()
    if not rows:
        return True
    different = sum(not _may_agree(left[row][1], right[row][1]) for row in rows)
    return different > _DIFFERENT * len(rows)


def _may_agree(one: Cell, other: Cell) -> bool:
    """Return whether two cells may mean the same days: a month agrees with each of its days."""
    if one.problem or other.problem:
        return True
    return any(
        left.start <= (right.end or left.start) and right.start <= (left.end or right.start)
        for left in (one.readings or (one.span,))
        for right in (other.readings or (other.span,))
        if left and right
    )


def _span(cell: Cell) -> DateSpan | None:
    return cell.span or next(iter(cell.readings), None)


def _known_years(
    readings: Mapping[str, Mapping[int, tuple[str, Cell]]],
) -> tuple[int, int] | None:
    cells = (cell for column in readings.values() for _, cell in column.values())
    spans = [_span(cell) for cell in cells if not cell.short_year]
    years = [span.start.year for span in spans if span is not None]
    return (min(years), max(years)) if years else None


def _question(
    notes: Sequence[DateColumnNote], readings: Mapping[str, Mapping[int, tuple[str, Cell]]]
) -> Question:
    """Return the question which of some columns holds the day of the event, with rows of each."""
    columns = tuple(note.column for note in notes)
    rows = sorted(set.union(*(set(readings[column]) for column in columns)))[:5]
    proof = tuple(
        f"row {row}: "
        + "; ".join(
            f"{column}: {readings[column][row][0]}" for column in columns if row in readings[column]
        )
        for row in rows
    )
    names = " or ".join(f"--map event_date={column!r}" for column in columns)
    several = f"Several columns may hold the day of the event ({', '.join(columns)})"
    single = f"Column {columns[0]!r} holds {ROLE_WORDS[notes[0].role]}, not the day of the event"
    message = f"{several if len(columns) > 1 else single}; say which one does ({names})."
    return Question("event_date", message, columns, proof)
