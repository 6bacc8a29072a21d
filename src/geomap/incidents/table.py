"""An article's incidents as rows of the events table."""

from __future__ import annotations

import json
from typing import Any

import geopandas as gpd
from shapely import GeometryCollection, MultiLineString, MultiPoint, MultiPolygon
from shapely.geometry.base import BaseGeometry

from geomap.model import DatePrecision, GeoparsedArticle, Incident, Place
from geomap.tables import events_table


def incidents_table(parsed: GeoparsedArticle, *, batch_id: str) -> gpd.GeoDataFrame:
    """Return an events table with one row for each incident of an article.

    The notes are the sentences of the evidence; an open event was last confirmed on the
    day of publication. Several points become one MultiPoint.
    """
    return events_table([_row(parsed, incident, batch_id) for incident in parsed.incidents])


def _row(parsed: GeoparsedArticle, incident: Incident, batch_id: str) -> dict[str, Any]:
    article, span, places = parsed.article, incident.span, incident.places
    is_open = span is not None and span.precision is DatePrecision.OPEN
    sentences = [article.text[e.start_char : e.end_char].strip() for e in incident.evidence]
    return {
        "event_id": incident.event_id,
        "event_date": span.start if span else None,
        "event_date_end": span.end if span else None,
        "last_confirmed": _confirmed(parsed, incident) if is_open else None,
        "date_precision": span.precision.value if span else None,
        "event_type": incident.event_type,
        "sub_event_type": incident.sub_event_type,
        "title": incident.title,
        "notes": " [...] ".join(sentences) or None,
        "actor1": incident.actor1,
        "actor2": incident.actor2,
        "fatalities": incident.fatalities,
        "place_id": places[0].place_id if places else None,
        "place_ids": ";".join(place.place_id for place in places) or None,
        "place_name": "; ".join(place.name for place in places) or None,
        "geo_precision": incident.geo_precision.value,
        "uncertainty_km": max((p.uncertainty_km or 0.0 for p in places), default=0.0) or None,
        "status": incident.status.value,
        "source": article.publisher,
        "source_url": article.url,
        "article_id": article.article_id,
        "evidence": json.dumps([[e.start_char, e.end_char] for e in incident.evidence]),
        "dataset": "article",
        "batch_id": batch_id,
        "geometry": geometry_of(places),
    }


def _confirmed(parsed: GeoparsedArticle, incident: Incident) -> object:
    published, span = parsed.article.published, incident.span
    if published is None or span is None or published < span.start:
        return None
    return published


def geometry_of(places: tuple[Place, ...]) -> BaseGeometry | None:
    """Return the geometries of the places as one; None when there is nothing to draw."""
    parts = [place.geometry for place in places if place.geometry is not None]
    if len(parts) < 2:
        return parts[0] if parts else None
    for single, many in (
        ("Point", MultiPoint),
        ("LineString", MultiLineString),
        ("Polygon", MultiPolygon),
    ):
        if all(part.geom_type == single for part in parts):
            return many(parts)
    return GeometryCollection(parts)
