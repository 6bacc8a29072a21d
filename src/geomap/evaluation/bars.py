"""Bars that figures must reach: a metric, a number, and whether it was met."""

from __future__ import annotations

import math
from dataclasses import dataclass

from geomap.errors import InputError
from geomap.evaluation.scores import RATES, Figures

_SHARES = ("acc161", "acc161_lenient", "acc161_noncountry", "acc20", "country_acc")
_ERRORS = ("mean_km", "median_km", "auc")
_OF_RATES = {f"{name}_{part}": (name, part) for name in RATES for part in ("f1", "p", "r")}
METRICS = (*_OF_RATES, *_SHARES, *_ERRORS)
"""The figures that a bar can be set for; of the last three less is better."""


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
        return figure <= self.value if self.metric in _ERRORS else figure >= self.value

    def words(self, figure: float | None) -> str:
        """Return why the bar is not met, as a sentence.

        Parameters
        ----------
        figure
            The figure of this metric, None where it could not be measured.
        """
        if figure is None:
            return f"{self.metric} could not be measured: no mark with coordinates was found."
        side = "above" if self.metric in _ERRORS else "below"
        return f"{self.metric} is {figure:.6g}, {side} the bar of {self.value:g}."


def bar_of(text: str) -> Bar:
    """Return the bar that METRIC=VALUE sets.

    Parameters
    ----------
    text
        One of `METRICS`, an equals sign and a number; between 0 and 1 for a share.

    Raises
    ------
    InputError
        When there is no such metric or no such number.
    """
    metric, _, value = (part.strip() for part in text.partition("="))
    if metric not in METRICS:
        names = ", ".join(METRICS)
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
