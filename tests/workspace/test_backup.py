"""A workspace goes into one file and comes back whole, or a sentence says why not."""

from __future__ import annotations

import errno
import json
import os
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from geomap.errors import InputError, NotFoundError, StoreError
from geomap.gazetteer import Gazetteer
from geomap.workspace import Workspace
from geomap.workspace.backup_file import CONTENTS, back_up, restore
from geomap.workspace.check_folder import check_folder

ROWS = "id,date,latitude,longitude,title\n{0},2023-03-05,39.8,46.7,One\nz{0},2023-03-06,,,Two\n"


@pytest.fixture
def folder(tmp_path: Path, gazetteer: Gazetteer) -> Path:
    """Return the folder of a workspace with two imports."""
    workspace = Workspace.open(tmp_path / "workspace", seed=False, gazetteer=gazetteer)
    for name in "ab":
        workspace.ingest(ROWS.format(name).encode(), name=f"{name}.csv")
    return tmp_path / "workspace"


@pytest.fixture
def saved(folder: Path, tmp_path: Path) -> Path:
    """Return a backup of it."""
    back_up(folder, tmp_path / "saved.zip")
    return tmp_path / "saved.zip"


def events(folder: Path, gazetteer: Gazetteer) -> pd.DataFrame:
    found = Workspace.open(folder, seed=False, gazetteer=gazetteer).events()
    return pd.DataFrame(found.drop(columns="geometry"))


def test_a_backup_comes_back_with_every_event_and_every_import(
    folder: Path, saved: Path, tmp_path: Path, gazetteer: Gazetteer
) -> None:
    """Also the way back: an import can be undone in the restored workspace."""
    new = tmp_path / "deep" / "new"
    report = restore(saved, new)

    assert report.files == sum(1 for p in new.rglob("*") if p.is_file() and p.name != ".lock")
    pd.testing.assert_frame_equal(events(new, gazetteer), events(folder, gazetteer))
    assert check_folder(new).faults == ()
    restored = Workspace.open(new, seed=False, gazetteer=gazetteer)
    restored.undo(restored.batches()[0].batch_id)
    assert len(restored.events()) == len(events(folder, gazetteer)) - 2


def test_a_backup_goes_only_where_it_harms_nothing(
    folder: Path, saved: Path, tmp_path: Path
) -> None:
    """Never into the workspace itself, and never over files of somebody."""
    with pytest.raises(InputError, match="lies in the workspace itself"):
        back_up(folder, folder / "saved.zip")
    with pytest.raises(NotFoundError, match="There is no workspace"):
        back_up(tmp_path / "none", tmp_path / "x.zip")
    with pytest.raises(InputError, match="is not empty"):
        restore(saved, folder)
    with pytest.raises(NotFoundError, match="There is no file"):
        restore(tmp_path / "none.zip", tmp_path / "new")


def test_a_damaged_workspace_is_not_backed_up(folder: Path, tmp_path: Path) -> None:
    """The last good backup stays what it was."""
    target = tmp_path / "saved.zip"
    target.write_bytes(b"the one of yesterday")
    next((folder / "files").iterdir()).write_bytes(b"")

    with pytest.raises(StoreError, match="is damaged"):
        back_up(folder, target)

    assert target.read_bytes() == b"the one of yesterday"


def altered(saved: Path, change: str) -> None:
    """Write the archive anew with one fault."""
    with zipfile.ZipFile(saved) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    contents = json.loads(entries[CONTENTS])
    some = next(name for name in entries if name.startswith("files/"))
    match change:
        case "byte":
            entries[some] += b"x"
        case "missing":
            del entries[some]
        case "stranger":
            entries["more.txt"] = b"x"
        case "no list":
            del entries[CONTENTS]
        case "list":
            entries[CONTENTS] = b"[1"
        case _:  # the name of a file
            entries[change] = entries.pop(some)
            contents["files"][change] = contents["files"].pop(some)
            entries[CONTENTS] = json.dumps(contents).encode()
    with zipfile.ZipFile(saved, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)


@pytest.mark.parametrize(
    "change",
    [
        *("byte", "missing", "stranger", "no list", "list"),
        *("../out.csv", "/out.csv", "C:out.csv", "files\\out.csv", "files/./out.csv"),
    ],
)
def test_a_backup_that_was_altered_is_not_restored(
    saved: Path, tmp_path: Path, change: str
) -> None:
    """A file of somebody is data, and never a path; nothing of it stays."""
    altered(saved, change)
    before = sorted(tmp_path.iterdir())

    with pytest.raises(InputError, match="not a whole backup"):
        restore(saved, tmp_path / "new")

    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("share", [0.0, 0.5, 0.99])
def test_a_backup_that_was_cut_is_not_restored(saved: Path, tmp_path: Path, share: float) -> None:
    """As a copy that broke off leaves it."""
    content = saved.read_bytes()
    saved.write_bytes(content[: int(len(content) * share)])

    with pytest.raises(InputError, match="not a whole backup"):
        restore(saved, tmp_path / "new")

    assert not (tmp_path / "new").exists()


def test_a_full_disk_is_a_sentence_and_leaves_nothing(
    folder: Path, saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both ways; the file and the folder of before stay as they were."""
    before, content = sorted(tmp_path.iterdir()), saved.read_bytes()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("geomap.workspace.backup_file._copy", full)
    with pytest.raises(StoreError, match=r"cannot be written to .* free space"):
        back_up(folder, saved)
    with pytest.raises(StoreError, match=r"cannot be written to .* free space"):
        restore(saved, tmp_path / "new")

    assert (sorted(tmp_path.iterdir()), saved.read_bytes()) == (before, content)
