"""A damaged workspace is rebuilt from what is whole of it, and nothing of it is deleted."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from geomap.errors import NotFoundError, StoreError
from geomap.gazetteer import Gazetteer
from geomap.ingest import IngestOptions
from geomap.model import Article
from geomap.workspace import Workspace
from geomap.workspace.check_folder import check_folder
from geomap.workspace.contents import Contents
from geomap.workspace.repair_folder import repair

HEADER = "id,date,latitude,longitude,type,title,deaths\n"
ROWS = [f"{n},2023-03-{n:02d},39.8{n},46.7{n},Protest,Crowd {n},{n}\n" for n in range(1, 6)]
FIRST = (HEADER + "".join(ROWS)).encode()
NEWER = FIRST.replace(b"Crowd 2", b"Crowd two").replace(ROWS[3].encode(), b"") + (
    b"6,2023-03-06,39.86,46.76,Protest,Crowd 6,6\n7,soon,39.8,46.7,Protest,Bad,0\n"
)
OTHER = b"id,date,y,x,title\n1,03/04/2023,39.5,46.5,Left\n2,05/06/2023,39.6,46.6,Right\n"
TEXT = "Clashes near Lachin killed 3 people on March 3, 2023, officials said.\n"


@pytest.fixture(autouse=True)
def quick(gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Repair with the curated places only, and leave the disk its time to flush."""
    monkeypatch.setattr(Contents, "gazetteer", gazetteer)
    monkeypatch.setattr(os, "fsync", lambda _: None)


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory, gazetteer: Gazetteer) -> Path:
    """Return a workspace with releases, chosen options, an article and an import undone."""
    folder = tmp_path_factory.mktemp("whole") / "workspace"
    workspace = Workspace.open(folder, seed=False, gazetteer=gazetteer)
    workspace.ingest(FIRST, name="log.csv")
    options = IngestOptions(order="dmy", mapping={"latitude": "y", "longitude": "x"})
    assert workspace.ingest(OTHER, name="other.csv", options=options).batch.counts["accepted"] == 2
    workspace.ingest(NEWER, name="log_v2.csv")
    article = Article("", TEXT, title="Clashes", publisher="The Paper", url="https://example.org/1")
    workspace.add_article(article)
    nine = HEADER.encode() + b"9,2023-03-09,39,46,Riot,Nine,9\n"
    undone = workspace.ingest(nine, name="nine.csv")
    workspace.undo(undone.batch.batch_id)
    return folder


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    """Return a copy that a test may damage."""
    return Path(shutil.copytree(whole, tmp_path / "workspace"))


def opened(folder: Path, gazetteer: Gazetteer) -> Workspace:
    return Workspace.open(folder, seed=False, gazetteer=gazetteer)


def state(workspace: Workspace) -> pd.DataFrame:
    """Return everything the events say, in an order of its own."""
    events = workspace.events()
    table = pd.DataFrame(events).assign(geometry=events.geometry.to_wkt().to_numpy())
    table = table.drop(columns="gone_since")  # the day of the import, which is today
    return table.sort_values("event_id", ignore_index=True)


def accounts(workspace: Workspace) -> dict[str, tuple[object, ...]]:
    return {
        batch.batch_id: (batch.file_name, dict(batch.counts), batch.created, bool(batch.undone))
        for batch in workspace.batches()
    }


def newest(folder: Path, table: str) -> Path:
    return max((folder / "tables" / table / "_delta_log").glob("*.json"))


def emptied(folder: Path, table: str) -> None:
    newest(folder, table).write_bytes(b"")


def all_data_lost(folder: Path, table: str) -> None:
    for path in (folder / "tables" / table).glob("*.parquet"):
        path.write_bytes(b"")


def foldered(path: Path) -> None:
    path.unlink()
    path.mkdir()


