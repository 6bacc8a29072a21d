"""Which stretch of the earth the Map page shows: at first, and where a person moved it."""

from __future__ import annotations

import math

from geomap.dashboard.shared.view_state import Camera
from geomap.typing import BBox

_TILE = 256.0  # pixels of the world's width at zoom 0, as Leaflet has it
_WIDE, _HIGH = 900.0, 560.0  # a map of usual size; the browser does not say its own


def bounds_around(camera: Camera) -> BBox:
    """Return west, south, east, north of what a map of usual size shows from `camera`."""
    world = _TILE * 2**camera.zoom
    half = _WIDE / 2 / world * 360
    middle = math.asinh(math.tan(math.radians(camera.latitude)))
    reach = _HIGH / 2 / world * 2 * math.pi
    south, north = (math.degrees(math.atan(math.sinh(middle + s * reach))) for s in (-1, 1))
    west, east = max(-180.0, camera.longitude - half), min(180.0, camera.longitude + half)
    return west, south, east, north
