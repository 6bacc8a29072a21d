"""The figures of a corpus: names recognised, places right, kilometres of error.

All are made of sums over documents, so that drawing documents anew (with replacement) shows
how much the figures depend on the documents that happened to be annotated.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

from geomap.evaluation.matching import (
    CLOSE_KM,
    FARTHEST_KM,
    NEAR_KM,
    Alignment,
    DocumentResult,
    Pair,
)

_SPREAD = ("recognition_exact", "recognition_overlap", "end_to_end", "end_to_end_lenient")
RATES: dict[str, tuple[str, Callable[[Pair], bool]]] = {
    "recognition_exact": ("exact", lambda _: True),
    "recognition_overlap": ("overlap", lambda _: True),
    "end_to_end": ("end_to_end", lambda pair: pair.is_within(NEAR_KM)),
    "end_to_end_lenient": ("end_to_end", lambda pair: pair.is_right),
    "end_to_end_20km": ("end_to_end", lambda pair: pair.is_within(CLOSE_KM)),
}
"""The alignment of a document that each rate counts, and when a pair of it is right."""
THRESHOLDS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99)


def harmonic_mean(p: float, r: float) -> float:
    """Return F1, the harmonic mean of precision and recall; 0 where both are 0."""
    return 2 * p * r / (p + r) if p + r else 0.0


@dataclass(frozen=True, slots=True)
class Rates:
    """How many of `answered` are right, and how many of `gold` they are."""

    right: int
    answered: int
    gold: int

    @property
    def p(self) -> float:
        """Precision: the share of the answers that is right."""
        return self.right / self.answered if self.answered else float(not self.gold)

    @property
    def r(self) -> float:
        """Recall: the share of the marks that is answered rightly."""
        return self.right / self.gold if self.gold else float(not self.answered)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return harmonic_mean(self.p, self.r)

    @classmethod
    def of_all(cls, parts: Sequence[Rates]) -> Rates:
        """Return the rates of several documents taken together."""
        return cls(
            sum(part.right for part in parts),
            sum(part.answered for part in parts),
            sum(part.gold for part in parts),
        )


@dataclass(frozen=True, slots=True)
class Resolution:
    """How well the recognised marks are placed; None where there are none to judge.

    `auc` is the area under the sorted curve of ln(km + 1) / ln(20,039): 0 is best, 1 worst.
    `unresolved` answers have no coordinates and count as farthest off.
    """

    n: int = 0
    acc161: float | None = None
    acc20: float | None = None
    mean_km: float | None = None
    median_km: float | None = None
    auc: float | None = None
    unresolved: int = 0
    acc161_lenient: float | None = None
    acc161_noncountry: float | None = None
    n_noncountry: int = 0
    country_acc: float | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of a corpus; `intervals` are 95 % intervals of F1, by its name in `rates`."""

    documents: int
    gold: int
    gold_placed: int
    rates: Mapping[str, Rates]
    resolution: Resolution
    intervals: Mapping[str, tuple[float, float]] = field(
        default_factory=lambda: MappingProxyType({})
    )


def figures_of(results: Sequence[DocumentResult], *, draws: int = 0, seed: int = 0) -> Figures:
    """Return the figures of a corpus.

    Parameters
    ----------
    results
        One for each document, at least one.
    draws, seed
        How often the documents are drawn anew for the intervals; seed of the random numbers.
    """
    by_document = [_rates_of(result) for result in results]
    rates = {name: Rates.of_all([each[name] for each in by_document]) for name in by_document[0]}
    return Figures(
        documents=len(results),
        gold=rates["recognition_exact"].gold,
        gold_placed=rates["end_to_end"].gold,
        rates=rates,
        resolution=_resolution([pair for result in results for pair in result.overlap.pairs]),
        intervals=_intervals(by_document, draws, seed) if draws else {},
    )


def _rates_of(result: DocumentResult) -> dict[str, Rates]:
    rates = {}
    for name, (attribute, is_right) in RATES.items():
        alignment: Alignment = getattr(result, attribute)
        pairs, extra, missed = alignment.pairs, alignment.extra, alignment.missed
        right = sum(map(is_right, pairs))
        rates[name] = Rates(right, len(pairs) + len(extra), len(pairs) + len(missed))
    return rates


def _intervals(
    by_document: Sequence[Mapping[str, Rates]], draws: int, seed: int
) -> dict[str, tuple[float, float]]:
    chance = random.Random(seed)  # noqa: S311 - a draw of documents, no secret
    count = len(by_document)
    f1: dict[str, list[float]] = {name: [] for name in _SPREAD}
    for _ in range(draws):
        drawn = [by_document[chance.randrange(count)] for _ in range(count)]
        for name in _SPREAD:
            f1[name].append(Rates.of_all([rates[name] for rates in drawn]).f1)
    return {
        name: (float(low), float(high))
        for name, values in f1.items()
        for low, high in [np.percentile(values, [2.5, 97.5])]
    }


def _resolution(pairs: Sequence[Pair]) -> Resolution:
    placed = [(pair, km) for pair in pairs if (km := pair.km) is not None]
    if not placed:
        return Resolution()
    errors = np.sort(np.array([km for _, km in placed], dtype=float))
    small = [km for pair, km in placed if pair.gold.area_kind not in {"country", "continent"}]
    named = [pair for pair, _ in placed if pair.gold.country and pair.answer.country]
    return Resolution(
        n=len(placed),
        acc161=_share(km <= NEAR_KM for _, km in placed),
        acc20=_share(km <= CLOSE_KM for _, km in placed),
        mean_km=float(errors.mean()),
        median_km=float(np.median(errors)),
        auc=_area_under(np.log(errors + 1) / math.log(FARTHEST_KM)),
        unresolved=sum(pair.answer.position is None for pair, _ in placed),
        acc161_lenient=_share(pair.is_right for pair, _ in placed),
        acc161_noncountry=_share(km <= NEAR_KM for km in small),
        n_noncountry=len(small),
        country_acc=_share(pair.gold.country == pair.answer.country for pair in named),
    )


def _share(right: Iterable[bool]) -> float | None:
    values = list(right)
    return sum(values) / len(values) if values else None


def _area_under(curve: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
    """Return the area under a curve whose points stand at equal steps, by the trapezoid rule."""
    if len(curve) == 1:
        return float(curve[0])
    return float(((curve[1:] + curve[:-1]) / 2).sum() / (len(curve) - 1))


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
    answers = [
        answer
        for aligned in (result.end_to_end for result in results)
        for answer in (
            *((pair.answer, pair.is_right) for pair in aligned.pairs),
            *((mark, False) for mark in aligned.extra),
        )
    ]
    rows = [(mark.score, right) for mark, right in answers if mark.score is not None]
    return tuple(_step(threshold, rows) for threshold in THRESHOLDS) if rows else ()


def _step(threshold: float, rows: list[tuple[float, bool]]) -> Step:
    reaching = [(score, right) for score, right in rows if score >= threshold]
    count = len(reaching)
    if not count:
        return Step(threshold, 0, 0.0, None, None)
    mean = sum(score for score, _ in reaching) / count
    right = sum(is_right for _, is_right in reaching) / count
    return Step(threshold, count, count / len(rows), mean, right)
