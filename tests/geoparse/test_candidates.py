"""Which places a written name may mean."""

from __future__ import annotations

import numpy as np
import pytest

from geomap.gazetteer import Gazetteer
from geomap.geoparse.candidates import Names, Options
from geomap.geoparse.data_tables import STATIC


@pytest.fixture(scope="module")
def names(world: Gazetteer) -> Names:
    """Return the tables of names of the whole world."""
    return Names(world)


def ids(options: Options, gazetteer: Gazetteer) -> set[str]:
    """Return the place ids of the candidates."""
    return {options.place(i, gazetteer).place_id for i in range(len(options))}


def column(options: Options, name: str) -> np.ndarray:
    """Return what one feature says of each candidate."""
    return np.asarray(options.static[:, STATIC.index(name)])


@pytest.mark.parametrize(
    ("text", "place_id", "how"),
    [
        ("Paris", "gn:2988507", None),
        ("PARIS", "gn:2988507", None),
        ("the Paris", "gn:2988507", None),
        ("“Paris”", "gn:2988507", None),
        ("Calif.", "adm1:US.CA", "abbreviation"),
        ("Texan", "adm1:US.TX", "word for its people"),
        ("northern Dagestan", "adm1:RU.17", "without its noun"),
        ("Borno State", "adm1:NG.27", "without its noun"),
        ("Paris Qwertyhall", "gn:2988507", "named inside"),
        ("Heathrow Airport", "icao:EGLL", None),
    ],
)
def test_a_name_is_known_in_the_forms_of_the_press(
    text: str, place_id: str, how: str | None, names: Names, world: Gazetteer
) -> None:
    """The right place must be among the candidates, and how it got there is told."""
    options = names.options(text, None)

    assert place_id in ids(options, world)
    assert how is None or column(options, how).any()


def test_a_code_counts_only_where_it_is_shouted(names: Names, world: Gazetteer) -> None:
    """Lax rules are not about an airport of Los Angeles."""
    assert "icao:KLAX" in ids(names.options("LAX", None), world)
    assert "icao:KLAX" not in ids(names.options("Lax", None), world)


@pytest.mark.parametrize("text", ["", "...", "Qwertyxville", "\0", "\ud800"])
def test_an_unknown_name_has_no_candidates(text: str, names: Names) -> None:
    """Nothing known is an empty table, not an error."""
    assert len(names.options(text, None)) == 0


def test_columns_have_one_length_and_say_who_is_largest(names: Names) -> None:
    """Every number of a row is about the same place."""
    options = names.options("Paris", None)

    lengths = {
        len(getattr(options, name))
        for name in (
            "lat",
            "lon",
            "country",
            "admin1",
            "kind",
            "radius",
            "people",
            "static",
            "sources",
        )
    }
    assert lengths == {len(options)}
    towns = column(options, "town") > 0
    largest = int(np.argmax(np.where(towns, options.people, -1)))
    assert column(options, "most people")[largest] == 1
    assert column(options, "fewer people than another")[largest] == 0
    assert np.isfinite(options.static).all()


def test_a_curated_town_lies_in_its_division(names: Names, world: Gazetteer) -> None:
    """Else "Moscow, Idaho" and "Baku, Baku City" could not be told apart."""
    options = names.options("Moscow", None)
    (at,) = [i for i in range(len(options)) if options.place(i, world).place_id == "moscow"]

    assert options.admin1[at] != 0


def test_letters_of_an_earlier_text_change_nothing(world: Gazetteer) -> None:
    """A name is remembered as it was written."""
    fresh, used = Names(world), Names(world)
    used.options("baku state", None)

    mine, other = fresh.options("Baku State", None), used.options("Baku State", None)
    assert mine.forms == other.forms
    assert ids(mine, world) == ids(other, world)
