"""Which events answer a question, and the seven counts that add up."""

from geomap.query.criteria import (
    DATE_WORDS,
    GEO_WORDS,
    NOT_STATED,
    STATUS_WORDS,
    EventQuery,
    Polygon,
)
from geomap.query.daycounts import DayCounts
from geomap.query.verdicts import (
    SEARCHED,
    VISIBLE,
    EventCounts,
    Verdict,
    classify_events,
    count_events,
    count_verdicts,
    day_histogram,
    filter_events,
)
from geomap.typing import BBox

__all__ = [
    "DATE_WORDS",
    "GEO_WORDS",
    "NOT_STATED",
    "SEARCHED",
    "STATUS_WORDS",
    "VISIBLE",
    "BBox",
    "DayCounts",
    "EventCounts",
    "EventQuery",
    "Polygon",
    "Verdict",
    "classify_events",
    "count_events",
    "count_verdicts",
    "day_histogram",
    "filter_events",
]
