"""How fast event tables go in: 1,000 to 100,000 invented rows, into an empty workspace."""

from __future__ import annotations

import csv
import io
import random
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from bench.table import Table
from geomap.workspace import Workspace

SIZES = (1_000, 10_000, 100_000)


def invented_csv(rows: int) -> bytes:
    """Return a CSV in the plain layout with `rows` invented events."""
    source = random.Random(rows)  # noqa: S311  (a benchmark needs repeatable rows, not secrets)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        ["event_id", "event_date", "event_type", "location", "latitude", "longitude",
         "fatalities", "source", "notes"]
    )  # fmt: skip
    for number in range(rows):
        writer.writerow([
            f"E{number}",
            date(2020, 1, 1) + timedelta(days=source.randrange(1500)),
            source.choice(["Protests", "Battles", "Riots"]),
            f"Place {number % 500}",
            f"{source.uniform(38, 42):.5f}",
            f"{source.uniform(44, 50):.5f}",
            source.randrange(5),
            "invented for a benchmark",
            f"note {number}",
        ])  # fmt: skip
    return out.getvalue().encode()


def run() -> Table:
    """Measure and return the table."""
    rows: list[tuple[str | int | float, ...]] = []
    for size in SIZES:
        content = invented_csv(size)
        with tempfile.TemporaryDirectory() as folder:
            workspace = Workspace.open(Path(folder), seed=False)
            start = time.perf_counter()
            workspace.ingest(content, name="invented.csv")
            first = time.perf_counter() - start
            start = time.perf_counter()
            workspace.ingest(content, name="invented.csv")
            second = time.perf_counter() - start
        rows.append((size, len(content) / 1e6, first, second, size / first))
    columns = ("rows", "MB", "first time s", "same file again s", "rows/s")
    return Table("a plain CSV into an empty workspace", columns, tuple(rows))
