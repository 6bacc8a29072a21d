"""Figures as a table for a person, as JSON, and against the bars that they must reach."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from geomap.errors import InputError
from geomap.evaluation.matching import DocumentResult, mistakes_of
from geomap.evaluation.scores import RATES, Figures

Shape = dict[str, Any]
_SHARES = ("acc161", "acc161_lenient", "acc161_noncountry", "acc20", "country_acc")
_ERRORS = ("mean_km", "median_km", "auc")
_OF_RATES = {f"{name}_{part}": (name, part) for name in RATES for part in ("f1", "p", "r")}
METRICS = (*_OF_RATES, *_SHARES, *_ERRORS)
"""The figures of places that a bar can be set for; of the last three less is better."""

_LESS_IS_BETTER = frozenset({*_ERRORS, "calibration_error"})


def figures_table(figures: Figures) -> Iterator[str]:
    """Yield the lines of the table: recognition, end to end, resolution.

    Parameters
    ----------
    figures
        The figures of a corpus.
    """
    yield (
        f"documents {figures.documents}, gold toponyms {figures.gold} "
        f"({figures.gold_placed} with coordinates)"
    )
    for name, rates in figures.rates.items():
        interval = figures.intervals.get(name)
        spread = f"  95% CI {interval[0]:.3f}-{interval[1]:.3f}" if interval else ""
        yield f"{name:22s} P {rates.p:.3f}  R {rates.r:.3f}  F1 {rates.f1:.3f}{spread}"
    yield from _resolution_lines(figures)


def _resolution_lines(figures: Figures) -> Iterator[str]:
    own = figures.resolution
    if not own.n:
        return
    yield (
        f"resolution on {own.n} matched: acc@161 {own.acc161:.3f} "
        f"(lenient {own.acc161_lenient:.3f})  acc@20 {own.acc20:.3f}  "
        f"mean {own.mean_km:.0f} km  median {own.median_km:.1f} km  AUC {own.auc:.3f}  "
        f"unresolved {own.unresolved}"
    )
    if own.acc161_noncountry is not None:
        country = own.country_acc
        yield (
            f"  without countries/continents: acc@161 {own.acc161_noncountry:.3f} "
            f"(n={own.n_noncountry})"
            + ("" if country is None else f"   country accuracy {country:.3f}")
        )


def figures_shape(figures: Figures) -> Shape:
    """Return the figures as JSON; one that could not be measured is null.

    Parameters
    ----------
    figures
        The figures of a corpus.
    """
    shape: Shape = {
        "docs": figures.documents,
        "gold": figures.gold,
        "gold_grounded": figures.gold_placed,
    }
    for name, rates in figures.rates.items():
        shape[name] = {"p": rates.p, "r": rates.r, "f1": rates.f1}
        if name in figures.intervals:
            shape[name]["f1_ci95"] = list(figures.intervals[name])
    return shape | {"resolution": asdict(figures.resolution)}


def document_shape(result: DocumentResult) -> Shape:
    """Return one document as JSON: its counts, and each of its mistakes.

    Parameters
    ----------
    result
        The document compared with its predictions.
    """
    aligned = result.end_to_end
    return {
        "id": result.document.key,
        "gold": len(aligned.pairs) + len(aligned.missed),
        "answers": len(aligned.pairs) + len(aligned.extra),
        "right": sum(pair.is_right for pair in aligned.pairs),
        "begins": " ".join(result.document.text[:80].split()),
        "mistakes": [asdict(mistake) for mistake in mistakes_of(result)],
    }


@dataclass(frozen=True, slots=True)
class Bar:
    """The least that a figure must be; the most, for a figure of which less is better."""

    metric: str
    value: float

    def is_met(self, figure: float | None) -> bool:
        """Return whether a figure reaches the bar.

        Parameters
        ----------
        figure
            The figure of this metric; None, for one that could not be measured, does not.
        """
        if figure is None:
            return False
        return figure <= self.value if self.metric in _LESS_IS_BETTER else figure >= self.value

    def words(self, figure: float | None) -> str:
        """Return why the bar is not met, as a sentence.

        Parameters
        ----------
        figure
            The figure of this metric, None where it could not be measured.
        """
        if figure is None:
            return f"{self.metric} could not be measured: nothing that it counts was found."
        side = "above" if self.metric in _LESS_IS_BETTER else "below"
        return f"{self.metric} is {figure:.6g}, {side} the bar of {self.value:g}."


def bar_of(text: str, metrics: Sequence[str] = METRICS) -> Bar:
    """Return the bar that METRIC=VALUE sets.

    Parameters
    ----------
    text, metrics
        One of `metrics`, an equals sign and a number; between 0 and 1 for a share.

    Raises
    ------
    InputError
        When there is no such metric or no such number.
    """
    metric, _, value = (part.strip() for part in text.partition("="))
    if metric not in metrics:
        names = ", ".join(metrics)
        message = f"--bar: {text!r} names no figure; write METRIC=VALUE with one of {names}."
        raise InputError(message)
    try:
        number = float(value)
    except ValueError:
        number = math.nan
    if not (math.isfinite(number) and (metric in _ERRORS or 0 <= number <= 1)):
        message = f"--bar: {value!r} is no value for {metric}; write it like {metric}=0.8."
        raise InputError(message)
    return Bar(metric, number)


def metrics_of(figures: Figures) -> dict[str, float | None]:
    """Return each figure that a bar can be set for, in the order of `METRICS`.

    Parameters
    ----------
    figures
        The figures of a corpus; those that could not be measured are None.
    """
    metrics: dict[str, float | None] = {
        metric: getattr(figures.rates[name], part) for metric, (name, part) in _OF_RATES.items()
    }
    return metrics | {name: getattr(figures.resolution, name) for name in (*_SHARES, *_ERRORS)}
