"""Laws that hold for every text, every day and every column."""

from datetime import date
from itertools import pairwise
from typing import Literal

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from geomap.dates import find_dates, find_publication_date, read_dates
from geomap.model import DatePrecision

DAYS = st.dates(date(1950, 1, 1), date(2100, 12, 31))
FORMATS = [
    "%B {d}, %Y", "{d} %B %Y", "{d} %b %Y", "%b. {d}, %Y", "%b {d} %Y", "%A, %B {d}, %Y",
    "%a, {d} %b %Y", "{d}.%m.%Y", "%d.%m.%Y", "%Y-%m-%d", "%Y/%m/%d", "%d-%b-%Y",
    "the {o} of %B, %Y", "%B {o}, %Y", "{d} %B, %Y", "%Y-%m-%dT10:30:00Z",
]  # fmt: skip
FRAMES = [
    "The convoy was stopped on {}.",
    "On {}, the road was closed again.",
    "Talks ({}) ended without a deal, officials said.",
    "It had reopened {}; nobody was hurt.",
    "Residents left the town by {}, the mayor said.",
]
PIECES = st.sampled_from(
    ["on", "in", "since", "from", "to", "and", "the", "of", ",", ".", "-", "(", ")", "\n\n",
     "May", "March", "Friday", "December", "3", "5", "7", "12", "2022", "2022-12-12", "3/4/2022",
     "last", "week", "two", "days", "after", "ago", "yesterday", "early", "weekend", "next",
     "Theresa", "may", "between", "night"]
)  # fmt: skip
WORDS = st.lists(PIECES, max_size=25).map(" ".join)
TEXTS = st.text(max_size=200) | WORDS
ANCHORS = DAYS | st.none()


