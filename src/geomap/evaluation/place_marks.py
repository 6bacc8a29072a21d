"""Place names that people or predictions mark in a text, read from one line of JSON and checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geomap.errors import FileRefusedError

Span = tuple[int, int]
_LARGEST = 1e9


@dataclass(frozen=True, slots=True)
class Line:
    """One JSON object of a file; `where` names the file and the line in words."""

    where: str
    doc_id: str | int | float
    content: Mapping[str, Any]

    @property
    def key(self) -> str:
        """The id as text, by which a document is paired with its predictions."""
        return str(self.doc_id)


@dataclass(frozen=True, slots=True)
class Mark:
    """A place name in a text: its offsets and, when that is known, where the place is.

    `lat` and `lon` are in degrees. `area` is an annotator's label of a large area
    ("country:XX", "admin1:XX", "continent"); `kind` and `score` are those of a prediction.
    """

    start: int
    end: int
    lat: float | None = None
    lon: float | None = None
    country: str | None = None
    area: str | None = None
    kind: str | None = None
    score: float | None = None

    @property
    def span(self) -> Span:
        """The offsets of the name: start, and end excluded."""
        return self.start, self.end

    @property
    def position(self) -> tuple[float, float] | None:
        """Latitude and longitude, or None when the place is not known."""
        return None if self.lat is None or self.lon is None else (self.lat, self.lon)

    @property
    def area_kind(self) -> str:
        """The kind of large area that is marked; empty for any other place."""
        return (self.area or "").partition(":")[0]


def marks_of(line: Line, length: int) -> tuple[Mark, ...]:
    """Return the marks of a document, under its key "toponyms".

    Parameters
    ----------
    line, length
        A line of a corpus or of predictions; the number of characters of the text.

    Raises
    ------
    FileRefusedError
        When a span is not two whole numbers within the text, or a value has the wrong type.
    """
    rows = line.content.get("toponyms")
    if rows is None:
        return ()
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise bad_mark(line, '"toponyms" is not a list of objects; give each a start and an end')
    return tuple(_mark(line, row, length) for row in rows)


def _mark(line: Line, row: Mapping[str, Any], length: int) -> Mark:
    start, end = _span(line, row.get("start"), row.get("end"), length)
    lat, lon = (number_in(line, row, word) for word in ("lat", "lon"))
    if (lat is None) != (lon is None):
        raise bad_mark(line, f"the toponym at {start} has only one of lat and lon; give both")
    if lat is not None and lon is not None and not (abs(lat) <= 90 and abs(lon) <= 360):
        raise bad_mark(line, f"the toponym at {start} lies at {lat}, {lon}; give lat, then lon")
    words = {word: _word(line, row, word) for word in ("country", "area", "kind")}
    return Mark(start, end, lat, lon, **words, score=number_in(line, row, "score"))


def ignored_spans(line: Line, length: int) -> tuple[Span, ...]:
    """Return the spans of a document under its key "ignore"."""
    rows = line.content.get("ignore")
    pairs = [
        [row.get("start"), row.get("end")] if isinstance(row, dict) else row
        for row in (rows if isinstance(rows, list) else [rows])
        if row is not None
    ]
    if not all(isinstance(pair, list) and len(pair) >= 2 for pair in pairs):
        raise bad_mark(line, '"ignore" is not a list of spans; write it as [[start, end], ...]')
    return tuple(_span(line, pair[0], pair[1], length) for pair in pairs)


def _span(line: Line, start: Any, end: Any, length: int) -> Span:
    whole = all(isinstance(value, int) and not isinstance(value, bool) for value in (start, end))
    if not whole:
        raise bad_mark(line, f"{start!r} to {end!r} is no span; give start and end in characters")
    if not 0 <= start < end <= length:
        raise bad_mark(line, f"the span {start} to {end} is not within its {length} characters")
    return start, end


def number_in(line: Line, row: Mapping[str, Any], word: str) -> float | None:
    """Return a number that an object of a line states, None where it states none.

    Parameters
    ----------
    line, row, word
        The line; an object of it, and the key.

    Raises
    ------
    FileRefusedError
        When the value is no number, not finite, or out of all proportion.
    """
    value = row.get(word)
    if value is None:
        return None
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not -_LARGEST < value < _LARGEST:  # so that NaN is refused, too
        raise bad_mark(line, f"{word} is {value!r}; give a number or null")
    number: float = value
    return number


def _word(line: Line, row: Mapping[str, Any], word: str) -> str | None:
    value = row.get(word)
    if value is not None and not isinstance(value, str):
        raise bad_mark(line, f"{word} is {value!r}; give a text or null")
    return value


def refuse_twins(line: Line, marks: Sequence[Mark]) -> None:
    """Raise where two marks have the same span."""
    seen = set()
    for mark in marks:
        if mark.span in seen:
            raise bad_mark(line, f"the span {mark.start} to {mark.end} is marked twice; keep one")
        seen.add(mark.span)


def bad_mark(line: Line, fault: str) -> FileRefusedError:
    """Return the refusal of a line for a fault, put as a clause that says what to write."""
    return FileRefusedError(f"{line.where} (document {line.doc_id!r}): {fault}.", code="bad_mark")
