"""Annotated documents and predictions, read from lines of JSON and checked.

A document requires a "text"; a mark requires a "start" and an "end" within it. All else may be
missing: a document without "id" has the number of its line. An unusable line is refused with
its number, never skipped.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geomap.errors import FileRefusedError

Span = tuple[int, int]
_LARGEST = 1e9


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
class GoldDocument:
    """A text with the place names that people marked in it.

    Answers that overlap a span of `ignored` and match no mark do not count.
    """

    key: str
    text: str
    marks: tuple[Mark, ...]
    ignored: tuple[Span, ...] = ()


def lines_of(text: str, name: str) -> Iterator[Line]:
    """Yield the JSON object of each line of a file that is not blank.

    Parameters
    ----------
    text, name
        Content of a file of JSON lines; its name, for messages.

    Raises
    ------
    FileRefusedError
        When a line is not a JSON object or its id is not a plain value.
    """
    # Not splitlines: a text may contain line separators that JSON leaves as they are.
    for number, row in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if not row.strip():
            continue
        where = f"{name}, line {number}"
        try:
            content = json.loads(row)
        except (ValueError, RecursionError) as error:
            message = f"{where} is not JSON: write one document a line."
            raise FileRefusedError(message, code="not_json") from error
        doc_id = content.get("id") if isinstance(content, dict) else []
        doc_id = number if doc_id is None else doc_id
        if not isinstance(doc_id, str | int | float):
            message = f'{where} is not a document: write {{"id": ..., "text": ...}} on each line.'
            raise FileRefusedError(message, code="no_document")
        yield Line(where, doc_id, content)


def text_of(line: Line) -> str:
    """Return the text of a document.

    Parameters
    ----------
    line
        A line of a corpus.

    Raises
    ------
    FileRefusedError
        When there is none.
    """
    text = line.content.get("text")
    if not isinstance(text, str):
        message = f'{line.where} has no "text": each document needs "id" and "text".'
        raise FileRefusedError(message, code="no_text")
    return text


def gold_documents(lines: Iterable[Line], name: str) -> tuple[GoldDocument, ...]:
    """Return the annotated documents of a file.

    Parameters
    ----------
    lines, name
        Lines of the file; its name, for messages.

    Raises
    ------
    FileRefusedError
        When the file has none, two have one id, or a mark cannot be used.
    """
    lines = _each_once(lines)
    documents = []
    for line in lines:
        text = text_of(line)
        marks = marks_of(line, len(text))
        _refuse_twins(line, marks)
        documents.append(GoldDocument(line.key, text, marks, _ignored(line, len(text))))
    if not documents:
        message = f"{name} holds no document: write one JSON object a line."
        raise FileRefusedError(message, code="empty")
    return tuple(documents)


def answers_of(
    lines: Iterable[Line], documents: Sequence[GoldDocument]
) -> dict[str, tuple[Mark, ...]]:
    """Return the predicted marks of each document, by its id; a document may have none.

    Parameters
    ----------
    lines, documents
        Lines of a file of predictions; the annotated documents.

    Raises
    ------
    FileRefusedError
        When predictions are for no document, twice for one, or cannot be used.
    """
    length = {document.key: len(document.text) for document in documents}
    answers = {}
    for line in _each_once(lines):
        if line.key not in length:
            message = (
                f"{line.where} predicts for document {line.doc_id!r}, which the gold file does "
                "not hold: score it with the file it was made from."
            )
            raise FileRefusedError(message, code="unknown_document")
        answers[line.key] = marks_of(line, length[line.key])
    return answers


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
        raise _refusal(line, '"toponyms" is not a list of objects; give each a start and an end')
    return tuple(_mark(line, row, length) for row in rows)


def _mark(line: Line, row: Mapping[str, Any], length: int) -> Mark:
    start, end = _span(line, row.get("start"), row.get("end"), length)
    lat, lon = (_number(line, row, word) for word in ("lat", "lon"))
    if (lat is None) != (lon is None):
        raise _refusal(line, f"the toponym at {start} has only one of lat and lon; give both")
    if lat is not None and lon is not None and not (abs(lat) <= 90 and abs(lon) <= 360):
        raise _refusal(line, f"the toponym at {start} lies at {lat}, {lon}; give lat, then lon")
    words = {word: _word(line, row, word) for word in ("country", "area", "kind")}
    return Mark(start, end, lat, lon, **words, score=_number(line, row, "score"))


def _ignored(line: Line, length: int) -> tuple[Span, ...]:
    rows = line.content.get("ignore")
    pairs = [
        [row.get("start"), row.get("end")] if isinstance(row, dict) else row
        for row in (rows if isinstance(rows, list) else [rows])
        if row is not None
    ]
    if not all(isinstance(pair, list) and len(pair) >= 2 for pair in pairs):
        raise _refusal(line, '"ignore" is not a list of spans; write it as [[start, end], ...]')
    return tuple(_span(line, pair[0], pair[1], length) for pair in pairs)


def _span(line: Line, start: Any, end: Any, length: int) -> Span:
    whole = all(isinstance(value, int) and not isinstance(value, bool) for value in (start, end))
    if not whole:
        raise _refusal(line, f"{start!r} to {end!r} is no span; give start and end in characters")
    if not 0 <= start < end <= length:
        raise _refusal(line, f"the span {start} to {end} is not within its {length} characters")
    return start, end


def _number(line: Line, row: Mapping[str, Any], word: str) -> float | None:
    value = row.get(word)
    if value is None:
        return None
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not -_LARGEST < value < _LARGEST:  # so that NaN is refused, too
        raise _refusal(line, f"{word} is {value!r}; give a number or null")
    number: float = value
    return number


def _word(line: Line, row: Mapping[str, Any], word: str) -> str | None:
    value = row.get(word)
    if value is not None and not isinstance(value, str):
        raise _refusal(line, f"{word} is {value!r}; give a text or null")
    return value


def _each_once(lines: Iterable[Line]) -> list[Line]:
    by_key: dict[str, Line] = {}
    for line in lines:
        if line.key in by_key:
            first = by_key[line.key].where.rpartition(", ")[2]
            message = f"{line.where} has the id {line.doc_id!r} of {first}: give each its own."
            raise FileRefusedError(message, code="twice")
        by_key[line.key] = line
    return list(by_key.values())


def _refuse_twins(line: Line, marks: Sequence[Mark]) -> None:
    seen = set()
    for mark in marks:
        if mark.span in seen:
            raise _refusal(line, f"the span {mark.start} to {mark.end} is marked twice; keep one")
        seen.add(mark.span)


def _refusal(line: Line, fault: str) -> FileRefusedError:
    return FileRefusedError(f"{line.where} (document {line.doc_id!r}): {fault}.", code="bad_mark")
