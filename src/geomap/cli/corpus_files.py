"""Corpora on the command line: read the documents of a file, write what is in each."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.cli.inputs import STDIN, name_of, read_input
from geomap.cli.options import Common, day_of
from geomap.errors import StoreError

if TYPE_CHECKING:
    from geomap.evaluation import Line
    from geomap.gazetteer import Gazetteer
    from geomap.model import Article


def read_corpus(file: str) -> list[Line]:
    """Return the documents of a file of JSON lines, or of standard input for "-".

    Raises
    ------
    FileRefusedError
        When the file cannot be read, or a line is not a document.
    """
    from geomap.evaluation import lines_of

    return list(lines_of(read_input(file).decode("utf-8", "replace"), name_of(file)))


def predictions(
    lines: Sequence[Line], common: Common, *, gold_spans: bool = False, events: bool = False
) -> list[dict[str, Any]]:
    """Return what geomap reads in each document, in the same order.

    Parameters
    ----------
    lines, common
        The documents; the workspace whose own places are used too.
    gold_spans
        Place exactly the spans that the documents mark, instead of finding names.
    events
        Whether days and events are read too.
    """
    from geomap.evaluation import text_of

    texts = [text_of(line) for line in lines]  # a broken last line is refused before the work
    gazetteer = common.open_gazetteer()
    shapes = []
    with common.progress() as progress:
        for number, (line, text) in enumerate(zip(lines, texts, strict=True)):
            progress(f"Reading document {number + 1} of {len(lines)}", number / len(lines))
            article = _article_of(line, text)
            shape = _document_shape(line, article, gazetteer, gold_spans=gold_spans)
            shapes.append(shape | (_events_shape(article, gazetteer) if events else {}))
    return shapes


def write_lines(rows: Sequence[dict[str, Any]], out: str) -> None:
    """Write one JSON object per line to a file, or to standard output for "-".

    Raises
    ------
    StoreError
        When the file cannot be written.
    """
    text = "".join(json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n" for row in rows)
    if out == STDIN:
        sys.stdout.write(text)
        return
    try:
        Path(out).write_text(text, "utf-8", "backslashreplace")
    except OSError as error:
        message = f"Cannot write {out!r} ({error.strerror}): choose another folder or name."
        raise StoreError(message) from error


def _article_of(line: Line, text: str) -> Article:
    from geomap.readers.article_metadata import article_from_text

    stated = line.content.get("published")
    day = None
    if isinstance(stated, str) and stated:
        day = day_of(stated[:10], f'{line.where}, "published"')
    publisher = line.content.get("publisher")
    article = article_from_text(text, published=day)
    return replace(article, publisher=publisher if isinstance(publisher, str) else None)


def _document_shape(
    line: Line, article: Article, gazetteer: Gazetteer, *, gold_spans: bool
) -> dict[str, Any]:
    from geomap.evaluation import marks_of
    from geomap.geoparse import geoparse as find_toponyms
    from geomap.geoparse import place_spans
    from geomap.json_shapes import spans_shape

    if gold_spans:
        spans = [mark.span for mark in marks_of(line, len(article.text))]
        toponyms = place_spans(article, spans, gazetteer)
    else:
        parsed = find_toponyms(article, gazetteer, nested=False)
        # Annotators of corpora count "the Russian minister" among the places of a text.
        every = (*parsed.toponyms, *parsed.demonyms)
        toponyms = tuple(sorted(every, key=lambda one: (one.start_char, one.end_char)))
    return {"id": line.doc_id, "toponyms": [spans_shape(one) for one in toponyms]}


def _events_shape(article: Article, gazetteer: Gazetteer) -> dict[str, Any]:
    from geomap.incidents import read_article
    from geomap.json_shapes import day_shape, incident_shape

    parsed = read_article(article, gazetteer)
    return {
        "dates": [day_shape(mention) for mention in parsed.dates],
        "events": [incident_shape(incident) for incident in parsed.incidents],
    }
