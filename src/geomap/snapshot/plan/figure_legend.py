"""The legend of a figure: every sign that is on the map, with its count, and no other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd
import shapely

from geomap.model import Status
from geomap.snapshot.draw.map_labels import cut, width_of, wrap
from geomap.snapshot.draw.marks import OVERLAYS, draw_overlay
from geomap.snapshot.plan.themes import FORM_SIZES, Sign, Signs, Theme
from geomap.snapshot.plan.view import View
from geomap.symbology.symbols import Shape, shapes_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MAX_LABEL_LINES = 2
SIGN_ROOM = 22.0  # points from the left edge to the words
SIZE, HEAD_SIZE = 7.4, 7.6
PITCH, HEAD_PITCH, EXTRA, GROUP_GAP = 12.6, 13.0, 9.2, 5.0

WAYS = {
    "pin": "at the place named",
    "unknown": "place as stated, exactness not",
    "near": "within the disc",
    "line": "along a road",
    "zone": "somewhere in the outline",
    "area": "known to an area only",
}
STATUSES = {
    Status.CLAIMED.value: "claimed",
    Status.PLANNED.value: "planned",
    Status.PREVENTED.value: "prevented",
    Status.DENIED.value: "denied",
}

Paint = Callable[["Pen"], None]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the legend: words, and how its sign is drawn; a head has none."""

    label: str
    paint: Paint | None = None


@dataclass(frozen=True, slots=True)
class Pen:
    """Where and with what a sign of the legend is drawn, in points."""

    axes: Any
    x: float
    y: float
    scale: float
    theme: Theme


Group = list[Line]


def ways_of(view: View) -> pd.Series:
    """Return how each drawn event is drawn: a word of `WAYS`."""
    events = view.events
    ways = pd.Series(shapes_of(events["geo_precision"]), events.index).map(
        {int(Shape.EXACT): "pin", int(Shape.NEAR): "near", int(Shape.AREA): "area",
         int(Shape.UNKNOWN): "unknown"}
    )  # fmt: skip
    kinds = events.geometry.geom_type
    ways = ways.mask(kinds.isin(["LineString", "MultiLineString"]), "line")
    is_polygon = kinds.isin(["Polygon", "MultiPolygon"])
    return ways.mask(is_polygon & ((events["geo_precision"] == "zone") | (ways != "area")), "zone")


def legend_groups(
    view: View,
    signs: Signs,
    *,
    whole: View | None = None,
    box: tuple[float, float, float, float] | None = None,
    with_places: bool = True,
) -> list[Group]:
    """Return the lines of the legend in groups: types, places, dates and status, layers.

    Parameters
    ----------
    view, signs
        What is counted; how types are drawn.
    whole
        In a series, the view of all its parts: its lines stand in every part, with 0 where
        the part has none, so that the parts can be laid over each other.
    box, with_places
        West, south, east, north of the map in degrees: only places in it have a line, and
        only when places are drawn.
    """
    base = whole or view
    groups = [
        [Line("Event type"), *_types(view, base, signs)],
        [Line("How the place is known"), *_ways(view, base)],
        [Line("Date and status"), *_statuses(view, base)],
        [Line("Places"), *(_places(base, box) if with_places else ())],
    ]
    return [group for group in groups if len(group) > 1]


def _types(view: View, base: View, signs: Signs) -> list[Line]:
    rows = base.events["event_type"].fillna("type not stated")
    ranked = rows.value_counts()
    counts = view.events["event_type"].fillna("type not stated").value_counts()
    has_areas = ways_of(base).isin(["area", "zone"])
    in_areas = set(rows[has_areas.to_numpy()])
    own = [word for word in ranked.index if word in signs.of_type]
    lines = [
        Line(
            f"{word} ({counts.get(word, 0):,})",
            _sign(signs.get(word), hatched=word in in_areas),
        )
        for word in own
    ]
    rest = [word for word in ranked.index if word not in signs.of_type]
    if rest:
        total = sum(int(counts.get(word, 0)) for word in rest)
        label = str(rest[0]) if len(rest) == 1 else f"{len(rest)} other types"
        hatched = any(word in in_areas for word in rest)
        lines.append(Line(f"{label} ({total:,})", _sign(signs.other, hatched=hatched)))
    return lines or [Line("no event in this view", _no_sign)]


