"""Laws of cells: a day that is written in a known form and language comes back as that day."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.dates.calendars import calendar_span
from geomap.dates.cell_words import fold_words, read_cell_tokens
from geomap.dates.date_cells import read_cell
from geomap.model import DatePrecision
from geomap.vocabulary import month_names

DAYS = st.dates(date(1700, 1, 1), date(2199, 12, 31))
SILENT = {"filler", "weekday", "to", "about", "between"}


@st.composite
def _named_days(draw: st.DrawFn) -> tuple[date, str]:
    """Return a day and the name of its month in some language, some form and some case."""
    day = draw(DAYS)
    names = draw(st.sampled_from([names for names in month_names() if names.language != "roman"]))
    forms = [form for form in names.forms[day.month - 1] if form]
    month = draw(st.sampled_from(forms or ["May" if day.month == 5 else f"{day:%B}"]))
    return day, draw(st.sampled_from([month, month.lower(), month.upper(), f"{month}."]))


@given(
    _named_days(),
    st.sampled_from(
        ["{d} {m} {y}", "{d}. {m} {y}", "{d}-{m}-{y}", "{y} {m} {d}", "{d}/{m}/{y}",
         "{d:02} {m}, {y}", "{m} {d}, {y}", "{y}-{m}-{d:02}", "«{d}» {m} {y} г.",
         "{d} de {m} de {y}"]
    ),
)  # fmt: skip
def test_read_cell_reads_a_day_in_every_language_and_form(
    named: tuple[date, str], form: str
) -> None:
    """What a language writes, it writes in a table too."""
    day, month = named
    cell = read_cell(form.format(d=day.day, m=month, y=day.year))

    assert cell.span is not None
    assert (cell.span.start, cell.span.end, cell.span.precision) == (day, day, DatePrecision.DAY)


@given(_named_days(), st.sampled_from(["{m} {y}", "{m}-{y}", "{y} {m}", "{m}, {y}", "{y}/{m}"]))
def test_read_cell_reads_a_month_in_every_language(named: tuple[date, str], form: str) -> None:
    """A month stays a month."""
    day, month = named
    cell = read_cell(form.format(m=month, y=day.year))

    assert cell.span is not None
    assert cell.span.precision is DatePrecision.MONTH
    assert (cell.span.start.year, cell.span.start.month) == (day.year, day.month)


@given(
    DAYS,
    st.integers(1, 400),
    st.sampled_from(
        ["{a} - {b}", "{a} – {b}", "{a}-{b}", "{a} to {b}", "{a} bis {b}", "{a} до {b}", "{a}/{b}"]
    ),
    st.sampled_from(["%d %B %Y", "%Y-%m-%d", "%d %b %Y", "%B %d, %Y", "%Y/%m/%d"]),
)
def test_read_cell_reads_a_range_of_two_whole_days(
    start: date, length: int, form: str, style: str
) -> None:
    """Both ends come back, whatever joins them."""
    end = start + timedelta(days=length)
    cell = read_cell(form.format(a=start.strftime(style), b=end.strftime(style)))

    assert cell.span is not None
    assert (cell.span.start, cell.span.end) == (start, end)
    assert cell.span.precision is DatePrecision.RANGE


@given(DAYS)
def test_read_cell_reads_the_ordinal_and_week_forms_of_iso_8601(day: date) -> None:
    """The three forms of ISO 8601 name the same day."""
    year, week, weekday = day.isocalendar()
    forms = (f"{day:%Y-%j}", f"{year}-W{week:02}-{weekday}", f"{day:%Y-%m-%d}", f"{day:%Y%m%d}")
    spans = [read_cell(form).span for form in forms]

    assert {span.start for span in spans if span} == {day}
    assert all(spans)


@given(st.text(max_size=60))
def test_read_cell_fails_on_no_text(text: str) -> None:
    """A cell is a span, two readings, a number or a problem, whatever is in it."""
    cell = read_cell(text)

    assert bool(cell.span or cell.readings) != bool(cell.problem)


@given(st.text(alphabet="0123456789-/.,~?xX WQH'–to", max_size=40))
def test_read_cell_fails_on_no_text_of_digits_and_signs(text: str) -> None:
    """The same for what looks most like dates."""
    cell = read_cell(text)

    assert bool(cell.span or cell.readings) != bool(cell.problem)


@pytest.mark.parametrize(
    ("calendar", "years"), [("jalali", (1211, 1632)), ("ethiopian", (1701, 2190))]
)
def test_calendar_span_leaves_no_day_out_and_none_twice(
    calendar: str, years: tuple[int, int]
) -> None:
    """The months of a year follow each other, and so do the years."""
    following = None
    for year in range(*years):
        whole = calendar_span(calendar, year, None, None)  # type: ignore[arg-type]
        months = range(1, 14 if calendar == "ethiopian" else 13)
        spans = [calendar_span(calendar, year, month, None) for month in months]  # type: ignore[arg-type]
        assert following is None or whole.start == following
        assert spans[0].start == whole.start
        assert spans[-1].end == whole.end
        for one, other in pairwise(spans):
            assert one.end is not None
            assert other.start == one.end + timedelta(days=1)
        assert whole.end is not None
        following = whole.end + timedelta(days=1)


def test_month_names_mean_one_month_in_all_languages() -> None:
    """A word that is July in one language and June in another could not be read alone."""
    seen: dict[str, int] = {}
    for names in month_names():
        for number, forms in enumerate(names.forms, 1):
            for form in map(fold_words, forms):
                assert seen.setdefault(form, number) == number, form


def test_month_names_are_months_before_they_are_anything_else() -> None:
    """A month that was also a word for "of" would vanish from its date."""
    for names in month_names():
        for form in (form for forms in names.forms for form in forms):
            tokens = read_cell_tokens(fold_words(form))
            assert tokens is not None, form
            assert tokens[0].meanings[0][0] == "month", form
