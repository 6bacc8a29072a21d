"""The elements on a map besides its marks: scale bar, north arrow, locator globe, note."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geomap.basemap.layers import Shapes, clip_layer
from geomap.snapshot.plan.frame import Frame, MapBox
from geomap.snapshot.plan.label_board import Board
from geomap.snapshot.plan.map_background import project
from geomap.snapshot.plan.projection import Projection
from geomap.snapshot.plan.typesetting import Box, Typesetter

SCALE_BAR_BELOW_KM = 9_000
"""Width of a map from which one scale is not true for all of it: no bar is drawn."""

SCALE_SHARE = 0.22
"""The longest bar, as a share of the map's width."""

LEAN_SHOWN, LEAN_TOO_MUCH = 2.0, 60.0
"""Degrees between north and up from which an arrow helps, and beyond which one arrow misleads."""

LOCATOR_BELOW_KM = 5_000
REACH = 0.92  # radians of the earth that the locator shows around its middle
EARTH_RADIUS_M = 6_371_000.0
DOT_SHARE = 0.07  # of the globe's radius: a smaller outline is drawn as a dot
NOTE_SIZE = 7.0


@dataclass(frozen=True, slots=True)
class ScaleBar:
    """A scale bar: metres on the ground in a metre of the map, and the size of its letters."""

    ground_metres: float
    size: float


@dataclass(frozen=True, slots=True)
class NorthArrow:
    """An arrow in points of the page, and the middle of its letter N."""

    foot: tuple[float, float]
    tip: tuple[float, float]
    letter: tuple[float, float]
    size: float


@dataclass(frozen=True, slots=True)
class Locator:
    """A small globe: its box on the page; land, borders and the map's outline in its metres."""

    box: Box
    radius: float
    land: Shapes
    borders: Shapes
    outline: NDArray[np.float64]

    @property
    def is_dot(self) -> bool:
        """Whether the map is too small to be visible as an outline."""
        return bool(np.ptp(self.outline[:, 0]) < self.radius * DOT_SHARE)


@dataclass(frozen=True, slots=True)
class Note:
    """A short text on the map, around a middle in points."""

    x: float
    y: float
    text: str
    size: float


def plan_scale_bar(frame: Frame, board: Board, size: float) -> ScaleBar | None:
    """Return the bar, true in the middle of the map; None where one scale cannot be true."""
    if frame.width_km > SCALE_BAR_BELOW_KM:
        return None
    left, low, right, _ = board.room
    board.reserve((left, low, left + SCALE_SHARE * (right - left) + 2 * size, low + 3.4 * size))
    return ScaleBar(frame.ground_metres(), size)


def plan_north_arrow(
    place: MapBox, board: Board, scale: float, *, chosen: bool | None
) -> NorthArrow | None:
    """Return the arrow, if it is chosen, or (with None) where north is not up everywhere."""
    frame = place.frame
    if chosen is None:
        chosen = LEAN_SHOWN < frame.lean() < LEAN_TOO_MUCH and not frame.projection.is_world
    spot = board.corner(26 * scale, 34 * scale, ("nw", "ne", "se")) if chosen else None
    if spot is None:
        return None
    size = 8.0 * scale
    x, y = (spot[0] + spot[2]) / 2, (spot[1] + spot[3]) / 2
    turn = math.radians(frame.north_at(*place.metres(x, y)))
    long = (spot[3] - spot[1]) * 0.42
    across, up = long * math.sin(turn), long * math.cos(turn)
    tip = (x + across, y + up)
    return NorthArrow((x - across, y - up), tip, (tip[0] + size * 0.75, tip[1] - size * 0.3), size)


def plan_locator(frame: Frame, board: Board, scale: float) -> Locator | None:
    """Return the globe, for maps of a part of the earth and where a corner is free."""
    if frame.width_km >= LOCATOR_BELOW_KM or frame.projection.is_world:
        return None
    left, low, right, top = board.room
    side = min(78.0 * scale, 0.3 * min(right - left, top - low))
    spot = board.corner(side, side, ("ne", "nw", "se"))
    if spot is None:
        return None
    x, y = frame.middle
    longitude, latitude = (float(v[0]) for v in frame.projection.inverse([x], [y]))
    globe = Projection(
        "", f"+proj=laea +lat_0={latitude:.4f} +lon_0={longitude:.4f} +ellps=WGS84",
        longitude, latitude,
    )  # fmt: skip
    # The far side of the earth would be drawn inside out.
    near = (
        *(longitude - 85, max(latitude - 75, -90.0)),
        *(longitude + 85, min(latitude + 75, 90.0)),
    )
    return Locator(
        spot,
        2 * EARTH_RADIUS_M * math.sin(REACH / 2),
        project(clip_layer("land", near, coarse=True), globe, step=5.0),
        project(clip_layer("borders", near, coarse=True), globe),
        _outline_on(globe, frame),
    )


def _outline_on(globe: Projection, frame: Frame) -> NDArray[np.float64]:
    """Return the edges of a frame in the metres of a globe."""
    steps = np.linspace(0, 1, 20)
    along, across = frame.west + steps * frame.width, frame.south + steps * frame.height
    west, south, east, north = (
        np.full(len(steps), edge) for edge in (frame.west, frame.south, frame.east, frame.north)
    )
    ring_x = np.concatenate([along, east, along[::-1], west])
    ring_y = np.concatenate([south, across, north, across[::-1]])
    x, y = globe.forward(*frame.projection.inverse(ring_x, ring_y))
    return np.column_stack([x, y])[np.isfinite(x) & np.isfinite(y)]


def plan_outside_note(
    outside: int, board: Board, scale: float, typesetter: Typesetter
) -> Note | None:
    """Return the note on how many events are beyond the edges of the map; None without any."""
    if not outside:
        return None
    text, size = f"{outside:,} more outside this frame", NOTE_SIZE * scale
    wide, high = typesetter.size_of([text], size)
    spot = board.corner(wide + 6, high + 4, ("se", "nw", "ne"))
    if spot is None:
        _, low, right, _ = board.room
        spot = (right - wide - 6, low, right, low + high + 4)
    return Note((spot[0] + spot[2]) / 2, (spot[1] + spot[3]) / 2, text, size)
