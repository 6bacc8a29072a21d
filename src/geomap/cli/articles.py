"""`geomap geoparse`: what is read out of one article, or out of a corpus of them."""

from __future__ import annotations

import json as json_format
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geomap import paths
from geomap.cli.options import (
    JsonOption,
    PublishedOption,
    QuietOption,
    WorkspaceOption,
    day_of,
)
from geomap.cli.output import print_json, print_lines, progress_bar, say, table_lines
from geomap.errors import FileRefusedError, InputError, StoreError

if TYPE_CHECKING:
    from geomap.gazetteer import Gazetteer
    from geomap.model import Article, Toponym

STDIN = "-"


def geoparse(
    file: Annotated[
        str | None, typer.Argument(metavar="[FILE]", help="An article; - reads standard input.")
    ] = None,
    *,
    published: PublishedOption = None,
    corpus: Annotated[
        str | None,
        typer.Option("--corpus", metavar="GOLD.jsonl", help="Read every document of this file."),
    ] = None,
    out: Annotated[
        str | None, typer.Option("--out", metavar="PRED.jsonl", help="Where a corpus is written.")
    ] = None,
    gold_spans: Annotated[
        bool,
        typer.Option("--gold-spans", help="Place exactly the spans that the corpus marks."),
    ] = False,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Find the places, dates and events that an article names; nothing is stored.

    Example: geomap geoparse article.txt --published 2023-03-01 --json
    """
    day = day_of(published, "--published")
    if corpus is not None:
        if file is not None or out is None:
            message = "--corpus takes a file of documents and --out the file to write, no FILE."
            raise InputError(message)
        _corpus(corpus, out, workspace, gold_spans=gold_spans, json=json, quiet=quiet)
        return
    if file is None or out is not None or gold_spans:
        message = (
            "Name one article (or - for standard input); --out and --gold-spans need --corpus."
        )
        raise InputError(message)
    article = _one_article(file, day)
    from geomap.incidents import incidents_table, read_article
    from geomap.shapes import article_shape

    parsed = read_article(article, _gazetteer(workspace, quiet=quiet))
    shape = article_shape(parsed, incidents_table(parsed, batch_id=""))
    if json:
        print_json(shape)
    else:
        print_lines(_for_a_person(shape))


def read_input(file: str) -> bytes:
    """Return the bytes of a file, or of standard input for "-".

    Raises
    ------
    FileRefusedError
        When it cannot be read.
    """
    if file == STDIN:
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except FileNotFoundError as error:
        message = f"There is no file {file!r}: check the name."
        raise FileRefusedError(message, code="no_file") from error
    except OSError as error:
        message = f"{file!r} cannot be read ({error.strerror}): name a file you may read."
        raise FileRefusedError(message, code="unreadable") from error


def _gazetteer(workspace: Path | None, *, quiet: bool) -> Gazetteer:
    from geomap.gazetteer import open_gazetteer

    own = (workspace or paths.workspace_dir()) / "places.geojson"
    with progress_bar(quiet=quiet) as progress:
        return open_gazetteer(user_places=own, progress=progress)


def _one_article(file: str, published: date | None) -> Article:
    from geomap.sources.articles import read_articles

    name = "standard input.txt" if file == STDIN else Path(file).name
    articles = read_articles(read_input(file), name=name)
    if len(articles) != 1:
        message = f"{file} holds {len(articles)} articles, not one: use --corpus or geomap ingest."
        raise FileRefusedError(message, code="several_articles")
    return replace(articles[0], published=published) if published else articles[0]


def _for_a_person(shape: Mapping[str, Any]) -> Iterator[str]:
    article = shape["article"]
    head = (article["title"], article["publisher"], article["published"])
    yield " · ".join(str(part) for part in head if part) or "An article without title or date"
    for title, rows, header in (
        (
            "Places",
            shape["toponyms"],
            ("start_char", "text", "kind", "place_id", "score", "reason"),
        ),
        ("Dates", shape["dates"], ("start_char", "text", "start", "end", "precision")),
        (
            "Events",
            shape["events"],
            ("event_date", "event_date_end", "status", "event_type", "geo_precision", "title"),
        ),
    ):
        yield ""
        yield f"{title}: {len(rows)}"
        if rows:
            yield from table_lines(header, [[row[word] for word in header] for row in rows])


def _corpus(
    corpus: str, out: str, workspace: Path | None, *, gold_spans: bool, json: bool, quiet: bool
) -> None:
    documents = list(_documents(corpus))
    gazetteer = _gazetteer(workspace, quiet=quiet)
    lines, found = [], 0
    with progress_bar(quiet=quiet) as progress:
        for number, document in enumerate(documents):
            progress(f"Reading document {number + 1} of {len(documents)}", number / len(documents))
            shape = _document_shape(document, gazetteer, gold_spans=gold_spans)
            found += len(shape["toponyms"])
            lines.append(json_format.dumps(shape, ensure_ascii=False, allow_nan=False) + "\n")
    if out == STDIN:
        sys.stdout.writelines(lines)
    else:
        try:
            Path(out).write_text("".join(lines), "utf-8", "backslashreplace")
        except OSError as error:
            message = f"Cannot write {out!r} ({error.strerror}): choose another folder or name."
            raise StoreError(message) from error
        if json:
            print_json({"documents": len(documents), "toponyms": found, "path": out})
    say(f"{len(documents):,} documents, {found:,} toponyms, written to {out}.", quiet=quiet)


def _documents(corpus: str) -> Iterator[dict[str, Any]]:
    text = read_input(corpus).decode("utf-8-sig", "replace")
    # Not splitlines: a text may hold line separators that JSON leaves as they are.
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            document = json_format.loads(line)
        except ValueError as error:
            message = f"{corpus}, line {number} is not JSON: write one document a line."
            raise FileRefusedError(message, code="not_json") from error
        if not isinstance(document, dict) or not isinstance(document.get("text"), str):
            message = f'{corpus}, line {number} has no "text": each document needs "id" and "text".'
            raise FileRefusedError(message, code="no_text")
        yield document


def _document_shape(
    document: Mapping[str, Any], gazetteer: Gazetteer, *, gold_spans: bool
) -> dict[str, Any]:
    from geomap.geoparse import geoparse as find_toponyms
    from geomap.shapes import spans_shape
    from geomap.sources.articles import article_from_text

    stated = document.get("published")
    day = day_of(stated[:10], "published") if isinstance(stated, str) and stated else None
    article = article_from_text(document["text"], published=day)
    toponyms = find_toponyms(article, gazetteer).toponyms
    if gold_spans:
        toponyms = tuple(_at_spans(document, toponyms, gazetteer))
    return {"id": document.get("id"), "toponyms": [spans_shape(one) for one in toponyms]}


def _marked(document: Mapping[str, Any]) -> list[tuple[int, int]]:
    """Return the offsets of the spans that a document marks."""
    try:
        marks = [(int(m["start"]), int(m["end"])) for m in document.get("toponyms") or ()]
    except (TypeError, ValueError, KeyError) as error:
        message = (
            f"Document {document.get('id')!r}: its toponyms cannot be read; give each a start and "
            "an end, as whole numbers."
        )
        raise InputError(message) from error
    return marks


def _at_spans(
    document: Mapping[str, Any], toponyms: tuple[Toponym, ...], gazetteer: Gazetteer
) -> Iterator[Toponym]:
    """Give a toponym for each marked span: as it was read, else by its name alone."""
    from geomap.model import Toponym, ToponymKind

    read = {(one.start_char, one.end_char): one for one in toponyms}
    for start, end in _marked(document):
        if (start, end) in read:
            yield read[start, end]
            continue
        text = document["text"][start:end]
        match = next(iter(gazetteer.find(text, limit=1)), None)
        place = match.place if match else None
        yield Toponym(
            start,
            end,
            text,
            place.kind if place else ToponymKind.OTHER,
            place,
            match.score if match else 0.0,
            match.reason if match else "No place bears this name.",
        )
