"""The elements on a map besides its marks: scale bar, north arrow, locator globe, note."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geomap.basemap.layers import clip_layer
from geomap.snapshot.plan.frame import Frame, MapBox, ring_of
from geomap.snapshot.plan.label_board import Board
from geomap.snapshot.plan.map_background import project
from geomap.snapshot.plan.projection import Projection
from geomap.snapshot.plan.typesetting import Box, Typesetter
from geomap.typing import Shapes

SCALE_BAR_BELOW_KM = 9_000
"""Width of a map from which one scale is not true for all of it: no bar is drawn."""

SCALE_BAR_SIZE, SCALE_SHARE = 7.0, 0.22
"""Size of the bar's letters, and the longest bar as a share of the map's width."""

LEAN_SHOWN, LEAN_TOO_MUCH = 2.0, 60.0
"""Degrees between north and up from which an arrow helps, and beyond which one arrow misleads."""

LOCATOR_BELOW_KM = 5_000
REACH = 0.92  # radians of the earth that the locator shows around its middle
EARTH_RADIUS_M = 6_371_000.0
DOT_SHARE = 0.07  # of the globe's radius: a smaller outline is drawn as a dot
NOTE_SIZE = 7.0


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


def plan_scale_bar(frame: Frame, board: Board, scale: float) -> bool:
    """Return whether there is a bar, true in the middle of the map, and reserve its room."""
    if frame.width_km > SCALE_BAR_BELOW_KM:
        return False
    left, low, right, _ = board.room
    size = SCALE_BAR_SIZE * scale
    board.reserve((left, low, left + SCALE_SHARE * (right - left) + 2 * size, low + 3.4 * size))
    return True


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
    ring = ring_of(frame.west, frame.south, frame.east, frame.north)
    outline = np.column_stack(globe.forward(*frame.projection.inverse(*ring)))
    return Locator(
        spot,
        2 * EARTH_RADIUS_M * math.sin(REACH / 2),
        project(clip_layer("land", near, coarse=True), globe, step=5.0),
        project(clip_layer("borders", near, coarse=True), globe),
        outline[np.isfinite(outline).all(axis=1)],
    )


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
