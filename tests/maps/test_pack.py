"""Promises of the packed events: everything that can be drawn, once, and nothing else."""

from __future__ import annotations

import json
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from geomap.maps.colours import OTHER, PALETTE, colours_of
from geomap.maps.pack import MAGIC, mercator, pack_events
from geomap.query import EventQuery, classify_events
from geomap.tables import empty_events


def read_header(blob: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the header and the labels of packed events."""
    head, labels = np.frombuffer(blob, "<u4", 2, 4).tolist()
    return json.loads(blob[12 : 12 + head]), json.loads(blob[-labels:])


def test_pack_events_leaves_out_and_counts_what_has_no_place_or_no_date(
    events: gpd.GeoDataFrame,
) -> None:
    """Nothing is lost between the table and the map: the rest is a number."""
    packed = pack_events(events)

    assert (packed.events, packed.unplaced, packed.undated) == (10, 1, 1)
    assert set(read_header(packed.blob)[1]["ids"]) == set(events["event_id"]) - {
        "nowhere",
        "never",
    }


def test_pack_events_gives_an_event_of_two_points_two_markers_and_one_count(
    events: gpd.GeoDataFrame,
) -> None:
    """Both places are on the map, but the event is counted once."""
    header, labels = read_header(pack_events(events).blob)

    assert labels["ids"].count("two") == 2
    assert header["rows"] == header["events"] + 1


def test_pack_events_sends_a_line_once_for_all_events_on_it(events: gpd.GeoDataFrame) -> None:
    """A road with a hundred events on it is not drawn or sent a hundred times."""
    twin = events[events["event_id"] == "road"].assign(event_id="road again")
    table = gpd.GeoDataFrame(pd.concat([events, twin]), crs=events.crs)

    header, _ = read_header(pack_events(table).blob)

    assert [bool(shape["lines"]) for shape in header["geometries"]].count(True) == 1
    assert len(header["on"]) == 3


def test_pack_events_puts_single_certain_days_first_in_order(events: gpd.GeoDataFrame) -> None:
    """The browser finds a window among them by binary search."""
    blob = pack_events(events).blob
    header, labels = read_header(blob)
    rows, singles = header["rows"], header["singles"]
    offset = 12 + int(np.frombuffer(blob, "<u4", 1, 4)[0]) + 8 * rows

    starts = np.frombuffer(blob, "<i4", rows, offset)

    assert list(starts[:singles]) == sorted(starts[:singles])
    assert set(labels["ids"][singles:]) == {"days", "month", "open", "open_once", "road"}


def test_pack_events_takes_only_what_the_filters_keep(events: gpd.GeoDataFrame) -> None:
    """The verdicts of a query without dates say what may ever be drawn."""
    verdicts = classify_events(events, EventQuery(types=frozenset({"Talks"})))

    packed = pack_events(events, verdicts=verdicts)

    assert read_header(packed.blob)[1]["ids"] == ["later"]


def test_pack_events_of_an_empty_table_is_a_valid_file() -> None:
    """A new workspace has a map too."""
    packed = pack_events(empty_events())

    assert packed.blob.startswith(MAGIC)
    assert read_header(packed.blob)[0]["rows"] == 0


@pytest.mark.parametrize(
    ("longitude", "latitude", "x", "y"),
    [(-180, 85.0511, 0, 0), (0, 0, 0.5, 0.5), (180, -85.0511, 1, 1), (90, 0, 0.75, 0.5)],
)
def test_mercator_fills_the_square(longitude: float, latitude: float, x: float, y: float) -> None:
    """The same projection as the map's, or every event is off."""
    east, south = mercator(np.array([longitude]), np.array([latitude]))

    assert east[0] / 2**32 == pytest.approx(x, abs=1e-6)
    assert south[0] / 2**32 == pytest.approx(y, abs=1e-6)


def test_colours_of_do_not_depend_on_the_order_of_events() -> None:
    """The same workspace has the same colours at each start."""
    types = ["b", "a", "c", "a", None, "Battles"]

    assert colours_of(types) == colours_of(reversed(types))
    assert len(set(colours_of(types).values())) == 4


def test_colours_of_has_at_most_the_palette_and_never_repeats_a_colour() -> None:
    """A ninth type is "other", not a second blue."""
    colours = colours_of([*"abcdefghijkl", "Protests", "Protests"])

    assert len(colours) == len(set(colours.values())) == len(PALETTE)
    assert OTHER not in colours
    assert colours["Protests"] == PALETTE[0]


def test_pack_events_can_be_coloured_by_another_column(events: gpd.GeoDataFrame) -> None:
    """A reader may ask who says so rather than what happened."""
    packed = pack_events(events, colour_by="status")

    assert [name for name, _ in packed.types] == ["reported", "prevented", OTHER]
