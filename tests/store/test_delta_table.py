"""A table of an earlier geomap gets new columns and stays the same table."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from deltalake import write_deltalake

from geomap.store.delta_table import DeltaFolder
from geomap.store.schemas import WRITTEN, schema_of, to_arrow


def _rows(reason: str, written: int) -> pd.DataFrame:
    row = dict.fromkeys(schema_of("issues").names) | {"batch_id": "b", "reason": reason}
    return pd.DataFrame([row | {WRITTEN: written}])


def test_a_table_without_a_column_gets_it_with_its_next_update(tmp_path: Path) -> None:
    """Its Delta id stays, by which the marker tells it from a table that was exchanged."""
    table = DeltaFolder(tmp_path, "issues")
    write_deltalake(table.folder, to_arrow("issues", _rows("old", 1)).drop_columns([WRITTEN]))
    before = table.open().metadata().id

    table.replace(_rows("new", 2))

    assert table.open().metadata().id == before
    stored = table.open().to_pyarrow_table().to_pandas()
    assert stored[["reason", WRITTEN]].to_numpy().tolist() == [["new", 2]]
