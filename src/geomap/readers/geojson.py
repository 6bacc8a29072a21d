"""GeoJSON as columns: one for each property, and the geometry as WKT.

RFC 7946: longitude first, WGS 84. A file that states another reference system is converted
when that is known and refused when it is not. A list of plain records, as interfaces of data
providers give it, is a table too.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from shapely.geometry import shape

from geomap.errors import FileRefusedError
from geomap.raw_table import TableWarning
from geomap.readers.reprojection import to_wgs84, wkt_cells

GEOMETRY_COLUMN = "geometry_wkt"
_GEOMETRIES = frozenset(
    {"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon",
     "GeometryCollection"}
)  # fmt: skip

Features = list[dict[str, Any]]


def read_features(
    text: str, name: str
) -> tuple[list[str], list[list[str]], tuple[TableWarning, ...]]:
    """Return the names of the columns, the cells of each feature, and warnings.

    Raises
    ------
    FileRefusedError
        When the text is not JSON, holds no features or records, or states a reference
        system that cannot be converted.
    """
    found, crs = _features(text, name)
    columns: dict[str, None] = {}
    for feature in found:
        columns.update(dict.fromkeys(_properties(feature)))
    names = [column for column in columns if column != GEOMETRY_COLUMN]
    if not any("geometry" in feature for feature in found):
        names = list(columns)
        rows = [[_cell(_properties(f).get(column)) for column in names] for f in found]
        return names, rows, ()
    cells, warnings = _geometries(found, crs, name)
    rows = [
        [*(_cell(_properties(feature).get(column)) for column in names), cell]
        for feature, cell in zip(found, cells, strict=True)
    ]
    return [*names, GEOMETRY_COLUMN], rows, warnings


def _features(text: str, name: str) -> tuple[Features, object]:
    """Return the features of a document, and the reference system it states."""
    document = _parsed(text, name)
    crs = document.get("crs") if isinstance(document, dict) else None
    found = _listed(document)
    if found is None or not all(isinstance(item, dict) for item in found):
        message = f"{name} is JSON but holds no features or records; export it as GeoJSON or CSV."
        raise FileRefusedError(message, code="not_a_table")
    if not found:
        message = f"{name} holds no features; export it again."
        raise FileRefusedError(message, code="empty")
    return found, crs


def _parsed(text: str, name: str) -> object:
    body = text.lstrip("\ufeff \t\r\n\x1e")
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as fault:
        if isinstance(fault, json.JSONDecodeError) and fault.msg == "Extra data":
            lines = [line.strip(" \t\r\x1e") for line in body.split("\n")]
            try:
                return [json.loads(line) for line in lines if line]
            except (ValueError, RecursionError):
                pass
        where = f" (line {fault.lineno})" if isinstance(fault, json.JSONDecodeError) else ""
        message = f"{name} begins like JSON but cannot be read{where}; export it again."
        raise FileRefusedError(message, code="not_a_table") from fault


def _listed(document: object) -> list[Any] | None:
    if isinstance(document, list):
        return document
    if not isinstance(document, dict):
        return None
    kind, found = document.get("type"), document.get("features")
    if isinstance(found, list):
        return found
    if kind == "Feature":
        return [document]
    if kind in _GEOMETRIES:
        return [{"type": "Feature", "properties": {}, "geometry": document}]
    # what interfaces answer: one list of records beside counts and messages
    lists = [value for value in document.values() if _are_records(value)]
    return lists[0] if len(lists) == 1 else None


def _are_records(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(v, dict) for v in value)


def _properties(feature: dict[str, Any]) -> dict[str, Any]:
    if "geometry" not in feature and feature.get("type") != "Feature":
        return feature
    properties = feature.get("properties")
    found = dict(properties) if isinstance(properties, dict) else {}
    if "id" in feature and "id" not in found:
        found["id"] = feature["id"]
    return found


def _cell(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else _as_json(value)


def _as_json(value: object) -> str:
    try:
        return json.dumps(value, ensure_ascii=False)
    except RecursionError:  # read at the limit of what Python nests, and written beyond it
        return "(nested too deeply)"


def _geometries(
    found: Features, crs: object, name: str
) -> tuple[Sequence[str], tuple[TableWarning, ...]]:
    """Return the WKT of each feature; what is no geometry stays JSON, and its row is told."""
    shapes = np.full(len(found), None, dtype=object)
    odd: dict[int, str] = {}
    for place, feature in enumerate(found):
        geometry = feature.get("geometry")
        if geometry is None:
            continue
        try:
            shapes[place] = shape(geometry)
        except (
            shapely.errors.ShapelyError,
            ValueError,
            TypeError,
            KeyError,
            AttributeError,
            IndexError,
            RecursionError,
        ):
            odd[place] = _as_json(geometry)
    stated = _stated(crs)
    warnings: tuple[TableWarning, ...] = ()
    if stated is not None:
        shapes, warnings = to_wgs84(shapes, stated, name=name)
    return [odd.get(place, cell) for place, cell in enumerate(wkt_cells(shapes))], warnings


def _stated(crs: object) -> object:
    """Return the reference system of an old `crs` member, None where it states none."""
    if crs is None:
        return None
    properties = crs.get("properties") if isinstance(crs, dict) else None
    return (properties.get("name") if isinstance(properties, dict) else None) or "unknown"
