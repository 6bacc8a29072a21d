"""Titles of events: the text's own words, short enough for a card."""

from collections.abc import Callable

import pytest

from geomap.incidents.titles import MOST
from geomap.model import GeoparsedArticle

Read = Callable[..., GeoparsedArticle]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("A bomb exploded in Kaduna on 12 June.", "A bomb exploded in Kaduna on 12 June"),
        ("A bomb exploded in Jos on 2 June, police said.", "A bomb exploded in Jos on 2 June"),
        (
            "Gunmen attacked Jos on 12 June, and protesters marched in Cali on 13 June.",
            "Protesters marched in Cali on 13 June",
        ),
        (
            "The talks of the army and the rebels ended in a clash near Jos on 12 June.",
            "The talks of the army and the rebels ended in a clash near Jos on 12 June",
        ),
    ],
)
def test_title_is_the_clause_in_the_words_of_the_text(read: Read, text: str, title: str) -> None:
    """A reader recognises the report in its title, and nothing is put into its mouth."""
    assert title in [incident.title for incident in read(text).incidents]


@pytest.mark.parametrize(
    ("text", "ending"),
    [
        ("The rebels claimed that their men had shelled Kaduna on 12 June.", " (claimed)"),
        ("The ministry denied that its planes had bombed Kaduna on 12 June.", " (denied)"),
        ("A protest will be held in Kaduna on 20 June.", " (planned)"),
        ("A rally in Kaduna on 12 June was called off.", " (prevented)"),
    ],
)
def test_title_says_what_did_not_happen_for_sure(read: Read, text: str, ending: str) -> None:
    """A clause cut out of its sentence must not turn a claim into a fact."""
    (incident,) = read(text).incidents

    assert incident.title.endswith(ending)


def test_title_is_never_longer_than_a_card(read: Read) -> None:
    """A clause of a hundred words is shortened around what happened."""
    text = (
        "A bomb exploded in Kaduna on 12 June near the old market where traders of cloth and of "
        "grain had come together early for the yearly fair of the whole region and its towns."
    )
    (incident,) = read(text).incidents

    assert len(incident.title) <= MOST + 1
    assert incident.title.startswith("A bomb exploded in Kaduna")
    assert incident.title.endswith("…")


def test_title_of_a_second_place_names_that_place(read: Read) -> None:
    """Of "in A on 6 May and in B on 9 May" the second part holds no word for what happened."""
    parsed = read("Protesters marched in Jos on 6 June and in Kaduna on 9 June.")

    assert [incident.title for incident in parsed.incidents][1] == "Protest in Kaduna"
