"""The table of languages: its classes are those that the rules read, its patterns compile."""

from __future__ import annotations

import re

import pytest

from geomap.geoparse.data_tables import languages_with, words_by_language
from geomap.geoparse.languages import script_of
from geomap.vocabulary import read_data_rows

CLASSES = {
    "small", "near", "noun", "title", "thing", "never", "article", "short", "and", "letters",
    "town", "county", "district", "province", "country", "land", "water", "airport",
    "endings", "prefixes", "local-cases", "local-prefixes", "adjective", "surname", "traits",
}  # fmt: skip
TRAITS = {
    "caseless", "capital-nouns", "capital-titles", "noun-after", "case-on-last-word",
    "genitive-of-place", "short-names",
}  # fmt: skip


def test_every_row_has_a_class_that_the_rules_read() -> None:
    """A misspelt class would be read by no rule, without a word."""
    rows = list(read_data_rows("geomap.geoparse", "languages.tsv"))
    traits = [words.split() for _, kind, words in rows if kind == "traits"]

    assert {kind for _, kind, _ in rows} == CLASSES
    assert {trait for words in traits for trait in words} == TRAITS
    assert all(languages_with(trait) for trait in TRAITS)


def test_every_language_has_a_script() -> None:
    """A language that no script lists would never be chosen."""
    listed = {
        language
        for *_, languages in read_data_rows("geomap.geoparse", "scripts.tsv")
        for language in languages.split()
    }
    languages = {language for language, *_ in read_data_rows("geomap.geoparse", "languages.tsv")}

    assert languages <= listed


@pytest.mark.parametrize("kind", ["adjective", "surname"])
def test_patterns_of_the_table_are_regular_expressions(kind: str) -> None:
    """A slip in a pattern must not come to light in some text years later."""
    for patterns in words_by_language(kind).values():
        (pattern,) = patterns
        re.compile(pattern)


@pytest.mark.parametrize(
    ("word", "script"),
    [("Paris", "Latin"), ("Київ", "Cyrillic"), ("Երևան", "Armenian"), ("თბილისი", "Georgian"),
     ("서울", "Hangul"), ("ひらがな", "Kana"), ("5", "")],
)  # fmt: skip
def test_script_of_goes_by_the_first_letter(word: str, script: str) -> None:
    """The script leaves few languages, often one."""
    assert script_of(word) == script
