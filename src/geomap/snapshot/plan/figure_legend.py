"""The legend of a figure: every sign on the map with its count, and no other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pandas as pd
import shapely

from geomap.model import Status
from geomap.snapshot.plan.event_marks import OVERLAYS
from geomap.snapshot.plan.legend_signs import (
    LegendSign,
    place_signs,
    possible_sign,
    precision_signs,
    status_sign,
    type_sign,
)
from geomap.snapshot.plan.themes import Signs, Theme
from geomap.snapshot.plan.typesetting import Typesetter
from geomap.snapshot.plan.view import View
from geomap.symbology.symbols import Shape, shapes_of
from geomap.typing import BBox

WAYS = {
    "pin": "at the place named",
    "unknown": "place as stated, exactness not",
    "near": "within the disc",
    "line": "along a road",
    "zone": "somewhere in the outline",
    "area": "known to an area only",
}
"""Ways in which a place is known, with the words of the legend."""

STATUSES = tuple(word.value for word in Status if word is not Status.REPORTED)
PLACES = {"LineString": "road", "Polygon": "zone, edge approximate"}
NO_TYPE = "type not stated"

_WAY_OF_SHAPE = {
    int(Shape.EXACT): "pin",
    int(Shape.NEAR): "near",
    int(Shape.AREA): "area",
    int(Shape.UNKNOWN): "unknown",
}

MAX_LABEL_LINES = 2
SIGN_ROOM, SIGN_MIDDLE = 22.0, 9.0  # from the left edge to the words, and to the middle of a sign
SIZE, HEAD_SIZE = 7.4, 7.6
PITCH, HEAD_PITCH, EXTRA, GROUP_GAP = 12.6, 13.0, 9.2, 5.0
COLUMN_GAP = 12.0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the legend: label and sign; the head of a group has no sign.

    `words` is the label, broken to the width of a column.
    """

    label: str
    sign: LegendSign | None = None
    words: tuple[str, ...] = ()

    @property
    def is_head(self) -> bool:
        """Whether it is the head of a group."""
        return self.sign is None

    @property
    def pitch(self) -> float:
        """The height of its first row, in points at scale 1."""
        return HEAD_PITCH if self.is_head else PITCH

    def height(self, scale: float) -> float:
        """Return its height."""
        return (self.pitch + EXTRA * (len(self.words) - 1)) * scale


Group = list[Line]


def ways_of(view: View) -> pd.Series:
    """Return how the place of each drawn event is known: a word of `WAYS`."""
    events = view.events
    ways = pd.Series(shapes_of(events["geo_precision"]), events.index).map(_WAY_OF_SHAPE)
    kinds = events.geometry.geom_type.str.removeprefix("Multi")
    ways = ways.mask(kinds == "LineString", "line")
    is_zone = (events["geo_precision"] == "zone") | (ways != "area")
    return ways.mask((kinds == "Polygon") & is_zone, "zone")


def legend_groups(
    view: View,
    signs: Signs,
    *,
    whole: View | None = None,
    box: BBox | None = None,
    with_places: bool = True,
) -> list[Group]:
    """Return the lines of the legend in groups: types, places, dates and status, layers.

    In a series `whole` is the view of all its parts: its lines are in every part, with 0 where the
    part has none, so that the parts can be laid over each other. `box` is west, south, east, north
    of the map in degrees: only places in it have a line, and only when places are drawn.
    """
    base = whole or view
    groups = [
        [Line("Event type"), *_types(view, base, signs)],
        [Line("How the place is known"), *_ways(view, base, signs.theme)],
        [Line("Date and status"), *_statuses(view, base, signs.theme)],
        [Line("Places"), *(_places(base, box, signs.theme) if with_places else ())],
    ]
    return [group for group in groups if len(group) > 1]


