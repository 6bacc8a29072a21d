"""The regions of the world, which news names and no list of towns or countries has."""

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from geomap.errors import FileRefusedError
from geomap.gazetteer import Gazetteer, normalise_name, open_gazetteer
from geomap.gazetteer.place_layers import Layer, read_layer, read_layer_lazily
from geomap.model import Place, ToponymKind


@pytest.fixture(scope="module")
def regions() -> Gazetteer:
    """Return the regions and the countries; no world index is touched."""
    return open_gazetteer(layers={"curated", "regions", "countries"})


@pytest.fixture(scope="module")
def layer(root: Path) -> Layer:
    """Return the layer of regions as the gazetteer reads it."""
    return read_layer_lazily(root / "geo" / "regions.geojson", "regions")


@pytest.fixture(scope="module")
def places(layer: Layer) -> list[Place]:
    """Return every region."""
    return [place for versions in layer.versions.values() for place in versions]


@pytest.mark.parametrize(
    ("name", "place_id"),
    [
        ("Europe", "region:europe"),
        ("the Middle East", "region:middle_east"),
        ("sub-Saharan Africa", "region:sub_saharan_africa"),
        ("EU", "region:european_union"),
        ("U.S.S.R.", "region:soviet_union"),
        ("Donbass", "region:donbas"),
        ("Artsakh", "region:nagorno_karabakh"),
        ("Бахр", None),
        ("Strait of Hormuz", "region:strait_of_hormuz"),
        ("Diaoyu Islands", "region:senkaku"),
        ("Rockies", "region:rocky_mountains"),
        ("River Thames", "region:thames"),
        ("Закавказье", "region:south_caucasus"),
    ],
)
def test_find_knows_a_region_by_any_of_its_names(
    regions: Gazetteer, name: str, place_id: str | None
) -> None:
    """News names regions by many forms, in several languages."""
    bare = name.removeprefix("the ")
    found = [match.place.place_id for match in regions.find(bare, limit=1)]

    assert found == ([] if place_id is None else [place_id])


def test_every_region_is_a_whole_place(places: list[Place]) -> None:
    """An entry without place, radius or weight cannot be placed or ranked honestly."""
    assert len(places) > 250
    for place in places:
        assert place.geometry is not None, place.place_id
        assert place.geometry.is_valid, place.place_id
        assert not place.geometry.is_empty, place.place_id
        assert place.uncertainty_km, place.place_id
        assert 0 < place.importance <= 1, place.place_id
        assert place.feature_class, place.place_id
        assert place.source, place.place_id
        assert place.licence, place.place_id
        has_point = place.geometry.geom_type == "Point"
        assert has_point == (place.point is None), place.place_id


def test_no_two_regions_share_a_name_but_the_east_sea(layer: Layer) -> None:
    """A name that means two places is a question for the text, not an accident of the list."""
    shared = {key for key, bearers in layer.by_key.items() if len(bearers) > 1}

    assert shared == {"east sea"}


def test_the_seven_continents_are_continents(places: list[Place]) -> None:
    """A reader may ask for continents alone."""
    kinds = {place.name for place in places if place.kind is ToponymKind.CONTINENT}

    assert kinds >= {"Africa", "Asia", "Europe", "North America", "South America", "Oceania"}
    assert "Antarctica" in kinds
    assert "European Union" not in kinds


@pytest.mark.parametrize(
    ("place_id", "forms"),
    [
        ("region:nagorno_karabakh", {("Artsakh", "Armenian side"), ("Nagorno-Karabakh", None)}),
        ("region:senkaku", {("Senkakus", "Japan"), ("Diaoyu Islands", "China")}),
        ("region:persian_gulf", {("Persian Gulf", None), ("Arabian Gulf", "Arab states")}),
        ("region:west_bank", {("West Bank", None), ("Judea and Samaria", "Israel")}),
        ("region:abkhazia", {("Republic of Abkhazia", "Abkhazia"), ("აფხაზეთი", "Georgia")}),
    ],
)
def test_a_contested_area_keeps_the_form_of_each_side(
    layer: Layer, place_id: str, forms: set[tuple[str, str | None]]
) -> None:
    """The product takes no side, so it states whose form a name is."""
    (place,) = layer.versions[place_id]
    known = {(form.name, form.side) for form in place.names} | {(place.name, None)}

    assert forms <= known


