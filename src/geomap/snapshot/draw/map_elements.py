"""The furniture of a map: scale bar, arrow to the north, locator, and the words on it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geomap.snapshot.draw.basemap_artists import (
    clipped,
    labels_in,
    line_points,
    polygon_paths,
    projected,
)
from geomap.snapshot.draw.map_labels import (
    Board,
    Box,
    around,
    over,
    points_of,
    size_of,
    wrap,
    write_label,
)
from geomap.snapshot.draw.marks import Extended, Pins
from geomap.snapshot.plan.projection import Frame, Projection
from geomap.snapshot.plan.themes import Theme

if TYPE_CHECKING:
    import geopandas as gpd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SCALE_BAR_BELOW_KM = 9_000
"""Wider than this, one scale is not true for a whole map: no bar is drawn."""

SCALE_SHARE = 0.22
"""The longest bar, as a share of the map's width."""

LEAN_SHOWN, LEAN_TOO_MUCH = 2.0, 60.0
"""Degrees by which north must lean from up for an arrow, and beyond which one arrow misleads."""

LOCATOR_BELOW_KM = 5_000
REACH = 0.92  # radians of the earth that the locator shows around its middle
SMALLEST_NAMED = 26.0  # points that a road or zone must be long to bear its name
MANY_NUMBERS = 30  # more areas than these have a number only where it fits right over them
COUNTRIES_FROM_KM, MAX_COUNTRIES = 700, 30
MAX_TOWNS, SURE_TOWNS = 40, 8
DRAWN_KINDS = ("city", "facility", "other", "road", "zone", "water")
SAME_TOWN = 6.0  # points between a place of the gazetteer and the same town of the background


def add_scale(axes: Axes, frame: Frame, theme: Theme, size: float, board: Board) -> None:
    """Draw the scale bar, true in the middle of the map, where one can be true."""
    if frame.width_km > SCALE_BAR_BELOW_KM:
        return
    from matplotlib_scalebar.scalebar import ScaleBar

    bar = ScaleBar(
        frame.ground_metres(),
        location="lower left",
        length_fraction=SCALE_SHARE,
        rotation="horizontal-only",  # the axes fill a box whose aspect the frame was grown to
        width_fraction=0.007,
        box_alpha=0.85,
        box_color=theme.page,
        color=theme.ink,
        border_pad=0.5,
        font_properties={"size": size},
    )
    bar.set_zorder(11)
    bar.set_gid("scale")
    axes.add_artist(bar)
    left, low, right, _ = board.room
    board.reserve((left, low, left + SCALE_SHARE * (right - left) + 2 * size, low + 3.4 * size))


def add_north(axes: Axes, frame: Frame, theme: Theme, size: float, spot: Box) -> None:
    """Draw an arrow to the north as it is where the arrow stands."""
    middle_x, middle_y = (spot[0] + spot[2]) / 2, (spot[1] + spot[3]) / 2
    pixels = points_of(axes.figure).transform((middle_x, middle_y))
    x, y = axes.transData.inverted().transform(pixels)
    turn = math.radians(frame.north_at(float(x), float(y)))
    long = (spot[3] - spot[1]) * 0.42
    tip = (middle_x + long * math.sin(turn), middle_y + long * math.cos(turn))
    foot = (middle_x - long * math.sin(turn), middle_y - long * math.cos(turn))
    points = points_of(axes.figure)
    axes.annotate(
        "", tip, foot, xycoords=points, textcoords=points, zorder=11, gid="north",
        arrowprops={"arrowstyle": "-|>,head_width=0.28,head_length=0.5", "color": theme.ink,
                    "lw": 1.2, "shrinkA": 0, "shrinkB": 0},
    )  # fmt: skip
    axes.text(
        *(tip[0] + size * 0.75, tip[1] - size * 0.3), "N", transform=points, fontsize=size,
        weight="bold", color=theme.ink, ha="center", va="center", zorder=11, gid="north",
    )  # fmt: skip


def wants_north(frame: Frame, *, asked: bool | None) -> bool:
    """Return whether an arrow to the north helps: where north is not up everywhere, or asked."""
    if asked is not None:
        return asked
    return LEAN_SHOWN < frame.lean() < LEAN_TOO_MUCH and not frame.projection.is_world


