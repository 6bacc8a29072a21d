"""Slider moved to map painted, in Chromium, at 1,000 to 100,000 events.

Both ends are read from the marks that the page sets (`geomap:window`, `geomap:painted`),
so the time between is what a person waits. The mean pure-Python rerun is not part of it:
the window is applied in the browser.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from bench.chromium import LAST, PAINTS, map_frame, page, running_app
from bench.table import Table
from bench.tables import write_plain
from geomap.workspace import Workspace

SIZES = (1_000, 10_000, 100_000)
MOVES = 12


def measure(url: str) -> list[float]:
    """Return milliseconds from each move of the slider to the paint that answers it."""
    taken = []
    with page() as opened:
        opened.goto(url)
        frame = map_frame(opened)
        slider = opened.get_by_role("slider", name="Date range")
        opened.get_by_role("button", name="Month", exact=True).click()
        opened.wait_for_timeout(3000)
        slider.focus()
        for move in range(1, MOVES + 1):
            before = frame.evaluate(PAINTS)
            opened.keyboard.press("ArrowRight" if move % 3 else "ArrowLeft")
            frame.wait_for_function(
                f"() => performance.getEntriesByName('geomap:painted').length > {before}"
            )
            moved = opened.evaluate(LAST, "geomap:window")
            taken.append(frame.evaluate(LAST, "geomap:painted") - moved)
            opened.wait_for_timeout(700)
    return taken


def run() -> Table:
    """Measure and return the table."""
    rows: list[tuple[str | int | float, ...]] = []
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            workspace = Workspace.open(Path(folder), seed=False)
            table = Path(folder) / "invented.csv"
            write_plain(table, size)
            workspace.ingest(table)
            with running_app(Path(folder)) as url:
                taken = measure(url)
        rows.append((size, statistics.median(taken), max(taken), len(taken)))
    columns = ("events", "median ms", "worst ms", "moves")
    return Table("slider moved to map painted", columns, tuple(rows))
