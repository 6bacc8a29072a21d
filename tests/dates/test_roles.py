"""The role of a date, from the words around it."""

from datetime import date

import pytest
from tests.dates.conftest import Spans

from geomap.dates import find_dates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("closed since 3 May 2022", ("3 May 2022", "2022-05-03..", "since")),
        ("closed since early June 2022", ("early June 2022", "2022-06-01..", "since")),
        ("open from 5 March 2022 onwards", ("5 March 2022", "2022-03-05..", "since")),
        ("from 2 May 2022 to the present", ("2 May 2022 to the present", "2022-05-02..", "since")),
        ("stay until 3 May 2022", ("3 May 2022", "2022-05-03..2022-05-03", "until")),
        ("leave by 3 May 2022", ("3 May 2022", "2022-05-03..2022-05-03", "by")),
        ("open from 3 May 2022.", ("3 May 2022", "2022-05-03..2022-05-03", "from")),
        ("seen before 3 May 2022", ("3 May 2022", "2022-05-03..2022-05-03", "before")),
        ("seen after 3 May 2022", ("3 May 2022", "2022-05-03..2022-05-03", "after")),
        ("from 3 to 7 May 2022", ("3 to 7 May 2022", "2022-05-03..2022-05-07", "from_to")),
        ("on 3-7 May 2022", ("3-7 May 2022", "2022-05-03..2022-05-07", "from_to")),
        ("on 12-14.12.2022", ("12-14.12.2022", "2022-12-12..2022-12-14", "from_to")),
        (
            "between 3 and 7 May 2022",
            ("3 and 7 May 2022", "2022-05-03..2022-05-07", "between"),
        ),
        ("the night of 2-3 May 2022", ("2-3 May 2022", "2022-05-02..2022-05-03", "between")),
        ("on 9/10 May 2022", ("9/10 May 2022", "2022-05-09..2022-05-10", "between")),
        ("in May-June 2022", ("May-June 2022", "2022-05-01..2022-06-30", "between")),
        ("in use from Feb. 2022 to date", ("Feb. 2022 to date", "2022-02-01..", "since")),
        (
            "shut from Monday, 8 May 2023, to Friday, 12 May 2023",
            ("Monday, 8 May 2023, to Friday, 12 May 2023", "2023-05-08..2023-05-12", "from_to"),
        ),
        ("on 3 May 2022", ("3 May 2022", "2022-05-03..2022-05-03", "")),
    ],
)
def test_find_dates_tells_what_a_date_is_for(
    text: str, expected: tuple[str, str, str], spans: Spans
) -> None:
    """The dates of an event depend on which date starts it and which one ends it."""
    assert spans(f"It was {text}") == [expected]


def test_find_dates_tells_a_header_and_a_dateline(spans: Spans) -> None:
    """Dates of the article itself are no dates of its events."""
    text = "March 15, 2023\n\nROME, Italy, March 14 (ANSA) - It rained on March 13.\n"

    assert [role for _, _, role in spans(text)] == ["header", "dateline", ""]


@pytest.mark.parametrize(
    "opening",
    [
        "ROME, March 13 (ANSA) - ",
        "Rome, 13 March. /ANSA/. ",
        "ROME, Italy, March 13. ",
        "ROME (Italy), 13 March 2023 - ",
        "ROME (13 March 2023) - ",
        "(Adds details) ROME, March 13 (ANSA) -- ",
        "Rome, Italy | March 13, 2023 — ",
    ],
)
def test_find_dates_counts_from_the_dateline(opening: str, spans: Spans) -> None:
    """A text put online on Wednesday but written on Monday means Sunday by "yesterday"."""
    found = spans(f"{opening}The road was closed yesterday.")

    assert [role for _, _, role in found] == ["dateline", ""]
    assert found[1][1] == "2023-03-12..2023-03-12"


@pytest.mark.parametrize("text", ["Day 1 (13 March 2023)", "The army said on March 13, that"])
def test_find_dates_takes_no_other_opening_for_a_dateline(text: str, spans: Spans) -> None:
    """A dateline is a place, a date and a sign that the text begins."""
    assert [role for _, _, role in spans(text)] == [""]


def test_find_dates_ignores_a_dateline_that_cannot_be_one() -> None:
    """A date long before the publication is not the day of writing."""
    found = find_dates("ROME, May 5 - It was shut yesterday.", published=date(2023, 3, 15))

    assert found[-1].span.start == date(2023, 3, 14)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("It began on 3 May 2022. The next day it ended.", "2022-05-04"),
        ("It began on 3 May 2022. Two days later it ended.", "2022-05-05"),
        ("It ended on 10 May 2022. Three days earlier he had left.", "2022-05-07"),
        ("It ended on 10 May 2022. A week earlier he had left.", "2022-05-03"),
        ("It ended on 10 May 2022; he had left the day before.", "2022-05-09"),
        ("It began on 3 May 2022 (a Tuesday). The following Friday it ended.", "2022-05-06"),
        ("It began on 3 May 2022 and ended on the 5th.", "2022-05-05"),
    ],
)
def test_find_dates_counts_from_the_last_date(text: str, days: str, spans: Spans) -> None:
    """Many a text counts the second day from the first."""
    assert spans(text)[-1][1:] == (f"{days}..{days}", "anaphoric")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("two days after December 10, 2022 they left", "2022-12-12"),
        ("a week after 3 May 2022 they left", "2022-05-10"),
        ("the day before 3 May 2022 they left", "2022-05-02"),
        ("three days before the 10 May 2022 vote", "2022-05-07"),
    ],
)
def test_find_dates_counts_from_the_date_that_follows(text: str, day: str, spans: Spans) -> None:
    """The text names both: the day that is meant, and the one that it is counted from."""
    meant, base = spans(text)

    assert meant[1:] == (f"{day}..{day}", "anaphoric")
    assert base[2] in {"before", "after"}


@pytest.mark.parametrize(
    "text",
    ["more than a week after 3 May 2022", "for two days after 3 May 2022", "in the days after"],
)
def test_find_dates_counts_no_loose_number(text: str, spans: Spans) -> None:
    """More than a week after a day is no day."""
    assert [role for _, _, role in spans(text)] in ([], ["after"])


def test_find_dates_counts_on_from_the_day_that_was_meant(spans: Spans) -> None:
    """After "two days after 3 May" the text goes on from 5 May."""
    found = spans("Two days after 3 May 2022 they left. The next day they were back.")

    assert found[-1][1] == "2022-05-06..2022-05-06"
