"""Counts per unit and period, taken in as counts: nothing lost, nothing twice, never an event."""

from __future__ import annotations

import pandas as pd
import pytest

from geomap.errors import FileRefusedError
from geomap.gazetteer import Gazetteer
from geomap.ingest import IngestOptions, IngestResult, ingest_table
from geomap.readers.table_file import read_table
from geomap.tables import empty_events


def take(text: str, world: Gazetteer, **options: object) -> IngestResult:
    """Return the result of taking in a table as counts."""
    raw = read_table(text.encode(), name="t.csv")
    chosen = IngestOptions(read_as="aggregates", **options)  # type: ignore[arg-type]
    result = ingest_table(
        raw, existing=empty_events(), gazetteer=world, batch_id="b", options=chosen
    )
    counts = result.batch.counts
    if counts:
        parts = ("accepted", "updated", "unchanged", "duplicate", "rejected")
        assert counts["rows"] == sum(counts[part] for part in parts)
        assert counts["accepted"] == result.aggregates["row_number"].nunique()
    assert result.events.empty
    return result


def rows(result: IngestResult) -> list[tuple[object, ...]]:
    """Return unit, first day, last day, kind of period, column and number of each count."""
    table = result.aggregates
    days = [table[name].dt.strftime("%Y-%m-%d") for name in ("period_start", "period_end")]
    return list(
        zip(table["unit"], *days, table["period"], table["measure"], table["count"], strict=True)
    )


MONTHS = "month,province,country,events,deaths\n" + "".join(
    f"2021-0{m},{unit},Kenya,{m},{m * n}\n"
    for m in (1, 2, 3)
    for n, unit in enumerate(["Nairobi", "Kisumu"])
)  # fmt: skip


def test_take_counts_keeps_each_count_of_a_row(world: Gazetteer) -> None:
    """Two columns of counts are two counts, and a zero is one as well."""
    result = take(MONTHS, world)

    assert result.batch.kind == "aggregates"
    assert len(result.aggregates) == 12
    assert rows(result)[:4] == [
        ("Nairobi", "2021-01-01", "2021-01-31", "month", "events", 1),
        ("Nairobi", "2021-01-01", "2021-01-31", "month", "deaths", 0),
        ("Kisumu", "2021-01-01", "2021-01-31", "month", "events", 1),
        ("Kisumu", "2021-01-01", "2021-01-31", "month", "deaths", 1),
    ]
    assert "aggregate" in {code for code, _ in result.batch.warnings}


@pytest.mark.parametrize(
    ("header", "days", "first"),
    [
        ("date", ["2021-01-01", "2021-02-01", "2021-03-01"], ("2021-01-01", "2021-01-31", "month")),
        ("week", ["2021-01-04", "2021-01-11", "2021-01-18"], ("2021-01-04", "2021-01-10", "week")),
        ("week ending", ["2021-01-10", "2021-01-17", "2021-01-24"],
         ("2021-01-04", "2021-01-10", "week")),
        ("date", ["2021-W01", "2021-W02", "2021-W03"], ("2021-01-04", "2021-01-10", "week")),
        ("year", ["2019", "2020", "2021"], ("2019-01-01", "2019-12-31", "year")),
        ("date", ["Q1 2021", "Q2 2021", "Q3 2021"], ("2021-01-01", "2021-03-31", "range")),
        ("date", ["2021-01-03", "2021-01-09", "2021-01-10"], ("2021-01-03", "2021-01-03", "day")),
    ],
)  # fmt: skip
def test_take_counts_reads_the_period_of_a_count(
    header: str, days: list[str], first: tuple[str, str, str], world: Gazetteer
) -> None:
    """A first of the month in a table of months is the month; an irregular day stays a day."""
    text = f"{header},country,events\n" + "".join(f"{day},Kenya,4\n" for day in days)
    result = take(text, world, mapping={"event_date": header})

    assert rows(result)[0][1:4] == first
    is_said = "period_unclear" in {code for code, _ in result.batch.warnings}
    assert is_said == (first[2] == "day")


