"""Promises of the background: whole, in degrees, small enough to ship."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from shapely.geometry import Point, box, shape

from geomap.basemap.background import REGION_BOUNDS, basemap_path, load_basemap
from geomap.typing import BBox


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


def test_load_basemap_has_more_detail_in_the_region() -> None:
    """A figure of the region uses the better lines."""
    far, near = load_basemap(), load_basemap(REGION_BOUNDS)

    assert len(near["rivers"]["features"]) > 50
    assert {"Baku", "Yerevan", "Tbilisi"} <= {
        town["properties"]["name"] for town in near["towns"]["features"]
    }
    assert set(near) == set(far)


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
    assert basemap_path().stat().st_size < 1_250_000


def test_load_basemap_does_not_import_folium() -> None:
    """A figure on the command line must not wait for a web library."""
    code = (
        "import sys, geomap.basemap.background as b; b.load_basemap(); "
        "print('folium' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"
