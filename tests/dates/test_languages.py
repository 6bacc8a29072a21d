"""Absolute dates as other languages write them, in text and in cells."""

from datetime import date

import pandas as pd
import pytest

from geomap.dates import find_dates, read_dates

WRITTEN = [
    "12 декабря 2022", "12 декабря 2022 г.", "12 декабря 2022г.", "12-го декабря 2022 года",
    "12 дек. 2022", "12 грудня 2022 року",
    "12 dekabr 2022", "2022-ci il dekabrın 12-də", "2022-ci ilin dekabr ayının 12-də",
    "12 dekabr 2022-ci il",
    "12 Aralık 2022", "12 Aralık 2022'de",
    "2022 թ. դեկտեմբերի 12", "2022թ. դեկտեմբերի 12-ին",
    "12 décembre 2022", "12 de diciembre de 2022", "12. Dezember 2022", "12 dicembre 2022",
    "12 grudnia 2022", "12 de dezembro de 2022", "12 december 2022",
]  # fmt: skip


@pytest.mark.parametrize("words", WRITTEN)
def test_find_dates_reads_a_date_of_another_language(words: str) -> None:
    """The press of the region is quoted in its own words."""
    assert [m.span.start for m in find_dates(f"({words})")] == [date(2022, 12, 12)]


@pytest.mark.parametrize("words", WRITTEN)
def test_read_dates_reads_a_date_of_another_language(words: str) -> None:
    """A table made in Baku, Yerevan or Ankara needs no translation first."""
    column = read_dates(pd.Series([words]))

    assert column.start.dt.date.tolist() == column.end.dt.date.tolist() == [date(2022, 12, 12)]


@pytest.mark.parametrize(
    "words",
    ["1er mai 2022", "1 мая 2022", "1 may 2022", "1 Mayıs 2022", "1. Mai 2022", "1 de mayo de 2022",
     "1 mayıs 2022", "MAY 1 2022", "1-MAY-22"],
)  # fmt: skip
def test_read_dates_reads_the_first_of_may(words: str) -> None:
    """May is spelled like other words in many languages."""
    assert read_dates(pd.Series([words])).start.dt.date.tolist() == [date(2022, 5, 1)]


@pytest.mark.parametrize("words", ["dekabr 2022", "в декабре 2022 года", "décembre 2022"])
def test_read_dates_keeps_a_month_a_month(words: str) -> None:
    """A month is not its first day."""
    column = read_dates(pd.Series([words]))

    assert column.precision.tolist() == ["month"]
    assert column.end.dt.date.tolist() == [date(2022, 12, 31)]
