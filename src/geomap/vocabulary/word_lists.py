"""Lists of words that several rooms share, and the readers of the data files of all rooms."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import resources
from typing import NamedTuple


def read_data_rows(package: str, file: str) -> Iterator[list[str]]:
    """Yield the fields of each row; blank lines and those that begin with "#" are comments.

    Parameters
    ----------
    package
        Dotted name of the package, such as "geomap.dates".
    file
        File name in the package's folder `data`: fields between tabs, packed if it ends in ".gz".

    Returns
    -------
    rows
        The fields of one line after another, as text.
    """
    content = resources.files(package).joinpath("data", file).read_bytes()
    text = gzip.decompress(content) if file.endswith(".gz") else content
    for line in text.decode().splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.split("\t")


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


WordLists = dict[str, tuple[str, ...]]
"""The words of each list, by its name, in the order of the file."""


def read_word_lists(
    package: str, file: str, *, common: Mapping[str, tuple[str, ...]] | None = None
) -> WordLists:
    """Return the word lists of a data file by name.

    Words stand between blanks, or between "|" in a list that has phrases. "@name" stands for
    the words of another list: one of `common` or an earlier one of the file.

    Parameters
    ----------
    package, file
        As for `read_data_rows`; a row holds the name of a list and words of it.
    common
        Lists that the file may refer to; `COMMON_LISTS` by default.

    Returns
    -------
    lists
        Words in the order of the file, each once.

    Raises
    ------
    KeyError
        When a list refers to one that is not known.
    """
    known: WordLists = dict(COMMON_LISTS if common is None else common)
    lists: WordLists = {}
    for name, line in read_data_rows(package, file):
        words = line.split("|") if "|" in line else line.split()
        more = (*lists.get(name, ()), *_expanded(words, known))
        known[name] = lists[name] = tuple(dict.fromkeys(more))
    return lists


def _expanded(words: list[str], known: WordLists) -> Iterator[str]:
    for word in words:
        yield from known[word[1:]] if word[:1] == "@" else (word,)


def _common_lists() -> WordLists:
    months = {
        f"month-{names.use}s": tuple(form.lower() for forms in names.forms for form in forms)
        for names in month_names()
        if names.language == "en"
    }
    return months | read_word_lists("geomap.vocabulary", "english.tsv", common=months)


COMMON_LISTS: WordLists = _common_lists()
"""Lists of English words that several rooms use: names of days and months, numbers, no value."""

NUMBER_WORDS: dict[str, int] = {
    **{word: number for number, word in enumerate(COMMON_LISTS["numbers"])},
    **{word: 10 * number for number, word in enumerate(COMMON_LISTS["tens"], 2)},
}
"""English words for whole numbers up to sixty, as far as they are single words."""
