"""The frozen records that cross walls, and the closed lists of words they use.

All dates are calendar days with both ends included and no time zone. All coordinates
are longitude, latitude in EPSG:4326. Character offsets are Python string indices into
the text as it was read, end exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from shapely.geometry.base import BaseGeometry

from geomap.errors import InputError

CRS = "EPSG:4326"


class DatePrecision(StrEnum):
    """How exactly the days of a span are known.

    `DAY`: every day from start to end is meant (one day, or a duration known to the day).
    `WEEK`, `MONTH`, `YEAR`, `RANGE`: it happened on some day or days between start and
    end. `OPEN`: it began on start and had not ended when it was reported.
    """

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    RANGE = "range"
    OPEN = "open"


class GeoPrecision(StrEnum):
    """What the geometry of an event stands for.

    `EXACT`: the named place itself. `NEAR`: somewhere within `uncertainty_km` of the
    geometry. `ADMIN2`, `ADMIN1`, `REGION`, `COUNTRY`: somewhere in that unit, the geometry is only
    a representative point and is never drawn as a pin. `LINE`, `APPROXIMATE_LINE`: along a
    road whose course is known, or is not. `ZONE`: somewhere in the polygon.
    """

    EXACT = "exact"
    NEAR = "near"
    ADMIN2 = "admin2"
    ADMIN1 = "admin1"
    REGION = "region"
    COUNTRY = "country"
    LINE = "line"
    APPROXIMATE_LINE = "approximate_line"
    ZONE = "zone"
    UNKNOWN = "unknown"


AREA_PRECISIONS = frozenset(
    {GeoPrecision.ADMIN2, GeoPrecision.ADMIN1, GeoPrecision.REGION, GeoPrecision.COUNTRY}
)
"""Precisions whose point is a centroid: drawn as an area, never as a pin."""


class Status(StrEnum):
    """What the source says of an event: the product takes no side."""

    REPORTED = "reported"
    CLAIMED = "claimed"
    PLANNED = "planned"
    PREVENTED = "prevented"
    DENIED = "denied"


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
class DateSpan:
    """The days that are meant, both ends included; `end` is None while ongoing."""

    start: date
    end: date | None
    precision: DatePrecision

    def __post_init__(self) -> None:
        """Refuse a span that ends before it starts, or whose open end is closed."""
        if self.end is not None and self.end < self.start:
            message = f"DateSpan ends ({self.end}) before it starts ({self.start})."
            raise InputError(message)
        if (self.end is None) != (self.precision is DatePrecision.OPEN):
            message = f"A DateSpan has no end exactly when it is open, not {self!r}."
            raise InputError(message)


@dataclass(frozen=True, slots=True)
class DateMention:
    """Words of a text that name days, and the days they name.

    A list such as "December 3 and 7, 2022" gives one mention for each day, each with the
    offsets of the whole list. `role` is what the words around say the date is for: "since",
    "until", "by", "from", "before", "after", "from_to" (a duration), "between" (some day or
    days in between), "dateline", "header", "anaphoric" (counted from another date), else "".
    """

    start_char: int
    end_char: int
    text: str
    span: DateSpan
    role: str = ""


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
    `importance`, from 0 to 1, is how often news of the world means this place by its bare
    name; 0 where nobody has judged it. `point` is the longitude and latitude that stand for
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
        """Return whether this version is true on `day`; every version is when it is None."""
        if day is None:
            return True
        after_start = self.valid_from is None or self.valid_from <= day
        return after_start and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """A place that bears a name that was looked up, and why it ranks where it does."""

    place: Place
    matched_name: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Article:
    """A text with what is known of its publication; `text` is kept to the letter."""

    article_id: str
    text: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: date | None = None
    file_name: str | None = None


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
    `matched_name` is the form of the name under which the gazetteer knows the place.
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


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stretch of an article's text that supports an event."""

    start_char: int
    end_char: int


@dataclass(frozen=True, slots=True)
class Incident:
    """Something that a text says happened, was planned, prevented or denied.

    `places` may be empty: then the event is kept and counted as unplaced. `span` may be
    None: then it is counted as undated.
    """

    event_id: str
    title: str
    event_type: str
    status: Status
    span: DateSpan | None
    places: tuple[Place, ...]
    geo_precision: GeoPrecision
    evidence: tuple[Evidence, ...]
    sub_event_type: str | None = None
    actor1: str | None = None
    actor2: str | None = None
    fatalities: int | None = None


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where and when an article says it was written ("BAKU, February 28.")."""

    start_char: int
    end_char: int
    toponym: Toponym | None
    day: date | None


@dataclass(frozen=True, slots=True)
class GeoparsedArticle:
    """Everything geomap read out of one article.

    `demonyms` are a track of their own: adjectives and words for people ("Russian"), with the
    country or region they belong to. They are no places of the text, and nothing is drawn there.
    """

    article: Article
    toponyms: tuple[Toponym, ...]
    dates: tuple[DateMention, ...]
    incidents: tuple[Incident, ...] = ()
    dateline: Dateline | None = None
    demonyms: tuple[Toponym, ...] = ()


@dataclass(frozen=True, slots=True)
class RowIssue:
    """One thing about one row of an uploaded file that its owner should know.

    `row` counts records as a person sees them: the header is row 1.
    """

    row: int
    column: str | None
    value: str | None
    code: str
    reason: str
    remedy: str
    rejected: bool = field(default=False, kw_only=True)
