"""Figures as a table for a person and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from geomap.evaluation.matching import DocumentResult
from geomap.evaluation.mistakes import mistakes_of
from geomap.evaluation.scores import Figures

Shape = dict[str, Any]


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
