"""The background as shapely layers, clipped to a box of degrees, for figures.

Wide boxes and small globes are served by a coarse world (data/globe.json, written by
`tools/build_globe.py`), all others by `load_basemap`.
"""

from __future__ import annotations

import math
from functools import cache, lru_cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geomap.basemap import background
from geomap.typing import BBox, Shapes

AREA_LAYERS = background.POLYGONS
LINE_LAYERS = ("coasts", *background.LINES)
COARSE_DEGREES = 100.0
"""A box wider than this is served by the coarse world."""


@lru_cache(maxsize=8)
def _detailed_layers(bbox: BBox) -> dict[str, Shapes]:
    collections = background.load_basemap(bbox)
    layers = {
        name: np.array(
            [shapely.geometry.shape(f["geometry"]) for f in collections[name]["features"]], object
        )
        for name in (*AREA_LAYERS, *LINE_LAYERS)
    }
    # The cells that the land is stored in only meet without a seam once they are one.
    land = shapely.union_all(shapely.make_valid(layers["land"]), grid_size=1e-5)
    return layers | {"land": shapely.get_parts(land)}


@cache
def _coarse_layers() -> dict[str, Shapes]:
    stored = background.read_data("globe.json")

    def points(numbers: list[int]) -> Any:
        steps = np.cumsum(np.array(numbers, dtype="float64").reshape(-1, 2), axis=0)
        return steps / stored["scale"]

    layers = {
        name: np.array(
            [shapely.Polygon(points(edge), [*map(points, holes)]) for edge, *holes in stored[name]],
            object,
        )
        for name in AREA_LAYERS
    }
    for name in ("borders", "disputed"):
        layers[name] = np.array([shapely.LineString(points(line)) for line in stored[name]], object)
    return layers | {"coasts": shapely.get_parts(shapely.boundary(layers["land"]))}


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
            clipped = _clip(layer, window)
            parts.append(_turned(clipped[~shapely.is_empty(clipped)], turn))
    shapes: Shapes = np.concatenate(parts) if parts else np.empty(0, dtype=object)
    return shapes


def _clip(shapes: Shapes, box: BBox) -> Shapes:
    west, south, east, north = shapely.bounds(shapes).T
    near = shapes[(west <= box[2]) & (east >= box[0]) & (south <= box[3]) & (north >= box[1])]
    try:
        clipped: Shapes = shapely.clip_by_rect(near, *box)
    except shapely.errors.GEOSException:
        # The quick way gives up where a corner of a shape just touches the box.
        clipped = shapely.intersection(shapely.make_valid(near), shapely.box(*box))
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
