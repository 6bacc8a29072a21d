"""The Report page without a browser: what is chosen is what is drawn, and what is left out."""

from __future__ import annotations

from typing import Any

import pytest
from tests.dashboard.conftest import OpenPage

from geomap.dashboard.report import snapshot_cache
from geomap.dashboard.shared import cache
from geomap.query import EventQuery
from geomap.sharing import Redaction
from geomap.snapshot import SnapshotSettings, unseal
from geomap.workspace import Workspace


def words_of(element: Any) -> str:
    """Return everything that a part of the page was given to say."""
    proto = getattr(element, "proto", None)
    own = getattr(proto, "json", "") if proto is not None else ""
    children = getattr(element, "children", {})
    return " ".join([str(own), *(words_of(child) for child in children.values())])


def settings_of(data: cache.Data) -> SnapshotSettings:
    """Return settings as the page makes them."""
    as_of = snapshot_cache.read_at(data)
    return SnapshotSettings("Winter", as_of, dpi=60, version=int(data.version))


def test_caption_and_alternative_text_can_be_copied(open_page: OpenPage) -> None:
    """One for the eye, one for who cannot see."""
    app = open_page("report")

    assert "snapshot " in app.code[0].value
    assert app.code[1].value.startswith("Map: Events by type and date.")


def test_what_is_left_out_is_said_beside_the_preview(open_page: OpenPage) -> None:
    """Before anything is downloaded."""
    app = open_page("report")
    app.selectbox(key="report_grid").set_value(0.25)
    app.multiselect(key="report_drop").set_value(["notes"])
    app.multiselect(key="report_hide").set_value(["Agency A"]).run()

    assert not app.exception
    told = app.code[0].value
    assert "grid of 0.25 degrees" in told
    assert "Columns left out: notes." in told
    assert "Events of one source are hidden" in told
    assert "Agency A" not in told
    assert "1 shown + 0 possible of 5" in told


def test_panels_and_dark_colours_are_drawn(open_page: OpenPage) -> None:
    """Each choice gives a picture."""
    app = open_page("report")
    before = app.code[0].value
    app.selectbox(key="report_panels").set_value("type")
    app.segmented_control(key="report_theme").set_value("dark").run()

    assert not app.exception
    assert app.code[0].value != before  # another snapshot, with an id of its own


def test_too_many_panels_are_a_sentence_and_no_crash(
    workspace: Workspace, open_page: OpenPage
) -> None:
    """Years of weeks are no figure."""
    workspace.ingest(b"id,date,latitude,longitude\n77,2010-01-01,39.8,46.7\n", name="old.csv")
    app = open_page("report")
    app.selectbox(key="report_panels").set_value("week").run()

    assert not app.exception
    assert "choose a longer unit" in words_of(app.main)


@pytest.mark.parametrize("kind", ["bundle", "atlas", "month"])
def test_larger_files_are_prepared_with_progress_and_then_offered(
    open_page: OpenPage, kind: str
) -> None:
    """Two steps: what takes long shows how far it is."""
    app = open_page("report")
    app.selectbox(key="report_long").set_value(kind).run()
    app.button(key="report_prepare").click().run(timeout=90)

    assert not app.exception
    made = app.session_state["report_made"][1]
    found = unseal(made)
    assert found.faults == []
    assert found.manifest["kind"] == {"month": "series"}.get(kind, kind)


def test_files_are_sealed_and_obey_the_redaction(workspace: Workspace) -> None:
    """What the page gives out is what the command gives out."""
    data = cache.Data(str(workspace.folder), str(workspace.version))
    hidden = Redaction(None, (), ("Agency A",))
    view = snapshot_cache.shown(data, EventQuery(), hidden)
    content = snapshot_cache.figure(view, settings_of(data), "svg")

    found = unseal(content)
    assert found.faults == []
    assert found.manifest["counts"]["filtered"] == 2
    assert found.manifest["data"]["version"] == workspace.version
    for form in ("csv", "geojson", "gpkg", "parquet", "kml"):
        assert b"Agency A" not in snapshot_cache.events_file(
            snapshot_cache.shown(data, EventQuery(), hidden), form
        ), form


def test_the_moment_is_that_of_the_data_and_not_of_the_visit(workspace: Workspace) -> None:
    """Two visits give the same figure to the byte."""
    data = cache.Data(str(workspace.folder), str(workspace.version))
    batch = workspace.batches()[0]

    assert snapshot_cache.read_at(data).isoformat() == batch.created[:19] + "+00:00"


def test_rows_of_closed_sources_are_not_in_the_downloads(workspace: Workspace) -> None:
    """A rule of the workspace holds on the page too, from the moment it is written."""
    data = cache.Data(str(workspace.folder), str(workspace.version))
    before = snapshot_cache.events_file(snapshot_cache.shown(data, EventQuery()), "csv").decode()
    assert "Shots at dawn" in before
    (workspace.folder / "licences.yaml").write_text(
        "- name: Agency B\n  sources: ['Agency B']\n  redistribute: false\n", "utf-8"
    )
    data = cache.Data(str(workspace.folder), str(workspace.version))

    content = snapshot_cache.events_file(snapshot_cache.shown(data, EventQuery()), "csv").decode()
    assert "Shots at dawn" not in content
    assert "Lorries held up" in content
    view = snapshot_cache.shown(data, EventQuery())
    _, _, limits = snapshot_cache.words_of(view, settings_of(data))
    assert any("Agency B (1)" in sentence for sentence in limits)
