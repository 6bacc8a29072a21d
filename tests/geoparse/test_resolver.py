"""Which place is the answer, how sure that is, and why, in words."""

from __future__ import annotations

import numpy as np
import pytest

from geomap.gazetteer import Gazetteer
from geomap.geoparse import geoparse, place_spans
from geomap.geoparse.candidates import Names
from geomap.geoparse.evidence import Hint, Sense
from geomap.geoparse.ranker import weights
from geomap.geoparse.reading import NameInText
from geomap.geoparse.resolver import best_place_of, home_of, resolve
from geomap.model import Article, Toponym, ToponymKind


@pytest.fixture(scope="module")
def names(world: Gazetteer) -> Names:
    """Return the tables of names of the whole world."""
    return Names(world)


def read(text: str, gazetteer: Gazetteer) -> dict[str, Toponym]:
    """Return the toponyms of a text by their words."""
    return {t.text: t for t in geoparse(Article("a", text), gazetteer).toponyms}


@pytest.mark.parametrize(
    ("text", "name", "place_id"),
    [
        ("A tornado hit Moscow, Idaho.", "Moscow", "gn:5601538"),
        ("A tornado hit Paris, Texas.", "Paris", "gn:4717560"),
        ("They met in Moscow, Russia.", "Moscow", "moscow"),
        ("Georgia's parliament in Tbilisi passed the law.", "Georgia", "iso:GE"),
        ("Voters in Georgia lined up in Atlanta and Savannah.", "Georgia", "adm1:US.GA"),
        ("The court sat in Kent, England.", "Kent", "adm2:GB.ENG.kent"),
        ("He lives in Kent, Ohio.", "Kent", "gn:5159537"),
        ("Fires spread near Spokane, Washington.", "Washington", "adm1:US.WA"),
        ("Ships met in the Gulf of Guinea.", "Gulf of Guinea", "region:gulf_of_guinea"),
        ("Floods hit the southern Philippines.", "Philippines", "iso:PH"),
    ],
)
def test_the_text_chooses_among_places_of_one_name(
    text: str, name: str, place_id: str, world: Gazetteer
) -> None:
    """Neither the largest nor a curated place wins against the words of the text."""
    place = read(text, world)[name].place

    assert place is not None
    assert place.place_id == place_id


def test_a_reason_is_told_in_words(world: Gazetteer) -> None:
    """A reader checks the answer by its reason and by the other candidates with their chances."""
    paris = read("A tornado hit Paris, Texas.", world)["Paris"]

    assert 'name "Paris"; town' in paris.reason
    assert "in Texas, as the text says" in paris.reason
    assert "of this name" in paris.reason
    chances = [candidate.score for candidate in paris.candidates]
    assert chances == sorted(chances, reverse=True)
    assert "gn:2988507" in {candidate.place_id for candidate in paris.candidates}
    assert sum(chances) <= 1.01


@pytest.mark.parametrize(
    ("kinds", "kind"),
    [
        (frozenset[ToponymKind](), ToponymKind.CITY),
        (frozenset({ToponymKind.ADMIN1, ToponymKind.ADMIN2}), ToponymKind.ADMIN1),
    ],
)
def test_a_town_and_its_province_are_one_answer(
    kinds: frozenset[ToponymKind], kind: ToponymKind, names: Names, world: Gazetteer
) -> None:
    """Both lie in one spot: their chances add up, and a noun says which is meant."""
    sense = Sense("Kirkuk", Hint(kinds=kinds), names.options("Kirkuk", None))
    sense.chances = np.full(len(sense.options), 0.9 / len(sense.options))

    number, chance = best_place_of(sense)

    assert sense.options.place(number, world).kind is kind
    assert chance == pytest.approx(0.9)


def test_must_place_answers_where_candidates_exist(names: Names) -> None:
    """A user who marks a span wants the best guess, with its doubt."""
    text = "Springfield"
    mentions = [NameInText(0, len(text), chance=0.05)]

    free = resolve(text, mentions, names, weights()).answers[0]
    forced = resolve(text, mentions, names, weights(), must_place=True).answers[0]

    assert free.place is None
    assert "fits the text well enough" in free.reason
    assert forced.place is not None
    assert not forced.is_sure


def test_the_end_of_a_road_is_no_second_witness(names: Names) -> None:
    """A name that occurs in the text and ends a road counts as one name."""
    text = "Paris"
    mention = [NameInText(0, 5)]

    once = resolve(text, mention, names, weights())
    with_road = resolve(text, mention, names, weights(), unwritten=["Paris", "PARIS", "Lyon"])

    assert len(once.senses) == 1
    assert [sense.text for sense in with_road.senses] == ["Paris", "Lyon"]


@pytest.mark.parametrize(
    ("publisher", "found"),
    [
        ("Chicago Tribune", True),
        ("The San Francisco Chronicle", True),
        ("Daily Qwerty", False),
        ("", False),
        (None, False),
        ("\ud800", False),
    ],
)
def test_home_of_a_publisher_is_in_its_name(
    publisher: str | None, names: Names, *, found: bool
) -> None:
    """A paper called after a large town is at home there; others are at home nowhere known."""
    assert (home_of(publisher, names) is not None) is found


def test_demonyms_are_a_track_of_their_own(world: Gazetteer) -> None:
    """A Russian minister is in no place; the list of people has the country."""
    text = "The Russian minister met Israeli officers in Baku."
    parsed = geoparse(Article("a", text), world)

    assert [t.text for t in parsed.toponyms] == ["Baku"]
    assert {t.text for t in parsed.demonyms} <= {"Russian", "Israeli"}
    assert parsed.demonyms
    assert all(t.place is not None and t.place.kind is ToponymKind.COUNTRY for t in parsed.demonyms)


def test_spans_of_one_text_help_each_other(world: Gazetteer) -> None:
    """Marked spans are resolved together, as recognised ones are."""
    text = "Paris, Texas"

    paris, texas = place_spans(Article("a", text), [(0, 5), (7, 12)], world)

    assert paris.place is not None
    assert texas.place is not None
    assert (paris.place.place_id, texas.place.place_id) == ("gn:4717560", "adm1:US.TX")
