"""Draw the vector background (land, water, borders, towns) on matplotlib axes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from geomap.maps.background import load_basemap
from geomap.snapshot.extent import Extent, to_mercator

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SEA, LAND, WATER_EDGE, COAST, BORDER = "#dbe9f1", "#f7f5f0", "#9fc4dd", "#8fa3b0", "#8d83a0"
MAX_TOWNS = 45
LETTER_WIDTH_PT, LINE_HEIGHT_PT = 4.4, 11.0


def draw_background(axes: Axes, extent: Extent) -> None:
    """Draw land, lakes, rivers, coasts and boundaries under everything else."""
    from matplotlib.collections import LineCollection, PathCollection

    base = load_basemap(extent.degrees)
    axes.set_facecolor(SEA)
    for name, face, edge, order in (("land", LAND, "none", 1.0), ("lakes", SEA, WATER_EDGE, 2.0)):
        paths = [_path(feature["geometry"]["coordinates"]) for feature in base[name]["features"]]
        axes.add_collection(
            PathCollection(paths, facecolors=face, edgecolors=edge, linewidths=0.4, zorder=order)
        )
    for name, colour, width, style, order in (
        ("rivers", WATER_EDGE, 0.5, "solid", 2.1),
        ("coasts", COAST, 0.5, "solid", 3.0),
        ("borders", BORDER, 0.8, (0, (6, 2, 1, 2)), 3.1),
        ("disputed", BORDER, 0.8, (0, (2, 2)), 3.1),
    ):
        lines = [_projected(f["geometry"]["coordinates"]) for f in base[name]["features"]]
        axes.add_collection(
            LineCollection(lines, colors=colour, linewidths=width, linestyles=style, zorder=order)
        )


def _projected(points: list[list[float]]) -> np.ndarray[Any, np.dtype[np.float64]]:
    degrees = np.asarray(points)
    return np.column_stack(to_mercator(degrees[:, 0], degrees[:, 1]))


def _path(rings: list[list[list[float]]]) -> Any:
    from matplotlib.path import Path

    return Path.make_compound_path(*(Path(_projected(ring), closed=True) for ring in rings))


def draw_towns(axes: Axes, extent: Extent) -> None:
    """Write the largest towns that fit without touching each other."""
    from matplotlib import patheffects
    from matplotlib.transforms import Bbox

    halo = [patheffects.withStroke(linewidth=2, foreground="white", alpha=0.9)]
    taken: list[tuple[float, float, float]] = []
    points_per_pixel = 72 / axes.figure.dpi
    room = Bbox(axes.bbox.get_points() * points_per_pixel).padded(-3)
    for feature in load_basemap(extent.degrees)["towns"]["features"]:
        name, people = feature["properties"]["name"], feature["properties"]["population"]
        x, y = (
            float(v[0]) for v in to_mercator(*([v] for v in feature["geometry"]["coordinates"]))
        )
        left, level = axes.transData.transform((x, y)) * points_per_pixel
        right = left + len(name) * LETTER_WIDTH_PT + 8
        if (
            not room.contains(left, level)
            or not room.contains(right, level + 8)
            or any(
                abs(other - level) < LINE_HEIGHT_PT and left < end and start < right
                for start, end, other in taken
            )
        ):
            continue
        taken.append((left, right, level))
        axes.plot(x, y, "o", ms=2.4, mfc="white", mec="#444444", mew=0.6, zorder=8)
        axes.annotate(
            name,
            (x, y),
            xytext=(3.5, 2),
            textcoords="offset points",
            fontsize=6.4 + min(2.0, math.log10(max(people, 1000) / 1000) * 0.8),
            color="#2b3036",
            zorder=9,
            path_effects=halo,
            parse_math=False,
        )
        if len(taken) >= MAX_TOWNS:
            return
