"""The likeliest place of a sense, with entries for one and the same place joined."""

from __future__ import annotations

import numpy as np

from geomap.gazetteer.place_index import KINDS
from geomap.geo.distance import great_circle_km
from geomap.geoparse.candidates import Options
from geomap.geoparse.data_tables import STATIC
from geomap.geoparse.evidence import CITY, Sense
from geomap.model import ToponymKind

_LOOSE = [
    STATIC.index(name) for name in ("short form", "word for its people", "code", "transliteration")
]
_DIVISIONS = (KINDS.index(ToponymKind.ADMIN1), KINDS.index(ToponymKind.ADMIN2))
_SAME_PLACE_KM, _SAME_DIVISION_KM, _GOOD_PART = 25.0, 120.0, 0.25


def best_place_of(sense: Sense) -> tuple[int, float]:
    """Return the number of the likeliest place of a sense, and its chance.

    Entries of two layers for one place are one answer, with the chances of both. So are a town
    and the province or county called after it when the town makes up a good part of it: then
    the town is the answer, being more exact, unless a noun shows that the wider one is meant.
    """
    options, chances = sense.options, sense.chances
    top = int(np.argmax(chances))
    away = _away(options, top)
    reach = np.maximum(options.radius, options.radius[top]) + _SAME_PLACE_KM
    near = away < reach
    chance = float(chances[near & (options.kind == options.kind[top])].sum())
    towns, wide = options.kind == CITY, np.isin(options.kind, _DIVISIONS)
    if not (towns[top] or wide[top]):
        return top, min(1.0, chance)
    within = (options.admin1 == options.admin1[top]) & (options.admin1[top] != 0)
    near |= within & (away < _SAME_DIVISION_KM)
    others = near & (wide if towns[top] else towns) & ~options.static[:, _LOOSE].any(1)
    if not others.any():
        return top, min(1.0, chance)
    partner = int(np.argmax(np.where(others, chances, -1.0)))
    town, division = (top, partner) if towns[top] else (partner, top)
    if options.people[town] < _GOOD_PART * options.people[division]:
        return top, min(1.0, chance)
    chance += float(chances[others].sum())
    meant = division if sense.hint.kinds and ToponymKind.CITY not in sense.hint.kinds else town
    return meant, min(1.0, chance)


def _away(options: Options, top: int) -> np.ndarray:
    """Return the kilometres from one place to each, infinite for those in other countries."""
    away = great_circle_km(options.lon[top], options.lat[top], options.lon, options.lat)
    away = np.where(options.country == options.country[top], away, np.inf)
    away[top] = 0.0
    return np.asarray(away)
