"""Cells and properties of places as values: texts, degrees, days, numbers, outlines."""

from __future__ import annotations

import calendar
import math
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import numpy as np
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geomap.geo.tangles import is_tangled
from geomap.ingest.places.import_row import RowFault
from geomap.readers.geojson import UNDRAWABLE

Values = Mapping[str, Any]
"""What a record states, by field of `place_columns.fields_of`."""

_SPACES = re.compile(r"[\s\x00-\x1f\x7f\u2028\u2029]+")
_DATE = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:[T ].*)?$")
_GROUPED = re.compile(r"^\d{1,3}([ ,'\u2009\u202f]\d{3})+$")


def one_line(text: str) -> str:
    """Return a text without the characters that would cut it in the index."""
    return _SPACES.sub(" ", text).strip()


def text_of(value: Any) -> str:
    """Return a value as one line of text, "" for none and for lists and objects."""
    if value is None or isinstance(value, dict | list):
        return ""
    text = str(value)
    # Half a letter, which JSON can write and no file can hold, becomes a question mark.
    return one_line(text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8"))


def names_in(value: Any) -> Iterator[dict[str, Any]]:
    """Yield each name of a list, or of a cell: cut at bars, else semicolons, else commas.

    A name is an object with "name" and what else the list has for it.
    """
    if not isinstance(value, list):
        text = text_of(value)
        mark = next((mark for mark in "|;," if mark in text), None)
        value = text.split(mark) if mark else [text]
    for item in value:
        if isinstance(item, dict) and text_of(item.get("name")):
            yield item
        elif text := text_of(item):
            yield {"name": text}


def degrees(text: str, most: float, column: str) -> float:
    """Return a coordinate in degrees from -most to most.

    Raises
    ------
    RowFault
        When it is missing, not a number or out of range.
    """
    remedy = "Write decimal degrees, such as 39.82."
    if not text:
        raise RowFault(
            reason=f"There is no {column}.", remedy=remedy, code="no_coordinates", column=column
        )
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if math.isnan(value):
        reason = f"The {column} is not a number."
        raise RowFault(reason, remedy, code="coordinates", column=column, value=text)
    if abs(value) > most:
        reason = f"The {column} is not between -{most:.0f} and {most:.0f}."
        raise RowFault(reason, remedy, code="coordinates", column=column, value=text)
    return value


def point_of(values: Values) -> tuple[float, float]:
    """Return longitude and latitude from columns."""
    lat = degrees(_decimal(text_of(values.get("lat"))), 90, "latitude")
    return degrees(_decimal(text_of(values.get("lon"))), 180, "longitude"), lat


def _decimal(text: str) -> str:
    return text.replace(",", ".") if text.count(",") == 1 and "." not in text else text


def outline_of(geometry: Mapping[str, Any]) -> BaseGeometry:
    """Return a GeoJSON geometry, repaired where its outline crosses itself.

    Raises
    ------
    RowFault
        When it cannot be read, is empty or leaves the world.
    """
    remedy = "Draw it again, with longitude first, in degrees of WGS 84."
    try:
        outline = shapely.force_2d(shape(geometry))
        bounds = shapely.bounds(outline).tolist()
    except UNDRAWABLE as error:
        reason = "The geometry cannot be read."
        raise RowFault(reason, remedy, code="geometry", column="geometry") from error
    if outline.is_empty or not all(map(math.isfinite, bounds)):
        raise RowFault(
            reason="The geometry is empty.", remedy=remedy, code="geometry", column="geometry"
        )
    west, south, east, north = bounds
    if west < -180 or east > 180 or south < -90 or north > 90:
        reason = "The geometry leaves the world: longitude past 180 or latitude past 90."
        where = f"{west:.5g},{south:.5g},{east:.5g},{north:.5g}"
        raise RowFault(reason, remedy, code="coordinates", column="geometry", value=where)
    if outline.is_valid:
        return outline
    if is_tangled(np.array([outline], dtype=object))[0]:
        reason = "The geometry crosses itself too often to be repaired."
        raise RowFault(reason, remedy, code="geometry", column="geometry")
    return shapely.make_valid(outline)


def validity_of(values: Values) -> tuple[date | None, date | None]:
    """Return the first and the last day on which something is valid, None where it is open."""
    first, last = _day(values, "valid_from", last=False), _day(values, "valid_to", last=True)
    if first and last and last < first:
        reason = f"The place ends ({last}) before it begins ({first})."
        raise RowFault(reason, "Swap or mend the dates.", code="dates", column="valid_to")
    return first, last


def _day(values: Values, field: str, *, last: bool) -> date | None:
    """Return a day; a year or month alone stands for its first or last day."""
    text = text_of(values.get(field))
    if not text:
        return None
    match = _DATE.match(text)
    try:
        day = None if match is None else _day_of(int(match[1]), match[2], match[3], last=last)
    except ValueError:
        day = None
    if day is None:
        reason, remedy = "The date cannot be read.", "Write it as YYYY-MM-DD, YYYY-MM or YYYY."
        raise RowFault(reason, remedy, code="dates", column=field, value=text)
    return day


def _day_of(year: int, month: str | None, day: str | None, *, last: bool) -> date:
    in_year = int(month or (12 if last else 1))
    in_month = int(day or (calendar.monthrange(year, in_year)[1] if last else 1))
    return date(year, in_year, in_month)


def number_of(values: Values, field: str, most: float) -> float | RowFault | None:
    """Return a number from 0, at most `most`; None where there is none, a fault where it is odd."""
    text = text_of(values.get(field))
    text = re.sub(r"\D", "", text) if _GROUPED.match(text) else _decimal(text)
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if 0 <= value < math.inf:
        return min(value, most)
    reason = f"The {field} is not a number from 0 up; the place is kept without it."
    return RowFault(reason, "Write digits only.", code=field, column=field, value=text)


def is_country_code(text: str) -> bool:
    """Return whether a text has the form of an ISO 3166-1 alpha-2 code."""
    return len(text) == 2 and text.isascii() and text.isalpha()


def country_of(values: Values) -> str | RowFault | None:
    """Return the code of a country; None where there is none, a fault for any other text."""
    text = text_of(values.get("country_code")).upper()
    if is_country_code(text):
        return text
    if not text:
        return None
    reason = "The country is not a code of two letters; the place is kept without it."
    remedy = "Write ISO 3166-1 alpha-2, such as AZ."
    return RowFault(reason, remedy, code="country_code", column="country_code", value=text)
