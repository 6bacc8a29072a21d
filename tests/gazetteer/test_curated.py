"""The curated layer: every fact is there, by any form of its name, with its dates."""

import json
from datetime import date
from pathlib import Path

import pytest

from geomap.errors import FileRefusedError, InputError
from geomap.gazetteer import Gazetteer, open_gazetteer
from geomap.tables import PLACE_COLUMNS


def ids(gazetteer: Gazetteer, name: str) -> list[str]:
    """Return the ids found for a name, best first."""
    return [match.place.place_id for match in gazetteer.find(name)]


def test_every_fact_is_found_under_every_form(curated: Gazetteer, shared: Path) -> None:
    """No name form of the collected facts got lost on the way."""
    facts = json.loads((shared / "facts" / "places.json").read_text(encoding="utf-8"))
    lost = [
        (fact["id"], form)
        for fact in facts
        for form in [fact["az"], fact["ru"], fact["hy"], *fact["variants"]]
        if form and "(" not in form and "/" not in form and fact["id"] not in ids(curated, form)
    ]

    assert len(facts) == 58
    assert lost == []


@pytest.mark.parametrize("name", ["Stepanakert", "Xankəndi", "Ханкенди", "Ստեփանակերտ"])
def test_find_gives_one_place_for_the_names_of_both_sides(curated: Gazetteer, name: str) -> None:
    """Two names of one town are not two towns."""
    assert ids(curated, name)[0] == "khankendi"


def test_find_says_who_uses_a_form(curated: Gazetteer) -> None:
    """A contested name is shown with its side."""
    (match, *_) = curated.find("Xankəndi")

    assert "az" in match.reason
    assert "used by Azerbaijan" in match.reason


def test_find_names_a_side_in_the_words_of_its_file(tmp_path: Path) -> None:
    """The words for a side come from the gazetteer's file: the program names no side."""
    names = [{"name": "Testa", "side": side} for side in ("North", "South", "East")]
    own = {"place_id": "t", "name": "Testford", "kind": "city", "names": names}
    feature = {"type": "Feature", "properties": own, "geometry": None}
    for words, sides in (
        ({"North": "the northern side"}, "the northern side, South and East"),
        ({}, "North, South and East"),
    ):
        file = {"type": "FeatureCollection", "defaults": {"side_words": words},
                "features": [feature]}  # fmt: skip
        (tmp_path / "gazetteer.geojson").write_text(json.dumps(file), "utf-8")
        (match,) = open_gazetteer(geo_dir=tmp_path, layers={"curated"}).find("Testa")

        assert f"used by {sides})" in match.reason


def test_sides_are_only_given_where_a_source_states_one(curated: Gazetteer) -> None:
    """A Russian form of a foreign capital has no side."""
    moscow = curated.get("moscow")

    assert moscow is not None
    assert {form.side for form in moscow.names} == {None}


def test_find_lists_a_village_and_a_deposit_of_one_name(curated: Gazetteer) -> None:
    """Only the text shows which of the two is meant."""
    assert set(ids(curated, "Damirli")) == {"damirli", "damirli_deposit"}


@pytest.mark.parametrize(
    ("day", "until"),
    [
        (date(2021, 5, 1), date(2022, 8, 30)),
        (date(2023, 1, 1), date(2023, 9, 20)),
        (date(2024, 4, 17), date(2023, 9, 20)),
        (date(2019, 1, 1), date(2022, 8, 30)),
    ],
)
def test_get_takes_the_version_of_the_day_or_the_nearest(
    curated: Gazetteer, day: date, until: date
) -> None:
    """An area that moved is drawn where it was."""
    place = curated.get("rpk_zone", on=day)

    assert place is not None
    assert place.geometry is not None
    assert (place.geometry.geom_type, place.valid_to) == ("Polygon", until)


def test_find_ranks_down_and_says_what_was_not_there_yet(curated: Gazetteer) -> None:
    """A checkpoint is not silently placed in the years before it."""
    (before,) = curated.find("Lachin checkpoint", on=date(2022, 1, 1))
    (after,) = curated.find("Lachin checkpoint", on=date(2023, 6, 1))

    assert before.score < after.score
    assert "not valid on 2022-01-01" in before.reason


@pytest.mark.parametrize(
    ("one", "other"), [("Lachin", "Khankendi"), ("Stepanakert", "Goris"), ("Xankəndi", "Berdzor")]
)
def test_road_between_takes_ends_in_any_order_and_form(
    curated: Gazetteer, one: str, other: str
) -> None:
    """The road is one, whichever way and by whichever side it is named."""
    road = curated.road_between(one, other, on=date(2021, 1, 1))

    assert road is not None
    assert (road.place_id, road.valid_to) == ("lachin_khankendi_road", date(2022, 8, 30))
    assert curated.road_between(one, "Baku") is None


def test_longest_takes_the_longest_name(curated: Gazetteer) -> None:
    """The road wins over the town at its start; a word inside a name starts none."""
    words = [
        "protest",
        "on",
        "the",
        "Lachin-Khankendi",
        "road",
        ",",
        "in",
        "the",
        "peacekeepers'",
        "zone",
        ".",
    ]

    assert [curated.longest(words, start) for start in (0, 3, 8)] == [0, 2, 2]


def test_places_table_has_the_columns_that_were_agreed(curated: Gazetteer) -> None:
    """The join and the map take this table."""
    table = curated.places_table()

    assert list(table.columns) == [*PLACE_COLUMNS, "geometry"]
    assert table.crs == "EPSG:4326"
    assert table.geometry.is_valid.all()
    assert len(table) == 62


def test_open_gazetteer_names_a_broken_feature(tmp_path: Path) -> None:
    """The owner of a places file can mend it."""
    feature = {"type": "Feature", "properties": {"name": "A"}, "geometry": None}
    (tmp_path / "gazetteer.geojson").write_text(json.dumps({"features": [feature]}))

    with pytest.raises(FileRefusedError, match=r"gazetteer.geojson, feature 1: not a place"):
        open_gazetteer(geo_dir=tmp_path, layers={"curated"})


def test_open_gazetteer_refuses_an_unknown_layer() -> None:
    """A misspelt layer is not an empty one."""
    with pytest.raises(InputError, match="towns"):
        open_gazetteer(layers={"towns"})
