"""Positions on the world's Mercator square as 32-bit numbers, as the map draws them.

0, 0 is the north-west corner; x grows to the east, y to the south.
"""

from __future__ import annotations

import numpy as np

from geomap.typing import Array

BITS = 32
"""Bits of a position."""

LARGEST = 2**BITS - 1
"""The position of the east and of the south edge."""

MAX_LATITUDE = 85.0511
"""Degrees at which the square ends in the north and the south."""


def mercator(longitude: Array, latitude: Array) -> tuple[Array, Array]:
    """Return Mercator positions x and y as uint32.

    Parameters
    ----------
    longitude, latitude
        Degrees; what lies beyond the square's edges is moved to them.
    """
    sine = np.sin(np.radians(np.clip(latitude, -MAX_LATITUDE, MAX_LATITUDE)))
    x = longitude / 360 + 0.5
    y = 0.5 - np.arctanh(sine) / (2 * np.pi)
    return _position(x), _position(y)


def degrees(x: Array, y: Array) -> tuple[Array, Array]:
    """Return longitude and latitude in degrees of Mercator positions.

    Parameters
    ----------
    x, y
        Positions from 0 to `LARGEST`, as `mercator` returns them.
    """
    return x / LARGEST * 360 - 180, np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * (y / LARGEST)))))


def _position(share: Array) -> Array:
    position: Array = (np.clip(share, 0, 1) * LARGEST).astype("uint32")
    return position
