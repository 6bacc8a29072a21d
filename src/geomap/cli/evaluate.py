"""`geomap evaluate`: score geomap, or another tool, on texts that people annotated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geomap.cli.corpus_files import predictions, read_corpus, write_lines
from geomap.cli.evaluate_events import (
    bar_shape,
    end_by_bars,
    evaluate_events,
    refuse_one_input_twice,
)
from geomap.cli.inputs import STDIN, name_of
from geomap.cli.options import Common
from geomap.cli.terminal import print_json, print_lines, table_lines
from geomap.errors import InputError

if TYPE_CHECKING:
    from geomap.evaluation import DocumentResult, Mark, Step

MAX_WORST = 5


def evaluate(
    gold: Annotated[
        str, typer.Argument(metavar="GOLD.jsonl", help="Annotated documents, one JSON a line.")
    ],
    *,
    pred: Annotated[
        str | None,
        typer.Option("--pred", metavar="PRED.jsonl", help="Score these predictions instead."),
    ] = None,
    gold_spans: Annotated[
        bool, typer.Option("--gold-spans", help="Place exactly the spans that GOLD marks.")
    ] = False,
    events: Annotated[
        bool, typer.Option("--events", help="Score the events of GOLD, not its place names.")
    ] = False,
    boot: Annotated[
        int,
        typer.Option(
            "--boot", metavar="N", min=0, help="Draw the documents N times for 95 % intervals."
        ),
    ] = 0,
    bar: Annotated[
        list[str] | None,
        typer.Option("--bar", metavar="METRIC=VALUE", help="Exit 1 below this; repeat."),
    ] = None,
    per_doc: Annotated[
        str | None,
        typer.Option("--per-doc", metavar="FILE", help="Write each document's mistakes as JSON."),
    ] = None,
    common: Common,
) -> None:
    """Compare the places or events that geomap finds with annotations, and print the figures.

    A bar can be set for recognition_exact, recognition_overlap, end_to_end, end_to_end_lenient
    and end_to_end_20km, each with _f1, _p or _r at its end; for acc161, acc161_lenient,
    acc161_noncountry, acc20 and country_acc; and, where less is better, for mean_km,
    median_km and auc. With --events: type, type_place, type_date, place_date and type_place_date
    with the same ends, and calibration_error. docs/evaluate.md explains them, and how to annotate.

    Example: geomap evaluate gold.jsonl --bar end_to_end_f1=0.7 --per-doc mistakes.jsonl
    """
    from geomap import evaluation

    if common.json and per_doc == STDIN:
        message = "--json and --per-doc - both write on standard output: name a file for one."
        raise InputError(message)
    if events:
        if gold_spans:
            message = "--events and --gold-spans exclude each other: events have no marked spans."
            raise InputError(message)
        evaluate_events(gold, pred, common, draws=boot, bars=bar or (), per_doc=per_doc)
        return
    bars = [evaluation.bar_of(words) for words in bar or ()]
    results = _results(gold, pred, common, gold_spans=gold_spans)
    figures = evaluation.figures_of(results, draws=boot)
    steps = evaluation.calibration_of(results)
    documents = [evaluation.document_shape(result) for result in evaluation.worst_first(results)]
    if per_doc is not None:
        write_lines([evaluation.document_shape(result) for result in results], per_doc)
    metrics = evaluation.metrics_of(figures)
    if common.json:
        print_json(
            {
                **evaluation.figures_shape(figures),
                "calibration": [asdict(step) for step in steps],
                "worst": documents[:MAX_WORST],
                "bars": [bar_shape(one, metrics) for one in bars],
            }
        )
    elif per_doc != STDIN:
        print_lines(evaluation.figures_table(figures))
        print_lines(_calibration_lines(steps))
        print_lines(_worst_lines(documents[:MAX_WORST]))
    end_by_bars(bars, metrics)


def _results(
    gold: str, pred: str | None, common: Common, *, gold_spans: bool
) -> list[DocumentResult]:
    from geomap.evaluation import answers_of, compare, gold_documents

    if pred is not None and gold_spans:
        message = "--pred and --gold-spans exclude each other: predictions bring their own spans."
        raise InputError(message)
    refuse_one_input_twice(gold, pred)
    lines = read_corpus(gold)
    documents = gold_documents(lines, name_of(gold))
    if pred is not None:
        answers = answers_of(read_corpus(pred), documents)
    else:
        read = predictions(lines, common, gold_spans=gold_spans)
        answers = {
            document.key: tuple(map(_mark, shape["toponyms"]))
            for document, shape in zip(documents, read, strict=True)
        }
    return [compare(document, answers.get(document.key, ())) for document in documents]


def _mark(shape: Mapping[str, Any]) -> Mark:
    from geomap.evaluation import Mark

    return Mark(
        *(shape["start"], shape["end"], shape["lat"], shape["lon"]),
        country=shape["country"],
        kind=shape["kind"],
        score=shape["score"],
    )


def _calibration_lines(steps: Sequence[Step]) -> Iterator[str]:
    if not steps:
        return
    yield ""
    yield "answers by their score (right: within 161 km, or the same large area)"
    rows = [
        (f"{step.threshold:.2f}", f"{step.answers:,}", *map(_share, (step.of_all, step.said,
          step.right)))
        for step in steps
    ]  # fmt: skip
    yield from table_lines(("at least", "answers", "of all", "mean score", "right"), rows)


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _worst_lines(documents: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if not documents:
        return
    yield ""
    yield "documents with most mistakes"
    header = ("id", "gold", "answers", "right", "begins")
    yield from table_lines(header, [[row[word] for word in header] for row in documents])
