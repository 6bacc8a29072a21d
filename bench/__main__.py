"""Run the benchmark groups, print their tables and write them as JSON.

A group is a module of this package with a function `run() -> Table`. `python -m bench` runs
all of them, `python -m bench map ingest` the named ones. Results go to `bench/results/`.
"""

from __future__ import annotations

import importlib
import json
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

import geomap
from bench.table import Table, drawn

GROUPS = ("geoparse", "incidents", "ingest", "snapshot", "map", "start", "imports")
RESULTS = Path(__file__).resolve().parent / "results"


def show(name: str, table: Table) -> None:
    """Print one group's table and write it beside its predecessors."""
    Console(width=120).print(drawn(table, name))
    RESULTS.mkdir(exist_ok=True)
    document = {
        "group": name,
        "geomap": geomap.__version__,
        "python": platform.python_version(),
        "measured": datetime.now(UTC).isoformat(timespec="seconds"),
        "title": table.title,
        "columns": table.columns,
        "rows": table.rows,
    }
    (RESULTS / f"{name}.json").write_text(json.dumps(document, indent=1), encoding="utf-8")


def main(names: list[str]) -> int:
    """Run the named groups, or all; return the exit code."""
    unknown = sorted(set(names) - set(GROUPS))
    if unknown:
        print(f"No group {unknown[0]!r}: there are {', '.join(GROUPS)}.", file=sys.stderr)
        return 2
    for name in names or GROUPS:
        show(name, importlib.import_module(f"bench.{name}").run())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