def _types(view: View, base: View, signs: Signs) -> list[Line]:
    rows = base.events["event_type"].fillna(NO_TYPE)
    ranked = rows.value_counts().index
    counts = view.events["event_type"].fillna(NO_TYPE).value_counts()
    in_areas = set(rows[ways_of(base).isin(["area", "zone"]).to_numpy()])
    lines = [
        Line(
            f"{word} ({counts.get(word, 0):,})",
            type_sign(signs.get(word), signs.theme, hatched=word in in_areas),
        )
        for word in ranked
        if word in signs.of_type
    ]
    rest = [word for word in ranked if word not in signs.of_type]
    if rest:
        total = sum(int(counts.get(word, 0)) for word in rest)
        label = str(rest[0]) if len(rest) == 1 else f"{len(rest)} other types"
        sign = type_sign(signs.other, signs.theme, hatched=not in_areas.isdisjoint(rest))
        lines.append(Line(f"{label} ({total:,})", sign))
    return lines or [Line("no event in this view", ())]


def _ways(view: View, base: View, theme: Theme) -> list[Line]:
    counts, present = ways_of(view).value_counts(), set(ways_of(base))
    signs = precision_signs(theme)
    return [
        Line(f"{words} ({counts.get(way, 0):,})", signs[way])
        for way, words in WAYS.items()
        if way in present
    ]


def _statuses(view: View, base: View, theme: Theme) -> list[Line]:
    lines = []
    if bool(base.possible.any()):
        count = int(view.possible.sum())
        lines.append(Line(f"possible by date ({count:,})", possible_sign(theme)))
    present = set(base.events["status"].dropna())
    counts = view.events["status"].value_counts()
    return lines + [
        Line(f"{word} ({counts.get(word, 0):,})", status_sign(theme, OVERLAYS.get(word)))
        for word in STATUSES
        if word in present
    ]


def _places(view: View, box: BBox | None, theme: Theme) -> list[Line]:
    shapes = view.places.geometry
    if box is not None:
        shapes = shapes[shapes.intersects(shapely.box(*box)).to_numpy()]
    present = {kind.removeprefix("Multi") for kind in shapes.geom_type.dropna()}
    signs = place_signs(theme)
    return [Line(words, signs[kind]) for kind, words in PLACES.items() if kind in present]


@dataclass(frozen=True, slots=True)
class Column:
    """Groups of the legend under each other."""

    groups: list[Group]
    width: float
    scale: float

    @property
    def height(self) -> float:
        """The height of all groups and the gaps between them."""
        lines = sum(line.height(self.scale) for group in self.groups for line in group)
        return lines + GROUP_GAP * (len(self.groups) - 1)

    def placed(self, top: float) -> Iterator[tuple[float, Line]]:
        """Yield the middle of the first row of each line, from the upper edge down."""
        y = top
        for number, group in enumerate(self.groups):
            y -= GROUP_GAP if number else 0.0
            for line in group:
                yield y - line.pitch * self.scale / 2, line
                y -= line.height(self.scale)


def columns_of(
    groups: Sequence[Group], width: float, scale: float, typesetter: Typesetter, *, number: int
) -> list[Column]:
    """Return the legend in `number` columns of about the same height, or fewer."""
    room = (width - COLUMN_GAP * scale * (number - 1)) / number
    broken = [
        [replace(line, words=tuple(_broken(line, room, scale, typesetter))) for line in group]
        for group in groups
    ]
    if number == 1:
        return [Column(broken, room, scale)]
    heights = [sum(line.height(scale) for line in group) + GROUP_GAP for group in broken]
    columns: list[list[Group]] = [[] for _ in range(number)]
    filled = [0.0] * number
    at = 0
    target = max(sum(heights) / number, max(heights, default=0.0))
    for group, high in zip(broken, heights, strict=True):
        if columns[at] and filled[at] + high > target * 1.02 and at < number - 1:
            at += 1
        columns[at].append(group)
        filled[at] += high
    return [Column(column, room, scale) for column in columns if column]


def _broken(line: Line, room: float, scale: float, typesetter: Typesetter) -> list[str]:
    if line.is_head:
        return [typesetter.cut(line.label, HEAD_SIZE * scale, room, bold=True)]
    size, wide = SIZE * scale, room - SIGN_ROOM * scale
    lines = typesetter.wrap(line.label, size, wide)
    if len(lines) <= MAX_LABEL_LINES:
        return lines
    # The count at the end has to stay, however long the name is.
    head, _, count = line.label.rpartition(" (")
    tail = f" ({count}"
    first = lines[0]
    rest = head[len(first) :].strip()
    return [first, typesetter.cut(rest, size, wide - typesetter.width(tail, size)) + tail]
