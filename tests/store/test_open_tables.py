"""A table stays open only while its log is what it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from geomap.errors import StoreError
from geomap.store import Batch, Store
from geomap.store.open_tables import OpenTables
from geomap.tables import events_table


def commit(folder: Path, name: str) -> None:
    batch = Batch(name, file_name="a.csv", sha256="0" * 64, kind="table", layout="plain")
    Store(folder).commit(batch, {"events": events_table([{"event_id": name}])})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the tables of two imports."""
    for name in "ab":
        commit(tmp_path / "tables", name)
    return tmp_path / "tables"


def test_a_table_is_opened_once_while_its_log_stays(folder: Path) -> None:
    """The newest version, and the same by its number, are one table."""
    tables = OpenTables(folder)

    opened = tables.open("events")

    assert tables.open("events") is opened
    assert tables.open("events", opened.version()) is opened
    assert tables.open("events", opened.version() - 1).version() == opened.version() - 1
    assert tables.open("issues") is None


def test_an_import_of_another_process_is_noticed(folder: Path) -> None:
    """Its commit is a new file of the log."""
    tables, store = OpenTables(folder), Store(folder)
    before, known = tables.open("events").version(), store.version

    commit(folder, "c")

    assert tables.open("events").version() == before + 1
    assert store.version == known + 1
    assert sorted(store.read("events")["event_id"]) == ["a", "b", "c"]


def test_damage_after_the_opening_is_noticed(folder: Path) -> None:
    """A reader that goes on for days must not answer from what it remembers."""
    store = Store(folder)
    assert len(store.read("events")) == 2

    max((folder / "events" / "_delta_log").glob("*.json")).write_bytes(b"")

    with pytest.raises(StoreError, match=r"geomap (check|repair)"):
        store.read("events")
