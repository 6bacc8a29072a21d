"""Write the coarse world that figures draw for whole continents, oceans and the locator.

It is the background of the map (src/geomap/basemap/data), joined over its cells, straightened and
without shapes that are too small to be seen. Run it after `build_basemap.py`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import shapely

from geomap.basemap.background import load_basemap

TARGET = Path(__file__).resolve().parent.parent / "src/geomap/basemap/data/globe.json"
TOLERANCE = dict.fromkeys(("land", "lakes", "borders", "disputed"), 0.1)
SMALLEST_LAND, SMALLEST_LAKE = 0.06, 0.6  # square degrees
SCALE = 25  # steps to a degree


def main() -> None:
    """Join, straighten, round and write."""
    base = load_basemap(None)
    made: dict[str, Any] = {"scale": SCALE}
    for name, smallest in (("land", SMALLEST_LAND), ("lakes", SMALLEST_LAKE)):
        shapes = [shapely.geometry.shape(f["geometry"]) for f in base[name]["features"]]
        joined = shapely.union_all(shapely.make_valid(shapes), grid_size=1e-6)
        # A hair wider and narrower again: the seams of the cells close.
        joined = joined.buffer(0.004, join_style="mitre").buffer(-0.004, join_style="mitre")
        parts = [part for part in shapely.get_parts(joined) if part.area >= smallest]
        plain = shapely.simplify(parts, TOLERANCE[name])
        kept = [part for part in shapely.get_parts(plain) if part.geom_type == "Polygon"]
        made[name] = [
            [_steps(ring) for ring in (part.exterior, *_wide_holes(part))]
            for part in kept
            if not part.is_empty
        ]
    for name in ("borders", "disputed"):
        lines = [shapely.geometry.shape(f["geometry"]) for f in base[name]["features"]]
        merged = shapely.get_parts(shapely.line_merge(shapely.union_all(lines)))
        plain = shapely.simplify(merged, TOLERANCE[name])
        made[name] = [_steps(line) for line in plain if line.length > TOLERANCE[name]]
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(json.dumps(made, separators=(",", ":")), encoding="utf-8")
    print(f"{TARGET.name}: {TARGET.stat().st_size / 1000:.0f} kB")


def _wide_holes(polygon: Any) -> list[Any]:
    return [ring for ring in polygon.interiors if shapely.Polygon(ring).area >= SMALLEST_LAKE]


def _steps(line: Any) -> list[int]:
    """Return the first point and the way from each to the next, in whole steps."""
    numbers: list[int] = []
    x = y = 0
    for point_x, point_y in shapely.get_coordinates(line):
        at_x, at_y = round(point_x * SCALE), round(point_y * SCALE)
        numbers += [at_x - x, at_y - y]
        x, y = at_x, at_y
    return numbers


if __name__ == "__main__":
    main()
