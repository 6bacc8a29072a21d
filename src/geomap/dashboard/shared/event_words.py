"""Days, places, names and distances in words.

A missing value is either reported as missing or left out; nothing is made up.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from geomap.dashboard.shared.blocks import Block, item
from geomap.dates import words_of_span
from geomap.model import Place, PlaceName


def text_of(row: Mapping[str, Any], name: str) -> str | None:
    """Return the text of a cell, None where it is missing or blank."""
    value = row.get(name)
    if value is None or pd.isna(value) or not str(value).strip():
        return None
    return str(value)


def days_of(row: Mapping[str, Any]) -> str:
    """Return the days of an event in words; "undated" without any."""
    start, end = _day_of(row, "event_date"), _day_of(row, "event_date_end")
    if start is None:
        return "undated"
    confirmed = _day_of(row, "last_confirmed")
    return words_of_span(start, end, row["date_precision"], last_confirmed=confirmed)


def _day_of(row: Mapping[str, Any], name: str) -> date | None:
    value = row.get(name)
    return None if value is None or pd.isna(value) else value.date()


def title_of(row: Mapping[str, Any]) -> str:
    """Return the title of an event, or its type, or its id."""
    for name in ("title", "sub_event_type", "event_type"):
        if text := text_of(row, name):
            return text
    return f"Event {row['event_id']}"


def event_item(row: Mapping[str, Any], *notes: str | None, current: bool = False) -> Block:
    """Return a list entry that opens an event: its title, and notes on it."""
    return item(title_of(row), *notes, action=f"event:{row['event_id']}", current=current)


def distance_words(metres: float) -> str:
    """Return a distance: in metres below one kilometre, else in kilometres."""
    if metres < 1000:
        return f"{metres:.0f} m"
    kilometres = metres / 1000
    return f"{kilometres:.1f} km" if kilometres < 10 else f"{kilometres:,.0f} km"


def radius_words(kilometres: float | None) -> str:
    """Return an uncertainty radius, "" where it is not known."""
    if kilometres is None or pd.isna(kilometres):
        return ""
    return distance_words(1000 * float(kilometres))


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
    words = ", ".join(note for note in notes if note)
    return f"{name.name} ({words})" if words else name.name
