"""The Report page without a browser: what is chosen is what is drawn, and what is left out."""

from __future__ import annotations

from typing import Any

import pytest
from tests.dashboard.conftest import OpenPage

from geomap.dashboard.report import snapshot_cache
from geomap.dashboard.shared.cache import Data
from geomap.query import EventQuery
from geomap.sharing import Redaction
from geomap.snapshot import SnapshotSettings, unseal
from geomap.workspace import Workspace


def words_of(element: Any) -> str:
    """Return all the text that a part of the page received."""
    proto = getattr(element, "proto", None)
    own = getattr(proto, "json", "") if proto is not None else ""
    children = getattr(element, "children", {})
    return " ".join([str(own), *(words_of(child) for child in children.values())])


def settings_of(data: Data) -> SnapshotSettings:
    """Return settings as the page makes them."""
    as_of = snapshot_cache.as_of(data)
    return SnapshotSettings("Winter", as_of, dpi=60, version=int(data.version))


def test_caption_and_alternative_text_can_be_copied(open_page: OpenPage) -> None:
    """A caption for the eye, a description for those who cannot see."""
    app = open_page("report")

    assert "snapshot " in app.code[0].value
    assert app.code[1].value.startswith("Map: Events by type and date.")


def test_what_is_left_out_is_stated_beside_the_preview(open_page: OpenPage) -> None:
    """The limits are shown before anything is downloaded."""
    app = open_page("report")
    app.selectbox(key="report_grid").set_value(0.25)
    app.multiselect(key="report_drop").set_value(["notes"])
    app.multiselect(key="report_hide").set_value(["Agency A"]).run()

    assert not app.exception
    caption = app.code[0].value
    assert "grid of 0.25 degrees" in caption
    assert "Columns left out: notes." in caption
    assert "Events of one source are hidden" in caption
    assert "Agency A" not in caption
    assert "1 shown + 0 possible of 5" in caption


def test_panels_and_dark_colours_are_drawn(open_page: OpenPage) -> None:
    """A picture is drawn for each choice."""
    app = open_page("report")
    before = app.code[0].value
    app.selectbox(key="report_panels").set_value("type")
    app.segmented_control(key="report_theme").set_value("dark").run()

    assert not app.exception
    assert app.code[0].value != before  # another snapshot, with an id of its own


def test_too_many_panels_are_a_sentence_and_no_crash(
    workspace: Workspace, open_page: OpenPage
) -> None:
    """Panels for years of weeks do not fit a figure."""
    workspace.ingest(b"id,date,latitude,longitude\n77,2010-01-01,39.8,46.7\n", name="old.csv")
    app = open_page("report")
    app.selectbox(key="report_panels").set_value("week").run()

    assert not app.exception
    assert "choose a longer unit" in words_of(app.main)


@pytest.mark.parametrize("kind", ["bundle", "atlas", "month"])
def test_larger_files_are_prepared_with_progress_and_then_offered(
    open_page: OpenPage, kind: str
) -> None:
    """Two steps: a file that takes long shows its progress."""
    app = open_page("report")
    app.selectbox(key="report_long").set_value(kind).run()
    app.button(key="report_prepare").click().run(timeout=90)

    assert not app.exception
    unsealed = unseal(app.session_state["report_made"][1])
    assert unsealed.faults == []
    assert unsealed.manifest["kind"] == {"month": "series"}.get(kind, kind)


def test_files_are_sealed_and_obey_the_redaction(workspace: Workspace) -> None:
    """The files of the page obey the same rules as those of the command."""
    data = Data(str(workspace.folder), str(workspace.version))
    hidden = Redaction(None, (), ("Agency A",))
    request = snapshot_cache.view_request(data, EventQuery(), hidden)
    content = snapshot_cache.figure(request, settings_of(data), "svg")

    unsealed = unseal(content)
    assert unsealed.faults == []
    assert unsealed.manifest["counts"]["filtered"] == 2
    assert unsealed.manifest["data"]["version"] == workspace.version
    for form in ("csv", "geojson", "gpkg", "parquet", "kml"):
        assert b"Agency A" not in snapshot_cache.events_file(request, form), form


def test_the_moment_is_that_of_the_data_and_not_of_the_visit(workspace: Workspace) -> None:
    """Two visits give the same figure to the byte."""
    data = Data(str(workspace.folder), str(workspace.version))
    batch = workspace.batches()[0]

    assert snapshot_cache.as_of(data).isoformat() == batch.created[:19] + "+00:00"


def test_rows_of_closed_sources_are_not_in_the_downloads(workspace: Workspace) -> None:
    """A rule of the workspace applies on the page too, from the moment it is written."""
    data = Data(str(workspace.folder), str(workspace.version))
    before = snapshot_cache.events_file(
        snapshot_cache.view_request(data, EventQuery()), "csv"
    ).decode()
    assert "Shots at dawn" in before
    (workspace.folder / "licences.yaml").write_text(
        "- name: Agency B\n  sources: ['Agency B']\n  redistribute: false\n", "utf-8"
    )
    data = Data(str(workspace.folder), str(workspace.version))

    content = snapshot_cache.events_file(
        snapshot_cache.view_request(data, EventQuery()), "csv"
    ).decode()
    assert "Shots at dawn" not in content
    assert "Lorries held up" in content
    request = snapshot_cache.view_request(data, EventQuery())
    _, _, limits = snapshot_cache.words_of(request, settings_of(data))
    assert any("Agency B (1)" in sentence for sentence in limits)
