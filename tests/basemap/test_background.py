"""Promises of the background: whole, in degrees, small enough to ship."""

from __future__ import annotations

import subprocess
import sys
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from shapely.geometry import Point, box, shape

from geomap.basemap import background
from geomap.basemap.background import load_basemap, read_data
from geomap.typing import BBox


def points_in(base: dict[str, Any], around: BBox) -> int:
    """Return how many points of borders and coasts are in a box."""
    west, south, east, north = around
    return sum(
        west <= x <= east and south <= y <= north
        for name in ("borders", "coasts", "rivers")
        for feature in base[name]["features"]
        for x, y in feature["geometry"]["coordinates"]
    )


def test_load_basemap_has_land_where_there_is_land() -> None:
    """Fills that are inside out would show the sea as land."""
    land = [shape(feature["geometry"]) for feature in load_basemap()["land"]["features"]]

    def is_land(longitude: float, latitude: float) -> bool:
        return any(part.buffer(0).covers(Point(longitude, latitude)) for part in land)

    assert is_land(46.5, 40.0)
    assert is_land(37.6, 55.7)
    assert is_land(178.0, 67.5)
    assert is_land(-100.0, 40.0)
    assert not is_land(51.0, 41.5)
    assert not is_land(-30.0, 30.0)
    assert not is_land(53.2, 41.0)


def test_load_basemap_has_more_detail_where_the_data_have_it() -> None:
    """A figure of a detailed cell uses its finer lines, a wide one those of the world."""
    cells = read_data("basemap.json")["detailed"]

    assert cells
    for west, south, east, north in (cell["box"] for cell in cells):
        half = (east - west) / 2
        near = load_basemap((west, south, east, north))
        wide = load_basemap((west - half - 0.1, south, east + half, north))
        assert set(near) == set(wide)
        inside = (west, south, east, north)
        assert points_in(near, inside) > 3 * points_in(wide, inside)


def test_detail_follows_the_extent_that_the_data_state(monkeypatch: pytest.MonkeyPatch) -> None:
    """No place is written into the code: other data give other places their detail."""
    stored = read_data("basemap.json")
    plain = next(cell for cell in stored["cells"] if cell["box"] == [-10, 45, 15, 55])
    finer = plain | {"rivers": [*plain["rivers"], plain["rivers"][0]]}
    monkeypatch.setattr(background, "_stored", lambda: stored | {"detailed": [finer]})

    near, far = load_basemap((0.0, 46.0, 10.0, 54.0)), load_basemap((-10.0, 35.0, 45.0, 55.0))
    lines = [feature["geometry"]["coordinates"] for feature in near["rivers"]["features"]]
    repeated = len(lines) - len({str(line) for line in lines})
    others = [feature["geometry"]["coordinates"] for feature in far["rivers"]["features"]]
    assert repeated == 1
    assert len(others) == len({str(line) for line in others})


@pytest.mark.parametrize(
    ("kind", "around"),
    [
        ("disputed", (126.0, 37.5, 129.0, 38.7)),  # the demarcation line in Korea
        ("disputed", (41.0, 42.0, 44.5, 43.6)),  # edges of claims in the Caucasus
        ("borders", (6.0, 47.0, 9.0, 49.5)),  # France and Germany
        ("divisions", (-105.0, 36.0, -101.0, 38.0)),  # Colorado and Kansas
    ],
)
def test_load_basemap_tells_disputed_boundaries_from_others(kind: str, around: BBox) -> None:
    """A contested line drawn like any other would take a side."""
    lines = [shape(feature["geometry"]) for feature in load_basemap(around)[kind]["features"]]

    assert sum(line.intersection(box(*around)).length for line in lines) > 0.5


def test_coasts_do_not_run_where_the_file_is_cut_into_cells() -> None:
    """The seams are ours: no line on the ground is straight along a meridian."""
    inland = load_basemap((10.0, 45.5, 20.0, 56.0))["coasts"]["features"]
    coasts = [shape(feature["geometry"]) for feature in inland]

    assert not any(line.intersects(box(14.0, 46.5, 16.0, 50.5)) for line in coasts)


def test_every_class_of_boundary_says_how_it_is_drawn(root: Path) -> None:
    """The table judges classes, each with a reason, and no other way of drawing."""
    lines = (root / "tools" / "boundary_classes.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")][1:]

    assert {row[2] for row in rows} == {"international", "disputed", "none"}
    assert all(len(row) == 4 and row[3] for row in rows)


def test_basemap_is_small() -> None:
    """It travels in the package and in every exported file."""
    data = resources.files("geomap.basemap").joinpath("data", "basemap.json")

    assert len(data.read_bytes()) < 1_250_000


def test_load_basemap_does_not_import_folium() -> None:
    """A figure on the command line must not wait for a web library."""
    code = (
        "import sys, geomap.basemap.background as b; b.load_basemap(); "
        "print('folium' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"
