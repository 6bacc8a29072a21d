"""What the Articles page says of a text: why a name is here, and which events it reports.

Pure: takes what geomap read out of an article, gives blocks and tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import geopandas as gpd
import pandas as pd

from geomap.dashboard.cards import distance_words, names_in_words, text_of, title_of
from geomap.dates import words_of_span
from geomap.model import CRS, DateMention, GeoparsedArticle, Incident, Place, Toponym
from geomap.tables import PLACE_COLUMNS

Block = dict[str, Any]
NO_DATE = "no date"


def date_notes(dates: Sequence[DateMention]) -> list[str]:
    """Return which days each date of the text names, in words."""
    return [str(words_of_span(d.span.start, d.span.end, d.span.precision)) for d in dates]


def toponym_blocks(toponym: Toponym, known: Place | None = None) -> list[Block]:
    """Return why a name was put where it is: what matched, the reason, who else bears it.

    `known` is the gazetteer's entry of the place, which has all its names.
    """
    place = toponym.place
    rows = [("In the text", toponym.text), ("Kind", toponym.kind.value)]
    if place is None:
        rows += [("Placed", "no: recognised as a name, but no place was sure enough")]
    else:
        rows += [
            ("Place", place.name),
            ("At", _position(place)),
            ("Names", names_in_words(known or place)),
        ]
        if place.uncertainty_km is not None:
            rows.append(("Known to", distance_words(place.uncertainty_km * 1000)))
        rows.append(("From", f"{place.source}, layer {place.layer}"))
    rows += [("Why", toponym.reason), ("Score", f"{toponym.score:.2f}")]
    others = [
        {"text": candidate.name, "note": f"score {candidate.score:.2f} · {candidate.place_id}"}
        for candidate in toponym.candidates
        if place is None or candidate.place_id != place.place_id
    ]
    blocks: list[Block] = [
        {"kind": "title", "text": "Why here"},
        {"kind": "facts", "rows": [(name, value) for name, value in rows if value]},
    ]
    if others:
        blocks.append({"kind": "heading", "text": f"Also bear this name ({len(others)})"})
        blocks.append({"kind": "list", "items": others})
    return blocks


def _position(place: Place) -> str:
    if place.geometry is None or place.geometry.is_empty:
        return "no coordinates"
    if place.geometry.geom_type != "Point":
        return {"L": "a line", "P": "an area"}.get(
            place.geometry.geom_type.removeprefix("Multi")[0], "several points"
        )
    return f"{place.geometry.y:.4f}, {place.geometry.x:.4f} (latitude, longitude)"


def article_items(articles: pd.DataFrame, words: Sequence[str], current: str | None) -> list[Block]:
    """Return a list entry for each article whose title or publisher has all `words`."""
    items = []
    for article_id, row in zip(articles.index, articles.to_dict("records"), strict=True):
        title, publisher = row["Title"], text_of(row, "Publisher")
        searched = f"{title} {publisher or ''}".casefold()
        if all(word.casefold() in searched for word in words):
            events = f"{row['Events']} event{'' if row['Events'] == 1 else 's'}"
            note = " · ".join(p for p in (text_of(row, "Date"), publisher, events) if p)
            items.append(
                {"text": title, "note": note, "action": article_id,
                 "current": article_id == current}
            )  # fmt: skip
    return items


def incident_items(incidents: Iterable[Incident]) -> list[Block]:
    """Return a list entry for each event that a text reports."""
    return [
        {
            "text": incident.title,
            "note": " · ".join(
                part
                for part in (
                    NO_DATE
                    if incident.span is None
                    else words_of_span(
                        incident.span.start, incident.span.end, incident.span.precision
                    ),
                    ", ".join(place.name for place in incident.places) or "no place",
                    incident.status.value,
                )
                if part
            ),
        }
        for incident in incidents
    ]


def event_items(events: pd.DataFrame, days: Sequence[str]) -> list[Block]:
    """Return a list entry for each stored event of an article; pressing it opens the map."""
    return [
        {
            "text": title_of(event),
            "note": " · ".join(
                part for part in (words, text_of(event, "place_name"), text_of(event, "status"))
                if part
            ),
            "action": f"event:{event['event_id']}",
        }
        for event, words in zip(events.to_dict("records"), days, strict=True)
    ]  # fmt: skip


def places_of(parsed: GeoparsedArticle) -> tuple[Place, ...]:
    """Return the places that an article names, each once, in the order of the text."""
    found = {t.place.place_id: t.place for t in parsed.toponyms if t.place is not None}
    return tuple(found.values())


def places_table(places: Sequence[Place]) -> gpd.GeoDataFrame:
    """Return a places table of gazetteer entries."""
    rows = [{name: getattr(place, name) for name in PLACE_COLUMNS} for place in places]
    frame = pd.DataFrame(rows, columns=list(PLACE_COLUMNS))
    frame["kind"] = [place.kind.value for place in places]
    return gpd.GeoDataFrame(frame, geometry=[place.geometry for place in places], crs=CRS)
