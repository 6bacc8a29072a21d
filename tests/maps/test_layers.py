"""Promises of the map as folium renders it: no stranger's address, no text as script."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from typing import Any

import geopandas as gpd
import pytest
from shapely.geometry import Point

from geomap.basemap.background import DISCLAIMER
from geomap.errors import InputError, NotFoundError
from geomap.maps.assets import (
    MAP_SCRIPTS,
    MAP_STYLES,
    asset_dirs,
    data_address,
    read_asset,
    use_assets,
)
from geomap.maps.map_layers import EventLayer, base_map
from geomap.maps.place_layer import place_layers, place_records, places_json

BOUNDS = (44.5, 38.5, 50.5, 42.0)


class Addresses(HTMLParser):
    """Collects every src and href of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the addresses of one tag."""
        del tag
        self.found += [value or "" for name, value in attrs if name in {"src", "href"}]


def rendered(*layers: Any) -> str:
    """Return the page of a base map with layers."""
    figure = base_map(bounds=BOUNDS, channel="test")
    for layer in layers:
        layer.add_to(figure)
    text: str = figure.get_root().render()
    return text


def test_base_map_names_no_other_server(places: gpd.GeoDataFrame) -> None:
    """The page works with no network, and nobody learns which area is looked at."""
    group = place_layers(data_address(places_json(places)))
    addresses = Addresses(rendered(EventLayer(channel="test"), group)).found

    assert len(addresses) == len(MAP_SCRIPTS) + len(MAP_STYLES)
    assert all(address.startswith("data:") for address in addresses)


def test_use_assets_sets_every_address_of_the_map() -> None:
    """A page that serves the files itself sends no file inside the map."""
    use_assets(lambda mount, file: f"../served_{mount}/{file}")

    page = rendered(EventLayer(channel="test"))

    assert all(address.startswith("../served_") for address in Addresses(page).found)
    assert '"../served_data/basemap.json"' in page
    assert "data:" not in page


def test_assets_are_all_there() -> None:
    """A missing file would be a blank map."""
    assert all(read_asset(*file) for file in (*MAP_SCRIPTS, *MAP_STYLES))
    assert all(folder.is_dir() for folder in asset_dirs().values())
    with pytest.raises(NotFoundError, match=r"no asset 'none\.js' under 'static'"):
        read_asset("static", "none.js")


def test_base_map_is_the_same_string_at_each_run() -> None:
    """Else streamlit-folium would take it for another map and blank the page."""
    nameless = [re.sub(r"[0-9a-f]{32}", "", rendered(EventLayer(channel="test"))) for _ in "ab"]

    assert nameless[0] == nameless[1]
    assert DISCLAIMER in nameless[0]


def test_base_map_refuses_bounds_that_are_turned_round() -> None:
    """A swapped pair would show the other side of the world."""
    with pytest.raises(InputError, match="not west, south, east, north"):
        base_map(bounds=(50, 38, 44, 42))


@pytest.mark.parametrize(
    ("start", "end", "is_there"),
    [
        (date(2022, 12, 1), date(2022, 12, 31), True),
        (date(2024, 6, 12), date(2024, 7, 1), True),
        (date(2024, 6, 13), None, False),
        (None, date(2020, 11, 9), False),
        (None, None, True),
    ],
)
def test_place_records_hold_only_versions_true_in_the_window(
    places: gpd.GeoDataFrame, start: date | None, end: date | None, is_there: bool
) -> None:
    """A zone that has ended is not on a map of the month after."""
    ids = {record["id"] for record in place_records(places, start, end)}

    assert ("zone" in ids) is is_there
    assert "road" in ids


def test_place_records_never_point_at_a_country(places: gpd.GeoDataFrame) -> None:
    """A centroid is not a place to point at."""
    assert "land" not in {record["id"] for record in place_records(places)}


def test_place_records_mark_a_road_whose_course_is_not_known(places: gpd.GeoDataFrame) -> None:
    """A straight line between two ends is drawn dashed."""
    by_id = {record["id"]: record for record in place_records(places)}

    assert by_id["guess"]["approximate"] is True
    assert by_id["road"]["approximate"] is False
    assert by_id["zone"]["note"] == "from 2020-11-10, to 2024-06-12, drawn to within 2 km"


def test_place_records_name_a_zone_inside_it_and_a_road_on_it(places: gpd.GeoDataFrame) -> None:
    """A name beside its zone would name another place."""
    by_id = {record["id"]: record for record in place_records(places)}
    shapes = places.set_index("place_id").geometry

    assert shapes["zone"].contains(Point(by_id["zone"]["at"]))
    assert shapes["road"].distance(Point(by_id["road"]["at"])) < 1e-4


def test_place_records_mark_a_place_that_a_text_may_not_mean(places: gpd.GeoDataFrame) -> None:
    """A table without the column has no doubts; a doubtful place says so in words, too."""
    assert not any("unsure" in record for record in place_records(places))

    doubted = places.assign(is_sure=places["place_id"] != "road")
    by_id = {record["id"]: record for record in place_records(doubted)}

    assert [place_id for place_id, record in by_id.items() if record.get("unsure")] == ["road"]
    assert by_id["road"]["note"].endswith("uncertain: the text may mean another place")
