"""The card of one place: its names, the articles that name it, the events there."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.dashboard.map.event_card import CLOSE
from geomap.dashboard.shared import blocks
from geomap.dashboard.shared.blocks import Block
from geomap.dashboard.shared.event_words import names_in_words, radius_words
from geomap.model import Place


def place_blocks(
    versions: Sequence[Place], namings: Sequence[Block], events: Sequence[Block], number: int
) -> list[Block]:
    """Return the card of a place.

    Parameters
    ----------
    versions
        Dated versions of one gazetteer entry, at least one.
    namings, events
        List entries: sentences that name it, and the newest events joined with it.
    number
        How many events are joined with it in the window.
    """
    place = versions[0]
    facts = [
        ("Names", names_in_words(place)),
        ("True", "\n".join(dict.fromkeys(map(_validity, versions)))),
        ("Known to", radius_words(place.uncertainty_km)),
        ("Source", f"{place.source} ({place.licence})"),
    ]
    return [
        blocks.title(place.name),
        blocks.badges({"text": place.kind.value}),
        blocks.facts(facts),
        blocks.heading("Articles that name it", len(namings)),
        blocks.listing(namings, "No article of this workspace names it."),
        blocks.heading("Events joined with it in these days", number),
        blocks.listing(events, "None in these days. Widen the dates."),
        CLOSE,
    ]


def _validity(place: Place) -> str:
    if place.valid_from is None and place.valid_to is None:
        return "at all times"
    return f"{place.valid_from or '…'} to {place.valid_to or 'now'}"
