"""A table whose columns are mapped to fields, with the report of its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import pandas as pd

from geomap.ingest.events.coordinate_agreement import Agreement
from geomap.ingest.events.coordinate_columns import (
    NO_COORDINATES,
    CoordinateColumns,
    coordinates_of,
    with_coordinates,
)
from geomap.ingest.events.coordinate_search import SAMPLE_ROWS, find_coordinates
from geomap.ingest.events.date_choice import DateChoice, choose_date
from geomap.ingest.events.division_columns import settle_hierarchy
from geomap.ingest.events.ingest_records import IngestOptions, IngestResult
from geomap.ingest.events.place_names import PlaceFinder
from geomap.ingest.events.row_report import RowLog
from geomap.layouts import (
    ColumnChoice,
    Layout,
    LayoutSpec,
    checked_mapping,
    column_choice,
    missing_parts,
    named_table,
    plain_reason,
    recognise_layout,
)
from geomap.layouts.fields import fold
from geomap.layouts.spec import PLAIN
from geomap.model import Batch, TableWarning
from geomap.raw_table import RawTable

_COORDINATES = frozenset({"latitude", "longitude", "coordinates", "geometry"})
_HIERARCHY = frozenset({"country", "admin1", "admin2"})
_MISSING = ("", "NA", "N/A", "#N/A", "NaN", "nan", "NULL", "null", "None", "-")
_WORD_THAT_MAY_BE_MEANT = {"country": ("NA",), "place_name": ("NA",)}  # Namibia; a Swedish town


@dataclass(frozen=True, slots=True)
class MappedTable:
    """The rows of one file on their way to events.

    `log` gathers the issues of its rows, `warnings` those of the whole file. `dates` is the
    choice of the column of days, None in a known layout; `today` the day of the import.
    """

    raw: RawTable
    layout: Layout
    options: IngestOptions
    log: RowLog
    batch_id: str = ""
    coordinates: CoordinateColumns = NO_COORDINATES
    choices: tuple[ColumnChoice, ...] = ()
    warnings: list[TableWarning] = field(default_factory=list)
    dates: DateChoice | None = None
    today: date | None = None

    @property
    def frame(self) -> pd.DataFrame:
        """The cells as text, by the names of the file's columns."""
        return self.raw.frame

    def result(self) -> IngestResult:
        """Return a result that takes nothing yet, with all that is known about the file."""
        return IngestResult(self.batch(), self.raw.bad_rows, columns=self.column_choices())

    def column_choices(self) -> tuple[ColumnChoice, ...]:
        """Return why each column feeds its field, and why others that might have do not."""
        mapping = self.layout.mapping
        others = () if self.dates is None else self.dates.as_choices()
        dates = tuple(
            choice
            for choice in others
            if (mapping.get(choice.field) == choice.column) == bool(choice.field)
            and (choice.field or choice.column not in mapping.values())
        )
        judged = {(choice.column, choice.field) for choice in (*self.choices, *dates)}
        by_user = set(self.options.mapping.values())
        rest = (
            column_choice(
                self.frame, column, name,
                "the user named it" if column in by_user else "its name is known",
            )
            for name, column in mapping.items()
            if (column, name) not in judged
        )  # fmt: skip
        return (*dates, *self.choices, *rest)

    def batch(self) -> Batch:
        """Return the record of the import so far, without counts."""
        raw, layout = self.raw, self.layout
        return Batch(
            self.batch_id, raw.file_name, raw.sha256, "table", layout.name, layout.reason,
            layout.mapping, self.options.chosen(), warnings=tuple(self.warnings),
            columns=tuple(raw.columns),
        )  # fmt: skip

    def warn(self, code: str, message: str) -> None:
        """Add a warning about the whole file."""
        self.warnings.append(TableWarning(code, message))

    def column(self, name: str) -> pd.Series | None:
        """Return the cells of the column of a field as they are, None without such a column."""
        column = self.layout.mapping.get(name)
        return None if column is None else self.frame[column]

    def text(self, name: str) -> pd.Series | None:
        """Return the cells of a field without blanks round them, NA where there is no value.

        In the layout of a known dataset the next column of the field is used where the first
        is empty. None when no column is mapped to the field.
        """
        first = self.layout.mapping.get(name)
        if first is None:
            return None
        others: list[str] = []
        if self.layout.spec.is_known:
            folded = {fold(column): column for column in reversed(self.raw.columns)}
            names = self.layout.spec.fields.get(name, ())
            others = [folded[other] for other in names if folded.get(other, first) != first]
        cells = _clean(self.frame[first], name)
        for other in dict.fromkeys(others):
            if cells.isna().any():
                cells = cells.where(cells.notna(), _clean(self.frame[other], name))
        return cells.rename(first)

    def codes(self, folded: str | None) -> pd.Series | None:
        """Return the cells of a column of codes, 4.0 written as 4; None without such a column.

        `folded` is the name of the column as `fold` gives it.
        """
        names = (column for column in self.raw.columns if fold(column) == folded)
        column = next(names, None) if folded is not None else None
        if column is None:
            return None
        return self.frame[column].fillna("").str.strip().str.replace(r"\.0*$", "", regex=True)


