"""A query as text: values of JSON, and the words of options and links, there and back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from geomap.query.event_query import MOST_CORNERS, EventQuery, NumberRange, Polygon
from geomap.typing import BBox
from geomap.vocabulary.criteria import CRITERIA, Criterion, Kind

_RANGE = re.compile(r"([0-9]{1,9})(?:\.\.([0-9]{1,9})?)?|\.\.([0-9]{1,9})")


_ON = "1"


@dataclass(frozen=True, slots=True)
class Form:
    """How a value is written as one text; `wanted` describes such a text.

    `read` raises ValueError when a text is none.
    """

    read: Callable[[str], Any]
    write: Callable[[Any], str]
    wanted: str


def read_range(text: str) -> NumberRange:
    """Return the numbers of "5" or "5.." (and more), "1..5" or "..5".

    Raises
    ------
    ValueError
        When the text is no such range.
    """
    match = _RANGE.fullmatch(text.strip())
    low, high = (match[1], match[2] or match[3]) if match else (None, None)
    if match is None or (low and high and int(high) < int(low)):
        raise ValueError(text)
    return NumberRange(None if low is None else int(low), None if high is None else int(high))


def write_range(numbers: NumberRange) -> str:
    """Return the numbers as "1..5", an open end left out.

    Parameters
    ----------
    numbers
        Both ends included.
    """
    return "..".join("" if end is None else str(end) for end in numbers)


def read_box(text: str) -> BBox:
    """Return the bbox that a text gives.

    Parameters
    ----------
    text
        West, south, east, north in degrees, with commas between.

    Raises
    ------
    ValueError
        When the text is not four numbers.
    """
    west, south, east, north = (float(part) for part in text.split(","))
    return west, south, east, north


def read_polygon(text: str) -> Polygon:
    """Return the corners that `write_polygon` wrote.

    Parameters
    ----------
    text
        At least three corners in degrees, "longitude,latitude;…".

    Raises
    ------
    ValueError
        When they are not the corners of an area.
    """
    corners = []
    for part in text.split(";"):
        x, y = (round(float(number), 4) for number in part.split(","))
        if not (-360 <= x <= 360 and -90 <= y <= 90):
            raise ValueError(text)
        corners.append((x, y))
    if not 3 <= len(corners) <= MOST_CORNERS:
        raise ValueError(text)
    return tuple(corners)


def write_polygon(polygon: Polygon) -> str:
    """Return the corners of an area as "longitude,latitude;…", to about ten metres.

    Parameters
    ----------
    polygon
        Longitude and latitude of each corner, in degrees.
    """
    return ";".join(f"{round(x, 4):.10g},{round(y, 4):.10g}" for x, y in polygon)


FORMS: dict[Kind, Form] = {
    Kind.DAY: Form(date.fromisoformat, date.isoformat, "a day such as 2022-12-31"),
    Kind.RANGE: Form(
        read_range, write_range, "a range of whole numbers such as 5 (and more), 1..5 or ..5"
    ),
    Kind.BOX: Form(
        read_box,
        lambda bbox: ",".join(f"{edge:g}" for edge in bbox),
        "four numbers: west,south,east,north in degrees",
    ),
    Kind.POLYGON: Form(read_polygon, write_polygon, "the corners of an area"),
    Kind.TEXT: Form(str, str, "words"),
    Kind.SWITCH: Form(lambda text: text == _ON, lambda _: _ON, f"{_ON} or nothing"),
}
"""How the values of each kind that has one value are written; words stand for themselves."""


def texts_of(criterion: Criterion, value: Any) -> list[str]:
    """Return the value of a criterion as the texts of an option or a link.

    Parameters
    ----------
    criterion, value
        Entry of `CRITERIA`, and what `EventQuery` has for it.
    """
    form = FORMS.get(criterion.kind)
    if form is None:
        return sorted(value)
    return [form.write(value)] if value else []


def value_of(criterion: Criterion, texts: Iterable[str]) -> Any:
    """Return the value of a criterion that texts stand for, that of `EventQuery()` without any.

    Parameters
    ----------
    criterion, texts
        Entry of `CRITERIA`; what `texts_of` gives. Only words and places have several.

    Raises
    ------
    ValueError
        When a text is not what `FORMS` wants.
    """
    form = FORMS.get(criterion.kind)
    if form is None:
        return frozenset(texts)
    given = list(texts)
    return form.read(given[0]) if given else getattr(EventQuery(), criterion.field)


def query_as_json(query: EventQuery) -> dict[str, Any]:
    """Return the criteria of a query that are set, by field, as values of JSON.

    Parameters
    ----------
    query
        Days become ISO dates, words and numbers become lists.
    """
    return {criterion.field: _plain(value) for criterion, value in query.values()}


def query_from_json(criteria: Mapping[str, Any]) -> EventQuery:
    """Return the query that `query_as_json` describes.

    Parameters
    ----------
    criteria
        Values by field; a field that no criterion has is left out.
    """
    values: dict[str, Any] = {}
    for criterion in CRITERIA:
        value = criteria.get(criterion.field)
        if value is None:
            continue
        if criterion.kind is Kind.DAY:
            value = date.fromisoformat(value)
        elif criterion.kind is Kind.RANGE:
            value = NumberRange(*value)
        elif criterion.kind not in FORMS:
            value = frozenset(value)
        values[criterion.field] = _tuples(value)
    return EventQuery(**values)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    return [_plain(part) for part in value] if isinstance(value, tuple) else value


def _tuples(value: Any) -> Any:
    return tuple(_tuples(part) for part in value) if isinstance(value, list) else value
