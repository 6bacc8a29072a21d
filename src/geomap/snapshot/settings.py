"""What a person chooses for a snapshot, and the words allowed for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from geomap.errors import InputError

SIZES_INCHES: dict[str, tuple[float, float]] = {
    "a4": (11.69, 8.27),
    "a5": (8.27, 5.83),
    "slide": (13.33, 7.5),
    "square": (8.0, 8.0),
}
"""Width and height in inches, landscape."""

FORMATS = ("png", "svg", "pdf", "html")


@dataclass(frozen=True, slots=True)
class SnapshotSettings:
    """Title, size and as-of time of a snapshot.

    `as_of` is the moment, in UTC, for which the data was read; `version` the version of
    the events table then. Both are printed, so that a reader can ask for the same again.
    `frame` is the box (west, south, east, north in degrees) that the drawing shows; None
    fits what is drawn. It filters nothing: events outside it are counted on the figure.
    """

    title: str
    as_of: datetime
    size: str = "a4"
    portrait: bool = False
    dpi: int = 200
    version: int | None = None
    show_places: bool = True
    show_histogram: bool = True
    frame: tuple[float, float, float, float] | None = None

    def __post_init__(self) -> None:
        """Refuse a size that is not known."""
        if self.size not in SIZES_INCHES:
            message = f"No size {self.size!r}: choose one of {', '.join(SIZES_INCHES)}."
            raise InputError(message)

    @property
    def inches(self) -> tuple[float, float]:
        """Width and height of the page in inches."""
        wide, high = SIZES_INCHES[self.size]
        return (high, wide) if self.portrait else (wide, high)
