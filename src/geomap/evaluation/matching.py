"""Matching of the answers for a document with its marks, the rest of both, and its mistakes.

Pairs are one to one. Equal spans are paired first, then spans that share a character, the
larger overlap first. An answer without a mark is excused where it overlaps a span that the
document ignores.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from geomap.evaluation.annotations import GoldDocument
from geomap.evaluation.place_marks import Mark, Span
from geomap.geo.distance import EARTH_RADIUS_KM

FARTHEST_KM = 20039.0
"""The error of an answer without coordinates: half way around the Earth."""
NEAR_KM, CLOSE_KM = 161, 20
What = Literal["missed", "misplaced", "unmarked"]


@dataclass(frozen=True, slots=True)
class Pair:
    """A mark and the answer that is matched with it."""

    gold: Mark
    answer: Mark

    @property
    def km(self) -> float | None:
        """Kilometres from the marked place to the answer; None when the mark has no place."""
        if self.gold.position is None:
            return None
        if self.answer.position is None:
            return FARTHEST_KM
        return _great_circle_km(self.gold.position, self.answer.position)

    @property
    def is_same_area(self) -> bool:
        """Whether the mark is a large area and the answer names just that area.

        The point that stands for a country or a province is a convention: gazetteers
        differ by more than the distance that is counted as right.
        """
        kind, _, country = (self.gold.area or "").partition(":")
        if not kind or self.answer.kind != kind:
            return False
        return kind == "continent" or self.answer.country == country

    def is_within(self, km: float) -> bool:
        """Return whether the answer is at most `km` off; never for a mark without a place."""
        return self.km is not None and self.km <= km

    @property
    def is_right(self) -> bool:
        """Whether the answer is near, or names the same large area."""
        return self.is_within(NEAR_KM) or self.is_same_area


@dataclass(frozen=True, slots=True)
class Alignment:
    """The pairs of a document, its marks without an answer, and answers without a mark."""

    pairs: tuple[Pair, ...]
    missed: tuple[Mark, ...]
    extra: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class DocumentResult:
    """One document compared with its predictions, in three ways.

    `exact` pairs equal spans only, `overlap` spans that share a character, `end_to_end`
    the same among marks and answers with coordinates: an answer without them is an
    abstention, a mark without them is ignored.
    """

    document: GoldDocument
    exact: Alignment
    overlap: Alignment
    end_to_end: Alignment


def _great_circle_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the distance of two (latitude, longitude) points on a sphere.

    `geo.distance` computes the same with numpy, whose sines differ in the last digit; figures
    must equal those of the script that was published with the corpora.
    """
    lat1, lat2 = math.radians(one[0]), math.radians(other[0])
    half = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin(math.radians(other[1] - one[1]) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(half)))


def compare(document: GoldDocument, answers: Iterable[Mark]) -> DocumentResult:
    """Return how the answers for a document agree with its marks.

    Parameters
    ----------
    document, answers
        The document; its answers, of which the first with each span counts.
    """
    by_span: dict[Span, Mark] = {}
    for answer in answers:
        by_span.setdefault(answer.span, answer)
    unique = [by_span[span] for span in sorted(by_span)]
    placed = [mark for mark in document.marks if mark.position is not None]
    unplaced = [mark.span for mark in document.marks if mark.position is None]
    with_place = [answer for answer in unique if answer.position is not None]
    return DocumentResult(
        document,
        exact=align(document.marks, unique, document.ignored, exact=True),
        overlap=align(document.marks, unique, document.ignored),
        end_to_end=align(placed, with_place, [*document.ignored, *unplaced]),
    )


def align(
    gold: Sequence[Mark], answers: Sequence[Mark], excused: Iterable[Span], *, exact: bool = False
) -> Alignment:
    """Return marks and answers, each with another span, in pairs, and the rest of both.

    Answers without a mark that overlap a span of `excused` are left out.
    """
    mark_of: dict[int, int] = {}  # number of the mark by that of its answer
    taken: set[int] = set()
    for _, mark, answer in _in_order(gold, answers, exact=exact):
        if mark not in taken and answer not in mark_of:
            mark_of[answer] = mark
            taken.add(mark)
    excused = tuple(excused)
    return Alignment(
        pairs=tuple(Pair(gold[mark], answers[answer]) for answer, mark in mark_of.items()),
        missed=tuple(mark for number, mark in enumerate(gold) if number not in taken),
        extra=tuple(
            one
            for number, one in enumerate(answers)
            if number not in mark_of and not any(_shared(one.span, span) > 0 for span in excused)
        ),
    )


def _in_order(
    gold: Sequence[Mark], answers: Sequence[Mark], *, exact: bool
) -> Iterator[tuple[int, int, int]]:
    """Yield possible pairs, the best first: (rank, number of the mark, of the answer)."""
    number_of = {mark.span: number for number, mark in enumerate(gold)}
    for number, answer in enumerate(answers):
        if answer.span in number_of:
            yield 0, number_of[answer.span], number
    if exact:
        return
    yield from sorted(
        (-shared, mark, answer)
        for answer, one in enumerate(answers)
        for mark, other in enumerate(gold)
        if (shared := _shared(other.span, one.span)) > 0
    )


def _shared(one: Span, other: Span) -> int:
    return min(one[1], other[1]) - max(one[0], other[0])


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
