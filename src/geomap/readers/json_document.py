"""JSON documents, one or several in a file, and the list of records that a document holds.

A GeoJSON holds features. Interfaces of data providers answer with one list of records beside
counts and messages. A file with one value a line (JSON Lines) is the list of these values.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import Any

JsonObject = dict[str, Any]

_START = re.compile(r'\s*(?:\{\s*(?:["}]|$)|\[\s*(?:[\[{"\]\d-]|true\b|false\b|null\b|$))')
_GAP = re.compile(r"[\s\x1e]*")
_ESCAPED_PAIR = re.compile(
    r"(?<!\\)(?:\\\\)*\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)
_HALF_LETTER = re.compile(r"(?<!\\)((?:\\\\)*)\\u[dD][89a-fA-F][0-9a-fA-F]{2}")
_DECODER = json.JSONDecoder()
_GEOMETRIES = frozenset(
    {"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon",
     "GeometryCollection"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class JsonRecords:
    """The objects of a file, and the reference system that an old GeoJSON states.

    `are_features` is set for GeoJSON; `is_listed` is unset for a single object that is
    neither a feature nor a list of anything. `first_row` is the number of the first record: 2
    as under a header, 1 in a file with a record a line.
    """

    records: list[JsonObject]
    are_features: bool = False
    is_listed: bool = True
    crs: object = None
    first_row: int = 2


def begins_like_json(text: str) -> bool:
    """Return whether a text begins like a JSON object or array."""
    return _START.match(text.lstrip("\x1e")) is not None


def json_values(text: str) -> list[Any]:
    """Return the JSON values that stand one after another: mostly one, or one a line.

    Raises
    ------
    json.JSONDecodeError, RecursionError
        When it is not JSON to its end, or nested too deeply.
    """
    values: list[Any] = []
    if _HALF_LETTER.search(text):
        return _whole_letters(text)
    at = _end_of_gap(text, 0)
    while at < len(text):
        value, at = _DECODER.raw_decode(text, at)
        values.append(value)
        at = _end_of_gap(text, at)
    return values


def _whole_letters(text: str) -> list[Any]:
    """Return the values with U+FFFD for halves of a surrogate pair, which no table can hold."""
    pairs = _ESCAPED_PAIR.sub(lambda pair: json.loads(f'"{pair[0]}"'), text)
    return json_values(_HALF_LETTER.sub(lambda half: half[1] + r"\ufffd", pairs))


def json_records(values: list[Any]) -> JsonRecords | None:
    """Return the objects that the values of a file hold, None where it holds anything else."""
    by_line = len(values) > 1
    document = _of_list(values) if by_line else _listed(values[0])
    if document is None or not all(isinstance(item, dict) for item in document.records):
        return None
    return replace(document, first_row=1) if by_line else document


def _end_of_gap(text: str, at: int) -> int:
    match = _GAP.match(text, at)
    return match.end() if match else at


def _of_list(values: list[Any]) -> JsonRecords:
    return JsonRecords(values, are_features=any(_is_feature(value) for value in values))


def _is_feature(value: object) -> bool:
    return isinstance(value, dict) and (value.get("type") == "Feature" or "geometry" in value)


def _listed(document: object) -> JsonRecords | None:
    if isinstance(document, list):
        return _of_list(document)
    if not isinstance(document, dict):
        return None
    features, kind = document.get("features"), document.get("type")
    if isinstance(features, list):
        return JsonRecords(features, are_features=True, crs=document.get("crs"))
    if kind == "Feature":
        return JsonRecords([document], are_features=True, crs=document.get("crs"))
    if kind in _GEOMETRIES and ("coordinates" in document or "geometries" in document):
        feature = {"type": "Feature", "properties": {}, "geometry": document}
        return JsonRecords([feature], are_features=True, crs=document.get("crs"))
    return JsonRecords([document], is_listed=False)


def inner_records(record: JsonObject) -> list[JsonObject] | None:
    """Return the one list of objects that an object holds, None when it holds none or several."""
    lists = [v for v in record.values() if isinstance(v, list) and v
             and all(isinstance(item, dict) for item in v)]  # fmt: skip
    return lists[0] if len(lists) == 1 else None
