"""Which column of a table holds the day of the event: judged by name, by cells, by agreement.

The day of occurrence comes before that of death, of report and of entry; the stamps that a form
sets by itself come last. Two columns of one kind that differ are put to the owner with rows of
both. Nothing is chosen against a layout that is known or a column that the user named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from geomap.dates.date_cells import Cell
from geomap.ingest.events.date_conflicts import (
    have_parts,
    is_read_in_part,
    unread_column,
    unread_question,
)
from geomap.ingest.events.date_roles import ROLE_WORDS, ROLES, is_form_table, role_of
from geomap.ingest.events.date_samples import (
    LEAST_SHARE,
    SAMPLE,
    CellsByRow,
    DateColumnNote,
    Readings,
    dates_in,
    is_exact,
    span_of,
)
from geomap.ingest.events.ingest_records import Question
from geomap.layouts import ColumnChoice, plain_spec
from geomap.layouts.fields import fold
from geomap.raw_table import RawTable

_DIFFERENT = 0.05
"""Share of rows in which two columns of one kind must differ to be put to the owner."""
_LEFT_OUT = ("other", "end")
_WEAK = ("death", "report", "publication", "stamp")
_ASKED = ("entry", "form")


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

    @property
    def only_end(self) -> str | None:
        """The column that holds the last day where exactly one does."""
        ends = {note.column for note in self.losers if note.role == "end"} - self.other_ends
        return ends.pop() if len(ends) == 1 else None

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
        named = column == mapping.get("event_date")
        cells = dates_in(table.frame.iloc[:, place], years=named)
        role = role_of(column, is_form=is_form) if cells else ""
        if role == "period" and "year" in mapping:
            continue  # a part of the date, not the whole of it
        if cells and (role != "unnamed" or any(is_exact(cell) for _, cell in cells.values())):
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
            cells = table.frame[column].head(SAMPLE).str.strip()
            filled = cells[cells.fillna("") != ""]
            if len(filled) and filled.str.fullmatch(r"\d{4}(?:\.0*)?").mean() >= LEAST_SHARE:
                return column
    return None


def _settled(
    notes: Sequence[DateColumnNote],
    readings: Readings,
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
    if not best or have_parts(best[0], readings, table, mapping):
        return DateChoice(None, tuple(notes), is_form=is_form, known_years=years)
    chosen = best[0]
    rivals = best[1:] if chosen.role != "unnamed" else [n for n in able[1:] if n.role not in _ASKED]
    rival = next((one for one in rivals if _differ(readings, chosen, one)), None)
    losers = tuple(note for note in notes if note is not chosen)
    unread = unread_column(mapping, chosen, notes, table)
    if unread is not None and chosen.role in _ASKED and is_read_in_part(unread, table):
        return DateChoice(None, tuple(notes), is_form=is_form, known_years=years)
    question = None
    if rival is not None:
        question = _question([chosen, rival], readings)
    elif unread is not None:
        question = unread_question(unread, chosen, table)
    elif chosen.role in _ASKED:
        question = _question([note for note in able if note.role in _ASKED], readings)
    warning = ""
    if chosen.role in _WEAK:
        held = ROLE_WORDS[chosen.role]
        warning = f"No column says when it happened; {chosen.column!r} ({held}) was taken."
    return DateChoice(chosen, losers, question, is_form, years, warning)


def _exactness(cells: CellsByRow) -> float:
    """Return the share of cells that name a day, in steps that two like columns share."""
    return round(sum(is_exact(cell) for _, cell in cells.values()) / len(cells), 1)


def _agreeing(
    notes: Sequence[DateColumnNote],
    readings: Readings,
    table: RawTable,
) -> list[DateColumnNote]:
    """Return the columns in the order of how well their years agree with a column of years."""
    stated = year_column(table) if len(notes) > 1 else None
    if stated is None:
        return list(notes)
    years = pd.to_numeric(table.frame[stated], errors="coerce")

    def share(note: DateColumnNote) -> float:
        spans = [(row, span_of(cell)) for row, (_, cell) in readings[note.column].items()]
        agree = [span.start.year == years[row] for row, span in spans if span is not None]
        return sum(agree) / len(agree) if agree else 0.0

    shares = {note.column: share(note) for note in notes}
    top = max(shares.values())
    return [note for note in notes if shares[note.column] > top - _DIFFERENT]


def _differ(
    readings: Readings,
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


def _known_years(
    readings: Readings,
) -> tuple[int, int] | None:
    cells = (cell for column in readings.values() for _, cell in column.values())
    spans = [span_of(cell) for cell in cells if not cell.short_year]
    years = [span.start.year for span in spans if span is not None]
    return (min(years), max(years)) if years else None


def _question(notes: Sequence[DateColumnNote], readings: Readings) -> Question:
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
