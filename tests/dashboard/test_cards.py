"""The cards of an event and a place: what is known is there, nothing unknown is made up."""

from datetime import date
from typing import Any

import pandas as pd
import shapely

from geomap.dashboard.map.event_card import (
    ROUGH,
    EventContext,
    event_blocks,
    evidence_of,
    excerpt,
    join_words,
    near_blocks,
    where_of,
)
from geomap.dashboard.map.place_card import place_blocks
from geomap.dashboard.shared import blocks as b
from geomap.dashboard.shared.blocks import Block
from geomap.engine.nearby import Near
from geomap.model import Article, GeoPrecision, Place, PlaceName, ToponymKind
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


def day(number: int) -> pd.Timestamp:
    """Return a day of December 2022."""
    return pd.Timestamp(2022, 12, number)


def _event(**cells: Any) -> dict[str, Any]:
    row = {
        "event_id": "t:1",
        "event_date": day(10),
        "event_date_end": day(10),
        "date_precision": "day",
        "event_type": "Blockade",
        "status": "prevented",
        "geo_precision": "near",
        "uncertainty_km": 2.5,
        "geometry": shapely.Point(1, 2),
        **cells,
    }
    return dict(events_table([row]).iloc[0])


def _facts(blocks: list[Block]) -> dict[str, str]:
    return dict(row for block in blocks if block["kind"] == "facts" for row in block["rows"])


def test_event_card_gives_days_place_precision_and_status_in_words() -> None:
    """A reader without the codes must understand how sure each part is."""
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


def test_excerpt_shows_the_sentence_with_whole_words_around_it() -> None:
    """A reader sees where the sentence is, and that the text goes on."""
    text = "one two three FOUR five six seven"
    start = text.index("FOUR")

    part = excerpt(text, start, start + 4, around=8)

    assert part == {"before": "… three ", "mark": "FOUR", "after": " five …"}


def test_evidence_that_cannot_be_read_is_no_evidence() -> None:
    """A table of another program may contain anything in that column."""
    assert evidence_of(_event(evidence="{not json")) == []
    assert evidence_of(_event(evidence='["a"]')) == []
    assert evidence_of(_event()) == []


def test_event_card_names_both_sides_names_and_possible_places() -> None:
    """No side's name comes first; a place that is only possible is marked as such."""
    join = {"relation": "near", "metres": 1520.0, "certain": False}
    joined = b.item("Zone", join_words(join), action="place:z")

    blocks = event_blocks(_event(), EventContext(places=[PLACE], joined=[joined]))

    assert _facts(blocks)["Names"] == "North: Aba (en)\nSouth: Ába (xx)"
    listed = [block["items"] for block in blocks if block["kind"] == "list"]
    assert listed == [[{"text": "Zone", "note": "possibly near, 1.5 km away", "action": "place:z"}]]


def test_fatalities_keep_their_range() -> None:
    """A best guess without its range claims more than the source does."""
    both = _event(fatalities=3, fatalities_low=2, fatalities_high=5)
    low = _event(fatalities_low=2)

    assert _facts(event_blocks(both, EventContext()))["Fatalities"] == "3 (2 to 5)"
    assert _facts(event_blocks(low, EventContext()))["Fatalities"] == "2 to ?"


def test_where_of_accepts_every_precision_word() -> None:
    """A new word in the model must not break the card."""
    for word in GeoPrecision:
        assert where_of({"geo_precision": word.value, "uncertainty_km": float("nan")})


def test_place_card_lists_who_names_it_and_what_happened_there() -> None:
    """One card answers both questions, or states that there is no answer."""
    naming = b.item("The trucks left Aba.", "Day of trucks", action="article:a1")
    event = b.item("Blockade", "10 Dec", action="event:t:1")

    blocks = place_blocks([PLACE], [naming], [event], 1)
    empty = place_blocks([PLACE], [], [], 0)

    listed = [block["items"][0] for block in blocks if block["kind"] == "list"]
    assert listed[0]["text"] == "The trucks left Aba."
    assert listed[0]["action"] == "article:a1"
    assert listed[1]["action"] == "event:t:1"
    assert _facts(blocks)["Known to"] == "400 m"
    assert "No article of this workspace names it." in [block.get("text") for block in empty]


def test_near_events_say_how_near_and_admit_what_is_rough() -> None:
    """A distance from the middle of a province is not the distance of an event."""
    near = [
        Near(_event(event_id="t:2", event_date=day(12), event_date_end=day(12)), 420.0, 2),
        Near(_event(event_id="t:3", event_date=day(9), event_date_end=day(9)), 0.0, -1),
        Near(_event(event_id="t:4"), 12_300.0, 0),
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
