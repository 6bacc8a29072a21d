"""Events that people or predictions give a document, read from one line of JSON and checked.

A key that is absent is not judged; one that is null says that the text leaves it open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from geomap.errors import FileRefusedError
from geomap.evaluation.annotations import each_once, lines_for, text_of
from geomap.evaluation.place_marks import Line, bad_mark, number_in


@dataclass(frozen=True, slots=True)
class PlaceOfEvent:
    """One place of an event: every form of its name, and its position in degrees where known."""

    names: tuple[str, ...]
    lat: float | None = None
    lon: float | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class EventMark:
    """An event of a document.

    `event_types` are the types that are right, none where the type is not judged. `days` are the
    first and the last day, the last None while the event goes on, the first None where the text
    states no day; `days` itself is None where the day is not judged. So are `places`. An event
    that `is_optional` may be answered and need not be. `score` is that of a prediction.
    """

    event_types: frozenset[str]
    days: tuple[date | None, date | None] | None
    places: tuple[PlaceOfEvent, ...] | None
    is_optional: bool = False
    score: float | None = None


@dataclass(frozen=True, slots=True)
class EventDocument:
    """A text with its events."""

    key: str
    text: str
    events: tuple[EventMark, ...]


def event_documents(lines: Sequence[Line]) -> tuple[EventDocument, ...]:
    """Return the documents of a file with the events that people gave them.

    Parameters
    ----------
    lines
        Lines of a corpus with a text each.

    Raises
    ------
    FileRefusedError
        When there is none, or an event cannot be used.
    """
    if not lines:
        message = "The file holds no document: write one JSON object a line."
        raise FileRefusedError(message, code="empty")
    return tuple(
        EventDocument(line.key, text_of(line), events_of(line)) for line in each_once(lines)
    )


def event_answers(
    lines: Sequence[Line], documents: Sequence[EventDocument]
) -> dict[str, tuple[EventMark, ...]]:
    """Return the predicted events of each document, by its id; a document may have none.

    Parameters
    ----------
    lines, documents
        Lines of a file of predictions; the documents with the events that people gave them.

    Raises
    ------
    FileRefusedError
        When predictions are for no document, twice for one, or cannot be used.
    """
    keys = frozenset(document.key for document in documents)
    return {line.key: events_of(line) for line in lines_for(lines, keys)}


def events_of(line: Line) -> tuple[EventMark, ...]:
    """Return the events of a document, under its key "events".

    Parameters
    ----------
    line
        A line of a corpus or of predictions.

    Raises
    ------
    FileRefusedError
        When an event is no object, a day is none, or a place lies nowhere.
    """
    rows = line.content.get("events")
    if rows is None:
        return ()
    if not _is_list_of_objects(rows):
        raise bad_mark(line, '"events" is not a list of objects; give each a type, a day, a place')
    return tuple(_event(line, row) for row in rows)


def _event(line: Line, row: Mapping[str, Any]) -> EventMark:
    types = row.get("event_type")
    types = [types] if isinstance(types, str) else types or []
    if not isinstance(types, list) or not all(isinstance(one, str) for one in types):
        raise bad_mark(line, f"event_type is {types!r}; give a text or a list of them")
    places = row.get("places")
    if places is not None and not _is_list_of_objects(places):
        raise bad_mark(line, '"places" is not a list of objects; give each a name, lat and lon')
    return EventMark(
        event_types=frozenset(types),
        days=_days(line, row),
        places=None if places is None else tuple(_place(line, place) for place in places),
        is_optional=row.get("optional") is True,
        score=number_in(line, row, "score"),
    )


def _days(line: Line, row: Mapping[str, Any]) -> tuple[date | None, date | None] | None:
    if "event_date" not in row:
        return None
    first = _day(line, row["event_date"])
    last = _day(line, row["event_date_end"]) if "event_date_end" in row else first
    if first and last and last < first:
        raise bad_mark(line, f"an event ends on {last}, before it begins on {first}")
    return first, last


def _day(line: Line, value: Any) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except (ValueError, TypeError) as error:
        raise bad_mark(line, f"{value!r} is no day; write it like 2022-12-12") from error


def _place(line: Line, row: Mapping[str, Any]) -> PlaceOfEvent:
    forms = row.get("names") or []
    if not isinstance(forms, list):
        raise bad_mark(line, f'"names" is {forms!r}; give a list of the forms of the name')
    names = [row.get("name"), *forms]
    lat, lon = number_in(line, row, "lat"), number_in(line, row, "lon")
    if (lat is None) != (lon is None) or not (abs(lat or 0) <= 90 and abs(lon or 0) <= 360):
        raise bad_mark(line, f"the place {names[0]!r} lies at {lat}, {lon}; give lat, then lon")
    country = row.get("country")
    texts = tuple(dict.fromkeys(name for name in names if isinstance(name, str) and name.strip()))
    return PlaceOfEvent(texts, lat, lon, country if isinstance(country, str) else None)


def _is_list_of_objects(rows: Any) -> bool:
    return isinstance(rows, list) and all(isinstance(row, dict) for row in rows)
