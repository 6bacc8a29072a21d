"""A file appears whole or not at all, whatever happens while it is written."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from geomap.errors import StoreError
from geomap.files.atomic import remove_abandoned, replacing, write_file


def test_write_file_replaces_the_old_content_and_leaves_nothing_else(tmp_path: Path) -> None:
    """A reader never sees half a file, and no leftovers gather in the folder."""
    target = tmp_path / "out.csv"
    target.write_bytes(b"old")

    assert write_file(target, b"new") == target
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("fault", [RuntimeError, KeyboardInterrupt])
def test_replacing_keeps_the_old_file_when_the_writing_fails(
    tmp_path: Path, fault: type[BaseException]
) -> None:
    """A cancelled or failed export must not cost the one from yesterday."""
    target = tmp_path / "out.csv"
    target.write_bytes(b"old")

    def write_half() -> None:
        with replacing(target) as path:
            path.write_bytes(b"half")
            raise fault

    with pytest.raises(fault):
        write_half()
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_write_file_flushes_content_and_folder_before_it_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut after the import's end must not leave an empty file under the final name."""
    flushed: list[str] = []
    real = os.fsync

    def note(descriptor: int) -> None:
        is_there = "replaced" if (tmp_path / "out.csv").exists() else "not yet"
        flushed.append(is_there)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", note)
    write_file(tmp_path / "out.csv", b"content")

    assert flushed == (["not yet"] if os.name == "nt" else ["not yet", "replaced"])


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX rights")
def test_write_file_gives_the_usual_rights(tmp_path: Path) -> None:
    """Others who may read the folder may read the file: it is no secret temporary file."""
    before = os.umask(0o022)
    try:
        write_file(tmp_path / "out.csv", b"content")
    finally:
        os.umask(before)

    assert (tmp_path / "out.csv").stat().st_mode & 0o777 == 0o644


def test_write_file_names_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    """The message says which file and what to do about it."""
    with pytest.raises(StoreError, match=r"Cannot write '.*out.csv' \(No such file.*folder"):
        write_file(tmp_path / "nowhere" / "out.csv", b"content")


def test_remove_abandoned_leaves_what_is_being_written_now(tmp_path: Path) -> None:
    """An old partial file is garbage; a new one is being written right now."""
    old, new = tmp_path / ".partial-old", tmp_path / ".partial-new"
    other = tmp_path / "kept.csv"
    for path in (old, new, other):
        path.write_bytes(b"half")
    os.utime(old, (0, 0))
    os.utime(other, (0, 0))

    remove_abandoned(tmp_path)

    assert sorted(tmp_path.iterdir()) == [new, other]


def test_write_file_names_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """A traceback would not help a journalist."""
    with pytest.raises(StoreError, match="choose another folder"):
        write_file(tmp_path / "missing" / "figure.png", b"content")
