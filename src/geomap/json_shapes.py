"""The JSON shapes that other tools rely on, made of records and tables.

Only values that JSON knows come out: a missing value is null, a day is an ISO text, no
number is infinite.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry.base import BaseGeometry

from geomap.geo.points import point_of
from geomap.model import Candidate, GeoparsedArticle, Place, PlaceMatch, Toponym

if TYPE_CHECKING:
    import geopandas as gpd  # slow to import, and a place has no need of it

_MISSING = frozenset({"NoneType", "NaTType", "NAType"})

Shape = dict[str, Any]


def json_value(value: Any) -> Any:
    """Return a cell as a value of JSON: null for what is missing or not a finite number."""
    if type(value).__name__ in _MISSING:
        return None
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool | str):
        return value
    number = value.item() if hasattr(value, "item") else value
    return None if isinstance(number, float) and not math.isfinite(number) else number


def _located(place: Place | None) -> Shape:
    geometry = place.geometry if place else None
    point = place.point if place and place.point else point_of(geometry)
    return {
        "lat": point[1] if point else None,
        "lon": point[0] if point else None,
        "geometry_type": geometry.geom_type if geometry is not None and point else None,
        "uncertainty_km": json_value(place.uncertainty_km) if place else None,
    }


def place_shape(match: PlaceMatch) -> Shape:
    """Return a place that bears a name that was looked up."""
    place = match.place
    return {
        "place_id": place.place_id,
        "name": place.name,
        "names": [
            {
                "name": form.name,
                "lang": form.lang,
                "side": form.side,
                "valid_from": json_value(form.valid_from),
                "valid_to": json_value(form.valid_to),
            }
            for form in place.names
        ],
        "feature_code": place.feature_code,
        "country_code": place.country_code,
        **_located(place),
        "valid_from": json_value(place.valid_from),
        "valid_to": json_value(place.valid_to),
        "layer": place.layer,
        "source": place.source,
        "score": match.score,
        "reason": match.reason,
    }


def article_shape(parsed: GeoparsedArticle, events: gpd.GeoDataFrame) -> Shape:
    """Return everything that was read out of an article.

    Parameters
    ----------
    parsed, events
        The article; its incidents as an events table.
    """
    article, dateline = parsed.article, parsed.dateline
    at = dateline.toponym.place if dateline and dateline.toponym else None
    return {
        "article": {
            "article_id": article.article_id,
            "title": article.title,
            "publisher": article.publisher,
            "published": json_value(article.published),
            "dateline_place_id": at.place_id if at else None,
            "chars": len(article.text),
        },
        "toponyms": [_toponym_shape(toponym) for toponym in parsed.toponyms],
        "dates": [
            {
                "start_char": mention.start_char,
                "end_char": mention.end_char,
                "text": mention.text,
                "start": json_value(mention.span.start),
                "end": json_value(mention.span.end),
                "precision": mention.span.precision.value,
            }
            for mention in parsed.dates
        ],
        "events": [_incident_shape(event) for event in event_rows(events)],
        "demonyms": [_toponym_shape(toponym) for toponym in parsed.demonyms],
    }


def _toponym_shape(toponym: Toponym) -> Shape:
    place = toponym.place
    return {
        "start_char": toponym.start_char,
        "end_char": toponym.end_char,
        "text": toponym.text,
        "place_id": place.place_id if place else None,
        "name": place.name if place else None,
        "kind": toponym.kind.value,
        "country": place.country_code if place else None,
        **_located(place),
        "score": json_value(toponym.score),
        "reason": toponym.reason,
        "candidates": [_candidate_shape(candidate) for candidate in toponym.candidates],
        "matched_name": toponym.matched_name,
        "sure": toponym.is_sure,
    }


def _candidate_shape(candidate: Candidate) -> Shape:
    return {
        "place_id": candidate.place_id,
        "name": candidate.name,
        "score": json_value(candidate.score),
        "kind": candidate.kind.value,
        "country": candidate.country_code,
        "reason": candidate.reason,
    }


def _incident_shape(event: Shape) -> Shape:
    words = (
        *("event_id", "event_date", "event_date_end", "date_precision", "event_type"),
        *("title", "status", "place_ids", "geometry_type", "geo_precision", "evidence"),
    )
    return {word: event[word] for word in words}


def spans_shape(toponym: Toponym) -> Shape:
    """Return a toponym in the shape of the corpora that readings are scored with."""
    located = _located(toponym.place)
    return {
        "start": toponym.start_char,
        "end": toponym.end_char,
        "text": toponym.text,
        "lat": located["lat"],
        "lon": located["lon"],
        "kind": toponym.kind.value,
        "country": toponym.place.country_code if toponym.place else None,
        "score": json_value(toponym.score),
    }


def event_rows(events: gpd.GeoDataFrame) -> Iterator[Shape]:
    """Give each event of a table: its columns, lists as lists, and where it is.

    Besides the columns of an events table there are `geometry_type`, `longitude` and
    `latitude` of a point on the geometry; further columns of the table follow.
    """
    names = [name for name in events.columns if name != "geometry"]
    columns = [events[name].astype("object").tolist() for name in names]
    shapes = events.geometry.to_numpy()
    for *cells, geometry in zip(*columns, shapes, strict=True):
        row = {name: json_value(cell) for name, cell in zip(names, cells, strict=True)}
        yield _with_place(row, geometry)


def _with_place(row: Shape, geometry: BaseGeometry | None) -> Shape:
    point = point_of(geometry)
    ids, evidence = row.get("place_ids"), row.get("evidence")
    row["place_ids"] = ids.split(";") if ids else []
    row["evidence"] = [
        {"start_char": start, "end_char": end} for start, end in json.loads(evidence or "[]")
    ]
    row["flags"] = row["flags"].split(";") if row.get("flags") else []
    row["geometry_type"] = geometry.geom_type if geometry is not None and point else None
    row["longitude"], row["latitude"] = point or (None, None)
    return row


def feature_collection(events: gpd.GeoDataFrame) -> Shape:
    """Return events as GeoJSON (RFC 7946); an event without a place has a null geometry."""
    geometries = [
        None if shape is None or shape.is_empty else shapely.geometry.mapping(shape)
        for shape in events.geometry
    ]
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": row["event_id"],
                "geometry": geometry,
                "properties": _properties(row),
            }
            for row, geometry in zip(event_rows(events), geometries, strict=True)
        ],
    }


def _properties(row: Mapping[str, Any]) -> Shape:
    from geomap.tables import EVENT_COLUMNS

    kept = [*EVENT_COLUMNS, *(name for name in row if name not in EVENT_COLUMNS)]
    placed = {"geometry_type", "longitude", "latitude"}
    return {name: row[name] for name in kept if name not in placed}
