"""Days, places, names and distances of a card in words.

Missing values are said to be missing or left out; nothing is made up.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from geomap.dates import words_of_span
from geomap.model import GeoPrecision, Place, PlaceName

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
