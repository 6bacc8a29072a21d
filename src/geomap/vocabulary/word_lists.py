"""Word lists as data: the name of a list, a tab, its words; a long list takes several lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from geomap.vocabulary.data_rows import read_data_rows
from geomap.vocabulary.months import month_names

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
