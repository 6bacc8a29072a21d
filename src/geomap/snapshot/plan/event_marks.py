"""The marks of events on a map: each as exactly as the event's place is known.

Form and colour stand for the type, fill for how well the date is known, and geometry for how well
the place is: an exact place is a sign, a place known to some kilometres a sign in a disc of that
radius on the ground, a country or province a hatched area with its number and never a pin, a road
a line, a zone a hatched polygon. An event that is only possible in the window is hollow.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
import shapely.affinity

from geomap.model import GeoPrecision, Status
from geomap.snapshot.plan.frame import Frame
from geomap.snapshot.plan.projection import GEOD
from geomap.snapshot.plan.themes import Sign, Signs
from geomap.snapshot.plan.view import View
from geomap.symbology.symbols import Shape, drawn_km, shapes_of
from geomap.typing import Floats

WIDE_SHARE = 0.6
"""An area wider than this share of the map is drawn as an outline without a hatch."""

NO_RADIUS_KM = 10.0
"""Radius of the circle for an area that has neither an extent nor a nominal radius."""

SIDES, FEW_SIDES, MANY_DISCS = 48, 20, 500
"""Sides of a circle on the ground, and of one among so many discs."""

OVERLAYS = {Status.PLANNED.value: ".", Status.PREVENTED.value: "x", Status.DENIED.value: "_"}
"""Marker over the sign of an event that did not take place, by status."""


@dataclass(frozen=True, slots=True)
class SharedMark:
    """A line or area that events share: drawn once, with their number; shapes in metres."""

    shape: Any
    kind: str  # "area", "zone" or "line"
    is_broken: bool
    shown: int
    possible: int
    sign: Sign
    is_wide: bool

    @property
    def words(self) -> str:
        """The number written in it."""
        if not self.possible:
            return f"{self.shown:,}"
        return f"{self.shown:,} + {self.possible:,}?" if self.shown else f"{self.possible:,}?"


@dataclass(frozen=True, slots=True)
class Discs:
    """The discs on the ground within which events took place: rings in metres, and colours.

    `number` counts those that cannot be drawn as well.
    """

    rings: Floats
    colours: tuple[str, ...]
    number: int

    @property
    def is_many(self) -> bool:
        """Whether they are so many that each is drawn simply."""
        return self.number >= MANY_DISCS

    @property
    def tint(self) -> str:
        """Their opacity as two hexadecimal digits: many discs must not hide the map."""
        return f"{max(3, round(30 / math.sqrt(1 + self.number / 12))):02x}"


def pins_of(view: View, frame: Frame) -> pd.DataFrame:
    """Return the signs of a map, one for each point of an event whose place is a point.

    Columns: `x` and `y` in metres of the map, `longitude` and `latitude` in degrees, `km` the
    radius within which the event took place (0 for an exact place), `type`, `status`, `possible`,
    and `unknown` where the source does not state how exact the place is.
    """
    events = view.events
    columns = {
        "type": events["event_type"],
        "status": events["status"],
        "possible": view.possible.to_numpy(dtype=bool),
        "form": shapes_of(events["geo_precision"]),
        "km": drawn_km(events),
    }
    parts = gpd.GeoDataFrame(columns, geometry=events.geometry).explode(ignore_index=True)
    points = parts[(parts.geometry.geom_type == "Point") & (parts["form"] != Shape.AREA)]
    longitude = frame.projection.unwrapped(points.geometry.x)
    latitude = points.geometry.y.to_numpy()
    x, y = frame.projection.forward(longitude, latitude)
    pins = pd.DataFrame(points.drop(columns="geometry")).assign(
        x=x, y=y, longitude=longitude, latitude=latitude,
        km=points["km"].where(points["form"] == Shape.NEAR, 0.0),
        unknown=points["form"] == Shape.UNKNOWN,
    )  # fmt: skip
    return pins[np.isfinite(x) & np.isfinite(y)]


def pin_size(number: int, scale: float) -> float:
    """Return the area of each of so many signs in square points: the more, the smaller."""
    return float(np.clip(560 / math.sqrt(number + 1), 13, 46)) * scale**2


def shared_marks(view: View, frame: Frame, signs: Signs, *, least: float = 0.0) -> list[SharedMark]:
    """Return the areas and lines of a view, the largest first and lines last.

    Circles that stand for a unit are at least `least` metres wide on the map.
    """
    events = view.events
    is_point = events.geometry.geom_type.isin(["Point", "MultiPoint"]).to_numpy()
    is_area = shapes_of(events["geo_precision"]) == Shape.AREA
    chosen = events[~is_point | is_area]
    if chosen.empty:
        return []
    table = pd.DataFrame(
        {
            "shape": shapely.to_wkb(chosen.geometry.to_numpy()),
            "km": drawn_km(chosen),
            "precision": chosen["geo_precision"].fillna(""),
            "type": chosen["event_type"].fillna(""),
            "possible": view.possible[chosen.index].to_numpy(dtype=bool),
        }
    )
    marks = []
    for (wkb, km, precision), group in table.groupby(["shape", "km", "precision"], sort=True):
        shape = _drawn_shape(shapely.from_wkb(wkb), float(km), frame, least)
        if shape is not None and np.isfinite(shapely.bounds(shape)).all():
            marks.append(_shared_mark(shape, str(precision), group, frame, signs))
    return sorted(marks, key=lambda mark: (mark.kind == "line", -mark.shape.area))


def _drawn_shape(shape: Any, km: float, frame: Frame, least: float) -> Any:
    """Return the shape in metres, for a point a circle around it; None where it cannot be drawn."""
    if shapely.get_dimensions(shape) > 0:
        return frame.projection.shapes([shape])[0]
    longitude, latitude = (np.array([v]) for v in shapely.get_coordinates(shape)[0])
    (ring,) = circles(longitude, latitude, np.array([km or NO_RADIUS_KM]), frame)
    if not np.isfinite(ring).all():
        return None
    drawn, wide = shapely.Polygon(ring), np.ptp(ring[:, 0])
    if wide >= least:
        return drawn
    # It stands for a unit and has to be seen: never smaller than a sign.
    return shapely.affinity.scale(drawn, least / wide, least / wide)


def _shared_mark(
    shape: Any, precision: str, group: pd.DataFrame, frame: Frame, signs: Signs
) -> SharedMark:
    is_zone = precision == GeoPrecision.ZONE.value
    kind = "line" if shapely.get_dimensions(shape) == 1 else "zone" if is_zone else "area"
    types = group["type"].unique()
    west, _, east, _ = shapely.bounds(shape)
    possible = int(group["possible"].sum())
    return SharedMark(
        shape,
        kind,
        precision == GeoPrecision.APPROXIMATE_LINE.value,
        len(group) - possible,
        possible,
        signs.get(types[0]) if len(types) == 1 else signs.mixed,
        bool(east - west > WIDE_SHARE * frame.width),
    )


def discs_of(pins: pd.DataFrame, frame: Frame, signs: Signs) -> Discs | None:
    """Return the discs of the pins that have a radius, equal ones once; None without any."""
    table = pins.loc[pins["km"] > 0, ["longitude", "latitude", "km"]]
    if table.empty:
        return None
    types = pins.loc[table.index, "type"]
    table = table.assign(colour=[signs.get(word).colour for word in types]).drop_duplicates()
    longitude, latitude, km = (table[name].to_numpy() for name in ("longitude", "latitude", "km"))
    sides = SIDES if len(table) < MANY_DISCS else FEW_SIDES
    rings = circles(longitude, latitude, km, frame, sides=sides)
    fine = np.isfinite(rings).all(axis=(1, 2))
    return Discs(rings[fine], tuple(table["colour"].to_numpy()[fine]), len(table))


def circles(
    longitude: Floats, latitude: Floats, km: Floats, frame: Frame, *, sides: int = SIDES
) -> Floats:
    """Return circles on the ground as rings in the metres of a frame, of shape (n, sides, 2)."""
    number = len(longitude)
    turns = np.tile(np.linspace(0, 360, sides, endpoint=False), number)
    at = np.repeat(np.arange(number), sides)
    east, north, _ = GEOD.fwd(longitude[at], latitude[at], turns, km[at] * 1000)
    middle = longitude[at]
    unwrapped = middle + (np.asarray(east) - middle + 180.0) % 360.0 - 180.0
    x, y = frame.projection.forward(unwrapped, north)
    return np.column_stack([x, y]).reshape(number, sides, 2)


def count_outside(view: View, frame: Frame) -> int:
    """Return how many of the drawn events are wholly beyond the edges of the map."""
    shapes = view.events.geometry.to_numpy()
    if not len(shapes):
        return 0
    is_point = shapely.get_type_id(shapes) == shapely.GeometryType.POINT
    points = shapely.get_coordinates(shapes[is_point])
    x, y = frame.projection.forward(frame.projection.unwrapped(points[:, 0]), points[:, 1])
    inside = (x >= frame.west) & (x <= frame.east) & (y >= frame.south) & (y <= frame.north)
    others = frame.projection.shapes(shapes[~is_point])
    room = frame.rectangle
    meets = [bool(np.isfinite(o.bounds).all()) and o.intersects(room) for o in others]
    return int(len(shapes) - inside.sum() - sum(meets))
