"""The criteria of a question as a value, checked before anything is looked up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, NamedTuple

from geomap.errors import InputError
from geomap.typing import BBox
from geomap.vocabulary.criteria import CRITERIA, NOT_STATED, ColumnsWords, Criterion, Kind

Polygon = tuple[tuple[float, float], ...]

MOST_CORNERS = 500
MOST_NUMBER = 10**9
ENDLESS = 2**62
"""Stands for the last number of a range that has no end."""


class NumberRange(NamedTuple):
    """Whole numbers from `low` to `high`, both included; an end that is None is open."""

    low: int | None = None
    high: int | None = None

    @property
    def ends(self) -> tuple[int, int]:
        """The first and the last number."""
        return self.low or 0, ENDLESS if self.high is None else self.high


@dataclass(frozen=True, slots=True)
class EventQuery:
    """The criteria of a question; an empty one keeps everything.

    Words within one criterion are alternatives, the criteria must hold together. Of
    `precisions`, words for dates and words for places are two criteria. `bbox` is (west,
    south, east, north); west above east crosses the 180th meridian. `polygon` is the corners
    of an area as (longitude, latitude), without the first one again at the end; longitudes
    may run on beyond 180. Each field is described in `vocabulary.criteria.CRITERIA`.
    """

    start: date | None = None
    end: date | None = None
    types: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    precisions: frozenset[str] = frozenset()
    actors: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    fatalities: NumberRange | None = None
    place_ids: frozenset[str] = frozenset()
    batches: frozenset[str] = frozenset()
    text: str = ""
    bbox: BBox | None = None
    polygon: Polygon = ()
    with_hidden: bool = False

    def __post_init__(self) -> None:
        """Refuse a window that ends before it starts, and values that no event can have."""
        if self.start and self.end and self.end < self.start:
            message = f"The dates end ({self.end}) before they start ({self.start}): swap them."
            raise InputError(message)
        for criterion, value in self.values():
            check = _CHECKS.get(criterion.kind)
            if check is not None:
                check(criterion, value)

    @property
    def is_empty(self) -> bool:
        """Whether the query keeps everything."""
        return all(not getattr(self, part.name) for part in fields(self))

    def values(self) -> Iterator[tuple[Criterion, Any]]:
        """Yield each criterion that is set with its value, in the order of `CRITERIA`."""
        for criterion in CRITERIA:
            if value := getattr(self, criterion.field):
                yield criterion, value

    def only(self, criteria: Iterable[Criterion]) -> EventQuery:
        """Return the query with the values of some criteria, and no others.

        Parameters
        ----------
        criteria
            Entries of `CRITERIA`.
        """
        return EventQuery(**{one.field: getattr(self, one.field) for one in criteria})

    @property
    def by_columns(self) -> Iterator[ColumnsWords]:
        """The columns of the events with the words of which any must stand in any of them."""
        for criterion, value in self.values():
            if criterion.kind is Kind.WORDS:
                yield from criterion.by_columns(value)

    @property
    def ranges(self) -> Iterator[tuple[tuple[str, ...], NumberRange]]:
        """The columns (best estimate, lowest, highest) with the numbers that they must have."""
        for criterion, value in self.values():
            if criterion.kind is Kind.RANGE:
                yield tuple(column.name for column in criterion.columns), value

    def in_words(self) -> str:
        """Return the criteria as a phrase that can stand in a caption."""
        parts = [_window_words(self.start, self.end)]
        parts += [
            _IN_WORDS[one.kind](one.name, value)
            for one, value in self.values()
            if one.kind is not Kind.DAY
        ]
        return "; ".join(parts)


def _check_words(criterion: Criterion, given: frozenset[str]) -> None:
    known = criterion.words
    odd = sorted(given - {*known, NOT_STATED}) if known else []
    if odd:
        message = (
            f"No event has the {criterion.name} {odd[0]!r}: use one of {', '.join(sorted(known))}."
        )
        raise InputError(message)


def _check_range(criterion: Criterion, numbers: NumberRange) -> None:
    low, high = numbers
    ends = [end for end in numbers if end is not None]
    if not ends or ends != sorted(ends) or not all(0 <= end <= MOST_NUMBER for end in ends):
        message = (
            f"The {criterion.name} from {low} to {high} are no range: write at least one whole "
            f"number from 0 to {MOST_NUMBER:,}, the smaller first."
        )
        raise InputError(message)


def _check_bbox(_: Criterion, bbox: BBox) -> None:
    west, south, east, north = bbox
    longitudes = all(-180 <= edge <= 180 for edge in (west, east))  # also false for NaN
    if not (longitudes and -90 <= south <= north <= 90):
        message = (
            f"The box {bbox!r} is not west, south, east, north in degrees "
            "(longitudes -180 to 180, latitudes -90 to 90, south below north)."
        )
        raise InputError(message)


def _check_polygon(_: Criterion, polygon: Polygon) -> None:
    corners = all(-360 <= x <= 360 and -90 <= y <= 90 for x, y in polygon)  # false for NaN
    if not (corners and 3 <= len(polygon) <= MOST_CORNERS):
        message = (
            f"The drawn area has {len(polygon)} corners: it needs 3 to {MOST_CORNERS}, each a "
            "longitude and a latitude in degrees."
        )
        raise InputError(message)


_CHECKS: dict[Kind, Callable[[Criterion, Any], None]] = {
    Kind.WORDS: _check_words,
    Kind.RANGE: _check_range,
    Kind.BOX: _check_bbox,
    Kind.POLYGON: _check_polygon,
}


def _window_words(start: date | None, end: date | None) -> str:
    if start and end:
        return f"{start} to {end}" if start != end else f"{start}"
    if start:
        return f"from {start}"
    return f"to {end}" if end else "all dates"


def _list_words(name: str, words: frozenset[str]) -> str:
    return f"{name} {' or '.join(word or 'not stated' for word in sorted(words))}"


def _range_words(name: str, numbers: NumberRange) -> str:
    low, high = numbers
    if low is None:
        words = f"up to {high}"
    elif high is None:
        words = f"{low} or more"
    else:
        words = f"{low} to {high}" if low != high else f"{low}"
    return f"{name} {words} (events without a number left out)"


_IN_WORDS: dict[Kind, Callable[[str, Any], str]] = {
    Kind.WORDS: _list_words,
    Kind.PLACES: _list_words,
    Kind.RANGE: _range_words,
    Kind.TEXT: lambda name, text: f"{name} {text!r}",
    Kind.BOX: lambda _, bbox: "inside " + ", ".join(f"{edge:g}" for edge in bbox),
    Kind.POLYGON: lambda _, corners: f"inside a drawn area of {len(corners)} corners",
    Kind.SWITCH: lambda name, _: f"with {name} events",
}
