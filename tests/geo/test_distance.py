"""Distances on the Earth: laws of a sphere, and distances that are known."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geomap.geo.distance import (
    LEAST_KM_PER_DEGREE,
    geometry_distance_km,
    great_circle_km,
)

POINTS = st.lists(
    st.tuples(st.floats(-180, 180), st.floats(-89, 89)), min_size=1, max_size=4
)  # longitude, latitude


@given(POINTS, POINTS)
def test_great_circle_km_keeps_the_laws_of_a_sphere(
    ends: list[tuple[float, float]], others: list[tuple[float, float]]
) -> None:
    """There and back is as far, nothing is farther than half round, a place is at itself."""
    (lon, lat), (lon2, lat2) = (np.array(points).T for points in (ends, others))
    there = great_circle_km(lon[:, None], lat[:, None], lon2, lat2)

    assert there.shape == (len(ends), len(others))
    assert np.allclose(there, great_circle_km(lon2[:, None], lat2[:, None], lon, lat).T)
    assert (there >= 0).all()
    assert (there <= 20_016).all()
    assert np.allclose(great_circle_km(lon, lat, lon, lat), 0, atol=1e-3)
    assert np.allclose(
        there, great_circle_km(lon[:, None] + 360, lat[:, None], lon2, lat2), atol=0.1
    )


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        ((2.3488, 48.8534), (-0.1257, 51.5085), 344),  # Paris and London
        ((179.5, -17.0), (-179.5, -17.0), 106),  # both sides of the 180th meridian
        ((46.75, 39.8), (46.75, 39.8), 0),
    ],
)
def test_great_circle_km_is_right_where_the_distance_is_known(
    one: tuple[float, float], other: tuple[float, float], km: float
) -> None:
    """Longitude comes first: exchanged, the same numbers give other distances."""
    assert float(great_circle_km(*one, *other)) == pytest.approx(km, abs=2)


def test_geometry_distance_km_is_infinite_without_a_geometry() -> None:
    """A place that is known by name alone is near nothing."""
    town = shapely.Point(46.75, 39.8)

    assert geometry_distance_km(town, None) == math.inf
    assert geometry_distance_km(None, town) == math.inf
    assert geometry_distance_km(town, shapely.Point(46.75, 40.8)) == pytest.approx(111, abs=1)


@given(st.floats(-89, 88))
def test_least_km_per_degree_is_never_more_than_a_degree(latitude: float) -> None:
    """A box that is made with it must not leave a near event out."""
    assert float(great_circle_km(0.0, latitude, 0.0, latitude + 1)) > LEAST_KM_PER_DEGREE
