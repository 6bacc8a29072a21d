"""Draw events and places on a map, each as exactly as it is known and no more.

Form and colour say the type, fill how well the date is known, and the geometry how well the
place is: an exact place is a sign, a place known to some kilometres a sign in a disc of that
radius on the ground, a country or province a hatched area with its number and never a pin, a
road a line, a zone a hatched polygon. An event that is only possibly in the window is hollow.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
import shapely.affinity

from geomap.model import GeoPrecision, Status
from geomap.snapshot.draw.basemap_artists import line_points, polygon_paths
from geomap.snapshot.plan.projection import GEOD, Frame
from geomap.snapshot.plan.themes import FORM_SIZES, Sign, Signs, Theme
from geomap.snapshot.plan.view import View
from geomap.symbology.symbols import Shape, radii_of, shapes_of
from geomap.typing import Mask

if TYPE_CHECKING:
    from matplotlib.axes import Axes

RASTER_ABOVE = 20_000
"""More marks than this are rasterised inside SVG and PDF, or the file cannot be opened."""

WIDE_SHARE = 0.6
"""An area wider than this share of the map is drawn as an outline without a hatch."""

SIDES, FEW_SIDES = 48, 20

OVERLAYS = {Status.PLANNED.value: ".", Status.PREVENTED.value: "x", Status.DENIED.value: "_"}
"""What is drawn over the sign of what did not happen."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pins:
    """The signs of a map: one for each point of an event whose place is a point."""

    x: Floats
    y: Floats
    km: Floats
    longitude: Floats
    latitude: Floats
    types: npt.NDArray[np.object_]
    possible: Mask
    status: npt.NDArray[np.object_]
    unknown: Mask

    def __len__(self) -> int:
        """Return how many signs there are."""
        return len(self.x)

    def size(self, scale: float) -> float:
        """Return the area of a sign in square points: the more signs, the smaller each."""
        return float(np.clip(560 / math.sqrt(len(self) + 1), 13, 46)) * scale**2


@dataclass(frozen=True, slots=True)
class Extended:
    """Events that share one line or area: they are drawn once, with their number."""

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


def way_of(precision: object) -> str:
    """Return how an event of this geo_precision is drawn when its geometry is a point."""
    shape = int(shapes_of(pd.Series([precision]))[0])
    return {0: "pin", 1: "near", 2: "area", 3: "unknown"}[shape]


def pins_of(view: View, frame: Frame) -> Pins:
    """Return the signs of a view in the metres of a frame."""
    parts = _parts(view)
    points = parts[(parts.geometry.geom_type == "Point") & (parts["form"] != Shape.AREA)]
    longitude = frame.projection.unwrapped(points.geometry.x)
    latitude = points.geometry.y.to_numpy()
    x, y = frame.projection.forward(longitude, latitude)
    fine = np.isfinite(x) & np.isfinite(y)
    near = (points["form"] == Shape.NEAR).to_numpy()
    return Pins(
        x[fine],
        y[fine],
        np.where(near, points["km"].to_numpy(), 0.0)[fine],
        longitude[fine],
        latitude[fine],
        points["type"].to_numpy(dtype=object)[fine],
        points["possible"].to_numpy(dtype=bool)[fine],
        points["status"].to_numpy(dtype=object)[fine],
        (points["form"] == Shape.UNKNOWN).to_numpy()[fine],
    )


def _parts(view: View) -> gpd.GeoDataFrame:
    events = view.events
    return gpd.GeoDataFrame(
        {
            "type": events["event_type"],
            "possible": view.possible.to_numpy(dtype=bool),
            "form": shapes_of(events["geo_precision"]),
            "precision": events["geo_precision"],
            "status": events["status"],
            "km": radii_of(events) / 10.0,  # steps of 100 m
        },
        geometry=events.geometry,
    ).explode()


def extended_of(view: View, frame: Frame, signs: Signs, *, least: float = 0.0) -> list[Extended]:
    """Return the lines and areas of a view, the largest first, each with its number.

    Circles that stand for a unit are at least `least` metres wide on the map.
    """
    events = view.events
    kinds = events.geometry.geom_type
    is_point = kinds.isin(["Point", "MultiPoint"]).to_numpy()
    is_area = shapes_of(events["geo_precision"]) == Shape.AREA
    chosen = events[~is_point | is_area]
    if chosen.empty:
        return []
    table = pd.DataFrame(
        {
            "shape": shapely.to_wkb(chosen.geometry.to_numpy()),
            "km": radii_of(chosen) / 10.0,
            "precision": chosen["geo_precision"].fillna(""),
            "type": chosen["event_type"].fillna(""),
            "possible": view.possible[chosen.index].to_numpy(dtype=bool),
        }
    )
    found = [
        one
        for (wkb, km, precision), group in table.groupby(["shape", "km", "precision"], sort=True)
        if (
            one := _extended(
                shapely.from_wkb(wkb), float(km), str(precision), group, frame, signs, least
            )
        )
        is not None
    ]
    return sorted(found, key=lambda one: (one.kind == "line", -one.shape.area))


