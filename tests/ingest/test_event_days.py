"""Days of rows: what is open, undated, assumed, and what a second column may not add."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from geomap.gazetteer import Gazetteer
from geomap.ingest import IngestOptions, IngestResult, ingest_table
from geomap.ingest.events.ingest_records import Past
from geomap.layouts import plain_spec
from geomap.layouts.layout_yaml import spec_from_yaml
from geomap.readers.table_file import read_table
from geomap.tables import empty_events

Ingest = Callable[..., IngestResult]


@pytest.mark.parametrize(
    ("ends", "precisions"),
    [
        (["2019-06-05", "", "2019-06-07"], ["day", "day", "day"]),
        (["", "", "present"], ["day", "day", "open"]),
        (["ongoing", "", "2019-06-07"], ["open", "day", "day"]),
        (["n.d.", "unknown", "-"], ["day", "day", "day"]),
        (["2019-06-05", "en cours", "?"], ["day", "open", "day"]),
    ],
)
def test_ingest_leaves_an_event_open_only_where_a_word_says_so(
    ends: list[str], precisions: list[str], ingest: Ingest
) -> None:
    """An empty last day is not known; it is no report that the event goes on."""
    rows = "".join(f"2019-06-0{n},{end},1.5,36.{n}\n" for n, end in enumerate(ends, 1))
    result = ingest("start_date,end_date,lat,lon\n" + rows)

    assert result.events["date_precision"].tolist() == precisions
    assert result.events["event_date_end"].isna().tolist() == [p == "open" for p in precisions]


def test_ingest_leaves_an_event_open_where_its_layout_says_so(gazetteer: Gazetteer) -> None:
    """The owner of a layout knows what an empty last day means."""
    own = spec_from_yaml(
        "name: sieges\ntitle: sieges\nsignature: [siege]\nextends: plain\nopen_words: ['']\n",
        name="sieges.yaml",
        base=plain_spec(),
    )
    raw = read_table(b"siege,start,end,lat,lon\n1,2019-06-01,,1.5,36.5\n", name="s.csv")
    result = ingest_table(
        raw, existing=empty_events(), gazetteer=gazetteer, batch_id="b", layouts=(own,)
    )

    assert result.events["date_precision"].tolist() == ["open"]


@pytest.mark.parametrize(("span", "precision"), [("day", "day"), ("range", "range")])
def test_ingest_takes_from_the_layout_what_a_first_and_a_last_day_mean(
    span: str, precision: str, gazetteer: Gazetteer
) -> None:
    """A siege lasts from its first day to its last; a campaign only acts between them."""
    own = spec_from_yaml(
        f"name: sieges\ntitle: sieges\nsignature: [siege]\nextends: plain\nspan: {span}\n",
        name="sieges.yaml",
        base=plain_spec(),
    )
    cells = b"siege,start,end,lat,lon\n1,2019-06-01,2019-06-04,1,36\n2,2019-06-05,2019-06-05,1,36\n"
    result = ingest_table(
        read_table(cells, name="s.csv"), existing=empty_events(), gazetteer=gazetteer,
        batch_id="b", layouts=(own,),
    )  # fmt: skip

    assert result.events["date_precision"].tolist() == [precision, "day"]


@pytest.mark.parametrize(
    "cell", ["unknown", "s/f", "нет данных", "5 January", "", "N/A", "00/00/0000"]
)
def test_ingest_lists_every_undated_row(cell: str, ingest: Ingest) -> None:
    """Nothing is lost without a line that says why."""
    result = ingest(f"date,lat,lon\n{cell},1.5,36.5\n2019-06-01,1.5,36.6\n2020-06-02,1.5,36.6\n")

    assert result.batch.of_kept["undated"] == 1
    codes = {issue.row: issue.code for issue in result.issues}
    assert codes[2] in {"date_missing", "date_no_year"}
    assert result.batch.counts["rejected"] == 0


def test_ingest_reads_days_beside_a_column_of_years(ingest: Ingest) -> None:
    """A day and its year may stand in two columns."""
    text = (
        "Date,Year,lat,lon\n5 January,2019,1.5,36.1\n17-Aug-20,1920,1.5,36.2\nMay,2018,1.5,36.3\n"
    )
    result = ingest(text)

    assert [str(day.date()) for day in result.events["event_date"]] == [
        *("2019-01-05", "1920-08-17", "2018-05-01"),
    ]


def _on(today: date, text: str, gazetteer: Gazetteer, options: IngestOptions) -> IngestResult:
    raw = read_table(text.encode(), name="t.csv")
    return ingest_table(
        raw, existing=empty_events(), gazetteer=gazetteer, options=options, batch_id="b",
        past=Past((), today),
    )  # fmt: skip


CENTURIES = "Date,lat,lon\n02-Feb-68,1.5,36.1\n08-Jan-53,1.5,36.2\n22-Apr-24,1.5,36.3\n"
TURNED = "Date,lat,lon\n" + "".join(
    f"{cell},1.5,36.{row}\n"
    for row, cell in enumerate(
        ["2020-05-07", "13/05/2020", "2020-06-03", "25/06/2020", "2020-12-01", "14/07/2020"]
    )
)


@pytest.mark.parametrize(
    ("text", "about", "second"),
    [(CENTURIES, "date_century", "1900"), (TURNED, "date_days", "turned round")],
)
def test_ingest_asks_takes_an_answer_and_flags_what_it_assumed(
    text: str, about: str, second: str, gazetteer: Gazetteer
) -> None:
    """Who says yes to all gets the first choice, and a flag on each row that it decided."""
    today = date(2026, 11, 29)
    asked = _on(today, text, gazetteer, IngestOptions())
    assumed = _on(today, text, gazetteer, IngestOptions(assume_yes=True))
    answered = _on(today, text, gazetteer, IngestOptions(answers={about: second}))

    assert asked.question is not None
    assert (asked.question.about, asked.question.choices[1]) == (about, second)
    assert about in asked.question.message
    flagged = assumed.events["flags"].str.contains(f"{about}_assumed", na=False)
    differs = assumed.events["event_date"] != answered.events["event_date"]
    assert flagged.tolist() == differs.tolist()
    assert differs.any()


def test_ingest_takes_two_digits_for_no_year_to_come(gazetteer: Gazetteer) -> None:
    """What is written in the year 2026 happened up to 2026."""
    text = "Date,lat,lon\n13/02/26,1.5,36.1\n31/12/99,1.5,36.2\n"
    result = _on(date(2026, 11, 29), text, gazetteer, IngestOptions())

    assert [day.year for day in result.events["event_date"]] == [2026, 1999]
    assert (result.events["event_date"] <= pd.Timestamp(2026, 11, 29)).all()


def test_ingest_converts_the_calendar_of_the_header(ingest: Ingest) -> None:
    """A column that says of which calendar it is needs no question."""
    result = ingest("تاریخ (شمسی),lat,lon\n۱۴۰۰/۰۵/۱۲,35.7,51.4\n")

    assert [str(day.date()) for day in result.events["event_date"]] == ["2021-08-03"]
