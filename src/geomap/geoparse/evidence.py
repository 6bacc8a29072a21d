"""Senses of names in a document, and the kinds of place that rules of evidence distinguish."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from geomap.gazetteer.place_index import KINDS
from geomap.geoparse.candidates import Options
from geomap.model import ToponymKind

COUNTRY, ADMIN1, CITY, CONTINENT = map(KINDS.index, ("country", "admin1", "city", "continent"))
IS_AREA = np.isin(KINDS, ["country", "admin1", "continent", "region", "water"])
"""Whether a kind, by its number, is so large that its point says little of a distance."""


@dataclass(frozen=True)
class Hint:
    """Hints in the words around the mentions of one name, joined over a document."""

    kinds: frozenset[ToponymKind] = frozenset()
    container: str | None = None
    located: bool = False
    dateline: bool = False
    people: bool = False
    mentions: int = 1


@dataclass
class Sense:
    """One name of a document with one container at most, and the places it may mean."""

    text: str
    hint: Hint
    options: Options
    doubt: float = 0.0
    before: list[int] = field(default_factory=list)
    chances: np.ndarray = field(default_factory=lambda: np.empty(0))


@dataclass(frozen=True)
class Home:
    """The home of the publisher in degrees, and its country as `code_of` numbers it."""

    lat: float
    lon: float
    country: int
