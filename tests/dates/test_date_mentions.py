"""The days that words of running text give."""

from datetime import date

import pytest

from geomap.dates import find_dates

PUBLISHED = date(2023, 3, 15)  # a Wednesday


def spans(text: str, published: date | None = PUBLISHED) -> list[tuple[str, str, str]]:
    """Return each mention as (text, "start..end", precision)."""
    return [
        (m.text, f"{m.span.start}..{m.span.end or ''}", m.span.precision.value)
        for m in find_dates(text, published=published)
    ]


@pytest.mark.parametrize(
    ("text", "mention", "days", "precision"),
    [
        ("It was on December 10, 2022.", "December 10, 2022", "2022-12-10..2022-12-10", "day"),
        ("It was on 10 December 2022.", "10 December 2022", "2022-12-10..2022-12-10", "day"),
        ("It was early on Saturday.", "Saturday", "2023-03-11..2023-03-11", "day"),
    ],
)
def test_find_dates_reads_a_house_style(text: str, mention: str, days: str, precision: str) -> None:
    """Wire services write dates in many ways; each gives the same days."""
    assert spans(text) == [(mention, days, precision)]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "on 3, 5 and 7 May",
            ["2022-05-03..2022-05-03", "2022-05-05..2022-05-05", "2022-05-07..2022-05-07"],
        ),
        ("on 3 and 5-7 May", ["2022-05-03..2022-05-03", "2022-05-05..2022-05-07"]),
        ("on May 3-5 and 7, 2022", ["2022-05-03..2022-05-05", "2022-05-07..2022-05-07"]),
        (
            "on Friday 3rd and Saturday 4th March",
            ["2023-03-03..2023-03-03", "2023-03-04..2023-03-04"],
        ),
        ("on 3, 4 March 2023", ["2023-03-03..2023-03-03", "2023-03-04..2023-03-04"]),
        ("3 и 5 марта 2023", ["2023-03-03..2023-03-03", "2023-03-05..2023-03-05"]),
        ("с 3 по 5 марта 2023 года", ["2023-03-03..2023-03-05"]),
        ("1-10 mart 2023", ["2023-03-01..2023-03-10"]),
        ("from December 3 to 7", ["2022-12-03..2022-12-07"]),
        ("between July 1, 2007, and July 1, 2008", ["2007-07-01..2008-07-01"]),
        ("from late May until 3 June", ["2022-05-21..2022-06-03"]),
        ("30 December - 2 January", ["2022-12-30..2023-01-02"]),
        ("They will meet on Friday", ["2023-03-17..2023-03-17"]),
        ("since last Tuesday", ["2023-03-14.."]),
        ("In March 10 people died", ["2023-03-01..2023-03-31"]),
        ("on December 3 and 7 people died", ["2022-12-03..2022-12-03"]),
        (
            "On 3 May it began. A week earlier, he left.",
            ["2022-05-03..2022-05-03", "2022-04-26..2022-04-26"],
        ),
        ("in the first week of June", ["2022-06-01..2022-06-07"]),
        ("resolution 2020", []),
        ("a week earlier", []),
    ],
)
def test_find_dates_gives_the_days_meant(text: str, days: list[str]) -> None:
    """Lists, ranges, tenses, counts and words that count from another date."""
    assert [found[1] for found in spans(text)] == days


@pytest.mark.parametrize(
    "text", ["yesterday", "on Tuesday", "last week", "on 5 May", "two days ago"]
)
def test_find_dates_gives_nothing_without_an_anchor(text: str) -> None:
    """Without the day of publication a relative word is no date."""
    assert spans(text, published=None) == []


def test_find_dates_keeps_offsets_of_the_text() -> None:
    """The quoted evidence is to be found in the text."""
    text = "ROME, May 5 (AP) - Talks on May 3 and 4 ended; they resume from 7 to 9 May."

    for mention in find_dates(text, published=PUBLISHED):
        assert text[mention.start_char : mention.end_char] == mention.text


def test_a_paragraph_ends_a_sentence_whatever_stands_around_it() -> None:
    """The year of a treaty must not date the arrests of the next paragraph."""
    text = "The pact of 2013 foresees a council.\n\nPolice arrested five men on 26 and 27 May."

    days = [mention.span.start for mention in find_dates(text, published=date(2023, 5, 30))]

    assert days[1:] == [date(2023, 5, 26), date(2023, 5, 27)]


def test_find_dates_reads_past_a_number_without_end() -> None:
    """A key or a picture pasted into a text has thousands of digits; the dates after it stay."""
    (found,) = find_dates("1" * 5_000 + " on 3 May 2021.")

    assert found.text == "3 May 2021"
