"""Every choice of how a map is drawn, once for the page, the saved file and figures.

The first word of each is the default. The words are in addresses, manifests and the map's
scripts; nothing is imported here, so that a page may read them before it draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ColourBy = Literal["type", "source", "status", "actor"]
COLOUR_BY: tuple[ColourBy, ...] = ("type", "source", "status", "actor")
"""What the colours of events may stand for."""

Density = Literal["auto", "on", "off"]
DENSITY_LABELS: dict[Density, str] = {"auto": "Automatic", "on": "On", "off": "Off"}
"""Whether crowded views are drawn as a density, with the label of each choice."""
DENSITIES: tuple[Density, ...] = tuple(DENSITY_LABELS)

Mode = Literal["window", "cumulative"]
MODES: tuple[Mode, ...] = ("window", "cumulative")
"""What the time control shows: the days between its ends, or all up to the last."""


@dataclass(frozen=True, slots=True)
class BoundaryStyle:
    """A way to draw boundaries: its label in a list, and the sentence on a figure."""

    label: str
    caption: str


BOUNDARIES: dict[str, BoundaryStyle] = {
    "disputed dashed": BoundaryStyle(
        "International, disputed ones dashed", "Disputed boundaries dashed."
    ),
    "all alike": BoundaryStyle("All boundaries alike", "All boundaries drawn alike."),
    "none": BoundaryStyle("None", "Boundaries left out."),
}
DEFAULT_BOUNDARIES = next(iter(BOUNDARIES))

TILES: dict[str, dict[str, str]] = {
    "OpenStreetMap": {
        "url": "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
        "attribution": "© OpenStreetMap contributors (ODbL)",
    },
    "OpenTopoMap": {
        "url": "https://tile.opentopomap.org/{z}/{x}/{y}.png",
        "attribution": "© OpenStreetMap contributors (ODbL), SRTM · style © OpenTopoMap (CC BY-SA)",
    },
}
"""Online tiles by name, with address and credit; no server is contacted before one is chosen."""

TILES_WARNING = (
    "Online tiles come from a server on the internet. It sees which part of the world you look "
    "at, how closely and when, and the address of your connection. geomap asks it for nothing "
    "unless you choose it here, and for nothing more once you choose the offline background."
)
"""The sentence beside the choice of online tiles."""

NO_TILES = "none"
"""The word for the offline background alone."""
