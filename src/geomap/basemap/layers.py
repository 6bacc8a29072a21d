"""The background as shapely layers, clipped to a box of degrees, for figures.

Wide boxes and small globes are served by a coarse world (data/globe.json, written by
`tools/build_globe.py`), all others by `load_basemap`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geomap.basemap import background
from geomap.typing import BBox

Shapes = NDArray[np.object_]

AREA_LAYERS = background.POLYGONS
LINE_LAYERS = ("coasts", *background.LINES)
COARSE_DEGREES = 100.0
"""A box wider than this is served by the coarse world."""


@dataclass(frozen=True, slots=True)
class Layer:
    """Shapes in degrees, and the bounds of each."""

    shapes: Shapes
    bounds: NDArray[np.float64]

    @classmethod
    def of(cls, shapes: list[Any]) -> Layer:
        """Return the layer of some shapes."""
        array = np.empty(len(shapes), dtype=object)
        array[:] = shapes
        return cls(array, shapely.bounds(array))

    def near(self, box: BBox) -> Shapes:
        """Return the shapes whose bounds meet a box."""
        if not len(self.shapes):
            return self.shapes
        west, south, east, north = self.bounds.T
        meets = (west <= box[2]) & (east >= box[0]) & (south <= box[3]) & (north >= box[1])
        shapes: Shapes = self.shapes[meets]
        return shapes


@lru_cache(maxsize=8)
def _detailed_layers(bbox: BBox) -> dict[str, Layer]:
    collections = background.load_basemap(bbox)
    layers = {
        name: Layer.of(
            [shapely.geometry.shape(f["geometry"]) for f in collections[name]["features"]]
        )
        for name in (*AREA_LAYERS, *LINE_LAYERS)
    }
    # The cells that the land is stored in only meet without a seam once they are one.
    land = shapely.union_all(shapely.make_valid(layers["land"].shapes), grid_size=1e-5)
    return layers | {"land": Layer.of(shapely.get_parts(land).tolist())}


@cache
def _coarse_layers() -> dict[str, Layer]:
    stored = background.read_data("globe.json")

    def points(numbers: list[int]) -> Any:
        steps = np.cumsum(np.array(numbers, dtype="float64").reshape(-1, 2), axis=0)
        return steps / stored["scale"]

    areas = {
        name: [
            shapely.Polygon(points(rings[0]), [points(r) for r in rings[1:]])
            for rings in stored[name]
        ]
        for name in AREA_LAYERS
    }
    lines = {
        name: [shapely.LineString(points(numbers)) for numbers in stored[name]]
        for name in ("borders", "disputed")
    }
    rings = [ring for land in areas["land"] for ring in (land.exterior, *land.interiors)]
    lines["coasts"] = [shapely.LineString(ring.coords) for ring in rings]
    return {name: Layer.of(shapes) for name, shapes in (areas | lines).items()}


def clip_layer(name: str, bbox: BBox, *, coarse: bool = False) -> Shapes:
    """Return the parts of a layer in a box.

    Parameters
    ----------
    name
        One of `AREA_LAYERS` (polygons) and `LINE_LAYERS`.
    bbox
        West, south, east, north in degrees; west may be below -180 and east above 180.
    coarse
        Whether the coarse world is exact enough; it is used for wide boxes in any case.

    Returns
    -------
    shapes
        Geometries in degrees, with longitudes that run on over the 180th meridian.
    """
    west, south, east, north = bbox
    coarse = coarse or east - west > COARSE_DEGREES
    parts: list[Shapes] = []
    for turn in (-360.0, 0.0, 360.0):
        window = (max(west - turn, -180.0), south, min(east - turn, 180.0), north)
        if window[0] >= window[2]:
            continue
        layer = (_coarse_layers() if coarse else _detailed_layers(_whole_degrees(window))).get(name)
        if layer is not None:
            clipped = _clip(layer.near(window), window)
            parts.append(_turned(clipped[~shapely.is_empty(clipped)], turn))
    shapes: Shapes = np.concatenate(parts) if parts else np.empty(0, dtype=object)
    return shapes


def _clip(shapes: Shapes, box: BBox) -> Shapes:
    if not len(shapes):
        return shapes
    try:
        clipped: Shapes = shapely.clip_by_rect(shapes, *box)
    except shapely.errors.GEOSException:
        # The quick way gives up where a corner of a shape just touches the box.
        clipped = shapely.intersection(shapely.make_valid(shapes), shapely.box(*box))
    return clipped


def _whole_degrees(box: BBox) -> BBox:
    west, south, east, north = box
    return math.floor(west), math.floor(south), math.ceil(east), math.ceil(north)


def _turned(shapes: Shapes, turn: float) -> Shapes:
    if not turn or not len(shapes):
        return shapes
    turned: Shapes = shapely.transform(shapes, lambda points: points + np.array([turn, 0.0]))
    return turned


@cache
def label_points(kind: str) -> tuple[NDArray[np.float64], list[tuple[str, float]]]:
    """Return the labels of the background: where they are, their names and their ranks.

    Parameters
    ----------
    kind
        "towns", ranked by population, or "countries", ranked by the zoom from which they are
        named; the most important come first.

    Returns
    -------
    points, labels
        Longitude and latitude in degrees, of shape (n, 2); name and rank of each.
    """
    features = background.load_labels()[kind]
    rank = "population" if kind == "towns" else "zoom"
    points = np.array([f["geometry"]["coordinates"] for f in features], dtype="float64")
    labels = [(str(f["properties"]["name"]), float(f["properties"][rank])) for f in features]
    return points.reshape(-1, 2), labels
