"""The words that name days: months, weekdays, numbers, relative words.

Words are distinguished by case where another word is spelled the same ("May", "March").
"""

from __future__ import annotations

from geomap.vocabulary import (
    COMMON_LISTS,
    NUMBER_WORDS,
    month_names,
    month_numbers,
    read_word_lists,
)

_LISTS = {
    name: frozenset(words) for name, words in read_word_lists("geomap.dates", "words.tsv").items()
}

ENGLISH_MONTHS = month_numbers("name")
MONTH_ABBREVIATIONS = month_numbers("short")
DAY_FIRST_MONTHS = month_numbers("day first")
"""Names in other languages before which the day stands, or a year after them alone."""
EITHER_WAY_MONTHS = month_numbers("either way")
"""Names in other languages that the day may also follow."""
CAPITAL_MONTHS = frozenset(
    form.lower()
    for names in month_names()
    for forms in names.forms
    for form in forms
    if names.use == "day first" and form[0].isupper()
)
"""Names that their own language writes with a capital; elsewhere "Mars 2020" is no month."""

WEEKDAYS = {name: number for number, name in enumerate(COMMON_LISTS["weekdays"])}
"""Monday is 0, as in `datetime.date.weekday`."""
WEEKDAY_ABBREVIATIONS = {
    **{name: number for number, name in enumerate(COMMON_LISTS["weekday-shorts"])},
    "tues": 1,
    "weds": 2,
    "thur": 3,
    "thurs": 3,
}

ENGLISH_NAMES = frozenset(
    (*ENGLISH_MONTHS, *MONTH_ABBREVIATIONS, *WEEKDAYS, *WEEKDAY_ABBREVIATIONS)
)
"""Months and weekdays, which English text writes with a capital."""

COUNTS: dict[str, int | None] = {
    **{word: number for word, number in NUMBER_WORDS.items() if number},
    "couple": 2,
    "dozen": 12,
    "few": None,
    "several": None,
}
"""Number words; None for words that give no number."""
NTHS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": -1}
PARTS = {word: part for part in ("early", "mid", "late") for word in _LISTS[part]}
"""The third of a month or year that a word means: "early", "mid" or "late"."""
DAY_WORDS = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
DEIXIS = {"last": -1, "this": 0, "next": 1}
"""How many weeks, months or years a kind of word counts from the present one."""

KEYWORDS = read_word_lists("geomap.dates", "keywords.tsv")
"""The kinds of words in the grammar, each with the words that are one and the same to it."""

COUNTED_NOUNS = _LISTS["counted-nouns"]
FUNCTION_WORDS = _LISTS["function-words"]
FUTURE_WORDS = _LISTS["future"]
SCHEDULE_WORDS = _LISTS["schedule"]
SET_WORDS = _LISTS["set"]
UNDONE_WORDS = _LISTS["undone"]
PAST_WORDS = _LISTS["past"]
DETERMINED = _LISTS["determiners"]
AIMS = _LISTS["aims"]
BEFORE_NAMED_WEEKDAY = _LISTS["before-named-weekday"]
AFTER_NAMED_WEEKDAY = _LISTS["after-named-weekday"]
PERSON_MONTHS = _LISTS["person-months"]
NOT_BEFORE_PERSON = _LISTS["not-before-person"]
AFTER_MODAL = _LISTS["after-modal"]
INEXACT_WORDS = _LISTS["inexact"]
DATELINE_OPENERS = _LISTS["dateline-openers"]
LABELS = _LISTS["labels"]
AGENCIES = _LISTS["agencies"]
ONGOING = _LISTS["ongoing"]
