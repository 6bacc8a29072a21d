"""Counts on a grid are the same as counting the events one by one, for any view and query."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.gazetteer import open_gazetteer
from geomap.geo.grid import Frame, GridCounts, frame_of
from geomap.maps.grid_bytes import grid_bytes
from geomap.query import EventQuery, NumberRange, classify_events
from geomap.store import Batch, Store
from geomap.tables import events_table
from geomap.workspace import Workspace


def _made() -> gpd.GeoDataFrame:
    rng = np.random.default_rng(3)
    rows = []
    for number in range(300):
        day = date(2023, 1, 1) + timedelta(days=int(rng.integers(0, 60)))
        precision = ["day", "month", "open"][number % 3]
        point = shapely.Point(rng.uniform(-179, 179), rng.uniform(-84, 84))
        if number % 2:
            point = shapely.Point(rng.normal(46, 1), rng.normal(40, 1))
        shape = point if number % 7 else point.buffer(0.5)
        rows.append(
            {
                "event_id": f"e{number:03}",
                "event_date": day if number % 31 else None,
                "event_date_end": None if precision == "open" or not number % 31
                else day + timedelta(days=0 if precision == "day" else 29),
                "date_precision": precision if number % 31 else None,
                "event_type": ["Clash", "Talks", None][number % 5 % 3],
                "notes": ["on the road", "elsewhere"][number % 2],
                "place_id": ["p1", None][number % 4 > 0],
                "status": "reported",
                "geo_precision": "exact",
                "actor2": ["Army", None][number % 3 > 0],
                "fatalities": [number % 9, None][number % 5 == 0],
                "fatalities_high": [None, 8][number % 4 == 0],
                "geometry": shape if number % 23 else None,
            }
        )  # fmt: skip
    return events_table(rows)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Return a workspace of points, areas, spans and gaps."""
    folder: Path = tmp_path_factory.mktemp("grid")
    batch = Batch("b1", "b1.csv", "0" * 64, "table", "own", "A test.")
    Store(folder / "tables").commit(batch, {"events": _made()})
    return Workspace.open(folder, seed=False, gazetteer=open_gazetteer(layers={"curated"}))


WIDE = ["zone", "admin2", "admin1", "region", "country", "line", "approximate_line"]
DAYS = st.none() | st.dates(date(2022, 12, 20), date(2023, 4, 1))


@st.composite
def queries(draw: st.DrawFn) -> EventQuery:
    start, end = draw(DAYS), draw(DAYS)
    if start and end and end < start:
        start, end = end, start
    return EventQuery(
        start=start,
        end=end,
        types=draw(st.sampled_from([frozenset(), frozenset({"Talks", ""})])),
        text=draw(st.sampled_from(["", "ROAD"])),
        actors=draw(st.sampled_from([frozenset(), frozenset({"Army"})])),
        fatalities=draw(st.sampled_from([None, NumberRange(6), NumberRange(1, 7)])),
        place_ids=draw(st.sampled_from([frozenset(), frozenset({"p1"})])),
        polygon=draw(st.sampled_from([(), ((45.0, 39.0), (47.0, 39.0), (46.0, 42.0))])),
    )


@settings(max_examples=60)
@given(
    query=queries(),
    bbox=st.sampled_from([(-180, -85, 180, 85), (44, 38, 48, 42), (45.7, 39.7, 46.3, 40.3)]),
    zoom=st.sampled_from([2, 6.5, 9]),
)
def test_cells_add_up_to_what_classify_events_says_of_the_view(
    workspace: Workspace,
    query: EventQuery,
    bbox: tuple[float, float, float, float],
    zoom: float,
) -> None:
    """A map of ten million events must show true numbers too."""
    events, frame = workspace.events(), frame_of(bbox, zoom)
    verdicts = classify_events(events, query, joins=workspace.joins())
    found = workspace.positions().cells(query, frame)
    ids = workspace.positions().points(query, frame)["event_id"].to_pylist()

    visible = verdicts.isin(["shown", "possible"]).to_numpy()
    seen = [
        index for index in np.flatnonzero(visible) if _is_in(events.geometry.iloc[index], frame)
    ]
    table = events.iloc[seen]
    areas = table["geo_precision"].isin(WIDE)
    counted = ~areas & ~table["status"].isin(["planned", "prevented", "denied"])
    told = verdicts.iloc[seen][counted]
    assert sorted(ids) == table["event_id"].tolist()
    assert sum(cell[2] for cell in found.cells) == int((told == "shown").sum())
    assert sum(cell[3] for cell in found.cells) == int((told == "possible").sum())
    assert (found.areas, found.events) == (int(areas.sum()), len(seen))
    if bbox[0] == -180:
        assert len(ids) == int(visible.sum())


def _is_in(shape: shapely.Geometry, frame: Frame) -> bool:
    from geomap.geo.mercator import mercator

    point = shapely.point_on_surface(shape)
    x, y = mercator(np.array([point.x]), np.array([point.y]))
    return bool(frame.west <= x[0] <= frame.east and frame.north <= y[0] <= frame.south)


def test_frame_holds_the_whole_view_in_whole_cells() -> None:
    """A cell that is cut at the edge would show too small a number."""
    frame = frame_of((44, 38, 48, 42), 7)

    side = 1 << frame.shift
    assert frame.west % side == frame.north % side == 0
    assert (frame.east + 1) % side == (frame.south + 1) % side == 0
    assert frame.size == 16 / 256 / 2**7


def test_grid_bytes_place_cells_on_the_map_of_zero_to_one() -> None:
    """The script of the map expects positions as shares of the world's side."""
    import json

    frame = frame_of((-180, -85, 180, 85), 0)
    found = GridCounts(((8, 8, 3, 1),), areas=2)
    told = json.loads(grid_bytes(found, frame, counts={"total": 6}, window=(None, None)))

    assert told["cells"] == [[0.5, 0.5, 3, 1]]
    assert told["areas"] == 2
    assert told["size"] == 1 / 16
    assert told["counts"] == {"total": 6}


def test_positions_are_written_once_for_a_version(workspace: Workspace) -> None:
    """Ten million rows are not sorted at each start."""
    workspace.positions()
    (kept,) = (workspace.folder / "cache").glob("positions-*.parquet")
    before = kept.stat().st_mtime_ns
    again = Workspace.open(workspace.folder, gazetteer=workspace.gazetteer)
    again.positions()

    assert kept.stat().st_mtime_ns == before


def test_positions_of_an_empty_workspace_are_none(tmp_path: Path) -> None:
    """A limit of zero events must not break the first page."""
    opened = Workspace.open(tmp_path, seed=False, gazetteer=open_gazetteer(layers={"curated"}))

    assert opened.positions().cells(EventQuery(), frame_of((-180, -85, 180, 85), 2)).cells == ()


def test_box_holds_what_a_query_shows_and_nothing_wider(workspace: Workspace) -> None:
    """The button Fit shows all events of the dates, also where the map holds none of them."""
    query = EventQuery(text="road", start=date(2023, 1, 10), end=date(2023, 1, 20))
    box = workspace.positions().box(query)

    events = workspace.events()
    shown = events[classify_events(events, query).isin(["shown", "possible"])]
    points = shown.geometry.apply(
        lambda shape: shape if shape.geom_type == "Point" else shape.point_on_surface()
    )
    assert box == pytest.approx(tuple(points.total_bounds), abs=1e-5)
    assert workspace.positions().box(EventQuery(text="nothing has this")) is None
