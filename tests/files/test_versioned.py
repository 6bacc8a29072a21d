"""Cached files by version: the newest two stay, and a failed one is not there."""

from __future__ import annotations

import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geomap.files.versioned import VersionedFile


def test_writing_keeps_the_newest_two_of_its_kind(tmp_path: Path) -> None:
    """Another process may still read the one before; older ones only fill the disk."""
    (tmp_path / "texts-1-1.parquet").write_bytes(b"another kind")
    for version in range(4):
        file = VersionedFile(tmp_path, "joins", str(version))
        with file.writing() as path:
            path.write_bytes(b"content")
        os.utime(file.path, (version, version))

    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["joins-2.parquet", "joins-3.parquet", "texts-1-1.parquet"]


def test_writing_makes_the_folder_and_leaves_nothing_of_a_failed_file(tmp_path: Path) -> None:
    """A cancelled job must not leave a file that looks like a whole one."""
    file = VersionedFile(tmp_path / "cache", "joins", "1")

    def write_half() -> None:
        with file.writing() as path:
            path.write_bytes(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_half()
    assert list((tmp_path / "cache").iterdir()) == []


def test_is_whole_only_of_a_readable_file_with_these_columns_and_rows(tmp_path: Path) -> None:
    """A file of an older form, or one that was cut off, is written again."""
    file = VersionedFile(tmp_path, "joins", "1")
    with file.writing() as path:
        pq.write_table(pa.table({"a": [1, 2], "b": [3, 4]}), path)

    assert file.is_whole(("a", "b"), 2)
    assert file.is_whole(("a",))
    assert not file.is_whole(("a", "c"))
    assert not file.is_whole(("a",), 3)
    assert not VersionedFile(tmp_path, "joins", "2").is_whole(())
    file.path.write_bytes(file.path.read_bytes()[:-5])
    assert not file.is_whole(("a",))