def _ways(view: View, base: View) -> list[Line]:
    counts, there = ways_of(view).value_counts(), set(ways_of(base))
    return [
        Line(f"{words} ({counts.get(way, 0):,})", _PAINT[way])
        for way, words in WAYS.items()
        if way in there
    ]


def _statuses(view: View, base: View) -> list[Line]:
    lines = []
    if bool(base.possible.any()):
        lines.append(Line(f"possible by date ({int(view.possible.sum()):,})", _hollow))
    there = set(base.events["status"].dropna())
    counts = view.events["status"].value_counts()
    lines += [
        Line(f"{words} ({counts.get(word, 0):,})", _struck(OVERLAYS.get(word)))
        for word, words in STATUSES.items()
        if word in there
    ]
    return lines


def _places(view: View, box: tuple[float, float, float, float] | None) -> list[Line]:
    shapes = view.places.geometry
    if box is not None:
        shapes = shapes[shapes.intersects(shapely.box(*box)).to_numpy()]
    kinds = {kind.removeprefix("Multi") for kind in shapes.geom_type.dropna()}
    signs = {
        "LineString": Line("road", _road),
        "Polygon": Line("zone, edge approximate", _zone),
    }
    return [line for kind, line in signs.items() if kind in kinds]


def _scatter(pen: Pen, marker: str, size: float, *, at: float = 0.0, **how: Any) -> None:
    pen.axes.scatter([pen.x + at], [pen.y], s=size * pen.scale**2, marker=marker, zorder=5, **how)


def _sign(sign: Sign, *, hatched: bool) -> Paint:
    def paint(pen: Pen) -> None:
        size = 38 * FORM_SIZES.get(sign.form, 1.0)
        at = -5.0 * pen.scale if hatched else 0.0
        _scatter(pen, sign.form, size, at=at, c=sign.colour, edgecolors=pen.theme.edge, lw=0.5)
        if hatched:
            _box(pen, sign.colour, sign.hatch, at=5.0 * pen.scale, half=4.0)

    return paint


def _no_sign(_pen: Pen) -> None:
    """Draw nothing."""


def _box(
    pen: Pen, colour: str, hatch: str | None, *, at: float = 0.0, half: float = 6.0,
    style: Any = "solid", tint: str = "14",
) -> None:  # fmt: skip
    from matplotlib.patches import Rectangle

    wide, high = half * pen.scale, 3.6 * pen.scale
    pen.axes.add_patch(
        Rectangle(
            (pen.x + at - wide, pen.y - high), 2 * wide, 2 * high, fc=colour + tint, ec=colour,
            hatch=hatch, lw=0.8, ls=style, zorder=4,
        )
    )  # fmt: skip


def _pin(pen: Pen) -> None:
    _scatter(pen, "o", 34, c=pen.theme.quiet, edgecolors=pen.theme.edge, lw=0.5)


def _unknown(pen: Pen) -> None:
    _scatter(pen, "o", 30, c=pen.theme.bar, edgecolors=pen.theme.ink, lw=0.9)


def _near(pen: Pen) -> None:
    grey = pen.theme.quiet
    _scatter(pen, "o", 120, c=grey + "22", edgecolors=grey, lw=0.7, linestyles=(0, (1.2, 1.2)))
    _scatter(pen, "o", 18, c=grey, edgecolors=pen.theme.edge, lw=0.4)


def _area(pen: Pen) -> None:
    _box(pen, pen.theme.quiet, "////", half=8.0, style=(0, (4, 2.5)))
    _number(pen)


def _outline(pen: Pen) -> None:
    _box(pen, pen.theme.quiet, "////", half=8.0)
    _number(pen)


def _number(pen: Pen) -> None:
    from matplotlib import patheffects

    halo = [patheffects.withStroke(linewidth=2.0, foreground=pen.theme.page)]
    pen.axes.text(
        pen.x, pen.y, "n", fontsize=6.4 * pen.scale, weight="bold", ha="center",
        va="center_baseline", color=pen.theme.ink, path_effects=halo, zorder=6,
    )  # fmt: skip


def _line(pen: Pen) -> None:
    _stroke(pen, pen.theme.quiet, 2.6)


def _road(pen: Pen) -> None:
    _stroke(pen, pen.theme.road, 1.5)


def _stroke(pen: Pen, colour: str, width: float) -> None:
    half = 8 * pen.scale
    pen.axes.plot([pen.x - half, pen.x + half], [pen.y] * 2, color=colour, lw=width * pen.scale)


