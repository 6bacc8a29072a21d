"""`geomap geoparse`: the places, dates and events of one article, or of a corpus."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geomap.cli.corpus_files import predictions, read_corpus, write_lines
from geomap.cli.inputs import STDIN, read_input
from geomap.cli.options import Common, day_of
from geomap.cli.terminal import print_json, print_lines, table_lines
from geomap.errors import FileRefusedError, InputError

if TYPE_CHECKING:
    from geomap.geoparse.sentence_languages import Sentence
    from geomap.model import Article


def geoparse(
    file: Annotated[
        str | None, typer.Argument(metavar="[FILE]", help="An article; - reads standard input.")
    ] = None,
    *,
    published: Annotated[
        str | None,
        typer.Option(
            "--published", metavar="DATE", help="Day of publication, if the text has none."
        ),
    ] = None,
    corpus: Annotated[
        str | None,
        typer.Option("--corpus", metavar="GOLD.jsonl", help="Read every document of this file."),
    ] = None,
    out: Annotated[
        str | None, typer.Option("--out", metavar="PRED.jsonl", help="Where a corpus is written.")
    ] = None,
    gold_spans: Annotated[
        bool, typer.Option("--gold-spans", help="Place exactly the spans that the corpus marks.")
    ] = False,
    events: Annotated[
        bool, typer.Option("--events", help="Write the days and events of a corpus too.")
    ] = False,
    common: Common,
) -> None:
    """Find the places, dates and events that an article names; nothing is stored.

    Example: geomap geoparse article.txt --published 2023-03-01 --json
    """
    day = day_of(published, "--published")
    if corpus is not None:
        if file is not None or out is None:
            message = "--corpus takes a file of documents and --out the file to write, no FILE."
            raise InputError(message)
        shapes = predictions(read_corpus(corpus), common, gold_spans=gold_spans, events=events)
        _write_corpus(shapes, out, common)
        return
    if file is None or out is not None or gold_spans or events:
        message = (
            "Name one article (or - for standard input); --out, --gold-spans and --events need "
            "--corpus."
        )
        raise InputError(message)
    from geomap.incidents import incidents_table, read_article, unread_sentences
    from geomap.json_shapes import article_shape

    parsed = read_article(_one_article(file, day), common.open_gazetteer())
    shape = article_shape(parsed, incidents_table(parsed, batch_id=""))
    unread = unread_sentences(parsed.article.text)
    if common.json:
        print_json({**shape, "unread": [asdict(sentence) for sentence in unread]})
    else:
        print_lines(_report_lines(shape))
        print_lines(_unread_lines(unread))


def _one_article(file: str, published: date | None) -> Article:
    from geomap.readers.article_files import read_articles

    name = "standard input.txt" if file == STDIN else Path(file).name
    articles = read_articles(read_input(file), name=name)
    if len(articles) != 1:
        message = f"{file} holds {len(articles)} articles, not one: use --corpus or geomap ingest."
        raise FileRefusedError(message, code="several_articles")
    return replace(articles[0], published=published) if published else articles[0]


def _report_lines(shape: Mapping[str, Any]) -> Iterator[str]:
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


def _unread_lines(unread: Sequence[Sentence]) -> Iterator[str]:
    from geomap.incidents import unread_words

    if unread:
        yield ""
        yield f"Not read for events: {unread_words(unread)}."


def _write_corpus(shapes: Sequence[dict[str, Any]], out: str, common: Common) -> None:
    write_lines(shapes, out)
    counts = {"documents": len(shapes)} | {
        name: sum(len(shape[name]) for shape in shapes)
        for name in ("toponyms", "events")
        if any(name in shape for shape in shapes)
    }
    if common.json and out != STDIN:
        print_json({**counts, "path": out})
    words = ", ".join(f"{count:,} {name}" for name, count in counts.items())
    common.note(f"{words}, written to {out}.")
