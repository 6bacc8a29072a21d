"""Years of two digits, and days in figures without a year."""

from datetime import date

import pytest
from tests.dates.conftest import Spans

from geomap.dates import find_dates


@pytest.mark.parametrize(
    ("text", "published", "day"),
    [
        ("Concepcion, 23 Aug 88 (Domestic Service) -- A bomb went off.", None, "1988-08-23"),
        ("San Salvador, 3 Jan 90 -- Troops clashed.", date(1990, 1, 4), "1990-01-03"),
        ("It fell on 26 Feb '94.", None, "1994-02-26"),
        ("It fell on 5 May 21, he said.", None, "2021-05-05"),
        ("It fell on 17 October 73.", None, "1973-10-17"),
        ("It fell on 12.02.24.", None, "2024-02-12"),
        ("It fell on 30/11/98.", None, "1998-11-30"),
    ],
)
def test_find_dates_reads_a_year_of_two_digits(
    text: str, published: date | None, day: str, spans: Spans
) -> None:
    """Wires and situation reports shorten the year; the day must not move to another one."""
    assert [days for _, days, _ in spans(text, published)] == [f"{day}..{day}"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("On 26 February 90 men came.", ["2023-02-26..2023-02-26"]),
        ("On 3 May 12 people died.", ["2022-05-03..2022-05-03"]),
        ("On 3 March, 12 people died.", ["2023-03-03..2023-03-03"]),
        ("Version 1.2.24 of the file.", []),
    ],
)
def test_find_dates_takes_a_count_after_a_day_for_no_year(
    text: str, days: list[str], spans: Spans
) -> None:
    """A number of people beside a day is a number of people."""
    assert [found for _, found, _ in spans(text)] == days


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("On 14/3 shells fell.", "2023-03-14"),
        ("14/03: shells fell.", "2023-03-14"),
        ("- 28/02 a raid near the dam.", "2023-02-28"),
        ("Shells fell on 30/12.", "2022-12-30"),
    ],
)
def test_find_dates_completes_a_day_in_figures_where_the_year_is_known(
    text: str, day: str, spans: Spans
) -> None:
    """A log of a week writes day and month alone; the publication gives the year."""
    assert [days for _, days, _ in spans(text)] == [f"{day}..{day}"]


@pytest.mark.parametrize(
    "text",
    ["They work 24/7.", "It is 1/2 of all.", "After 9/11 rules changed.", "He scored 15/20.",
     "on 3/4 shells fell"],
)  # fmt: skip
def test_find_dates_takes_fractions_for_no_days(text: str) -> None:
    """A fraction is no day, and figures that may be read two ways stay unread."""
    assert find_dates(text, published=date(2023, 3, 15)) == ()


@pytest.mark.parametrize(
    ("text", "mention", "days"),
    [
        ("hurt overnight Saturday.", "overnight Saturday", "2023-03-11..2023-03-12"),
        ("hit overnight into Sunday.", "overnight into Sunday", "2023-03-11..2023-03-12"),
        ("hit in the night to Sunday.", "night to Sunday", "2023-03-11..2023-03-12"),
        ("hit on the night of 3 March.", "3 March", "2023-03-03..2023-03-03"),
    ],
)
def test_find_dates_gives_a_night_both_its_days(
    text: str, mention: str, days: str, spans: Spans
) -> None:
    """A night into Sunday began on Saturday."""
    assert [found[:2] for found in spans(text)] == [(mention, days)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The march, set for Monday, was called off.", "2023-03-13"),
        ("The rally scheduled for Tuesday was cancelled.", "2023-03-14"),
        ("The rally scheduled for Friday was cancelled.", "2023-03-17"),
        ("The rally scheduled for Friday has been cancelled.", "2023-03-17"),
        ("The vote was set for Friday.", "2023-03-17"),
    ],
)
def test_find_dates_puts_what_was_called_off_on_the_nearest_such_day(
    text: str, day: str, spans: Spans
) -> None:
    """What was set for Monday and was called off was this week's, on either side of today."""
    assert [days for _, days, _ in spans(text)] == [f"{day}..{day}"]
