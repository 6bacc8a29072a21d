"""Promises of the background: whole, in degrees, small enough to ship."""

from __future__ import annotations

import subprocess
import sys

from shapely.geometry import Point, shape

from geomap.maps.background import REGION_BOUNDS, basemap_path, load_basemap


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


def test_basemap_is_small() -> None:
    """It travels in the package and in every exported file."""
    assert basemap_path().stat().st_size < 1_000_000


def test_load_basemap_does_not_import_folium() -> None:
    """A figure on the command line must not wait for a web library."""
    code = (
        "import sys, geomap.maps.background as b; b.load_basemap(); print('folium' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"
