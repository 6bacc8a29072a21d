"""The words of everything that can be chosen on the Map page; the first one is the default."""

from __future__ import annotations

from geomap.model import DatePrecision, GeoPrecision, Status
from geomap.symbology import map_choices

LAYERS = ("roads", "zones", "sites", "towns")
"""What can be switched on and off on the map; "sites" are deposits and other facilities."""

PRECISIONS: tuple[str, ...] = tuple(dict.fromkeys([*DatePrecision, *GeoPrecision]))
STATUSES: tuple[str, ...] = tuple(Status)
MODES = ("window", "cumulative")
COLOURS = map_choices.COLOUR_BY
DENSITIES = map_choices.DENSITIES
BOUNDARIES = tuple(map_choices.BOUNDARIES)
TILES = (map_choices.NO_TILES, *map_choices.TILES)
NAMES = "source"
"""The policy for names at first: as the gazetteer has them."""

WORDS: dict[str, dict[str, str]] = {
    "precision": {
        "exact": "at the place named",
        "near": "near a place",
        "admin2": "district",
        "admin1": "province",
        "region": "region",
        "country": "country",
        "line": "road",
        "approximate_line": "road, course unknown",
        "zone": "zone",
        "unknown": "not stated how exactly",
        "day": "day",
        "week": "week",
        "month": "month",
        "year": "year",
        "range": "some day of a range",
        "open": "ongoing",
    },
}
"""What a person reads for a word of the filters that does not say itself."""

LABELS = {
    "roads": "Roads",
    "zones": "Zones",
    "sites": "Deposits and sites",
    "towns": "Towns",
    **{word: style.label for word, style in map_choices.BOUNDARIES.items()},
}
"""What a person reads for a word that does not say itself."""


def label_of(word: str) -> str:
    """Return a word of these as a person reads it."""
    return LABELS.get(word, word.replace("_", " ").capitalize())
