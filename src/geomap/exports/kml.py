"""Events as KML for Google Earth and similar programs.

They render a description as HTML, so its text is escaped once more than XML requires, and replace
`$[field]` by the value of a field, so that is written as a character reference.
"""

from __future__ import annotations

import html
import json
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree as Xml

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from geomap.files.xml_text import xml_text
from geomap.json_shapes import event_rows

_SPACE = "http://www.opengis.net/kml/2.2"
_DESCRIBED = (
    *("event_type", "status", "date_precision", "geo_precision", "place_name", "source"),
    "notes",
)
"""Columns in the text of a placemark; all columns are in its data."""


def kml_bytes(events: gpd.GeoDataFrame, *, notes: Sequence[str] = ()) -> bytes:
    """Return events as KML with time spans, with `notes` as the description of the document.

    An event without a place is a placemark without one.
    """
    Xml.register_namespace("", _SPACE)
    root = Xml.Element(f"{{{_SPACE}}}kml")
    document = _add(root, "Document")
    _add(document, "name", "geomap events")
    if notes:
        _add(document, "description", _as_html(" ".join(notes)))
    for row, geometry in zip(event_rows(events), events.geometry, strict=True):
        _placemark(document, row, geometry)
    text: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    # A parser turns a carriage return into a line feed unless it is a reference.
    return text.replace(b"\r", b"&#13;")


def _add(parent: Xml.Element, tag: str, text: str | None = None) -> Xml.Element:
    child = Xml.SubElement(parent, f"{{{_SPACE}}}{tag}")
    if text is not None:
        child.text = xml_text(text)
    return child


def _as_html(text: str) -> str:
    return html.escape(text).replace("$[", "&#36;[")


def _placemark(document: Xml.Element, row: dict[str, Any], geometry: BaseGeometry | None) -> None:
    mark = _add(document, "Placemark")
    _add(mark, "name", _as_html(row["title"] or row["event_type"] or row["event_id"]))
    _add(mark, "Snippet").set("maxLines", "0")
    cells = [(name, row[name]) for name in _DESCRIBED if row[name] is not None]
    lines = [f"{name}: {_as_html(str(cell))}" for name, cell in cells]
    _add(mark, "description", "<br>".join(lines))
    if row["event_date"]:
        span = _add(mark, "TimeSpan")
        _add(span, "begin", row["event_date"])
        if row["event_date_end"]:
            _add(span, "end", row["event_date_end"])
    data = _add(mark, "ExtendedData")
    for name, value in row.items():
        if value not in (None, []):
            text = _as_text(value)
            cell = _add(data, "Data")
            cell.set("name", name)
            _add(cell, "value", text)
    if geometry is not None and not geometry.is_empty:
        _draw(mark, geometry)


def _as_text(value: Any) -> str:
    """Return a value as text: lists of words joined by ";", other lists as JSON."""
    if isinstance(value, list):
        is_words = all(isinstance(part, str) for part in value)
        return ";".join(value) if is_words else json.dumps(value)
    return str(value)


def _draw(parent: Xml.Element, geometry: BaseGeometry) -> None:
    parts = getattr(geometry, "geoms", None)
    if parts is not None:
        group = _add(parent, "MultiGeometry")
        for part in parts:
            _draw(group, part)
    elif geometry.geom_type == "Polygon":
        polygon = _add(parent, "Polygon")
        _ring(_add(polygon, "outerBoundaryIs"), geometry.exterior)
        for hole in geometry.interiors:
            _ring(_add(polygon, "innerBoundaryIs"), hole)
    else:
        line = _add(parent, "Point" if geometry.geom_type == "Point" else "LineString")
        _add(line, "coordinates", _coordinates(geometry))


def _ring(parent: Xml.Element, ring: BaseGeometry) -> None:
    _add(_add(parent, "LinearRing"), "coordinates", _coordinates(ring))


def _coordinates(geometry: BaseGeometry) -> str:
    return " ".join(f"{x!r},{y!r}" for x, y in shapely.get_coordinates(geometry).tolist())
