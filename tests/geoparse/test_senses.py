"""From names in a text to what is to be resolved: one sense per name, unless told apart."""

from __future__ import annotations

import re
from datetime import date

import pytest

from geomap.gazetteer import Gazetteer
from geomap.geoparse.candidates import Names
from geomap.geoparse.evidence import Sense
from geomap.geoparse.reading import NameInText
from geomap.geoparse.senses import senses_of
from geomap.model import ToponymKind

NAMES = re.compile(r"Paris|Texas|France|Derbent|Dagestan|Moscow|Orange|California|Kent")


@pytest.fixture(scope="module")
def names(world: Gazetteer) -> Names:
    """Return the tables of names of the whole world."""
    return Names(world)


def senses(text: str, names: Names, dateline_end: int = -1) -> tuple[list[Sense], list[int]]:
    """Return the senses of the names that stand in a text."""
    mentions = [NameInText(m.start(), m.end()) for m in NAMES.finditer(text)]
    return senses_of(text, mentions, names, date(2023, 3, 1), dateline_end)


@pytest.mark.parametrize(
    ("text", "container"),
    [
        ("in Paris, Texas", "Texas"),
        ("in Paris (Texas)", "Texas"),
        ("in Paris, in northern Texas", "Texas"),
        ("at Derbent in southern Dagestan", "Dagestan"),
        ("at Derbent city in the Republic, Dagestan", None),
        ("the town of Paris in the state of Texas", "Texas"),
        ("Paris and Texas", None),
        ("Paris. Texas", None),
        ("Paris to Texas", None),
    ],
)
def test_what_is_named_after_a_place_contains_it(
    text: str, container: str | None, names: Names
) -> None:
    """The surest help there is; two names in a row are no more than that."""
    found, _ = senses(text, names)

    assert found[0].hint.container == container
    assert found[1].before == ([0] if container else [])


def test_a_name_has_one_sense_in_a_document(names: Names) -> None:
    """After "Paris, Texas" every later Paris is the same town."""
    found, number_of = senses("PARIS fell. In Paris, Texas, it rained. Paris is small.", names)

    assert number_of == [0, 1, 0]
    assert (found[0].hint.container, found[0].hint.mentions) == ("Texas", 2)


def test_two_containers_tell_two_senses_apart(names: Names) -> None:
    """The text itself shows that there are two."""
    found, number_of = senses("From Paris, Texas, to Paris, France, and back to Paris.", names)

    assert number_of[0] != number_of[2]
    assert {found[i].hint.container for i in (number_of[0], number_of[2])} == {"Texas", "France"}


def test_two_nouns_tell_two_senses_apart(names: Names) -> None:
    """The county and the city of one name are two places."""
    found, number_of = senses("Orange County sued the city of Orange.", names)

    assert number_of[0] != number_of[1]
    assert found[number_of[0]].hint.kinds == {ToponymKind.ADMIN2}
    assert found[number_of[1]].hint.kinds == {ToponymKind.CITY}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("the Kent province", ToponymKind.ADMIN1),
        ("the district of Derbent", ToponymKind.ADMIN2),
        ("Orange river", ToponymKind.WATER),
        ("the town of Paris", ToponymKind.CITY),
        ("the Moscow airport", ToponymKind.FACILITY),
    ],
)
def test_a_noun_beside_a_name_says_its_kind(text: str, kind: ToponymKind, names: Names) -> None:
    """A noun chooses between a town and the district called after it."""
    assert kind in senses(text, names)[0][0].hint.kinds


def test_a_dateline_and_a_preposition_are_noted(names: Names) -> None:
    """Both are evidence for a town."""
    found, _ = senses("MOSCOW. They met in Paris.".replace("MOSCOW", "Moscow"), names, 6)

    assert [sense.hint.dateline for sense in found] == [True, False]
    assert [sense.hint.located for sense in found] == [False, True]
