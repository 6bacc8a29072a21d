"""Columns of cells: the days of each cell, and the order of the whole column."""

import pandas as pd
import pytest

from geomap.dates import read_dates


@pytest.mark.parametrize(
    ("cell", "start", "end", "precision"),
    [
        ("2022-12-20T10:00:00+04:00", "2022-12-20", "2022-12-20", "day"),
        ("15-Apr-2022", "2022-04-15", "2022-04-15", "day"),
        ("20221217", "2022-12-17", "2022-12-17", "day"),
        ("12 декабря 2022", "2022-12-12", "2022-12-12", "day"),
        ("12 dekabr 2022", "2022-12-12", "2022-12-12", "day"),
        ("2022-12", "2022-12-01", "2022-12-31", "month"),
        ("2022", "2022-01-01", "2022-12-31", "year"),
        ("٢٠٢٢-١٢-١٢", "2022-12-12", "2022-12-12", "day"),
        ("3-7 May 2022", "2022-05-03", "2022-05-07", "range"),
    ],
)
def test_read_dates_reads_a_notation(cell: str, start: str, end: str, precision: str) -> None:
    """Each source writes dates in its own way."""
    column = read_dates(pd.Series([cell]))

    assert str(column.start[0].date()) == start
    assert str(column.end[0].date()) == end
    assert column.precision[0] == precision
    assert column.problem.isna().all()


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("", "date_missing"),
        ("31/02/2022", "date_impossible"),
        ("yesterday", "date_unreadable"),
        ("0001-01-01", "date_out_of_range"),
        ("9999-12-31", "date_out_of_range"),
        ("1900-01-00", "date_out_of_range"),
        ("20.5", "date_out_of_range"),
        ("2022-W54", "date_impossible"),
        ("2022-13", "date_impossible"),
        ("2022年13月", "date_impossible"),
        ("1500-Q1", "date_out_of_range"),
        ("03/04/2022", "date_ambiguous"),
    ],
)
def test_read_dates_names_the_problem(cell: str, problem: str) -> None:
    """A cell without a day has the code of its problem."""
    assert read_dates(pd.Series([cell])).problem.tolist() == [problem]


def test_read_dates_asks_only_when_no_cell_proves_the_order() -> None:
    """One cell with a part above 12 decides for all; without one the owner is asked."""
    assert read_dates(pd.Series(["03/04/2022", "13/04/2022"])).order == "dmy"
    question = read_dates(pd.Series(["03/04/2022"])).question

    assert question is not None
    assert question.choices == ("dmy", "mdy")
    assert "3 April 2022 or 4 March 2022" in question.proof[0]
