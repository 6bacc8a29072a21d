"""What words of running text give which days."""

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
