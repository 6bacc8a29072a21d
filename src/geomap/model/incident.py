"""An incident that a text reports, and how exactly its place is known."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from geomap.model.days import DateSpan
from geomap.model.place import Place


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
    """How the source reports an event; geomap takes no side."""

    REPORTED = "reported"
    CLAIMED = "claimed"
    PLANNED = "planned"
    PREVENTED = "prevented"
    DENIED = "denied"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A part of an article's text that supports an event."""

    start_char: int
    end_char: int


@dataclass(frozen=True, slots=True)
class Incident:
    """Something that a text says happened, was planned, prevented or denied.

    Without `places` the event is kept and counted as unplaced, without `span` as undated.
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