def written(day: date, style: str) -> str:
    """Return `day` in one house style."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    ordinal = f"{day.day}{'th' if 11 <= day.day <= 13 else ending}"
    return day.strftime(style.replace("{d}", str(day.day)).replace("{o}", ordinal))


@given(TEXTS, ANCHORS)
def test_find_dates_quotes_the_text(text: str, published: date | None) -> None:
    """The quoted evidence is to be found in the text, in its order, never overlapping."""
    mentions = find_dates(text, published=published)

    places = [(mention.start_char, mention.end_char) for mention in mentions]
    assert places == sorted(places)
    for mention in mentions:
        assert mention.text == text[mention.start_char : mention.end_char] != ""
    different = sorted(set(places))
    assert all(end <= start for (_, end), (start, _) in pairwise(different))


@given(DAYS, st.sampled_from(FORMATS), st.sampled_from(FRAMES), ANCHORS)
def test_find_dates_finds_exactly_the_day_that_was_written(
    day: date, style: str, frame: str, published: date | None
) -> None:
    """A whole date means the same in every style, in every sentence, whenever published."""
    mentions = find_dates(frame.format(written(day, style)), published=published)

    assert [(m.span.start, m.span.end, m.span.precision) for m in mentions] == [
        (day, day, DatePrecision.DAY)
    ]


@given(
    st.lists(st.integers(1, 28), min_size=2, max_size=5, unique=True).map(sorted),
    st.integers(1, 12),
    st.booleans(),
)
def test_find_dates_gives_each_day_of_a_list(days: list[int], month: int, day_first: bool) -> None:
    """Readers of a list must not lose a day, nor take it for a range."""
    first = date(2022, month, 1)
    listed = ", ".join(map(str, days[:-1])) + f" and {days[-1]}"
    words = f"{listed} {first:%B} 2022" if day_first else f"{first:%B} {listed}, 2022"

    mentions = find_dates(f"It happened on {words}.")

    assert [mention.span.start for mention in mentions] == [first.replace(day=day) for day in days]
    assert {mention.text for mention in mentions} == {words}


@given(DAYS, st.integers(1, 25), st.sampled_from(["from {} to {}", "{} - {}", "between {} and {}"]))
def test_find_dates_gives_both_ends_of_a_range(day: date, length: int, frame: str) -> None:
    """A range is one span of days, also over the end of a month or year."""
    last = date.fromordinal(day.toordinal() + length)

    mentions = find_dates(frame.format(written(day, "{d} %B %Y"), written(last, "{d} %B %Y")))

    assert [(m.span.start, m.span.end) for m in mentions] == [(day, last)]


@given(
    st.lists(
        st.sampled_from(
            ["on Tuesday", "yesterday", "last week", "two days ago", "overnight", "this year",
             "the next day", "a week earlier", "over the weekend", "on 5 May", "since March",
             "in the past 24 hours", "tomorrow", "a year ago today", "two days after 3 May"]
        ),
        min_size=1,
    )
)  # fmt: skip
def test_find_dates_guesses_nothing_without_an_anchor(phrases: list[str]) -> None:
    """Unknown is data: without the day of publication these words name no day."""
    assert find_dates(f"They left {', '.join(phrases)}.") == ()


@given(DAYS, st.sampled_from(FORMATS))
def test_find_publication_date_reads_a_line_of_its_own(day: date, style: str) -> None:
    """The first lines of an article often contain its date and nothing else."""
    line = written(day, style)

    found = find_publication_date(f"A headline of some words\n\n{line}\n\nThe text begins.")

    assert found is not None
    assert (found.span.start, found.text) == (
        day,
        line.removeprefix("the ").removesuffix("T10:30:00Z"),
    )


@given(
    st.lists(DAYS, min_size=1, max_size=30),
    st.sampled_from(["dmy", "mdy"]),
    st.sampled_from(["/", "-"]),
)
def test_read_dates_reads_a_column_in_its_order_or_asks(
    days: list[date], order: Literal["dmy", "mdy"], sign: str
) -> None:
    """Digits alone are read one way for the whole column; without proof the owner is asked."""
    style = sign.join(["%d", "%m", "%Y"] if order == "dmy" else ["%m", "%d", "%Y"])

    column = read_dates(pd.Series([day.strftime(style) for day in days]))

    if any(day.day > 12 for day in days):
        assert (column.order, column.question) == (order, None)
        assert column.start.dt.date.tolist() == days
    elif all(day.day == day.month for day in days):
        assert column.start.dt.date.tolist() == days
    else:
        assert column.question is not None
        asked = column.problem == "date_ambiguous"
        assert asked.tolist() == [day.day != day.month for day in days]


@given(st.lists(DAYS, min_size=1, max_size=20), st.sampled_from(["dmy", "mdy"]))
def test_read_dates_follows_the_answer(days: list[date], order: Literal["dmy", "mdy"]) -> None:
    """Once its owner has answered, no question is left."""
    style = "%d/%m/%Y" if order == "dmy" else "%m/%d/%Y"

    column = read_dates(pd.Series([day.strftime(style) for day in days]), order=order)

    assert column.question is None
    assert column.start.dt.date.tolist() == days


@given(st.lists(DAYS, min_size=1, max_size=20), st.sampled_from(FORMATS))
def test_read_dates_reads_a_column_of_one_style(days: list[date], style: str) -> None:
    """A column in a style with no doubt in it comes back whole."""
    column = read_dates(pd.Series([written(day, style) for day in days]))

    assert column.start.dt.date.tolist() == days
    assert column.end.dt.date.tolist() == days
    assert column.question is None


@given(st.lists(TEXTS | DAYS.map(str) | st.none(), max_size=12))
def test_read_dates_loses_no_row(cells: list[str | None]) -> None:
    """Every cell has either its days or a problem, under the index it came with."""
    values = pd.Series(cells, index=range(2, len(cells) + 2), dtype="str")

    column = read_dates(values)

    for part in (column.start, column.end, column.precision, column.problem, column.ongoing):
        assert part.index.equals(values.index)
    assert (column.start.isna() == column.problem.notna()).all()
    assert (column.start.isna() == column.end.isna()).all()
    assert (column.start.dropna() <= column.end.dropna()).all()
