"""The fields of an event that a person can correct, and their values as text.

A value is a mapping from the columns of its field to what they hold: days as ISO dates, the
geometry as WKT in EPSG:4326, None where nothing is known. As text it is JSON.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geomap.dates import words_of_span
from geomap.errors import InputError
from geomap.model import DatePrecision, DateSpan, GeoPrecision, Status

DECIDED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "date": ("event_date", "event_date_end", "last_confirmed", "date_precision"),
        "place": (
            *("place_id", "place_ids", "place_name", "geo_precision", "uncertainty_km"),
            "geometry",
        ),
        "event_type": ("event_type",),
        "status": ("status",),
        "actors": ("actor1", "actor2"),
        "fatalities": ("fatalities", "fatalities_low", "fatalities_high"),
        "title": ("title",),
        "source": ("source",),
    }
)
"""The columns of each field; a correction gives all of them."""

Values = Mapping[str, Any]

_DAYS = frozenset({"event_date", "event_date_end", "last_confirmed"})
_NUMBERS = frozenset(DECIDED["fatalities"])
_MOST_CHARACTERS = 10_000
_MOST_DEATHS = 10**9
_MOST_KM = 20_037.5  # half of the equator


def values_of(event: Mapping[str, Any], field: str) -> dict[str, Any]:
    """Return the value that an event has of a field.

    Parameters
    ----------
    event, field
        Row of an events table; one of `DECIDED`.
    """
    return {column: plain(event[column], column) for column in DECIDED[field]}


def plain(value: Any, column: str) -> Any:
    """Return one cell of an events table as a value of JSON.

    Parameters
    ----------
    value, column
        The cell; its column.
    """
    if column == "geometry":
        return None if value is None else shapely.to_wkt(value, rounding_precision=-1)
    if pd.isna(value):
        return None
    if column in _DAYS:
        return pd.Timestamp(value).date().isoformat()
    if column in _NUMBERS:
        return int(value)
    return float(value) if column == "uncertainty_km" else str(value)


def as_text(values: Values, field: str) -> str:
    """Return a value as JSON that is the same for equal values.

    Parameters
    ----------
    values, field
        A value of the field, as `values_of` returns it.
    """
    return json.dumps({name: values[name] for name in DECIDED[field]}, ensure_ascii=False)


def from_text(text: str, field: str) -> dict[str, Any]:
    """Return the value that `as_text` wrote.

    Parameters
    ----------
    text, field
        JSON; one of `DECIDED`.

    Raises
    ------
    InputError
        When the text is no value of the field.
    """
    try:
        values = json.loads(text)
    except ValueError as error:
        message = f"{field}: {text[:80]!r} is not what an export of decisions holds."
        raise InputError(message) from error
    return check_values(values, field)


def check_values(values: Any, field: str) -> dict[str, Any]:
    """Return a value in the form of `values_of`, once an event can have it.

    Parameters
    ----------
    values, field
        Mapping with the columns of the field.

    Raises
    ------
    InputError
        When there is no such field, or no event can have the value.
    """
    if field not in DECIDED:
        message = f"An event has no field {field!r} to correct: use one of {', '.join(DECIDED)}."
        raise InputError(message)
    if not isinstance(values, Mapping) or set(values) != set(DECIDED[field]):
        message = f"{field}: a value has the columns {', '.join(DECIDED[field])}, no others."
        raise InputError(message)
    checked = {name: values[name] for name in DECIDED[field]}
    try:
        for name, cell in checked.items():
            _check_cell(name, cell)
        if field in _CHECKS:
            _CHECKS[field](checked)
    except (ValueError, TypeError, shapely.errors.ShapelyError) as error:
        message = f"{field}: {error}"
        raise InputError(message) from error
    return checked


def _check_cell(name: str, cell: Any) -> None:
    if cell is None:
        return
    if name in _NUMBERS:
        is_whole = isinstance(cell, int) and not isinstance(cell, bool)
        if not is_whole or not 0 <= cell <= _MOST_DEATHS:
            message = f"{cell!r} is not a number of deaths from 0 to {_MOST_DEATHS:,}."
            raise ValueError(message)
    elif name == "uncertainty_km":
        is_number = isinstance(cell, int | float) and not isinstance(cell, bool)
        if not is_number or not 0 <= cell <= _MOST_KM:
            message = f"{cell!r} is not a radius from 0 to {_MOST_KM:,.0f} km."
            raise ValueError(message)
    elif not isinstance(cell, str) or not cell.strip():
        message = f"{cell!r} is no text: leave out what is not known."
        raise ValueError(message)
    elif name != "geometry" and len(cell) > _MOST_CHARACTERS:
        message = f"the text has {len(cell):,} characters: {_MOST_CHARACTERS:,} are the most."
        raise ValueError(message)


def _check_word(word: Any, words: type[StrEnum]) -> None:
    if word not in set(words):
        message = f"{word!r} is not one of {', '.join(words)}."
        raise ValueError(message)


def _check_date(values: Values) -> None:
    first, end, confirmed = (
        None if values[name] is None else date.fromisoformat(values[name])
        for name in ("event_date", "event_date_end", "last_confirmed")
    )
    word = values["date_precision"]
    if first is None:
        if any(cell is not None for cell in values.values()):
            message = "without a first day there is no last one and no precision."
            raise ValueError(message)
        return
    _check_word(word, DatePrecision)
    precision = DatePrecision(word)
    DateSpan(first, end, precision)
    if confirmed is not None and (precision is not DatePrecision.OPEN or confirmed < first):
        message = "only an open event was last confirmed, and not before its first day."
        raise ValueError(message)


def _check_place(values: Values) -> None:
    _check_word(values["geo_precision"], GeoPrecision)
    if values["geometry"] is not None:
        check_shape(shapely.from_wkt(values["geometry"]))


def check_shape(shape: BaseGeometry) -> None:
    """Raise ValueError where a geometry is empty or beyond the degrees of EPSG:4326."""
    bounds = shape.bounds
    if shape.is_empty or not all(math.isfinite(edge) for edge in bounds):
        message = "the geometry is empty: leave it out."
        raise ValueError(message)
    west, south, east, north = bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        message = "longitudes go from -180 to 180 and latitudes from -90 to 90 degrees."
        raise ValueError(message)


def _check_status(values: Values) -> None:
    _check_word(values["status"], Status)


def _check_fatalities(values: Values) -> None:
    best, low, high = (values[name] for name in DECIDED["fatalities"])
    in_order = [number for number in (low, best, high) if number is not None]
    if in_order != sorted(in_order):
        message = "the lowest number is at most the best one, and that at most the highest."
        raise ValueError(message)


_CHECKS = {
    "date": _check_date,
    "place": _check_place,
    "status": _check_status,
    "fatalities": _check_fatalities,
}


def words_of_values(values: Values, field: str) -> str:
    """Return a value in words for a person; "not stated" where nothing is known.

    Parameters
    ----------
    values, field
        A value of the field, as `values_of` returns it.
    """
    if field == "date":
        days = [
            None if values[name] is None else date.fromisoformat(values[name])
            for name in ("event_date", "event_date_end", "last_confirmed")
        ]
        words = words_of_span(days[0], days[1], values["date_precision"], last_confirmed=days[2])
    elif field == "place":
        words = _place_words(values)
    elif field == "fatalities":
        best, low, high = (values[name] for name in DECIDED["fatalities"])
        between = f"between {low} and {high}" if (low, high) != (None, None) else ""
        words = ", ".join(filter(None, ["" if best is None else str(best), between]))
    else:
        words = "; ".join(cell for cell in values.values() if cell is not None)
    return words or "not stated"


def _place_words(values: Values) -> str:
    if values["geometry"] is None:
        return f"{values['place_name'] or 'no place'} (not placed)"
    point = shapely.from_wkt(values["geometry"]).representative_point()
    where = f"{point.y:.4f}, {point.x:.4f}"
    radius = values["uncertainty_km"]
    near = "" if radius is None else f", within {radius:g} km"
    return f"{values['place_name'] or 'a position'} ({where}{near}; {values['geo_precision']})"
