"""Recognised names: with the trained tagger, without it, and in other languages."""

from __future__ import annotations

import pytest

from geomap.gazetteer import Gazetteer
from geomap.geoparse import geoparse, recogniser, sentences
from geomap.geoparse.data_tables import ENGLISH
from geomap.geoparse.languages import languages_of
from geomap.geoparse.reading import NameInText, read_text
from geomap.geoparse.recogniser import closed, find_mentions, means_people, tagger
from geomap.geoparse.tokens import tokenise
from geomap.model import Article, ToponymKind


def texts(text: str, gazetteer: Gazetteer, *, use_model: bool = True) -> list[str]:
    """Return the toponyms of a text as they are written."""
    return [t.text for t in geoparse(Article("a", text), gazetteer, use_model=use_model).toponyms]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A bomb went off in Paris.", ["Paris"]),
        ("Talks went on in Paris, Texas, and in Moscow.", ["Paris", "Texas", "Moscow"]),
        ("The Treaty of Paris was signed.", []),
        ("Mr Paris spoke to the Russian minister.", []),
        ("Somali pirates seized a ship.", []),
        ("Floods hit the Philippines and Laos.", ["Philippines", "Laos"]),
    ],
)
def test_rules_alone_find_places(text: str, expected: list[str], world: Gazetteer) -> None:
    """The model file may be left out: the product must go on working."""
    found = geoparse(Article("a", text), world, use_model=False).toponyms

    assert [t.text for t in found if t.kind is not ToponymKind.NESTED] == expected


def test_a_missing_model_file_means_rules(
    monkeypatch: pytest.MonkeyPatch, world: Gazetteer
) -> None:
    """Without the file the result is that of the rules."""
    text = "A bomb went off in Paris, and the Treaty of Rome was signed near Bria."
    tagger.cache_clear()
    monkeypatch.setattr(recogniser, "_model", lambda: None)
    try:
        without = geoparse(Article("a", text), world)
    finally:
        tagger.cache_clear()

    assert without == geoparse(Article("a", text), world, use_model=False)
    assert [t.text for t in without.toponyms if t.place][:1] == ["Paris"]


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("Two people were killed in the north of the country on Friday.", True),
        ("Fire in Paris", True),
        ("PARIS", True),
        ("", True),
        ("12, 13, 14.", True),
        ("Görüş Bakıda keçirilib.", False),
        ("В Ереване прошла встреча.", False),
        ("Հանդիպումը Երևանում էր։", False),
        ("Le ministre des affaires étrangères a rencontré son homologue à Paris lundi.", False),
        ("Der Minister hat gestern in Berlin mit seinem Kollegen gesprochen und reiste ab.", False),
        ("El ministro viajó ayer a Madrid para hablar con sus colegas sobre comercio.", False),
        ("Bakan dün Ankara'da mevkidaşı ile görüştü ve daha sonra İstanbul'a gitti.", False),
    ],
)
def test_languages_of_tells_english_apart(text: str, *, english: bool) -> None:
    """The tagger has only seen English; of other languages it would make nonsense."""
    found = languages_of(tokenise(text, sentences(text)))

    assert all((language in {ENGLISH, ""}) is english for language in found)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("Calif. fires", "Calif."),
        ("N.J. fires", "N.J."),
        ("N.J fires", "N.J"),
        ("Paris. Then", "Paris"),
        ("Harris Co. sheriff", "Harris"),
        ("Wash. state", "Wash."),
        ("Calif fires", "Calif"),
    ],
)
def test_closed_keeps_the_stop_of_an_abbreviation(text: str, end: str) -> None:
    """The full stop of "Calif." is a part of the name, that of a sentence is not."""
    length = len(end.rstrip("."))

    assert text[: closed(text, 0, length)] == end


def test_a_word_lends_its_chance_to_the_same_word(world: Gazetteer) -> None:
    """One clear "in Goma" makes the others likelier; a document is read as a whole."""
    alone = read_text("Goma fell.", world)
    told = read_text("They live in Goma. They fought near Goma. Goma fell.", world)

    def chance(mentions: list[NameInText]) -> float:
        return mentions[-1].chance if mentions else 0.0

    once, again = (find_mentions(reading, tagger()) for reading in (alone, told))
    assert chance(again) > chance(once)
    assert len(again) == 3


@pytest.mark.parametrize(
    ("word", "people"),
    [
        ("Russian", True),
        ("Somali", True),
        ("Philippines", False),
        ("Laos", False),
        ("Balkans", False),
        ("table", False),
    ],
)
def test_means_people_is_not_misled_by_plurals(
    word: str, world: Gazetteer, *, people: bool
) -> None:
    """The Philippines are a country, not several people."""
    assert means_people(word, world) is people


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Houthi rebels attacked a tanker in the Gulf of Aden off Yemen.", "Gulf of Aden"),
        ("The cyclone made landfall near Cox's Bazar, Bangladesh.", "Cox's Bazar"),
    ],
)
def test_the_end_of_a_longer_known_name_is_the_longer_name(
    text: str, name: str, world: Gazetteer
) -> None:
    """Aden is a town: a ship in the Gulf of Aden is not there."""
    found = texts(text, world)

    assert name in found
    assert name.rsplit(maxsplit=1)[-1] not in found


def test_widened_joins_nothing_over_a_possessive_that_is_no_name(world: Gazetteer) -> None:
    """A town and a part of it are two places."""
    found = texts("A council in London's Camden objected.", world)

    assert found == ["London", "Camden"]
