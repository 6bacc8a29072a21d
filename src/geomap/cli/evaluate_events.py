"""`geomap evaluate --events`, and how any evaluation ends: by the bars that were set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import typer

from geomap.cli.corpus_files import predictions, read_corpus, write_lines
from geomap.cli.inputs import STDIN
from geomap.cli.options import Common
from geomap.cli.terminal import print_json, print_lines, print_message, table_lines
from geomap.errors import InputError

if TYPE_CHECKING:
    from geomap.evaluation import Bar, EventResult

MISSED = 1
MAX_WORST = 5


def evaluate_events(
    gold: str,
    pred: str | None,
    common: Common,
    *,
    draws: int,
    bars: Sequence[str],
    per_doc: str | None,
) -> None:
    """Score the events of a corpus, print the figures, and exit with 1 where a bar is missed.

    Parameters
    ----------
    gold, pred
        Files of JSON lines; without predictions geomap reads the texts.
    common
        Options of every command.
    draws
        How often documents are drawn for intervals.
    bars, per_doc
        METRIC=VALUE each; the file for each document's mistakes.
    """
    from geomap import evaluation

    limits = [evaluation.bar_of(words, evaluation.EVENT_METRICS) for words in bars]
    results = _results(gold, pred, common)
    figures = evaluation.events_shape(results, draws=draws)
    documents = [evaluation.wrong_events(result) for result in results]
    if per_doc is not None:
        write_lines(documents, per_doc)
    worst = sorted(documents, key=lambda one: -len(one["missed"]) - len(one["wrong"]))
    worst = [one for one in worst if one["missed"] or one["wrong"]][:MAX_WORST]
    metrics = evaluation.event_metrics(figures)
    if common.json:
        rows = [bar_shape(one, metrics) for one in limits]
        print_json({**figures, "worst": worst, "bars": rows})
    elif per_doc != STDIN:
        print_lines(evaluation.events_table(figures))
        if worst:
            header = ("id", "gold", "answers", "right", "begins")
            rows_of_worst = [[one[word] for word in header] for one in worst]
            print_lines(["", "documents with most mistakes"])
            print_lines(table_lines(header, rows_of_worst))
    end_by_bars(limits, metrics)


def _results(gold: str, pred: str | None, common: Common) -> list[EventResult]:
    from geomap import evaluation

    refuse_one_input_twice(gold, pred)
    lines = read_corpus(gold)
    documents = evaluation.event_documents(lines)
    if pred is None:
        read = predictions(lines, common, events=True)
        answered = [
            evaluation.Line(f"document {shape['id']!r}", shape["id"], shape) for shape in read
        ]
    else:
        answered = read_corpus(pred)
    answers = evaluation.event_answers(answered, documents)
    return [evaluation.compare_events(one, answers.get(one.key, ())) for one in documents]


def refuse_one_input_twice(gold: str, pred: str | None) -> None:
    """Raise InputError where both files of an evaluation are standard input."""
    if gold == pred == STDIN:
        message = "Standard input can be GOLD or --pred, not both: name a file for one of them."
        raise InputError(message)


def bar_shape(bar: Bar, metrics: Mapping[str, float | None]) -> dict[str, Any]:
    """Return a bar as JSON, with the figure that it is set for."""
    value = metrics[bar.metric]
    return {"metric": bar.metric, "bar": bar.value, "value": value, "met": bar.is_met(value)}


def end_by_bars(bars: Sequence[Bar], metrics: Mapping[str, float | None]) -> None:
    """Say which bars are missed, and exit with 1 where any is."""
    missed = [one for one in bars if not one.is_met(metrics[one.metric])]
    for one in missed:
        print_message(f"geomap: {one.words(metrics[one.metric])}")
    if missed:
        raise typer.Exit(MISSED)
