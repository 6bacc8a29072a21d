"""The background of a map in the metres of its frame: fills, lines, graticule; and place labels."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geomap.basemap.layers import clip_layer, label_points
from geomap.snapshot.plan.frame import Frame
from geomap.snapshot.plan.projection import Projection
from geomap.snapshot.plan.themes import Theme
from geomap.typing import BBox, Shapes

Dash = str | tuple[float, tuple[float, ...]]
"""A style of lines: "solid", or an offset and the lengths of strokes and gaps in line widths."""

DISPUTED_DASH: Dash = (0, (4, 2.4))

DIVISIONS_BELOW_KM, SMALL_DIVISIONS_BELOW_KM = 1_500.0, 500.0
"""Widths of maps below which divisions of countries are shown."""

FINE_STEP = 2.0  # degrees between the points of long edges on a map of the world
_STEPS = (0.25, 0.5, 1, 2, 5, 10, 15, 30)
_MOST_STEPS = 8
_HALF_TURN = 179.9999  # the two sides of the cut of the earth must not coincide


@dataclass(frozen=True, slots=True)
class Fill:
    """Polygons in metres of one colour; `order` is the drawing order, the lowest first."""

    shapes: Shapes
    colour: str
    edge: str
    order: float


@dataclass(frozen=True, slots=True)
class Stroke:
    """Lines in metres of one colour and width in points."""

    shapes: Shapes
    colour: str
    width: float
    dash: Dash
    order: float


@dataclass(frozen=True, slots=True)
class Degree:
    """Where a meridian or parallel meets the edge of a map (metres), with its degrees."""

    x: float
    y: float
    text: str
    is_meridian: bool


@dataclass(frozen=True, slots=True)
class Background:
    """The background of a map; `globe` is the outline of the earth where that is visible."""

    globe: NDArray[np.float64] | None
    fills: tuple[Fill, ...]
    strokes: tuple[Stroke, ...]
    graticule: tuple[NDArray[np.float64], ...] = ()
    degrees: tuple[Degree, ...] = ()


def plan_background(
    frame: Frame, theme: Theme, *, scale: float, boundaries: str, graticule: bool
) -> Background:
    """Return the background of a frame.

    `scale` multiplies the widths of lines; `boundaries` is a word of `map_choices.BOUNDARIES`.
    """
    degrees = padded(frame)
    step = FINE_STEP if frame.projection.is_world else None

    def shapes(name: str) -> Shapes:
        return project(clip_layer(name, degrees), frame.projection, step=step)

    lines, labels = _graticule(frame) if graticule else ([], [])
    return Background(
        _globe(frame),
        (
            Fill(shapes("land"), theme.land, "none", 1.0),
            Fill(shapes("lakes"), theme.sea, theme.water_edge, 2.0),
        ),
        tuple(
            Stroke(shapes(name), colour, width * scale, dash, order)
            for name, colour, width, dash, order in _line_styles(frame, theme, boundaries)
        ),
        tuple(lines),
        tuple(labels),
    )


def _line_styles(
    frame: Frame, theme: Theme, boundaries: str
) -> list[tuple[str, str, float, Dash, float]]:
    """Return layer, colour, width, dash and order of the lines of a map."""
    styles: list[tuple[str, str, float, Dash, float]] = [
        ("rivers", theme.water_edge, 0.5, "solid", 2.1),
        ("coasts", theme.coast, 0.5, "solid", 3.0),
    ]
    if boundaries == "none":
        return styles
    if frame.width_km < DIVISIONS_BELOW_KM:
        styles.append(("divisions", theme.division, 0.6, "solid", 2.9))
    if frame.width_km < SMALL_DIVISIONS_BELOW_KM:
        styles.append(("small_divisions", theme.division, 0.6, "solid", 2.9))
    styles.append(("borders", theme.border, 0.8, "solid", 3.1))
    if boundaries == "all alike":
        return [*styles, ("disputed", theme.border, 0.8, "solid", 3.2)]
    return [*styles, ("disputed", theme.disputed, 0.8, DISPUTED_DASH, 3.2)]


def _globe(frame: Frame) -> NDArray[np.float64] | None:
    if not frame.projection.is_world:
        return None
    middle = frame.projection.longitude
    box = shapely.box(middle - _HALF_TURN, -90, middle + _HALF_TURN, 90)
    points = shapely.get_coordinates(shapely.segmentize(box, FINE_STEP))
    return np.column_stack(frame.projection.forward(points[:, 0], points[:, 1]))


def project(shapes: Shapes, projection: Projection, *, step: float | None = None) -> Shapes:
    """Return shapes of degrees in metres; long edges get points every `step` degrees."""
    if not len(shapes):
        return shapes
    fine = shapely.segmentize(shapes, step) if step else shapes
    points = shapely.get_coordinates(fine)
    middle = projection.longitude
    longitude = np.clip(points[:, 0], middle - _HALF_TURN, middle + _HALF_TURN)
    x, y = projection.forward(longitude, points[:, 1])
    projected: Shapes = shapely.set_coordinates(fine.copy(), np.column_stack([x, y]))
    return projected


def padded(frame: Frame) -> BBox:
    """Return the degrees of a frame and a little more, so that no cut edge is visible."""
    west, south, east, north = frame.degrees
    wide, high = 0.06 * (east - west) + 0.02, 0.06 * (north - south) + 0.02
    middle = frame.projection.longitude
    return (
        max(west - wide, middle - 180.0),
        max(south - high, -90.0),
        min(east + wide, middle + 180.0),
        min(north + high, 90.0),
    )


def _graticule(frame: Frame) -> tuple[list[NDArray[np.float64]], list[Degree]]:
    """Return meridians and parallels in metres, and the labels where they meet the edges."""
    west, south, east, north = frame.degrees
    span = max(east - west, north - south)
    step = next((s for s in _STEPS if span / s <= _MOST_STEPS), _STEPS[-1])
    meridians = np.arange(math.ceil(west / step) * step, east + 1e-9, step)
    parallels = np.arange(math.ceil(south / step) * step, north + 1e-9, step)
    parallels = parallels[np.abs(parallels) < 90]
    lines, labels = [], []
    for values, is_meridian in ((meridians, True), (parallels, False)):
        for value in values:
            along = np.linspace(south, north, 160) if is_meridian else np.linspace(west, east, 160)
            still = np.full(160, value)
            longitude, latitude = (still, along) if is_meridian else (along, still)
            x, y = frame.projection.forward(longitude, latitude)
            lines.append(np.column_stack([x, y]))
            spot = _at_edge(frame, x, y, is_meridian=is_meridian)
            if spot is not None:
                at = (spot, frame.south) if is_meridian else (frame.west, spot)
                text = _degree_text(value, is_meridian=is_meridian)
                labels.append(Degree(*at, text, is_meridian))
    return lines, labels


def _at_edge(frame: Frame, x: Any, y: Any, *, is_meridian: bool) -> float | None:
    """Return where a line crosses the lower edge (meridians) or the left one (parallels)."""
    across, along = (y - frame.south, x) if is_meridian else (x - frame.west, y)
    turns = np.flatnonzero(np.diff(np.sign(across)) != 0)
    if not len(turns):
        return None
    n = int(turns[0])
    share = across[n] / (across[n] - across[n + 1])
    spot = float(along[n] + share * (along[n + 1] - along[n]))
    low, high = (frame.west, frame.east) if is_meridian else (frame.south, frame.north)
    margin = 0.03 * (high - low)
    return spot if low + margin < spot < high - margin else None


def _degree_text(value: float, *, is_meridian: bool) -> str:
    turned = (value + 180.0) % 360.0 - 180.0 if is_meridian else value
    positive, negative = ("E", "W") if is_meridian else ("N", "S")
    return f"{abs(turned):g}°{positive if turned > 0 else negative if turned < 0 else ''}"


def labels_in(frame: Frame, kind: str) -> list[tuple[str, float, float, float]]:
    """Return name, rank, x and y (metres) of the labels in a frame, the most important first.

    `kind` is "towns" or "countries" (see `geomap.basemap.layers.label_points`).
    """
    points, labels = label_points(kind)
    west, _, east, _ = padded(frame)
    longitude = frame.projection.unwrapped(points[:, 0])
    x, y = frame.projection.forward(longitude, points[:, 1])
    inside = (
        (longitude >= west) & (longitude <= east)
        & (x > frame.west) & (x < frame.east) & (y > frame.south) & (y < frame.north)
    )  # fmt: skip
    return [(*labels[n], float(x[n]), float(y[n])) for n in np.flatnonzero(inside)]
