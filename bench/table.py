"""The shape of a benchmark's result, and how one figure is measured."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """What a group prints: a title, column heads and rows of text and numbers."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int | float, ...], ...]


def milliseconds(
    call: Callable[[], object], *, runs: int = 5, warm: int = 1
) -> tuple[float, float]:
    """Return the median and the worst of `runs` timed calls after `warm` untimed ones."""
    for _ in range(warm):
        call()
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        call()
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken), max(taken)
