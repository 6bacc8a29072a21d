"""The JSON shapes that other tools rely on, made of records and tables.

Only values that JSON has come out: a missing value is null, a day is an ISO text, no number
is infinite.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry.base import BaseGeometry

from geomap.geo.shape_point import point_of
from geomap.model import (
    DateMention,
    GeoparsedArticle,
    Incident,
    Place,
    PlaceMatch,
    RelativePlace,
    Toponym,
    ToponymKind,
)

if TYPE_CHECKING:
    import geopandas as gpd  # slow to import, and a place does not need it

_MISSING = frozenset({"NoneType", "NaTType", "NAType"})
_PLACED = ("geometry_type", "longitude", "latitude")

Shape = dict[str, Any]


def json_value(value: Any) -> Any:
    """Return a cell as a value of JSON: null for what is missing or not a finite number.

    Parameters
    ----------
    value
        A text, number, truth or day, of Python, numpy or pandas.
    """
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


def _fields(record: Any, *names: str) -> Shape:
    """Return some fields of a record; of no record, nulls."""
    return {name: json_value(getattr(record, name, None)) for name in names}


def _located(place: Place | None) -> Shape:
    geometry = place.geometry if place else None
    point = place.point if place and place.point else point_of(geometry)
    return {
        "lat": point[1] if point else None,
        "lon": point[0] if point else None,
        "geometry_type": geometry.geom_type if geometry is not None and point else None,
        **_fields(place, "uncertainty_km"),
    }


def place_shape(match: PlaceMatch) -> Shape:
    """Return a place that bears a name that was looked up.

    Parameters
    ----------
    match
        The place with its score and reason; coordinates are those of a point on its geometry.
    """
    place = match.place
    forms = [
        _fields(form, "name", "lang", "side", "valid_from", "valid_to") for form in place.names
    ]
    return {
        **_fields(place, "place_id", "name"),
        "names": forms,
        **_fields(place, "feature_code", "country_code"),
        **_located(place),
        **_fields(place, "valid_from", "valid_to", "layer", "source"),
        **_fields(match, "score", "reason"),
    }


def article_shape(parsed: GeoparsedArticle, events: gpd.GeoDataFrame) -> Shape:
    """Return everything that was read out of an article.

    Parameters
    ----------
    parsed, events
        The article; its incidents as an events table.
    """
    article, dateline = parsed.article, parsed.dateline
    dates = [
        _fields(mention, "start_char", "end_char", "text")
        | _fields(mention.span, "start", "end", "precision")
        for mention in parsed.dates
    ]
    return {
        "article": {
            **_fields(article, "article_id", "title", "publisher", "published"),
            "dateline_place_id": dateline.toponym.place.place_id
            if dateline and dateline.toponym and dateline.toponym.place
            else None,
            "chars": len(article.text),
        },
        "toponyms": [_toponym_shape(toponym) for toponym in parsed.toponyms],
        "dates": dates,
        "events": [_incident_shape(event) for event in event_rows(events)],
        "demonyms": [_toponym_shape(toponym) for toponym in parsed.demonyms],
    }


def _toponym_shape(toponym: Toponym) -> Shape:
    place = toponym.place
    candidates = [
        _fields(one, "place_id", "name", "score", "kind")
        | {"country": one.country_code, "reason": one.reason}
        for one in toponym.candidates
    ]
    return {
        **_fields(toponym, "start_char", "end_char", "text"),
        **_fields(place, "place_id", "name"),
        **_fields(toponym, "kind"),
        "country": place.country_code if place else None,
        **_located(place),
        **_fields(toponym, "score", "reason"),
        "candidates": candidates,
        **_fields(toponym, "matched_name"),
        "sure": toponym.is_sure,
    }


def _incident_shape(event: Shape) -> Shape:
    names = (
        *("event_id", "event_date", "event_date_end", "date_precision", "event_type"),
        *("title", "status", "place_ids", "geometry_type", "geo_precision", "evidence"),
    )
    return {name: event[name] for name in names}


def spans_shape(toponym: Toponym) -> Shape:
    """Return a toponym in the shape of the corpora that readings are scored with.

    Parameters
    ----------
    toponym
        Place name with its place; offsets count characters, the end is not included.
    """
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


def day_shape(mention: DateMention) -> Shape:
    """Return days that a text names in the shape of the corpora that readings are scored with.

    Parameters
    ----------
    mention
        The words and their days; offsets count characters, the end is not included.
    """
    return {
        "start": mention.start_char,
        "end": mention.end_char,
        "text": mention.text,
        "from": json_value(mention.span.start),
        "to": json_value(mention.span.end),
        "precision": mention.span.precision.value,
    }


def incident_shape(incident: Incident) -> Shape:
    """Return an incident in the shape of the corpora that readings are scored with.

    Parameters
    ----------
    incident
        Its places in the order in which the text names them.
    """
    span = incident.span
    return {
        **_fields(incident, "event_type", "sub_event_type", "title", "status"),
        "event_date": json_value(span.start if span else None),
        "event_date_end": json_value(span.end if span else None),
        "date_precision": span.precision.value if span else None,
        "geo_precision": incident.geo_precision.value,
        **_fields(incident, "fatalities"),
        "places": [_incident_place_shape(place) for place in incident.places],
        "evidence": [_fields(one, "start_char", "end_char") for one in incident.evidence],
    }


def _incident_place_shape(place: Place) -> Shape:
    located = _located(place)
    return {
        **_fields(place, "place_id", "name"),
        "names": list(dict.fromkeys([place.name, *(form.name for form in place.names)])),
        "lat": located["lat"],
        "lon": located["lon"],
        "country": place.country_code,
        "kind": place.kind.value,
        "relation": _relation_of(place),
        "radius_km": located["uncertainty_km"] if isinstance(place, RelativePlace) else None,
        **_fields(place, "distance_km", "bearing"),
    }


def _relation_of(place: Place) -> str | None:
    """Return how an event lies to what its place is named after; None for at the place itself."""
    if isinstance(place, RelativePlace):
        return place.relation
    return "road" if place.kind is ToponymKind.ROAD else None


def event_rows(events: gpd.GeoDataFrame) -> Iterator[Shape]:
    """Yield each event of a table: its columns, lists as lists, and where it is.

    Besides the columns there are `geometry_type`, `longitude` and `latitude` of a point on the
    geometry, null without one.

    Parameters
    ----------
    events
        Events table; further columns follow as they are.
    """
    names = [name for name in events.columns if name != "geometry"]
    columns = [events[name].astype("object").tolist() for name in names]
    for *cells, geometry in zip(*columns, events.geometry.to_numpy(), strict=True):
        row = {name: json_value(cell) for name, cell in zip(names, cells, strict=True)}
        yield _with_place(row, geometry)


def _with_place(row: Shape, geometry: BaseGeometry | None) -> Shape:
    point = point_of(geometry)
    evidence = json.loads(row.get("evidence") or "[]")
    row["evidence"] = [{"start_char": start, "end_char": end} for start, end in evidence]
    for name in ("place_ids", "flags"):
        row[name] = row[name].split(";") if row.get(name) else []
    row["geometry_type"] = geometry.geom_type if geometry is not None and point else None
    row["longitude"], row["latitude"] = point or (None, None)
    return row


def feature_collection(events: gpd.GeoDataFrame) -> Shape:
    """Return events as GeoJSON (RFC 7946); an event without a place has a null geometry.

    Parameters
    ----------
    events
        Events table; further columns become properties after those of an events table.
    """
    geometries = [
        None if shape is None or shape.is_empty else shapely.geometry.mapping(shape)
        for shape in events.geometry
    ]
    features = [
        {
            "type": "Feature",
            "id": row["event_id"],
            "geometry": geometry,
            "properties": _properties(row),
        }
        for row, geometry in zip(event_rows(events), geometries, strict=True)
    ]
    return {"type": "FeatureCollection", "features": features}


def _properties(row: Mapping[str, Any]) -> Shape:
    from geomap.tables import EVENT_COLUMNS

    names = [*EVENT_COLUMNS, *(name for name in row if name not in EVENT_COLUMNS)]
    return {name: row[name] for name in names if name not in _PLACED}
