"""Ids of rows: one event, its parts, its versions, and numbers that a program rewrote."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from geomap.ingest import IngestResult

Ingest = Callable[..., IngestResult]

HEAD = "id,date,place,lat,lon,notes\n"


@pytest.mark.parametrize(
    "rows",
    [
        ["A,2019-06-01,X,1.5,36.5,a", "A,2019-07-01,X,1.5,36.5,a"],
        ["A,2019-06-01,X,1.5,36.5,a", "A,2019-06-01,Y,2.5,37.5,a"],
        ["A,2019-06-01,X,,,a", "A,2019-06-01,Y,,,a"],
        ["A,2019-06-01,X,1.5,36.5,a", "A,,X,1.5,36.5,a"],
        ["A,2019-06-01,X,1.5,36.5,a", "A,2019-06-02,Y,2.5,37.5,b", "A,2019-06-03,Z,3.5,38.5,c"],
    ],
)
def test_ingest_keeps_all_parts_of_an_event(rows: list[str], ingest: Ingest) -> None:
    """Rows of one id at other days or places are parts of it, in any order, again and again."""
    once = ingest(HEAD + "\n".join(rows), "log.csv")
    again = ingest(HEAD + "\n".join(reversed(rows)), "log.csv", existing=once.events)

    assert once.batch.counts["accepted"] == len(rows)
    assert again.batch.counts["unchanged"] == len(rows)
    assert once.events["event_id"].is_unique
    assert "log:A" in set(once.events["event_id"])
    assert once.events["flags"].str.contains("part_of_event").all()
    named = [issue for issue in once.issues if issue.code == "part_of_event"]
    assert len(named) == len(rows)


def test_ingest_takes_one_of_two_versions_at_one_day_and_place(ingest: Ingest) -> None:
    """What differs in a note alone is the same event written twice."""
    rows = ["A,2019-06-01,X,1.5,36.5,old", "A,2019-06-01,X,1.5,36.5,new"]
    result = ingest(HEAD + "\n".join(rows))

    assert result.events["notes"].tolist() == ["new"]
    assert result.batch.counts["duplicate"] == 1


def test_ingest_keeps_the_id_of_an_event_that_gets_a_later_part(ingest: Ingest) -> None:
    """A release that adds a day to an event changes nothing about the first."""
    first = "A,2019-06-01,X,1.5,36.5,a"
    once = ingest(HEAD + first, "log.csv")
    more = ingest(f"{HEAD}{first}\nA,2019-06-09,X,1.5,36.5,a", "log.csv", existing=once.events)

    assert (more.batch.counts["unchanged"], more.batch.counts["accepted"]) == (1, 1)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["100", "101"], ["100.0", "101.0"]),
        (["100.0", "101.0"], ["100", "101"]),
        (["100", "101.0"], ["100.00", "101"]),
        (["-5", "7"], ["-5.0", "7.0"]),
        (["1000000001", "2"], ["1000000001.0", "2.0"]),
    ],
)
def test_ingest_knows_whole_numbers_that_a_program_wrote_as_decimals(
    before: list[str], after: list[str], ingest: Ingest
) -> None:
    """100 and 100.0 are one id: the same file from another program changes nothing."""

    def text(ids: list[str]) -> str:
        return "id,date,lat,lon\n" + "".join(
            f"{i},2019-06-01,1.5,36.{n}\n" for n, i in enumerate(ids)
        )

    once = ingest(text(before), "log.csv")
    again = ingest(text(after), "log (1).csv", existing=once.events)

    assert again.batch.counts["unchanged"] == len(before)


def test_ingest_keeps_ids_that_only_look_like_decimals(ingest: Ingest) -> None:
    """1.1 and 1.10 are two numbers of a list, and 1.0 is not 1."""
    result = ingest(
        "id,date,lat,lon\n1.0,2019-06-01,1,36\n1.1,2019-06-02,1,36\n1.10,2019-06-03,1,36\n", "l.csv"
    )

    assert set(result.events["event_id"]) == {"l:1.0", "l:1.1", "l:1.10"}


def test_ingest_reads_counts_with_three_decimals_as_what_they_are(ingest: Ingest) -> None:
    """3.000 from a program is three, beside 2.500 it is three thousand."""
    head = "date,lat,lon,deaths\n2019-06-01,1.5,36.5,3.000\n2019-06-02,1.5,36.5,"

    assert ingest(head + "12.000\n").events["fatalities"].tolist() == [3, 12]
    assert ingest(head + "2.500\n").events["fatalities"].tolist() == [3000, 2500]


@pytest.mark.parametrize(
    ("cell", "count"),
    [("1,024", 1024), ("1.024", 1024), ("1 024", 1024), ("12'500", 12500), ("1,234,567", 1234567),
     ("3.0", 3), ("1,02", None), ("1,0245", None), ("1,024.567", None)],
)  # fmt: skip
def test_ingest_reads_counts_with_parted_thousands(
    cell: str, count: int | None, ingest: Ingest
) -> None:
    """Groups of three digits are one number; anything else is reported."""
    result = ingest(
        f'date;lat;lon;deaths\n2019-06-01;1.5;36.5;"{cell}"\n'.replace(";", "\t"), "t.tsv"
    )

    deaths = result.events["fatalities"].iloc[0]
    assert (None if pd.isna(deaths) else deaths) == count
    listed = "count_unreadable" in {issue.code for issue in result.issues}
    assert listed == (count is None)
