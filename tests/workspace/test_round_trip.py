"""An export read again gives the events that were exported, in each of the five formats."""

from __future__ import annotations

import io
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from pandas.testing import assert_frame_equal
from shapely.geometry import Point
from tests.ingest.generated_events import generated_events

from geomap.exports import export_bytes
from geomap.gazetteer import Gazetteer
from geomap.ingest import IngestResult
from geomap.sharing.redaction import Redaction, redact_events
from geomap.workspace import Workspace

FORMS = ("csv", "geojson", "kml", "gpkg", "parquet")
BOOKKEEPING = ["batch_id", "row_number", "gone_batch"]


@pytest.fixture(scope="module")
def events() -> gpd.GeoDataFrame:
    """Return a thousand events of every kind."""
    return generated_events(1000)


def opened(folder: Path, gazetteer: Gazetteer) -> Workspace:
    return Workspace.open(folder, seed=False, gazetteer=gazetteer)


def taken(workspace: Workspace, events: gpd.GeoDataFrame, form: str) -> IngestResult:
    return workspace.ingest(export_bytes(events, form), name=f"export.{form}")


def same(ours: gpd.GeoDataFrame, theirs: gpd.GeoDataFrame) -> None:
    """Compare every column; outer rings may run the other way round, as RFC 7946 requires."""
    one, other = (
        table.sort_values("event_id", ignore_index=True).drop(columns=BOOKKEEPING)
        for table in (ours, theirs)
    )
    assert_frame_equal(
        pd.DataFrame(one.drop(columns="geometry")), pd.DataFrame(other.drop(columns="geometry"))
    )
    shapes = [shapely.normalize(table.geometry.to_numpy()) for table in (one, other)]
    assert shapely.to_wkt(shapes[0], rounding_precision=-1).tolist() == (
        shapely.to_wkt(shapes[1], rounding_precision=-1).tolist()
    )


@pytest.mark.parametrize("form", FORMS)
def test_an_export_into_an_empty_workspace_gives_the_same_events(
    form: str, events: gpd.GeoDataFrame, tmp_path: Path, gazetteer: Gazetteer
) -> None:
    """What a colleague receives is what was sent: ids, days, precision, geometry and texts."""
    workspace = opened(tmp_path / "empty", gazetteer)

    result = taken(workspace, events, form)

    assert result.batch.layout == "geomap"
    assert result.batch.counts["accepted"] == len(events)
    assert result.batch.counts["rejected"] == 0
    same(workspace.events(), events)


@pytest.mark.parametrize("form", FORMS)
def test_an_export_into_its_own_workspace_changes_nothing(
    form: str, events: gpd.GeoDataFrame, tmp_path: Path, gazetteer: Gazetteer
) -> None:
    """An export brought back must not double an event, whatever program it passed through."""
    workspace = opened(tmp_path / "own", gazetteer)
    taken(workspace, events, "parquet")
    before = workspace.events()

    counts = taken(workspace, before, form).batch.counts

    assert (counts["accepted"], counts["updated"], counts["rejected"]) == (0, 0, 0)
    assert counts["unchanged"] == len(events)
    assert_frame_equal(workspace.events(), before)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("part", range(4))
def test_an_export_of_few_events_is_recognised_without_the_others(
    form: str, part: int, events: gpd.GeoDataFrame, tmp_path: Path, gazetteer: Gazetteer
) -> None:
    """A selection may lack whole columns and layers: undated or unplaced events alone."""
    few = (
        events[events["event_date"].isna()].head(3),
        events[events.geometry.isna()].head(3),
        events.head(1),
        events[events["date_precision"] == "open"].head(2),
    )[part].reset_index(drop=True)
    workspace = opened(tmp_path / "few", gazetteer)

    taken(workspace, few, form)

    same(workspace.events(), few)


def test_a_raw_csv_comes_back_as_it_was(
    events: gpd.GeoDataFrame, tmp_path: Path, gazetteer: Gazetteer
) -> None:
    """Without the guard against formulas there is nothing to take off a cell."""
    plain = events[~events["title"].str.startswith("'").fillna(value=False)].head(200)
    texts = plain.select_dtypes("str")
    plain = plain[~texts.apply(lambda cells: cells.str.startswith("'")).fillna(False).any(axis=1)]
    plain = plain.reset_index(drop=True)
    workspace = opened(tmp_path / "raw", gazetteer)

    workspace.ingest(export_bytes(plain, "csv", raw=True), name="raw.csv")

    same(workspace.events(), plain)


