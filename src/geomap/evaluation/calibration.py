"""Calibration of scores: of the answers with at least a score, how many are right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from geomap.evaluation.matching import DocumentResult

THRESHOLDS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99)


@dataclass(frozen=True, slots=True)
class Step:
    """The answers with a score of at least `threshold`.

    `of_all` is their share of all answers, `said` their mean score, `right` the share of them
    that is right, large areas by their name. An answer where nothing is marked is wrong: it
    would be drawn all the same. The last two are None for a step that no answer reaches.
    """

    threshold: float
    answers: int
    of_all: float | None
    said: float | None
    right: float | None


def calibration_of(results: Iterable[DocumentResult]) -> tuple[Step, ...]:
    """Return a step for each threshold; none when no answer has a score.

    Parameters
    ----------
    results
        One for each document.
    """
    rows = [row for result in results for row in _answers(result)]
    return tuple(_step(threshold, rows) for threshold in THRESHOLDS) if rows else ()


def _answers(result: DocumentResult) -> Iterable[tuple[float, bool]]:
    aligned = result.end_to_end
    answers = [(pair.answer, pair.is_right) for pair in aligned.pairs]
    answers += [(mark, False) for mark in aligned.extra]
    return [(mark.score, right) for mark, right in answers if mark.score is not None]


def _step(threshold: float, rows: list[tuple[float, bool]]) -> Step:
    reaching = [(score, right) for score, right in rows if score >= threshold]
    count = len(reaching)
    if not count:
        return Step(threshold, 0, 0.0, None, None)
    mean = sum(score for score, _ in reaching) / count
    right = sum(is_right for _, is_right in reaching) / count
    return Step(threshold, count, count / len(rows), mean, right)
