"""Joining the files of many imports changes no row of any version."""

import contextlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from deltalake.exceptions import DeltaError
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from geomap.errors import NotFoundError
from geomap.store import Batch, Store, compaction, store
from geomap.store.delta_table import DeltaFolder
from geomap.tables import events_table

TABLES = ("events", "issues", "batches")


def batch(batch_id: str, **values: Any) -> Batch:
    given: dict[str, Any] = {"file_name": "a.csv", "sha256": "0" * 64, "kind": "table"}
    return Batch(batch_id, layout="plain", layout_reason="", **{**given, **values})


def issue(batch_id: str, row: int) -> dict[str, Any]:
    return {"batch_id": batch_id, "row": row, "code": "c", "reason": "r", "remedy": "m"}


def contents(tables: Store, at: int | None = None) -> dict[str, pd.DataFrame]:
    """Return the rows of every table, in an order of their own."""
    found = {}
    for table in TABLES:
        rows = pd.DataFrame(tables.read(table, at=at)).drop(
            columns=["geometry", "table_versions", "compacted"], errors="ignore"
        )
        order = rows.astype(str).sort_values(list(rows.columns)).index
        found[table] = rows.loc[order].reset_index(drop=True)
    return found


def assert_same(left: dict[str, pd.DataFrame], right: dict[str, pd.DataFrame]) -> None:
    for table in TABLES:
        pd.testing.assert_frame_equal(left[table], right[table])


def take_in(tables: Store, name: str, titles: dict[str, str]) -> int:
    """Import events by id, with one issue for each."""
    rows = events_table([{"event_id": one, "title": title} for one, title in titles.items()])
    issues = pd.DataFrame([issue(name, number) for number in range(len(titles))])
    version = tables.commit(batch(name), {"events": rows, "issues": issues})
    assert version is not None
    return version


STEPS = st.lists(
    st.one_of(
        st.just("compact"),
        st.tuples(
            st.sampled_from("abc"),
            st.dictionaries(st.sampled_from("12345"), st.sampled_from("xyz"), max_size=3),
            st.sets(st.sampled_from("12345"), max_size=2),
        ),
    ),
    min_size=2,
    max_size=6,
)


@settings(max_examples=6, phases=[Phase.generate])
@given(steps=STEPS)
def test_every_version_reads_the_same_after_compactions(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Any]
) -> None:
    """Undo and --at read old versions: rows that were added, changed, removed and added again."""
    tables = Store(tmp_path_factory.mktemp("law") / "tables")
    written = {0: contents(tables)}
    for step in steps:
        if step == "compact":
            tables.compact()
        else:
            name, titles, removed = step
            rows = events_table([{"event_id": i, "title": t} for i, t in titles.items()])
            issues = pd.DataFrame([issue(name, row) for row in range(len(titles))])
            tables.commit(
                batch(name),
                {"events": rows, "issues": issues},
                removed={"events": ("event_id", removed)},
            )
        written[tables.version] = contents(tables)
    for version, rows_then in written.items():
        assert_same(contents(tables, version), rows_then)
    assert set(written) <= {0, *tables.whole_versions()}


def test_many_imports_are_compacted_by_themselves(tmp_path: Path) -> None:
    """Nobody has to know the command: the folder holds few files after many imports."""
    tables = Store(tmp_path / "tables")
    for number in range(2 * store.COMPACT_EVERY):
        take_in(tables, f"b{number}", {f"e{number}": "t"})

    assert len(tables.read("events")) == len(tables.read("batches")) == 2 * store.COMPACT_EVERY
    assert len(list((tmp_path / "tables").rglob("*.parquet"))) < 2 * store.COMPACT_EVERY
    assert tables.faults() == {}


@pytest.mark.parametrize("error", [OSError("full"), DeltaError("full")])
def test_an_import_is_not_refused_because_its_compaction_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """The rows are in by then; a full disk is no reason to say otherwise."""
    tables = Store(tmp_path / "tables")
    monkeypatch.setattr(store, "COMPACT_EVERY", 1)

    def full(*_: Any) -> None:
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(DeltaFolder, "join_small_files", full)
        take_in(tables, "a", {"1": "x"})
    assert tables.version == 1
    take_in(tables, "b", {"2": "x"})

    assert sorted(tables.read("events")["event_id"]) == ["1", "2"]
    assert tables.version == 3  # the second import was compacted


