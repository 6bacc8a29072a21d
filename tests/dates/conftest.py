"""Fixtures for the tests of dates: a day of publication, and mentions in a short form."""

from collections.abc import Callable
from datetime import date

import pytest

from geomap.dates import find_dates

Spans = Callable[..., list[tuple[str, str, str]]]
PUBLISHED = date(2023, 3, 15)  # a Wednesday


@pytest.fixture(scope="session")
def spans() -> Spans:
    """Return a reader of text: each mention as (its text, "start..end", its role)."""

    def read(text: str, published: date | None = PUBLISHED) -> list[tuple[str, str, str]]:
        return [
            (m.text, f"{m.span.start}..{m.span.end or ''}", m.role)
            for m in find_dates(text, published=published)
        ]

    return read
