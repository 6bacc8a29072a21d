"""A damaged store is refused: it never reads as empty or with fewer rows."""

import errno
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from geomap.errors import StoreError
from geomap.files import flush
from geomap.store import Batch, Store
from geomap.tables import events_table

TABLES = ("events", "batches")


def batch(batch_id: str) -> Batch:
    return Batch(
        batch_id,
        layout="plain",
        layout_reason="",
        file_name="a.csv",
        sha256="0" * 64,
        kind="table",
    )


def record(event_id: str) -> dict[str, str]:
    return {"event_id": event_id, "title": event_id}


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of tables after three imports of two events each."""
    folder = tmp_path_factory.mktemp("whole") / "tables"
    for name in "abc":
        rows = events_table([record(f"{name}1"), record(f"{name}2")])
        Store(folder).commit(batch(name), {"events": rows})
    return folder


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    """Return a copy of the tables that a test may damage."""
    return Path(shutil.copytree(whole, tmp_path / "tables"))


def zeroed(path: Path) -> None:
    path.write_bytes(b"")


def halved(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def one_line_short(path: Path) -> None:
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))


def garbled(path: Path) -> None:
    path.write_bytes(b"\x00" * path.stat().st_size)


def looped(path: Path) -> None:
    path.unlink()
    path.symlink_to(path)


def dangling(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.with_name("nowhere"))


def foldered(path: Path) -> None:
    path.unlink()
    path.mkdir()


FILE_DAMAGE = (zeroed, halved, garbled, Path.unlink, looped, dangling, foldered)


def assert_refused_or_right(folder: Path) -> None:
    """Assert that reading gives all events or a StoreError, and that writing loses nothing."""
    try:
        assert len(Store(folder).read("events")) == 6
    except StoreError:
        with pytest.raises(StoreError):
            Store(folder).count("events")
        with pytest.raises(StoreError):
            Store(folder).files("events")
    before = {path: path.read_bytes() for path in folder.rglob("*.parquet") if path.is_file()}
    rows = events_table([record("d1")])
    try:
        Store(folder).commit(batch("d"), {"events": rows})
        assert len(Store(folder).read("events")) == 7
    except StoreError:
        now = {path: path.read_bytes() for path in folder.rglob("*.parquet") if path.is_file()}
        assert now == before


@pytest.mark.parametrize("damage", FILE_DAMAGE)
@pytest.mark.parametrize("number", range(4))
@pytest.mark.parametrize("table", TABLES)
def test_a_damaged_commit_is_never_read_as_fewer_events(
    folder: Path, table: str, number: int, damage: Callable[[Path], None]
) -> None:
    """A power cut leaves commits that are empty, cut short or gone."""
    damage(folder / table / "_delta_log" / f"{number:020}.json")

    assert_refused_or_right(folder)


@pytest.mark.parametrize("number", range(1, 4))
@pytest.mark.parametrize("table", TABLES)
def test_a_commit_without_its_last_line_is_never_read_as_fewer_events(
    folder: Path, table: str, number: int
) -> None:
    """What is left of it is valid, so that only the number of rows shows the loss."""
    one_line_short(folder / table / "_delta_log" / f"{number:020}.json")

    assert_refused_or_right(folder)


@pytest.mark.parametrize("damage", FILE_DAMAGE)
@pytest.mark.parametrize("table", TABLES)
def test_a_damaged_data_file_is_never_read_as_fewer_events(
    folder: Path, table: str, damage: Callable[[Path], None]
) -> None:
    """Data files are cut short like every other."""
    damage(next((folder / table).glob("*.parquet")))

    assert_refused_or_right(folder)


@pytest.mark.parametrize("damage", FILE_DAMAGE)
def test_a_damaged_marker_is_never_read_as_fewer_events(
    folder: Path, damage: Callable[[Path], None]
) -> None:
    """Without its marker a workspace is one of an earlier geomap."""
    damage(folder / "marker.json")

    assert_refused_or_right(folder)


def test_a_workspace_that_lost_its_marker_gets_no_new_one_by_writing(folder: Path) -> None:
    """A new marker would hide that versions may be lost."""
    (folder / "marker.json").unlink()

    with pytest.raises(StoreError, match="marker of the workspace is missing"):
        Store(folder).compact()
    with pytest.raises(StoreError, match="marker of the workspace is missing"):
        Store(folder).commit(batch("d"), {"events": events_table([record("d1")])})

    assert not (folder / "marker.json").exists()


@pytest.mark.parametrize("part", [*TABLES, "events/_delta_log", "batches/_delta_log"])
def test_a_lost_folder_is_refused(folder: Path, part: str) -> None:
    """A lost table is not an empty one, and the next import must not start again at 0."""
    shutil.rmtree(folder / part)

    with pytest.raises(StoreError, match="is damaged"):
        Store(folder).read("events")
    assert_refused_or_right(folder)


def test_every_event_of_a_folder_without_tables_is_not_zero(folder: Path) -> None:
    """The marker alone says that there were imports."""
    for table in TABLES:
        shutil.rmtree(folder / table)

    with pytest.raises(StoreError, match="is damaged"):
        _ = Store(folder).version


def test_a_table_of_another_workspace_is_refused(folder: Path, tmp_path: Path) -> None:
    """A table of the same shape and number of rows was swapped in."""
    other = tmp_path / "other"
    for name in "abc":
        rows = events_table([record(f"{name}8"), record(f"{name}9")])
        Store(other).commit(batch(name), {"events": rows})
    shutil.rmtree(folder / "events")
    shutil.copytree(other / "events", folder / "events")

    with pytest.raises(StoreError, match="another one"):
        Store(folder).read("events")


def test_a_workspace_of_a_newer_geomap_is_refused(folder: Path) -> None:
    """An older geomap does not know what it would lose."""
    path = folder / "marker.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {"schema": 99}), "utf-8")

    with pytest.raises(StoreError, match="newer geomap"):
        Store(folder).read("events")


def test_a_log_without_commits_is_no_obstacle(folder: Path) -> None:
    """A power cut leaves a folder that was made for a table, and nothing in it."""
    (folder / "issues" / "_delta_log").mkdir(parents=True)

    assert Store(folder).faults() == {}
    assert_refused_or_right(folder)
    assert len(Store(folder).read("events")) == 7


def test_what_is_in_the_way_of_the_next_import_is_a_fault(folder: Path) -> None:
    """Every row can be read, but nothing can be written until it is repaired."""
    log = folder / "issues" / "_delta_log"
    log.mkdir(parents=True)
    (log / "note.txt").write_text("not a commit", "utf-8")

    assert list(Store(folder).faults()) == ["issues"]
    assert_refused_or_right(folder)


@pytest.mark.parametrize("content", [b"", b"{", b"\x00" * 40])
@pytest.mark.parametrize("table", ["events", "issues"])
def test_a_commit_that_was_cut_while_it_was_written_is_rolled_back(
    folder: Path, table: str, content: bytes
) -> None:
    """No import that was finished needs it; the next one must not be written on top of it."""
    log = folder / table / "_delta_log"
    log.mkdir(parents=True, exist_ok=True)
    (log / f"{len(list(log.iterdir())):020}.json").write_bytes(content)

    assert Store(folder).faults() == {}
    Store(folder).commit(batch("d"), {"events": events_table([record("d1")])})
    assert len(Store(folder).read("events")) == 7
    assert Store(folder).faults() == {}


def test_whole_versions_leave_out_the_damaged_ones(folder: Path) -> None:
    """The user can go back to what was whole before the damage."""
    zeroed(folder / "events" / "_delta_log" / f"{3:020}.json")

    assert Store(folder).whole_versions() == (0, 1, 2)
    assert list(Store(folder).faults()) == ["events"]


def test_a_full_disk_while_flushing_leaves_the_last_version(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The import is refused in a sentence, and the next one finds everything."""

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(StoreError, match="cannot be written"):
            Store(folder).commit(batch("d"), {"events": events_table([record("d1")])})

    assert len(Store(folder).read("events")) == 6
    Store(folder).commit(batch("d"), {"events": events_table([record("d1")])})
    assert len(Store(folder).read("events")) == 7


def test_all_files_are_flushed_before_the_marker_names_them(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a power cut, only what was flushed is sure to be there."""
    flushed: list[str] = []
    real = os.fsync

    def record_flush(descriptor: int) -> None:
        flushed.append(str(Path(f"/proc/self/fd/{descriptor}").resolve()))
        real(descriptor)

    if not Path("/proc/self/fd").exists():
        pytest.skip("Open files cannot be named here.")
    before = flush.files_under(folder)
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", record_flush)
        Store(folder).commit(batch("d"), {"events": events_table([record("d1")])})

    written = flush.files_under(folder) - before
    assert {str(path) for path in written} <= set(flushed)
    last_event = max(i for i, path in enumerate(flushed) if "/events/" in path)
    first_batch = min(i for i, path in enumerate(flushed) if "/batches/" in path)
    assert last_event < first_batch
