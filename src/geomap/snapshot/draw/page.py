"""From points on a page to what matplotlib draws on: transform, axes, paths and lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.figure import Figure
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from numpy.typing import NDArray

from geomap.snapshot.plan.map_background import Dash
from geomap.snapshot.plan.typesetting import Box
from geomap.typing import Shapes


def page_transform(figure: Any) -> Any:
    """Return the transform from points of the page to pixels."""
    return Affine2D().scale(1 / 72) + figure.dpi_scale_trans


def axes_at(figure: Figure, box: Box, label: str, *, zorder: float = 0.0) -> Axes:
    """Return new axes in a box of the page."""
    left, low, right, top = box
    wide, high = figure.get_size_inches() * 72
    return figure.add_axes(
        (left / wide, low / high, (right - left) / wide, (top - low) / high),
        label=label,
        zorder=zorder,
    )


def polygon_paths(shapes: Shapes) -> list[Path]:
    """Return a path with all rings for each polygon."""
    paths = []
    for polygon in shapely.get_parts(shapes):
        if polygon.geom_type != "Polygon" or polygon.is_empty:
            continue
        # Holes have to run the other way than the outside, or they are filled.
        oriented = shapely.orient_polygons(polygon)
        rings = [oriented.exterior, *oriented.interiors]
        points = [shapely.get_coordinates(ring) for ring in rings]
        codes = [
            np.r_[Path.MOVETO, np.full(len(p) - 2, Path.LINETO), Path.CLOSEPOLY] for p in points
        ]
        paths.append(Path(np.concatenate(points), np.concatenate(codes).astype(Path.code_type)))
    return paths


def add_polygons(axes: Axes, paths: Sequence[Path], **looks: Any) -> PathCollection:
    """Add polygons, given by their paths, to axes as one collection, and return it."""
    collection = PathCollection(paths, **looks)
    axes.add_collection(collection, autolim=False)
    return collection


def add_lines(
    axes: Axes, lines: Sequence[Any], colour: str, width: float, order: float, dash: Dash = "solid"
) -> LineCollection:
    """Add lines, given by their points, to axes as one collection, and return it."""
    collection = LineCollection(
        lines, colors=colour, linewidths=width, linestyles=dash, zorder=order
    )
    axes.add_collection(collection, autolim=False)
    return collection


def line_points(shapes: Shapes) -> list[NDArray[np.float64]]:
    """Return the points of each line."""
    parts = shapely.get_parts(shapes)
    lines = parts[shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING]
    return [shapely.get_coordinates(line) for line in lines]
