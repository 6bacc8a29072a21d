"""GeoJSON as records: one column for each property, and the geometry as WKT.

RFC 7946: longitude first, WGS 84. A file that states another reference system is refused.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import shapely
from shapely.geometry import shape

from geomap.errors import FileRefusedError
from geomap.sources.rawtable import Record

GEOMETRY_COLUMN = "geometry_wkt"
_WGS84 = ("CRS84", "EPSG::4326", "EPSG:4326")


def read_features(text: str, name: str) -> Iterator[Record]:
    """Yield a header record, then one record for each feature of a GeoJSON text.

    Raises
    ------
    FileRefusedError
        When the text is not JSON, not GeoJSON, or in another reference system.
    """
    features = _features(text, name)
    columns: dict[str, None] = {}
    for feature in features:
        columns.update(dict.fromkeys(_properties(feature)))
    names = [column for column in columns if column != GEOMETRY_COLUMN]
    return _records(features, names)


def _records(features: list[dict[str, Any]], names: list[str]) -> Iterator[Record]:
    yield 1, [*names, GEOMETRY_COLUMN]
    for number, feature in enumerate(features, start=2):
        properties = _properties(feature)
        yield number, [*(_cell(properties.get(name)) for name in names), _wkt(feature)]


def _features(text: str, name: str) -> list[dict[str, Any]]:
    try:
        document = json.loads(text.lstrip("\ufeff"))
    except (json.JSONDecodeError, RecursionError) as fault:
        where = f" (line {fault.lineno})" if isinstance(fault, json.JSONDecodeError) else ""
        message = f"{name} begins like JSON but cannot be read{where}; export it again."
        raise FileRefusedError(message, code="not_a_table") from fault
    found = document.get("features") if isinstance(document, dict) else None
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        message = f"{name} is JSON but not a GeoJSON collection of features; export it as GeoJSON."
        raise FileRefusedError(message, code="not_a_table")
    stated = json.dumps(document.get("crs") or "")
    if stated != '""' and not any(word in stated for word in _WGS84):
        message = f"{name} is in another reference system than WGS 84; export it as EPSG:4326."
        raise FileRefusedError(message, code="other_crs")
    return found


def _properties(feature: dict[str, Any]) -> dict[str, Any]:
    properties = feature.get("properties")
    found = dict(properties) if isinstance(properties, dict) else {}
    if "id" in feature and "id" not in found:
        found["id"] = feature["id"]
    return found


def _cell(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _wkt(feature: dict[str, Any]) -> str:
    geometry = feature.get("geometry")
    if geometry is None:
        return ""
    try:
        return str(shapely.to_wkt(shape(geometry), rounding_precision=-1))
    except (
        shapely.errors.ShapelyError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        IndexError,
    ):
        # Kept as it was: the reader of the column then rejects the row with its text.
        return json.dumps(geometry, ensure_ascii=False)