DAMAGE: dict[str, Callable[[Path], object]] = {
    "newest events commit empty": lambda f: emptied(f, "events"),
    "newest batches commit empty": lambda f: emptied(f, "batches"),
    "newest batches commit gone": lambda f: newest(f, "batches").unlink(),
    "first batches commit garbled": lambda f: (
        f / "tables/batches/_delta_log" / f"{1:020}.json"
    ).write_bytes(b"\0" * 300),
    "events gone": lambda f: shutil.rmtree(f / "tables" / "events"),
    "batches log gone": lambda f: shutil.rmtree(f / "tables" / "batches" / "_delta_log"),
    "issues gone": lambda f: shutil.rmtree(f / "tables" / "issues"),
    "history gone": lambda f: shutil.rmtree(f / "tables" / "events_history"),
    "events data lost": lambda f: all_data_lost(f, "events"),
    "articles data lost": lambda f: all_data_lost(f, "toponyms"),
    "marker garbled": lambda f: (f / "tables/marker.json").write_bytes(b"\0" * 40),
    "marker a folder": lambda f: foldered(f / "tables/marker.json"),
    "lock a folder": lambda f: foldered(f / "tables/.lock"),
    "note garbled": lambda f: (f / "workspace.json").write_bytes(b"{"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_repair_brings_back_every_event_and_every_import(
    folder: Path, whole: Path, gazetteer: Gazetteer, damage: str
) -> None:
    """Also the accounts; afterwards a check is clean, and undo and import work as before."""
    DAMAGE[damage](folder)
    damaged = {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    planned = repair(folder, dry_run=True)
    assert {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()} == (
        damaged
    )

    report = repair(folder)

    contents = {p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    assert set(damaged.values()) <= contents  # nothing is deleted
    assert planned.faults
    assert (planned.imports, planned.lost) == (report.imports, 0)
    assert check_folder(folder).faults == ()
    workspace, before = opened(folder, gazetteer), opened(whole, gazetteer)
    pd.testing.assert_frame_equal(state(workspace), state(before))
    assert accounts(workspace) == accounts(before)
    assert workspace.articles()["url"].tolist() == ["https://example.org/1"]
    again = workspace.ingest(NEWER, name="log_v2.csv").batch
    assert (again.counts["accepted"], again.counts["updated"]) == (0, 0)
    workspace.undo(again.batch_id)
    assert len(workspace.events()) == len(before.events()) - 1


def test_without_the_table_of_batches_the_files_and_rows_tell_the_imports(
    folder: Path, whole: Path, gazetteer: Gazetteer
) -> None:
    """What was decided about a file is lost with its account: its rows come back as they are."""
    shutil.rmtree(folder / "tables" / "batches")

    report = repair(folder)

    assert report.lost == 0
    assert check_folder(folder).faults == ()
    workspace, before = opened(folder, gazetteer), opened(whole, gazetteer)
    kept = set(workspace.events()["event_id"])
    assert set(before.events()["event_id"]) <= kept
    assert {batch.file_name for batch in workspace.batches()} >= {"log.csv", "other"}


def test_without_any_table_the_kept_files_are_taken_in(folder: Path, gazetteer: Gazetteer) -> None:
    """Their names are lost, and a file with an open question is left to its owner."""
    shutil.rmtree(folder / "tables")
    with pytest.raises(StoreError, match="is damaged"):
        opened(folder, gazetteer).events()

    report = repair(folder)

    assert check_folder(folder).faults == ()
    assert len(report.unread) == 1
    titles = set(opened(folder, gazetteer).events()["title"])
    assert {"Crowd 1", "Crowd two", "Crowd 6"} <= titles


def test_a_lost_kept_file_is_said_and_leaves_its_events(
    folder: Path, whole: Path, gazetteer: Gazetteer
) -> None:
    """The next import of the same file keeps it again, and its rows stay what they are."""
    kept = max((folder / "files").iterdir(), key=lambda path: b"Crowd two" in path.read_bytes())
    kept.write_bytes(b"")

    report = repair(folder)

    assert report.lost_files == (kept.name,)
    assert check_folder(folder).faults == ()
    assert not kept.exists()
    assert (folder / report.aside / "files" / kept.name).read_bytes() == b""
    workspace = opened(folder, gazetteer)
    pd.testing.assert_frame_equal(state(workspace), state(opened(whole, gazetteer)))
    (noted,) = [b for b in workspace.batches() if b.warnings and b.warnings[-1][0] == "file_lost"]
    assert noted.file_name == "log_v2.csv"
    workspace.ingest(NEWER, name="log_v2.csv")
    assert kept.read_bytes() == NEWER


def test_rows_without_table_and_file_are_counted_by_import(
    folder: Path, gazetteer: Gazetteer
) -> None:
    """What cannot be brought back is said; the file itself brings it back at any time."""
    kept = max((folder / "files").iterdir(), key=lambda path: b"Left" in path.read_bytes())
    kept.unlink()
    all_data_lost(folder, "events")

    planned = repair(folder, dry_run=True)
    report = repair(folder)

    (lost,) = [one for one in report.imports if one.lost]
    assert planned.imports == report.imports
    assert (lost.file_name, lost.rows, lost.lost, lost.origin) == ("other.csv", 0, 2, "nothing")
    assert check_folder(folder).faults == ()
    workspace = opened(folder, gazetteer)
    options = IngestOptions(order="dmy", mapping={"latitude": "y", "longitude": "x"})
    assert workspace.ingest(OTHER, name="other.csv", options=options).batch.counts["accepted"] == 2
    assert {"Left", "Right"} <= set(workspace.events()["title"])


def test_rows_of_a_lost_file_come_from_the_tables(
    folder: Path, whole: Path, gazetteer: Gazetteer
) -> None:
    """The log is damaged and the files of imports are lost, but the rows can be read."""
    shutil.rmtree(folder / "files")
    (folder / "tables/events/_delta_log" / f"{1:020}.json").write_bytes(b"")

    report = repair(folder)

    assert {one.origin for one in report.imports if one.rows} == {"rows"}
    assert report.lost == 0
    assert check_folder(folder).faults == ()
    restored, before = state(opened(folder, gazetteer)), state(opened(whole, gazetteer))
    pd.testing.assert_frame_equal(restored, before)


def test_where_nothing_is_whole_nothing_is_changed(folder: Path) -> None:
    """A repair makes no empty workspace of a lost one."""
    shutil.rmtree(folder / "files")
    for path in folder.glob("tables/*/*.parquet"):
        path.write_bytes(b"")
    before = sorted(folder.rglob("*"))

    report = repair(folder)

    assert report.is_hopeless
    assert sorted(folder.rglob("*")) == before


def test_a_whole_workspace_needs_no_repair(folder: Path, tmp_path: Path) -> None:
    """Nothing is moved; and where there is no workspace, that is said."""
    before = sorted(folder.rglob("*"))

    assert repair(folder).faults == ()
    assert sorted(folder.rglob("*")) == before
    with pytest.raises(NotFoundError, match="There is no workspace"):
        repair(tmp_path / "none")


SCRIPT = """
import os, signal, sys
from pathlib import Path
from geomap.gazetteer import open_gazetteer
from geomap.store import exchange
from geomap.workspace import repair_folder
from geomap.workspace.contents import Contents

left, place = [int(sys.argv[1])], Path(sys.argv[2])
Contents.gazetteer = open_gazetteer(layers={"curated", "countries"})

def counted(function):
    def run(*given, **named):
        left[0] -= 1
        if left[0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*given, **named)
    return run

for module, name in (
    (repair_folder, "copy_whole"), (repair_folder, "flush_new"), (repair_folder, "exchange"),
    (exchange, "write_file"), (exchange, "_move"), (exchange, "resume"),
    (repair_folder.RebuiltWorkspace, "take_in"), (repair_folder, "set_aside"),
):
    setattr(module, name, counted(getattr(module, name)))
repair_folder.repair(place)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_a_repair_that_is_killed_is_finished_by_the_next(
    folder: Path, whole: Path, gazetteer: Gazetteer, tmp_path: Path
) -> None:
    """At every step; in between nothing is read as fewer events."""
    emptied(folder, "events")
    (folder / "workspace.json").write_bytes(b"{")
    expected, points = state(opened(whole, gazetteer)), 0
    for number in range(0, 60, 5):
        place = Path(shutil.copytree(folder, tmp_path / f"killed-{number}"))
        command = [sys.executable, "-c", SCRIPT, str(number), str(place)]
        code = subprocess.run(command, check=False, env={**os.environ}).returncode
        if code == 0:
            break
        assert code == -signal.SIGKILL
        points += 1
        with pytest.raises(StoreError):
            opened(place, gazetteer).events()
        repair(place)
        assert check_folder(place).faults == ()
        pd.testing.assert_frame_equal(state(opened(place, gazetteer)), expected)
    assert points >= 5
