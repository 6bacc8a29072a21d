"""The shape of a benchmark's result, and how one figure is measured."""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from rich.table import Table as RichTable

Z = 1.96  # of a normal distribution, for 95 %


@dataclass(frozen=True, slots=True)
class Table:
    """The result of a group: a title, column heads and rows of text and numbers."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int | float, ...], ...]


def drawn(table: Table, name: str) -> RichTable:
    """Return a table as rich prints it, titled with a name and its own title."""
    rich = RichTable(title=f"{name}: {table.title}", title_justify="left")
    for column in table.columns:
        rich.add_column(column, justify="left" if column == table.columns[0] else "right")
    for row in table.rows:
        rich.add_row(*(f"{cell:.3g}" if isinstance(cell, float) else str(cell) for cell in row))
    return rich


def wilson(hits: int, total: int) -> tuple[float, float]:
    """Return the bounds of Wilson's interval of a share, at 95 %; (0, 1) of nothing."""
    if not total:
        return 0.0, 1.0
    share, z2 = hits / total, Z * Z
    middle = (share + z2 / (2 * total)) / (1 + z2 / total)
    spread = share * (1 - share) / total + z2 / (4 * total * total)
    half = Z * math.sqrt(spread) / (1 + z2 / total)
    return max(0.0, middle - half), min(1.0, middle + half)


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
