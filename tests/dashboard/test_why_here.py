"""The card "why here": what matched, how sure, who lost, and nothing that is not known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import shapely
from tests.dashboard.conftest import doubtful_article

from geomap.dashboard.articles.article_cards import names_line, places_table
from geomap.dashboard.articles.text_marks import EVERY, Shown
from geomap.dashboard.articles.why_here import (
    Known,
    chance_words,
    codes_of,
    matched_words,
    position_words,
    why_blocks,
)
from geomap.dashboard.shared.blocks import Block
from geomap.model import Candidate, Place, PlaceName, Toponym, ToponymKind

NAMES = Known(countries={"AZ": "Azerbaijan", "IT": "Italy"})


def _named(name: str) -> Toponym:
    return next(one for one in doubtful_article().toponyms if one.text == name)


def _placed(name: str) -> Place:
    place = _named(name).place
    assert place is not None
    return place


def _facts(blocks: list[Block]) -> dict[str, str]:
    return dict(row for block in blocks if block["kind"] == "facts" for row in block["rows"])


def _listed(blocks: list[Block]) -> list[tuple[str, str]]:
    lists = [block["items"] for block in blocks if block["kind"] == "list"]
    return [(item["text"], item["note"]) for items in lists for item in items]


def _badges(blocks: list[Block]) -> list[str]:
    return [item["text"] for b in blocks if b["kind"] == "badges" for item in b["items"]]


def test_card_of_a_sure_name_says_what_matched_where_and_how_sure() -> None:
    """A reader without a gazetteer can check the answer."""
    blocks = why_blocks(_named("Abaköy"), NAMES)

    facts = _facts(blocks)
    assert list(facts)[:6] == ["In the text", "Name matched", "Place", "Kind", "At", "How sure"]
    assert facts["Name matched"] == "Abaköy (South, Turkish, 1990-01-01 to 1999-12-31)"
    assert facts["Place"] == "Aba, Azerbaijan"
    assert facts["Kind"] == "town or village"
    assert facts["At"] == "39.7600° north, 46.7500° east"
    assert facts["How sure"] == "97 % likely"
    assert facts["Why"].startswith("why Abaköy")
    assert facts["Known to"] == "2.0 km"
    assert (_badges(blocks), _listed(blocks)) == ([], [])


def test_card_of_an_uncertain_name_says_so_and_lists_who_lost() -> None:
    """Each other candidate has its chance, kind, country and reason; the chances add up to 1."""
    blocks = why_blocks(_named("Cece"), NAMES)

    assert _badges(blocks) == ["Uncertain: not drawn as sure"]
    first, second, none = _listed(blocks)
    assert first[0] == "Cece, Italy"
    assert first[1].startswith("25 % likely · district\nfar away")
    assert second == ("Cece Bay", "15 % likely · river, lake or sea\nanother form of its name")
    assert none == ("None of these", "5 % likely")
    assert codes_of(_named("Cece")) == {"AZ", "IT"}


def test_card_of_a_nested_name_says_that_an_organisation_is_meant() -> None:
    """A newspaper is not a place: a pin there would mislead."""
    blocks = why_blocks(_named("Bebe"))

    assert _badges(blocks) == ["Part of the name of an organisation"]
    facts = _facts(blocks)
    assert facts["Part of"].startswith("the name of an organisation")
    assert facts["Kind"] == "town or village"
    assert facts["Place"] == "Bebe, AZ"


def test_card_of_a_name_that_was_not_placed_lists_what_it_might_be() -> None:
    """No place is better than a wrong one, but the reader may know."""
    maybe = (Candidate("p", "Dede", 0.3, ToponymKind.CITY, "IT", "too little to go on"),)

    blocks = why_blocks(replace(_named("Dede"), candidates=maybe), NAMES)

    assert _badges(blocks) == ["Not placed"]
    assert _facts(blocks)["Place"].startswith("none: ")
    assert "How sure" not in _facts(blocks)
    assert "Places it might be (1)" in [block.get("text") for block in blocks]
    assert _listed(blocks)[0][0] == "Dede, Italy"
    assert _listed(blocks)[1] == ("None of these", "70 % likely")


def test_card_claims_no_share_for_none_of_these_where_scores_are_no_chances() -> None:
    """Scores of an older reading add up to more than 1."""
    losers = (Candidate("p", "Dede", 0.8), Candidate("q", "Dede", 0.7))

    listed = _listed(why_blocks(replace(_named("Dede"), candidates=losers)))

    assert [text for text, _ in listed] == ["Dede", "Dede"]


def test_card_of_a_country_does_not_name_it_twice() -> None:
    """Twice its name would look like a place inside it."""
    italy = replace(_placed("Abaköy"), name="Italy", kind=ToponymKind.COUNTRY, country_code="IT")

    facts = _facts(why_blocks(replace(_named("Abaköy"), place=italy), NAMES))

    assert facts["Place"] == "Italy"
    assert facts["At"].endswith("a point that stands for the whole area")


@pytest.mark.parametrize(
    ("score", "words"),
    [
        (0.92, "92 % likely"),
        (0.999, "over 99 % likely"),
        (0.001, "less than 1 % likely"),
        (0.5, "50 % likely"),
    ],
)
def test_chance_words_never_say_certain(score: float, words: str) -> None:
    """A hundred percent is more than any reading can promise."""
    assert chance_words(score) == words


@pytest.mark.parametrize(
    ("geometry", "words"),
    [
        (shapely.Point(-70.5, -33.25), "33.2500° south, 70.5000° west"),
        (shapely.LineString([(1, 2), (3, 2)]), "a line; its middle is at 2.0000° north, 2.0000° e"),
        (shapely.box(0, 0, 2, 2), "an area around 1.0000° north, 1.0000° east"),
        (None, "no coordinates are known"),
        (shapely.Point(), "no coordinates are known"),
    ],
)
def test_position_words_say_what_the_geometry_is(geometry: Any, words: str) -> None:
    """A road has no one position."""
    assert position_words(replace(_placed("Cece"), geometry=geometry)).startswith(words)


def test_matched_words_name_every_side_that_uses_the_form() -> None:
    """A form may belong to two sides and periods; a form without a known user has no note."""
    forms = (
        PlaceName("Aba", "en", "North"),
        PlaceName("Aba", None, "South", date(1990, 1, 1)),
        PlaceName("Aba", "xx", None, None, date(1980, 1, 1)),
        PlaceName("Ába"),
    )
    place = replace(_placed("Cece"), names=forms)

    words = "Aba (North, English; South, since 1990-01-01; xx, until 1980-01-01)"
    assert matched_words("Aba", place) == words
    assert matched_words("ABA", place) == words.replace("Aba (", "ABA (")
    assert matched_words("Ába", place) == "Ába"
    assert matched_words("Other", place) == "Other"


def test_names_line_counts_every_name_and_explains_only_what_is_seen() -> None:
    """The numbers add up, and a sign that is not in the text needs no explanation."""
    toponyms = doubtful_article().toponyms

    assert names_line(toponyms, EVERY) == (
        "5 place names: 3 placed, 1 uncertain, 1 not placed. Dashed, with a question mark: "
        "uncertain or not placed. A thin line: part of the name of an organisation."
    )
    sure = toponyms[:1]
    assert names_line(sure, EVERY) == "1 place name: 1 placed."
    only = Shown(only_uncertain=True)
    assert names_line(sure, only) == "1 place name: 1 placed. None of them is uncertain."
    assert names_line((), EVERY) == "No place name was found in this text."


def test_places_table_holds_what_is_shown_and_whether_it_is_sure() -> None:
    """The small map shows the same names as the text, with the same doubt."""
    toponyms = doubtful_article().toponyms

    every = places_table(toponyms)
    some = places_table(toponyms, Shown(nested=False))

    assert dict(zip(every["place_id"], every["is_sure"], strict=True)) == {
        "aba": True,
        "bebe": True,
        "cece": False,
    }
    assert list(some["place_id"]) == ["aba", "cece"]
    assert places_table(toponyms, Shown(only_uncertain=True))["place_id"].tolist() == ["cece"]
    assert places_table(()).empty