def _extended(
    shape: Any,
    km: float,
    precision: str,
    group: pd.DataFrame,
    frame: Frame,
    signs: Signs,
    least: float,
) -> Extended | None:
    if shapely.get_dimensions(shape) == 0:
        longitude, latitude = shapely.get_coordinates(shape)[0]
        ring = circle(np.array([longitude]), np.array([latitude]), np.array([km or 10.0]), frame)
        drawn = shapely.Polygon(ring[0]) if np.isfinite(ring).all() else None
        if drawn is not None and (wide := np.ptp(ring[0][:, 0])) < least:
            # It only stands for a unit, and must be seen: never smaller than a sign.
            drawn = shapely.affinity.scale(drawn, least / wide, least / wide)
    else:
        drawn = frame.projection.shapes([shape])[0]
    if drawn is None or not np.isfinite(shapely.bounds(drawn)).all():
        return None
    kind = "line" if shapely.get_dimensions(drawn) == 1 else "area"
    if kind == "area" and precision == GeoPrecision.ZONE.value:
        kind = "zone"
    types = group["type"].unique()
    west, _, east, _ = shapely.bounds(drawn)
    possible = int(group["possible"].sum())
    return Extended(
        drawn,
        kind,
        precision == GeoPrecision.APPROXIMATE_LINE.value,
        len(group) - possible,
        possible,
        signs.get(types[0]) if len(types) == 1 else signs.mixed,
        bool(east - west > WIDE_SHARE * frame.width),
    )


def circle(
    longitude: Floats, latitude: Floats, km: Floats, frame: Frame, *, sides: int = SIDES
) -> Floats:
    """Return circles on the ground as rings of points in the metres of a frame."""
    many = len(longitude)
    turns = np.tile(np.linspace(0, 360, sides, endpoint=False), many)
    at = np.repeat(np.arange(many), sides)
    east, north, _ = GEOD.fwd(longitude[at], latitude[at], turns, km[at] * 1000)
    middle = longitude[at]
    unwrapped = middle + (np.asarray(east) - middle + 180.0) % 360.0 - 180.0
    x, y = frame.projection.forward(unwrapped, north)
    return np.column_stack([x, y]).reshape(many, sides, 2)


def draw_places(axes: Axes, places: gpd.GeoDataFrame, frame: Frame, theme: Theme) -> None:
    """Draw roads and zones under the events, in quiet tones."""
    from matplotlib.collections import LineCollection, PathCollection

    shapes = frame.projection.shapes(places.geometry.to_numpy()) if len(places) else np.empty(0)
    kinds = shapely.get_dimensions(shapes) if len(places) else np.empty(0)
    zones, roads = polygon_paths(shapes[kinds == 2]), line_points(shapes[kinds == 1])
    axes.add_collection(
        PathCollection(
            zones, facecolors=theme.zone + "1c", edgecolors=theme.zone, linewidths=0.9,
            linestyles=(0, (5, 3)), zorder=4,
        ),
        autolim=False,
    )  # fmt: skip
    for colour, width, order in ((theme.halo, 3.2, 4.1), (theme.road, 1.5, 4.2)):
        axes.add_collection(
            LineCollection(roads, colors=colour, linewidths=width, zorder=order), autolim=False
        )


def draw_extended(axes: Axes, extended: list[Extended], theme: Theme, scale: float) -> None:
    """Draw areas and lines that events share; those of one look are one collection."""
    looks: dict[tuple[Any, ...], list[Any]] = {}
    for one in extended:
        hollow = not one.shown or one.is_wide
        looks.setdefault((one.kind, one.sign, one.is_broken, hollow), []).append(one.shape)
    for (kind, sign, is_broken, hollow), shapes in looks.items():
        given = np.array(shapes, dtype=object)
        if kind == "line":
            dash: Any = (0, (4, 2)) if is_broken or hollow else "solid"
            _draw_lines(axes, given, sign, dash, theme, scale)
        else:
            dash = "solid" if kind == "zone" else (0, (4, 2.5))
            _draw_areas(axes, given, sign, dash, scale, hollow=hollow)


