"""The box that a figure shows, from the camera of the Map page."""

import pytest

from geomap.dashboard.report.map_extent import bounds_around
from geomap.dashboard.shared.view_state import Camera


def test_bounds_around_keep_the_camera_in_their_middle() -> None:
    """The figure of a report shows what the map showed."""
    west, south, east, north = bounds_around(Camera(latitude=39.9, longitude=46.7, zoom=8))

    assert (west + east) / 2 == pytest.approx(46.7)
    assert south < 39.9 < north
    assert east - west == pytest.approx(900 / 256 / 2**8 * 360)


def test_bounds_around_stay_on_the_earth() -> None:
    """The frame of a figure is a box of real coordinates."""
    west, south, east, north = bounds_around(Camera(latitude=0, longitude=0, zoom=0))

    assert (west, east) == (-180.0, 180.0)
    assert -90 < south < north < 90
