"""From the second `make run` to the first map painted, in Chromium."""

from __future__ import annotations

import socket
import subprocess
import tempfile
import time
from pathlib import Path

from bench.chromium import map_frame, page, running_app, wait_for
from bench.table import Table

ROOT = Path(__file__).resolve().parent.parent
RUNS = 3


def make_run(workspace: Path) -> float:
    """Return seconds from `make run` to the first map painted."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with page() as opened:
        start = time.perf_counter()
        server = subprocess.Popen(
            ["make", "-s", "run", f"ARGS=--port {port} --workspace {workspace}"],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            wait_for(f"http://127.0.0.1:{port}")
            opened.goto(f"http://127.0.0.1:{port}")
            map_frame(opened)
            return time.perf_counter() - start
        finally:
            subprocess.run(["pkill", "-TERM", "-s", str(server.pid)], check=False)
            server.wait(20)


def run() -> Table:
    """Measure and return the table."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder)
        with running_app(workspace):
            pass  # the first start seeds the workspace and builds what is missing
        taken = sorted(make_run(workspace) for _ in range(RUNS))
    row = ("second make run to first map", taken[len(taken) // 2], taken[0], taken[-1])
    return Table("start", ("what", "median s", "best s", "worst s"), (row,))
