"""Names of the months by language, from `data/months.tsv`."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from geomap.vocabulary.data_rows import read_data_rows


class MonthNames(NamedTuple):
    """The forms of the twelve months in one language, each month's in a tuple.

    `use` is "name" or "short" for English; "day first" where the day stands before the name;
    "either way" where it may also follow. Languages that write months small have them small.
    """

    language: str
    use: str
    forms: tuple[tuple[str, ...], ...]


@lru_cache(maxsize=1)
def month_names() -> tuple[MonthNames, ...]:
    """Return the rows of the table of month names, one or two for each language."""
    return tuple(
        MonthNames(language, use, tuple(tuple(filter(None, one.split("|"))) for one in forms))
        for language, use, *forms in read_data_rows("geomap.vocabulary", "months.tsv")
    )


def month_numbers(use: str) -> dict[str, int]:
    """Return the number of a month, 1 to 12, by each of its forms in lower case.

    Parameters
    ----------
    use
        A use of `MonthNames`: the forms of all languages with that use are joined.
    """
    return {
        form.lower(): number
        for names in month_names()
        if names.use == use
        for number, forms in enumerate(names.forms, 1)
        for form in forms
    }


ENGLISH_MONTHS: tuple[str, ...] = tuple(
    forms[0] for names in month_names() if names.use == "name" for forms in names.forms
)
"""January to December."""
