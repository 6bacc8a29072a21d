"""The words of every choice of the Map page; the first of each is the default."""

from __future__ import annotations

from geomap.symbology import map_choices

LAYERS = ("roads", "zones", "sites", "towns")
"""Layers of places that can be switched off; "sites" are deposits and other facilities."""

MODES = map_choices.MODES
COLOURS = map_choices.COLOUR_BY
DENSITIES = map_choices.DENSITIES
BOUNDARIES = tuple(map_choices.BOUNDARIES)
TILES = (map_choices.NO_TILES, *map_choices.TILES)
NAMES = "source"
"""The default policy for names: as in the gazetteer."""

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
"""Labels of the words of the filters that need one, by criterion."""

LABELS = {
    "roads": "Roads",
    "zones": "Zones",
    "sites": "Deposits and sites",
    "towns": "Towns",
    **{word: style.label for word, style in map_choices.BOUNDARIES.items()},
}
"""Labels of the other words that need one."""


def label_of(word: str) -> str:
    """Return the label of a word."""
    return LABELS.get(word, word.replace("_", " ").capitalize())
