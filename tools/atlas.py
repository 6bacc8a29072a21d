"""Countries of the npm package world-atlas (Natural Earth, public domain), read from TopoJSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.affinity import translate
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry


class Atlas:
    """A TopoJSON file of world-atlas: shared arcs, and the shapes made of them.

    The arcs are simplified before shapes are made of them, so that a coast and the fill
    behind it, or two neighbours, still share one line.
    """

    def __init__(self, path: Path, ease: float) -> None:
        topology = json.loads(path.read_text(encoding="utf-8"))
        scale, move = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
        arcs = [np.cumsum(np.array(arc), axis=0) * scale + move for arc in topology["arcs"]]
        self.arcs = [np.asarray(LineString(arc).simplify(ease).coords) for arc in arcs]
        self.countries = topology["objects"]["countries"]["geometries"]
        self.land = topology["objects"]["land"]["geometries"]

    def _ring(self, indices: list[int]) -> np.ndarray:
        parts = [self.arcs[i] if i >= 0 else self.arcs[~i][::-1] for i in indices]
        return unrolled(np.concatenate([parts[0], *(part[1:] for part in parts[1:])]))

    def polygons(self, country: dict[str, Any]) -> Iterator[Polygon]:
        """Yield the polygons of one country."""
        arcs = country.get("arcs", [])
        for rings in [arcs] if country["type"] == "Polygon" else arcs:
            shell, *holes = [self._ring(ring) for ring in rings]
            if len(shell) > 3:
                yield Polygon(shell, holes)


def unrolled(ring: np.ndarray) -> np.ndarray:
    """Return a ring that runs on past the 180th meridian; one around a pole takes it in."""
    turns = np.r_[0, np.cumsum(-np.sign(np.diff(ring[:, 0])) * (np.abs(np.diff(ring[:, 0])) > 180))]
    moved: np.ndarray = ring + np.c_[turns * 360, np.zeros(len(ring))]
    if abs(moved[-1, 0] - moved[0, 0]) > 180:
        pole = np.copysign(90, moved[0, 1])
        moved = np.r_[moved, [[moved[-1, 0], pole], [moved[0, 0], pole], moved[0]]]
    return moved


def clipped(shapes: Iterable[BaseGeometry], bbox: tuple[float, ...]) -> list[BaseGeometry]:
    """Return the single parts of `shapes` inside `bbox`."""
    parts: list[BaseGeometry] = []
    for shape in (copy for original in shapes for copy in _copies(original)):
        piece = shapely.clip_by_rect(_without_holes(shape), *bbox)
        for hole in getattr(shape, "interiors", ()):
            # Clipping a large polygon with its holes loses some of them: one at a time.
            gap = shapely.clip_by_rect(Polygon(hole), *bbox)
            if not gap.is_empty:
                piece = shapely.make_valid(piece).difference(shapely.make_valid(gap))
        parts += [part for part in shapely.get_parts(piece) if not part.is_empty]
    return parts


def _copies(shape: BaseGeometry) -> Iterator[BaseGeometry]:
    """Yield the shape and, when it runs past the 180th meridian, itself one turn away."""
    yield shape
    west, _, east, _ = shape.bounds
    if east > 180:
        yield translate(shape, xoff=-360)
    if west < -180:
        yield translate(shape, xoff=360)


def _without_holes(shape: BaseGeometry) -> BaseGeometry:
    return Polygon(shape.exterior) if shape.geom_type == "Polygon" else shape
