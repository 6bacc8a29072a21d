"""The fields that a column of an uploaded table can be mapped to, with a label for each.

`event_date=Datum` on the command line and the form on the page use these names; the short
names people type first (`date`, `lat`, `lon`, `place`) mean the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from geomap.errors import InputError

FIELDS: dict[str, str] = {
    "event_id": "Own id of the row",
    "event_date": "Date or first day",
    "event_date_end": "Last day",
    "date_precision": "Precision of the date",
    "last_confirmed": "Last confirmed on",
    "year": "Year",
    "month": "Month",
    "day": "Day of the month",
    "end_year": "Year of the last day",
    "end_month": "Month of the last day",
    "end_day": "Last day of the month",
    "latitude": "Latitude",
    "longitude": "Longitude",
    "coordinates": "Latitude and longitude in one cell",
    "geometry": "Geometry (WKT)",
    "place_name": "Place name",
    "admin1": "Province or region",
    "admin2": "District or county",
    "country": "Country",
    "event_type": "Type",
    "sub_event_type": "Subtype",
    "title": "Title",
    "notes": "Notes",
    "actor1": "First actor",
    "actor2": "Second actor",
    "fatalities": "Fatalities",
    "fatalities_low": "Fatalities, lowest",
    "fatalities_high": "Fatalities, highest",
    "geo_precision": "Precision of the place",
    "uncertainty_km": "Uncertainty in km",
    "status": "Status",
    "source": "Source",
    "source_url": "Link to the source",
    "source_timestamp": "Last changed by the source",
}
"""Names of the fields, each with a label, in the order a form shows them."""

_SHORT = {
    "id": "event_id",
    "date": "event_date",
    "date_start": "event_date",
    "date_end": "event_date_end",
    "lat": "latitude",
    "lon": "longitude",
    "lng": "longitude",
    "place": "place_name",
    "location": "place_name",
    "wkt": "geometry",
    "type": "event_type",
    "url": "source_url",
}


_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


def fold(header: str) -> str:
    """Return a header without case, accents, punctuation and blanks: what names are compared by."""
    return words_of(header).replace(" ", "")


def words_of(header: str) -> str:
    """Return the words of a header in small letters, also those of "startDate"."""
    plain = unicodedata.normalize("NFKD", _HUMP.sub(" ", header).casefold())
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.sub(r"[\W_]+", " ", letters).strip()


def checked_mapping(mapping: Mapping[str, str], columns: Iterable[str]) -> dict[str, str]:
    """Return a mapping given by a user with full field names and the file's column names.

    Raises
    ------
    InputError
        Naming every field that does not exist and every column that the table lacks.
    """
    names = tuple(columns)
    folded = {fold(name): name for name in reversed(names)}
    faults, checked = [], {}
    for given, wanted in mapping.items():
        field = _SHORT.get(given, given)
        column = wanted if wanted in names else folded.get(fold(wanted))
        if field not in FIELDS:
            faults.append(f"there is no field {given!r}")
        elif wanted == "":
            checked[field] = ""
        elif column is None:
            faults.append(f"the table has no column {wanted!r}")
        else:
            checked[field] = column
    if faults:
        known = ", ".join(FIELDS)
        message = f"The mapping cannot be used: {'; '.join(faults)}. Fields are {known}."
        raise InputError(message)
    return checked
