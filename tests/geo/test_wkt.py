"""Geometries of others: read to the letter, and never deeper than GEOS can bear."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from shapely.geometry import Point

from geomap.geo.wkt import DEEPEST, read_geojson, read_wkt

Reader = Callable[[np.ndarray], np.ndarray]
FAR = 200_000


def wkt(depth: int) -> str:
    return "GEOMETRYCOLLECTION(" * depth + "POINT (46.75 39.82)" + ")" * depth


def geojson(depth: int) -> str:
    opened = '{"type": "GeometryCollection", "geometries": ['
    return opened * depth + '{"type": "Point", "coordinates": [46.75, 39.82]}' + "]}" * depth


@pytest.mark.parametrize(("read", "text"), [(read_wkt, wkt), (read_geojson, geojson)])
def test_geometries_are_read_as_deep_as_real_ones_nest_and_no_deeper(
    read: Reader, text: Callable[[int], str]
) -> None:
    """Each level is a call of GEOS in itself: too many overflow the stack of the process."""
    texts = np.array([text(0), text(DEEPEST - 1), text(FAR), "nothing"], dtype=object)

    shapes = read(texts)

    assert shapes[0] == Point(46.75, 39.82)
    assert shapes[1].centroid == Point(46.75, 39.82)
    assert (shapes[2], shapes[3]) == (None, None)
