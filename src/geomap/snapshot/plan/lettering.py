"""The words of a map at their places, the important first, none over another."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geomap.snapshot.plan.event_marks import SharedMark
from geomap.snapshot.plan.frame import MapBox
from geomap.snapshot.plan.label_board import Board, around, over
from geomap.snapshot.plan.map_background import Degree, labels_in
from geomap.snapshot.plan.themes import Theme
from geomap.snapshot.plan.typesetting import Box, Typesetter
from geomap.symbology.name_policy import named_by_policy

SMALLEST_NAMED = 26.0  # points that a road or zone must be long to bear its name
MANY_NUMBERS = 30  # more areas than these have a number only where it fits right over them
MANY_STACKS = 80
COUNTRIES_FROM_KM, MAX_COUNTRIES = 700, 30
MAX_TOWNS, SURE_TOWNS, TRIED_TOWNS = 40, 8, 600
NAMED_KINDS = ("city", "facility", "other", "road", "zone", "water")
SAME_TOWN = 6.0  # points between a place of the gazetteer and the same town of the background
ANYWHERE = 10_000  # signs that a label may cover which must be written


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of a named point, at metres of the map."""

    x: float
    y: float
    form: str
    size: float


@dataclass(frozen=True, slots=True)
class Label:
    """Words in a box of the page.

    `lead` is the point of the page that a line leads to where the words had to be moved away
    from it, `mark` the mark that is drawn with them, `order` their drawing order.
    """

    box: Box
    lines: list[str]
    size: float
    colour: str
    bold: bool = False
    italic: bool = False
    order: float = 9.0
    lead: tuple[float, float] | None = None
    mark: Mark | None = None


