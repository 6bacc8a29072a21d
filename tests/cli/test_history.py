"""Newer releases, the way back and the report of an import, as a script sees them."""

from __future__ import annotations

import csv
import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from geomap.store import Store

if TYPE_CHECKING:
    from tests.cli.conftest import Geomap

FIRST = """id,date,latitude,longitude,type,title,deaths
1,2023-03-01,39.81,46.71,Protest,Crowd,1
2,2023-03-02,39.82,46.72,Protest,=1+1,2
3,2023-03-03,39.83,46.73,Protest,-2+3,3
4,soon,39.83,-46.73,Protest,=HYPERLINK(1),3
"""
NEWER = """id,date,latitude,longitude,type,title,deaths
1,2023-03-01,39.81,46.71,Protest,Crowd,10
3,2023-03-03,39.83,46.73,Protest,-2+3,3
5,2023-03-05,39.85,46.75,Protest,New,0
"""


@pytest.fixture
def releases(tmp_path: Path) -> tuple[Path, Path]:
    """Return two releases of one table under two names."""
    first, newer = tmp_path / "log.csv", tmp_path / "log_v2.csv"
    first.write_text(FIRST, "utf-8")
    newer.write_text(NEWER, "utf-8")
    return first, newer


def test_dry_run_of_a_newer_release_shows_its_diff(
    geomap: Geomap, releases: tuple[Path, Path]
) -> None:
    """Changed values and gone events are shown before anything is written."""
    geomap("ingest", releases[0])

    answer = geomap("ingest", releases[1], "--dry-run")
    shape = geomap("ingest", releases[1], "--dry-run", "--json").document["files"][0]["release"]

    assert answer.code == 0
    assert "1 added, 1 changed, 1 gone" in answer.out
    assert "'1' -> '10'" in answer.out
    assert "gone: log:2" in answer.out
    assert (shape["added"], shape["changed"], shape["gone"]) == (1, 1, 1)
    assert geomap("events", "--json").document["counts"]["total"] == 3


def test_undo_takes_a_release_back_and_says_so(geomap: Geomap, releases: tuple[Path, Path]) -> None:
    """The counts are as before, the history lists both."""
    first = geomap("ingest", releases[0], "--json").document["files"][0]["batch_id"]
    before = geomap("events", "--json").document
    newer = geomap("ingest", releases[1], "--json").document["files"][0]["batch_id"]
    assert geomap("events", "--json").document != before

    refused = geomap("undo", first)
    planned = geomap("undo", newer, "--dry-run", "--json").document
    done = geomap("undo", newer, "--json").document

    assert refused.code == 2
    assert newer in refused.err
    assert planned["undone"] == done["undone"]
    assert (planned["dry_run"], done["dry_run"], done["events_total"]) == (True, False, 3)
    assert geomap("events", "--json").document == before
    listed = {b["batch_id"]: b["undone"] for b in geomap("batches", "--json").document["batches"]}
    assert listed[first] is None
    assert listed[newer]
    assert "undone" in geomap("batches").out
    assert geomap("undo", newer).code == geomap("undo", "none").code == 2


def test_the_report_of_an_import_can_be_read_later(
    geomap: Geomap, releases: tuple[Path, Path]
) -> None:
    """Numbers, changed cells and every noted row, as text, CSV and JSON."""
    first = geomap("ingest", releases[0], "--json").document["files"][0]
    newer = geomap("ingest", releases[1], "--json").document["files"][0]

    as_json = geomap("batches", first["batch_id"], "--issues", "--format", "json").document
    as_csv = geomap("batches", first["batch_id"], "--issues", "--format", "csv").out
    later = geomap("batches", newer["batch_id"], "--json").document

    words = ("row", "column", "value", "code", "reason", "remedy")
    assert [{w: i[w] for w in words} for i in as_json["issues"]] == first["issues"]
    assert [int(row["row"]) for row in csv.DictReader(io.StringIO(as_csv))] == [5]
    assert later["release"] == newer["release"]
    assert "log:2" in geomap("batches", newer["batch_id"]).out
    assert geomap("batches", first["batch_id"], "--issues").code == 0
    assert geomap("batches", "--issues").code == 2


