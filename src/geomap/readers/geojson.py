"""GeoJSON features and JSON records as columns: one for each property, the geometry as WKT.

RFC 7946: longitude first, WGS 84. A file that states another reference system is converted
when that is known and refused when it is not.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry import shape

from geomap.readers.json_document import JsonObject, JsonRecords
from geomap.readers.reprojection import GEOMETRY_COLUMN, to_wgs84, wkt_cells
from geomap.readers.table_draft import TableDraft

_WRAPPERS = frozenset({"fields", "attributes", "properties", "_source"})
UNDRAWABLE = (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError,
              shapely.errors.ShapelyError)  # fmt: skip
"""What shapely raises on a GeoJSON geometry that is none."""


def read_features(document: JsonRecords, draft: TableDraft) -> tuple[list[str], list[list[str]]]:
    """Return the names of the columns, and the cells of each record.

    Raises
    ------
    FileRefusedError
        When a stated reference system cannot be converted ("other_crs"), or the table of all
        their properties would be too large.
    """
    records = document.records
    properties = [_properties(record) for record in records]
    names = list(dict.fromkeys(key for own in properties for key in own))
    draft.check_size(len(records), len(names))
    draft.check_cells(len(records) * len(names))
    if not any("geometry" in record for record in records):
        return names, [[_cell(own.get(name)) for name in names] for own in properties]
    names = [name for name in names if name != GEOMETRY_COLUMN]
    geometries = _geometries(records, document.crs, draft)
    rows = [
        [*(_cell(own.get(name)) for name in names), geometry]
        for own, geometry in zip(properties, geometries, strict=True)
    ]
    return [*names, GEOMETRY_COLUMN], rows


def _properties(record: JsonObject) -> JsonObject:
    if "geometry" not in record and record.get("type") != "Feature":
        return flat_record(record)
    own = record.get("properties")
    properties = dict(own) if isinstance(own, dict) else {}
    if "id" in record:
        properties.setdefault("id", record["id"])
    return properties


def flat_record(record: JsonObject) -> JsonObject:
    """Return a record with the members of nested objects beside its own: "place.name".

    A list of one object is that object.

    Parameters
    ----------
    record
        One record of an answer. The names of mere wrappers ("fields") are left out.
    """
    flat: JsonObject = {}
    for key, given in record.items():
        is_one = isinstance(given, list) and len(given) == 1
        value = given[0] if is_one and isinstance(given[0], dict) else given
        if not isinstance(value, dict) or not value:
            flat.setdefault(key, given)
            continue
        prefix = "" if key in _WRAPPERS else f"{key}."
        for name, inner in flat_record(value).items():
            flat.setdefault(prefix + name, inner)
    return flat


def _cell(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else _as_json(value)


def _as_json(value: object) -> str:
    try:
        return json.dumps(value, ensure_ascii=False)
    except RecursionError:  # read at the limit of what Python nests, and written beyond it
        return "(nested too deeply)"


def _geometries(records: Sequence[JsonObject], crs: object, draft: TableDraft) -> list[str]:
    """Return the WKT of each feature; what is no geometry stays JSON, and its row is rejected."""
    shapes = np.full(len(records), None, dtype=object)
    unreadable: dict[int, str] = {}
    for place, record in enumerate(records):
        geometry = record.get("geometry")
        if geometry is None:
            continue
        try:
            shapes[place] = shape(geometry)
        except UNDRAWABLE:
            unreadable[place] = _as_json(geometry)
    if crs is not None:
        stated = crs.get("properties") if isinstance(crs, dict) else None
        system = stated.get("name") if isinstance(stated, dict) else None
        shapes = to_wgs84(shapes, system or "unknown", draft)
    return [unreadable.get(place, cell) for place, cell in enumerate(wkt_cells(shapes))]
