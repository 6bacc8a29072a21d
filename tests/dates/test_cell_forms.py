"""Cells of tables as people write their dates, each read on its own."""

import pytest

from geomap.dates.cell_points import Given
from geomap.dates.date_cells import MISSING, NO_YEAR, read_cell


def read(text: str, given: Given | None = None) -> str:
    """Return a cell as "start..end precision", or its problem."""
    cell = read_cell(text, given)
    if cell.span is None:
        return cell.problem or "ambiguous"
    return f"{cell.span.start}..{cell.span.end} {cell.span.precision}"


def day(iso: str) -> str:
    return f"{iso}..{iso} day"


@pytest.mark.parametrize(
    ("cell", "iso"),
    [
        ("2 août 2018", "2018-08-02"),
        ("22 déc. 2019", "2019-12-22"),
        ("7 ene 2020", "2020-01-07"),
        ("31 Mai 2017", "2017-05-31"),
        ("9 wrz 2021", "2021-09-09"),
        ("18 Ağu 2020", "2020-08-18"),
        ("3 iyl 2016", "2016-07-03"),
        ("25 сент. 2014 г.", "2014-09-25"),
        ("8 листоп. 2013", "2013-11-08"),
        ("17 mrt 2015", "2015-03-17"),
        ("11 ott 2012", "2012-10-11"),
        ("4 out 2011", "2011-10-04"),
        ("19 հնվ 2010", "2010-01-19"),
        ("6 მარტი 2009", "2009-03-06"),
        ("24 حزيران 2019", "2019-06-24"),
        ("2 يونيه 2013", "2013-06-02"),
        ("١٧ تشرين الأول ٢٠١٩", "2019-10-17"),
        ("13 אוג׳ 2020".replace("׳", ""), "2020-08-13"),
        ("8 Απριλίου 2016", "2016-04-08"),
        ("21 september 2018", "2018-09-21"),
        ("14 अगस्त 2021", "2021-08-14"),
        ("5 tháng 12 2020", "2020-12-05"),
        ("30 Agustus 2017", "2017-08-30"),
        ("4.VII.2015", "2015-07-04"),
    ],
)
def test_read_cell_reads_months_of_every_language(cell: str, iso: str) -> None:
    """Names in full and cut short, with and without the dot of an abbreviation."""
    assert read(cell) == day(iso)


@pytest.mark.parametrize(
    ("cell", "iso"),
    [
        ("2019年3月4日16時10分", "2019-03-04"),
        ("2019年3月4日 16:10", "2019-03-04"),
        ("2019年3月4日上午8点", "2019-03-04"),
        ("2019년 3월 14일 오후 3시", "2019-03-14"),
        ("14.03.2019, 14 Uhr", "2019-03-14"),
        ("14/03/2019 14:30 hrs", "2019-03-14"),
        ("14/03/2019 a las 14:30 horas", "2019-03-14"),
    ],
)
def test_read_cell_leaves_times_in_words_aside(cell: str, iso: str) -> None:
    """A time of day changes nothing about the day."""
    assert read(cell) == day(iso)