def test_export_is_safe_unless_raw_is_asked_for(
    geomap: Geomap, releases: tuple[Path, Path], tmp_path: Path
) -> None:
    """A spreadsheet runs no formula of an imported file; numbers stay numbers."""
    geomap("ingest", releases[0])
    safe, raw = tmp_path / "safe.csv", tmp_path / "raw.csv"

    assert geomap("export", "-o", safe).code == 0
    answer = geomap("export", "-o", raw, "--raw")

    titles = {
        path: {row["title"] for row in csv.DictReader(io.StringIO(path.read_text("utf-8")))}
        for path in (safe, raw)
    }
    assert titles[safe] == {"Crowd", "'=1+1", "'-2+3"}
    assert titles[raw] == {"Crowd", "=1+1", "-2+3"}
    assert "formulas" in answer.err
    assert geomap("export", "-o", tmp_path / "x.geojson", "--raw").code == 2


def test_the_keys_of_full_and_part_exclude_each_other(
    geomap: Geomap, releases: tuple[Path, Path]
) -> None:
    """A slip is refused, not guessed at."""
    assert geomap("ingest", releases[0], "--full", "--part").code == 2


def test_ctrl_c_while_writing_leaves_the_workspace_as_it_was(
    geomap: Geomap, releases: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence, exit code 130, and the same events as before."""
    geomap("ingest", releases[0])
    before = geomap("events", "--json").document
    write = Store._write

    def interrupted(store: Store, table: str, rows: Any) -> int:
        if table in {"issues", "batches"}:
            raise KeyboardInterrupt
        return write(store, table, rows)

    monkeypatch.setattr(Store, "_write", interrupted)
    stopped = geomap("ingest", releases[1])
    monkeypatch.setattr(Store, "_write", write)

    assert (stopped.code, stopped.err.count("\n"), stopped.out) == (130, 1, "")
    assert stopped.err.startswith("geomap: Stopped")
    assert geomap("events", "--json").document == before
    assert geomap("ingest", releases[1]).code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_ctrl_c_ends_the_command_at_once(tmp_path: Path) -> None:
    """A real signal to a real process that waits for its input."""
    folder = tmp_path / "workspace"
    command = [sys.executable, "-m", "geomap", "ingest", "-", "--workspace", str(folder)]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ},
        # A shell's background jobs start with Ctrl-C ignored; the command must not inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    ) as running:
        for _ in range(600):
            if folder.is_dir():
                break
            time.sleep(0.05)
        time.sleep(0.3)
        running.send_signal(signal.SIGINT)
        _, errors = running.communicate(timeout=60)

    assert running.returncode == 130
    assert errors.decode().count("\n") == 1
    assert b"Traceback" not in errors


def test_backup_and_restore_are_commands(
    geomap: Geomap, releases: tuple[Path, Path], tmp_path: Path
) -> None:
    """One file holds all; what cannot be done is a sentence and exit code 2."""
    geomap("ingest", releases[0])
    saved, new = tmp_path / "saved.zip", tmp_path / "new"

    answer = geomap("backup", saved, "--json")
    assert (answer.code, answer.document["bytes"] > 0) == (0, True)
    assert geomap("restore", saved, "--workspace", new).code == 0
    counts = geomap("events", "--json").document["counts"]
    assert geomap("events", "--json", "--workspace", new).document["counts"] == counts
    again = geomap("restore", saved, "--workspace", new)
    assert (again.code, "is not empty" in again.err) == (2, True)


@pytest.mark.slow
def test_eight_imports_at_once_all_come_in(geomap: Geomap, tmp_path: Path) -> None:
    """Each waits its turn: nothing is refused, lost or doubled, and every table is whole."""
    folder = tmp_path / "together"
    writers = []
    for number in range(1, 9):
        table = tmp_path / f"t{number}.csv"
        table.write_text(
            f"id,date,latitude,longitude,title\nx,2023-03-0{number},39.8,46.7,Event {number}\n"
        )
        words = ["ingest", str(table), "--yes", "--quiet", "--workspace", str(folder)]
        writers.append(subprocess.Popen([sys.executable, "-m", "geomap", *words]))

    assert [writer.wait(600) for writer in writers] == [0] * 8
    events = geomap("events", "--json", "--workspace", folder).document["events"]
    assert sorted(event["title"] for event in events) == [f"Event {n}" for n in range(1, 9)]
    batches = geomap("batches", "--json", "--workspace", folder).document["batches"]
    assert len(batches) == 8
    assert geomap("check", "--workspace", folder).code == 0
