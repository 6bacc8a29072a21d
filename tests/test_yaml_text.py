"""YAML of people is plain values: nothing in it is an object, a bomb or an endless number."""

from __future__ import annotations

from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from geomap.errors import InputError
from geomap.yaml_text import read_yaml

SCALARS = (
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.dates() | st.text(max_size=20)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@given(value=VALUES)
def test_read_yaml_reads_what_was_written(value: object) -> None:
    """Lists, mappings, texts, numbers, truths and days come back as they were."""
    text = yaml.safe_dump(value, allow_unicode=True)

    assert read_yaml(text, "a.yaml") == value


@given(text=st.text(st.sampled_from("ab01-: \n[]{}&*!|>'\"#%@`,?.~")))
def test_read_yaml_gives_a_value_or_a_sentence(text: str) -> None:
    """A file that somebody else wrote cannot end the program."""
    try:
        read_yaml(text, "a.yaml")
    except InputError as error:
        assert str(error).startswith("a.yaml ")  # noqa: PT017 - either outcome is right


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a: !!python/object/apply:os.system ['true']", r"a tag \(!name\) \(line 1\)"),
        ("!!python/name:os.system", "a tag"),
        ("a: 1\nb: !!int ''", r"a tag \(!name\) \(line 2\)"),
        ("a: !own {}", "a tag"),
        ("a: 1\nb: &x [*x]", r"aliases \(\*name\) that stand for too many values \(line 2\)"),
        ("a: 0x" + "f" * 5000, r"an endless number \(line 1\)"),
        ("a: " + "9" * 5000, "an endless number"),
        ("a: 1" + ":59" * 5000, "an endless number"),
        ("a: 2024-02-31", "is not YAML"),
        ("a: [", r"is not YAML \(line"),
        ("[" * 5000, "is not YAML"),
        ("a: \0", "is not YAML"),
    ],
)
def test_read_yaml_refuses_what_is_more_than_values(text: str, sentence: str) -> None:
    """Each with the line where it stands."""
    with pytest.raises(InputError, match=f"^a.yaml .*{sentence}"):
        read_yaml(text, "a.yaml")


@pytest.mark.parametrize("line", ["[{}]", "{{<<: [{}]}}", "{{k: [{}]}}"])
def test_read_yaml_never_unfolds_a_bomb(line: str) -> None:
    """Thirty lines of nine aliases each stand for a text that no machine holds."""
    lines = ["a0: &a0 {k: v}"]
    lines += [f"a{n}: &a{n} " + line.format(",".join([f"*a{n - 1}"] * 9)) for n in range(1, 30)]

    with pytest.raises(InputError, match="stand for too many values"):
        read_yaml("\n".join(lines), "a.yaml")


def test_read_yaml_takes_an_alias_for_what_it_stands_for() -> None:
    """Layouts say the same columns once."""
    assert read_yaml("a: &x [b, c]\nd: *x", "a.yaml") == {"a": ["b", "c"], "d": ["b", "c"]}


def test_read_yaml_keeps_days_and_words_apart() -> None:
    """A day is a day, a text that looks like one between quotes is a text."""
    assert read_yaml("a: 2024-02-29\nb: '2024-02-29'\nc: yes", "a.yaml") == {
        "a": date(2024, 2, 29),
        "b": "2024-02-29",
        "c": True,
    }
