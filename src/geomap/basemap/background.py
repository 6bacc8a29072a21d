"""The background that ships with geomap: land, boundaries, lakes, rivers, divisions, towns.

`load_basemap` gives it to any drawing library; nothing here imports folium. The world is
stored in cells, so that only what is in view is decoded; one cell (`REGION_BOUNDS`) is at
high detail too. Where each part is from is written in data/SOURCES.md.
"""

from __future__ import annotations

import json
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from geomap.typing import BBox

Feature = dict[str, Any]
Line = list[list[float]]

DISCLAIMER = (
    "Boundaries, names and designations shown do not imply endorsement or acceptance by the "
    "authors."
)
CREDITS = "Natural Earth (public domain) · WDBII and GSHHG (LGPL) · GeoNames (CC BY 4.0) · Leaflet"
REGION_BOUNDS: BBox = (37.0, 35.5, 52.5, 45.0)

BOUNDARIES: dict[str, str] = {
    "disputed dashed": "International, disputed ones dashed",
    "all alike": "All boundaries alike",
    "none": "No boundaries",
}
"""The ways to draw boundaries: the word that the map's script knows, and its label."""

DEFAULT_BOUNDARIES = "disputed dashed"

_POLYGONS = ("land", "lakes")
_LINES = ("rivers", "borders", "disputed", "divisions", "small_divisions")


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
    at high detail, a larger one gets the whole world at the same detail.

    Parameters
    ----------
    bbox
        West, south, east, north of what will be drawn; None for the world.

    Returns
    -------
    collections
        "land" and "lakes" (Polygons), "rivers", "coasts", "borders", "disputed" (boundaries
        that are contested or not settled), "divisions" and "small_divisions" (of the first
        level; LineStrings), "towns" (Points with `name` and `population`, largest first),
        "countries" (Points with `name` and `zoom`, for labels; those to show first, first).
    """
    stored = _stored()
    cells = [cell for cell in stored["cells"] if _meet(tuple(cell["box"]), bbox)]
    if _is_near(bbox):
        region = stored["region"]
        cells = [region if cell["box"] == region["box"] else cell for cell in cells]
    found: dict[str, list[Feature]] = {name: [] for name in (*_POLYGONS, "coasts", *_LINES)}
    for cell in cells:
        _add_fills(found, cell, bbox)
        for name in _LINES:
            lines = (_line(text, cell["scale"]) for text in cell.get(name, ()))
            found[name] += [_feature("LineString", line) for line in lines if _touches(line, bbox)]
    found |= load_labels(bbox)
    return {
        name: {"type": "FeatureCollection", "features": features}
        for name, features in found.items()
    }


def load_labels(bbox: BBox | None = None) -> dict[str, list[Feature]]:
    """Return the features "towns" and "countries" of `load_basemap`, and decode nothing else."""
    return {
        "towns": _points(_towns(), "population", bbox),
        "countries": _points(_stored()["countries"], "zoom", bbox),
    }


def _add_fills(found: dict[str, list[Feature]], cell: dict[str, Any], bbox: BBox | None) -> None:
    """Add the polygons of a cell, and the edges of its land that are coasts."""
    for name in _POLYGONS:
        for polygon in cell.get(name, ()):
            rings = [_line(text, cell["scale"]) for text in polygon]
            closed = [ring if ring[0] == ring[-1] else [*ring, ring[0]] for ring in rings]
            if not _touches(closed[0], bbox):
                continue
            found[name].append(_feature("Polygon", closed))
            if name == "land":
                coasts = (line for ring in closed for line in _coasts(ring, cell["box"]))
                found["coasts"] += [_feature("LineString", line) for line in coasts]


def _coasts(ring: Line, box: list[float]) -> list[Line]:
    """Return the pieces of a ring of land that are not where the cell was cut out."""
    west, south, east, north = box
    sides = [
        (x <= west) | (x >= east) << 1 | (y <= south) << 2 | (y >= north) << 3 for x, y in ring
    ]
    pieces: list[Line] = [[ring[0]]]
    for number in range(1, len(ring)):
        if sides[number - 1] & sides[number]:
            pieces.append([])
        pieces[-1].append(ring[number])
    return [piece for piece in pieces if len(piece) > 1]


def _is_near(bbox: BBox | None) -> bool:
    if bbox is None:
        return False
    west, _, east, _ = REGION_BOUNDS
    return 0 <= bbox[2] - bbox[0] <= 2 * (east - west)


def _meet(box: Any, bbox: BBox | None) -> bool:
    if bbox is None:
        return True
    west, south, east, north = bbox
    return bool(box[0] <= east and box[2] >= west and box[1] <= north and box[3] >= south)


def _feature(kind: str, coordinates: Any, **properties: Any) -> Feature:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


@cache
def _values() -> np.ndarray[Any, np.dtype[np.int64]]:
    """Return the value of each letter, by its code."""
    values = np.zeros(128, dtype=np.int64)
    for value, letter in enumerate(_stored()["digits"]):
        values[ord(letter)] = value
    return values


def _numbers(text: str) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Return whole numbers from text; tools/build_basemap.py tells how they are written."""
    values = _values()[np.frombuffer(text.encode("ascii"), dtype=np.uint8)]
    starts = np.r_[0, np.flatnonzero(values < 32)[:-1] + 1]
    place = np.arange(len(values)) - np.repeat(starts, np.diff(np.r_[starts, len(values)]))
    numbers = np.add.reduceat((values & 31) << (5 * place), starts)
    return np.where(numbers & 1, -(numbers >> 1), numbers >> 1)


@lru_cache(maxsize=65_536)
def _decoded(text: str) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Return points in whole units."""
    points: np.ndarray[Any, np.dtype[np.int64]] = np.cumsum(_numbers(text).reshape(-1, 2), axis=0)
    return points


@cache
def _towns() -> list[list[Any]]:
    """Return [name, longitude, latitude, population] of towns, largest first."""
    held = _stored()["towns"]
    people = (np.cumsum(_numbers(held["hundreds"])) * 100).tolist()
    at = _line(held["at"], held["scale"])
    return [
        [name, x, y, size]
        for name, (x, y), size in zip(held["names"].split("\n"), at, people, strict=True)
    ]


def _line(text: str, scale: int) -> Line:
    points: Line = (_decoded(text) / scale).tolist()
    return points


def _touches(line: Line, bbox: BBox | None) -> bool:
    if bbox is None:
        return True
    xs, ys = zip(*line, strict=True)
    return _meet((min(xs), min(ys), max(xs), max(ys)), bbox)


def _points(rows: list[list[Any]], size: str, bbox: BBox | None) -> list[Feature]:
    return [
        _feature("Point", [x, y], name=name, **{size: value})
        for name, x, y, value in rows
        if bbox is None or (bbox[0] <= x <= bbox[2] and bbox[1] <= y <= bbox[3])
    ]
