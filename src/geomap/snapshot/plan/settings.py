"""The choices of a snapshot, and the words allowed for each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from geomap.errors import InputError
from geomap.symbology.map_choices import BOUNDARIES, DEFAULT_BOUNDARIES
from geomap.symbology.name_policy import MAIN_NAMES
from geomap.typing import BBox

SIZES_INCHES: dict[str, tuple[float, float]] = {
    "a4": (11.69, 8.27),
    "a5": (8.27, 5.83),
    "slide": (13.33, 7.5),
    "square": (8.0, 8.0),
}
"""Width and height in inches, landscape."""

FORMATS = ("png", "svg", "pdf", "html")
THEMES = ("light", "dark")
MAX_TITLE = 200

_TYPE_SCALE = {"a4": 1.0, "a5": 0.92, "slide": 1.25, "square": 1.0}


@dataclass(frozen=True, slots=True)
class SnapshotSettings:
    """Title, size, as-of time and looks of a snapshot.

    `as_of` is the moment, in UTC, of the state of the data that is drawn, `version` the version
    of the workspace with that state; both are printed, so that a reader can make the same figure.
    `frame` is what the map shows (west, south, east, north in degrees; None fits the events). It
    filters nothing: events outside it are counted on the figure. `north` None draws the arrow
    where north is not up everywhere. `boundaries` is a word of `BOUNDARIES`, `names` a policy of
    `geomap.symbology.name_policy`. `dpi` is dots an inch. `link` is the address of the view,
    printed as it is.
    """

    title: str
    as_of: datetime
    size: str = "a4"
    portrait: bool = False
    dpi: int = 300
    version: int | None = None
    show_places: bool = True
    show_histogram: bool = True
    frame: BBox | None = None
    theme: str = "light"
    graticule: bool = False
    north: bool | None = None
    locator: bool = True
    boundaries: str = DEFAULT_BOUNDARIES
    names: str = MAIN_NAMES
    link: str = ""

    def __post_init__(self) -> None:
        """Refuse an unknown size, theme or boundary style, and too long a title."""
        for noun, value, known in (
            ("size", self.size, tuple(SIZES_INCHES)),
            ("theme", self.theme, THEMES),
            ("way to draw boundaries", self.boundaries, tuple(BOUNDARIES)),
        ):
            if value not in known:
                message = f"No {noun} {value!r}: choose one of {', '.join(known)}."
                raise InputError(message)
        if len(self.title) > MAX_TITLE:
            message = f"The title has {len(self.title)} letters: {MAX_TITLE} at most fit a figure."
            raise InputError(message)

    @property
    def inches(self) -> tuple[float, float]:
        """Width and height of the page in inches."""
        wide, high = SIZES_INCHES[self.size]
        return (high, wide) if self.portrait else (wide, high)

    def titled(self, label: str) -> SnapshotSettings:
        """Return the settings of a part of the view, with its label in the title."""
        return replace(self, title=f"{self.title[: MAX_TITLE - 60]}: {label[:50]}")

    @property
    def type_scale(self) -> float:
        """Size of letters and signs, relative to an A4 page."""
        return _TYPE_SCALE[self.size]
