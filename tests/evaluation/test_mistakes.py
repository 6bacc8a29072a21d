"""Calibration of scores, and lists of mistakes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from geomap.errors import InputError
from geomap.evaluation import (
    Bar,
    Step,
    bar_of,
    calibration_of,
    document_shape,
    mistakes_of,
    worst_first,
)

if TYPE_CHECKING:
    from tests.evaluation.conftest import Compare

TEXT = "From Aba to Bebe, past Cece."
ABA: dict[str, Any] = {"start": 5, "end": 8, "lat": 40.0, "lon": 45.0}
BEBE: dict[str, Any] = {"start": 12, "end": 16, "lat": 41.0, "lon": 46.0}
AWAY: dict[str, Any] = {"start": 12, "end": 16, "lat": 1.0, "lon": 46.0}
NEEDLESS: dict[str, Any] = {"start": 23, "end": 27, "lat": 1.0, "lon": 2.0}


def test_calibration_says_what_share_of_the_sure_is_right(compared: Compare) -> None:
    """An answer where nothing is marked is drawn, too, so it counts as wrong."""
    gold = [{"id": 1, "text": TEXT, "toponyms": [ABA, BEBE]}]
    told = [{**ABA, "score": 0.95}, {**AWAY, "score": 0.5}, {**NEEDLESS, "score": 0.25}]

    steps = calibration_of(compared(gold, [{"id": 1, "toponyms": told}]))

    by_threshold = {step.threshold: step for step in steps}
    assert by_threshold[0.5] == Step(0.5, 2, 2 / 3, 0.725, 0.5)
    assert by_threshold[0.9] == Step(0.9, 1, 1 / 3, 0.95, 1.0)
    assert by_threshold[0.99] == Step(0.99, 0, 0.0, None, None)


def test_calibration_is_left_out_where_no_answer_has_a_score(compared: Compare) -> None:
    """Another tool's predictions need none."""
    gold = [{"id": 1, "text": TEXT, "toponyms": [ABA]}]

    assert calibration_of(compared(gold, [{"id": 1, "toponyms": [ABA]}])) == ()


def test_mistakes_name_the_words_and_how_far_off(compared: Compare) -> None:
    """Work on a gazetteer starts from this list."""
    gold = [{"id": 1, "text": TEXT, "toponyms": [ABA, BEBE]}]

    [result] = compared(gold, [{"id": 1, "toponyms": [AWAY, NEEDLESS]}])

    told = [(one.what, one.text, one.km) for one in mistakes_of(result)]
    assert told == [
        ("missed", "Aba", None),
        ("misplaced", "Bebe", pytest.approx(4447.8, abs=0.1)),
        ("unmarked", "Cece", None),
    ]
    shape = document_shape(result)
    assert (shape["gold"], shape["answers"], shape["right"]) == (2, 2, 0)
    assert shape["begins"] == TEXT


def test_worst_documents_come_first_and_perfect_ones_not_at_all(compared: Compare) -> None:
    """The list is short and starts with the worst documents."""
    gold = [{"id": word, "text": TEXT, "toponyms": [ABA, BEBE]} for word in ("a", "b", "c")]
    predicted = [{"id": "a", "toponyms": [ABA]}, {"id": "c", "toponyms": [ABA, BEBE]}]

    worst = worst_first(compared(gold, predicted))

    assert [result.document.key for result in worst] == ["b", "a"]


def test_bar_is_the_least_of_a_share_and_the_most_of_an_error() -> None:
    """Few kilometres are good, few right answers are not."""
    assert bar_of("acc161=0.8").is_met(0.8)
    assert not bar_of(" acc161 = 0.8 ").is_met(0.79)
    assert bar_of("mean_km=50").is_met(50.0)
    assert not bar_of("mean_km=50").is_met(51.0)
    assert bar_of("mean_km=50").words(51.0) == "mean_km is 51, above the bar of 50."


def test_bar_of_what_could_not_be_measured_is_missed() -> None:
    """An empty corpus must not pass."""
    bar = Bar("acc161", 0.0)

    assert not bar.is_met(None)
    assert "could not be measured" in bar.words(None)


@pytest.mark.parametrize("text", ["acc161", "accuracy=0.8", "acc161=80", "acc161=nan", "=1", ""])
def test_bar_that_means_nothing_is_refused(text: str) -> None:
    """A mistyped bar must not pass in silence for years."""
    with pytest.raises(InputError, match=r"--bar: .*\.$"):
        bar_of(text)
