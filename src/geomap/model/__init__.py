"""The frozen records that cross walls, and the closed lists of words they use.

All dates are calendar days with both ends included and no time zone. All coordinates
are longitude, latitude in EPSG:4326. Character offsets are Python string indices into
the text as it was read, end exclusive.
"""

from geomap.model.article import Article, Dateline, GeoparsedArticle
from geomap.model.batch import Batch
from geomap.model.days import DateMention, DatePrecision, DateSpan
from geomap.model.decision import Decision, DecisionKind, ReviewStatus, TargetKind
from geomap.model.incident import AREA_PRECISIONS, Evidence, GeoPrecision, Incident, Status
from geomap.model.issues import RowIssue, TableWarning
from geomap.model.place import (
    AREA_KINDS,
    Candidate,
    Place,
    PlaceMatch,
    PlaceName,
    RelativePlace,
    Toponym,
    ToponymKind,
)

CRS = "EPSG:4326"
"""The reference system of every geometry: longitude before latitude, in degrees."""

__all__ = [
    "AREA_KINDS",
    "AREA_PRECISIONS",
    "CRS",
    "Article",
    "Batch",
    "Candidate",
    "DateMention",
    "DatePrecision",
    "DateSpan",
    "Dateline",
    "Decision",
    "DecisionKind",
    "Evidence",
    "GeoPrecision",
    "GeoparsedArticle",
    "Incident",
    "Place",
    "PlaceMatch",
    "PlaceName",
    "RelativePlace",
    "ReviewStatus",
    "RowIssue",
    "Status",
    "TableWarning",
    "TargetKind",
    "Toponym",
    "ToponymKind",
]
