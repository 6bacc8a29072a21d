"""Each step of a migration leads to the next schema, keeps what it changes, and can be killed."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from deltalake import write_deltalake

from geomap.errors import StoreError
from geomap.store import Batch, Store, migrations
from geomap.store.marker import MARKER, SCHEMA, Marker, read_marker
from geomap.store.migrations import STEPS, Step, migrate
from geomap.store.schemas import UNTIL, WRITTEN, to_arrow
from geomap.tables import events_table

_NEW = {WRITTEN, UNTIL, "compacted", "undated"}


def batch(batch_id: str) -> Batch:
    return Batch(batch_id, file_name="a.csv", sha256="0" * 64, kind="table", layout="plain")


def written_by_schema_1(folder: Path) -> Path:
    """Write the tables of two imports, as geomap wrote them before rows were dated."""
    counts = []
    for number, name in enumerate("ab", 1):
        events = events_table([{"event_id": f"{name}1", "title": "one"}])
        counts.append(len(events))
        row = batch(name).as_row() | {
            "sequence": number,
            "created": f"2026-01-0{number}T00:00:00+00:00",
            "table_versions": json.dumps({"events": number}),
            "table_rows": json.dumps({"events": sum(counts), "batches": number}),
        }
        for table, frame in (("events", events), ("batches", pd.DataFrame([row]))):
            rows = to_arrow(table, frame)
            rows = rows.drop_columns([one for one in rows.column_names if one in _NEW])
            if number == 1:
                created(folder / table, rows.schema)
            write_deltalake(folder / table, rows, mode="append")
    Marker("w1", 1, 2).write(folder)
    return folder


def created(folder: Path, schema: pa.Schema) -> None:
    write_deltalake(folder, schema.empty_table())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the tables of a workspace of schema 1."""
    (tmp_path / "tables").mkdir()
    return written_by_schema_1(tmp_path / "tables")


def test_schema_1_becomes_the_newest_and_keeps_every_version(folder: Path) -> None:
    """Rows have no version that wrote them, so that nothing of them changes."""
    before = {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*.parquet")}
    events = {at: Store(folder).read("events", at=at) for at in (1, 2)}
    old = (folder / MARKER).read_bytes()

    marker = migrate(folder)

    assert (marker.workspace_id, marker.schema, marker.version) == ("w1", SCHEMA, 2)
    assert read_marker(folder) == marker
    assert (folder / "before-schema-2" / MARKER).read_bytes() == old
    assert json.loads((folder / "before-schema-3" / MARKER).read_text("utf-8"))["schema"] == 2
    assert {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*.parquet")} == before
    for at, rows in events.items():
        pd.testing.assert_frame_equal(Store(folder).read("events", at=at), rows)


def test_schema_2_becomes_schema_3_without_a_change_of_its_rows(folder: Path) -> None:
    """The tables for decisions and counts are new; an earlier geomap would lose their versions."""
    Marker("w1", 2, 2).write(folder)
    before = {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*.parquet")}

    marker = migrate(folder)

    assert (marker.schema, marker.version) == (3, 2)
    assert {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*.parquet")} == before
    assert Store(folder).read("decisions").empty
    assert Store(folder).read("aggregates").empty


def test_a_migrated_workspace_takes_imports_and_reads_its_old_versions(folder: Path) -> None:
    """The first import after the migration dates its own rows only."""
    old = Store(folder).read("events", at=2)
    store = Store(folder)

    version = store.commit(batch("c"), {"events": events_table([{"event_id": "c1"}])})
    store.compact()

    assert version == 3
    assert sorted(store.read("events")["event_id"]) == ["a1", "b1", "c1"]
    pd.testing.assert_frame_equal(store.read("events", at=2), old)
    assert store.faults() == {}


def test_each_schema_before_this_one_has_a_step() -> None:
    """A workspace of any age is brought up to date."""
    assert sorted(STEPS) == list(range(1, SCHEMA))


def test_a_killed_step_runs_again_from_what_was_there_before(folder: Path) -> None:
    """The marker is written after the step, and the first copy is not written over."""
    runs: list[bytes] = []

    def run(place: Path) -> None:
        runs.append((place / "state").read_bytes())
        (place / "state").write_bytes(b"new")
        if len(runs) == 1:
            raise KeyboardInterrupt

    (folder / "state").write_bytes(b"old")
    steps = {1: Step((MARKER, "state"), run)}
    with pytest.raises(KeyboardInterrupt):
        migrate(folder, steps, 2)
    assert read_marker(folder) == Marker("w1", 1, 2)

    assert migrate(folder, steps, 2).schema == 2
    assert runs == [b"old", b"new"]
    assert (folder / "before-schema-2" / "state").read_bytes() == b"old"


def test_a_new_folder_starts_with_the_newest_schema(tmp_path: Path) -> None:
    """There is nothing to migrate, and no copy is made."""
    marker = migrate(tmp_path)

    assert (marker.schema, marker.version) == (SCHEMA, 0)
    assert [path.name for path in tmp_path.iterdir()] == [MARKER]


def test_a_newer_schema_is_refused_and_left_as_it_is(folder: Path) -> None:
    """An older geomap does not know what it would lose."""
    Marker("w1", SCHEMA + 1, 2).write(folder)
    before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}

    with pytest.raises(StoreError, match=r"newer geomap .*update geomap"):
        migrate(folder)
    with pytest.raises(StoreError, match=r"newer geomap .*update geomap"):
        Store(folder).commit(batch("c"), {"events": events_table([{"event_id": "c1"}])})

    after = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file() and p.name != ".lock"}
    assert after == before


def test_the_steps_are_read_only() -> None:
    """No other module adds a step on the way."""
    with pytest.raises(TypeError):
        migrations.STEPS[9] = STEPS[1]  # type: ignore[index]
