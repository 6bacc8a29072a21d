"""Draw the marks of events and the places of the gazetteer."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection

from geomap.snapshot.draw.page import add_lines, add_polygons, line_points, polygon_paths
from geomap.snapshot.plan.event_marks import OVERLAYS, Discs, SharedMark
from geomap.snapshot.plan.map_background import Dash
from geomap.snapshot.plan.map_plan import MapPlan
from geomap.snapshot.plan.themes import FORM_SIZES, Sign, Theme
from geomap.typing import Shapes

RASTER_ABOVE = 20_000
"""Number of marks above which they are rasterised in SVG and PDF, or no program opens the file."""


def draw_marks(axes: Axes, plan: MapPlan) -> None:
    """Draw places under areas and lines, those under discs, and signs over everything."""
    theme, scale = plan.signs.theme, plan.scale
    _draw_places(axes, plan.zones, plan.roads, theme)
    _draw_shared(axes, plan.shared, theme, scale)
    if plan.discs is not None:
        _draw_discs(axes, plan.discs, scale)
    _draw_pins(axes, plan)


def _draw_places(axes: Axes, zones: Shapes, roads: Shapes, theme: Theme) -> None:
    add_polygons(
        axes,
        polygon_paths(zones),
        fc=theme.zone + "1c",
        ec=theme.zone,
        lw=0.9,
        ls=(0, (5, 3)),
        zorder=4,
    )
    points = line_points(roads)
    add_lines(axes, points, theme.halo, 3.2, 4.1)
    add_lines(axes, points, theme.road, 1.5, 4.2)


def _draw_shared(axes: Axes, marks: tuple[SharedMark, ...], theme: Theme, scale: float) -> None:
    """Draw areas and lines; those that look alike are one collection."""
    looks: dict[tuple[Any, ...], list[Any]] = {}
    for mark in marks:
        hollow = not mark.shown or mark.is_wide
        looks.setdefault((mark.kind, mark.sign, mark.is_broken, hollow), []).append(mark.shape)
    dash: Dash
    for (kind, sign, is_broken, hollow), shapes in looks.items():
        alike = np.array(shapes, dtype=object)
        if kind == "line":
            dash = (0, (4, 2)) if is_broken or hollow else "solid"
            points = line_points(alike)
            add_lines(axes, points, theme.halo, 4.6 * scale, 5.6)
            add_lines(axes, points, sign.colour, 2.8 * scale, 5.7, dash)
        else:
            dash = "solid" if kind == "zone" else (0, (4, 2.5))
            _draw_areas(axes, alike, sign, dash, scale, hollow=hollow)


def _draw_areas(
    axes: Axes, shapes: Shapes, sign: Sign, dash: Dash, scale: float, *, hollow: bool
) -> None:
    colour, paths = sign.colour, polygon_paths(shapes)
    if not hollow:
        # The hatch has the colour of its own edge: quieter than the outline.
        add_polygons(
            axes, paths, fc=colour + "10", ec=colour + "50", lw=0, hatch=sign.hatch, zorder=5.0
        )
    add_polygons(axes, paths, fc="none", ec=colour + "c0", lw=scale, ls=dash, zorder=5.1)


def _draw_discs(axes: Axes, discs: Discs, scale: float) -> None:
    axes.add_collection(
        PolyCollection(
            list(discs.rings),
            facecolors=[f"{colour}{discs.tint}" for colour in discs.colours],
            edgecolors=[f"{colour}99" for colour in discs.colours],
            linewidths=0.6 * scale,
            linestyles="solid" if discs.is_many else (0, (1.2, 1.2)),
            zorder=5.2,
            rasterized=discs.number > RASTER_ABOVE,
        ),
        autolim=False,
    )


def _draw_pins(axes: Axes, plan: MapPlan) -> None:
    """Draw the signs: the most frequent type lowest, so that a rare one is not covered."""
    pins, theme, scale, size = plan.pins, plan.signs.theme, plan.scale, plan.pin_size
    raster = len(pins) > RASTER_ABOVE
    types = pins["type"].fillna("").astype("str")
    order = 6.0
    for word in types.value_counts().index:
        sign, mine = plan.signs.get(word), pins[types == word]
        for hollow, unknown in itertools.product((True, False), (False, True)):
            chosen = mine[(mine["possible"] == hollow) & (mine["unknown"] == unknown)]
            if chosen.empty:
                continue
            axes.scatter(
                chosen["x"].to_numpy(),
                chosen["y"].to_numpy(),
                s=size * FORM_SIZES.get(sign.form, 1.0),
                c=theme.page if hollow else sign.colour,
                marker=sign.form,
                edgecolors=sign.colour if hollow else theme.ink if unknown else theme.edge,
                linewidths=(1.1 if hollow else 0.55) * scale * min(1.0, size / 20 + 0.2),
                zorder=order,
                rasterized=raster,
            )
            order += 0.001
    for status, form in OVERLAYS.items():
        chosen = pins[pins["status"] == status]
        if len(chosen):
            x, y = chosen["x"].to_numpy(), chosen["y"].to_numpy()
            draw_overlay(axes, x, y, form, size, theme, scale)


def draw_overlay(
    axes: Axes, x: Any, y: Any, form: str, size: float, theme: Theme, scale: float
) -> None:
    """Draw a marker of what did not take place over signs, in ink with a rim of the page's colour.

    `size` is the area of the signs in square points.
    """
    is_dot = form == "."
    for colour, width in ((theme.page, 2.2), (theme.ink, 1.0)):
        axes.scatter(
            x, y, s=size * (0.9 if is_dot else 1.5), c=colour, marker=form,
            linewidths=width * scale, zorder=6.8, edgecolors=colour if is_dot else None,
        )  # fmt: skip
