"""The card of an event or a place: everything known is said, nothing unknown is made up."""

from datetime import date
from typing import Any

import pandas as pd
import shapely

from geomap.dashboard.map.event_card import (
    ROUGH,
    EventContext,
    JoinedPlace,
    NearEvent,
    event_blocks,
    evidence_of,
    near_blocks,
)
from geomap.dashboard.map.place_card import Naming, PlaceContext, place_blocks
from geomap.dashboard.shared.event_words import where_of
from geomap.model import Article, Place, PlaceName, ToponymKind
from geomap.tables import events_table

ARTICLE = Article("a1", "Before it. Trucks were turned back. After it.", title="Day of trucks")
PLACE = Place(
    place_id="p1",
    name="Aba",
    names=(PlaceName("Aba", "en", "North"), PlaceName("Ába", "xx", "South", date(2020, 1, 1))),
    feature_class="P",
    feature_code="PPL",
    kind=ToponymKind.CITY,
    geometry=shapely.Point(1, 2),
    uncertainty_km=0.4,
    country_code=None,
    layer="curated",
    source="a survey",
    licence="CC0",
    valid_from=date(2020, 1, 1),
)


def _event(**cells: Any) -> dict[str, Any]:
    row = {
        "event_id": "t:1",
        "event_date": pd.Timestamp(2022, 12, 10),
        "event_date_end": pd.Timestamp(2022, 12, 10),
        "date_precision": "day",
        "event_type": "Blockade",
        "status": "prevented",
        "geo_precision": "near",
        "uncertainty_km": 2.5,
        "geometry": shapely.Point(1, 2),
        **cells,
    }
    return dict(events_table([row]).iloc[0])


def _facts(blocks: list[dict[str, Any]]) -> dict[str, str]:
    return dict(row for block in blocks if block["kind"] == "facts" for row in block["rows"])


def test_event_card_says_days_place_precision_and_status_in_words() -> None:
    """A reader who knows no codes must understand how sure each part is."""
    blocks = event_blocks(_event(), EventContext(origin="file.csv, row 7"))

    facts = _facts(blocks)
    badges = next(block["items"] for block in blocks if block["kind"] == "badges")
    assert facts["When"] == "10 December 2022"
    assert facts["Where"] == "within 2.5 km of this point"
    assert facts["From"] == "file.csv, row 7"
    assert badges[1] == {"text": "Prevented: it did not take place", "strong": True}


def test_event_card_leaves_out_what_is_not_known() -> None:
    """An empty line would look like a fact."""
    facts = _facts(event_blocks(_event(event_date=None, event_date_end=None, date_precision=None),
                                EventContext()))  # fmt: skip

    assert facts["When"] == "undated"
    assert "Fatalities" not in facts
    assert "Actors" not in facts
    assert facts["Source"] == "not stated"


def test_event_card_highlights_the_sentence_to_the_letter() -> None:
    """The evidence is the text itself, at its own place in the article."""
    event = _event(article_id="a1", evidence="[[11, 35]]")

    quote = next(
        block
        for block in event_blocks(event, EventContext(article=ARTICLE))
        if block["kind"] == "quote"
    )

    assert quote["mark"] == "Trucks were turned back."
    assert quote["before"] == "Before it. "
    assert quote["source"] == "Day of trucks"


def test_evidence_that_cannot_be_read_is_no_evidence() -> None:
    """A table of somebody else may hold anything in that column."""
    assert evidence_of(_event(evidence="{not json")) == []
    assert evidence_of(_event(evidence='["a"]')) == []
    assert evidence_of(_event()) == []


def test_event_card_names_both_sides_names_and_possible_places() -> None:
    """No side's name is the name; a place that is only possible is said to be so."""
    joined = JoinedPlace("z", "Zone", "near", 1520.0, certain=False)

    blocks = event_blocks(_event(), EventContext(places=[PLACE], joined=[joined]))

    assert _facts(blocks)["Names"] == "North: Aba (en)\nSouth: Ába (xx)"
    listed = [b["items"] for b in blocks if b["kind"] == "list"]
    assert listed == [[{"text": "Zone", "note": "possibly near, 1.5 km away", "action": "place:z"}]]


def test_fatalities_keep_their_range() -> None:
    """A best guess without its range claims more than the source does."""
    both = _event(fatalities=3, fatalities_low=2, fatalities_high=5)
    low = _event(fatalities_low=2)

    assert _facts(event_blocks(both, EventContext()))["Fatalities"] == "3 (2 to 5)"
    assert _facts(event_blocks(low, EventContext()))["Fatalities"] == "2 to ?"


def test_where_of_knows_every_precision_word() -> None:
    """A new word in the model must not break the card."""
    from geomap.model import GeoPrecision

    for word in GeoPrecision:
        assert where_of({"geo_precision": word.value, "uncertainty_km": float("nan")})


def test_place_card_lists_who_names_it_and_what_happened_there() -> None:
    """One card answers both questions, and says so when there is no answer."""
    context = PlaceContext(
        [Naming("a1", "Day of trucks", "The trucks left Aba.")], [("t:1", "Blockade", "10 Dec")]
    )

    blocks = place_blocks([PLACE], context)
    empty = place_blocks([PLACE], PlaceContext())

    listed = [block["items"][0] for block in blocks if block["kind"] == "list"]
    assert listed[0]["text"] == "The trucks left Aba."
    assert listed[0]["action"] == "article:a1"
    assert listed[1]["action"] == "event:t:1"
    assert _facts(blocks)["Known to"] == "400 m"
    assert "No article of this workspace names it." in [block.get("text") for block in empty]


def test_near_events_say_how_near_and_admit_what_is_rough() -> None:
    """A distance from the middle of a province is no distance of events."""
    near = [
        NearEvent("t:2", "A march", "12 December 2022", 420.0, 2),
        NearEvent("t:3", "Talks", "9 December 2022", 0.0, -1),
        NearEvent("t:4", "Clash", "10 December 2022", 12_300.0, 0),
    ]

    listed = near_blocks(near, is_rough=True)
    assert [item["note"] for item in listed[1]["items"]] == [
        "420 m away · 2 days later · 12 December 2022",
        "at the same point · 1 day earlier · 9 December 2022",
        "12 km away · the same days · 10 December 2022",
    ]
    assert listed[1]["items"][0]["action"] == "event:t:2"
    assert listed[2]["text"] == ROUGH
    assert len(near_blocks(near, is_rough=False)) == 2
    assert near_blocks([], is_rough=True) == []


def test_event_card_has_a_link_that_can_be_copied() -> None:
    """An event is cited by its address."""
    blocks = event_blocks(_event(), EventContext(link="http://127.0.0.1/?event=t%3A1"))

    assert {
        "kind": "copy", "label": "Link to this event", "text": "http://127.0.0.1/?event=t%3A1"
    } in blocks  # fmt: skip
