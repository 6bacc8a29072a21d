"""Workbooks as offices make them: read-me sheets, titles, merged headers, two date systems."""

from __future__ import annotations

from typing import Any

import pytest
from tests.readers.workbooks import Cell, workbook

from geomap.dates import read_dates
from geomap.errors import FileRefusedError
from geomap.readers.table_file import RawTable, read_table

README: list[list[Cell]] = [
    ["About this file"],
    ["A long text about how the data was gathered"],
    ["Ask us"],
] * 9
EVENTS: list[list[Cell]] = [["Date", "Place", "Lat", "Lon"], ["2022-12-12", "Shusha", 39.76, 46.75]]


def _read(data: bytes, sheet: str | None = None) -> RawTable:
    return read_table(data, name="t.xlsx", sheet=sheet)


def test_read_workbook_takes_the_sheet_of_events_however_large_the_others_are() -> None:
    """A list of codes is longer than the table it explains."""
    codes: list[Any] = [["code", "word", "more", "columns"], *[["1", "a", "b", "c"]] * 50]
    table = _read(workbook({"Read me": README, "Codes": codes, "Events": EVENTS}))

    assert table.sheet == "Events"
    assert table.columns == ("Date", "Place", "Lat", "Lon")
    assert [warning.code for warning in table.warnings] == ["sheet_chosen"]


def test_read_workbook_says_which_other_sheet_may_hold_events() -> None:
    """A year per sheet is common: other sheets are named, with the flag that reads one."""
    data = workbook({"2021": EVENTS, "2022": [*EVENTS, EVENTS[1]]})

    chosen, asked = _read(data), _read(data, "2021")

    assert (chosen.sheet, len(chosen.frame)) == ("2022", 2)
    assert "--sheet '2021'" in next(w.message for w in chosen.warnings if w.code == "sheets_left")
    assert (asked.sheet, len(asked.frame), asked.warnings) == ("2021", 1, ())


@pytest.mark.parametrize(
    ("head", "merged", "names"),
    [
        (
            [["Incidents 2022"], ["Date", "Where", None], [None, "Lat", "Lon"]],
            ["A1:C1", "A2:A3", "B2:C2"],
            ("Date", "Lat", "Lon"),
        ),
        (
            [["From", None, "To", None], ["Date", "Place", "Date", "Place"]],
            ["A1:B1", "C1:D1"],
            ("From Date", "From Place", "To Date", "To Place"),
        ),
        ([["Title of the list", None, None], ["Date", "Lat", "Lon"]], ["A1:C1"],
         ("Date", "Lat", "Lon")),
        ([["Date", "Lat", "Lon"], [None, None, None]], ["A1:A2", "B1:B2", "C1:C2"],
         ("Date", "Lat", "Lon")),
    ],
)  # fmt: skip
def test_read_workbook_makes_one_header_of_merged_rows(
    head: list[list[Any]], merged: list[str], names: tuple[str, ...]
) -> None:
    """The names are those a person reads; the header is row 1, and a warning leads to the sheet."""
    width = len(names)
    rows: list[Any] = [["2022-12-12", "39.76", "46.75", "x"][:width]] * 2
    table = _read(workbook({"A": [*head, *rows]}, merged={"A": merged}))

    assert table.columns == names
    assert table.frame.index.tolist() == [2, 3]
    assert any(f"row 2 is row {len(head) + 1} of the file" in w.message for w in table.warnings)


def test_read_workbook_fills_what_a_merged_cell_covers() -> None:
    """One county over three rows is the county of all three."""
    rows: list[list[Cell]] = [
        ["Date", "County"],
        ["2022-12-12", "Nandi"],
        ["2022-12-13", None],
        ["2022-12-14", "B"],
    ]
    table = _read(workbook({"A": rows}, merged={"A": ["B2:B3"]}))

    assert table.frame["County"].tolist() == ["Nandi", "Nandi", "B"]


@pytest.mark.parametrize(("from_1904", "number"), [(False, 44907), (True, 43445)])
@pytest.mark.parametrize("shown_as_date", [True, False])
def test_read_workbook_reads_days_of_both_systems(
    *, from_1904: bool, number: int, shown_as_date: bool
) -> None:
    """A number of days is the same day whether the cell is shown as a date or not."""
    rows: list[list[Cell]] = [
        ["Date", "Lat", "Lon"],
        [number, 39.76, 46.75],
        [number + 1, 39.76, 46.75],
    ]
    dates = ("A2", "A3") if shown_as_date else ()
    table = _read(workbook({"A": rows}, from_1904=from_1904, dates=dates))

    read = read_dates(table.frame["Date"], from_1904=table.from_1904)

    assert [str(day.date()) for day in read.start] == ["2022-12-12", "2022-12-13"]


def test_read_workbook_refuses_one_with_a_broken_part() -> None:
    """A part whose check sum is wrong is a broken file, in one sentence."""
    data = workbook({"A": EVENTS}).replace(b"<sheets>", b"<sheetz>")

    with pytest.raises(FileRefusedError) as refused:
        _read(data)

    assert refused.value.code == "broken_workbook"
