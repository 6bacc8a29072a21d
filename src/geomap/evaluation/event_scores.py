"""The figures of a corpus of events: how many were found, and how many answers are right."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from geomap.evaluation.event_annotations import EventDocument, EventMark
from geomap.evaluation.event_matching import WAYS, matched
from geomap.evaluation.scores import harmonic_mean

STRICTEST = "type_place_date"
_ERROR = "calibration_error"
BINS = 10
"""Steps of the score over which the calibration error is taken, as Guo and others (2017) do."""


@dataclass(frozen=True, slots=True)
class EventCounts:
    """How many of `gold` events were found, and how many of `answers` are right.

    An optional event that was answered counts among the right answers, not among those found.
    """

    found: int
    gold: int
    right: int
    answers: int

    @property
    def p(self) -> float:
        """Precision: the share of the answers that is right."""
        return self.right / self.answers if self.answers else float(not self.gold)

    @property
    def r(self) -> float:
        """Recall: the share of the events that was found."""
        return self.found / self.gold if self.gold else float(self.right == self.answers)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return harmonic_mean(self.p, self.r)


@dataclass(frozen=True, slots=True)
class EventResult:
    """One document with its answers, and the counts in each way of `WAYS`."""

    document: EventDocument
    answers: tuple[EventMark, ...]
    counts: Mapping[str, EventCounts]
    right: frozenset[int]
    """Numbers of the answers that are right in type, place and day."""


def compare_events(document: EventDocument, answers: Sequence[EventMark]) -> EventResult:
    """Return how the answers for a document agree with its events.

    Parameters
    ----------
    document, answers
        The document; the answers for it in any order.
    """
    required = [event for event in document.events if not event.is_optional]
    counts, right = {}, frozenset[int]()
    for way in WAYS:
        right = frozenset(matched(document.events, answers, way).values())
        found = len(matched(required, answers, way))
        counts[way] = EventCounts(found, len(required), len(right), len(answers))
    return EventResult(document, tuple(answers), counts, right)


def total(results: Sequence[EventResult], way: str) -> EventCounts:
    """Return the counts of several documents taken together, in one way of `WAYS`."""
    parts = [result.counts[way] for result in results]
    return EventCounts(
        *(sum(getattr(part, name) for part in parts) for name in EventCounts.__slots__)
    )


def interval(
    results: Sequence[EventResult], way: str, *, draws: int, seed: int = 0
) -> tuple[float, float]:
    """Return the 95 % interval of F1 when the documents are drawn anew.

    Parameters
    ----------
    results, way
        One for each document; one of `WAYS`.
    draws, seed
        How often they are drawn, with replacement; seed of the random numbers.
    """
    chance = random.Random(seed)  # noqa: S311 - a draw of documents, no secret
    f1 = [total(chance.choices(results, k=len(results)), way).f1 for _ in range(draws)]
    low, high = np.percentile(f1, [2.5, 97.5])
    return float(low), float(high)


def calibration_error(results: Sequence[EventResult]) -> float | None:
    """Return how far scores are from the share that is right, on average over all answers.

    The expected calibration error of Guo, Pleiss, Sun and Weinberger (2017), "On calibration of
    modern neural networks", with ten steps; None where no answer has a score.

    Parameters
    ----------
    results
        One for each document.
    """
    rows = [
        (answer.score, number in result.right)
        for result in results
        for number, answer in enumerate(result.answers)
        if answer.score is not None
    ]
    if not rows:
        return None
    scores, right = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    steps = np.minimum((scores * BINS).astype(int), BINS - 1)
    gaps = [
        abs(float((scores[steps == step] - right[steps == step]).sum())) for step in range(BINS)
    ]
    return sum(gaps) / len(rows)


EVENT_METRICS = (*(f"{way}_{part}" for way in WAYS for part in ("f1", "p", "r")), _ERROR)
"""The figures of events that a bar can be set for; of the last one less is better."""


def event_metrics(shape: Mapping[str, Any]) -> dict[str, float | None]:
    """Return each figure that a bar can be set for, out of a shape of `events_shape`."""
    rates = {f"{way}_{part}": shape[way][part] for way in WAYS for part in ("f1", "p", "r")}
    return {**rates, _ERROR: shape[_ERROR]}


def wrong_events(result: EventResult) -> dict[str, Any]:
    """Return one document as JSON: its counts, the events it lacks, and the answers not right.

    Parameters
    ----------
    result
        The document compared with its answers, in type, place and day.
    """
    events, answers = result.document.events, result.answers
    found = matched(events, answers, STRICTEST)
    missed = [
        one for number, one in enumerate(events) if number not in found and not one.is_optional
    ]
    wrong = [one for number, one in enumerate(answers) if number not in result.right]
    return {
        "id": result.document.key,
        "gold": result.counts[STRICTEST].gold,
        "answers": len(answers),
        "right": len(result.right),
        "begins": " ".join(result.document.text[:80].split()),
        "missed": [_event_shape(one) for one in missed],
        "wrong": [_event_shape(one) for one in wrong],
    }


def _event_shape(event: EventMark) -> dict[str, Any]:
    first, last = event.days or (None, None)
    return {
        "event_type": " or ".join(sorted(event.event_types)) or None,
        "event_date": first.isoformat() if first else None,
        "event_date_end": last.isoformat() if last else None,
        "places": [place.names[0] for place in event.places or () if place.names],
    }


def events_shape(results: Sequence[EventResult], *, draws: int = 0) -> dict[str, Any]:
    """Return the figures as JSON.

    Parameters
    ----------
    results
        One for each document, at least one.
    draws
        How often documents are drawn for the intervals; none are given for 0.
    """
    strictest = total(results, STRICTEST)
    shape: dict[str, Any] = {
        "docs": len(results),
        "gold": strictest.gold,
        "answers": strictest.answers,
    }
    for way in WAYS:
        counts = total(results, way)
        shape[way] = {"p": counts.p, "r": counts.r, "f1": counts.f1}
        if draws:
            shape[way]["f1_ci95"] = list(interval(results, way, draws=draws))
    return shape | {_ERROR: calibration_error(results)}


def events_table(shape: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of the table of a shape of `events_shape`."""
    yield f"documents {shape['docs']}, gold events {shape['gold']}, answers {shape['answers']}"
    for way in WAYS:
        rates = shape[way]
        ends = rates.get("f1_ci95")
        spread = f"  95% CI {ends[0]:.3f}-{ends[1]:.3f}" if ends else ""
        yield f"{way:16s} P {rates['p']:.3f}  R {rates['r']:.3f}  F1 {rates['f1']:.3f}{spread}"
    if shape[_ERROR] is not None:
        yield f"calibration error of the scores {shape[_ERROR]:.3f}"
