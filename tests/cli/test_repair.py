"""The repair of a damaged workspace, as a script sees it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geomap.gazetteer import open_gazetteer
from geomap.workspace.contents import Contents

if TYPE_CHECKING:
    from tests.cli.conftest import Geomap

HEADER = "id,date,latitude,longitude,title\n"
ROWS = HEADER + "1,2023-03-01,39.81,46.71,One\n2,2023-03-02,39.8,46.7,Two\n"
MORE = HEADER + "8,2021-05-01,10.1,20.1,Uno\n9,2021-06-02,11.8,21.7,Due\n"


@pytest.fixture
def folder(geomap: Geomap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a workspace with one import, whose table of events is lost."""
    monkeypatch.setattr(Contents, "gazetteer", open_gazetteer(layers={"curated"}))
    monkeypatch.setattr(os, "fsync", lambda _: None)
    (tmp_path / "log.csv").write_text(ROWS, "utf-8")
    assert geomap("ingest", tmp_path / "log.csv").code == 0
    shutil.rmtree(tmp_path / "workspace" / "tables" / "events")
    return tmp_path / "workspace"


def test_repair_says_first_what_it_would_do_and_then_does_it(geomap: Geomap, folder: Path) -> None:
    """Exit code 1 means that something is wrong, 0 that all is back."""
    assert geomap("events").code == 2

    planned = geomap("repair", "--dry-run")
    shape = geomap("repair", "--dry-run", "--json")
    done = geomap("repair", "--json")

    assert (planned.code, shape.code, done.code) == (1, 1, 0)
    assert "log.csv): taken in again from the kept file, 2 event(s)" in planned.out
    assert "The workspace would have 2 event(s); 0 are lost." in planned.out
    assert shape.document["imports"] == done.document["imports"]
    assert (shape.document["aside"], shape.document["dry_run"]) == (None, True)
    assert (folder / done.document["aside"] / "tables" / "batches").is_dir()
    assert geomap("check").code == 0
    assert geomap("events", "--json").document["counts"]["total"] == 2
    again = geomap("repair")
    assert (again.code, again.out) == (0, "")
    assert "nothing to repair" in again.err


def test_repair_says_how_many_events_are_lost(geomap: Geomap, folder: Path) -> None:
    """The workspace is whole again, but a script must not take it for complete."""
    more = folder.parent / "more.csv"
    more.write_text(MORE, "utf-8")
    geomap("repair")
    assert geomap("ingest", more).code == 0
    for path in (folder / "files").iterdir():
        if b"Uno" in path.read_bytes():
            path.unlink()
    shutil.rmtree(folder / "tables" / "events")

    done = geomap("repair", "--json")

    assert (done.code, done.document["lost"]) == (1, 2)
    assert [one["lost"] for one in done.document["imports"]] == [2, 0]
    assert geomap("check").code == 0


def test_repair_says_when_nothing_can_be_rebuilt(geomap: Geomap, folder: Path) -> None:
    """It leaves what is there to those who have a copy, or other tools."""
    shutil.rmtree(folder / "files")
    before = sorted(folder.rglob("*"))

    answer = geomap("repair")

    assert answer.code == 1
    assert "Nothing can be rebuilt" in answer.out
    assert sorted(folder.rglob("*")) == before
