"""The background as GeoJSON features: land, boundaries, lakes, rivers, divisions, towns.

The world is stored in cells, so that only what is in view is decoded. Some cells are stored a
second time at high detail; each carries its own extent, and a small view that meets it gets it.
The source of each part is in data/SOURCES.md. Nothing here imports a drawing library.

Numbers are stored as text, five bits a letter, low bits first: the lowest bit of a number is its
sign, and a letter of the second half of the alphabet (`digits`) says that the number goes on.
`tools/build_basemap.py` writes them.
"""

from __future__ import annotations

import json
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

from geomap.typing import BBox

Feature = dict[str, Any]
Cell = dict[str, Any]

DISCLAIMER = (
    "Boundaries, names and designations shown do not imply endorsement or acceptance by the "
    "authors."
)
CREDITS = "Natural Earth (public domain) · WDBII and GSHHG (LGPL) · GeoNames (CC BY 4.0) · Leaflet"

POLYGONS = ("land", "lakes")
LINES = ("rivers", "borders", "disputed", "divisions", "small_divisions")

Line = list[list[float]]
Whole = npt.NDArray[np.int64]


def read_data(name: str) -> dict[str, Any]:
    """Return a JSON file of this room's data."""
    path = resources.files("geomap.basemap").joinpath("data", name)
    data: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return data


@cache
def _stored() -> dict[str, Any]:
    return read_data("basemap.json")


def load_basemap(bbox: BBox | None = None) -> dict[str, dict[str, Any]]:
    """Return the background as GeoJSON feature collections in EPSG:4326.

    The detail fits the box: a detailed cell takes the place of the ordinary one where the box is
    at most twice as wide as the cell.

    Parameters
    ----------
    bbox
        West, south, east, north of what will be drawn, in degrees; None for the world.

    Returns
    -------
    collections
        "land" and "lakes" (Polygons), "rivers", "coasts", "borders", "disputed" (boundaries
        that are contested or not settled), "divisions" and "small_divisions" (of the first
        level; LineStrings), "towns" (Points with `name` and `population`, largest first),
        "countries" (Points with `name` and `zoom`, for labels; those to show first, first).
    """
    stored = _stored()
    fine = {tuple(cell["box"]): cell for cell in stored["detailed"] if _fits(cell["box"], bbox)}
    layers: dict[str, list[Feature]] = {name: [] for name in (*POLYGONS, "coasts", *LINES)}
    for plain in stored["cells"]:
        box = tuple(plain["box"])
        if not _meet(box, bbox):
            continue
        cell = fine.get(box, plain)
        _add_fills(layers, cell, bbox)
        for name in LINES:
            lines = (_line(text, cell["scale"]) for text in cell.get(name, ()))
            layers[name] += [_feature("LineString", line) for line in lines if _touches(line, bbox)]
    layers |= load_labels(bbox)
    return {
        name: {"type": "FeatureCollection", "features": features}
        for name, features in layers.items()
    }


def load_labels(bbox: BBox | None = None) -> dict[str, list[Feature]]:
    """Return the features "towns" and "countries" of `load_basemap`; nothing else is decoded."""
    return {
        "towns": _points(_towns(), "population", bbox),
        "countries": _points(_stored()["countries"], "zoom", bbox),
    }


def _fits(box: list[float], bbox: BBox | None) -> bool:
    """Return whether a view is small enough for the detail of a cell."""
    return bbox is not None and 0 <= bbox[2] - bbox[0] <= 2 * (box[2] - box[0])


def _add_fills(layers: dict[str, list[Feature]], cell: Cell, bbox: BBox | None) -> None:
    """Add the polygons of a cell, and the edges of its land that are coasts."""
    for name in POLYGONS:
        for polygon in cell.get(name, ()):
            rings = [_line(text, cell["scale"]) for text in polygon]
            closed = [ring if ring[0] == ring[-1] else [*ring, ring[0]] for ring in rings]
            if not _touches(closed[0], bbox):
                continue
            layers[name].append(_feature("Polygon", closed))
            if name == "land":
                coasts = (line for ring in closed for line in _coasts(ring, cell["box"]))
                layers["coasts"] += [_feature("LineString", line) for line in coasts]


def _coasts(ring: Line, box: list[float]) -> list[Line]:
    """Return the pieces of a ring of land that do not run where the cell was cut out."""
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


def _meet(box: Any, bbox: BBox | None) -> bool:
    if bbox is None:
        return True
    west, south, east, north = bbox
    return bool(box[0] <= east and box[2] >= west and box[1] <= north and box[3] >= south)


def _touches(line: Line, bbox: BBox | None) -> bool:
    if bbox is None:
        return True
    xs, ys = zip(*line, strict=True)
    return _meet((min(xs), min(ys), max(xs), max(ys)), bbox)


def _feature(kind: str, coordinates: Any, **properties: Any) -> Feature:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _line(text: str, scale: int) -> Line:
    return decode_points(text, _stored()["digits"], scale)


@cache
def _towns() -> list[list[Any]]:
    """Return [name, longitude, latitude, population] of towns, largest first."""
    packed = _stored()["towns"]
    people = (np.cumsum(decode_numbers(packed["hundreds"], _stored()["digits"])) * 100).tolist()
    points = _line(packed["at"], packed["scale"])
    return [
        [name, x, y, population]
        for name, (x, y), population in zip(
            packed["names"].split("\n"), points, people, strict=True
        )
    ]


def _points(rows: list[list[Any]], property_name: str, bbox: BBox | None) -> list[Feature]:
    return [
        _feature("Point", [x, y], name=name, **{property_name: value})
        for name, x, y, value in rows
        if _meet((x, y, x, y), bbox)
    ]


@cache
def _values(digits: str) -> Whole:
    """Return the value of each ASCII code."""
    values = np.zeros(128, dtype=np.int64)
    values[list(digits.encode("ascii"))] = np.arange(len(digits))
    return values


def decode_numbers(text: str, digits: str) -> Whole:
    """Return the whole numbers of a text; `digits` are the 64 letters by their values."""
    values = _values(digits)[np.frombuffer(text.encode("ascii"), dtype=np.uint8)]
    starts = np.r_[0, np.flatnonzero(values < 32)[:-1] + 1]
    place = np.arange(len(values)) - np.repeat(starts, np.diff(np.r_[starts, len(values)]))
    numbers = np.add.reduceat((values & 31) << (5 * place), starts)
    return np.where(numbers & 1, -(numbers >> 1), numbers >> 1)


@lru_cache(maxsize=65_536)
def _decode_steps(text: str, digits: str) -> Whole:
    points: Whole = np.cumsum(decode_numbers(text, digits).reshape(-1, 2), axis=0)
    return points


def decode_points(text: str, digits: str, scale: int) -> Line:
    """Return points as [longitude, latitude] in degrees, from the steps between them.

    `scale` is the number of steps in one degree.
    """
    points: Line = (_decode_steps(text, digits) / scale).tolist()
    return points
