"""Annotated documents and predictions, read from lines of JSON and checked.

A document requires a "text"; a mark requires a "start" and an "end" within it. All else may be
missing: a document without "id" has the number of its line. An unusable line is refused with
its number, never skipped.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

from geomap.errors import FileRefusedError
from geomap.evaluation.place_marks import Line, Mark, Span, ignored_spans, marks_of, refuse_twins


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
    lines = each_once(lines)
    documents = []
    for line in lines:
        text = text_of(line)
        marks = marks_of(line, len(text))
        refuse_twins(line, marks)
        documents.append(GoldDocument(line.key, text, marks, ignored_spans(line, len(text))))
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
    return {
        line.key: marks_of(line, length[line.key]) for line in lines_for(lines, frozenset(length))
    }


def lines_for(lines: Iterable[Line], keys: Container[str]) -> Iterator[Line]:
    """Yield the predictions for the documents of a gold file.

    Parameters
    ----------
    lines, keys
        Lines of a file of predictions; ids of the documents.

    Raises
    ------
    FileRefusedError
        When predictions are for no document, or twice for one.
    """
    for line in each_once(lines):
        if line.key not in keys:
            message = (
                f"{line.where} predicts for document {line.doc_id!r}, which the gold file does "
                "not hold: score it with the file it was made from."
            )
            raise FileRefusedError(message, code="unknown_document")
        yield line


def each_once(lines: Iterable[Line]) -> list[Line]:
    """Return lines whose ids differ; raise FileRefusedError where two have the same."""
    by_key: dict[str, Line] = {}
    for line in lines:
        if line.key in by_key:
            first = by_key[line.key].where.rpartition(", ")[2]
            message = f"{line.where} has the id {line.doc_id!r} of {first}: give each its own."
            raise FileRefusedError(message, code="twice")
        by_key[line.key] = line
    return list(by_key.values())
