"""How long a snapshot of the sample workspace takes, cold (whole process) and warm."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bench.table import Table, milliseconds
from geomap.query import EventQuery
from geomap.snapshot import FORMATS, SnapshotSettings, snapshot_bytes, view_of
from geomap.workspace import Workspace


def run() -> Table:
    """Measure and return the table."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace.open(Path(folder), seed=True)
        view = view_of(workspace.events(), EventQuery(), workspace.places())
        settings = SnapshotSettings("Sample events", datetime.now(UTC))
        rows: list[tuple[str | int | float, ...]] = []
        for form in FORMATS:
            size = len(snapshot_bytes(view, settings, form)) / 1000
            warm, worst = milliseconds(partial(snapshot_bytes, view, settings, form), runs=3)
            target = Path(folder) / f"snapshot.{form}"
            command = [sys.executable, "-m", "geomap", "snapshot", "-o", str(target)]
            start = time.perf_counter()
            subprocess.run([*command, "--workspace", folder], check=True, capture_output=True)
            rows.append((form, size, warm, worst, 1000 * (time.perf_counter() - start)))
    columns = ("format", "kB", "warm ms", "worst ms", "whole process ms")
    return Table("a figure of the sample workspace", columns, tuple(rows))
