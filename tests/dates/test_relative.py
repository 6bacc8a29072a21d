"""Words that count from the day of writing, here Wednesday 15 March 2023."""

import pytest
from tests.dates.conftest import Spans


@pytest.mark.parametrize(
    ("text", "mention", "days"),
    [
        ("It was shut yesterday.", "yesterday", "2023-03-14..2023-03-14"),
        ("It is shut today.", "today", "2023-03-15..2023-03-15"),
        ("It opens tomorrow.", "tomorrow", "2023-03-16..2023-03-16"),
        ("the day before yesterday", "the day before yesterday", "2023-03-13..2023-03-13"),
        ("the day after tomorrow", "the day after tomorrow", "2023-03-17..2023-03-17"),
        ("It was hit overnight.", "overnight", "2023-03-14..2023-03-15"),
        ("two days ago", "two days ago", "2023-03-13..2023-03-13"),
        ("twenty days ago", "twenty days ago", "2023-02-23..2023-02-23"),
        ("two weeks ago", "two weeks ago", "2023-02-26..2023-03-04"),
        ("a year ago today", "a year ago today", "2022-03-15..2022-03-15"),
        ("three months ago", "three months ago", "2022-12-01..2022-12-31"),
        ("It fell last week.", "last week", "2023-03-06..2023-03-12"),
        ("It fell last month.", "last month", "2023-02-01..2023-02-28"),
        ("It fell last year.", "last year", "2022-01-01..2022-12-31"),
        ("this year", "this year", "2023-01-01..2023-12-31"),
        ("earlier this month", "earlier this month", "2023-03-01..2023-03-15"),
        ("in the past week", "the past week", "2023-03-08..2023-03-15"),
        ("The past 24 hours saw fire.", "The past 24 hours", "2023-03-14..2023-03-15"),
        ("over the last 48 hours", "the last 48 hours", "2023-03-13..2023-03-15"),
        ("in the next two days", "the next two days", "2023-03-15..2023-03-17"),
        ("It burned over the weekend.", "the weekend", "2023-03-11..2023-03-12"),
        ("It burned last weekend.", "last weekend", "2023-03-11..2023-03-12"),
        ("It will open at the weekend.", "the weekend", "2023-03-18..2023-03-19"),
        ("on Tuesday of last week", "Tuesday of last week", "2023-03-07..2023-03-07"),
    ],
)
def test_find_dates_counts_from_the_day_of_writing(
    text: str, mention: str, days: str, spans: Spans
) -> None:
    """The reporter's "yesterday" is the day before the report."""
    assert spans(text) == [(mention, days, "")]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("They met on Tuesday.", "2023-03-14"),
        ("They met on Wednesday.", "2023-03-15"),
        ("They met on Thursday.", "2023-03-09"),
        ("They met on Monday night.", "2023-03-13"),
        ("They met last Wednesday.", "2023-03-08"),
        ("They will meet on Thursday.", "2023-03-16"),
        ("They will meet on Tuesday.", "2023-03-21"),
        ("They are to meet on Friday.", "2023-03-17"),
        ("They agreed to meet on Friday.", "2023-03-17"),
        ("A meeting is planned for Friday.", "2023-03-17"),
        ("The talks were moved to Friday.", "2023-03-17"),
        ("The envoy arrives in Baku on Thursday.", "2023-03-16"),
        ("They meet next Monday.", "2023-03-20"),
        ("They must leave by Friday, officials said.", "2023-03-17"),
        ("The truce, signed on Monday, runs through Thursday.", "2023-03-16"),
        ("The truce ends on Sunday.", "2023-03-19"),
        ("Work should start on Monday.", "2023-03-20"),
        ("After Tuesday's vote they left.", "2023-03-14"),
        ("They stayed until Sunday.", "2023-03-12"),
        ("By Sunday evening fighting had resumed.", "2023-03-12"),
        ("The ministers, who will meet on Friday, spoke on Monday.", "2023-03-13"),
    ],
)
def test_find_dates_reads_a_weekday_by_the_tense(text: str, day: str, spans: Spans) -> None:
    """What happened lies behind the day of writing, what is planned lies ahead of it."""
    assert spans(text)[-1][1] == f"{day}..{day}"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("It was held on 10 December.", "2022-12-10"),
        ("It was held on March 14.", "2023-03-14"),
        ("The visit was moved to 10 April.", "2023-04-10"),
        ("A visit was planned for 10 December.", "2022-12-10"),
        ("It will be held on 14 May.", "2023-05-14"),
        ("It was held on Friday, 17 March.", "2023-03-17"),
        ("The 12 March rally was small; another is planned soon.", "2023-03-12"),
        ("It was held on 6 October and on 31 August 2021.", "2021-10-06"),
    ],
)
def test_find_dates_completes_a_day_without_a_year(text: str, day: str, spans: Spans) -> None:
    """The year is that of the nearest such day in the direction of the tense."""
    assert spans(text)[0][1] == f"{day}..{day}"


@pytest.mark.parametrize(
    ("text", "mention", "days"),
    [
        ("nine dead in Feb, officials said", "Feb", "2023-02-01..2023-02-28"),
        ("begun this past September", "this past September", "2022-09-01..2022-09-30"),
        ("high as of December", "December", "2022-12-01..2022-12-31"),
        ("open April through June", "April through June", "2022-04-01..2022-06-30"),
        ("a budget beginning July 1, 2022", "July 1, 2022", "2022-07-01..2022-07-01"),
        ("pigs died since December due to a virus", "December", "2022-12-01.."),
        ("dead in the June strike", "June", "2022-06-01..2022-06-30"),
        ("down by end-February", "end-February", "2023-02-21..2023-02-28"),
        ("the year 2022", "2022", "2022-01-01..2022-12-31"),
        ("in January-February 2023", "January-February 2023", "2023-01-01..2023-02-28"),
        ("in Q1 2023", "Q1 2023", "2023-01-01..2023-03-31"),
        ("in H1 2022", "H1 2022", "2022-01-01..2022-06-30"),
        ("in the summer of 2021", "2021", "2021-01-01..2021-12-31"),
        ("in spring 2022", "2022", "2022-01-01..2022-12-31"),
        (
            "from early Friday to late Sunday",
            "early Friday to late Sunday",
            "2023-03-10..2023-03-12",
        ),
        ("between Friday night and Sunday", "Friday night and Sunday", "2023-03-10..2023-03-12"),
        ("in 1988-94", "1988-94", "1988-01-01..1994-12-31"),
        ("in the 2021-22 season", "2021-22", "2021-01-01..2022-12-31"),
        ("in the 1990s", "1990s", "1990-01-01..1999-12-31"),
        ("in the first half of April", "the first half of April", "2022-04-01..2022-04-15"),
        ("the week ending 12 March", "week ending 12 March", "2023-03-06..2023-03-12"),
        ("the week beginning 6 March", "week beginning 6 March", "2023-03-06..2023-03-12"),
        ("mid-2005", "mid-2005", "2005-05-01..2005-08-31"),
        ("late June 2022", "late June 2022", "2022-06-21..2022-06-30"),
    ],
)
def test_find_dates_reads_a_stretch_with_a_name(
    text: str, mention: str, days: str, spans: Spans
) -> None:
    """Parts of months and years are spans with both ends known."""
    assert [found[:2] for found in spans(text)] == [(mention, days)]
