"""Mercator positions of the map, there and back."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from geomap.geo.mercator import LARGEST, MAX_LATITUDE, degrees, mercator


@given(st.floats(-180, 180), st.floats(-MAX_LATITUDE, MAX_LATITUDE))
def test_degrees_gives_back_what_mercator_took(longitude: float, latitude: float) -> None:
    """A box that the server names in degrees must fit what the map draws by positions."""
    x, y = mercator(np.array([longitude]), np.array([latitude]))
    again = degrees(x.astype("float64"), y.astype("float64"))

    assert np.allclose(again, [[longitude], [latitude]], atol=1e-6)


def test_mercator_keeps_what_lies_beyond_its_edges_on_them() -> None:
    """The poles are drawn at the edge, not lost and not wrapped to the other side."""
    x, y = mercator(np.array([-181.0, 181.0]), np.array([90.0, -90.0]))

    assert x.tolist() == [0, LARGEST]
    assert y[0] < 10_000
    assert y[1] > LARGEST - 10_000
