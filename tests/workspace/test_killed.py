"""An import that is killed, at whatever point, leaves the workspace as it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from geomap.gazetteer import Gazetteer
from geomap.ingest import IngestOptions
from geomap.workspace import Workspace

POINTS = ("read", "keep", "write:1", "write:2", "write:3")
HEADER = "id,date,latitude,longitude,type,title,deaths\n"
ROWS = [f"{n},2023-03-{n:02d},39.8{n},46.7{n},Protest,Crowd {n},{n}\n" for n in range(1, 6)]
FIRST = (HEADER + "".join(ROWS)).encode()
NEWER = FIRST.replace(b"Crowd 2", b"Crowd two").replace(ROWS[3].encode(), b"") + (
    b"6,2023-03-06,39.86,46.76,Protest,Crowd 6,6\n7,soon,39.8,46.7,Protest,Bad,0\n"
)
SCRIPT = """
import os, signal, sys
from pathlib import Path
from geomap.gazetteer import open_gazetteer
from geomap.ingest import IngestOptions
from geomap.store import Store
from geomap.workspace import Workspace
from geomap.workspace import workspace as opened

point, action, place = sys.argv[1:]

def die(*_given, **_named):
    os.kill(os.getpid(), signal.SIGKILL)

def after(method, count):
    left = [count]
    def run(*given):
        result = method(*given)
        left[0] -= 1
        return die() if not left[0] else result
    return run

space = Workspace.open(Path(place), seed=False, gazetteer=open_gazetteer(layers={"curated"}))
kind, _, number = point.partition(":")
if kind == "read":
    opened.read_given = die
elif kind == "keep":
    opened.keep_file = die
elif kind == "write":
    Store._write = after(Store._write, int(number))
else:
    Store._remove = after(Store._remove, int(number))
if action == "undo":
    space.undo(space.batches()[0].batch_id)
else:
    kind = "aggregates" if Path(action).name == "counts.csv" else None
    space.ingest(Path(action), name="log.csv", options=IngestOptions(read_as=kind))
"""


def state(workspace: Workspace) -> pd.DataFrame:
    """Return everything the events say, in an order of its own."""
    events = workspace.events()
    table = pd.DataFrame(events).assign(geometry=events.geometry.to_wkt().to_numpy())
    return table.sort_values("event_id", ignore_index=True)


pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")


def run_killed(point: str, action: str, place: Path) -> int:
    """Run an import or an undo in a process that dies at a point."""
    command = [sys.executable, "-c", SCRIPT, point, action, str(place)]
    return subprocess.run(command, check=False, env={**os.environ}).returncode


@pytest.mark.parametrize("point", POINTS)
def test_a_killed_import_leaves_the_workspace_as_it_was(
    tmp_path: Path, gazetteer: Gazetteer, point: str
) -> None:
    """A laptop that runs out of battery loses the import, not the workspace."""
    place, newer = tmp_path / "workspace", tmp_path / "newer.csv"
    newer.write_bytes(NEWER)
    workspace = Workspace.open(place, seed=False, gazetteer=gazetteer)
    workspace.ingest(FIRST, name="log.csv")
    before, version = state(workspace), workspace.version

    code = run_killed(point, str(newer), place)

    again = Workspace.open(place, seed=False, gazetteer=gazetteer)
    if point == "write:3":  # events, issues, and last the line that makes them count
        assert again.version == version + 1
        assert code == -signal.SIGKILL
        return
    assert code == -signal.SIGKILL
    assert again.version == version
    pd.testing.assert_frame_equal(state(again), before)
    assert len(again.batches()) == 1
    report = again.ingest(newer, name="log.csv")
    assert report.batch.counts["updated"] == 1
    assert not list((place / "files").glob(".partial-*"))


@pytest.mark.parametrize("point", ["write:1", "write:2"])
def test_a_killed_import_of_counts_leaves_none_of_them(
    tmp_path: Path, gazetteer: Gazetteer, point: str
) -> None:
    """Half of the counts of a year would read as a quiet year."""
    place, counts = tmp_path / "workspace", tmp_path / "counts.csv"
    days = [f"2023-{month:02d}" for month in range(1, 13)]
    counts.write_text("month,place,events\n" + "".join(f"{day},Shusha,2\n,x,1\n" for day in days))
    workspace = Workspace.open(place, seed=False, gazetteer=gazetteer)
    workspace.ingest(FIRST, name="log.csv")

    code = run_killed(point, str(counts), place)

    again = Workspace.open(place, seed=False, gazetteer=gazetteer)
    assert (code, again.version) == (-signal.SIGKILL, 1)
    assert again.aggregates().empty
    options = IngestOptions(read_as="aggregates")
    report = again.ingest(counts, name="log.csv", options=options)
    assert report.batch.counts["accepted"] == len(again.aggregates()) == len(days)


@pytest.mark.parametrize("point", ["remove:1", "write:1"])
def test_a_killed_undo_leaves_the_workspace_as_it_was(
    tmp_path: Path, gazetteer: Gazetteer, point: str
) -> None:
    """Half an undo would be worse than none."""
    place = tmp_path / "workspace"
    workspace = Workspace.open(place, seed=False, gazetteer=gazetteer)
    workspace.ingest(FIRST, name="log.csv")
    workspace.ingest(NEWER, name="log.csv")
    before, version = state(workspace), workspace.version

    assert run_killed(point, "undo", place) == -signal.SIGKILL

    again = Workspace.open(place, seed=False, gazetteer=gazetteer)
    assert again.version == version
    pd.testing.assert_frame_equal(state(again), before)
    again.undo(again.batches()[0].batch_id)
    assert len(again.events()) == 5
