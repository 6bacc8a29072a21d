"""A file that was looked at is not read again when it is taken in."""

from __future__ import annotations

import json
from typing import Any

import pytest

from geomap.ingest import IngestOptions
from geomap.readers import article_files, table_file
from geomap.workspace import Workspace, read_files

CSV = b"id,date,latitude,longitude\n1,2023-03-05,39.80,46.75\n"
TEXT = json.dumps({"text": "Protesters met in Shusha on 12 December 2022."}).encode()


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that grows by the name of each file that is read."""
    names: list[str] = []

    def counted(reader: Any) -> Any:
        def read(file: Any, **options: Any) -> Any:
            names.append(file.name)
            return reader(file, **options)

        return read

    for module, name in (
        (table_file, "read_opened_table"),
        (article_files, "read_opened_articles"),
    ):
        monkeypatch.setattr(module, name, counted(getattr(module, name)))
    return names


@pytest.mark.parametrize(("data", "name"), [(CSV, "rows.csv"), (TEXT, "text.json")])
def test_a_look_a_preview_and_the_import_read_a_file_once(
    workspace: Workspace, readings: list[str], data: bytes, name: str
) -> None:
    """The page looks at a file, shows its rows and takes it in: large files are read once."""
    workspace.ingest(data, name=name, dry_run=True)
    workspace.preview(data, name=name)
    report = workspace.ingest(data, name=name)

    assert report.batch.counts["rows"]
    assert readings == [name]


def test_another_answer_or_another_content_is_read_anew(
    workspace: Workspace, readings: list[str]
) -> None:
    """Everything that decides how a file is read is part of its key."""
    workspace.ingest(CSV, name="rows.csv", dry_run=True)
    workspace.ingest(CSV, name="rows.csv", dry_run=True, options=IngestOptions(read_as="articles"))
    workspace.ingest(CSV + b"2,2023-03-06,39.8,46.7\n", name="rows.csv", dry_run=True)

    assert len(readings) == 3


def test_files_that_were_looked_at_fill_a_bounded_memory() -> None:
    """The oldest go first, and one that is too large is not kept at all."""
    files = read_files.ReadFiles(most_bytes=100)
    read: list[str] = []

    def reader(key: str, size: int) -> Any:
        def run() -> read_files.ReadFile:
            read.append(key)
            return read_files.ReadFile(reason="x" * size)

        return run

    sizes = {"a": 60, "b": 30, "c": 40, "large": 500}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(read_files.ReadFile, "bytes", property(lambda file: len(file.reason)))
        for key in ("a", "b", "a", "b", "c", "a", "large", "large", "a"):
            files.read(key, reader(key, sizes[key]), keep=True)

    assert read == ["a", "b", "c", "a", "large", "large"]