def _zone(pen: Pen) -> None:
    _box(pen, pen.theme.zone, None, half=8.0, style=(0, (5, 3)), tint="1c")


def _hollow(pen: Pen) -> None:
    _scatter(pen, "o", 34, c=pen.theme.page, edgecolors=pen.theme.quiet, lw=1.2)


def _struck(marker: str | None) -> Paint:
    def paint(pen: Pen) -> None:
        _pin(pen)
        if marker:
            size = 34 * pen.scale**2
            draw_overlay(pen.axes, [pen.x], [pen.y], marker, size, pen.theme, pen.scale)

    return paint


_PAINT: dict[str, Paint] = {
    "pin": _pin,
    "unknown": _unknown,
    "near": _near,
    "line": _line,
    "zone": _outline,
    "area": _area,
}


@dataclass(frozen=True, slots=True)
class Column:
    """Groups of the legend under each other, with their lines broken to a width."""

    groups: list[list[tuple[Line, list[str]]]]
    width: float
    scale: float

    @property
    def height(self) -> float:
        """How high the column is, in points."""
        return sum(self._group_height(group) for group in self.groups) + GROUP_GAP * (
            len(self.groups) - 1
        )

    def _group_height(self, group: list[tuple[Line, list[str]]]) -> float:
        return sum(line_height(line, words, self.scale) for line, words in group)


def line_height(line: Line, words: list[str], scale: float) -> float:
    """Return how high a line of the legend is, in points."""
    pitch = HEAD_PITCH if line.paint is None else PITCH
    return (pitch + EXTRA * (len(words) - 1)) * scale


def columns_of(groups: list[Group], width: float, scale: float, *, many: int) -> list[Column]:
    """Return the legend in `many` columns of about the same height, or fewer."""
    gap = 12.0 * scale
    room = (width - gap * (many - 1)) / many
    broken = [[(line, _broken(line, room, scale)) for line in group] for group in groups]
    if many == 1:
        return [Column(broken, room, scale)]
    heights = [
        sum(line_height(line, words, scale) for line, words in group) + GROUP_GAP
        for group in broken
    ]
    columns: list[list[list[tuple[Line, list[str]]]]] = [[] for _ in range(many)]
    filled = [0.0] * many
    at = 0
    target = max(sum(heights) / many, max(heights, default=0.0))
    for group, high in zip(broken, heights, strict=True):
        if columns[at] and filled[at] + high > target * 1.02 and at < many - 1:
            at += 1
        columns[at].append(group)
        filled[at] += high
    return [Column(column, room, scale) for column in columns if column]


def _broken(line: Line, room: float, scale: float) -> list[str]:
    if line.paint is None:
        return [cut(line.label, HEAD_SIZE * scale, room, bold=True)]
    size, wide = SIZE * scale, room - SIGN_ROOM * scale
    lines = wrap(line.label, size, wide)
    if len(lines) <= MAX_LABEL_LINES:
        return lines
    # The count at the end must stay, whatever the name's length.
    head, _, count = line.label.rpartition(" (")
    tail = f" ({count}"
    first = lines[0]
    rest = head[len(first) :].strip()
    return [first, cut(rest, size, wide - width_of(tail, size)) + tail]


def draw_legend(axes: Axes, column: Column, theme: Theme) -> None:
    """Draw a column on axes whose units are points, from the top."""
    x, y = 0.0, axes.get_ylim()[1]
    scale = column.scale
    for number, group in enumerate(column.groups):
        if number:
            y -= GROUP_GAP
        for line, words in group:
            high = line_height(line, words, scale)
            first = y - (HEAD_PITCH if line.paint is None else PITCH) * scale / 2
            is_head = line.paint is None
            for n, text in enumerate(words):
                axes.text(
                    x + (0.0 if is_head else SIGN_ROOM * scale),
                    first - n * EXTRA * scale,
                    text,
                    fontsize=(HEAD_SIZE if is_head else SIZE) * scale,
                    weight="bold" if is_head else "normal",
                    color=theme.quiet if is_head else theme.ink,
                    va="center_baseline",
                    parse_math=False,
                    gid="legend",
                )
            if line.paint is not None:
                line.paint(Pen(axes, x + 9.0 * scale, first, scale, theme))
            y -= high
