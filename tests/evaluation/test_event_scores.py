"""Events against annotations: what fits, how it is counted, and what is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.errors import FileRefusedError
from geomap.evaluation import (
    Line,
    compare_events,
    event_answers,
    event_documents,
    events_shape,
    events_table,
    wrong_events,
)
from geomap.evaluation.event_annotations import EventMark, events_of
from geomap.evaluation.event_matching import day_fits, matched, place_fits, type_fits

TOWN = {"name": "Djibo", "names": ["Djibo", "Jibo"], "lat": 14.1, "lon": -1.63, "country": "BF"}
EVENT: dict[str, Any] = {
    "event_type": "Battles",
    "event_date": "2021-06-17",
    "event_date_end": "2021-06-17",
    "places": [TOWN],
}


def mark(**changes: Any) -> EventMark:
    """Return the usual event with some keys changed; None takes a key out."""
    row = {name: value for name, value in {**EVENT, **changes}.items() if value != "absent"}
    (event,) = events_of(Line("line 1", 1, {"events": [row]}))
    return event


def figures(gold: list[dict[str, Any]], answers: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the figures of one document."""
    (document,) = event_documents([Line("g", "a", {"text": "Text.", "events": gold})])
    of_document = event_answers([Line("p", "a", {"events": answers})], [document])["a"]
    return events_shape([compare_events(document, of_document)])


@pytest.mark.parametrize(
    ("place", "is_right"),
    [
        ({"name": "JIBO"}, True),
        ({"name": "Djibò"}, True),
        ({"name": "Elsewhere", "lat": 14.3, "lon": -1.5}, True),
        ({"name": "Elsewhere", "lat": 15.1, "lon": -1.63}, False),
        ({"name": "Djibo", "country": "ML"}, False),
        ({"name": "Elsewhere"}, False),
    ],
)
def test_place_fits_by_name_or_distance(place: dict[str, Any], is_right: bool) -> None:
    """Another spelling is the same place, and so is a village beside it; another country is not."""
    assert place_fits(mark(), mark(places=[place])) is is_right


def test_place_and_day_that_the_text_leaves_open_must_not_be_made_up() -> None:
    """Null is an answer that can be wrong; an absent key is not judged."""
    open_place, open_day = mark(places=[]), mark(event_date=None, event_date_end=None)

    assert not place_fits(open_place, mark())
    assert place_fits(open_place, mark(places=[]))
    assert not day_fits(open_day, mark())
    assert day_fits(open_day, open_day)
    assert place_fits(mark(places="absent"), mark())
    assert day_fits(mark(event_date="absent"), mark())
    assert type_fits(mark(event_type="absent"), mark())


@pytest.mark.parametrize(
    ("first", "last", "is_right"),
    [
        ("2021-06-10", "2021-06-10", True),
        ("2021-06-12", "2021-06-20", True),
        ("2021-06-12", "2021-06-21", False),
        ("2021-06-09", "2021-06-12", False),
        ("2021-06-12", None, False),
    ],
)
def test_day_fits_within_the_marked_days(first: str, last: str | None, is_right: bool) -> None:
    """A wider span, or one without an end, claims more than the text does."""
    gold = mark(event_date="2021-06-10", event_date_end="2021-06-20")

    assert day_fits(gold, mark(event_date=first, event_date_end=last)) is is_right


def test_events_shape_counts_each_way() -> None:
    """The wrong day costs the ways that look at days, and no others."""
    other_day = {**EVENT, "event_date": "2021-06-18", "event_date_end": "2021-06-18"}

    shape = figures([EVENT], [other_day])

    assert shape["type"]["f1"] == shape["type_place"]["f1"] == 1.0
    assert shape["type_date"]["f1"] == shape["type_place_date"]["f1"] == 0.0
    assert (shape["gold"], shape["answers"], shape["calibration_error"]) == (1, 1, None)


