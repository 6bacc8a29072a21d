"""Many small imports against one import of the same rows: opening, and size of the folder.

Both are ratios within one run. The events are read once after each opening.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from bench.table import Table
from geomap.gazetteer import Gazetteer, open_gazetteer
from geomap.workspace import Workspace

_COUNTS = (100, 500)
_ROWS = 3
_RUNS = 15
_HEADER = "id,date,lat,lon\n"


def _rows(number: int) -> str:
    return "".join(
        f"e{number}_{row},2021-01-0{row + 1},{1 + number / 500:.4f},{36 + row / 100:.4f}\n"
        for row in range(_ROWS)
    )


def _opened(folder: Path, gazetteer: Gazetteer) -> float:
    """Return the milliseconds of opening a workspace and reading its events, once."""
    start = time.perf_counter()
    workspace = Workspace.open(folder, seed=False, gazetteer=gazetteer)
    workspace.count_events()
    workspace.events()
    return 1000 * (time.perf_counter() - start)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _measured(count: int, folder: Path, gazetteer: Gazetteer) -> tuple[str | int | float, ...]:
    many, one = folder / f"many-{count}", folder / f"one-{count}"
    workspace = Workspace.open(many, seed=False, gazetteer=gazetteer)
    start = time.perf_counter()
    for number in range(count):
        workspace.ingest((_HEADER + _rows(number)).encode(), name=f"f{number}.csv")
    each = (time.perf_counter() - start) / count
    whole = (_HEADER + "".join(map(_rows, range(count)))).encode()
    Workspace.open(one, seed=False, gazetteer=gazetteer).ingest(whole, name="one.csv")
    # By turns, and the best of each: another process on the machine slows down both.
    pairs = [(_opened(many, gazetteer), _opened(one, gazetteer)) for _ in range(_RUNS)]
    opening = min(first for first, _ in pairs), min(second for _, second in pairs)
    size = _size(many), _size(one)
    return (count, 1000 * each, *opening, opening[0] / opening[1], *size, size[0] / size[1])


def run() -> Table:
    """Measure and return the table."""
    gazetteer = open_gazetteer()
    with tempfile.TemporaryDirectory() as folder:
        rows = tuple(_measured(count, Path(folder), gazetteer) for count in _COUNTS)
    columns = ("imports", "ms each", "open ms", "one: open ms", "ratio", "bytes", "one: bytes",
               "ratio of bytes")  # fmt: skip
    return Table("many small imports against one of the same rows", columns, rows)
