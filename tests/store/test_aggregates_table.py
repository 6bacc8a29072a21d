"""The table of counts beside workspaces that were made before it."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from geomap.model import Batch
from geomap.store import Store
from geomap.store.marker import MARKER, SCHEMA
from geomap.tables import AGGREGATE_COLUMNS


def _issues(batch_id: str) -> pd.DataFrame:
    return pd.DataFrame({"batch_id": [batch_id], "row": [2], "code": ["x"]})


def test_store_opens_a_workspace_of_the_schema_before_aggregates(tmp_path: Path) -> None:
    """Its tables stay as they are; the first import moves it on and keeps a copy of the marker."""
    store = Store(tmp_path / "tables")
    store.commit(Batch("a", "a.csv"), {"issues": _issues("a")})
    marker = tmp_path / "tables" / MARKER
    marker.write_text(json.dumps(json.loads(marker.read_text("utf-8")) | {"schema": 2}), "utf-8")

    opened = Store(tmp_path / "tables")
    assert opened.read("aggregates").empty
    assert list(opened.read("aggregates").columns) == list(AGGREGATE_COLUMNS)
    assert not opened.faults()
    counts = pd.DataFrame({"batch_id": ["b"], "count": [3], "measure": ["events"]})
    opened.commit(Batch("b", "b.csv"), {"issues": _issues("b"), "aggregates": counts})

    assert json.loads(marker.read_text("utf-8"))["schema"] == SCHEMA
    assert (tmp_path / "tables" / "before-schema-3" / MARKER).exists()
    assert opened.read("aggregates")["count"].tolist() == [3]
    assert opened.read("aggregates", at=1).empty
    assert sorted(opened.read("issues")["batch_id"]) == ["a", "b"]


def test_store_removes_the_aggregates_of_an_import_and_keeps_its_versions(tmp_path: Path) -> None:
    """What an undo takes out is still there in the versions before it."""
    store = Store(tmp_path / "tables")
    for name in ("a", "b"):
        counts = pd.DataFrame({"batch_id": [name] * 2, "count": [1, 2]})
        store.commit(Batch(name, f"{name}.csv"), {"aggregates": counts})
    store.commit(Batch("a", "a.csv"), {}, removed={"aggregates": ("batch_id", {"a"})})

    assert store.read("aggregates")["batch_id"].tolist() == ["b", "b"]
    store.compact()
    assert store.read("aggregates", at=2)["batch_id"].value_counts().to_dict() == {"a": 2, "b": 2}
    assert not store.faults()
