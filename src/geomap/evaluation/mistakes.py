"""The mistakes of one document, mark by mark, and the documents with most of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from geomap.evaluation.matching import DocumentResult
from geomap.evaluation.place_marks import Mark

What = Literal["missed", "misplaced", "unmarked"]


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mark without an answer, an answer too far off, or an answer where nothing is marked."""

    what: What
    start: int
    end: int
    text: str
    km: float | None = None


def mistakes_of(result: DocumentResult) -> tuple[Mistake, ...]:
    """Return the mistakes among marks and answers with coordinates, in the order of the text."""
    aligned = result.end_to_end

    def mistake(what: What, mark: Mark, km: float | None = None) -> Mistake:
        words = result.document.text[mark.start : mark.end]
        return Mistake(what, mark.start, mark.end, words, None if km is None else round(km, 1))

    mistakes = [mistake("missed", mark) for mark in aligned.missed]
    mistakes += [mistake("misplaced", p.answer, p.km) for p in aligned.pairs if not p.is_right]
    mistakes += [mistake("unmarked", mark) for mark in aligned.extra]
    return tuple(sorted(mistakes, key=lambda one: (one.start, one.end)))


def worst_first(results: Iterable[DocumentResult]) -> Sequence[DocumentResult]:
    """Return the documents with mistakes, those with most of them first.

    Parameters
    ----------
    results
        One for each document.
    """
    counted = [(len(mistakes_of(result)), result) for result in results]
    counted.sort(key=lambda pair: -pair[0])
    return [result for count, result in counted if count]