def add_locator(figure: Figure, spot: Box, frame: Frame, theme: Theme) -> None:
    """Draw a small globe with the outline of the map on it."""
    from matplotlib.collections import LineCollection, PathCollection
    from matplotlib.patches import Circle, Polygon

    longitude, latitude = frame.projection.inverse(*([v] for v in frame.middle))
    middle = (float(longitude[0]), float(latitude[0]))
    globe = Projection(
        "", f"+proj=laea +lat_0={middle[1]:.4f} +lon_0={middle[0]:.4f} +ellps=WGS84", *middle
    )
    wide, high = figure.get_size_inches() * 72
    axes = figure.add_axes(
        (spot[0] / wide, spot[1] / high, (spot[2] - spot[0]) / wide, (spot[3] - spot[1]) / high),
        zorder=12, label="locator",
    )  # fmt: skip
    radius = 2 * 6371000.0 * math.sin(REACH / 2)
    axes.set(xlim=(-radius * 1.03, radius * 1.03), ylim=(-radius * 1.03, radius * 1.03))
    axes.set_aspect("equal")
    axes.axis("off")
    disc = Circle((0, 0), radius, fc=theme.sea, ec=theme.frame, lw=0.7)
    axes.add_patch(disc)
    # The far side of the earth would be drawn inside out.
    box = (middle[0] - 85, max(middle[1] - 75, -90.0), middle[0] + 85, min(middle[1] + 75, 90.0))
    land = PathCollection(
        polygon_paths(projected(clipped("land", box, coarse=True), globe, step=5.0)),
        fc=theme.land, ec=theme.coast, lw=0.25,
    )  # fmt: skip
    borders = LineCollection(
        line_points(projected(clipped("borders", box, coarse=True), globe)),
        colors=theme.border,
        lw=0.25,
    )
    for artist in (land, borders):
        axes.add_collection(artist, autolim=False)
        artist.set_clip_path(disc)
    steps = np.linspace(0, 1, 20)
    tall = frame.north - frame.south
    along, across = frame.west + steps * frame.width, frame.south + steps * tall
    west, south, east, north = (
        np.full(len(steps), edge) for edge in (frame.west, frame.south, frame.east, frame.north)
    )
    ring_x = np.concatenate([along, east, along[::-1], west])
    ring_y = np.concatenate([south, across, north, across[::-1]])
    x, y = globe.forward(*frame.projection.inverse(ring_x, ring_y))
    outline = np.column_stack([x, y])[np.isfinite(x) & np.isfinite(y)]
    red = "#c62f2f" if theme.lighten == 0 else "#ff8a7a"
    if np.ptp(outline[:, 0]) < radius * 0.07:  # too small to be seen as an outline
        axes.plot(*outline.mean(axis=0), "s", ms=3.4, mfc="none", mec=red, mew=1.3)
    else:
        made = Polygon(outline, fc=red + "22", ec=red, lw=1.1)
        axes.add_patch(made)
        made.set_clip_path(disc)


def corner(board: Board, wide: float, high: float, order: tuple[str, ...]) -> Box | None:
    """Return and reserve the corner of the room that covers the fewest signs."""
    left, bottom, right, top = board.room
    boxes = {
        "nw": (left, top - high, left + wide, top),
        "ne": (right - wide, top - high, right, top),
        "se": (right - wide, bottom, right, bottom + high),
        "sw": (left, bottom, left + wide, bottom + high),
    }
    free = [(board.covered(boxes[name]), n, boxes[name]) for n, name in enumerate(order)
            if board.is_free(boxes[name])]  # fmt: skip
    if not free:
        return None
    box = min(free)[2]
    board.reserve(box)
    return box


