"""Figures as a table for a person and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from geomap.evaluation.calibration import Step
from geomap.evaluation.matching import DocumentResult
from geomap.evaluation.mistakes import mistakes_of
from geomap.evaluation.scores import Figures, Rates

Shape = dict[str, Any]


def figures_table(figures: Figures) -> Iterator[str]:
    """Give the lines of the table: recognition, end to end, resolution."""
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
    found = figures.resolution
    if not found.n:
        return
    yield (
        f"resolution on {found.n} matched: acc@161 {found.acc161:.3f} "
        f"(lenient {found.acc161_lenient:.3f})  acc@20 {found.acc20:.3f}  "
        f"mean {found.mean_km:.0f} km  median {found.median_km:.1f} km  AUC {found.auc:.3f}  "
        f"unresolved {found.unresolved}"
    )
    if found.acc161_noncountry is not None:
        country = found.country_acc
        yield (
            f"  without countries/continents: acc@161 {found.acc161_noncountry:.3f} "
            f"(n={found.n_noncountry})"
            + ("" if country is None else f"   country accuracy {country:.3f}")
        )


def figures_shape(figures: Figures) -> Shape:
    """Return the figures as JSON; what could not be measured is null."""
    shape: Shape = {
        "docs": figures.documents,
        "gold": figures.gold,
        "gold_grounded": figures.gold_placed,
    }
    for name, rates in figures.rates.items():
        shape[name] = _rates_shape(rates)
        if name in figures.intervals:
            shape[name]["f1_ci95"] = list(figures.intervals[name])
    return shape | {"resolution": asdict(figures.resolution)}


def _rates_shape(rates: Rates) -> Shape:
    return {"p": rates.p, "r": rates.r, "f1": rates.f1}


def calibration_shape(steps: tuple[Step, ...]) -> list[Shape]:
    """Return the steps of a calibration as JSON."""
    return [asdict(step) for step in steps]


def document_shape(result: DocumentResult) -> Shape:
    """Return one document as JSON: its counts, and each of its mistakes."""
    found = result.end_to_end
    return {
        "id": result.document.key,
        "gold": len(found.pairs) + len(found.missed),
        "answers": len(found.pairs) + len(found.extra),
        "right": sum(pair.is_right for pair in found.pairs),
        "begins": " ".join(result.document.text[:80].split()),
        "mistakes": [asdict(mistake) for mistake in mistakes_of(result)],
    }
