"""Promises of the packed events: everything that can be drawn, once, and nothing else."""

from __future__ import annotations

import json
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from geomap.geo.mercator import mercator
from geomap.maps.pack import PackedEvents, as_columns, pack_bits, pack_events
from geomap.maps.packed_rows import MAGIC
from geomap.symbology.colours import OTHER_COLOUR, PALETTE, colours_of
from geomap.symbology.word_codes import REST, word_codes
from geomap.tables import empty_events


def read_header(packed: PackedEvents) -> dict[str, Any]:
    """Return the header as a reader of the bytes sees it."""
    head = int(np.frombuffer(packed.blob, "<u4", 1, 4)[0])
    header: dict[str, Any] = json.loads(packed.blob[8 : 8 + head])
    return header


def column(packed: PackedEvents, number: int, dtype: str) -> list[int]:
    """Return one of the columns of four bytes a row at the front: x, y."""
    head = int(np.frombuffer(packed.blob, "<u4", 1, 4)[0])
    rows = packed.header["rows"]
    values: list[int] = np.frombuffer(
        packed.blob, dtype, rows, 8 + head + 4 * rows * number
    ).tolist()
    return values


def test_pack_events_leaves_out_and_counts_what_has_no_place_or_no_date(
    events: gpd.GeoDataFrame,
) -> None:
    """Nothing is lost between the table and the map: the rest is a number."""
    packed = pack_events(events)

    assert (packed.events, packed.unplaced, packed.undated) == (10, 1, 1)
    assert read_header(packed)["total"] == len(events)
    assert set(packed.event_ids.to_pylist()) == set(events["event_id"]) - {"nowhere", "never"}


def test_pack_events_gives_an_event_of_two_points_two_markers_and_one_count(
    events: gpd.GeoDataFrame,
) -> None:
    """Both places are on the map, but the event is counted once."""
    packed = pack_events(events)
    header = read_header(packed)

    assert packed.event_ids.to_pylist().count("two") == 2
    assert header["rows"] == header["events"] + 1


def test_pack_events_sends_a_line_once_for_all_events_on_it(events: gpd.GeoDataFrame) -> None:
    """A road with a hundred events on it is not drawn or sent a hundred times."""
    twin = events[events["event_id"] == "road"].assign(event_id="road again")
    table = gpd.GeoDataFrame(pd.concat([events, twin]), crs=events.crs)

    header = read_header(pack_events(table))

    assert [bool(shape["lines"]) for shape in header["geometries"]].count(True) == 1
    assert len(header["on"]) == 3


def test_pack_events_puts_single_certain_days_first_in_order(events: gpd.GeoDataFrame) -> None:
    """The browser finds a window among them by binary search."""
    packed = pack_events(events)
    ids = packed.event_ids.to_pylist()
    singles = packed.header["singles"]
    day = events.set_index("event_id")["event_date"]

    assert list(day[ids[:singles]]) == sorted(day[ids[:singles]])
    assert set(ids[singles:]) == {"days", "month", "open", "open_once", "road"}


def test_pack_events_counts_what_the_file_does_not_hold(events: gpd.GeoDataFrame) -> None:
    """A page of a part of a workspace still says how much there is."""
    packed = pack_events(events, beyond={"filtered": 5, "outside_dates": 2, "undated": 1})

    assert packed.header["total"] == len(events) + 8
    assert packed.undated == 2
    assert packed.header["beyond"] == {"filtered": 5, "outside_dates": 2}


def test_pack_events_of_an_empty_table_is_a_valid_file() -> None:
    """A new workspace has a map too."""
    packed = pack_events(empty_events())

    assert packed.blob.startswith(MAGIC)
    assert read_header(packed)["rows"] == 0


def test_pack_events_holds_neither_ids_nor_titles(events: gpd.GeoDataFrame) -> None:
    """Details of an event are asked for; what is never asked for never travels."""
    blob = pack_events(events).blob

    assert b"Title of" not in blob
    assert b"open_once" not in blob


def test_pack_events_gives_the_same_for_an_arrow_table(events: gpd.GeoDataFrame) -> None:
    """The fast way from the store and the way from a table in memory are one."""
    assert pack_events(as_columns(events)).blob == pack_events(events).blob


def test_pack_events_takes_positions_out_of_the_bytes_as_shapely_does(
    events: gpd.GeoDataFrame,
) -> None:
    """Only points are read without shapely; what stands between them must not shift them."""
    packed = pack_events(events)
    where = dict(zip(packed.event_ids.to_pylist(), column(packed, 0, "<u4"), strict=True))
    longitude = events.set_index("event_id").geometry["later"].x

    assert where["later"] / 2**32 == pytest.approx(longitude / 360 + 0.5, abs=1e-9)


def test_pack_events_keeps_radii_to_the_metre_while_they_are_few(events: gpd.GeoDataFrame) -> None:
    """A disc of 5 km is drawn with 5 km; a unit without a radius gets the nominal one."""
    assert read_header(pack_events(events))["radii"] == [0.0, 5000.0, 40000.0]


def test_pack_events_rounds_very_many_radii_by_little(events: gpd.GeoDataFrame) -> None:
    """A byte holds 255 radii: more of them are off by less than two percent."""
    near = events[events["event_id"] == "month"]
    many = gpd.GeoDataFrame(pd.concat([near] * 400, ignore_index=True), crs=events.crs)
    many["event_id"] = [f"e{number}" for number in range(400)]
    many["uncertainty_km"] = np.geomspace(0.1, 100, 400)

    packed = pack_events(many)
    radii = np.array(read_header(packed)["radii"])

    assert len(radii) <= 256
    for km in many["uncertainty_km"]:
        assert np.abs(radii / (km * 1000) - 1).min() < 0.02


def test_pack_events_lists_words_by_frequency_and_missing_ones_first(
    events: gpd.GeoDataFrame,
) -> None:
    """A reader's filters show the same words as the table, those without one included."""
    columns = read_header(pack_events(events))["columns"]

    assert columns["type"]["words"] == [None, "Protests", "Talks"]
    assert columns["source"] == {"words": ["A paper"], "bytes": 0, "rest": False}


def test_word_codes_share_one_word_beyond_a_limit() -> None:
    """What does not fit is not dropped: it is counted under one name."""
    codes = word_codes(pa.array(["a", "a", "b", "c", "d", None]), most=3)

    assert codes.words == [None, "a", REST]
    assert codes.counts == [1, 2, 3]
    assert codes.has_rest


def test_pack_bits_has_a_bit_for_each_row() -> None:
    """The browser reads bit i of byte i / 8."""
    passes = np.array([True, False, True] + [False] * 6 + [True])

    assert pack_bits(passes) == b"\x0a\0\0\0\x01\0\0\0\x05\x02"


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
    """A tenth type is "other", not a second blue."""
    colours = colours_of([*"abcdefghijkl", "Protests", "Protests"])

    assert len(colours) == len(set(colours.values())) == len(PALETTE)
    assert "other" not in colours
    assert colours["Protests"] == PALETTE[0]


def test_pack_events_gives_each_column_its_colours(events: gpd.GeoDataFrame) -> None:
    """A reader may ask who says so rather than what happened."""
    header = read_header(pack_events(events, colours={"type": {"Talks": "#123456"}}))

    assert header["colours"]["type"] == [OTHER_COLOUR, OTHER_COLOUR, "#123456"]
    assert header["colours"]["source"] == [PALETTE[0]]
    assert len(header["colours"]["status"]) == len(header["statuses"])
