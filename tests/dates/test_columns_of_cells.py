"""What the other cells of a column and of its file settle: years, centuries, turned days."""

from datetime import date

import pandas as pd
import pytest

from geomap.dates import DateColumn, Surroundings, read_dates

TODAY = date(2026, 11, 29)


def column(cells: list[str], **around: object) -> DateColumn:
    return read_dates(pd.Series(cells), around=Surroundings(today=TODAY, **around))  # type: ignore[arg-type]


def days(read: DateColumn) -> list[str | None]:
    return [None if pd.isna(start) else str(start.date()) for start in read.start]


@pytest.mark.parametrize(
    ("cells", "years", "expected"),
    [
        (["03-Mar-45", "04-Apr-46"], ["1945", "1946"], ["1945-03-03", "1946-04-04"]),
        (["14.02.11", "15.03.12"], ["1911", "1912"], ["1911-02-14", "1912-03-15"]),
        (["Jul-12", "Aug-08"], ["1912", "2008"], ["1912-07-01", "2008-08-01"]),
        (["12 May", "May 13"], ["1999", "2001"], ["1999-05-12", "2001-05-13"]),
        (["25/12", "13/01"], ["2019", "2020"], ["2019-12-25", "2020-01-13"]),
        (["25-03-12", "16-04-13"], ["1912", "1913"], ["1912-03-25", "1913-04-16"]),
        (["31.12.", "1.1."], ["2019", "2020"], ["2019-12-31", "2020-01-01"]),
    ],
)
def test_read_dates_takes_the_year_that_the_row_states(
    cells: list[str], years: list[str], expected: list[str]
) -> None:
    """A column of years settles the century of two digits and the year of a bare day."""
    read = column(cells, years=pd.to_numeric(pd.Series(years)))

    assert (days(read), read.question) == (expected, None)


@pytest.mark.parametrize(
    ("cells", "known", "expected"),
    [
        (["24/02/22", "31/12/99"], None, ["2022-02-24", "1999-12-31"]),
        (["13/05/68", "14/06/71"], None, ["1968-05-13", "1971-06-14"]),
        (["13/05/15", "14/06/17"], (1914, 1918), ["1915-05-13", "1917-06-14"]),
        (["13/05/15", "14/06/17"], (2014, 2018), ["2015-05-13", "2017-06-14"]),
        (["13/05/15", "2016-01-01"], None, ["2015-05-13", "2016-01-01"]),
        (["13/05/15", "1916-01-01"], None, ["1915-05-13", "1916-01-01"]),
    ],
)
def test_read_dates_takes_the_century_of_the_file(
    cells: list[str], known: tuple[int, int] | None, expected: list[str]
) -> None:
    """Other years of the file decide, else the latest ones that are not in the future."""
    read = column(cells, known_years=known)

    assert (days(read), read.question) == (expected, None)
    assert "date_short_years" in {warning.code for warning in read.warnings}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["31-12-99", "13-02-03"], ["1999-12-31", "2003-02-13"]),
        (["99-12-31", "03-02-13"], ["1999-12-31", "2003-02-13"]),
        (["01-12-13", "02-11-14"], [None, None]),
    ],
)
def test_read_dates_reads_short_years_between_dashes_by_those_that_show_their_side(
    cells: list[str], expected: list[str | None]
) -> None:
    """05-03-12 has its year on either side; a cell above 31 shows which."""
    assert days(column(cells)) == expected


