"""The place that a person chose for an event: by id, by name, or by coordinates with a radius."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pandas as pd
import shapely
from shapely import Point

from geomap.decisions import check_values, read_value
from geomap.errors import InputError, NotFoundError
from geomap.gazetteer import Gazetteer
from geomap.ingest.events.named_place import NamedPlace
from geomap.model import GeoPrecision, Place, PlaceMatch
from geomap.workspace.contents import Contents

CLEAR_LEAD = 0.1
"""By how much the score of a place must lead that of the next one for its name to be enough."""

_LISTED = 4
_NUMBER = r"[+-]?\d+(?:\.\d+)?"
_POSITION = re.compile(
    rf"({_NUMBER})\s*,\s*({_NUMBER})(?:(?:\s*,\s*|\s+within\s+)({_NUMBER})(?:\s*km)?)?"
)


def read_place(
    text: str, gazetteer: Gazetteer, *, on: date | None = None, name: str | None = None
) -> dict[str, Any]:
    """Return the value of the field `place` that a text stands for.

    "gn:2643743" is a place by its id, "London" by its name, "near London" somewhere around it;
    "51.5,-0.12" is a position (latitude, longitude in degrees) and "51.5,-0.12,5" somewhere
    within 5 km of it; an empty text is no known place.

    Parameters
    ----------
    text, gazetteer
        What was typed; where names and ids are looked up.
    on
        Day of the event, for which the place and its name should be valid.
    name
        Name of the place as the source has it, which a position keeps.

    Raises
    ------
    InputError
        When several places have the name, or the position is not on earth.
    NotFoundError
        When no place has the id or the name.
    """
    text = text.replace("\x00", "").strip()
    if not text:
        return _value(None, None, name, GeoPrecision.UNKNOWN, None)
    if match := _POSITION.fullmatch(text):
        latitude, longitude = float(match[1]), float(match[2])
        radius = None if match[3] is None else float(match[3])
        word = GeoPrecision.NEAR if radius else GeoPrecision.EXACT
        return _value(None, Point(longitude, latitude), name, word, radius)
    near = re.fullmatch(r"near\s+(.+)", text, re.IGNORECASE)
    place = _place_of(near[1] if near else text, gazetteer, on)
    named = NamedPlace((place,), is_near=near is not None)
    return _value(place, named.geometry, place.name, named.precision, named.uncertainty_km)


def _place_of(text: str, gazetteer: Gazetteer, on: date | None) -> Place:
    if (place := gazetteer.get(text, on=on)) is not None:
        return place
    matches = gazetteer.find(text, on=on)
    if not matches:
        message = f"place: there is no place {text!r}; geomap places NAME finds names and ids."
        raise NotFoundError(message)
    if len(matches) > 1 and matches[0].score - matches[1].score < CLEAR_LEAD:
        ids = "; ".join(map(_described, matches[:_LISTED]))
        message = f"place: several places are called {text!r}: give the id of one ({ids})."
        raise InputError(message)
    return matches[0].place


def _described(match: PlaceMatch) -> str:
    place = match.place
    return f"{place.place_id} {place.name}, {place.country_code or place.kind.value}"


def _value(
    place: Place | None, shape: Any, name: str | None, word: GeoPrecision, radius: float | None
) -> dict[str, Any]:
    place_id = None if place is None else place.place_id
    values = {
        "place_id": place_id,
        "place_ids": place_id,
        "place_name": name,
        "geo_precision": word.value,
        "uncertainty_km": radius,
        "geometry": None if shape is None else shapely.to_wkt(shape, rounding_precision=-1),
    }
    return check_values(values, "place")


def read_field(contents: Contents, event_id: str, field: str, text: str) -> dict[str, Any]:
    """Return the value of any field of an event that a text stands for.

    Parameters
    ----------
    contents, event_id
        The workspace with the event; the day and the name of its place are used for a place.
    field, text
        One of `decisions.DECIDED`; what was typed.

    Raises
    ------
    InputError, NotFoundError
        When there is no such field or place, or the text is no value of it.
    """
    if field != "place":
        return read_value(field, text)
    event = contents.event_table().event(event_id)
    if event is None:
        return read_place(text, contents.gazetteer)
    day = None if pd.isna(event["event_date"]) else event["event_date"].date()
    name = None if pd.isna(event["place_name"]) else str(event["place_name"])
    return read_place(text, contents.gazetteer, on=day, name=name)
