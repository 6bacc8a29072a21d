"""Whatever is damaged: the right answer or a refusal that says what to do, and nothing is lost.

Never fewer events with exit code 0, never a traceback, and no import that loses something.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

import pytest

from geomap.cli import main
from geomap.errors import StoreError
from geomap.gazetteer import Gazetteer
from geomap.query import EventQuery
from geomap.workspace import Workspace
from geomap.workspace.contents import Contents

HEADER = "id,date,latitude,longitude,type,title,deaths\n"
ROWS = [f"{n},2023-03-{n:02d},39.8{n},46.7{n},Protest,Crowd {n},{n}\n" for n in range(1, 6)]
FIRST = (HEADER + "".join(ROWS)).encode()
NEWER = FIRST.replace(b"Crowd 2", b"Crowd two").replace(ROWS[3].encode(), b"") + (
    b"6,2023-03-06,39.86,46.76,Protest,Crowd 6,6\n7,soon,39.8,46.7,Protest,Bad,0\n"
)
OTHER = (HEADER + "1,2023-04-01,39.5,46.5,Riot,Other,0\n").encode()
MORE = (HEADER + "1,2023-05-01,39.4,46.4,Riot,More,0\n").encode()
ADDED = MORE.replace(b"\n1,", b"\n8,")
TEXT = b"Clashes near Lachin killed 3 people on March 3, 2023, officials said.\n"


class Desk:
    """A workspace that a test may damage, and the commands on it."""

    def __init__(self, folder: Path, events: int, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.events = events
        self.capsys = capsys

    def run(self, *words: object) -> tuple[int, str, str]:
        """Run a command; a traceback would be an exception here."""
        code = main([*map(str, words), "--workspace", str(self.folder)])
        output = self.capsys.readouterr()
        return code, output.out, output.err

    def answer(self, *words: object) -> str | None:
        """Return what a command prints; None when a sentence refuses it and says what to do."""
        code, out, err = self.run(*words)
        assert code in {0, 1, 2}
        if code == 2:
            assert out == ""
            assert err.startswith("geomap: ")
            assert err.count("\n") == 1
            assert ": " in err.removeprefix("geomap: ")
        return out if code == 0 else None

    def total(self) -> int | None:
        """Return the number of events that `geomap events` counts; None when it is refused."""
        answer = self.answer("events", "--json")
        return None if answer is None else int(json.loads(answer)["counts"]["total"])


def page_total(folder: Path) -> int | None:
    """Return the events that the pages count; None when one of their reads is refused."""
    try:
        workspace = Workspace.open(folder, seed=False)
        table, events = workspace.event_table(), workspace.events()
        assert len(table) == len(events) == workspace.count_events()[0]
        assert table.counts(EventQuery()).total == len(events)
        assert len(table.listed(EventQuery())) <= len(events)
        workspace.positions().box(EventQuery())
        workspace.joins()
        for article_id in workspace.articles()["article_id"]:
            workspace.article(article_id)
        for batch in workspace.batches():
            workspace.issues(batch.batch_id)
        return len(events)
    except StoreError:
        return None


@pytest.fixture(autouse=True)
def quick(gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Use the curated places only, and leave the disk its time to flush."""
    monkeypatch.setattr(Contents, "gazetteer", gazetteer)
    monkeypatch.setattr(os, "fsync", lambda _: None)


def built(folder: Path, gazetteer: Gazetteer, *, other: bytes) -> Path:
    """Make a workspace with releases, an article, an undone import, a compaction and caches."""
    workspace = Workspace.open(folder, seed=False, gazetteer=gazetteer)
    workspace.ingest(FIRST, name="log.csv")
    workspace.ingest(NEWER, name="log_v2.csv")
    workspace.ingest(TEXT, name="article.md")
    undone = workspace.ingest(MORE, name="undone.csv")
    workspace.undo(undone.batch.batch_id)
    workspace.compact()
    workspace.ingest(other, name="other.csv")
    (folder / "layouts").mkdir()
    page_total(folder)
    return folder


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory, gazetteer: Gazetteer) -> Path:
    """Return a whole workspace, which tests copy."""
    return built(tmp_path_factory.mktemp("whole") / "workspace", gazetteer, other=OTHER)


@pytest.fixture(scope="session")
def stranger(tmp_path_factory: pytest.TempPathFactory, gazetteer: Gazetteer) -> Path:
    """Return another workspace of the same shape, parts of which are swapped in."""
    other = OTHER.replace(b"Other", b"Third")
    return built(tmp_path_factory.mktemp("stranger") / "workspace", gazetteer, other=other)


