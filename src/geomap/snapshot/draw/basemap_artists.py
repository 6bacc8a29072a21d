"""Draw the vector background (land, water, borders, towns) in the projection of a figure."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geomap.basemap.background import DEFAULT_BOUNDARIES, load_basemap, load_labels
from geomap.snapshot.plan.projection import Box, Frame, Projection
from geomap.snapshot.plan.themes import Theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DISPUTED_STYLE = (0, (4, 2.4))
COARSE_DEGREES = 100.0
"""A map wider than this is drawn from the coarse world."""

DIVISIONS_BELOW_KM, SMALL_DIVISIONS_BELOW_KM = 1_500.0, 500.0
"""How wide a map may be to show the divisions of countries."""
_STEPS = (0.25, 0.5, 1, 2, 5, 10, 15, 30)

Shapes = NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Layer:
    """Shapes in degrees, and the box of each."""

    shapes: Shapes
    boxes: NDArray[np.float64]

    @classmethod
    def of(cls, shapes: list[Any]) -> Layer:
        """Return the layer of some shapes."""
        made = np.empty(len(shapes), dtype=object)
        made[:] = shapes
        return cls(made, shapely.bounds(made))

    def near(self, box: Box) -> Shapes:
        """Return the shapes whose box meets another."""
        if not len(self.shapes):
            return self.shapes
        west, south, east, north = self.boxes.T
        met = (west <= box[2]) & (east >= box[0]) & (south <= box[3]) & (north >= box[1])
        found: Shapes = self.shapes[met]
        return found


LINES = ("rivers", "coasts", "borders", "disputed", "divisions", "small_divisions")


@lru_cache(maxsize=8)
def _collections(bbox: Box) -> dict[str, Layer]:
    """Return the layers of the background in degrees, at the detail that fits the box."""
    base = load_basemap(bbox)
    found = {
        name: Layer.of([shapely.geometry.shape(f["geometry"]) for f in base[name]["features"]])
        for name in ("land", "lakes", *LINES)
        if name in base
    }
    # The cells that the land is stored in meet without a seam only when they are one.
    found["land"] = Layer.of(shapely.get_parts(_joined(found["land"].shapes)).tolist())
    return found


def _joined(shapes: Shapes) -> Any:
    return shapely.union_all(shapely.make_valid(shapes), grid_size=1e-5)


@lru_cache(maxsize=1)
def _globe() -> dict[str, Layer]:
    """Return the coarse world: land, lakes and boundaries, for wide maps and the locator."""
    text = resources.files("geomap.snapshot").joinpath("data/globe.json").read_text("utf-8")
    stored = json.loads(text)

    def points(numbers: list[int]) -> Any:
        steps = np.cumsum(np.array(numbers, dtype="float64").reshape(-1, 2), axis=0)
        return steps / stored["scale"]

    found = {
        name: Layer.of(
            [shapely.Polygon(points(rings[0]), [points(r) for r in rings[1:]])
             for rings in stored[name]]
        )
        for name in ("land", "lakes")
    }  # fmt: skip
    lines = {name: [shapely.LineString(points(one)) for one in stored[name]]
             for name in ("borders", "disputed")}  # fmt: skip
    found |= {name: Layer.of(made) for name, made in lines.items()}
    edges = [ring for land in found["land"].shapes for ring in (land.exterior, *land.interiors)]
    found["coasts"] = Layer.of([shapely.LineString(ring.coords) for ring in edges])
    return found


def clipped(name: str, degrees: Box, *, coarse: bool = False) -> Shapes:
    """Return the parts of a layer in a box of degrees that may reach over the 180th meridian.

    Parameters
    ----------
    name, degrees
        One of "land", "lakes" and `LINES`; west, south, east, north.
    coarse
        Whether the coarse world will do; it is used for wide boxes in any case.
    """
    west, south, east, north = degrees
    coarse = coarse or east - west > COARSE_DEGREES
    found = []
    for turn in (-360.0, 0.0, 360.0):
        window = (max(west - turn, -180.0), south, min(east - turn, 180.0), north)
        if window[0] >= window[2]:
            continue
        layer = (_globe() if coarse else _collections(_rounded(window))).get(name)
        if layer is None:
            continue
        near = layer.near(window)
        parts = _cut(near, window)
        parts = parts[~shapely.is_empty(parts)]
        found.append(_moved(parts, turn))
    joined: Shapes = np.concatenate(found) if found else np.empty(0, dtype=object)
    return joined


def _cut(shapes: Shapes, box: Box) -> Shapes:
    """Return the parts of shapes in a box."""
    if not len(shapes):
        return shapes
    try:
        cut: Shapes = shapely.clip_by_rect(shapes, *box)
    except shapely.errors.GEOSException:
        # The quick way gives up where a corner of a shape just touches the box.
        cut = shapely.intersection(shapely.make_valid(shapes), shapely.box(*box))
    return cut


def _rounded(box: Box) -> Box:
    west, south, east, north = box
    return math.floor(west), math.floor(south), math.ceil(east), math.ceil(north)


def _moved(shapes: Shapes, turn: float) -> Shapes:
    if not turn or not len(shapes):
        return shapes
    moved: Shapes = shapely.transform(shapes, lambda points: points + np.array([turn, 0.0]))
    return moved


def projected(shapes: Shapes, projection: Projection, *, step: float | None = None) -> Shapes:
    """Return shapes in metres; long edges get points every `step` degrees."""
    if not len(shapes):
        return shapes
    fine = shapely.segmentize(shapes, step) if step else shapes
    points = shapely.get_coordinates(fine)
    edge = projection.longitude
    # On the cut of the earth the two sides must not fall together.
    longitude = np.clip(points[:, 0], edge - 179.9999, edge + 179.9999)
    x, y = projection.forward(longitude, points[:, 1])
    drawn: Shapes = shapely.set_coordinates(fine.copy(), np.column_stack([x, y]))
    return drawn


def padded(frame: Frame) -> Box:
    """Return the degrees of a frame and a little more, so that no cut edge is seen."""
    west, south, east, north = frame.degrees
    wide, high = 0.06 * (east - west) + 0.02, 0.06 * (north - south) + 0.02
    middle = frame.projection.longitude
    return (
        max(west - wide, middle - 180.0),
        max(south - high, -90.0),
        min(east + wide, middle + 180.0),
        min(north + high, 90.0),
    )


def draw_background(
    axes: Axes,
    frame: Frame,
    theme: Theme,
    *,
    lines: float = 1.0,
    details: bool = True,
    boundaries: str = DEFAULT_BOUNDARIES,
) -> None:
    """Draw land, lakes, rivers, coasts and borders under everything else.

    Parameters
    ----------
    axes, frame, theme
        Where, what and how.
    lines
        Factor of the widths of lines.
    details
        Whether rivers and lakes are drawn too.
    boundaries
        One of `geomap.basemap.background.BOUNDARIES`.
    """
    from matplotlib.collections import LineCollection, PathCollection

    degrees = padded(frame)
    step = 2.0 if frame.projection.is_world else None
    _draw_sea(axes, frame, theme)
    for name, face, edge, order in (
        ("land", theme.land, "none", 1.0),
        ("lakes", theme.sea, theme.water_edge, 2.0),
    ):
        if name != "land" and not details:
            continue
        paths = polygon_paths(projected(clipped(name, degrees), frame.projection, step=step))
        axes.add_collection(
            PathCollection(paths, facecolors=face, edgecolors=edge, linewidths=0.4, zorder=order),
            autolim=False,
        )
    for name, colour, width, style, order in _line_looks(frame, theme, boundaries):
        if name == "rivers" and not details:
            continue
        drawn = line_points(projected(clipped(name, degrees), frame.projection, step=step))
        axes.add_collection(
            LineCollection(
                drawn, colors=colour, linewidths=width * lines, linestyles=style, zorder=order
            ),
            autolim=False,
        )


def _line_looks(frame: Frame, theme: Theme, boundaries: str) -> list[tuple[Any, ...]]:
    """Return name, colour, width, dash and order of the lines of a map."""
    looks: list[tuple[Any, ...]] = [
        ("rivers", theme.water_edge, 0.5, "solid", 2.1),
        ("coasts", theme.coast, 0.5, "solid", 3.0),
    ]
    if boundaries == "none":
        return looks
    if frame.width_km < DIVISIONS_BELOW_KM:
        looks.append(("divisions", theme.division, 0.6, "solid", 2.9))
    if frame.width_km < SMALL_DIVISIONS_BELOW_KM:
        looks.append(("small_divisions", theme.division, 0.6, "solid", 2.9))
    alike = boundaries == "all alike"
    disputed = theme.border if alike else theme.disputed
    return [
        *looks,
        ("borders", theme.border, 0.8, "solid", 3.1),
        ("disputed", disputed, 0.8, "solid" if alike else DISPUTED_STYLE, 3.2),
    ]


def _draw_sea(axes: Axes, frame: Frame, theme: Theme) -> None:
    from matplotlib.patches import Polygon

    if not frame.projection.is_world:
        axes.set_facecolor(theme.sea)
        return
    axes.set_facecolor(theme.page)
    middle = frame.projection.longitude
    globe = shapely.segmentize(shapely.box(middle - 179.9999, -90, middle + 179.9999, 90), 2.0)
    points = shapely.get_coordinates(globe)
    x, y = frame.projection.forward(points[:, 0], points[:, 1])
    axes.add_patch(
        Polygon(np.column_stack([x, y]), fc=theme.sea, ec=theme.frame, lw=0.6, zorder=0.5)
    )


def polygon_paths(shapes: Shapes) -> list[Any]:
    """Return a path with all rings for each polygon."""
    from matplotlib.path import Path

    paths = []
    for polygon in shapely.get_parts(shapes):
        if polygon.geom_type != "Polygon" or polygon.is_empty:
            continue
        # Holes must run the other way than the outside, or they are filled.
        turned = shapely.orient_polygons(polygon)
        rings = [turned.exterior, *turned.interiors]
        points = [shapely.get_coordinates(ring) for ring in rings]
        codes = [
            np.r_[Path.MOVETO, np.full(len(p) - 2, Path.LINETO), Path.CLOSEPOLY] for p in points
        ]
        paths.append(Path(np.concatenate(points), np.concatenate(codes).astype(Path.code_type)))
    return paths


def line_points(shapes: Shapes) -> list[NDArray[np.float64]]:
    """Return the points of each line."""
    parts = shapely.get_parts(shapes)
    kept = parts[shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING]
    return [shapely.get_coordinates(line) for line in kept]


def draw_graticule(axes: Axes, frame: Frame, theme: Theme) -> list[tuple[float, float, str, bool]]:
    """Draw meridians and parallels.

    Returns
    -------
    degrees
        Where each meets the lower or left edge of the map, in metres, its degrees, and
        whether it is a meridian.
    """
    from matplotlib.collections import LineCollection

    west, south, east, north = frame.degrees
    step = next((s for s in _STEPS if max(east - west, north - south) / s <= 8), _STEPS[-1])
    meridians = np.arange(math.ceil(west / step) * step, east + 1e-9, step)
    parallels = np.arange(math.ceil(south / step) * step, north + 1e-9, step)
    parallels = parallels[np.abs(parallels) < 90]
    lines, degrees = [], []
    for values, is_meridian in ((meridians, True), (parallels, False)):
        for value in values:
            along = np.linspace(south, north, 160) if is_meridian else np.linspace(west, east, 160)
            still = np.full(160, value)
            longitude, latitude = (still, along) if is_meridian else (along, still)
            x, y = frame.projection.forward(longitude, latitude)
            lines.append(np.column_stack([x, y]))
            spot = _at_edge(frame, x, y, is_meridian=is_meridian)
            if spot is not None:
                at = (spot, frame.south) if is_meridian else (frame.west, spot)
                words = _meridian(value) if is_meridian else _parallel(value)
                degrees.append((*at, words, is_meridian))
    axes.add_collection(
        LineCollection(lines, colors=theme.grid, linewidths=0.35, zorder=2.8), autolim=False
    )
    return degrees


def _at_edge(frame: Frame, x: Any, y: Any, *, is_meridian: bool) -> float | None:
    """Return where a line crosses the lower edge (meridians) or the left one (parallels)."""
    across, along = (y - frame.south, x) if is_meridian else (x - frame.west, y)
    turns = np.flatnonzero(np.diff(np.sign(across)) != 0)
    if not len(turns):
        return None
    n = int(turns[0])
    share = across[n] / (across[n] - across[n + 1])
    spot = float(along[n] + share * (along[n + 1] - along[n]))
    low, high = (frame.west, frame.east) if is_meridian else (frame.south, frame.north)
    margin = 0.03 * (high - low)
    return spot if low + margin < spot < high - margin else None


def _meridian(value: float) -> str:
    turned = (value + 180.0) % 360.0 - 180.0
    return f"{abs(turned):g}°{'E' if turned > 0 else 'W' if turned < 0 else ''}"


def _parallel(value: float) -> str:
    return f"{abs(value):g}°{'N' if value > 0 else 'S' if value < 0 else ''}"


@lru_cache(maxsize=1)
def _labels() -> dict[str, tuple[NDArray[np.float64], list[tuple[str, float]]]]:
    """Return where the towns and countries of the background are, their names and sizes."""
    found = {}
    for kind, size in (("towns", "population"), ("countries", "zoom")):
        features = load_labels()[kind]
        points = np.array([f["geometry"]["coordinates"] for f in features], dtype="float64")
        told = [(str(f["properties"]["name"]), float(f["properties"][size])) for f in features]
        found[kind] = (points.reshape(-1, 2), told)
    return found


def labels_in(frame: Frame, kind: str) -> list[tuple[str, float, float, float]]:
    """Return the "towns" or "countries" in a frame: name, size, x, y; the important first.

    The size of a town is its population, that of a country the zoom from which it is named.
    """
    points, told = _labels()[kind]
    west, _, east, _ = padded(frame)
    longitude = frame.projection.unwrapped(points[:, 0])
    x, y = frame.projection.forward(longitude, points[:, 1])
    inside = (
        (longitude >= west) & (longitude <= east)
        & (x > frame.west) & (x < frame.east) & (y > frame.south) & (y < frame.north)
    )  # fmt: skip
    return [(*told[n], float(x[n]), float(y[n])) for n in np.flatnonzero(inside)]
