"""What tests of the ingest share: a gazetteer and the way from bytes to a result."""

from __future__ import annotations

from collections.abc import Callable

import geopandas as gpd
import pytest

from geomap.gazetteer import Gazetteer, open_gazetteer
from geomap.ingest import IngestOptions, IngestResult, ingest_table
from geomap.readers.table_file import read_table
from geomap.tables import empty_events

Ingest = Callable[..., IngestResult]


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """Return the curated places alone, which open at once."""
    return open_gazetteer(layers={"curated"})


@pytest.fixture(scope="session")
def world() -> Gazetteer:
    """Return the places of the world, which are indexed once for this computer."""
    return open_gazetteer()


@pytest.fixture(scope="session")
def ingest(gazetteer: Gazetteer) -> Ingest:
    """Return a function from the bytes of a file to the result of taking it in."""

    def run(
        data: bytes | str,
        name: str = "table.csv",
        *,
        existing: gpd.GeoDataFrame | None = None,
        options: IngestOptions | None = None,
    ) -> IngestResult:
        raw = read_table(data.encode() if isinstance(data, str) else data, name=name)
        return ingest_table(
            raw,
            existing=empty_events() if existing is None else existing,
            gazetteer=gazetteer,
            options=options,
            batch_id="b1",
        )

    return run
