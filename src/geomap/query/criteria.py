"""The criteria of a question about events, checked before anything is looked up."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from geomap.errors import InputError
from geomap.model import DatePrecision, GeoPrecision, Status
from geomap.typing import BBox

Polygon = tuple[tuple[float, float], ...]

NOT_STATED = ""
"""Among the words of a criterion: the events for which a source does not say it."""

MOST_CORNERS = 500

GEO_WORDS = frozenset(word.value for word in GeoPrecision)
DATE_WORDS = frozenset(word.value for word in DatePrecision)
STATUS_WORDS = frozenset(word.value for word in Status)


@dataclass(frozen=True, slots=True)
class EventQuery:
    """The criteria of a question; an empty one keeps everything.

    Words within one criterion are alternatives, the criteria must hold together. Of
    `precisions`, words for dates and words for places are two criteria. `bbox` is (west,
    south, east, north); west above east crosses the 180th meridian. `polygon` is the corners
    of an area as (longitude, latitude), without the first one again at the end; longitudes
    may run on beyond 180.
    """

    start: date | None = None
    end: date | None = None
    types: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    precisions: frozenset[str] = frozenset()
    text: str = ""
    bbox: BBox | None = None
    place_ids: frozenset[str] = frozenset()
    batches: frozenset[str] = frozenset()
    polygon: Polygon = ()

    def __post_init__(self) -> None:
        """Refuse a window that ends before it starts, and words that no event can have."""
        if self.start and self.end and self.end < self.start:
            message = f"The dates end ({self.end}) before they start ({self.start}): swap them."
            raise InputError(message)
        _check_words("status", self.statuses, STATUS_WORDS)
        _check_words("precision", self.precisions, GEO_WORDS | DATE_WORDS)
        if self.bbox is not None:
            _check_bbox(self.bbox)
        if self.polygon:
            _check_polygon(self.polygon)

    @property
    def is_empty(self) -> bool:
        """Whether the query keeps everything."""
        return all(not getattr(self, part.name) for part in fields(self))

    @property
    def geo_precisions(self) -> frozenset[str]:
        """The words of `precisions` that are for places."""
        return self.precisions & (GEO_WORDS | {NOT_STATED})

    @property
    def by_column(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """The words that are asked for of each column of the events; empty ones keep all."""
        return (
            ("event_type", self.types),
            ("source", self.sources),
            ("status", self.statuses),
            ("batch_id", self.batches),
            ("geo_precision", self.geo_precisions),
            ("date_precision", self.precisions & DATE_WORDS),
        )

    def in_words(self) -> str:
        """Return the criteria as a phrase that can stand in a caption."""
        parts = [_window_words(self.start, self.end)]
        for label, words in (
            ("type", self.types),
            ("source", self.sources),
            ("status", self.statuses),
            ("precision", self.precisions),
            ("place", self.place_ids),
            ("batch", self.batches),
        ):
            if words:
                parts.append(
                    f"{label} {' or '.join(word or 'not stated' for word in sorted(words))}"
                )
        if self.text:
            parts.append(f"text {self.text!r}")
        if self.bbox is not None:
            parts.append("inside " + ", ".join(f"{edge:g}" for edge in self.bbox))
        if self.polygon:
            parts.append(f"inside a drawn area of {len(self.polygon)} corners")
        return "; ".join(parts)


def _check_words(name: str, given: frozenset[str], known: frozenset[str]) -> None:
    odd = sorted(given - known - {NOT_STATED})
    if odd:
        message = f"No event has the {name} {odd[0]!r}: use one of {', '.join(sorted(known))}."
        raise InputError(message)


def _check_bbox(bbox: BBox) -> None:
    west, south, east, north = bbox
    longitudes = all(-180 <= edge <= 180 for edge in (west, east))  # also false for NaN
    if not (longitudes and -90 <= south <= north <= 90):
        message = (
            f"The box {bbox!r} is not west, south, east, north in degrees "
            "(longitudes -180 to 180, latitudes -90 to 90, south below north)."
        )
        raise InputError(message)


def _check_polygon(polygon: Polygon) -> None:
    corners = all(-360 <= x <= 360 and -90 <= y <= 90 for x, y in polygon)  # false for NaN
    if not (corners and 3 <= len(polygon) <= MOST_CORNERS):
        message = (
            f"The drawn area has {len(polygon)} corners: it needs 3 to {MOST_CORNERS}, each a "
            "longitude and a latitude in degrees."
        )
        raise InputError(message)


def _window_words(start: date | None, end: date | None) -> str:
    if start and end:
        return f"{start} to {end}" if start != end else f"{start}"
    if start:
        return f"from {start}"
    return f"to {end}" if end else "all dates"