def test_take_counts_lists_every_row_that_it_leaves_out(world: Gazetteer) -> None:
    """No unit, no period, no number, the same row again, a total: each has its reason."""
    text = (
        'month,country,events\n2021-01,Kenya,"1,024"\n,Kenya,2\n2021-02,,3\n2021-03,Kenya,\n'
        '2021-04,Kenya,many\n2021-01,Kenya,"1,024"\nTotal,,1031\n2021-05,Uganda,0\n'
    )
    result = take(text, world)
    reasons = {issue.row: issue.code for issue in result.issues if issue.rejected}

    assert [row[-1] for row in rows(result)] == [1024, 0]
    assert result.batch.counts["duplicate"] == 1
    assert reasons == {
        3: "date_missing", 4: "place_missing", 5: "count_missing", 6: "count_missing",
        8: "total_row",
    }  # fmt: skip


def test_take_counts_knows_the_unit_of_a_row(world: Gazetteer) -> None:
    """A later map of areas needs the unit itself; a point that stands for it is only kept."""
    text = "month,province,country,lat,lon,events\n" + "".join(
        f"2021-0{m},Nairobi,Kenya,-1.29,36.82,{m}\n2021-0{m},,,-4.04,39.67,{m}\n" for m in (1, 2, 3)
    )
    table = take(text, world).aggregates

    assert table["place_id"].iloc[0]
    assert pd.isna(table["place_id"].iloc[1])
    assert table["latitude"].tolist()[:2] == [-1.29, -4.04]
    assert pd.isna(table["unit"].iloc[1])


def test_take_counts_asks_which_of_several_columns_holds_them(world: Gazetteer) -> None:
    """Population is a whole number too."""
    text = "month,country,raids,people\n" + "".join(f"2021-0{m},Kenya,{m},99\n" for m in (1, 2, 3))
    asked = take(text, world)

    assert asked.question is not None
    assert asked.question.about == "counts"
    assert asked.question.choices == ("raids", "people")
    answered = take(text, world, answers={"counts": "raids"})
    assert [row[-2:] for row in rows(answered)] == [("raids", 1), ("raids", 2), ("raids", 3)]


def test_take_counts_refuses_a_table_without_whole_numbers(world: Gazetteer) -> None:
    """There is nothing to count in it."""
    with pytest.raises(FileRefusedError) as refusal:
        take("date,country,note\n2021-01-01,Kenya,a\n2021-01-02,Kenya,b\n", world)
    assert refusal.value.code == "no_counts"


def test_take_counts_reads_the_weekly_aggregate_of_acled(world: Gazetteer) -> None:
    """Refused as events, it names the flag that takes it in."""
    text = (
        "WEEK,REGION,COUNTRY,ADMIN1,EVENT_TYPE,SUB_EVENT_TYPE,EVENTS,FATALITIES,"
        "POPULATION_EXPOSURE,DISORDER_TYPE,ID,CENTROID_LATITUDE,CENTROID_LONGITUDE\n"
        "2023-01-07,Eastern Africa,Kenya,Nairobi,Protests,Peaceful protest,3,0,,x,7,-1.29,36.82\n"
        "2023-01-14,Eastern Africa,Kenya,Nairobi,Protests,Peaceful protest,1,2,,x,7,-1.29,36.82\n"
        "2023-01-21,Eastern Africa,Kenya,Nairobi,Protests,Peaceful protest,2,0,,x,7,-1.29,36.82\n"
    )
    raw = read_table(text.encode(), name="t.csv")
    with pytest.raises(FileRefusedError, match="--aggregates"):
        ingest_table(raw, existing=empty_events(), gazetteer=world, batch_id="b")

    assert rows(take(text, world))[2:4] == [
        ("Nairobi", "2023-01-14", "2023-01-20", "week", "EVENTS", 1),
        ("Nairobi", "2023-01-14", "2023-01-20", "week", "FATALITIES", 2),
    ]