@pytest.mark.parametrize(
    ("cell", "iso"),
    [
        ("the 22nd of June 2019", "2019-06-22"),
        ("August 3rd, 2020", "2020-08-03"),
        ("1er février 2017", "2017-02-01"),
        ("1º de abril de 2016", "2016-04-01"),
        ("9-го мая 2015 года", "2015-05-09"),
        ("Donnerstag, den 6. Mai 2021", "2021-05-06"),
        ("jueves 4 de marzo de 2021", "2021-03-04"),
        ("mar. 2 mars 2021", "2021-03-02"),
        ("środa, 3 lutego 2021", "2021-02-03"),
        ("пятница, 5 марта 2021 г.", "2021-03-05"),
        ("الجمعة 5 آذار 2021", "2021-03-05"),
        ("Sat 2021-03-06", "2021-03-06"),
        ("2021-03-07 (Sunday)", "2021-03-07"),
        ("2021年3月8日(月)", "2021-03-08"),
        ("Tue 16/03/2021", "2021-03-16"),
    ],
)
def test_read_cell_reads_ordinals_and_weekdays(cell: str, iso: str) -> None:
    """A weekday and the ending of a number say nothing new about the day."""
    assert read(cell) == day(iso)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Nov-2014", "2014-11-01..2014-11-30 month"),
        ("2018-Feb", "2018-02-01..2018-02-28 month"),
        ("Mar 2016", "2016-03-01..2016-03-31 month"),
        ("Dez. 2019", "2019-12-01..2019-12-31 month"),
        ("202011", "2020-11-01..2020-11-30 month"),
        ("1914-1918", "1914-01-01..1918-12-31 range"),
        ("1939–45", "1939-01-01..1945-12-31 range"),
        ("1999/2000", "1999-01-01..2000-12-31 range"),
        ("H2 2019", "2019-07-01..2019-12-31 range"),
        ("2. Halbjahr 2018", "2018-07-01..2018-12-31 range"),
        ("second half of 2017", "2017-07-01..2017-12-31 range"),
        ("Q2/2016", "2016-04-01..2016-06-30 range"),
        ("IV квартал 2015", "2015-10-01..2015-12-31 range"),
        ("3er trimestre 2014", "2014-07-01..2014-09-30 range"),
        ("4th quarter of 2013", "2013-10-01..2013-12-31 range"),
        ("KW 7 2012", "2012-02-13..2012-02-19 week"),
        ("2020-W53", "2020-12-28..2021-01-03 week"),
        ("Week 1, 2019", "2018-12-31..2019-01-06 week"),
        ("third week of May 2018", "2018-05-15..2018-05-21 week"),
        ("W12-2021", "2021-03-22..2021-03-28 week"),
        ("2019-W07-5", "2019-02-15..2019-02-15 day"),
        ("2020-366", "2020-12-31..2020-12-31 day"),
        ("20191231235959", "2019-12-31..2019-12-31 day"),
        ("20180704.0", "2018-07-04..2018-07-04 day"),
        ("X2009", "2009-01-01..2009-12-31 year"),
        ("2014.0", "2014-01-01..2014-12-31 year"),
    ],
)
def test_read_cell_reads_parts_of_years(cell: str, expected: str) -> None:
    """Months, quarters, halves, weeks and packed digits keep what they say and no more."""
    assert read(cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("3-5 June 2019", "2019-06-03..2019-06-05 range"),
        ("June 3 to 5, 2019", "2019-06-03..2019-06-05 range"),
        ("29/06/2019 – 02/07/2019", "2019-06-29..2019-07-02 range"),
        ("27-28.06.2019", "2019-06-27..2019-06-28 range"),
        ("28 juin au 2 juillet 2019", "2019-06-28..2019-07-02 range"),
        ("vom 28. Juni bis 2. Juli 2019", "2019-06-28..2019-07-02 range"),
        ("с 28 июня по 2 июля 2019 г.", "2019-06-28..2019-07-02 range"),
        ("del 3 al 5 de junio de 2019", "2019-06-03..2019-06-05 range"),
        ("30 Dec - 2 Jan 2019", "2018-12-30..2019-01-02 range"),
        ("Nov 2018 - Feb 2019", "2018-11-01..2019-02-28 range"),
        ("Mar-May 2019", "2019-03-01..2019-05-31 range"),
        ("2019-06-03 / 2019-06-05", "2019-06-03..2019-06-05 range"),
        ("2019-06-03/05", "2019-06-03..2019-06-05 range"),
        ("3, 4 and 5 June 2019", "2019-06-03..2019-06-05 range"),
        ("3 & 4 June 2019", "2019-06-03..2019-06-04 range"),
        ("31/12/2018-01/01/2019", "2018-12-31..2019-01-01 range"),
        ("Q1-Q3 2019", "2019-01-01..2019-09-30 range"),
    ],
)
def test_read_cell_reads_ranges(cell: str, expected: str) -> None:
    """One end gives the other the month and the year that it lacks."""
    assert read(cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("1987-00-00", "1987-01-01..1987-12-31 year"),
        ("1987-11-00", "1987-11-01..1987-11-30 month"),
        ("00.11.1987", "1987-11-01..1987-11-30 month"),
        ("??/11/1987", "1987-11-01..1987-11-30 month"),
        ("--/--/1987", "1987-01-01..1987-12-31 year"),
        ("1987-11-uu", "1987-11-01..1987-11-30 month"),
        ("ca. 1987", "1987-01-01..1987-12-31 year"),
        ("vers 1987", "1987-01-01..1987-12-31 year"),
        ("около 1987 г.", "1987-01-01..1987-12-31 year"),
        ("November 1987 (approx.)", "1987-11-01..1987-11-30 month"),
        ("1987-11~", "1987-11-01..1987-11-30 month"),
        ("1987-11-~05", "1987-11-01..1987-11-30 month"),
        ("c. 5 Nov 1987", "1987-11-01..1987-11-30 month"),
        ("198X", "1980-01-01..1989-12-31 range"),
        ("1980s", "1980-01-01..1989-12-31 range"),
        ("late 1980s", "1980-01-01..1989-12-31 range"),
        ("Exact date unknown - Nov 87", "1987-11-01..1987-11-30 month"),
        ("May 1987 to date", "1987-05-01..None open"),
        ("80-е", "date_unreadable"),
        ("Autumn 1987", "1987-09-01..1987-11-30 range"),
        ("été 1987", "1987-06-01..1987-08-31 range"),
        ("1987-11/..", "1987-11-01..None open"),
        ("since May 1987", "1987-05-01..None open"),
        ("May 1987 - present", "1987-05-01..None open"),
        ("1987-11/", "1987-11-01..1987-11-30 month"),
        ("../1987", "date_unreadable"),
        ("after 1987", "date_unreadable"),
        ("до 1987", "date_unreadable"),
    ],
)
def test_read_cell_states_no_more_than_is_known(cell: str, expected: str) -> None:
    """Approximate, partial and open dates: a day that is not sure is some day of its month."""
    assert read(cell) == expected