class Letterer:
    """Writes the words of a map, the important first, none over another."""

    def __init__(
        self, axes: Axes, board: Board, theme: Theme, scale: float, *, most_towns: int = MAX_TOWNS
    ) -> None:
        self.most_towns = most_towns
        self.axes = axes
        self.board = board
        self.theme = theme
        self.scale = scale
        self._back = points_of(axes.figure).inverted()

    def points(self, x: Any, y: Any) -> Any:
        """Return points on the page of metres of the map."""
        return self._back.transform(self.axes.transData.transform(np.column_stack([x, y])))

    def write(
        self, lines: list[str], candidates: Any, size: float, *, colour: str, covered: int = 0,
        bold: bool = False, italic: bool = False, zorder: float = 9.0,
    ) -> Box | None:  # fmt: skip
        """Write lines at the first free candidate; return where, or None."""
        box = self.board.place(candidates, most_covered=covered)
        if box is not None:
            write_label(
                self.axes, box, lines, size=size, colour=colour, halo=self.theme.halo, bold=bold,
                italic=italic, zorder=zorder,
            )  # fmt: skip
        return box

    def degrees(self, degrees: list[tuple[float, float, str, bool]]) -> None:
        """Write the degrees of meridians and parallels where they meet the edges."""
        size = 5.8 * self.scale
        for x, y, words, is_meridian in degrees:
            left, low = (float(v) for v in self.points([x], [y])[0])
            wide, high = size_of([words], size)
            box = (
                (left - wide / 2, low + 3.2, left + wide / 2, low + 3.2 + high)
                if is_meridian
                else (left + 3.2, low - high / 2, left + 3.2 + wide, low + high / 2)
            )
            self.write([words], [box], size, colour=self.theme.quiet, covered=10_000)

    def numbers(self, extended: list[Extended]) -> None:
        """Write into each area and line how many events it stands for."""
        size = (7.6 if len(extended) <= MANY_NUMBERS else 6.2) * self.scale
        most = 5 if len(extended) <= MANY_NUMBERS else 1
        for one in sorted(extended, key=lambda one: one.shape.area):
            at = _anchor(one.shape)
            x, y = (float(v) for v in self.points([at.x], [at.y])[0])
            wide, high = size_of([one.words], size, bold=True)
            spots = over(x, y, wide + 2, high, rings=most)
            box = self.write(
                [one.words], spots, size, colour=self.theme.ink, bold=True, covered=10_000,
                zorder=9.4,
            )  # fmt: skip
            if box is not None:
                self._lead(box, x, y)

    def _lead(self, box: Box, x: float, y: float) -> None:
        """Draw a thin line from a number that had to move to where it belongs."""
        middle_x, middle_y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        if math.hypot(middle_x - x, middle_y - y) > (box[3] - box[1]) * 0.8:
            self.axes.plot(
                [middle_x, x], [middle_y, y], color=self.theme.ink, lw=0.5, zorder=9.1,
                transform=points_of(self.axes.figure), gid="lead",
            )  # fmt: skip

    def stacks(self, pins: Pins, size: float) -> None:
        """Write beside signs that lie on each other how many they are."""
        if not len(pins):
            return
        spots, counts = np.unique(
            np.column_stack([pins.x, pins.y]).round(1), axis=0, return_counts=True
        )
        many = np.argsort(-counts)[: int((counts > 1).sum())][:80]
        reach = math.sqrt(size) / 2 + 0.8
        for n in many:
            x, y = self.points(*spots[n : n + 1].T)[0]
            words = [f"{counts[n]:,}"]
            letters = 6.4 * self.scale
            wide, high = size_of(words, letters, bold=True)
            self.write(
                words, around(x, y, wide, high, reach), letters, colour=self.theme.ink, bold=True,
                zorder=9.3,
            )  # fmt: skip

    def places(
        self, places: gpd.GeoDataFrame, frame: Frame, policy: str
    ) -> list[tuple[float, float]]:
        """Write the names of roads and zones, then of towns and sites, with a mark for each.

        Which of its names a place bears is a policy (see `geomap.maps.place_layer`).

        Returns
        -------
        towns
            Where the towns are, in points: the background need not name them again.
        """
        if not len(places):
            return []
        shapes = frame.projection.shapes(places.geometry.to_numpy())
        kinds, names = places["kind"].tolist(), names_of(places, policy)
        room = shapely.box(frame.west, frame.south, frame.east, frame.north)
        extended = shapely.get_dimensions(shapes) > 0
        told = set()
        for n in np.flatnonzero(extended):
            part = shapely.intersection(shapely.make_valid(shapes[n]), room)
            if not part.is_empty and names[n] not in told:
                told.add(names[n])
                self._name_extended(str(names[n]), part)
        towns: list[tuple[float, float]] = []
        for n in np.flatnonzero(~extended):
            if len(towns) >= self.most_towns:
                break
            if kinds[n] in DRAWN_KINDS and room.contains(shapes[n]):
                at = self.points([shapes[n].x], [shapes[n].y])[0]
                if self._name_point(str(names[n]), shapes[n], at, is_town=kinds[n] == "city"):
                    towns.append((float(at[0]), float(at[1])))
        return towns

    def _name_extended(self, name: str, shape: Any) -> None:
        size = 7.0 * self.scale
        west, south, east, north = shape.bounds
        low, high_corner = self.points([west, east], [south, north])
        if max(high_corner - low) < SMALLEST_NAMED * self.scale:
            return  # a name this far from a dot would name something else
        lines = wrap(name, size, 118 * self.scale)
        wide, high = size_of(lines, size)
        is_line = shapely.get_dimensions(shape) == 1
        spots = []
        for share in (0.5, 0.3, 0.7, 0.15, 0.85):
            at = _anchor(shape, share)
            x, y = self.points([at.x], [at.y])[0]
            spots += list(around(x, y, wide, high, 4.0) if is_line else over(x, y, wide, high))
        colour = self.theme.road if is_line else self.theme.zone
        self.write(lines, spots, size, colour=colour, italic=True, covered=3, zorder=9.2)

    def _name_point(self, name: str, shape: Any, at: Any, *, is_town: bool) -> bool:
        size = (6.6 if is_town else 6.3) * self.scale
        wide, high = size_of([name], size)
        spots = around(float(at[0]), float(at[1]), wide, high, 3.0)
        box = self.write([name], spots, size, colour=self.theme.ink, italic=not is_town)
        if box is None:
            return False
        self._mark(shape.x, shape.y, "o" if is_town else "D")
        return True

    def _mark(self, x: float, y: float, form: str) -> None:
        self.axes.plot(
            x, y, form, ms=(2.4 if form == "o" else 3.0) * self.scale, mfc=self.theme.page,
            mec=self.theme.town, mew=0.6, zorder=5.9,
        )  # fmt: skip

    def countries(self, frame: Frame) -> None:
        """Write the names of countries on maps that show several, the important first."""
        if frame.width_km < COUNTRIES_FROM_KM:
            return
        size = 6.8 * self.scale
        written = 0
        for name, _, x, y in labels_in(frame, "countries"):
            at = self.points([x], [y])[0]
            lines = wrap(name.upper(), size, 90 * self.scale)
            wide, high = size_of(lines, size)
            spots = over(float(at[0]), float(at[1]), wide, high, rings=1)
            if self.write(lines, spots, size, colour=self.theme.border, zorder=8.0):
                written += 1
            if written >= MAX_COUNTRIES:
                return

    def towns(self, frame: Frame, named: list[tuple[float, float]]) -> None:
        """Write the largest towns that fit; where signs are many, only the largest of all."""
        known = np.array(named).reshape(-1, 2)
        written = len(named)
        found = labels_in(frame, "towns")
        for number, (name, people, x, y) in enumerate(found[:600]):
            at = self.points([x], [y])[0]
            if len(known) and np.hypot(*(known - at).T).min() < SAME_TOWN:
                continue
            size = (6.4 + min(1.6, math.log10(max(people, 1000) / 1000) * 0.6)) * self.scale
            wide, high = size_of([name], size)
            sure = number < SURE_TOWNS
            if written >= self.most_towns:
                return
            box = self.write(
                [name], around(float(at[0]), float(at[1]), wide, high, 3.0), size,
                colour=self.theme.town, covered=6 if sure else 0,
            )  # fmt: skip
            if box is None:
                continue
            self._mark(x, y, "o")
            written += 1


def names_of(places: gpd.GeoDataFrame, policy: str) -> list[str]:
    """Return what each place is called under a policy; without forms, its main name."""
    names: list[str] = places["name"].astype("str").tolist()
    if policy == "source" or "names" not in places:
        return names
    from geomap.maps.place_layer import names_by_policy  # it loads folium, which figures need not

    return [
        names_by_policy(name, forms).get(policy, name)
        for name, forms in zip(names, places["names"], strict=True)
    ]


def _anchor(shape: Any, share: float = 0.5) -> Any:
    """Return a point on a shape: some way along its longest line, or inside its largest part."""
    parts = shapely.get_parts(shape)
    if shapely.get_dimensions(shape) == 1:
        longest = max(parts, key=shapely.length)
        return longest.interpolate(share, normalized=True)
    largest = max(parts, key=shapely.area)
    if share == 0.5:
        middle = largest.centroid
        return middle if largest.contains(middle) else largest.representative_point()
    west, south, east, north = largest.bounds
    return shapely.Point((west + east) / 2, south + share * (north - south))
