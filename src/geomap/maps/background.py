"""The background that ships with geomap: land, borders, coasts, lakes, rivers, towns.

`load_basemap` gives it to any drawing library; nothing here imports folium. The world is
at low detail; one region (`REGION_BOUNDS`) is at high detail too. Where each part is from
is written in data/SOURCES.md.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

BBox = tuple[float, float, float, float]
Feature = dict[str, Any]

DISCLAIMER = (
    "Boundaries, names and designations shown do not imply endorsement or acceptance by the "
    "authors."
)
CREDITS = "Natural Earth (public domain) · GSHHG and WDBII (LGPL) · GeoNames (CC BY 4.0) · Leaflet"
REGION_BOUNDS: BBox = (37.0, 35.5, 52.5, 45.0)

_POLYGONS = ("land", "lakes")
_LINES = ("rivers", "coasts", "borders")


def basemap_path() -> Path:
    """Return the file of the background, as the map's script reads it."""
    return Path(__file__).resolve().parent / "data" / "basemap.json"


@cache
def _stored() -> dict[str, Any]:
    stored: dict[str, Any] = json.loads(basemap_path().read_text(encoding="utf-8"))
    return stored


def load_basemap(bbox: BBox | None = None) -> dict[str, dict[str, Any]]:
    """Return the background as GeoJSON feature collections in EPSG:4326.

    The detail fits the box: a box no wider than twice the detailed region gets that region
    at high detail, a larger one gets the whole world at low detail.

    Parameters
    ----------
    bbox
        West, south, east, north of what will be drawn; None for the world.

    Returns
    -------
    collections
        "land" and "lakes" (Polygons), "rivers", "coasts" and "borders" (LineStrings),
        "towns" (Points with `name` and `population`, largest first), "countries" (Points
        with `name` and `area`, for labels).
    """
    stored = _stored()
    levels = [stored["world"], stored["region_high" if _is_near(bbox) else "region_low"]]
    out: dict[str, dict[str, Any]] = {}
    for name in (*_POLYGONS, *_LINES):
        out[name] = _collection([
            feature for level in levels for feature in _decoded(level, name, bbox)
        ])  # fmt: skip
    out["towns"] = _collection(_points(stored["towns"], "population", bbox))
    out["countries"] = _collection(_points(stored["countries"], "area", bbox))
    return out


def _is_near(bbox: BBox | None) -> bool:
    if bbox is None:
        return False
    west, _, east, _ = REGION_BOUNDS
    return 0 <= bbox[2] - bbox[0] <= 2 * (east - west)


def _collection(features: list[Feature]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": features}


def _decoded(level: dict[str, Any], name: str, bbox: BBox | None) -> list[Feature]:
    scale = level["scale"]
    features: list[Feature] = []
    for shape in level[name]:
        if name in _POLYGONS:
            rings = [_line(ring, scale) for ring in shape]
            closed = [ring if ring[0] == ring[-1] else [*ring, ring[0]] for ring in rings]
            if _touches(closed[0], bbox):
                features.append(_feature("Polygon", closed))
        else:
            line = _line(shape, scale)
            if _touches(line, bbox):
                features.append(_feature("LineString", line))
    return features


def _feature(kind: str, coordinates: Any, **properties: Any) -> Feature:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _line(numbers: list[int], scale: int) -> list[list[float]]:
    x = y = 0
    points = []
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append([x / scale, y / scale])
    return points


def _touches(line: list[list[float]], bbox: BBox | None) -> bool:
    if bbox is None:
        return True
    west, south, east, north = bbox
    xs = [x for x, _ in line]
    ys = [y for _, y in line]
    return min(xs) <= east and max(xs) >= west and min(ys) <= north and max(ys) >= south


def _points(rows: list[list[Any]], size: str, bbox: BBox | None) -> list[Feature]:
    return [
        _feature("Point", [x, y], name=name, **{size: value})
        for name, x, y, value in rows
        if bbox is None or (bbox[0] <= x <= bbox[2] and bbox[1] <= y <= bbox[3])
    ]
