"""Lazy queries give the same results as a table in memory."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geomap.engine.nearby import joins_of, near_events
from geomap.gazetteer import open_gazetteer
from geomap.join import join_places
from geomap.maps.pack import pack_events
from geomap.query import EventQuery, Verdict, classify_events
from geomap.store import Batch, Store
from geomap.tables import events_table
from geomap.workspace import Order, Workspace

SIZE = 400


def made(count: int = SIZE) -> gpd.GeoDataFrame:
    """Return events around the towns of the curated gazetteer."""
    rng = np.random.default_rng(5)
    days = np.datetime64("2022-11-01") + rng.integers(0, 90, count)
    rows = []
    for number, day in enumerate(days.astype("datetime64[D]").astype(object)):
        point = shapely.Point(rng.normal(46.7, 0.4), rng.normal(39.8, 0.2))
        rows.append(
            {
                "event_id": f"t:{number:04}",
                "event_date": day,
                "event_date_end": day,
                "date_precision": "day",
                "event_type": ["Clash", "Protest", "Talks", None][number % 4],
                "title": f"Event {number % 37:02}",
                "geo_precision": "exact",
                "uncertainty_km": [None, 3.0][number % 2],
                "geometry": point if number % 29 else None,
            }
        )
    return events_table(rows)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Return a workspace of generated events, written in two parts."""
    folder = tmp_path_factory.mktemp("asked") / "a folder"
    events = made()
    store = Store(folder / "tables")
    for name, part in (("b1", events.iloc[:250]), ("b2", events.iloc[250:])):
        batch = Batch(name, f"{name}.csv", name * 32, "table", "own", "A test.")
        assert store.commit(batch, {"events": part.assign(batch_id=name)})
    return Workspace.open(folder, seed=False, gazetteer=open_gazetteer(layers={"curated"}))


def test_map_columns_pack_like_the_table_itself(workspace: Workspace) -> None:
    """The map must not depend on how its columns were read."""
    asked = pack_events(workspace.event_table().map_columns())
    whole = workspace.event_table().map_columns()["event_id"].to_pylist()

    events = workspace.events().set_index("event_id", drop=False).loc[whole]
    assert asked.blob == pack_events(events.reset_index(drop=True)).blob


def test_joins_worked_out_in_chunks_are_those_of_the_whole(workspace: Workspace) -> None:
    """Working in chunks must lose nothing at their edges."""
    wanted = join_places(workspace.events(), workspace.places())

    assert len(wanted) > 50
    order = ["event_id", "place_id", "relation"]
    got = workspace.joins().sort_values(order, ignore_index=True)
    pd.testing.assert_frame_equal(got, wanted.sort_values(order, ignore_index=True))


def test_joins_of_one_event_are_its_rows_of_the_whole(workspace: Workspace) -> None:
    """The card of an event must agree with the filter by place."""
    whole = workspace.joins()
    for event_id in workspace.events()["event_id"].iloc[::23]:
        event = workspace.event_table().event(event_id)
        assert event is not None
        mine = joins_of(event, workspace.places()).reset_index(drop=True)
        wanted = whole[whole["event_id"] == event_id].reset_index(drop=True)
        pd.testing.assert_frame_equal(mine, wanted)


def test_lists_are_pages_of_one_order(workspace: Workspace) -> None:
    """Turning a page must neither repeat nor skip an event."""
    table, query = workspace.event_table(), EventQuery(types=frozenset({"Clash"}))
    pages = [
        table.listed(query, order=Order("title", descending=False), limit=30, offset=start)
        for start in range(0, 120, 30)
    ]

    listed = pd.concat(pages)
    assert len(listed) == table.counts(query).shown
    assert listed["event_id"].is_unique
    assert listed["title"].is_monotonic_increasing


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("keep", [("shown",), ("possible",), ("shown", "possible")])
@pytest.mark.parametrize("text", ["", "event 1", "nothing has this"])
def test_lists_by_day_are_pages_of_what_the_window_shows(
    workspace: Workspace, text: str, keep: tuple[str, ...], *, descending: bool
) -> None:
    """The list is cut off at the last day of the page; no event of that day may be lost."""
    table = workspace.event_table()
    query = EventQuery(start=date(2022, 11, 20), end=date(2023, 1, 5), text=text)
    order = Order(descending=descending)
    pages = [
        table.listed(query, keep, order=order, limit=40, offset=start)
        for start in range(0, SIZE, 40)
    ]

    events = workspace.events()
    wanted = events[classify_events(events, query).isin(keep)].sort_values("event_id")
    wanted = wanted.sort_values("event_date", ascending=not descending, kind="stable")
    assert pd.concat(pages)["event_id"].tolist() == wanted["event_id"].tolist()