@pytest.fixture
def desk(whole: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """Return a copy of the workspace."""
    folder = Path(shutil.copytree(whole, tmp_path / "workspace"))
    events = len(Workspace.open(folder, seed=False).events())
    assert events > 6
    return Desk(folder, events, capsys)


def contents_of(folder: Path) -> list[bytes]:
    """Return the bytes of every table file and every kept file, in an order of their own."""
    files = [*folder.glob("tables/*/*.parquet"), *folder.glob("files/*")]
    return sorted(path.read_bytes() for path in files if path.is_file())


def assert_honest(desk: Desk, *, with_figure: bool = True) -> None:
    """Assert that each command is right or refused, and that an import loses nothing."""
    before = contents_of(desk.folder)
    total = desk.total()
    assert total in {desk.events, None}
    assert page_total(desk.folder) in {desk.events, None}
    target = desk.folder.parent / "out.csv"
    if desk.answer("export", "-o", target) is not None:
        assert len(target.read_text("utf-8-sig").splitlines()) == desk.events + 1
    if with_figure or total is None:
        desk.answer("snapshot", "-o", desk.folder.parent / "out.svg")
    desk.answer("check")
    more = desk.folder.parent / "more.csv"
    more.write_bytes(ADDED)
    if desk.answer("ingest", more) is None:
        now = contents_of(desk.folder)
        assert [one for one in before if one not in now] == []
    else:
        assert desk.total() == desk.events + 1


def newest(folder: Path) -> Path:
    return max(folder.glob("_delta_log/*.json"))


def oldest(folder: Path) -> Path:
    return min(folder.glob("_delta_log/*.json"))


PARTS: MappingProxyType[str, Callable[[Path], Path]] = MappingProxyType({
    "marker": lambda f: f / "tables/marker.json",
    "lock": lambda f: f / "tables/.lock",
    "note of samples": lambda f: f / "workspace.json",
    "newest commit of events": lambda f: newest(f / "tables/events"),
    "oldest commit of events": lambda f: oldest(f / "tables/events"),
    "newest commit of batches": lambda f: newest(f / "tables/batches"),
    "oldest commit of batches": lambda f: oldest(f / "tables/batches"),
    "checkpoint of events": lambda f: next(f.glob("tables/events/_delta_log/*.checkpoint.parquet")),
    "checkpoint of batches": lambda f: next(
        f.glob("tables/batches/_delta_log/*.checkpoint.parquet")
    ),
    "last checkpoint": lambda f: f / "tables/events/_delta_log/_last_checkpoint",
    "data of events": lambda f: max(f.glob("tables/events/*.parquet"), key=size),
    "data of batches": lambda f: max(f.glob("tables/batches/*.parquet"), key=size),
    "data of issues": lambda f: next(f.glob("tables/issues/*.parquet")),
    "data of articles": lambda f: next(f.glob("tables/articles/*.parquet")),
    "data of toponyms": lambda f: next(f.glob("tables/toponyms/*.parquet")),
    "data of dates": lambda f: next(f.glob("tables/dates/*.parquet")),
    "history of events": lambda f: next(f.glob("tables/events_history/*.parquet")),
    "kept file": lambda f: max(f.glob("files/*.csv"), key=size),
    "cache of positions": lambda f: next(f.glob("cache/positions*")),
    "cache of joins": lambda f: next(f.glob("cache/joins*")),
})  # fmt: skip


def size(path: Path) -> int:
    return path.stat().st_size


def zeroed(path: Path, _: Path) -> None:
    path.write_bytes(b"")


def halved(path: Path, _: Path) -> None:
    path.write_bytes(path.read_bytes()[: size(path) // 2])


def garbled(path: Path, _: Path) -> None:
    path.write_bytes(b"\0" * size(path))


def middle_garbled(path: Path, _: Path) -> None:
    content = bytearray(path.read_bytes())
    third = len(content) // 3
    content[third : 2 * third] = b"\xff" * third
    path.write_bytes(content)


def removed(path: Path, _: Path) -> None:
    path.unlink()


def dangling(path: Path, _: Path) -> None:
    path.unlink()
    path.symlink_to(path.with_name("nowhere"))


def looped(path: Path, _: Path) -> None:
    path.unlink()
    path.symlink_to(path)


def foldered(path: Path, _: Path) -> None:
    path.unlink()
    path.mkdir()


def swapped(path: Path, other: Path) -> None:
    shutil.copyfile(other, path)


KINDS = (zeroed, halved, garbled, middle_garbled, removed, dangling, looped, foldered, swapped)
FEWER = {"lock": (foldered, dangling, looped), "cache": (zeroed, foldered, middle_garbled)}
OF_TABLES = ("data of issues", "data of articles", "data of toponyms", "data of dates", "history")


def cases() -> Iterator[tuple[str, Callable[[Path, Path], None]]]:
    """Yield what is damaged and how: less of what has the same fate as another."""
    for part in PARTS:
        kinds: tuple[Callable[[Path, Path], None], ...] = FEWER.get(part.partition(" ")[0], KINDS)
        if part.startswith(OF_TABLES):
            kinds = (halved, middle_garbled, removed)
        if "checkpoint" in part or part in {"kept file", "note of samples"}:
            kinds = (zeroed, garbled, removed, looped, swapped)
        for kind in kinds:
            yield part, kind


@pytest.mark.parametrize(("part", "kind"), list(cases()))
def test_a_damaged_file_is_answered_right_or_refused(
    desk: Desk, stranger: Path, part: str, kind: Callable[[Path, Path], None]
) -> None:
    """Each kind of file of a workspace, in each way that a file is damaged."""
    kind(PARTS[part](desk.folder), PARTS[part](stranger))

    assert_honest(desk, with_figure=kind is zeroed)


def linked(path: Path, target: Path) -> None:
    shutil.rmtree(path)
    path.symlink_to(target)


def without_every_second_file(folder: Path) -> None:
    for path in sorted(path for path in folder.rglob("*") if path.is_file())[::2]:
        path.unlink()


def without_newest_files(folder: Path) -> None:
    files = [path for path in folder.rglob("*") if path.is_file()]
    for path in sorted(files, key=lambda path: path.stat().st_mtime_ns)[-8:]:
        path.unlink()


FOLDERS: dict[str, Callable[[Path], object]] = {
    "tables gone": lambda f: shutil.rmtree(f / "tables"),
    "events gone": lambda f: shutil.rmtree(f / "tables/events"),
    "batches gone": lambda f: shutil.rmtree(f / "tables/batches"),
    "log of events gone": lambda f: shutil.rmtree(f / "tables/events/_delta_log"),
    "log of batches gone": lambda f: shutil.rmtree(f / "tables/batches/_delta_log"),
    "history gone": lambda f: shutil.rmtree(f / "tables/events_history"),
    "kept files gone": lambda f: shutil.rmtree(f / "files"),
    "tables lead nowhere": lambda f: linked(f / "tables", f / "nowhere"),
    "tables lead to themselves": lambda f: linked(f / "tables", f / "tables"),
    "events lead nowhere": lambda f: linked(f / "tables/events", f / "nowhere"),
    "events lead to themselves": lambda f: linked(f / "tables/events", f / "tables/events"),
    "kept files lead nowhere": lambda f: linked(f / "files", f / "nowhere"),
    "cache leads nowhere": lambda f: linked(f / "cache", f / "nowhere"),
    "layouts lead to themselves": lambda f: linked(f / "layouts", f / "layouts"),
    "every second file is missing": without_every_second_file,
    "the newest files are missing": without_newest_files,
}


@pytest.mark.parametrize("damage", FOLDERS)
def test_a_damaged_folder_is_answered_right_or_refused(desk: Desk, damage: str) -> None:
    """As a copy that broke off, a program that tidies up, or a disk that was not mounted."""
    FOLDERS[damage](desk.folder)

    assert_honest(desk, with_figure=False)


@pytest.mark.parametrize("part", ["tables/marker.json", "tables/events", "tables/batches", "files"])
@pytest.mark.parametrize("is_newer", [False, True])
def test_a_folder_half_synced_is_answered_right_or_refused(
    desk: Desk, tmp_path: Path, part: str, *, is_newer: bool
) -> None:
    """A program that syncs folders has brought one part of an import, or all but one."""
    older = Path(shutil.copytree(desk.folder, tmp_path / "older"))
    (tmp_path / "added.csv").write_bytes(ADDED)
    assert desk.answer("ingest", tmp_path / "added.csv") is not None
    mixed, source = (older, desk.folder) if is_newer else (desk.folder, older)
    target = mixed / part
    if target.is_dir():
        shutil.rmtree(target)
        shutil.copytree(source / part, target)
    else:
        shutil.copyfile(source / part, target)
    desk.folder = mixed
    desk.events += 0 if is_newer else 1

    assert desk.total() in {desk.events, None}
    assert page_total(mixed) in {desk.events, None}
    answer = desk.answer("ingest", tmp_path / "added.csv")
    assert answer is None or desk.total() == desk.events + (1 if is_newer else 0)


class PowerCutError(BaseException):
    """The machine stops here."""


@pytest.mark.parametrize("is_first", [False, True])
def test_a_power_cut_loses_no_event_at_any_moment(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_first: bool
) -> None:
    """What was not flushed by then is empty afterwards; the import is there as a whole or not."""
    (tmp_path / "added.csv").write_bytes(ADDED)
    folder, events = (tmp_path / "new", 0) if is_first else (desk.folder, desk.events)
    Workspace.open(folder, seed=False)
    moment, is_over = 0, False
    while not is_over:
        place = Path(shutil.copytree(folder, tmp_path / f"cut-{moment}"))
        is_over = cut_at(place, moment, monkeypatch)
        cut = Desk(place, events, desk.capsys)
        assert cut.total() in {events, events + 1}
        assert cut.answer("ingest", tmp_path / "added.csv") is not None
        assert cut.total() == events + 1
        assert cut.answer("check") is not None
        moment += 1 if moment < 4 else 2
    assert moment > 7


def cut_at(folder: Path, moment: int, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Import until the n-th flush and empty what was not flushed; return whether it ended."""
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
    flushed: list[int] = []  # by their numbers: a file gets its name after it was flushed

    def flush(descriptor: int) -> None:
        if len(flushed) >= moment:
            raise PowerCutError
        flushed.append(os.fstat(descriptor).st_ino)

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", flush)
        is_over = False
        try:
            Workspace.open(folder, seed=False).ingest(ADDED, name="added.csv")
            is_over = True
        except PowerCutError:
            pass
    for path in folder.rglob("*"):
        is_new = path.is_file() and path.stat().st_mtime_ns != before.get(path)
        if is_new and path.name != ".lock" and path.stat().st_ino not in flushed:
            path.write_bytes(b"")
    return is_over


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """Let the system refuse to make any file larger than a size."""
    resource = pytest.importorskip("resource")
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, old[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)


@pytest.mark.parametrize("size", [0, 300, 1500, 4000, 9000, 20_000])
def test_a_full_disk_is_a_sentence_and_loses_nothing(desk: Desk, tmp_path: Path, size: int) -> None:
    """At whichever file of an import or of a reading it is full."""
    more = tmp_path / "added.csv"
    more.write_bytes(ADDED)
    shutil.rmtree(desk.folder / "cache")

    with largest_file(size):
        assert page_total(desk.folder) == desk.events
        desk.answer("export", "-o", tmp_path / "out.csv")
        desk.answer("snapshot", "-o", tmp_path / "out.svg")
        answer = desk.answer("ingest", more)

    assert desk.total() == desk.events + (0 if answer is None else 1)
    assert desk.answer("ingest", more) is not None
    assert desk.total() == desk.events + 1


@pytest.mark.parametrize("name", ["fsync", "replace", "mkdir", "open"])
def test_a_call_that_the_disk_refuses_is_a_sentence(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """No space is left, for whichever call it shows."""
    more = tmp_path / "added.csv"
    more.write_bytes(ADDED)
    real = getattr(os, name)

    def full(*values: object, **named: object) -> object:
        is_read = name == "open" and not int(str(values[1])) & (os.O_RDWR | os.O_WRONLY)
        if is_read:
            return real(*values, **named)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, name, full)
        answer = desk.answer("ingest", more)

    assert answer is None or name == "mkdir"
    assert desk.total() == desk.events + (0 if answer is None else 1)
    assert desk.answer("ingest", more) is not None
    assert desk.total() == desk.events + 1


@contextmanager
def as_nobody() -> Iterator[None]:
    """Have no rights of the administrator, who may write everywhere."""
    if sys.platform == "win32":
        pytest.skip("Windows has other rights.")
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


@pytest.fixture
def open_place() -> Iterator[Path]:
    """Return a folder that every user may enter."""
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        yield Path(place)


@pytest.mark.parametrize("rights", [0o555, 0o000])
def test_a_folder_without_rights_is_read_or_refused(
    desk: Desk, open_place: Path, rights: int
) -> None:
    """A read-only folder is read as ever, and imports into it are refused."""
    more = open_place / "added.csv"
    more.write_bytes(ADDED)
    desk.folder = Path(shutil.copytree(desk.folder, open_place / "workspace"))
    shutil.rmtree(desk.folder / "cache")
    folders = [desk.folder, *(path for path in desk.folder.rglob("*") if path.is_dir())]
    for path in folders:
        path.chmod(rights)
    for path in desk.folder.rglob("*"):
        if path.is_file():
            path.chmod(rights & 0o444)
    try:
        with as_nobody():
            expected = desk.events if rights else None
            assert desk.total() == expected
            assert page_total(desk.folder) == expected
            desk.answer("check")
            assert desk.answer("ingest", more) is None
    finally:
        for path in folders:
            path.chmod(0o755)
    assert desk.total() == desk.events
