"""Promises of the data and the files of the filters."""

from __future__ import annotations

import json

from geomap.maps.assets import component_files
from geomap.maps.filter_component import (
    filters_data,
    listed_words,
    ranked_words,
)
from geomap.vocabulary.criteria import FACETS

NAMES = tuple(criterion.name for criterion in FACETS)


def test_filters_data_names_every_criterion_and_is_json() -> None:
    """The script finds a list for each criterion, also where there is nothing to choose."""
    data = filters_data(
        channel="c",
        words={"type": ["Battles", None]},
        totals={"type": [3, 1]},
        chosen={"type": frozenset({None, "Riots", "Battles"})},
    )

    assert json.loads(json.dumps(data)) == data
    assert tuple(data["words"]) == tuple(data["totals"]) == tuple(data["chosen"]) == NAMES
    assert data["words"]["type"] == ["Battles", None]
    assert data["words"]["batch"] == data["totals"]["batch"] == data["chosen"]["batch"] == []
    assert data["chosen"]["type"] == ["Battles", "Riots", None]
    assert (data["colourBy"], data["density"]) == ("type", "auto")
    assert data["labels"] == {name: {} for name in NAMES}


def test_ranked_words_puts_the_most_frequent_first_and_not_stated_last() -> None:
    """Whoever filters looks for what there is most of; a gap in the data is no category."""
    words, totals = ranked_words({None: 9, "riot": 2, "battle": 2, "talks": 5})

    assert words == ["talks", "battle", "riot", None]
    assert totals == [5, 2, 2, 9]
    assert ranked_words({"b1": 1, "b2": 1}, {"b1": "later.csv", "b2": "a.csv"})[0] == ["b2", "b1"]


def test_listed_words_offers_a_choice_or_the_legend_of_the_colours() -> None:
    """A list with one word filters nothing; that of the types says what the colours mean."""
    by_name = {criterion.name: criterion for criterion in FACETS}

    assert listed_words(by_name["country"], {"Chad": 3}) == ([], [])
    assert listed_words(by_name["country"], {None: 1, "Chad": 3}) == (["Chad", None], [3, 1])
    assert listed_words(by_name["type"], {"Battles": 3}) == (["Battles"], [3])
    closed = listed_words(by_name["status"], {"denied": 9, "reported": 1, None: 2})
    assert closed == (["reported", "denied", None], [1, 9, 2])


def test_filter_files_are_one_script_with_an_export() -> None:
    """Streamlit takes one script, and calls its default export."""
    assert " as default" in component_files("filters")["js"]
    assert "Clear filters" in component_files("filters")["html"]
