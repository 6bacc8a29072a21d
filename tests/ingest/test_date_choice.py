"""The column of the day of the event: the right one is taken, or the owner is asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from geomap.ingest import IngestOptions, IngestResult
from geomap.ingest.events.date_choice import choose_date
from geomap.readers.table_file import read_table

Ingest = Callable[..., IngestResult]

EARLY, LATE = ("2019-06-03", "2019-07-11", "2019-08-23"), ("2019-06-20", "2019-08-01", "2019-09-02")


def table(**columns: tuple[str, ...]) -> str:
    """Return a CSV of three rows with coordinates and the columns given."""
    lines = [",".join(["lat", "lon", *columns])]
    lines += [
        ",".join(["1.5", f"36.{row}", *cells])
        for row, cells in enumerate(zip(*columns.values(), strict=True))
    ]
    return "\n".join(lines) + "\n"


def days(result: IngestResult) -> list[str]:
    return [str(day.date()) for day in result.events["event_date"]]


@pytest.mark.parametrize(
    ("event", "other"),
    [
        ("Date of the shooting", "Date filed in the system, created"),
        ("occurred_at", "created_at"),
        ("Incident occurred on", "Incident reported on"),
        ("dateoccurred", "datereported"),
        ("Crash Date", "Date of death"),
        ("fecha_hecho", "fecha_denuncia"),
        ("Data do fato", "Data do registro"),
        ("Date des faits", "Date de saisie"),
        ("Ereignisdatum", "Erfassungsdatum"),
        ("Data zdarzenia", "Data zgłoszenia"),
        ("Дата происшествия", "Дата регистрации"),
        ("Дата події", "Дата публікації"),
        ("Olay tarihi", "Kayıt tarihi"),
        ("Hadisənin tarixi", "Qeydiyyat tarixi"),
        ("تاريخ الحادث", "تاريخ التسجيل"),
        ("تاریخ حادثه", "تاریخ ثبت"),
        ("発生日", "登録日"),
        ("事发日期", "录入日期"),
        ("발생일", "신고일"),
        ("Date", "Last updated"),
        ("Date", "Date of birth"),
        ("When", "Date received"),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_ingest_takes_the_day_it_happened(
    event: str, other: str, turned: bool, ingest: Ingest
) -> None:
    """Occurrence comes before death, report and entry, in whatever order the columns stand."""
    other = other.replace(",", "")
    columns = {other: LATE, event: EARLY}
    result = ingest(table(**(dict(reversed(columns.items())) if turned else columns)))

    assert result.question is None
    assert days(result) == list(EARLY)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Date 1", "Date 2"),
        ("Date of attack", "Date of incident"),
        ("Event date", "Incident date"),
        ("Day", "Datum"),
        ("created", "uploaded"),
    ],
)
@pytest.mark.parametrize("yes", [False, True])
def test_ingest_asks_which_of_two_columns_that_differ(
    first: str, second: str, yes: bool, ingest: Ingest
) -> None:
    """A wrong day in silence is worse than a question; the answer is a mapping."""
    data = table(**{first: EARLY, second: LATE})
    result = ingest(data, options=IngestOptions(assume_yes=yes))

    assert result.question is not None
    assert (result.question.about, set(result.question.choices)) == ("event_date", {first, second})
    assert EARLY[0] in result.question.proof[0]
    assert LATE[0] in result.question.proof[0]
    answered = ingest(data, options=IngestOptions(mapping={"event_date": second}))
    assert days(answered) == list(LATE)


@pytest.mark.parametrize(
    "columns",
    [
        {"Date 1": EARLY, "Date 2": EARLY},
        {"Event date": EARLY, "Incident date": ("3 June 2019", "11 July 2019", "23 August 2019")},
        {"Event date": EARLY, "Event month": ("2019-06", "2019-07", "2019-08")},
        {"Start date": EARLY, "End date": LATE},
        {"Date": EARLY, "Date of birth": ("1980-01-01", "1990-02-02", "2000-03-03")},
    ],
)
def test_ingest_asks_nothing_where_the_answer_is_plain(
    columns: dict[str, tuple[str, ...]], ingest: Ingest
) -> None:
    """Columns that can mean the same days, or pairs of first and last day, raise no question."""
    result = ingest(table(**columns))

    assert result.question is None
    assert days(result) == list(EARLY)


def test_ingest_lets_a_column_of_years_choose_between_two_dates(ingest: Ingest) -> None:
    """The date whose years agree with the year of the row is that of the row."""
    other = ("2017-06-20", "2017-08-01", "2017-09-02")
    result = ingest(table(**{"Date A": other, "Date B": EARLY, "Year": ("2019", "2019", "2019")}))

    assert result.question is None
    assert days(result) == list(EARLY)


def test_ingest_leaves_the_stamps_of_a_form_to_the_form(ingest: Ingest) -> None:
    """Start and end of an interview are no first and last day of an event."""
    stamps = {"start": LATE, "end": LATE, "today": LATE, "_submission_time": LATE}
    result = ingest(table(**stamps, **{"What day was it": EARLY, "_uuid": ("a", "b", "c")}))

    assert result.question is None
    assert days(result) == list(EARLY)
    assert result.events["event_date_end"].tolist() == result.events["event_date"].tolist()
    asked = ingest(table(**stamps, _uuid=("a", "b", "c")))
    assert asked.question is not None


@pytest.mark.parametrize("column", ["Date reported", "Published", "Date of death", "Meldedatum"])
def test_ingest_says_that_only_a_later_day_was_there(column: str, ingest: Ingest) -> None:
    """The day of a report is better than none, and is called what it is."""
    result = ingest(table(**{column: EARLY}))

    assert days(result) == list(EARLY)
    assert "date_of_report" in {warning.code for warning in result.batch.warnings}


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Vorkommen", EARLY),
        ("col 7", ("3 June 2019", "11 July 2019", "23 August 2019")),
        ("moment", ("2019-06-03 10:00", "2019-07-11 11:00", "2019-08-23 12:00")),
        ("t", ("03.06.2019", "11.07.2019", "23.08.2019")),
        ("periodo", ("3 de junio de 2019", "11 de julio de 2019", "23 de agosto de 2019")),
    ],
)
def test_ingest_knows_a_date_by_its_cells(
    header: str, cells: tuple[str, ...], ingest: Ingest
) -> None:
    """The only column that holds days holds the day, whatever it is called."""
    result = ingest(table(**{header: cells}))

    assert result.question is None
    assert days(result) == list(EARLY)


def test_choose_date_gives_a_reason_and_a_cell_for_every_column_of_days() -> None:
    """What lost and why is shown beside what was chosen."""
    data = table(**{"Date reported": LATE, "Date of incident": EARLY, "Date of birth": EARLY})
    choice = choose_date(read_table(data.encode(), name="t.csv"), {})

    assert choice is not None
    assert [(c.column, c.field) for c in choice.as_choices()] == [
        ("Date of incident", "event_date"),
        ("Date reported", ""),
        ("Date of birth", ""),
    ]
    assert all(c.reason and c.sample in EARLY + LATE for c in choice.as_choices())
