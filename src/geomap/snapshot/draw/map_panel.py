"""One map of a figure: background, places, events, words and furniture in a box of the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geomap.snapshot.draw import basemap_artists, map_elements, marks
from geomap.snapshot.draw.map_labels import Board, Box, points_of
from geomap.snapshot.plan.projection import Frame
from geomap.snapshot.plan.settings import SnapshotSettings
from geomap.snapshot.plan.themes import Signs, Theme
from geomap.snapshot.plan.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SMALLEST_AREA = 9.0
"""How many points wide a circle that stands for a unit is at least."""

SMALL = 0.86
"""How large letters and signs of one panel of several are."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a map is drawn: theme, signs, sizes, and which furniture it has."""

    theme: Theme
    signs: Signs
    scale: float
    is_panel: bool = False
    has_scale: bool = True
    has_locator: bool = True


def draw_map(
    figure: Figure, axes: Axes, box: Box, frame: Frame, view: View, settings: SnapshotSettings,
    style: Style,
) -> None:  # fmt: skip
    """Draw a view on axes that fill a box of the page (in points)."""
    theme, scale = style.theme, style.scale
    _prepare(axes, frame, theme)
    basemap_artists.draw_background(axes, frame, theme, lines=scale, boundaries=settings.boundaries)
    degrees: list[tuple[float, float, str, bool]] = []
    if settings.graticule:
        degrees = basemap_artists.draw_graticule(axes, frame, theme)
    if settings.show_places:
        marks.draw_places(axes, view.places, frame, theme)
    point = frame.width / (box[2] - box[0])  # metres of the map in a point of the page
    extended = marks.extended_of(view, frame, style.signs, least=SMALLEST_AREA * scale * point)
    marks.draw_extended(axes, extended, theme, scale)
    pins = marks.pins_of(view, frame)
    marks.draw_rings(axes, pins, frame, style.signs, scale)
    marks.draw_pins(axes, pins, style.signs, theme, scale)
    board = _board(axes, box, pins)
    letterer = map_elements.Letterer(
        axes, board, theme, scale, most_towns=_most_towns(box, scale, is_panel=style.is_panel)
    )
    if style.has_scale:
        map_elements.add_scale(axes, frame, theme, 7.0 * scale, board)
    _add_furniture(figure, axes, board, frame, settings, style)
    outside = outside_frame(view, frame)
    if outside:
        _say_outside(axes, board, outside, theme, scale)
    letterer.degrees(degrees)
    _letter(letterer, view, frame, extended, pins, settings, style)


def _most_towns(box: Box, scale: float, *, is_panel: bool) -> int:
    """Return how many towns a map of this size bears without becoming a list of names."""
    room = (box[2] - box[0]) * (box[3] - box[1]) / (scale**2 * (7_000 if is_panel else 4_500))
    return int(min(max(room, 5), map_elements.MAX_TOWNS))


def _letter(
    letterer: map_elements.Letterer, view: View, frame: Frame, extended: list[marks.Extended],
    pins: marks.Pins, settings: SnapshotSettings, style: Style,
) -> None:  # fmt: skip
    letterer.numbers(extended)
    towns: list[tuple[float, float]] = []
    if settings.show_places:
        towns = letterer.places(view.places, frame, settings.names)
    letterer.stacks(pins, pins.size(style.scale))
    letterer.countries(frame)
    letterer.towns(frame, towns)


def _prepare(axes: Axes, frame: Frame, theme: Theme) -> None:
    axes.set_xlim(frame.west, frame.east)
    axes.set_ylim(frame.south, frame.north)
    axes.set_aspect("auto")
    axes.set_autoscale_on(False)
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set(color=theme.frame, linewidth=0.7, visible=not frame.projection.is_world)


def _board(axes: Axes, box: Box, pins: marks.Pins) -> Board:
    back = points_of(axes.figure).inverted()
    at = back.transform(axes.transData.transform(np.column_stack([pins.x, pins.y])))
    return Board((box[0] + 3, box[1] + 3, box[2] - 3, box[3] - 3), at)


def _add_furniture(
    figure: Figure, axes: Axes, board: Board, frame: Frame, settings: SnapshotSettings, style: Style
) -> None:
    theme, scale = style.theme, style.scale
    wants_locator = (
        settings.locator and style.has_locator
        and frame.width_km < map_elements.LOCATOR_BELOW_KM and not frame.projection.is_world
    )  # fmt: skip
    if wants_locator:
        side = min(
            78.0 * scale, 0.3 * min(board.room[2] - board.room[0], board.room[3] - board.room[1])
        )
        spot = map_elements.corner(board, side, side, ("ne", "nw", "se"))
        if spot is not None:
            map_elements.add_locator(figure, spot, frame, theme)
    if style.has_scale and map_elements.wants_north(frame, asked=settings.north):
        spot = map_elements.corner(board, 26 * scale, 34 * scale, ("nw", "ne", "se"))
        if spot is not None:
            map_elements.add_north(axes, frame, theme, 8.0 * scale, spot)


def outside_frame(view: View, frame: Frame) -> int:
    """Return how many of the drawn events lie wholly beyond the edges of the map."""
    shapes = view.events.geometry.to_numpy()
    if not len(shapes):
        return 0
    is_point = shapely.get_type_id(shapes) == shapely.GeometryType.POINT
    points = shapely.get_coordinates(shapes[is_point])
    x, y = frame.projection.forward(frame.projection.unwrapped(points[:, 0]), points[:, 1])
    inside = (x >= frame.west) & (x <= frame.east) & (y >= frame.south) & (y <= frame.north)
    others = frame.projection.shapes(shapes[~is_point])
    room = shapely.box(frame.west, frame.south, frame.east, frame.north)
    met = [bool(np.isfinite(o.bounds).all()) and o.intersects(room) for o in others]
    return int(len(shapes) - inside.sum() - sum(met))


def _say_outside(axes: Axes, board: Board, outside: int, theme: Theme, scale: float) -> None:
    from geomap.snapshot.draw.map_labels import size_of

    words, size = f"{outside:,} more outside this frame", 7.0 * scale
    wide, high = size_of([words], size)
    spot = map_elements.corner(board, wide + 6, high + 4, ("se", "nw", "ne"))
    if spot is None:
        spot = (board.room[2] - wide - 6, board.room[1], board.room[2], board.room[1] + high + 4)
    axes.text(
        (spot[0] + spot[2]) / 2, (spot[1] + spot[3]) / 2, words, fontsize=size, color=theme.ink,
        ha="center", va="center", transform=points_of(axes.figure), zorder=11, gid="outside",
        bbox={"facecolor": theme.page, "edgecolor": "none", "alpha": 0.85, "pad": 2.5},
    )  # fmt: skip
