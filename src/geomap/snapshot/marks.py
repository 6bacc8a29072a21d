"""Draw events and places on matplotlib axes in Web Mercator metres.

Shape says how well the position is known, fill how well the date is: an exact place is
a disc, a place known to some kilometres a soft ring of that radius, a centroid of a
country or province an area with a broken edge and never a pin, a road a thick line, a
zone a tinted polygon; an event that is only possibly in the window is drawn hollow.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np

from geomap.maps.colours import OTHER_COLOUR
from geomap.maps.looks import Flag, Shape, flags_of, radii_of, shapes_of
from geomap.model import GeoPrecision
from geomap.snapshot.extent import to_mercator

if TYPE_CHECKING:
    from matplotlib.axes import Axes

RASTER_ABOVE = 20_000
"""More marks than this are rasterised inside SVG and PDF, or the file cannot be opened."""

WIDE_SHARE = 0.5
"""A circle wider than this share of the map is drawn as a line without a tint."""

MERCATOR = "EPSG:3857"


def draw_places(axes: Axes, places: gpd.GeoDataFrame) -> None:
    """Draw roads, zones and single places under the events, in quiet tones."""
    if not len(places):
        return
    drawn = places[places.geometry.notna()].to_crs(MERCATOR)
    kinds = drawn.geometry.geom_type
    areas = drawn[kinds.isin(["Polygon", "MultiPolygon"])]
    lines = drawn[kinds.isin(["LineString", "MultiLineString"])]
    points = drawn[kinds.isin(["Point", "MultiPoint"])]
    if len(areas):
        areas.plot(ax=axes, facecolor="#7a6ca822", edgecolor="#6b5b95", lw=0.9, ls="--", zorder=4)
    if len(lines):
        lines.plot(ax=axes, color="white", lw=3.2, zorder=4.1)
        lines.plot(ax=axes, color="#7a5c3e", lw=1.5, zorder=4.2)
    if len(points):
        points.plot(
            ax=axes, marker="D", color="white", edgecolor="#444444", markersize=16, zorder=5
        )


def draw_events(
    axes: Axes,
    events: gpd.GeoDataFrame,
    possible: np.ndarray[Any, np.dtype[np.bool_]],
    colours: Mapping[str, str],
) -> None:
    """Draw every event once, whatever its geometry.

    Parameters
    ----------
    axes
        Axes in Web Mercator metres.
    events
        Events table in EPSG:4326; rows without geometry must have been taken out.
    possible
        Of the length of `events`: True where the date allows but does not force it.
    colours
        Colour of each event type.
    """
    parts = gpd.GeoDataFrame(
        {
            "colour": events["event_type"].map(dict(colours)).fillna(OTHER_COLOUR),
            "possible": possible,
            "shape": shapes_of(events["geo_precision"]),
            "broken": events["geo_precision"] == GeoPrecision.APPROXIMATE_LINE.value,
            "happened": (flags_of(events["status"]) & Flag.NOT_HAPPENED) == 0,
            "km": radii_of(events) / 10,  # steps of 100 m
        },
        geometry=events.geometry,
    ).explode()
    kinds = parts.geometry.geom_type
    _draw_areas(axes, parts[kinds == "Polygon"])
    _draw_lines(axes, parts[kinds == "LineString"])
    points = parts[kinds == "Point"]
    _draw_rings(axes, points[points["km"] > 0])
    _draw_discs(axes, points[points["shape"] != Shape.AREA])


def _draw_areas(axes: Axes, areas: gpd.GeoDataFrame) -> None:
    for (colour, possible), group in areas.groupby(["colour", "possible"]):
        group.to_crs(MERCATOR).plot(
            ax=axes,
            facecolor="none" if possible else colour + "30",
            edgecolor=colour,
            lw=1.2,
            hatch="////" if possible else None,
            zorder=5.5,
        )


def _draw_lines(axes: Axes, lines: gpd.GeoDataFrame) -> None:
    for (colour, possible, broken), group in lines.groupby(["colour", "possible", "broken"]):
        style = (0, (4, 2)) if broken or possible else "solid"
        drawn = group.to_crs(MERCATOR)
        drawn.plot(ax=axes, color="white", lw=4.6, zorder=5.6)
        drawn.plot(ax=axes, color=colour, lw=2.6, ls=style, zorder=5.7)


def _draw_rings(axes: Axes, points: gpd.GeoDataFrame) -> None:
    """Draw the ground circle within which each event may have happened."""
    from matplotlib.collections import EllipseCollection

    if not len(points):
        return
    x, y = to_mercator(points.geometry.x, points.geometry.y)
    shrink = np.cos(np.radians(np.clip(points.geometry.y.to_numpy(), -85, 85)))
    metres = 2 * 1000 * points["km"].to_numpy() / shrink  # Mercator is larger than the ground
    is_area = (points["shape"] == Shape.AREA).to_numpy()
    # Many circles over each other must not hide the map.
    tint = max(2, round(28 / math.sqrt(1 + len(points) / 12)))
    wide = metres > WIDE_SHARE * np.ptp(axes.get_xlim())  # a country would tint the whole map
    for chosen, style, shade in (
        (is_area & ~wide, "--", tint),
        (is_area & wide, "--", 0),
        (~is_area, ":", tint),
    ):
        if not chosen.any():
            continue
        colours = points["colour"].to_numpy()[chosen]
        axes.add_collection(
            EllipseCollection(
                metres[chosen],
                metres[chosen],
                np.zeros(chosen.sum()),
                units="xy",
                offsets=np.column_stack([x[chosen], y[chosen]]),
                offset_transform=axes.transData,
                facecolors=[f"{colour}{shade:02x}" for colour in colours],
                edgecolors=[f"{colour}88" for colour in colours],
                linewidths=0.8,
                linestyles=style,
                zorder=5.2,
                rasterized=len(points) > RASTER_ABOVE,
            )
        )


def _draw_discs(axes: Axes, points: gpd.GeoDataFrame) -> None:
    if not len(points):
        return
    x, y = to_mercator(points.geometry.x, points.geometry.y)
    hollow, happened = points["possible"].to_numpy(), points["happened"].to_numpy()
    colours, white = points["colour"].to_numpy(), np.full(len(points), "white")
    size = float(np.clip(430 / math.sqrt(len(points) + 1), 9, 34))
    for chosen, face, edge, width, marker in (
        (hollow & happened, white, colours, 1.3, "o"),
        (~hollow & happened, colours, white, 0.5, "o"),
        (hollow & ~happened, white, colours, 1.3, "X"),
        (~hollow & ~happened, colours, white, 0.5, "X"),
    ):
        if chosen.any():
            axes.scatter(
                x[chosen],
                y[chosen],
                s=size if marker == "o" else size * 1.5,
                c=face[chosen],
                marker=marker,
                edgecolors=edge[chosen],
                linewidths=width,
                zorder=6,
                rasterized=len(points) > RASTER_ABOVE,
            )