def test_contested_islands_have_no_country(layer: Layer) -> None:
    """A country code would be a position where GeoNames and ISO leave it open."""
    for name in ("senkaku", "spratly", "paracel", "kashmir", "golan_heights", "east_jerusalem"):
        assert layer.versions[f"region:{name}"][0].country_code is None


def test_a_former_state_ranks_down_on_a_day_it_was_not_there(regions: Gazetteer) -> None:
    """The Soviet Union of 2020 is a slip or a memory; the reason shows it."""
    (then,) = regions.find("Soviet Union", on=date(1980, 1, 1))
    (now,) = regions.find("Soviet Union", on=date(2020, 1, 1))

    assert now.score < then.score
    assert "not valid on 2020-01-01" in now.reason


def test_a_name_of_a_period_is_marked_outside_it(regions: Gazetteer) -> None:
    """A name that came into use in 2025 was not in use in 2010."""
    (match,) = regions.find("Gulf of America", on=date(2010, 1, 1))

    assert match.place.place_id == "region:gulf_of_mexico"
    assert "a form not in use on 2010-01-01" in match.reason


@pytest.mark.parametrize(
    ("word", "place_id"),
    [
        ("European", "region:europe"),
        ("Europeans", "region:europe"),
        ("Kurdish", "region:kurdistan"),
        ("Abkhaz", "region:abkhazia"),
        ("Balkan", "region:balkans"),
        ("Soviet", "region:soviet_union"),
    ],
)
def test_adjectives_lead_to_their_region(layer: Layer, word: str, place_id: str) -> None:
    """A text that says "European leaders" names Europe."""
    assert layer.adjectives[normalise_name(word)] == place_id


def test_reading_lazily_gives_the_same_places(root: Path, layer: Layer) -> None:
    """A place made at its first use is the same as one made at once."""
    whole = read_layer(root / "geo" / "regions.geojson", "regions")

    assert dict(layer.versions) == dict(whole.versions)
    assert layer.adjectives == whole.adjectives
    assert set(layer.by_key) == set(whole.by_key)
    for key, bearers in whole.by_key.items():
        lazily = {place_id: Counter(forms) for place_id, forms in layer.by_key[key].items()}
        assert lazily == {place_id: Counter(forms) for place_id, forms in bearers.items()}


def test_a_curated_entry_stays_first_for_the_same_name(regions: Gazetteer, tmp_path: Path) -> None:
    """A place that the project has studied outweighs a coarse outline."""
    feature = {
        "type": "Feature",
        "properties": {"place_id": "mine", "name": "Karabakh", "kind": "zone"},
        "geometry": {"type": "Point", "coordinates": [46.8, 39.8]},
    }
    (tmp_path / "gazetteer.geojson").write_text(json.dumps({"features": [feature]}))
    shipped = Path(__file__).parents[2] / "geo" / "regions.geojson"
    (tmp_path / "regions.geojson").write_bytes(shipped.read_bytes())
    both = open_gazetteer(geo_dir=tmp_path, layers={"curated", "regions"})

    found = [match.place.place_id for match in both.find("Karabakh")]
    assert found == ["mine", "region:karabakh"]
    assert [m.place.place_id for m in regions.find("Karabakh")] == ["region:karabakh"]


def test_the_layer_can_be_left_out() -> None:
    """A gazetteer of one's own should not be full of seas that nobody selected."""
    assert open_gazetteer(layers={"curated"}).find("Europe") == ()


def test_read_layer_lazily_names_a_broken_file(tmp_path: Path) -> None:
    """The message for a damaged installation names the file to mend."""
    (tmp_path / "regions.geojson").write_text('{"features": [\n{"properties": {}}\n]}\n')

    with pytest.raises(FileRefusedError, match=r"regions\.geojson is not a GeoJSON file"):
        read_layer_lazily(tmp_path / "regions.geojson", "regions")
