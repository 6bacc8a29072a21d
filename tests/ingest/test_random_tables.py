"""Random tables with known truth: nothing is read wrong in silence, and little is asked."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.ingest.random_tables import RandomTable, random_table, silent_faults

from geomap.gazetteer import Gazetteer
from geomap.ingest import IngestResult, ingest_table
from geomap.readers.table_file import read_table
from geomap.tables import empty_events

_MANY = 2000


def taken(table: RandomTable, world: Gazetteer) -> IngestResult:
    """Return the result of taking in a table."""
    raw = read_table(table.data, name="t.csv")
    return ingest_table(raw, existing=empty_events(), gazetteer=world, batch_id="b")


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.randoms(use_true_random=False))
def test_ingest_reads_no_row_wrong_in_silence(world: Gazetteer, chance: random.Random) -> None:
    """Whatever the language, order and form of a table: right, asked, or reported."""
    table = random_table(chance)
    result = taken(table, world)

    assert result.question is not None or not list(silent_faults(result, table))


@pytest.mark.slow
@pytest.mark.parametrize("seed", [11, 12, 13])
def test_ingest_asks_about_few_of_many_tables(world: Gazetteer, seed: int) -> None:
    """Two thousand tables of each seed: none wrong in silence, at most one in ten asked about."""
    figures: Counter[str] = Counter()
    for number in range(_MANY):
        table = random_table(random.Random(f"{seed}:{number}"))  # noqa: S311 - no secret
        result = taken(table, world)
        if result.question is not None:
            figures[f"asked about {result.question.about}"] += 1
            continue
        for fault in silent_faults(result, table):
            figures[f"wrong {fault.split()[0]}"] += 1

    assert not any(what.startswith("wrong") for what in figures), figures
    assert sum(figures.values()) <= _MANY // 10, figures
