"""Workspaces of any size, written as the store would write them after one import.

Ten million rows are written in parts: an import would work as well, but the benchmark
measures the map, not the reading of a file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from deltalake import DeltaTable, write_deltalake

from geomap.store.schemas import schema_of, to_arrow
from geomap.workspace import Workspace

FIRST_DAY = np.datetime64("2018-01-01")
DAYS = 2500
CENTRES = 5000
TYPES = (
    "Battles", "Protests", "Riots", "Explosions/Remote violence", "Violence against civilians",
    "Strategic developments",
)  # fmt: skip
STATUSES = ("reported", "claimed", "denied")
_STRETCH = 250_000
Array = np.ndarray[Any, Any]


def write_workspace(folder: Path, rows: int, *, seed: int = 1) -> None:
    """Make a workspace of `rows` invented events in `folder`.

    They lie at a few thousand places, nine in ten known exactly and on one day; the others
    are near a place, in a unit, in a month, or go on.
    """
    Workspace.open(folder, seed=False)
    tables = folder / "tables"
    path = str(tables / "events")
    DeltaTable.create(path, schema=schema_of("events"))
    batches = pa.RecordBatchReader.from_batches(schema_of("events"), _stretches(rows, seed))
    write_deltalake(path, batches, mode="append")
    batch = {
        "batch_id": "invented", "sequence": 1, "file_name": "invented.csv", "sha256": "0" * 64,
        "kind": "table", "layout": "plain", "created": datetime.now(UTC).isoformat(),
        "counts": json.dumps({"rows": rows, "accepted": rows}), "of_kept": "{}", "warnings": "[]",
        "mapping": "{}", "options": "{}", "dataset": "invented", "columns": "[]",
        "builds_on": "[]", "undone": "",
        "table_versions": json.dumps({"events": DeltaTable(path).version()}),
    }  # fmt: skip
    DeltaTable.create(str(tables / "batches"), schema=schema_of("batches"))
    write_deltalake(
        str(tables / "batches"), to_arrow("batches", pd.DataFrame([batch])), mode="append"
    )


def _stretches(rows: int, seed: int) -> Iterator[pa.RecordBatch]:
    dice = np.random.default_rng(seed)
    centres = np.column_stack([dice.uniform(-15, 55, CENTRES), dice.uniform(-30, 45, CENTRES)])
    for start in range(0, rows, _STRETCH):
        yield _stretch(dice, centres, start, min(_STRETCH, rows - start))


def _stretch(dice: np.random.Generator, centres: Array, first: int, n: int) -> pa.RecordBatch:
    place = (dice.random(n) ** 2 * CENTRES).astype("int64")
    kind = dice.choice(4, n, p=[0.88, 0.07, 0.04, 0.01])
    spread = np.where((kind <= 1)[:, None], dice.normal(0, 0.08, (n, 2)), 0)
    day = FIRST_DAY + dice.integers(0, DAYS, n)
    when = dice.choice(3, n, p=[0.92, 0.06, 0.02])
    end = day + np.where(when == 1, 27, 0)
    words = {
        "event_id": np.char.add("invented:", np.arange(first, first + n).astype("U9")),
        "date_precision": np.array(["day", "month", "open"])[when],
        "event_type": np.array(TYPES)[dice.integers(0, len(TYPES), n)],
        "geo_precision": np.array(["exact", "near", "admin1", "country"])[kind],
        "status": np.array(STATUSES)[dice.choice(3, n, p=[0.94, 0.05, 0.01])],
        "source": np.char.add("Source ", dice.integers(0, 40, n).astype("U3")),
        "actor1": np.char.add("Group ", dice.integers(0, 300, n).astype("U4")),
        "title": np.char.add("Report about place ", place.astype("U5")),
        "notes": np.char.add("Clashes near the bridge, case ", place.astype("U9")),
        "place_name": np.char.add("Place ", place.astype("U5")),
    }  # fmt: skip
    columns: dict[str, pa.Array] = {name: pa.array(values) for name, values in words.items()}
    columns["event_date"] = pa.array(day.astype("datetime64[D]"))
    columns["event_date_end"] = pa.array(end.astype("datetime64[D]"), mask=when == 2)
    columns["last_confirmed"] = pa.array((day + 30).astype("datetime64[D]"), mask=when != 2)
    columns["uncertainty_km"] = pa.array(np.array([0.0, 5.0, 40.0, 100.0])[kind], mask=kind == 0)
    columns["geometry"] = _points(centres[place] + spread)
    columns["row_number"] = pa.array(np.arange(first + 2, first + n + 2))
    for name, word in (("dataset", "invented"), ("batch_id", "invented")):
        columns[name] = pa.array([word] * n)
    schema = schema_of("events")
    arrays = [columns.get(f.name, pa.nulls(n, f.type)).cast(f.type) for f in schema]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _points(positions: Array) -> pa.Array:
    n = len(positions)
    wkb = np.zeros((n, 21), "u1")
    wkb[:, :2] = 1  # byte order, and the type: a point
    wkb[:, 5:] = np.ascontiguousarray(positions, "<f8").view("u1").reshape(n, 16)
    offsets = (np.arange(n + 1) * 21).astype("<i4")
    buffers = [None, pa.py_buffer(offsets.tobytes()), pa.py_buffer(wkb.tobytes())]
    return pa.Array.from_buffers(pa.binary(), n, buffers)
