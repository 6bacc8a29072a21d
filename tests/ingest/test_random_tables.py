"""Random tables with known truth: nothing is read wrong in silence."""

from __future__ import annotations

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.ingest.random_tables import random_table, reading_of

from geomap.gazetteer import Gazetteer


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.randoms(use_true_random=False))
def test_ingest_reads_no_row_wrong_in_silence(world: Gazetteer, chance: random.Random) -> None:
    """Whatever the language, order and form of a table: right, asked, or reported."""
    _, faults = reading_of(random_table(chance), world)

    assert not faults
