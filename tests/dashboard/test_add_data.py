"""The Add data page: a release is seen before it is confirmed, and can be taken back."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from streamlit.testing.v1 import AppTest
from tests.dashboard.conftest import ROWS

from geomap.dashboard.add_data import import_words
from geomap.dashboard.add_data.import_job import Job, Upload
from geomap.gazetteer import open_gazetteer
from geomap.ingest import IngestOptions
from geomap.workspace import Workspace

if TYPE_CHECKING:
    from tests.dashboard.conftest import OpenPage

NEWER = (
    ROWS.replace("A march", "A long march")
    .replace("3,2023-03-05,39.80,46.70,Clash,Shots at dawn,=1+1,Agency B\n", "")
    .encode()
)


def words_on(app: AppTest) -> str:
    """Return all the text of our own panels."""
    return "\n".join(_words(app.main))


def _words(element: Any) -> Iterator[str]:
    proto: Any = getattr(element, "proto", None)
    if getattr(proto, "component_name", None) == "geomap.panel":
        yield proto.json
    for child in getattr(element, "children", {}).values():
        yield from _words(child)


def test_a_newer_release_is_shown_confirmed_listed_and_undone(
    workspace: Workspace, open_page: OpenPage
) -> None:
    """From upload to undo, each number leads to its rows."""
    before = workspace.events()
    app = open_page("add_data")
    app.file_uploader[0].set_value(("rows.csv", NEWER, "text/csv")).run()

    assert "1 gone (marked, not deleted)" in words_on(app)
    assert "A long march" in words_on(app)
    assert len(workspace.events()) == len(before)
    app.button_group[0].set_value("gone").run()
    assert any("rows:3" in set(frame.value.get("Id", ())) for frame in app.dataframe)

    app.button(key="add_confirm").click().run()
    assert workspace.events()["gone_since"].notna().sum() == 1
    newer = workspace.batches()[0].batch_id
    app.selectbox(key="add_batch").set_value(newer).run()
    assert "A newer release of rows" in words_on(app)
    app.button(key="add_undo").click().run()
    assert "no longer marked as gone" in words_on(app)
    app.button(key="add_undo_confirm").click().run()

    assert not app.exception
    assert workspace.events()["gone_since"].isna().all()
    assert set(workspace.events()["title"]) == set(before["title"])
    assert workspace.batch(newer).undone


def test_a_file_that_may_be_both_is_read_as_its_owner_says(open_page: OpenPage) -> None:
    """Rows of events with a text are a question with a choice, not an article without events."""
    row = {"date": "2023-03-05", "latitude": 39.8, "longitude": 46.7, "text": "A crowd met."}
    app = open_page("add_data")
    app.file_uploader[0].set_value(("rows.txt", json.dumps([row]).encode(), "text/plain")).run()

    assert "rows of events, or texts of articles" in words_on(app)
    assert app.button(key="add_confirm").disabled

    app.radio[0].set_value("Rows of events").run()

    assert not app.exception
    assert "1 new" in words_on(app)
    assert not app.button(key="add_confirm").disabled


def test_counts_are_refused_as_events_and_taken_in_as_counts(
    workspace: Workspace, open_page: OpenPage
) -> None:
    """The page offers what the refusal names, and no event comes of it."""
    before = len(workspace.events())
    rows = [f"2021-{month:02d},{unit},3" for month in range(1, 7) for unit in ("Kenya", "Uganda")]
    text = "\n".join(["month,country,events", *rows])
    app = open_page("add_data")
    app.file_uploader[0].set_value(("monthly.csv", text.encode(), "text/csv")).run()

    assert "counts, not single events" in words_on(app)
    assert app.button(key="add_confirm").disabled
    app.radio[0].set_value("Counts per unit and period").run()
    assert "12 new" in words_on(app)
    app.button(key="add_confirm").click().run()

    assert not app.exception
    assert len(workspace.aggregates()) == 12
    assert len(workspace.events()) == before
    taken = workspace.batches()[0].batch_id
    app.selectbox(key="add_batch").set_value(taken).run()
    app.button(key="add_undo").click().run()
    assert "12 count(s) removed" in words_on(app)
    app.button(key="add_undo_confirm").click().run()
    assert not app.exception
    assert workspace.aggregates().empty


def test_a_cancelled_import_writes_nothing(tmp_path: Path) -> None:
    """Cancel stops before the next file is written; those before it stay."""
    space = Workspace.open(tmp_path / "w", seed=False, gazetteer=open_gazetteer(layers={"curated"}))
    uploads = [
        Upload("one.csv", ROWS.encode(), IngestOptions()),
        Upload("two.csv", ROWS.replace("2022", "2021").encode(), IngestOptions()),
    ]
    job = Job(space, uploads)
    reached = threading.Event()
    ingest = space.ingest

    def stopping(*given: Any, **named: Any) -> Any:
        if named["name"] == "two.csv":
            job.stop()
            reached.set()
        return ingest(*given, **named)

    space.ingest = stopping  # type: ignore[method-assign]  # stands in for a press of the button
    job.start()

    assert not job.is_running(wait=60)
    assert reached.is_set()
    assert job.left_out() == ("two.csv",)
    assert [batch.file_name for batch in space.batches()] == ["one.csv"]
    assert job.share < 1


@pytest.mark.parametrize("name", ["accepted", "duplicate", "rejected", "unchanged"])
def test_every_number_of_a_report_leads_to_its_rows(tmp_path: Path, name: str) -> None:
    """There are as many rows as the number."""
    space = Workspace.open(tmp_path / "w", seed=False, gazetteer=open_gazetteer(layers={"curated"}))
    rows = ROWS + "1,2022-12-10,39.64,46.55,Blockade,Lorries held up,x,Agency A\n6,soon,1,1,,,,\n"
    space.ingest(ROWS.encode(), name="rows.csv")

    report = space.ingest(rows.encode(), name="rows.csv", dry_run=True)

    numbers = import_words.numbers_of(report)
    assert len(import_words.rows_of(report, name)) == numbers[name][1]
    assert numbers[name][1] == report.batch.counts[name]
