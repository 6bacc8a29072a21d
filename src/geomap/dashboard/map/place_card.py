"""What the card beside the map says of one place: its names, who names it, what happened there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from geomap.dashboard.map.event_card import CLOSE, Block
from geomap.dashboard.shared.event_words import distance_words, names_in_words
from geomap.model import Place

MOST_LISTED = 60


@dataclass(frozen=True, slots=True)
class Naming:
    """A sentence in which an article names a place."""

    article_id: str
    title: str
    sentence: str
    published: str = ""


@dataclass(frozen=True, slots=True)
class PlaceContext:
    """What a card says of a place beside its gazetteer entry."""

    namings: Sequence[Naming] = ()
    events: Sequence[tuple[str, str, str]] = field(default=())
    """Events joined with it in the window: id, title, days and relation in words."""
    number: int | None = None
    """How many such events there are, when `events` are only the newest of them."""


def place_blocks(versions: Sequence[Place], context: PlaceContext) -> list[Block]:
    """Return the card of a place: its names, when it is true, who names it, what happened.

    Parameters
    ----------
    versions, context
        Dated versions of one gazetteer entry, at least one; what other tables say of it.

    Returns
    -------
    blocks
        For `components.panel`.
    """
    place = versions[0]
    facts = [
        ("Names", names_in_words(place)),
        ("True", "\n".join(dict.fromkeys(_validity(version) for version in versions))),
        (
            "Known to",
            "" if place.uncertainty_km is None else distance_words(place.uncertainty_km * 1000),
        ),
        ("Source", f"{place.source} ({place.licence})"),
    ]
    namings = [
        {"text": n.sentence, "note": " · ".join(p for p in (n.title, n.published) if p),
         "action": f"article:{n.article_id}"}
        for n in context.namings
    ]  # fmt: skip
    events = [
        {"text": title, "note": note, "action": f"event:{event_id}"}
        for event_id, title, note in context.events[:MOST_LISTED]
    ]
    return [
        {"kind": "title", "text": place.name},
        {"kind": "badges", "items": [{"text": place.kind.value}]},
        {"kind": "facts", "rows": [(name, value) for name, value in facts if value]},
        *_listed(
            _with_number("Articles that name it", len(namings)),
            namings,
            "No article of this workspace names it.",
        ),
        *_listed(
            _with_number(
                "Events joined with it in these days",
                len(context.events) if context.number is None else context.number,
            ),
            events,
            "None in these days. Widen the dates.",
        ),
        *CLOSE,
    ]


def _with_number(heading: str, number: int) -> str:
    return f"{heading} ({number:,})" if number else heading


def _listed(heading: str, items: list[Block], empty: str) -> list[Block]:
    body = {"kind": "list", "items": items} if items else {"kind": "quiet", "text": empty}
    return [{"kind": "heading", "text": heading}, body]


def _validity(place: Place) -> str:
    if place.valid_from is None and place.valid_to is None:
        return "at all times"
    return f"{place.valid_from or '…'} to {place.valid_to or 'now'}"