@dataclass
class Letterer:
    """Places words on a map one after the other; `labels` has those that found a place."""

    place: MapBox
    board: Board
    theme: Theme
    scale: float
    typesetter: Typesetter
    most_towns: int = MAX_TOWNS
    labels: list[Label] = field(default_factory=list)

    def write(
        self, lines: list[str], candidates: Iterable[Box], size: float, colour: str, *,
        covered: int = 0, bold: bool = False, italic: bool = False, order: float = 9.0,
        point: tuple[float, float] | None = None, mark: Mark | None = None,
    ) -> bool:  # fmt: skip
        """Place lines at the first free candidate, and return whether there was one.

        `covered` is how many signs they may cover; `point` what they belong to, if a line may
        lead to it.
        """
        box = self.board.place(candidates, most_covered=covered)
        if box is None:
            return False
        lead = point if point and _is_far(box, point) else None
        self.labels.append(Label(box, lines, size, colour, bold, italic, order, lead, mark))
        return True

    def degrees(self, degrees: Sequence[Degree]) -> None:
        """Place the degrees of meridians and parallels where they meet the edges."""
        size = 5.8 * self.scale
        for degree in degrees:
            left, low = self.place.point(degree.x, degree.y)
            wide, high = self.typesetter.size_of([degree.text], size)
            box = (
                (left - wide / 2, low + 3.2, left + wide / 2, low + 3.2 + high)
                if degree.is_meridian
                else (left + 3.2, low - high / 2, left + 3.2 + wide, low + high / 2)
            )
            self.write([degree.text], [box], size, self.theme.quiet, covered=ANYWHERE)

    def numbers(self, marks: Sequence[SharedMark]) -> None:
        """Place in each area and line the number of events it stands for."""
        are_many = len(marks) > MANY_NUMBERS
        size = (6.2 if are_many else 7.6) * self.scale
        for mark in sorted(marks, key=lambda mark: mark.shape.area):
            anchor = _anchor(mark.shape)
            point = self.place.point(anchor.x, anchor.y)
            wide, high = self.typesetter.size_of([mark.words], size, bold=True)
            spots = over(*point, wide + 2, high, rings=1 if are_many else 5)
            self.write(
                [mark.words], spots, size, self.theme.ink, covered=ANYWHERE, bold=True, order=9.4,
                point=point,
            )  # fmt: skip

    def stacks(self, pins: pd.DataFrame, size: float) -> None:
        """Place beside signs at the very same point how many they are; `size` is their area."""
        points = pins[["x", "y"]].to_numpy().round(1)
        spots, counts = np.unique(points, axis=0, return_counts=True)
        largest = np.argsort(-counts)[: int((counts > 1).sum())][:MANY_STACKS]
        reach, letters = math.sqrt(size) / 2 + 0.8, 6.4 * self.scale
        for n in largest:
            words = [f"{counts[n]:,}"]
            wide, high = self.typesetter.size_of(words, letters, bold=True)
            boxes = around(*self.place.point(*spots[n]), wide, high, reach)
            self.write(words, boxes, letters, self.theme.ink, bold=True, order=9.3)

    def places(self, places: gpd.GeoDataFrame, policy: str) -> list[tuple[float, float]]:
        """Place the names of roads and zones, then of towns and sites, each with a mark.

        `policy` decides which name a place bears (see `geomap.symbology.name_policy`).

        Returns
        -------
        towns
            The points of the named towns: the background need not name them again.
        """
        if not len(places):
            return []
        shapes = self.place.frame.projection.shapes(places.geometry.to_numpy())
        kinds, names = places["kind"].tolist(), named_by_policy(places, policy)
        room = self.place.frame.rectangle
        is_extended = shapely.get_dimensions(shapes) > 0
        written = set()
        for n in np.flatnonzero(is_extended):
            part = shapely.intersection(shapely.make_valid(shapes[n]), room)
            if not part.is_empty and names[n] not in written:
                written.add(names[n])
                self._name_extended(names[n], part)
        towns: list[tuple[float, float]] = []
        for n in np.flatnonzero(~is_extended):
            if len(towns) >= self.most_towns:
                break
            if kinds[n] in NAMED_KINDS and room.contains(shapes[n]):
                point = self.place.point(shapes[n].x, shapes[n].y)
                if self._name_point(names[n], shapes[n], point, is_town=kinds[n] == "city"):
                    towns.append(point)
        return towns

    def _name_extended(self, name: str, shape: Any) -> None:
        size = 7.0 * self.scale
        west, south, east, north = shape.bounds
        low, high_corner = self.place.points([west, east], [south, north])
        if max(high_corner - low) < SMALLEST_NAMED * self.scale:
            return  # a name this far from a dot would seem to name something else
        lines = self.typesetter.wrap(name, size, 118 * self.scale)
        wide, high = self.typesetter.size_of(lines, size)
        is_line = shapely.get_dimensions(shape) == 1
        spots: list[Box] = []
        for share in (0.5, 0.3, 0.7, 0.15, 0.85):
            anchor = _anchor(shape, share)
            point = self.place.point(anchor.x, anchor.y)
            spots += around(*point, wide, high, 4.0) if is_line else over(*point, wide, high)
        colour = self.theme.road if is_line else self.theme.zone
        self.write(lines, spots, size, colour, italic=True, covered=3, order=9.2)

    def _name_point(
        self, name: str, shape: Any, point: tuple[float, float], *, is_town: bool
    ) -> bool:
        size = (6.6 if is_town else 6.3) * self.scale
        spots = around(*point, *self.typesetter.size_of([name], size), 3.0)
        mark = self._mark(shape.x, shape.y, "o" if is_town else "D")
        return self.write([name], spots, size, self.theme.ink, italic=not is_town, mark=mark)

    def _mark(self, x: float, y: float, form: str) -> Mark:
        return Mark(x, y, form, (2.4 if form == "o" else 3.0) * self.scale)

    def countries(self) -> None:
        """Place the names of countries on maps that show several, the important first."""
        frame = self.place.frame
        if frame.width_km < COUNTRIES_FROM_KM:
            return
        size = 6.8 * self.scale
        written = 0
        for name, _, x, y in labels_in(frame, "countries"):
            lines = self.typesetter.wrap(name.upper(), size, 90 * self.scale)
            wide, high = self.typesetter.size_of(lines, size)
            spots = over(*self.place.point(x, y), wide, high, rings=1)
            written += self.write(lines, spots, size, self.theme.border, order=8.0)
            if written >= MAX_COUNTRIES:
                return

    def towns(self, named: Sequence[tuple[float, float]]) -> None:
        """Place the largest towns that fit; where signs are many, only the very largest.

        `named` are points of towns that have their name already.
        """
        known = np.array(named).reshape(-1, 2)
        written = len(named)
        for number, (name, people, x, y) in enumerate(
            labels_in(self.place.frame, "towns")[:TRIED_TOWNS]
        ):
            point = self.place.point(x, y)
            if len(known) and np.hypot(*(known - point).T).min() < SAME_TOWN:
                continue
            if written >= self.most_towns:
                return
            size = (6.4 + min(1.6, math.log10(max(people, 1000) / 1000) * 0.6)) * self.scale
            spots = around(*point, *self.typesetter.size_of([name], size), 3.0)
            covered = 6 if number < SURE_TOWNS else 0
            mark = self._mark(x, y, "o")
            written += self.write([name], spots, size, self.theme.town, covered=covered, mark=mark)


def _is_far(box: Box, point: tuple[float, float]) -> bool:
    """Return whether words are so far from their point that a line has to lead there."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return math.hypot(x - point[0], y - point[1]) > (box[3] - box[1]) * 0.8


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
