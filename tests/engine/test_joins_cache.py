"""The join of a large workspace reads few of its events, and misses none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geomap.engine.joins_cache import JOINED_COLUMNS, cached_joins, may_meet
from geomap.gazetteer import open_gazetteer
from geomap.join import join_places
from geomap.store.schemas import to_arrow
from geomap.tables import events_table

PLACES = open_gazetteer(layers={"curated"}).places_table()
TURNS = st.sampled_from([0.0, 0.0, 0.01, 0.05, 0.3, 5.0, -0.02, 360.0])


@st.composite
def records(draw: st.DrawFn) -> dict[str, Any]:
    corner = shapely.get_coordinates(PLACES.geometry.iloc[draw(st.integers(0, len(PLACES) - 1))])[0]
    x, y = np.add(corner, [draw(TURNS), draw(TURNS) % 40])
    point = shapely.Point(x, min(float(y), 89.0))
    shapes = [
        point,
        shapely.MultiPoint([(0, 0), point]),
        shapely.LineString([(x - 1, point.y), (x + 1, point.y)]),
        point.buffer(0.2),
        shapely.Point(),
        None,
    ]
    precision = draw(st.sampled_from(["exact", "near", "admin1", "zone", "unknown", None]))
    return {
        "geometry": draw(st.sampled_from(shapes)),
        "geo_precision": precision,
        "uncertainty_km": draw(st.sampled_from([None, 0.0, 5.0, 80.0])),
        "place_id": draw(st.sampled_from([None, None, "elsewhere", "lachin"])),
        "place_ids": draw(st.sampled_from([None, None, "elsewhere;lachin"])),
    }


@given(rows=st.lists(records(), min_size=1, max_size=6))
def test_events_that_are_left_out_meet_no_place(rows: list[dict[str, Any]]) -> None:
    """Leaving events out early makes the first filter by place fast."""
    events = events_table([{**row, "event_id": f"e{n}"} for n, row in enumerate(rows)])
    kept = may_meet(to_arrow("events", events), PLACES)

    met = join_places(events, PLACES)["event_id"]
    assert set(met) <= set(events["event_id"][kept])


def test_most_events_of_a_world_are_left_out() -> None:
    """The selection saves time only when it leaves most events out."""
    dice = np.random.default_rng(3)
    events = events_table(
        [
            {"event_id": f"e{n}", "geometry": shapely.Point(x, y), "geo_precision": "exact"}
            for n, (x, y) in enumerate(dice.uniform(-80, 80, (500, 2)))
        ]
    )
    assert isinstance(events, gpd.GeoDataFrame)

    assert may_meet(to_arrow("events", events), PLACES).sum() < 5


def test_cached_joins_are_complete_when_the_disk_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that fills up half-way costs time and loses no event of the chunks before."""
    events = [
        events_table([{"event_id": name, "geometry": shapely.Point(46.75, 39.76)}])
        for name in ("a", "b")
    ]
    chunks = [to_arrow("events", part).select(JOINED_COLUMNS) for part in events]
    whole = cached_joins(tmp_path / "written", lambda: chunks, PLACES, version=1)
    written: list[object] = []

    def full(_writer: object, table: object) -> None:
        written.append(table)
        if len(written) > 1:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(pq.ParquetWriter, "write_table", full)
    joins = cached_joins(tmp_path / "full", lambda: chunks, PLACES, version=1)

    assert isinstance(whole, Path)
    assert isinstance(joins, pa.Table)
    assert len(joins) > 0
    assert joins.equals(pq.read_table(whole))
    assert list((tmp_path / "full").iterdir()) == []
