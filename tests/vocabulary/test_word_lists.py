"""Word lists and month names, read from their data files."""

from importlib import resources
from pathlib import Path

import pytest

from geomap.vocabulary import (
    COMMON_LISTS,
    ENGLISH_MONTHS,
    NUMBER_WORDS,
    month_names,
    month_numbers,
    read_word_lists,
)


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the name of a package with a data file of its own."""
    folder = tmp_path / "word_package"
    (folder / "data").mkdir(parents=True)
    (folder / "__init__.py").write_text("")
    (folder / "data" / "words.tsv").write_text(
        "# a comment\nred\tcrimson scarlet\n\nred\truby\nmissing\tn/a|not known\n"
        "warm\t@red orange @weekday-shorts\n"
    )
    (folder / "data" / "broken.tsv").write_text("warm\t@red\n")
    monkeypatch.syspath_prepend(tmp_path)
    return "word_package"


def test_read_word_lists_joins_the_lines_of_a_list_and_those_it_refers_to(package: str) -> None:
    """A long list takes several lines, and no word needs to stand in two lists."""
    lists = read_word_lists(package, "words.tsv")

    assert lists["red"] == ("crimson", "scarlet", "ruby")
    assert lists["missing"] == ("n/a", "not known")
    assert lists["warm"] == (*lists["red"], "orange", *COMMON_LISTS["weekday-shorts"])


def test_read_word_lists_refuses_a_reference_to_no_list(package: str) -> None:
    """A slip of the pen must not make a list shorter without a word."""
    with pytest.raises(KeyError, match="red"):
        read_word_lists(package, "broken.tsv")


def test_month_names_have_twelve_months_in_each_row() -> None:
    """A row with a month too few would shift all that follow it."""
    assert {len(names.forms) for names in month_names()} == {12}
    assert ENGLISH_MONTHS[0] == "January"
    assert month_numbers("name")["december"] == 12
    assert month_numbers("day first")["dezember"] == 12


def test_number_words_give_their_numbers() -> None:
    """The position in the list is the number."""
    assert (NUMBER_WORDS["zero"], NUMBER_WORDS["twelve"], NUMBER_WORDS["sixty"]) == (0, 12, 60)


@pytest.mark.parametrize(
    "package", ["geomap.dates", "geomap.gazetteer", "geomap.geoparse", "geomap.vocabulary"]
)
def test_no_word_stands_twice_in_a_list_of_the_product(package: str) -> None:
    """A word that is listed twice is removed once, and stays."""
    data = resources.files(package).joinpath("data")
    files = [file.name for file in data.iterdir() if file.name in {"words.tsv", "english.tsv"}]

    assert files
    for file in files:
        lines = data.joinpath(file).read_text("utf-8").splitlines()
        words: dict[str, list[str]] = {}
        for name, _, listed in (line.partition("\t") for line in lines if line[:1] != "#"):
            words.setdefault(name, []).extend(listed.split("|" if "|" in listed else None))
        assert {name for name, ws in words.items() if len(ws) != len(set(ws))} == set()