def test_lists_sort_by_nothing_that_is_not_a_column(workspace: Workspace) -> None:
    """The name of a column goes into SQL: only our own may."""
    table = workspace.event_table()

    listed = table.listed(EventQuery(), order=Order("title; DROP TABLE events"), limit=3)
    assert len(listed) == 3
    with pytest.raises(KeyError):
        table.where("1=1 OR title", "x")


def test_event_table_works_on_an_empty_workspace(tmp_path: Path) -> None:
    """The first page of a new user has no data."""
    opened = Workspace.open(tmp_path, seed=False, gazetteer=open_gazetteer(layers={"curated"}))
    table = opened.event_table()

    assert len(table) == 0
    assert table.counts(EventQuery(place_ids=frozenset({"x"}))).total == 0
    assert table.listed(EventQuery()).empty
    assert table.event("x") is None
    assert pack_events(table.map_columns()).events == 0


def test_near_events_are_near_in_place_and_time_and_not_the_event_itself(
    workspace: Workspace,
) -> None:
    """The card lists what else happened there and then: the nearest first, with true distances."""
    table = workspace.event_table()
    event = table.event("t:0003")
    assert event is not None
    near = near_events(table, event, km=30, days=9, most=5)

    events = workspace.events()
    days = abs((events["event_date"] - event["event_date"]).dt.days) <= 9
    around = events[days & events.geometry.notna() & (events["event_id"] != "t:0003")]
    metres = around.to_crs("EPSG:32638").distance(
        gpd.GeoSeries([event["geometry"]], crs="EPSG:4326").to_crs("EPSG:32638").iloc[0]
    )
    nearest = metres[metres <= 30_000].sort_values()
    wanted = around.loc[nearest.index[:5], "event_id"].tolist()
    assert len(wanted) > 2
    assert [one.event["event_id"] for one in near] == wanted
    assert near[0].metres == pytest.approx(metres.min(), rel=0.01)
    assert all(abs(one.apart) <= 9 for one in near)
    assert near_events(table, table.event("t:0000") or {}) == ()


def test_days_of_a_query_follow_its_window(workspace: Workspace) -> None:
    """The first and last day are those of the matching events."""
    found = workspace.event_table().days(EventQuery()).days

    assert found is not None
    assert date(2022, 11, 1) <= found[0] < found[1] < date(2023, 1, 31)


@pytest.mark.parametrize("place", ["lachin_khankendi_road", "khankendi", "no such place"])
def test_masks_are_in_the_order_of_the_ids(workspace: Workspace, place: str) -> None:
    """Bits are assigned to rows by their order alone."""
    table = workspace.event_table()
    query = EventQuery(place_ids=frozenset({place}))
    matches, certain = table.masks(query)

    events = workspace.events().set_index("event_id", drop=False).loc[table.ids().to_pylist()]
    verdicts = classify_events(events, query, joins=workspace.joins())
    assert certain is not None
    placed = (events.geometry.notna()).to_numpy()
    assert matches[placed].tolist() == (verdicts[placed] != "filtered").tolist()
    assert certain[placed].tolist() == (verdicts[placed] == "shown").tolist()


@pytest.mark.parametrize("verdict", [*Verdict])
def test_lists_of_each_verdict_hold_what_is_counted(workspace: Workspace, verdict: Verdict) -> None:
    """Every number of the page leads to the list of the events that it counts."""
    query = EventQuery(
        start=date(2022, 12, 1), end=date(2022, 12, 31), types=frozenset({"Clash"}), text="event"
    )
    table = workspace.event_table()

    listed = table.listed(query, (verdict,), limit=SIZE)
    assert len(listed) == table.counts(query).as_dict()[verdict.value]
