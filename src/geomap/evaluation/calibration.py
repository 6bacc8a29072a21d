"""What scores are worth: of the answers that say they are that likely, how many are right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from geomap.evaluation.matching import DocumentResult

THRESHOLDS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99)


@dataclass(frozen=True, slots=True)
class Step:
    """The answers with at least a score: how many, the share of all, their mean score.

    `right` is the share of them that is right, large areas by their name. An answer where
    nothing is marked is wrong: it would be drawn all the same. The last three are None for
    a step that no answer reaches.
    """

    threshold: float
    answers: int
    of_all: float | None
    said: float | None
    right: float | None


def calibration_of(results: Iterable[DocumentResult]) -> tuple[Step, ...]:
    """Return a step for each threshold; none when no answer carries a score."""
    rows = [row for result in results for row in _answers(result)]
    return tuple(_step(threshold, rows) for threshold in THRESHOLDS) if rows else ()


def _answers(result: DocumentResult) -> Iterable[tuple[float, bool]]:
    found = result.end_to_end
    answers = [(pair.answer, pair.is_right) for pair in found.pairs]
    answers += [(mark, False) for mark in found.extra]
    return [(mark.score, right) for mark, right in answers if mark.score is not None]


def _step(threshold: float, rows: list[tuple[float, bool]]) -> Step:
    kept = [(score, right) for score, right in rows if score >= threshold]
    count = len(kept)
    if not count:
        return Step(threshold, 0, 0.0, None, None)
    said = sum(score for score, _ in kept) / count
    return Step(threshold, count, count / len(rows), said, sum(r for _, r in kept) / count)
