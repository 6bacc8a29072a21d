"""The report of an upload: numbers that add up, rows that can be downloaded."""

import csv
import io
import json

from geomap.dashboard.add_data.import_words import (
    counts_in_words,
    issue_codes,
    issues_csv,
    issues_json,
    issues_table,
    of_kept_in_words,
)

ISSUES = [
    {"row": 3, "column": "date", "value": "soon", "code": "date_unreadable", "reason": "r"},
    {"row": 9, "column": "notes", "value": "=HYPERLINK(1)", "code": "odd", "reason": "r"},
    {"row": 12, "column": "longitude", "value": "-47.5", "code": "odd", "reason": "r"},
]


def test_counts_in_words_names_every_number_that_is_not_zero() -> None:
    """A reader must be able to add the parts up to the rows."""
    counts = {"rows": 1203, "accepted": 1200, "updated": 0, "duplicate": 1, "rejected": 2}

    assert counts_in_words(counts) == "1,203 rows: 1,200 new, 1 duplicate, 2 rejected."


def test_of_kept_in_words_is_silent_when_all_is_known() -> None:
    """No sentence rather than a row of zeros."""
    assert of_kept_in_words({"unplaced": 0, "undated": 0}) == ""
    assert of_kept_in_words(None) == ""
    assert of_kept_in_words({"undated": 2}) == "Of those kept: 2 without a date."


def test_issues_table_keeps_only_the_reasons_asked_for() -> None:
    """Otherwise ten thousand issues of one kind hide the others."""
    assert list(issues_table(ISSUES, codes=["odd"])["row"]) == [9, 12]
    assert list(issues_table([]).columns)[:2] == ["row", "column"]
    assert issue_codes(ISSUES) == {"odd": 2, "date_unreadable": 1}


def test_issues_csv_holds_no_cell_that_a_spreadsheet_runs() -> None:
    """The values come from a file of unknown origin."""
    rows = list(csv.DictReader(io.StringIO(issues_csv(ISSUES).decode("utf-8-sig"))))

    assert rows[1]["value"] == "'=HYPERLINK(1)"
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


def test_issues_json_keeps_values_to_the_letter() -> None:
    """Another program reads the JSON: nothing is escaped in it for a spreadsheet."""
    assert json.loads(issues_json(ISSUES))[1]["value"] == "=HYPERLINK(1)"
