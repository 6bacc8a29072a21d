"""The card of one event, made of rows and records only.

A missing value is either reported as missing or left out; nothing is made up.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geomap.dashboard.shared import blocks
from geomap.dashboard.shared.blocks import Block
from geomap.dashboard.shared.event_words import (
    days_of,
    distance_words,
    event_item,
    names_in_words,
    radius_words,
    text_of,
    title_of,
)
from geomap.dates import words_of_span
from geomap.engine.nearby import Near
from geomap.model import Article, GeoPrecision, Place

_STATUS_WORDS = {
    "reported": "Reported",
    "claimed": "Claimed by one side",
    "planned": "Planned",
    "prevented": "Prevented: it did not take place",
    "denied": "Denied",
}
_PRECISION_WORDS = {
    GeoPrecision.EXACT: "at the place itself",
    GeoPrecision.ADMIN2: "somewhere in this district; the exact place is not known",
    GeoPrecision.ADMIN1: "somewhere in this province; the exact place is not known",
    GeoPrecision.REGION: "somewhere in this region; the exact place is not known",
    GeoPrecision.COUNTRY: "somewhere in this country; the exact place is not known",
    GeoPrecision.LINE: "along this road",
    GeoPrecision.APPROXIMATE_LINE: "along a road whose course is not known: drawn straight",
    GeoPrecision.ZONE: "somewhere in this area",
    GeoPrecision.UNKNOWN: "how exactly the place is known is not stated",
}
ROUGH = (
    "Distances are between the points that are drawn. Where a place is known only roughly, "
    "so is its distance."
)
CLOSE = blocks.actions(("Close", "close"))


@dataclass(frozen=True, slots=True)
class EventContext:
    """What the card of an event needs besides its row.

    `places` are those of the event, `joined` list entries of the places it lies at or near,
    `origin` its file and row in words, `link` an address that opens the event.
    """

    places: Sequence[Place] = ()
    joined: Sequence[Block] = ()
    article: Article | None = None
    origin: str | None = None
    colour: str | None = None
    link: str = ""


def event_blocks(event: Mapping[str, Any], context: EventContext) -> list[Block]:
    """Return the card of an event, given its row of the events table."""
    card = [
        blocks.title(title_of(event)),
        _badges(event, context.colour),
        blocks.facts(_facts(event, context)),
        *_evidence_blocks(event, context.article),
    ]
    notes = text_of(event, "notes")
    if notes and not (context.article and notes in context.article.text):
        card += [blocks.heading("Notes"), blocks.paragraph(notes)]
    if context.joined:
        card += [blocks.heading("Joined places"), blocks.listing(context.joined)]
    if url := text_of(event, "source_url"):
        card.append({"kind": "link", "text": "Open the source", "url": url})
    names = [("Names", names_in_words(place)) for place in context.places]
    card.append(blocks.facts([*names, ("Id", str(event["event_id"]))]))
    if context.link:
        card.append({"kind": "copy", "label": "Link to this event", "text": context.link})
    return [*card, CLOSE]


def _badges(event: Mapping[str, Any], colour: str | None) -> Block:
    badges: list[Block] = [{"text": text_of(event, "event_type") or "no type", "colour": colour}]
    if status := text_of(event, "status"):
        text = _STATUS_WORDS.get(status, status)
        badges.append({"text": text, "strong": status != "reported"})
    return blocks.badges(*badges)


def _facts(event: Mapping[str, Any], context: EventContext) -> list[tuple[str, str]]:
    where = (text_of(event, "place_name"), where_of(event))
    return [
        ("When", days_of(event)),
        ("Where", "\n".join(part for part in where if part)),
        ("Actors", blocks.dotted(text_of(event, "actor1"), text_of(event, "actor2"))),
        ("Fatalities", _fatalities(event)),
        ("Source", text_of(event, "source") or "not stated"),
        ("From", context.origin or ""),
        ("Gone", _gone(event)),
        ("Look at", (text_of(event, "flags") or "").replace(";", ", ").replace("_", " ")),
    ]


def where_of(event: Mapping[str, Any]) -> str:
    """Return how exactly the place of an event is known, in words."""
    precision = text_of(event, "geo_precision") or GeoPrecision.UNKNOWN.value
    radius = radius_words(event.get("uncertainty_km"))
    if precision == GeoPrecision.NEAR:
        return f"within {radius} of this point" if radius else "near this point"
    words = _PRECISION_WORDS.get(GeoPrecision(precision), precision)
    return f"{words} (known to {radius})" if radius else words


def _fatalities(event: Mapping[str, Any]) -> str:
    best, low, high = (
        None if (v := event.get(n)) is None or pd.isna(v) else int(v)
        for n in ("fatalities", "fatalities_low", "fatalities_high")
    )
    span = f"{low if low is not None else '?'} to {high if high is not None else '?'}"
    has_span = (low is not None or high is not None) and not (low == high == best)
    if best is None:
        return span if has_span else ""
    return f"{best:,} ({span})" if has_span else f"{best:,}"


def _gone(event: Mapping[str, Any]) -> str:
    """Return the sentence on an event that a newer release lacks; "" for any other."""
    since = event.get("gone_since")
    if since is None or pd.isna(since):
        return ""
    day = words_of_span(since.date(), since.date(), "day")
    return f"The newer release of its source taken in on {day} no longer has it; it stays here."


def evidence_of(event: Mapping[str, Any]) -> list[tuple[int, int]]:
    """Return the offsets that support an event, none when the cell is missing or unreadable."""
    try:
        pairs = json.loads(text_of(event, "evidence") or "[]")
        return [(int(start), int(end)) for start, end in pairs]
    except (ValueError, TypeError):
        return []


def _evidence_blocks(event: Mapping[str, Any], article: Article | None) -> list[Block]:
    if article is None:
        return []
    quotes: list[dict[str, Any]] = [
        {"kind": "quote", **excerpt(article.text, start, end)}
        for start, end in evidence_of(event)
        if 0 <= start < end <= len(article.text)
    ]
    if quotes:
        published = str(article.published or "")
        quotes[-1]["source"] = blocks.dotted(article.title, article.publisher, published)
    button = blocks.actions(("Read the article", f"article:{article.article_id}"))
    return [blocks.heading("In the article"), *quotes, button]


def excerpt(text: str, start: int, end: int, *, around: int = 180) -> dict[str, str]:
    """Return text[start:end] as `mark`, with `before` and `after`.

    Those have up to `around` characters and are cut between words.
    """
    low, high = max(0, start - around), min(len(text), end + around)
    before, after = text[low:start], text[end:high]
    if low > 0 and " " in before:
        before = "… " + before.split(" ", 1)[1]
    if high < len(text) and " " in after:
        after = after.rsplit(" ", 1)[0] + " …"
    return {"before": before, "mark": text[start:end], "after": after}


def join_words(join: Mapping[str, Any]) -> str:
    """Return a row of the join as a phrase: "near, 420 m away"."""
    metres = join["metres"]
    away = "" if metres < 1 else f", {distance_words(metres)} away"
    return f"{'' if join['certain'] else 'possibly '}{join['relation']}{away}"


def near_blocks(near: Sequence[Near], *, is_rough: bool) -> list[Block]:
    """Return the list of events near one in place and time, nothing when there are none.

    `is_rough` adds that the place of one of them, or of the event itself, is not exact.
    """
    if not near:
        return []
    items = [
        event_item(one.event, _distance(one.metres), _delay(one.apart), days_of(one.event))
        for one in near
    ]
    card = [blocks.heading("Near it in place and time"), blocks.listing(items)]
    return [*card, blocks.quiet(ROUGH)] if is_rough else card


def _distance(metres: float) -> str:
    return "at the same point" if metres < 1 else f"{distance_words(metres)} away"


def _delay(days: int) -> str:
    if not days:
        return "the same days"
    number = f"{abs(days)} day{'' if abs(days) == 1 else 's'}"
    return f"{number} {'later' if days > 0 else 'earlier'}"
