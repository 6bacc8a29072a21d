"""The stretch of the earth that the Map page shows from a camera."""

from __future__ import annotations

import math

from geomap.dashboard.shared.view_state import Camera
from geomap.typing import BBox

_TILE = 256.0  # pixels of the world's width at zoom 0, as in Leaflet
_WIDTH, _HEIGHT = 900.0, 560.0  # pixels of a map of usual size; the browser does not report its own


def bounds_around(camera: Camera) -> BBox:
    """Return the box that a map of usual size shows."""
    world = _TILE * 2**camera.zoom
    half = _WIDTH / 2 / world * 360
    middle = math.asinh(math.tan(math.radians(camera.latitude)))
    reach = _HEIGHT / 2 / world * 2 * math.pi
    south, north = (math.degrees(math.atan(math.sinh(middle + s * reach))) for s in (-1, 1))
    west, east = max(-180.0, camera.longitude - half), min(180.0, camera.longitude + half)
    return west, south, east, north
