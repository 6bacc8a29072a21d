"""Time and memory of importing event tables, compared with plain pandas.

Each file goes through `geomap ingest` as a process of its own, into an empty workspace: time
and peak memory are those of the whole process. The comparison, another process in the same
run, is `pandas.read_csv`, `to_datetime` and a `GeoDataFrame`: nothing validated or stored.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.table import Table
from bench.tables import write_ged, write_plain

_FILES: tuple[tuple[str, int, Callable[[Path, int], None]], ...] = (
    ("plain", 10_000, write_plain),
    ("plain", 100_000, write_plain),
    ("plain", 1_000_000, write_plain),
    ("GED-like", 385_000, write_ged),
)
_PLAIN_WAY = """
import sys, geopandas, pandas
frame = pandas.read_csv(sys.argv[1])
day = "event_date" if "event_date" in frame else "date_start"
frame[day] = pandas.to_datetime(frame[day])
points = geopandas.points_from_xy(frame["longitude"], frame["latitude"])
geopandas.GeoDataFrame(frame, geometry=points, crs="EPSG:4326")
"""


def _measure(command: list[str]) -> tuple[float, float]:
    """Return the seconds that a command takes and its peak memory in MB."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    told = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(told.decode("utf-8", "replace"))
    per_mb = 1e6 if sys.platform == "darwin" else 1e3
    return seconds, usage.ru_maxrss / per_mb


def run() -> Table:
    """Measure and return the table."""
    rows: list[tuple[str | int | float, ...]] = []
    with tempfile.TemporaryDirectory() as folder:
        for kind, count, write in _FILES:
            path = Path(folder) / "table.csv"
            write(path, count)
            plain, plain_peak = _measure([sys.executable, "-c", _PLAIN_WAY, str(path)])
            space = str(Path(folder) / f"{kind}-{count}")
            command = [sys.executable, "-m", "geomap", "ingest", str(path), "--workspace", space]
            first, peak = _measure([*command, "--quiet"])
            again, _ = _measure([*command, "--quiet"])
            size = path.stat().st_size / 1e6
            rows.append((kind, count, size, first, first / plain, peak, again, plain, plain_peak))
    columns = ("file", "rows", "MB", "s", "ratio", "peak MB", "again s", "pandas s",
               "pandas MB")  # fmt: skip
    return Table("event tables through `geomap ingest`, whole process", columns, tuple(rows))
