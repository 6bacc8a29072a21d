"""Promises of the names of places on a map: each side has its own, and none is lost."""

from datetime import date

import geopandas as gpd
import pandas as pd
import pytest

from geomap.model import PlaceName
from geomap.symbology.name_policy import (
    MAIN_NAMES,
    named_by_policy,
    names_by_policy,
    names_policies,
    policy_words,
)

FORMS = (
    PlaceName("Ханкенди", "ru", "Side B"),
    PlaceName("Khankendi", "en", "Side B"),
    PlaceName("Stepanakert", "en", "Side A"),
    PlaceName("Ստեփանակերտ", "hy", "Side A"),
    PlaceName("Varanda", "en", "Side A", None, date(1923, 1, 1)),
)


def test_names_policies_are_those_that_the_places_allow() -> None:
    """A choice that changes nothing is no choice."""
    places = gpd.GeoDataFrame({"place_id": ["a", "b"], "name": ["A", "B"]})
    named = places.assign(names=pd.Series([FORMS] * 2, dtype="object"))

    assert names_policies(places) == {"source": "As in the gazetteer"}
    assert names_policies(named) == {
        "source": "As in the gazetteer",
        "all": "Every side's form",
        "side:Side A": "As used by: Side A",
        "side:Side B": "As used by: Side B",
        "lang:en": "In English",
        "lang:hy": "In Armenian",
        "lang:ru": "In Russian",
    }


def test_names_by_policy_give_each_side_its_own_form() -> None:
    """No side's form is dropped under "all", and a table prefers letters most can read."""
    names = names_by_policy("Khankendi", FORMS[:4])

    assert names["all"] == "Khankendi / Stepanakert"
    assert names["side:Side A"] == "Stepanakert"
    assert "side:Side B" not in names, "it is the main name"
    assert names["lang:hy"] == "Ստեփանակերտ"
    assert names_by_policy("Baku", ()) == {}


def test_a_place_without_the_form_keeps_its_main_name() -> None:
    """A policy leaves no place without a name."""
    places = gpd.GeoDataFrame({"name": ["Khankendi", "Baku"], "names": [FORMS[:4], ()]})

    assert named_by_policy(places, "side:Side A") == ["Stepanakert", "Baku"]
    assert named_by_policy(places, MAIN_NAMES) == ["Khankendi", "Baku"]
    assert named_by_policy(places[["name"]], "side:Side A") == ["Khankendi", "Baku"]


@pytest.mark.parametrize("policy", ["source", "all", "side:Side A", "lang:hy"])
def test_every_policy_can_be_stated_on_a_figure(policy: str) -> None:
    """A reader has to know whose names a map has."""
    words = policy_words(policy)

    assert words
    assert policy.partition(":")[2] in words
