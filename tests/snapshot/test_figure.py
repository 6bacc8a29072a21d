"""Promises of figures: whole, honest, the same for the same view, and nothing runs in them."""

import dataclasses
import io
from datetime import UTC, datetime
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
from PIL import Image

from geomap.errors import InputError, StoreError
from geomap.query import EventQuery
from geomap.snapshot import (
    SIZES_INCHES,
    SnapshotSettings,
    View,
    caption,
    snapshot_bytes,
    view_of,
    write_snapshot,
)
from geomap.snapshot.extent import extent_of, latitude_of, longitude_of, to_mercator
from geomap.snapshot.figure import draw_figure
from geomap.snapshot.legend import legend_groups


def texts_of(view: View) -> list[str]:
    """Return every line of the legend."""
    return [line.get_label() for group in legend_groups(view) for line in group]


def test_view_counts_every_event_once(view: View) -> None:
    """What is not drawn is counted, and the numbers add up."""
    counts = view.counts

    assert (counts.shown, counts.possible, counts.unplaced, counts.undated) == (7, 1, 1, 1)
    assert len(view.events) == counts.shown + counts.possible
    assert sum(counts.as_dict().values()) == 2 * counts.total


def test_view_keeps_only_places_true_in_the_window(view: View) -> None:
    """A zone that ended in August is not on a map of January."""
    assert view.places["place_id"].tolist() == ["road"]


@pytest.mark.parametrize("size", sorted(SIZES_INCHES))
@pytest.mark.parametrize("portrait", [False, True])
def test_png_has_the_size_that_was_asked_for(
    view: View, settings: SnapshotSettings, size: str, *, portrait: bool
) -> None:
    """A report's layout depends on it."""
    chosen = dataclasses.replace(settings, size=size, portrait=portrait)
    image = Image.open(io.BytesIO(snapshot_bytes(view, chosen, "png")))

    wide, high = chosen.inches
    assert image.size == (int(wide * 60), int(high * 60))
    assert np.asarray(image.convert("L")).std() > 10  # not a blank page


@pytest.mark.parametrize(
    ("form", "start"), [("svg", b"<?xml"), ("pdf", b"%PDF"), ("png", b"\x89PNG")]
)
def test_the_same_view_gives_the_same_bytes(
    view: View, settings: SnapshotSettings, form: str, start: bytes
) -> None:
    """Evidence must be reproducible: no clock and no chance is in the file."""
    first = snapshot_bytes(view, settings, form)

    assert first.startswith(start)
    assert first == snapshot_bytes(view, settings, form)


def test_legend_names_every_sign_on_the_map_with_its_count(view: View) -> None:
    """A sign without a word is a riddle."""
    lines = texts_of(view)

    assert "Protests (7)" in lines
    assert "Battles (1)" in lines
    assert "possibly in these dates (1)" in lines
    assert "planned, prevented or denied (1)" in lines
    assert "in a district or larger unit (1)" in lines
    assert "zone (edge approximate)" not in lines  # no zone is true in this window


def test_an_empty_view_still_gives_a_figure(
    events: gpd.GeoDataFrame, places: gpd.GeoDataFrame, settings: SnapshotSettings
) -> None:
    """Nothing happened is a finding too."""
    view = view_of(events, EventQuery(text="no such word"), places)

    assert "no event in this view" in texts_of(view)
    assert len(snapshot_bytes(view, settings, "png")) > 5_000


def test_a_filter_changes_no_colour(
    events: gpd.GeoDataFrame, places: gpd.GeoDataFrame, view: View
) -> None:
    """Two figures of one report must not give a type two colours."""
    only = view_of(events, EventQuery(types=frozenset({"Battles"})), places)

    assert only.colours == view.colours


def test_a_frame_counts_what_lies_outside_it(view: View, settings: SnapshotSettings) -> None:
    """A cut map must not look like the whole."""
    framed = dataclasses.replace(settings, frame=(46.60, 39.75, 46.73, 39.85))
    words = [text.get_text() for text in draw_figure(view, framed).axes[0].texts]

    assert any(text.endswith("more outside this frame") for text in words)
    assert not any(
        text.get_text().endswith("frame") for text in draw_figure(view, settings).axes[0].texts
    )


def test_caption_says_window_counts_sources_and_as_of(
    view: View, settings: SnapshotSettings
) -> None:
    """A caption is all that survives a copy of the picture."""
    words = caption(view.events, view.query, view.counts, settings)

    for part in ("1 January 2023 to 10 January 2023", "7 shown + 1 possible of 10",
                 "Invented $1 and $2", "As of 2026-11-24 12:00 UTC"):  # fmt: skip
        assert part in words


def test_caption_counts_the_events_without_a_source(
    events: gpd.GeoDataFrame, places: gpd.GeoDataFrame, settings: SnapshotSettings
) -> None:
    """A named source must not seem to cover what it did not report."""
    events.loc[0, "source"] = None
    view = view_of(events, EventQuery(), places)

    assert "not stated for 1" in caption(view.events, view.query, view.counts, settings)


def test_unknown_size_and_format_are_refused_in_a_sentence(
    view: View, settings: SnapshotSettings, tmp_path: Path
) -> None:
    """The sentence says what may be chosen."""
    with pytest.raises(InputError, match="choose one of a4"):
        SnapshotSettings("t", datetime(2026, 1, 1, tzinfo=UTC), size="a0")
    with pytest.raises(InputError, match="choose one of png"):
        write_snapshot(tmp_path / "figure.bmp", view, settings)


def test_a_folder_that_is_not_there_is_named(
    view: View, settings: SnapshotSettings, tmp_path: Path
) -> None:
    """A traceback would not help a journalist."""
    with pytest.raises(StoreError, match="choose another folder"):
        write_snapshot(tmp_path / "missing" / "figure.png", view, settings)


@pytest.mark.parametrize(("longitude", "latitude"), [(0, 0), (46.75, 39.82), (-179.9, -84.9)])
def test_mercator_there_and_back(longitude: float, latitude: float) -> None:
    """A point is drawn where it is."""
    x, y = to_mercator(longitude, latitude)

    assert longitude_of(float(x)) == pytest.approx(longitude)
    assert latitude_of(float(y)) == pytest.approx(latitude)


def test_the_poles_stop_at_the_edge_of_the_square() -> None:
    """A pole must not make a map infinitely high."""
    _, y = to_mercator([0.0, 0.0], [90.0, -90.0])

    assert np.isfinite(y).all()


def test_extent_of_one_point_is_wide_enough_to_be_read(events: gpd.GeoDataFrame) -> None:
    """A single event has no width of its own."""
    extent = extent_of([events.iloc[[0]]], None, 1.5)

    assert extent.width_km > 10
    assert (extent.east - extent.west) / (extent.north - extent.south) == pytest.approx(1.5)
