"""A search of the index finds what a search of the events finds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.test_event_store import made
from tests.query.test_sql_conditions import TEXTS, WORDS

from geomap.engine import current_events
from geomap.gazetteer import open_gazetteer
from geomap.query import EventQuery, classify_events
from geomap.store import Batch, Store
from geomap.workspace import Workspace

SIZE = 250


@pytest.fixture(scope="module")
def workspaces(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, Workspace]:
    """Return a workspace with an index, and the same one without."""
    folder = tmp_path_factory.mktemp("texts")
    events = made(SIZE)
    events["title"] = [TEXTS[n % len(TEXTS)] for n in range(SIZE)]
    events["notes"] = [TEXTS[n // len(TEXTS) % len(TEXTS)] for n in range(SIZE)]
    events["actor2"] = ["Straßenbau", None, "ǅ group"] * 83 + ["ROAD"]
    opened = []
    for name in ("with", "without"):
        store = Store(folder / name / "tables")
        for number, part in enumerate((events.iloc[:120], events.iloc[120:])):
            batch = Batch(f"b{number}", "a.csv", str(number) * 64, "table", "own", "A test.")
            assert store.commit(batch, {"events": part.assign(batch_id=batch.batch_id)})
        gazetteer = open_gazetteer(layers={"curated"})
        opened.append(Workspace.open(folder / name, seed=False, gazetteer=gazetteer))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(current_events, "SEARCH_INDEX_FROM", 0)
        opened[0].prepare_search()
    return opened[0], opened[1]


@given(text=st.lists(st.sampled_from([*WORDS, "ǆ", "STRASSENBAU", "group"])).map(" ".join))
def test_search_index_finds_the_same_events(
    workspaces: tuple[Workspace, Workspace], text: str
) -> None:
    """The index makes a search faster and must not change its result."""
    quick, slow = (workspace.event_table() for workspace in workspaces)
    query = EventQuery(text=text)

    assert quick.ids().to_pylist() == slow.ids().to_pylist()
    assert quick.masks(query)[0].tolist() == slow.masks(query)[0].tolist()
    events = workspaces[0].events()
    assert (
        quick.counts(query).as_dict()["filtered"]
        == (classify_events(events, query) == "filtered").sum()
    )


def test_search_index_is_used_again_and_not_for_another_version(
    workspaces: tuple[Workspace, Workspace],
) -> None:
    """A restarted server uses it; after an import it is out of date."""
    folder = workspaces[0].folder
    (kept,) = (folder / "cache").glob("texts-*.parquet")
    again = Workspace.open(folder, seed=False)
    before = again.event_table().ids()

    assert again.event_table().counts(EventQuery(text="road")).shown > 0
    more = made(SIZE + 1).iloc[[-1]].assign(title="one more road", batch_id="b2")
    batch = Batch("b2", "b.csv", "2" * 64, "table", "own", "A test.")
    assert again._store.commit(batch, {"events": more}, based_on=again.version) is not None
    assert len(again.event_table().ids()) == len(before) + 1
    assert again.event_table().counts(EventQuery(text="one more")).shown <= 1
    assert kept.exists()


def test_search_index_that_cannot_be_written_only_costs_time(
    workspaces: tuple[Workspace, Workspace], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A workspace on a read-only disk can be looked at and searched."""
    workspace = workspaces[1]
    (workspace.folder / "cache").write_text("not a folder")
    monkeypatch.setattr(current_events, "SEARCH_INDEX_FROM", 0)

    workspace.prepare_search()
    assert workspace.event_table().counts(EventQuery(text="road")).shown > 0
