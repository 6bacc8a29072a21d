"""An article whose dates were marked by hand, and files that defeat other readers."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from geomap.dates import DateColumn, find_dates, find_publication_date, read_dates
from geomap.model import DatePrecision


@pytest.fixture(scope="session")
def article(shared: Path) -> tuple[str, dict[str, Any]]:
    """Return the article and its annotations."""
    (gold,) = sorted((shared / "articles").glob("*.gold.json"))
    marked = json.loads(gold.read_text(encoding="utf-8"))
    return (shared / "articles" / marked["file"]).read_text(encoding="utf-8"), marked


def days_of(value: str | list[str] | dict[str, str]) -> list[tuple[date, date | None]]:
    """Return the days of a marked date: a day, a list of days, a year or an open span."""
    if isinstance(value, dict):
        return [(date.fromisoformat(value["start"]), None)]
    if isinstance(value, list):
        return [days_of(item)[0] for item in value]
    if len(value) == 4:
        return [(date(int(value), 1, 1), date(int(value), 12, 31))]
    day = date.fromisoformat(value[:10])
    return [(day, day)]


def test_find_dates_finds_what_people_marked(article: tuple[str, dict[str, Any]]) -> None:
    """Every marked date with its days, and nothing beside them (an anniversary is no date)."""
    text, marked = article
    head = find_publication_date(text)
    assert head is not None

    mentions = find_dates(text, published=head.span.start)

    found = [(m.start_char, m.text, m.span.start, m.span.end) for m in mentions]
    # marked dates hold the time of day, and a period ("P1Y", an anniversary) that is no date
    assert found == [
        (item["start"], re.sub(r", \d+:\d+$", "", item["text"]), first, last)
        for item in marked["dates"]
        if not str(item["value"]).startswith("P")
        for first, last in days_of(item["value"])
    ]


def column_of(shared: Path, name: str) -> tuple[pd.Series, DateColumn, dict[str, Any]]:
    """Return the cells of a file, the dates read from them, and the expected counts."""
    lines = (shared / "bad" / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    expected = next(item for item in map(json.loads, lines) if item["file"] == name)
    cells = pd.read_csv(shared / "bad" / name, dtype="str")["event_date"]
    return cells, read_dates(cells), expected


def test_read_dates_settles_a_column_of_many_notations(shared: Path) -> None:
    """Whole dates are read, months and years stay such, and nothing is guessed in silence."""
    cells, column, expected = column_of(shared, "21_mixed_date_formats.csv")

    assert column.problem.isna().sum() == expected["rows_ok"]
    assert column.problem.notna().sum() == expected["rows_bad"]
    whole = column.precision == "day"
    assert column.start[whole].dt.year.eq(2022).all()
    assert column.precision[cells == "2022-12"].tolist() == [DatePrecision.MONTH]
    assert column.precision[cells == "2022"].tolist() == [DatePrecision.YEAR]
    assert {warning.code for warning in column.warnings} == {
        "date_orders_mixed",
        "date_numbers_unread",
    }


def test_read_dates_keeps_placeholders_out_of_the_calendar(shared: Path) -> None:
    """Year 1 and year 9999 would stretch every slider over them."""
    _, column, expected = column_of(shared, "23_year_0001_9999.csv")

    assert column.problem.isna().sum() == expected["rows_ok"]
    assert (column.problem == "date_out_of_range").sum() == expected["rows_bad"]
