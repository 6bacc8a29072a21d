"""Names inside names of organisations: a kind of their own, and no more than that."""

from __future__ import annotations

from datetime import date

import pytest

from geomap.gazetteer import Gazetteer
from geomap.geoparse import geoparse
from geomap.geoparse.gazetteer_mentions import organisation_runs
from geomap.geoparse.reading import read_text
from geomap.incidents import read_article
from geomap.model import Article, ToponymKind


def kinds(text: str, gazetteer: Gazetteer) -> dict[str, ToponymKind]:
    """Return the kind of each toponym of a text by its words."""
    found = geoparse(Article("a", text), gazetteer).toponyms
    return {t.text: t.kind for t in found}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The University of Tehran opened a branch.", "Tehran"),
        ("Tehran University opened a branch.", "Tehran"),
        ("The Chicago Tribune reported it.", "Chicago"),
        ("A spokesman for the Bank of Cyprus declined to comment.", "Cyprus"),
    ],
)
def test_a_place_in_the_name_of_an_organisation_is_nested(
    text: str, name: str, world: Gazetteer
) -> None:
    """A reader can leave such names out."""
    assert kinds(text, world)[name] is ToponymKind.NESTED


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Police in Cairns, Queensland, searched the reef.", "Cairns"),
        ("Police in Xinjiang detained two men.", "Xinjiang"),
        ("FIVE KILLED AS TRAIN DERAILS NEAR LYON IN FRANCE", "LYON"),
        ("He lives in the Republic of Ireland.", "Republic of Ireland"),
        ("It rained across the whole of Northern Ireland.", "Northern Ireland"),
        ("They fought across the Democratic Republic of the Congo.",
         "Democratic Republic of the Congo"),
    ],
)  # fmt: skip
def test_a_place_beside_an_organisation_is_not_nested(
    text: str, name: str, world: Gazetteer
) -> None:
    """A find by "police in X" happened in X; nested names place nothing."""
    assert kinds(text, world)[name] is not ToponymKind.NESTED


def test_the_second_pass_finds_what_the_tagger_left_out(world: Gazetteer) -> None:
    """Each large name in an organisation's name is shown, unless it is switched off."""
    article = Article("a", "The Tehran Times wrote about it.")
    (toponym,) = geoparse(article, world).toponyms

    assert (toponym.text, toponym.kind) == ("Tehran", ToponymKind.NESTED)
    plain = geoparse(article, world, nested=False).toponyms
    assert not [t for t in plain if t.kind is ToponymKind.NESTED]


def test_words_of_a_headline_in_capitals_are_no_names(world: Gazetteer) -> None:
    """Everything is written large there; small words are still small words."""
    found = kinds("OFFICERS SAY BANK ROBBERS FLED TO MARSEILLE AS AC MILAN WON", world)

    assert not {"SAY", "TO", "AS"} & found.keys()
    assert found.get("MARSEILLE") is not ToponymKind.NESTED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Bank of Baku failed.", ["The Bank of Baku"]),
        ("Police in Baku met.", []),
        ("It met. University Hospital Zurich closed.", ["University Hospital Zurich"]),
        ("In the Republic of Ireland it rained.", []),
        ("The Arizona Republic wrote.", ["The Arizona Republic"]),
    ],
)
def test_organisation_runs_need_a_head(text: str, expected: list[str], small: Gazetteer) -> None:
    """A row of capitals alone is no organisation."""
    tokens = read_text(text, small).tokens

    found = [text[tokens[a].start : tokens[b - 1].end] for a, b in organisation_runs(tokens)]
    assert found == expected


def test_nothing_that_happened_is_placed_by_a_nested_name(world: Gazetteer) -> None:
    """A bomb of which the Tehran Times writes did not go off in Tehran."""
    article = Article("a", "A bomb killed four people on Friday, the Tehran Times reported.",
                      published=date(2023, 3, 1))  # fmt: skip

    parsed = read_article(article, world)

    assert [t.text for t in parsed.toponyms if t.kind is ToponymKind.NESTED] == ["Tehran"]
    assert all(not incident.places for incident in parsed.incidents)


def test_a_name_inside_a_street_is_judged_by_the_words_beside_it(world: Gazetteer) -> None:
    """The road was mended, wherever in the text it is named; not the town it is called after."""
    text = "The lane was closed again on Friday. College Station Road at the plant was repaired."

    assert kinds(text, world)["College Station"] is ToponymKind.NESTED
