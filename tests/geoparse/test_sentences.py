"""Sentences of news texts: abbreviations, headlines and datelines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.geoparse import sentences


def pieces(text: str) -> list[str]:
    """Return the sentences of a text as strings."""
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One fell. Two rose.", ["One fell.", "Two rose."]),
        ("Mr. Gray met Gen. Hill. They left.", ["Mr. Gray met Gen. Hill.", "They left."]),
        ("J. Gray spoke. He left.", ["J. Gray spoke.", "He left."]),
        ('He said: "Stop." They did.', ['He said: "Stop."', "They did."]),
        ("A headline without stop\n\nThe text.", ["A headline without stop", "The text."]),
        (
            "OSLO, Norway, May 3. Talks began. They ended.",
            ["OSLO, Norway, May 3.", "Talks began.", "They ended."],
        ),
        ("OSLO, May 3 (Reuters) - Talks began.", ["OSLO, May 3 (Reuters) -", "Talks began."]),
    ],
)
def test_sentences_end_where_a_reader_would_say(text: str, expected: list[str]) -> None:
    """An event is tied to its sentence: a wrong cut ties it to a wrong place."""
    assert pieces(text) == expected


@given(st.text(alphabet="ab. \nAB,!?", max_size=80))
def test_sentences_cover_every_letter_once(text: str) -> None:
    """No word is lost between two sentences and none is in both."""
    covered = [i for start, end in sentences(text) for i in range(start, end)]

    assert len(covered) == len(set(covered))
    assert all(text[i].isspace() for i in set(range(len(text))) - set(covered))
