"""Which events answer a question, and the eight counts that add up."""

from geomap.query.counts import VISIBLE, EventCounts, Verdict, count_verdicts
from geomap.query.daycounts import DayCounts
from geomap.query.event_query import EventQuery, NumberRange, Polygon
from geomap.query.verdicts import (
    SEARCHED,
    classify_events,
    count_events,
    day_histogram,
    filter_events,
)
from geomap.typing import BBox
from geomap.vocabulary.criteria import NOT_STATED

__all__ = [
    "NOT_STATED",
    "SEARCHED",
    "VISIBLE",
    "BBox",
    "DayCounts",
    "EventCounts",
    "EventQuery",
    "NumberRange",
    "Polygon",
    "Verdict",
    "classify_events",
    "count_events",
    "count_verdicts",
    "day_histogram",
    "filter_events",
]