@pytest.mark.parametrize("form", FORMS)
def test_a_redacted_export_stays_redacted(
    form: str, events: gpd.GeoDataFrame, tmp_path: Path, gazetteer: Gazetteer
) -> None:
    """No place or text that was left out is made up again from what is left."""
    redacted = redact_events(events.head(200), Redaction(grid=1.0, columns=("actor1",)))
    workspace = opened(tmp_path / "redacted", gazetteer)

    taken(workspace, redacted, form)

    same(workspace.events(), redacted.reset_index(drop=True))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("redaction", [Redaction(grid=1.0), Redaction(columns=("notes", "actor1"))])
def test_a_redacted_export_takes_nothing_from_its_own_workspace(
    form: str,
    redaction: Redaction,
    events: gpd.GeoDataFrame,
    tmp_path: Path,
    gazetteer: Gazetteer,
) -> None:
    """What was left out of an export is still in the workspace, and its events are not doubled."""
    workspace = opened(tmp_path / "own", gazetteer)
    taken(workspace, events.head(200), "parquet")
    before = workspace.events()

    counts = taken(workspace, redact_events(before, redaction), form).batch.counts

    assert (counts["accepted"], counts["updated"], counts["rejected"]) == (0, 0, 0)
    assert_frame_equal(workspace.events(), before)


def test_two_redacted_exports_do_not_overwrite_each_other(
    events: gpd.GeoDataFrame, tmp_path: Path, gazetteer: Gazetteer
) -> None:
    """Redacted events are numbered from 1 in each export: a number is no id across exports."""
    parts = [events.head(50), events.iloc[50:120].reset_index(drop=True)]
    redacted = [redact_events(part, Redaction(grid=1.0)) for part in parts]
    workspace = opened(tmp_path / "two", gazetteer)

    for number, part in enumerate([*redacted, *redacted]):
        workspace.ingest(export_bytes(part, FORMS[number]), name=f"part.{FORMS[number]}")

    assert len(workspace.events()) == 120


def test_undoing_the_import_of_an_export_leaves_nothing_of_it(
    events: gpd.GeoDataFrame, tmp_path: Path, gazetteer: Gazetteer
) -> None:
    """Events that were gone when they were exported are removed like all others."""
    workspace = opened(tmp_path / "undone", gazetteer)
    batch = taken(workspace, events.head(100), "csv").batch

    workspace.undo(batch.batch_id)

    assert workspace.events().empty


def test_a_changed_cell_of_an_export_is_an_update(
    events: gpd.GeoDataFrame, tmp_path: Path, gazetteer: Gazetteer
) -> None:
    """A person may correct an export and bring it back: that cell alone changes."""
    workspace = opened(tmp_path / "own", gazetteer)
    taken(workspace, events.head(100), "gpkg")
    before = workspace.events()
    changed = before.assign(title=before["title"].where(before.index != 3, "corrected"))

    result = taken(workspace, changed, "csv")

    assert result.batch.counts["updated"] == 1
    assert result.release is not None
    assert result.release.changes["column"].tolist() == ["title"]
    assert result.release.gone.empty
    after = workspace.events().set_index("event_id")
    assert after.loc[before["event_id"][3], "title"] == "corrected"


@pytest.mark.parametrize(
    ("name", "cell", "code"),
    [
        ("geo_precision", "about", "not_as_exported"),
        ("status", "maybe", "not_as_exported"),
        ("date_precision", "roughly", "not_as_exported"),
        ("date_precision", "open", "not_as_exported"),
        ("event_date", "last May", "date_unreadable"),
        ("event_date_end", "1800-01-01", "end_before_start"),
        ("longitude", "500", "coordinate_out_of_range"),
        ("latitude", "", "coordinate_half"),
        ("geometry_wkt", "POLYGON ((1", "geometry_unreadable"),
    ],
)
def test_a_broken_cell_of_an_export_rejects_its_row_with_a_reason(
    name: str, cell: str, code: str, tmp_path: Path, gazetteer: Gazetteer
) -> None:
    """An export that was edited is not trusted: no word outside the lists gets in."""
    day = pd.Timestamp("2023-03-05")
    events = generated_events(2).assign(
        event_date=day, event_date_end=day, last_confirmed=pd.NaT, date_precision="day",
        geometry=[Point(46.75, 39.76), Point(46.8, 39.9)],
    )  # fmt: skip
    table = pd.read_csv(io.BytesIO(export_bytes(events, "csv")), dtype="str", keep_default_na=False)
    table.loc[1, name] = cell
    workspace = opened(tmp_path / "edited", gazetteer)

    result = workspace.ingest(table.to_csv(index=False).encode(), name="edited.csv")

    assert result.batch.counts["rejected"] == 1
    assert [issue.code for issue in result.issues if issue.rejected] == [code]
    assert len(workspace.events()) == 1
