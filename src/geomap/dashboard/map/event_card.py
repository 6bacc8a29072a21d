"""What the card beside the map says of one event, as blocks of text.

Pure: takes rows and records, gives the blocks that `components.panel` draws. Missing values
are said to be missing or left out; nothing is made up.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geomap.dashboard.articles.text_marks import excerpt
from geomap.dashboard.shared.event_words import (
    days_of,
    distance_words,
    names_in_words,
    text_of,
    title_of,
    where_of,
)
from geomap.dates import words_of_span
from geomap.model import Article, Place

Block = dict[str, Any]
_STATUS_WORDS = {
    "reported": "Reported",
    "claimed": "Claimed by one side",
    "planned": "Planned",
    "prevented": "Prevented: it did not take place",
    "denied": "Denied",
}
ROUGH = (
    "Distances are between the points that are drawn. Where a place is known only roughly, "
    "so is its distance."
)
CLOSE: list[Block] = [{"kind": "actions", "items": [{"label": "Close", "action": "close"}]}]


@dataclass(frozen=True, slots=True)
class JoinedPlace:
    """A place an event is joined to: how, how far, and whether that is certain."""

    place_id: str
    name: str
    relation: str
    metres: float
    certain: bool

    def words(self) -> str:
        """Return the relation as a phrase: "near, 420 m away"."""
        away = "" if self.metres < 1 else f", {distance_words(self.metres)} away"
        return f"{'' if self.certain else 'possibly '}{self.relation}{away}"


@dataclass(frozen=True, slots=True)
class NearEvent:
    """An event near another one: how far in place, and how many days earlier or later."""

    event_id: str
    title: str
    days: str
    metres: float
    apart: int

    def words(self) -> str:
        """Return how near it is as a phrase: "420 m away · 3 days later · 4 May 2023"."""
        when = "the same days"
        if self.apart:
            number = f"{abs(self.apart)} day{'' if abs(self.apart) == 1 else 's'}"
            when = f"{number} {'later' if self.apart > 0 else 'earlier'}"
        where = "at the same point" if self.metres < 1 else f"{distance_words(self.metres)} away"
        return f"{where} · {when} · {self.days}"


@dataclass(frozen=True, slots=True)
class EventContext:
    """What a card needs beside the event's own row."""

    places: Sequence[Place] = ()
    joined: Sequence[JoinedPlace] = ()
    article: Article | None = None
    origin: str | None = None
    colour: str | None = None
    link: str = ""


def event_blocks(event: Mapping[str, Any], context: EventContext) -> list[Block]:
    """Return the card of an event.

    Parameters
    ----------
    event, context
        Row of the events table; what belongs to it from other tables.

    Returns
    -------
    blocks
        For `components.panel`.
    """
    blocks: list[Block] = [
        {"kind": "title", "text": title_of(event)},
        {"kind": "badges", "items": _badges(event, context.colour)},
        {"kind": "facts", "rows": _event_facts(event, context)},
    ]
    blocks += _evidence_blocks(event, context.article)
    notes = text_of(event, "notes")
    if notes and not (context.article and notes in context.article.text):
        blocks += [{"kind": "heading", "text": "Notes"}, {"kind": "text", "text": notes}]
    blocks += _joined_blocks(context.joined)
    if url := text_of(event, "source_url"):
        blocks.append({"kind": "link", "text": "Open the source", "url": url})
    blocks.append({"kind": "facts", "rows": _last_facts(event, context)})
    if context.link:
        blocks.append({"kind": "copy", "label": "Link to this event", "text": context.link})
    return [*blocks, *CLOSE]


def _badges(event: Mapping[str, Any], colour: str | None) -> list[Block]:
    status = text_of(event, "status")
    items: list[Block] = [{"text": text_of(event, "event_type") or "no type", "colour": colour}]
    if status:
        items.append({"text": _STATUS_WORDS.get(status, status), "strong": status != "reported"})
    return items


def _event_facts(event: Mapping[str, Any], context: EventContext) -> list[tuple[str, str]]:
    named = text_of(event, "place_name")
    rows = [
        ("When", days_of(event)),
        ("Where", "\n".join(part for part in (named, where_of(event)) if part)),
        ("Actors", " · ".join(a for n in ("actor1", "actor2") if (a := text_of(event, n)))),
        ("Fatalities", _fatalities(event)),
        ("Source", text_of(event, "source") or "not stated"),
        ("From", context.origin or ""),
        ("Gone", _gone(event)),
        ("Look at", (text_of(event, "flags") or "").replace(";", ", ").replace("_", " ")),
    ]
    return [(name, value) for name, value in rows if value]


def _gone(event: Mapping[str, Any]) -> str:
    """Return what it means that a newer release lacks the event; "" where none does."""
    since = event.get("gone_since")
    if since is None or pd.isna(since):
        return ""
    day = words_of_span(since.date(), since.date(), "day")
    return f"The newer release of its source taken in on {day} no longer has it; it stays here."


def _last_facts(event: Mapping[str, Any], context: EventContext) -> list[tuple[str, str]]:
    """Return what is looked up rather than read: it stands below the evidence."""
    names = [("Names", names_in_words(place)) for place in context.places]
    return [*names, ("Id", str(event["event_id"]))]


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


def evidence_of(event: Mapping[str, Any]) -> list[tuple[int, int]]:
    """Return the offsets that support an event; none when the cell is missing or unreadable."""
    try:
        pairs = json.loads(text_of(event, "evidence") or "[]")
        return [(int(start), int(end)) for start, end in pairs]
    except (ValueError, TypeError):
        return []


def _evidence_blocks(event: Mapping[str, Any], article: Article | None) -> list[Block]:
    if article is None:
        return []
    source = " · ".join(
        part for part in (article.title, article.publisher, str(article.published or "")) if part
    )
    blocks: list[Block] = []
    for start, end in evidence_of(event):
        if 0 <= start < end <= len(article.text):
            part = excerpt(article.text, start, end)
            blocks.append(
                {"kind": "quote", "before": part.before, "mark": part.mark, "after": part.after}
            )
    if blocks:
        blocks[-1]["source"] = source
    action = {"label": "Read the article", "action": f"article:{article.article_id}"}
    return [
        {"kind": "heading", "text": "In the article"},
        *blocks,
        {"kind": "actions", "items": [action]},
    ]


def _joined_blocks(joined: Sequence[JoinedPlace]) -> list[Block]:
    if not joined:
        return []
    items = [
        {"text": place.name, "note": place.words(), "action": f"place:{place.place_id}"}
        for place in joined
    ]
    return [{"kind": "heading", "text": "Joined places"}, {"kind": "list", "items": items}]


def near_blocks(near: Sequence[NearEvent], *, is_rough: bool) -> list[Block]:
    """Return the list of events near one in place and time; nothing when there are none.

    Parameters
    ----------
    near, is_rough
        The events; whether the place of one of them, or of the event itself, is not exact.
    """
    if not near:
        return []
    items = [
        {"text": one.title, "note": one.words(), "action": f"event:{one.event_id}"} for one in near
    ]
    blocks: list[Block] = [
        {"kind": "heading", "text": "Near it in place and time"},
        {"kind": "list", "items": items},
    ]
    return [*blocks, {"kind": "quiet", "text": ROUGH}] if is_rough else blocks
