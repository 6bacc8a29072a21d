"""Promises of the places on a map: every version once, and names by a policy."""

from __future__ import annotations

import json
from datetime import date

import geopandas as gpd
import pytest
from shapely.geometry import Point

from geomap.errors import InputError
from geomap.gazetteer import open_gazetteer
from geomap.maps.map_layers import base_map
from geomap.maps.place_layer import (
    place_records,
    places_json,
)
from geomap.model import Place, PlaceName, ToponymKind
from geomap.symbology.map_choices import TILES, TILES_WARNING
from geomap.symbology.name_policy import names_policies, with_names

FORMS = (
    PlaceName("Ханкенди", "ru", "Side B"),
    PlaceName("Khankendi", "en", "Side B"),
    PlaceName("Stepanakert", "en", "Side A"),
    PlaceName("Ստեփանակերտ", "hy", "Side A"),
    PlaceName("Varanda", "en", "Side A", None, date(1923, 1, 1)),
)


def test_places_json_holds_every_version_whatever_the_window(places: gpd.GeoDataFrame) -> None:
    """The page shows and hides them, so that playing dates builds nothing anew."""
    records = json.loads(places_json(places))

    zone = next(record for record in records if record["id"] == "zone")
    assert (zone["from"], zone["to"]) == ("2020-11-10", "2024-06-12")
    assert records == place_records(places)


def test_with_names_takes_the_forms_of_the_version(places: gpd.GeoDataFrame) -> None:
    """Two versions of one place may bear different names; old forms stay with old versions."""
    versions = [
        Place(
            "zone", "Zone", forms, "", "ZN", ToponymKind.ZONE, Point(0, 0), None, None, "", "", "",
            valid_from=start,
        )
        for start, forms in ((date(2020, 11, 10), FORMS), (date(2024, 6, 13), ()))
    ]  # fmt: skip
    table = with_names(places, versions)
    by_id = {record["id"]: record for record in place_records(table)}

    assert list(table["names"].str.len()) == [0, 5, 0, 0, 0]
    assert by_id["zone"]["names"]["side:Side A"] == "Stepanakert"
    assert "Varanda" not in json.dumps(by_id["zone"])
    assert "names" not in by_id["road"]


def test_the_curated_places_have_the_policies_of_their_sides() -> None:
    """The gazetteer that ships with geomap offers both sides' names."""
    gazetteer = open_gazetteer(layers={"curated"})
    table = with_names(gazetteer.places_table(), gazetteer)

    policies = names_policies(table)
    assert {"source", "all", "side:Armenian side", "side:Azerbaijan"} <= set(policies)
    assert any("names" in record for record in place_records(table))


def test_base_map_refuses_a_theme_it_does_not_know() -> None:
    """A slip must not quietly give another set of colours."""
    with pytest.raises(InputError, match="no theme 'sepia'"):
        base_map(theme="sepia")


def test_online_tiles_are_named_with_credits_and_a_warning() -> None:
    """Whoever chooses them is told who sees what, and their makers are credited."""
    assert all(server["url"].startswith("https://") for server in TILES.values())
    assert all(server["attribution"] for server in TILES.values())
    assert "sees which part of the world" in TILES_WARNING