def _draw_lines(axes: Axes, shapes: Any, sign: Sign, dash: Any, theme: Theme, scale: float) -> None:
    from matplotlib.collections import LineCollection

    points = line_points(shapes)
    for colour, width, style, order in (
        (theme.halo, 4.6, "solid", 5.6),
        (sign.colour, 2.8, dash, 5.7),
    ):
        axes.add_collection(
            LineCollection(
                points, colors=colour, linewidths=width * scale, linestyles=style, zorder=order
            ),
            autolim=False,
        )


def _draw_areas(
    axes: Axes, shapes: Any, sign: Sign, dash: Any, scale: float, *, hollow: bool
) -> None:
    from matplotlib.collections import PathCollection

    paths = polygon_paths(shapes)
    if not hollow:
        # The hatch has the colour of its own edge: quieter than the outline.
        hatch = PathCollection(
            paths,
            facecolors=sign.colour + "10",
            edgecolors=sign.colour + "50",
            linewidths=0,
            hatch=sign.hatch,
            zorder=5.0,
        )
        axes.add_collection(hatch, autolim=False)
    axes.add_collection(
        PathCollection(
            paths,
            facecolors="none",
            edgecolors=sign.colour + "c0",
            linewidths=1.0 * scale,
            linestyles=dash,
            zorder=5.1,
        ),
        autolim=False,
    )


def draw_rings(axes: Axes, pins: Pins, frame: Frame, signs: Signs, scale: float) -> None:
    """Draw the disc on the ground within which each event may have happened, once for each."""
    from matplotlib.collections import PolyCollection

    known = pins.km > 0
    if not known.any():
        return
    colours = np.array([signs.get(word).colour for word in pins.types[known]])
    table = pd.DataFrame(
        {"x": pins.longitude[known], "y": pins.latitude[known], "km": pins.km[known],
         "colour": colours}
    ).drop_duplicates()  # fmt: skip
    sides = SIDES if len(table) < 500 else FEW_SIDES
    rings = circle(
        table["x"].to_numpy(), table["y"].to_numpy(), table["km"].to_numpy(), frame, sides=sides
    )
    fine = np.isfinite(rings).all(axis=(1, 2))
    # Many discs over each other must not hide the map.
    tint = max(3, round(30 / math.sqrt(1 + len(table) / 12)))
    shades = table["colour"].to_numpy()[fine]
    axes.add_collection(
        PolyCollection(
            list(rings[fine]),
            facecolors=[f"{colour}{tint:02x}" for colour in shades],
            edgecolors=[f"{colour}99" for colour in shades],
            linewidths=0.6 * scale,
            linestyles=(0, (1.2, 1.2)) if len(table) < 500 else "solid",
            zorder=5.2,
            rasterized=len(table) > RASTER_ABOVE,
        ),
        autolim=False,
    )


def draw_pins(axes: Axes, pins: Pins, signs: Signs, theme: Theme, scale: float) -> None:
    """Draw the signs: the most frequent type lowest, so that a rare one is not covered."""
    size = pins.size(scale)
    raster = len(pins) > RASTER_ABOVE
    order = 6.0
    for sign, mine in _by_sign(pins, signs):
        for hollow in (True, False):
            for unknown in (False, True):
                chosen = mine & (pins.possible == hollow) & (pins.unknown == unknown)
                if not chosen.any():
                    continue
                edge = sign.colour if hollow else theme.ink if unknown else theme.edge
                axes.scatter(
                    pins.x[chosen],
                    pins.y[chosen],
                    s=size * FORM_SIZES.get(sign.form, 1.0),
                    c=theme.page if hollow else sign.colour,
                    marker=sign.form,
                    edgecolors=edge,
                    linewidths=(1.1 if hollow else 0.55) * scale * min(1.0, size / 20 + 0.2),
                    zorder=order,
                    rasterized=raster,
                )
                order += 0.001
    for word, marker in OVERLAYS.items():
        chosen = pins.status == word
        if chosen.any():
            draw_overlay(axes, pins.x[chosen], pins.y[chosen], marker, size, theme, scale)


def draw_overlay(
    axes: Axes, x: Any, y: Any, marker: str, size: float, theme: Theme, scale: float
) -> None:
    """Draw the sign of what did not happen over others: ink with a rim of the page's colour."""
    wide = size * (1.5 if marker != "." else 0.9)
    for colour, width in ((theme.page, 2.2), (theme.ink, 1.0)):
        axes.scatter(
            x, y, s=wide, c=colour, marker=marker, linewidths=width * scale, zorder=6.8,
            edgecolors=None if marker != "." else colour,
        )  # fmt: skip


def _by_sign(pins: Pins, signs: Signs) -> Iterator[tuple[Sign, Mask]]:
    words = pd.Series(pins.types).fillna("").astype("str")
    for word in words.value_counts().index:
        yield signs.get(word), (words == word).to_numpy(dtype=bool)