@pytest.mark.parametrize(
    "cells",
    [
        ["02-Feb-68", "08-Jan-53", "22-Apr-24", "11-Jun-17"],
        ["13/05/30", "13/05/24"],
        ["13/05/15", "1960-01-01"],
        ["Jan-40", "Feb-20"],
        ["13.05.99", "13.05.45", "13.05.05"],
    ],
)
def test_read_dates_asks_for_the_century_where_two_are_as_likely(cells: list[str]) -> None:
    """Rows of a century that nobody stated must not be put on the map as certain."""
    read = column(cells)

    assert read.question is not None
    assert read.question.about == "date_century"
    answered = column(cells, answers={"date_century": "1900"})
    assert answered.question is None
    short = [start for start, cell in zip(answered.start, cells, strict=True) if cell[:2] != "19"]
    assert {start.year // 100 for start in short} == {19}


def test_read_dates_reads_no_century_from_the_future() -> None:
    """In 2026 the year 27 of a file of its time is 1927."""
    assert days(column(["13/05/27", "14/06/31"])) == ["1927-05-13", "1931-06-14"]


@pytest.mark.parametrize(
    ("cells", "header", "expected"),
    [
        (["5 January", "17 Aug"], "Date (2019)", ["2019-01-05", "2019-08-17"]),
        (["5 January 2019", "17 Aug"], "Date", ["2019-01-05", "2019-08-17"]),
        (["5 January", "17 Aug"], "Date", [None, None]),
        (["5 January 2019", "6 May 2020", "17 Aug"], "Date", ["2019-01-05", "2020-05-06", None]),
        (["March", "April"], "Month of 2018", ["2018-03-01", "2018-04-01"]),
    ],
)
def test_read_dates_takes_the_only_year_of_a_column(
    cells: list[str], header: str, expected: list[str | None]
) -> None:
    """A day without a year stays undated where the column has no year or several."""
    read = column(cells, header=header)

    assert days(read) == expected
    assert read.problem.dropna().isin(["date_no_year"]).all()


@pytest.mark.parametrize(
    "cells",
    [
        ["2021-02-01", "13/01/2021", "2021-11-03", "26/05/2021", "2021-04-09", "30/06/2021"],
        ["2019-01-02", "2019-03-04", "2019-05-06", "2019-07-08", "2019-09-10", "19/11/2019"],
        ["2020-06-05", "10/23/2020", "2020-08-04", "11/30/2020", "2020-02-03", "01/31/2020"],
        ["2022-12-05", "2022-10-04", "2022-01-12", "25.12.2022", "24.12.2022", "23.10.2022"],
        ["2018-02-03 00:00:00", "28-03-2018", "2018-04-05 00:00:00", "29-03-2018",
         "2018-01-12 00:00:00", "30-03-2018"],
    ],
)  # fmt: skip
def test_read_dates_suspects_days_that_a_spreadsheet_turned_round(cells: list[str]) -> None:
    """No date above the 12th and no text below the 13th is no accident."""
    read = column(cells)

    assert "date_days_turned" in {warning.code for warning in read.warnings}
    turned = column(cells, answers={"date_days": "turned round"})
    first = next(place for place, cell in enumerate(cells) if cell[4] == "-" and cell[2] != "-")
    was, now = read.start[first], turned.start[first]
    assert (was.year, was.month, was.day) == (now.year, now.day, now.month)


def test_read_dates_turns_days_back_where_the_rows_then_follow_each_other() -> None:
    """A log in the order of time proves by itself that its days were turned round."""
    dates = pd.date_range("2021-01-02", "2021-12-30", freq="6D")
    cells = [f"{d:%Y-%d-%m}" if d.day <= 12 else f"{d:%d/%m/%Y}" for d in dates]
    read = column(cells)

    assert read.question is None
    assert days(read) == [str(d.date()) for d in dates]


@pytest.mark.parametrize(
    "cells",
    [
        ["2021-02-01", "2021-03-14", "2021-04-05", "26/05/2021"],
        ["2021-01-01", "2021-02-01", "2021-03-01", "2021-04-01", "26/05/2021"],
        ["2021-02-01", "2021-03-04", "2021-04-05", "6/5/2021", "26/05/2021", "27/05/2021"],
        ["2021-02-01", "2021-03-04", "2021-04-05", "2021-05-06", "2021-06-07"],
        ["13/01/2021", "26/05/2021", "30/06/2021"],
    ],
)
def test_read_dates_suspects_no_column_that_has_nothing_turned(cells: list[str]) -> None:
    """Days above the 12th among the dates, or below the 13th in the texts, speak against it."""
    read = column(cells)

    assert "date_days_turned" not in {warning.code for warning in read.warnings}


@pytest.mark.parametrize(
    ("cells", "header", "expected"),
    [
        (["1400-05-12"], "Date (Shamsi)", ["2021-08-03"]),
        (["1399/12/30"], "تاریخ هجری شمسی", ["2021-03-20"]),
        (["12/05/1400", "25/05/1400"], "jalali_date", ["2021-08-03", "2021-08-16"]),
        (["2014-01-01"], "Date (Ethiopian calendar)", ["2021-09-11"]),
        (["2021-05-13"], "date_gregorian", ["2021-05-13"]),
    ],
)
def test_read_dates_converts_the_calendar_that_the_header_states(
    cells: list[str], header: str, expected: list[str]
) -> None:
    """The days on the map are Gregorian."""
    assert days(column(cells, header=header)) == expected


@pytest.mark.parametrize(
    "cells", [["1400-05-12"], ["1401/01/01", "1401/02/31"], ["1398"], ["12/05/1400", "25/6/1399"]]
)
def test_read_dates_asks_for_the_calendar_of_years_that_are_not_ours(cells: list[str]) -> None:
    """1400 is 2021 in Tehran, and a slip elsewhere."""
    read = column(cells)

    assert read.question is not None
    assert read.question.about == "date_calendar"
    assert column(cells, answers={"date_calendar": "jalali"}).start.notna().all()
    assert column(cells, answers={"date_calendar": "gregorian"}).start.isna().all()
