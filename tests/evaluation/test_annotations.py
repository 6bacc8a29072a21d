"""A gold file is written by hand: keys may be missing, mistakes are reported in a sentence."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.errors import FileRefusedError
from geomap.evaluation import answers_of, gold_documents, lines_of

if TYPE_CHECKING:
    from geomap.evaluation import GoldDocument

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "text", "toponyms", "ignore", "start", "end", "lat", "lon"]),
            inner,
            max_size=6,
        )
    ),
    max_leaves=12,
)


def read(text: str) -> tuple[GoldDocument, ...]:
    return gold_documents(lines_of(text, "gold.jsonl"), "gold.jsonl")


def one(**content: Any) -> str:
    return json.dumps({"id": "d7", "text": "In Baku.", **content})


def test_gold_without_ids_is_known_by_its_lines() -> None:
    """The smallest gold file has texts only; a blank line moves no id."""
    documents = read('\ufeff{"text": "a"}\n\n{"text": "b \u2028 c", "id": null}\n')

    assert [(document.key, document.marks) for document in documents] == [("1", ()), ("3", ())]


def test_gold_keeps_what_is_stated_and_nothing_else() -> None:
    """A mark requires two offsets; unknown values stay unknown."""
    marks = [{"start": 3, "end": 7}, {"start": 0, "end": 2, "lat": 40.4, "lon": 49.9, "note": 1}]

    first, second = read(one(toponyms=marks, ignore=None))[0].marks

    assert (first.position, second.position) == (None, (40.4, 49.9))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "holds no document"),
        ("[1]", "line 1 is not a document"),
        ('{"id": [1], "text": "x"}', "line 1 is not a document"),
        ('{"id": 1}', 'line 1 has no "text"'),
        ("{", "line 1 is not JSON"),
        ('{"id": 1, "text": "x"}\n{"id": "1", "text": "y"}', "line 2 has the id '1' of line 1"),
        ('{"text": "x"}\n{"id": 1, "text": "y"}', "line 2 has the id 1 of line 1"),
        (one(toponyms=3), "is not a list of objects"),
        (one(toponyms=[[3, 7]]), "is not a list of objects"),
        (one(toponyms=[{"start": "3", "end": 7}]), "'3' to 7 is no span"),
        (one(toponyms=[{"start": 3}]), "3 to None is no span"),
        (one(toponyms=[{"start": True, "end": 2}]), "True to 2 is no span"),
        (one(toponyms=[{"start": 3, "end": 9}]), "3 to 9 is not within its 8 characters"),
        (one(toponyms=[{"start": 3, "end": 3}]), "3 to 3 is not within"),
        (one(toponyms=[{"start": -1, "end": 3}]), "-1 to 3 is not within"),
        (one(toponyms=[{"start": 3, "end": 7}] * 2), "3 to 7 is marked twice"),
        (one(toponyms=[{"start": 3, "end": 7, "lat": 40}]), "only one of lat and lon"),
        (one(toponyms=[{"start": 3, "end": 7, "lat": 140, "lon": 4}]), "lies at 140, 4"),
        (one(toponyms=[{"start": 3, "end": 7, "lat": "40", "lon": 4}]), "lat is '40'"),
        (one(toponyms=[{"start": 3, "end": 7, "lat": float("nan"), "lon": 4}]), "lat is nan"),
        (one(toponyms=[{"start": 3, "end": 7, "area": 3}]), "area is 3"),
        (one(ignore=3), "is not a list of spans"),
        (one(ignore=[[1]]), "is not a list of spans"),
        (one(ignore=[[1, 20]]), "1 to 20 is not within"),
    ],
)
def test_gold_that_cannot_be_used_is_refused_by_line(text: str, words: str) -> None:
    """One wrong span in 2,000 lines is found at once."""
    with pytest.raises(FileRefusedError) as refused:
        read(text)

    message = str(refused.value)
    assert words in message
    assert message.startswith("gold.jsonl")
    assert message.endswith(".")


@given(st.lists(JSON, max_size=3))
def test_any_json_is_read_or_refused_with_a_sentence(rows: list[Any]) -> None:
    """Whatever a hand or a tool wrote, no other error leads to a traceback."""
    text = "\n".join(json.dumps(row) for row in rows)
    with suppress(FileRefusedError):
        assert all(len(mark.span) == 2 for document in read(text) for mark in document.marks)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"id": "d8", "toponyms": []}', "predicts for document 'd8', which the gold file"),
        ('{"id": "d7"}\n{"id": "d7"}', "line 2 has the id 'd7' of line 1"),
        ('{"id": "d7", "toponyms": [{"start": 3, "end": 70}]}', "3 to 70 is not within"),
        ('{"id": "d7", "toponyms": [{"start": 3, "end": 7, "score": "high"}]}', "score is 'high'"),
    ],
)
def test_predictions_that_cannot_be_used_are_refused_by_line(text: str, words: str) -> None:
    """Predictions of another corpus would score as nothing found."""
    with pytest.raises(FileRefusedError, match=words):
        answers_of(lines_of(text, "pred.jsonl"), read(one()))
