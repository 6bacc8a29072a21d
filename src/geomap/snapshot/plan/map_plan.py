"""One map of a figure: background, places, events, elements and words in a box of the page."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geomap.snapshot.plan import event_marks, map_elements
from geomap.snapshot.plan.event_marks import Discs, SharedMark
from geomap.snapshot.plan.frame import Frame, MapBox
from geomap.snapshot.plan.label_board import Board
from geomap.snapshot.plan.lettering import MAX_TOWNS, Label, Letterer
from geomap.snapshot.plan.map_background import Background, plan_background
from geomap.snapshot.plan.map_elements import Locator, NorthArrow, Note
from geomap.snapshot.plan.settings import SnapshotSettings
from geomap.snapshot.plan.themes import Signs
from geomap.snapshot.plan.typesetting import Box, Typesetter
from geomap.snapshot.plan.view import View
from geomap.typing import Shapes

SMALLEST_AREA = 9.0
"""How many points wide a circle that stands for a unit is at least."""

INSET = 3.0  # points between the edge of a map and its words


@dataclass(frozen=True, slots=True)
class MapPlan:
    """All that is drawn of one map, at its place; shapes in metres of the frame."""

    label: str
    place: MapBox
    signs: Signs
    scale: float
    background: Background
    zones: Shapes
    roads: Shapes
    shared: tuple[SharedMark, ...]
    discs: Discs | None
    pins: pd.DataFrame
    pin_size: float
    has_scale_bar: bool
    locator: Locator | None
    arrow: NorthArrow | None
    outside: Note | None
    labels: tuple[Label, ...]


def plan_map(
    label: str, box: Box, frame: Frame, view: View, settings: SnapshotSettings, signs: Signs,
    scale: float, typesetter: Typesetter, *, is_panel: bool = False, has_elements: bool = True,
) -> MapPlan:  # fmt: skip
    """Return the plan of a view in a frame that fills a box of the page.

    `has_elements` is whether the map may have a scale bar, north arrow and locator.
    """
    place, theme = MapBox(frame, box), signs.theme
    places = view.places if settings.show_places else view.places.iloc[:0]
    background = plan_background(
        frame, theme, scale=scale, boundaries=settings.boundaries, graticule=settings.graticule
    )
    least = SMALLEST_AREA * scale * place.metres_per_point
    shared = event_marks.shared_marks(view, frame, signs, least=least)
    pins = event_marks.pins_of(view, frame)
    size = event_marks.pin_size(len(pins), scale)
    left, low, right, top = box
    room = (left + INSET, low + INSET, right - INSET, top - INSET)
    board = Board(room, place.points(pins["x"], pins["y"]))
    # The elements come before the words, the important first: each takes its room from the rest.
    has_bar = has_elements and map_elements.plan_scale_bar(frame, board, scale)
    has_locator = settings.locator and has_elements
    locator = map_elements.plan_locator(frame, board, scale) if has_locator else None
    chosen = settings.north if has_elements else False
    arrow = map_elements.plan_north_arrow(place, board, scale, chosen=chosen)
    outside = event_marks.count_outside(view, frame)
    note = map_elements.plan_outside_note(outside, board, scale, typesetter)
    # As many as a map of this size bears without becoming a list of names.
    room_for_towns = (right - left) * (top - low) / (scale**2 * (7_000 if is_panel else 4_500))
    most_towns = int(min(max(room_for_towns, 5), MAX_TOWNS))
    letterer = Letterer(place, board, theme, scale, typesetter, most_towns)
    letterer.degrees(background.degrees)
    letterer.numbers(shared)
    towns = letterer.places(places, settings.names)
    letterer.stacks(pins, size)
    letterer.countries()
    letterer.towns(towns)
    return MapPlan(
        label, place, signs, scale, background, *_place_shapes(places, frame), tuple(shared),
        event_marks.discs_of(pins, frame, signs), pins, size, has_bar, locator, arrow, note,
        tuple(letterer.labels),
    )  # fmt: skip


def _place_shapes(places: gpd.GeoDataFrame, frame: Frame) -> tuple[Shapes, Shapes]:
    """Return the zones and the roads of the gazetteer in metres."""
    if not len(places):
        return np.empty(0, dtype=object), np.empty(0, dtype=object)
    shapes = frame.projection.shapes(places.geometry.to_numpy())
    dimensions = shapely.get_dimensions(shapes)
    return shapes[dimensions == 2], shapes[dimensions == 1]
