"""Weights as a table, chances that add up, scores that keep their order."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.geoparse import ranker
from geomap.geoparse.data_tables import FEATURES
from geomap.geoparse.ranker import Weights, chances, parse_weights, weights

NUMBERS = st.floats(-50, 50)


def test_weights_survive_their_table() -> None:
    """The product reads the weights that the trainer wrote."""
    again = parse_weights(ranker.write_weights(weights()))

    assert np.array_equal(again.first, weights().first)
    assert np.array_equal(again.second, weights().second)
    assert (again.none, again.doubt) == (weights().none, weights().doubt)
    assert (again.slope, again.offset, again.threshold) == (
        weights().slope,
        weights().offset,
        weights().threshold,
    )


def test_every_feature_has_a_weight() -> None:
    """A feature without a weight would have no effect."""
    assert len(weights().second) == len(FEATURES)
    assert len(weights().first) == ranker.FIRST_LOOK
    assert weights().slope > 0
    assert 0 < weights().threshold < 1


@given(st.lists(st.lists(NUMBERS, min_size=3, max_size=3), max_size=6), NUMBERS)
def test_chances_and_none_add_up_to_one(rows: list[list[float]], none: float) -> None:
    """The answer is one of the places or none of them."""
    table, own = np.array(rows).reshape(-1, 3), np.array([1.0, -0.5, 2.0])

    found = chances(table, own, none)

    assert len(found) == len(rows)
    assert (found >= 0).all()
    assert found.sum() <= 1 + 1e-9
    scores = np.append(table @ own, none)
    wanted = np.exp(scores - scores.max()) / np.exp(scores - scores.max()).sum()
    assert np.allclose(np.append(found, 1 - found.sum()), wanted, atol=1e-9)


@given(st.floats(0, 1), st.floats(0, 1))
def test_calibrated_scores_keep_the_order_of_chances(one: float, other: float) -> None:
    """The surer answer has the higher score, and every score is a share."""
    low, high = sorted((one, other))

    assert 0 <= weights().calibrated(low) <= weights().calibrated(high) <= 1


@pytest.mark.parametrize("chance", [0.0, 1.0])
def test_calibrated_takes_the_ends(chance: float) -> None:
    """Certainty is a chance too."""
    own: Weights = weights()

    assert own.calibrated(chance) == pytest.approx(chance, abs=0.01)
