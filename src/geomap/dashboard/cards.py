"""What the card beside the map says of one event or one place, as blocks of text.

Pure: takes rows and records, gives the blocks that `components.panel` draws. Missing values
are said to be missing or left out; nothing is made up.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from geomap.dashboard.reading import excerpt
from geomap.dates import words_of_span
from geomap.model import Article, GeoPrecision, Place, PlaceName

Block = dict[str, Any]
MOST_LISTED = 60
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
_STATUS_WORDS = {
    "reported": "Reported",
    "claimed": "Claimed by one side",
    "planned": "Planned",
    "prevented": "Prevented: it did not take place",
    "denied": "Denied",
}
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
class EventContext:
    """What a card needs beside the event's own row."""

    places: Sequence[Place] = ()
    joined: Sequence[JoinedPlace] = ()
    article: Article | None = None
    origin: str | None = None
    colour: str | None = None


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


def text_of(row: Mapping[str, Any], name: str) -> str | None:
    """Return the text of a cell, or None where it is missing or blank."""
    value = row.get(name)
    if value is None or pd.isna(value) or not str(value).strip():
        return None
    return str(value)


def days_of(row: Mapping[str, Any]) -> str:
    """Return the days of an event in words; an undated event says so."""
    start = row.get("event_date")
    if start is None or pd.isna(start):
        return "undated"
    end, confirmed = row.get("event_date_end"), row.get("last_confirmed")
    return words_of_span(
        start.date(),
        None if end is None or pd.isna(end) else end.date(),
        row["date_precision"],
        last_confirmed=None if confirmed is None or pd.isna(confirmed) else confirmed.date(),
    )


def title_of(row: Mapping[str, Any]) -> str:
    """Return the event's title, or what stands in for one."""
    for name in ("title", "sub_event_type", "event_type"):
        if found := text_of(row, name):
            return found
    return f"Event {row['event_id']}"


def distance_words(metres: float) -> str:
    """Return a distance for a person: metres below one kilometre, kilometres above."""
    if metres < 1000:
        return f"{metres:.0f} m"
    kilometres = metres / 1000
    return f"{kilometres:.1f} km" if kilometres < 10 else f"{kilometres:,.0f} km"


def where_of(row: Mapping[str, Any]) -> str:
    """Return how exactly the place of an event is known, in words."""
    precision = text_of(row, "geo_precision") or GeoPrecision.UNKNOWN.value
    radius = row.get("uncertainty_km")
    within = None if radius is None or pd.isna(radius) else distance_words(1000 * float(radius))
    if precision == GeoPrecision.NEAR:
        return f"within {within} of this point" if within else "near this point"
    words = _PRECISION_WORDS.get(GeoPrecision(precision), precision)
    return f"{words} (known to {within})" if within else words


def names_in_words(place: Place) -> str:
    """Return every form of a place's name, one line for each side that uses it."""
    by_side: dict[str, list[str]] = {}
    for name in place.names:
        forms = by_side.setdefault(name.side or "", [])
        if (words := _name_in_words(name)) not in forms:
            forms.append(words)
    lines = [
        f"{f'{side}: ' if side else ''}{', '.join(forms)}"
        for side, forms in sorted(by_side.items(), key=lambda pair: pair[0] == "")
    ]
    return "\n".join(lines) or place.name


def _name_in_words(name: PlaceName) -> str:
    notes = [name.lang, f"until {name.valid_to}" if name.valid_to else None]
    said = ", ".join(note for note in notes if note)
    return f"{name.name} ({said})" if said else name.name


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
    return [*blocks, {"kind": "facts", "rows": _last_facts(event, context)}, *CLOSE]


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
            _with_number("Events joined with it in these days", len(context.events)),
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