def test_a_version_that_does_not_exist_is_still_refused(tmp_path: Path) -> None:
    """Versions are not made up after a compaction."""
    tables = Store(tmp_path / "tables")
    take_in(tables, "a", {"1": "x"})
    newest = tables.compact()

    with pytest.raises(NotFoundError, match=f"from 0 to {newest}"):
        tables.read("events", at=newest + 1)


class KilledError(Exception):
    """Stands for the end of the process."""


POINTS: tuple[tuple[Any, str], ...] = (
    (DeltaFolder, "join_small_files"),
    (DeltaFolder, "write_checkpoint"),
    (DeltaFolder, "rewrite"),
    (compaction, "mark"),
    (compaction, "remove_unneeded"),
    (compaction, "_tidy"),
    (Path, "unlink"),
)


@pytest.fixture(scope="session")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of tables after three imports that change each other's events."""
    folder = tmp_path_factory.mktemp("imported") / "tables"
    for number in range(3):
        take_in(Store(folder), f"b{number}", {f"e{number}": "t", "same": str(number)})
    return folder


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize(("owner", "name"), POINTS)
def test_a_killed_compaction_loses_nothing(
    imported: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    owner: Any,
    name: str,
    number: int,
) -> None:
    """Whatever it had done by then, the next import finds every row of every version."""
    tables = Store(Path(shutil.copytree(imported, tmp_path / "tables")))
    written = {version: contents(tables, version) for version in range(4)}
    real, calls = getattr(owner, name), list[str]()

    def dying(*values: Any, **named: Any) -> Any:
        calls.append(name)
        if len(calls) == number:
            raise KilledError
        return real(*values, **named)

    with monkeypatch.context() as patched, contextlib.suppress(KilledError):
        patched.setattr(owner, name, dying)
        tables.compact()

    for version, rows in written.items():
        assert_same(contents(tables, version), rows)
    take_in(tables, "b3", {"e3": "t"})
    assert len(tables.read("events")) == 5
    tables.compact()
    for version, rows in written.items():
        assert_same(contents(tables, version), rows)
    assert tables.faults() == {}


def test_a_workspace_of_an_earlier_geomap_keeps_its_versions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its rows do not have the version that wrote them: its own commits are never removed."""
    tables = Store(tmp_path / "tables")
    with monkeypatch.context() as patched:
        patched.setattr("geomap.store.store.WRITTEN", "no_column")  # stands for an earlier writer
        patched.setattr(Store, "_row", _earlier_row(Store._row))
        patched.setattr(Store, "_supersede", _earlier_supersede(Store._supersede))
        patched.setattr(store, "COMPACT_EVERY", 1000)
        for number in range(3):
            rows = events_table([{"event_id": f"e{number}"}, {"event_id": "same"}])
            tables.commit(batch(f"b{number}"), {"events": rows})
    written = {version: contents(tables, version) for version in range(4)}

    take_in(tables, "b3", {"same": "new"})
    written[4] = contents(tables)
    tables.compact()
    take_in(tables, "b4", {"same": "newer"})
    tables.compact()

    for version, rows_then in written.items():
        assert_same(contents(tables, version), rows_then)


def _earlier_row(real: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    def row(*values: Any) -> dict[str, Any]:
        return {**real(*values), "compacted": None, "undated": None, "written": None}

    return row


def _earlier_supersede(_: Callable[..., bool]) -> Callable[..., bool]:
    return lambda *_: True


def test_files_that_others_put_beside_the_tables_stay(tmp_path: Path) -> None:
    """Only Parquet files in the folders of the tables are the store's own."""
    tables = Store(tmp_path / "tables")
    take_in(tables, "a", {"1": "x"})
    note = tmp_path / "tables" / "events" / "note.txt"
    note.write_text("mine", "utf-8")
    os.utime(note, (0, 0))

    tables.compact()

    assert note.read_text("utf-8") == "mine"