def test_optional_events_count_for_precision_and_not_for_recall() -> None:
    """What annotators disagree about is neither a miss nor a mistake."""
    optional = {**EVENT, "optional": True}

    assert figures([optional], [EVENT])["type_place_date"] == {"p": 1.0, "r": 1.0, "f1": 1.0}
    assert figures([optional, EVENT], [EVENT, EVENT])["type_place_date"]["p"] == 1.0
    assert figures([optional], [])["type_place_date"]["f1"] == 1.0
    assert figures([], [EVENT])["type_place_date"]["f1"] == 0.0


def test_matched_moves_an_answer_to_where_it_is_needed() -> None:
    """A greedy pairing would give the only answer for one event to another."""
    either = mark(event_type=["Battles", "Riots"])
    battles = mark(event_type=["Battles"])
    answers = [mark(event_type="Battles"), mark(event_type="Riots")]

    assert len(matched([either, battles], answers, "type")) == 2


def test_calibration_error_is_the_gap_between_scores_and_the_share_right() -> None:
    """Ten answers of which five are right, each with the score .9: an error of .4."""
    right = [{**EVENT, "score": 0.9}] * 5
    wrong = [{**EVENT, "event_type": "Protests", "score": 0.9}] * 5

    assert figures([EVENT] * 5, [*right, *wrong])["calibration_error"] == pytest.approx(0.4)


@given(st.lists(st.sampled_from(["2021-06-17", "2021-06-18", None]), max_size=5), st.randoms())
def test_answers_equal_to_the_gold_are_all_right(days: list[str | None], chance: Any) -> None:
    """Whatever the events and their order, an annotator agrees with themselves."""
    rows = [{**EVENT, "event_date": day, "event_date_end": day} for day in days]
    answers = chance.sample(rows, len(rows))

    assert figures(rows, answers)["type_place_date"] == {"p": 1.0, "r": 1.0, "f1": 1.0}


def test_wrong_events_lists_what_is_missed_and_what_is_wrong() -> None:
    """A figure alone tells nobody where to look."""
    (document,) = event_documents([Line("g", "a", {"text": "Text.", "events": [EVENT]})])
    answer = mark(event_type="Riots")

    shape = wrong_events(compare_events(document, [answer]))

    assert [one["event_type"] for one in shape["missed"]] == ["Battles"]
    assert shape["wrong"] == [
        {
            "event_type": "Riots",
            "event_date": "2021-06-17",
            "event_date_end": "2021-06-17",
            "places": ["Djibo"],
        }
    ]
    assert json.dumps(shape)


def test_events_table_has_a_line_for_each_way() -> None:
    """The table and the JSON have the same figures."""
    shape = figures([EVENT], [{**EVENT, "score": 1.0}])

    lines = list(events_table(shape))

    assert lines[0] == "documents 1, gold events 1, answers 1"
    assert all("F1 1.000" in line for line in lines[1:6])
    assert lines[6] == "calibration error of the scores 0.000"


@pytest.mark.parametrize(
    ("events", "words"),
    [
        ({}, "is not a list of objects"),
        ([{"event_type": 3}], "event_type is 3"),
        ([{"event_date": "soon"}], "'soon' is no day"),
        ([{"event_date": "2021-06-17", "event_date_end": "2021-06-16"}], "before it begins"),
        ([{"places": ["Djibo"]}], '"places" is not a list of objects'),
        ([{"places": [{"name": "Djibo", "lat": 14}]}], "give lat, then lon"),
        ([{"places": [{"name": "Djibo", "lat": 140, "lon": 1}]}], "give lat, then lon"),
        ([{"places": [{"names": "Djibo"}]}], "give a list of the forms"),
        ([{"score": float("nan")}], "score is nan"),
    ],
)
def test_events_that_cannot_be_used_are_refused_with_their_line(events: Any, words: str) -> None:
    """A fault in a gold file must not pass for a mistake of the reader."""
    with pytest.raises(FileRefusedError, match="gold, line 7") as refused:
        events_of(Line("gold, line 7", "a", {"events": events}))

    assert words in str(refused.value)
