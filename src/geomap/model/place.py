"""Places of a gazetteer, and the names in a text that mean them.

Coordinates are longitude and latitude in EPSG:4326. Character offsets are Python string indices
into the text as it was read, end exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # every command reads this module, few need shapely
    from shapely.geometry.base import BaseGeometry


class ToponymKind(StrEnum):
    """What sort of place a toponym names."""

    CITY = "city"
    COUNTRY = "country"
    ADMIN1 = "admin1"
    ADMIN2 = "admin2"
    REGION = "region"
    CONTINENT = "continent"
    WATER = "water"
    ROAD = "road"
    ZONE = "zone"
    FACILITY = "facility"
    NESTED = "nested"
    OTHER = "other"


AREA_KINDS = frozenset(
    {
        *(ToponymKind.COUNTRY, ToponymKind.CONTINENT, ToponymKind.REGION),
        *(ToponymKind.ADMIN1, ToponymKind.ADMIN2),
    }
)
"""Kinds of places whose point only stands for an area: no pin is drawn and no distance measured."""


@dataclass(frozen=True, slots=True)
class PlaceName:
    """One form of a place's name: who uses it, in which language, and when."""

    name: str
    lang: str | None = None
    side: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """One gazetteer entry, or one dated version of it (same `place_id`, other dates).

    `geometry` is None only for entries known by name alone. `uncertainty_km` is the radius
    or margin within which the geometry may be off; None where no source states one.
    `importance`, from 0 to 1, is how often world news means this place by its bare name; 0
    where nobody has judged it. `point` is the longitude and latitude that stand for
    a place whose geometry is not a point, where its source gives one.
    """

    place_id: str
    name: str
    names: tuple[PlaceName, ...]
    feature_class: str
    feature_code: str
    kind: ToponymKind
    geometry: BaseGeometry | None
    uncertainty_km: float | None
    country_code: str | None
    layer: str
    source: str
    licence: str
    valid_from: date | None = None
    valid_to: date | None = None
    population: int = 0
    importance: float = 0.0
    point: tuple[float, float] | None = None

    def is_valid_on(self, day: date | None) -> bool:
        """Return whether this version is valid on a day.

        Parameters
        ----------
        day
            The day; every version is valid when it is None.
        """
        if day is None:
            return True
        after_start = self.valid_from is None or self.valid_from <= day
        return after_start and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class RelativePlace(Place):
    """A place told by how it lies to another, the place `base_id`, in the words of a text.

    `relation` is "distance", "near", "sector", "off the coast" or "between"; `distance_km` and
    `bearing` (degrees from north) are null where the text states none. The geometry is the middle
    of an area of the radius `uncertainty_km`, or a straight line.
    """

    relation: str
    base_id: str
    distance_km: float | None = None
    bearing: float | None = None


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """A place that bears a name that was looked up, and why it ranks where it does."""

    place: Place
    matched_name: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a toponym might have named: the chance that it is meant, and why, in words.

    The chances of all candidates and of "none of these" add up to 1.
    """

    place_id: str
    name: str
    score: float
    kind: ToponymKind = ToponymKind.OTHER
    country_code: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name found in a text and, once resolved, the place it names.

    `place` is None for a name that was recognised but could not be placed. For a road
    known only by its two ends `place` holds the straight line between them. `score` is the
    calibrated chance that the place is right; `is_sure` says whether it reaches the
    threshold from which answers are drawn and used without a mark of doubt.
    `matched_name` is the form of the name under which the gazetteer lists the place.
    """

    start_char: int
    end_char: int
    text: str
    kind: ToponymKind
    place: Place | None
    score: float
    reason: str
    candidates: tuple[Candidate, ...] = ()
    matched_name: str | None = None
    is_sure: bool = True
