"""Values of fields as a person types them; places are looked up where the gazetteer is."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from geomap.dates import read_dates
from geomap.decisions.decided_fields import DECIDED, check_values
from geomap.errors import InputError
from geomap.model import DatePrecision

_ISO_SPAN = re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})?")
_NUMBER = "[0-9]{1,9}"
_DEATHS = re.compile(rf"({_NUMBER})?(?:\s*\(({_NUMBER})?\.\.({_NUMBER})?\))?")
_BETWEEN = re.compile(rf"()({_NUMBER})?\.\.({_NUMBER})?")


def read_value(field: str, text: str) -> dict[str, Any]:
    """Return the value of a field, other than the place, that a text stands for.

    An empty text stands for "not known". Dates may be of any precision that a cell of a table
    allows ("early March 2023", "2023-03", "3-7 May 2023"); "2023-03-01..2023-03-07" is some
    day or days of a span, "2023-03-01.." goes on. Two actors are divided by ";", deaths may be
    "5", "3..8" or "5 (3..8)".

    Parameters
    ----------
    field, text
        One of `DECIDED`; what was typed.

    Raises
    ------
    InputError
        When there is no such field, or the text is no value of it.
    """
    text = text.replace("\x00", "").strip()
    readers = {"date": _date, "fatalities": _fatalities, "actors": _actors}
    if field not in DECIDED or field == "place":
        values = dict.fromkeys(DECIDED.get(field, ()))
    elif field in readers:
        values = readers[field](text)
    else:
        values = {field: text or None}
    return check_values(values, field)


def _date(text: str) -> dict[str, Any]:
    names = DECIDED["date"]
    if not text:
        return dict.fromkeys(names)
    if match := _ISO_SPAN.fullmatch(text):
        word = DatePrecision.RANGE if match[2] else DatePrecision.OPEN
        return dict(zip(names, (match[1], match[2], None, word.value), strict=True))
    column = read_dates(pd.Series([text], dtype="str"))
    if pd.isna(column.start[0]):
        wanted = "2023-03-05, 2023-03, 2023, early March 2023, 2023-03-01..2023-03-07"
        why = "could be read in several ways" if column.question else "is not a date"
        message = f"date: {text!r} {why}; write it as one of {wanted}."
        raise InputError(message)
    end = column.end[0]
    days = (
        column.start[0].date().isoformat(),
        None if pd.isna(end) else end.date().isoformat(),
    )
    return dict(zip(names, (*days, None, str(column.precision[0])), strict=True))


def _fatalities(text: str) -> dict[str, Any]:
    match = _BETWEEN.fullmatch(text) or _DEATHS.fullmatch(text)
    if match is None:
        message = f"fatalities: {text!r} is not a number; write 5, 3..8 or 5 (3..8)."
        raise InputError(message)
    numbers = (int(part) if part else None for part in match.groups())
    return dict(zip(DECIDED["fatalities"], numbers, strict=True))


def _actors(text: str) -> dict[str, Any]:
    actors = [part.strip() or None for part in text.split(";")]
    if len(actors) > 2:
        message = "actors: an event has two sides at most, divided by one ';'."
        raise InputError(message)
    return dict(zip(DECIDED["actors"], [*actors, None][:2], strict=True))