@pytest.mark.parametrize(
    "cell",
    [
        *("N.D.", "date unknown", "not recorded", "to be confirmed", "Unknown.", "(unknown)"),
        *("fecha desconocida", "se desconoce", "s/f", "non précisé", "inconnue", "ohne Datum"),
        *(
            "k. A.",
            "unbekannt",
            "без даты",
            "не указано",
            "невідомо",
            "дата невідома",
            "brak danych",
        ),
        *("sem data", "não informado", "data sconosciuta", "onbekend", "bilinmiyor", "məlum deyil"),
        *("անհայտ", "უცნობია", "غير معروف", "بدون تاريخ", "نامشخص", "לא ידוע", "άγνωστο", "不详"),
        *("不明", "미상", "okänt", "ukjent", "neznámé", "necunoscut", "ismeretlen", "không rõ"),
        *("tidak diketahui", "अज्ञात", "00/00/0000", "0000-00-00", "xx/xx/xxxx", "??", "…", "--"),
    ],
)
def test_read_cell_takes_words_for_no_date_as_no_date(cell: str) -> None:
    """Such a row is undated, not faulty."""
    assert read(cell) == MISSING


@pytest.mark.parametrize(
    "cell", ["5 January", "17 Aug", "March", "30 Dec - 2 Jan", "12/25", "3 мая"]
)
def test_read_cell_leaves_a_missing_year_open(cell: str) -> None:
    """The column may give the year; the cell invents none."""
    assert read(cell) == NO_YEAR


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("5 January", day("2019-01-05")),
        ("March", "2019-03-01..2019-03-31 month"),
        ("30 Dec - 2 Jan", "2019-12-30..2020-01-02 range"),
        ("Sept-21", day("2019-09-21")),
        ("25/12", day("2019-12-25")),
    ],
)
def test_read_cell_takes_the_year_that_is_given(cell: str, expected: str) -> None:
    """A range over the end of a year starts in the year that is given."""
    assert read(cell, Given(year=2019)) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("1 فروردین 1403", day("2024-03-20")),
        ("30 اسفند ۱۳۹۹", day("2021-03-20")),
        ("22 بهمن 1357", day("1979-02-11")),
        ("Mehr 1401", "2022-09-23..2022-10-22 range"),
        ("7 ثور 1357", day("1978-04-27")),
        ("1 መስከረም 2016", day("2023-09-12")),
        ("Ginbot 20, 1983", day("1991-05-28")),
        ("5 Pagume 2014", day("2022-09-10")),
    ],
)
def test_read_cell_converts_months_that_name_their_calendar(cell: str, expected: str) -> None:
    """The name of a month tells of which calendar its year is."""
    assert read(cell) == expected


@pytest.mark.parametrize(
    "cell",
    [
        *("5/72005", "31/04/2020", "29.02.2021", "32 May 2020", "30 Esfand 1402", "=“2021-05-13”"),
        *("2021-13-45", "Week 54 2020", "Q5 2020", "0025-07-14", "12 monkeys 2021", "call 2021"),
        *("3rd Battalion 2021", "May be 2021", "Room 12, 2021"),
    ],
)
def test_read_cell_reads_nothing_into_what_is_no_date(cell: str) -> None:
    """A wrong day in silence is worse than a row to mend."""
    assert read(cell).startswith("date_")
