"""What DuckDB sees of corrected and hidden events is what the table in memory has."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from tests.engine.test_event_store import made

from geomap.decisions import as_text, check_values, values_of
from geomap.gazetteer import open_gazetteer
from geomap.geo.grid import frame_of
from geomap.model import Decision, DecisionKind
from geomap.query import EventQuery, count_events
from geomap.store import Batch, Store
from geomap.workspace import Workspace

MOMENT = "2026-01-01T00:00:00+00:00"
WORLD = frame_of((-180.0, -80.0, 180.0, 80.0), 4.0)


def decision(event: dict[str, object], number: int) -> Decision:
    """Return the hiding of every third event, of others another type."""
    event_id = str(event["event_id"])
    if number % 3 == 0:
        return Decision(DecisionKind.HIDE, event_id, reason="r", at=MOMENT)
    new = check_values({"event_type": "Corrected"}, "event_type")
    return Decision(
        DecisionKind.OVERRIDE,
        event_id,
        field="event_type",
        old=as_text(values_of(event, "event_type"), "event_type"),
        new=as_text(new, "event_type"),
        reason="r",
        at=MOMENT,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace of three files of events, with decisions about those of two."""
    where = tmp_path_factory.mktemp("decided") / "a folder"
    events = made()
    store = Store(where / "tables")
    for name, part in (("b1", events[:150]), ("b2", events[150:250]), ("b3", events[250:])):
        batch = Batch(name, f"{name}.csv", name * 32, "table", "own", "A test.")
        assert store.commit(batch, {"events": part.assign(batch_id=name)})
    space = Workspace.open(where, seed=False, gazetteer=open_gazetteer(layers={"curated"}))
    chosen = [row for n, row in enumerate(events.to_dict("records")) if n < 150 and n % 7 == 1]
    chosen += [row for n, row in enumerate(events.to_dict("records")) if n >= 250 and n % 9 == 2]
    report = space.import_decisions([decision(row, n) for n, row in enumerate(chosen)])
    assert report.added == len(chosen) > 30
    return where


@pytest.fixture(params=["first", "again"])
def space(folder: Path, request: pytest.FixtureRequest) -> Workspace:
    """Return the workspace as it is opened first, and as it is with its cached files."""
    cached = list((folder / "cache").glob("corrected-*.parquet"))
    for file in cached if request.param == "first" else ():
        file.unlink()
    return Workspace.open(folder, seed=False, gazetteer=open_gazetteer(layers={"curated"}))


def sorted_rows(events: pd.DataFrame) -> pd.DataFrame:
    """Return events in an order of their own, geometry as text."""
    table = pd.DataFrame(events).assign(geometry=events.geometry.to_wkt().to_numpy())
    return table.sort_values("event_id", ignore_index=True)


def test_corrected_view_has_the_events_of_the_table_in_memory(space: Workspace) -> None:
    """No row is lost, doubled or told differently, whichever files it lies in."""
    table, whole = space.event_table(), space.events()
    ids = table.ids().to_pylist()

    assert len(table) == len(whole) == len(set(ids))
    assert_frame_equal(sorted_rows(table.events(ids)), sorted_rows(whole))


def test_corrected_view_has_one_order_with_the_hidden_at_the_end(space: Workspace) -> None:
    """Masks, packed rows and ids mean the same event by the same number."""
    table = space.event_table()
    ids = table.ids().to_pylist()

    assert table.map_columns()["event_id"].to_pylist() == ids
    assert set(ids[len(ids) - len(table.hidden) :]) == table.hidden_ids()
    assert len(table.hidden) > 10
    matches, _ = table.masks(EventQuery(types=frozenset({"Corrected"})))
    corrected = space.events().query("event_type == 'Corrected'")["event_id"]
    assert {ids[n] for n in matches.nonzero()[0]} == set(corrected)


def test_corrected_view_knows_events_as_they_were_taken_in(space: Workspace) -> None:
    """The source's value stays beside the correction."""
    table = space.event_table()
    event_id = space.events().query("event_type == 'Corrected'")["event_id"].iloc[0]
    ingested = space.ingested().set_index("event_id").loc[event_id, "event_type"]

    assert table.event(event_id)["event_type"] == "Corrected"  # type: ignore[index]
    assert table.ingested(event_id)["event_type"] == ingested  # type: ignore[index]
    assert table.ingested("t:9999") is None


def test_positions_leave_hidden_events_out(space: Workspace) -> None:
    """The grid of a large workspace counts what the counts line counts."""
    query = EventQuery()
    cells = space.positions().cells(query, WORLD)
    counts = count_events(space.events(), query)

    assert counts.hidden == len(space.event_table().hidden)
    assert sum(cell[2] + cell[3] for cell in cells.cells) + cells.areas + cells.not_happened == (
        counts.shown + counts.possible
    )
    points = set(space.positions().points(query, WORLD)["event_id"].to_pylist())
    assert not points & space.event_table().hidden_ids()