def map_table(
    raw: RawTable,
    options: IngestOptions,
    layouts: Sequence[LayoutSpec] = (),
    *,
    batch_id: str = "",
    today: date | None = None,
    finder: PlaceFinder | None = None,
) -> MappedTable:
    """Return a table with named columns, mapped as its layout and the user have it.

    Raises
    ------
    InputError
        When the options name a layout, field or column that does not exist.
    FileRefusedError
        When the table holds no events.
    """
    raw = named_table(raw, layouts)
    with_counts = options.read_as == "aggregates"
    layout = recognise_layout(raw, layout=options.layout, own=layouts, with_counts=with_counts)
    given = checked_mapping(options.mapping, raw.columns)
    dates = choose_date(raw, layout.mapping) if layout.name == PLAIN else None
    if dates is not None:
        layout = _with_dates(layout, dates)
    if given:
        mapping = {name: column for name, column in {**layout.mapping, **given}.items() if column}
        if "coordinates" in given:
            mapping.pop("latitude", None), mapping.pop("longitude", None)
        reason = f"{layout.reason} The user mapped {', '.join(given)}."
        layout = replace(layout, mapping=mapping, missing=missing_parts(mapping), reason=reason)
    if dates is not None and given.keys() & {"event_date", "year"}:
        dates = replace(dates, question=None, warning="")
    table = MappedTable(
        raw, layout, options, RowLog(raw.frame.index), batch_id,
        coordinates_of(layout.mapping), warnings=list(raw.warnings), dates=dates, today=today,
    )  # fmt: skip
    if dates is not None and dates.warning:
        table.warn("date_of_report", dates.warning)
    if finder is None or layout.spec.is_known or raw.headerless:
        return table
    return _judged(table, given, finder)


def _with_dates(layout: Layout, dates: DateChoice) -> Layout:
    """Return a layout with the chosen column of days, and without the stamps of a form."""
    mapping = dict(layout.mapping)
    if dates.is_form:
        stamps = {note.column for note in dates.losers if note.role == "form"}
        for name in ("event_date", "event_date_end"):
            if mapping.get(name) in stamps:
                del mapping[name]
    if dates.chosen is not None:
        for part in ("year", "month", "day"):
            mapping.pop(part, None)
        mapping["event_date"] = dates.chosen.column
        if mapping.get("event_date_end") in {dates.chosen.column, *dates.other_ends}:
            del mapping["event_date_end"]
        has_end = {"event_date_end", "end_year"} & mapping.keys()
        if dates.only_end is not None and not has_end:
            mapping["event_date_end"] = dates.only_end
    elif mapping.get("event_date") in {note.column for note in dates.losers}:
        del mapping["event_date"]
    missing, reason = missing_parts(mapping), plain_reason(mapping)
    return replace(layout, mapping=mapping, missing=missing, reason=reason)


def _judged(table: MappedTable, given: Mapping[str, str], finder: PlaceFinder) -> MappedTable:
    """Return a table of its owner's own layout with its places judged by their cells too."""
    mapping: dict[str, str] = dict(table.layout.mapping)
    choices: tuple[ColumnChoice, ...] = ()
    if not _HIERARCHY & set(given):
        hierarchy = settle_hierarchy(table.frame, mapping, finder)
        mapping, choices = dict(hierarchy.mapping), hierarchy.choices
        finder.settle(hierarchy.country, hierarchy.names or {})
        if hierarchy.warning:
            table.warn("country_implied", hierarchy.warning)
    coordinates = table.coordinates
    if not _COORDINATES & set(given):
        sample = table.frame.head(SAMPLE_ROWS)
        agreement = Agreement(sample, mapping, finder)
        coordinates = find_coordinates(sample, mapping, agreement)
        mapping = with_coordinates(mapping, coordinates)
        if coordinates.warning:
            table.warn("coordinates_by_content", coordinates.warning)
    reason = table.layout.reason
    if reason == plain_reason(table.layout.mapping):  # given by names: they are not all now
        reason = plain_reason(mapping)
    missing = missing_parts(mapping)
    layout = replace(table.layout, mapping=mapping, missing=missing, reason=reason)
    choices = (*choices, *coordinates.choices, *coordinates.unused)
    return replace(table, layout=layout, coordinates=coordinates, choices=choices)


def _clean(cells: pd.Series, name: str) -> pd.Series:
    text = cells.str.strip()
    meant = _WORD_THAT_MAY_BE_MEANT.get(name, ())
    return text.mask(text.isin([word for word in _MISSING if word not in meant]))
