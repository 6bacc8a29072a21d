"""The spatial index leaves out no pair that an exact measure would join."""

from __future__ import annotations

import numpy as np
import pyproj
from hypothesis import given
from hypothesis import strategies as st

from geomap.join import candidate_pairs

GEOD = pyproj.Geod(ellps="WGS84")
LATITUDES = st.floats(-85, 85)
LONGITUDES = st.floats(-180, 180) | st.sampled_from([-180.0, 180.0, 179.999, -179.999])
EVENTS = st.lists(st.tuples(LONGITUDES, LATITUDES, st.floats(0, 60_000)), min_size=1, max_size=4)
OFFSETS = st.tuples(st.floats(0, 360), st.floats(0, 120_000), st.floats(0, 60_000))


def boxes(points: np.ndarray) -> np.ndarray:
    return np.column_stack([points, points])


@given(
    events=EVENTS, offsets=st.lists(OFFSETS, min_size=1, max_size=4), turn=st.sampled_from([0, 360])
)
def test_candidate_pairs_hold_every_pair_within_reach(
    events: list[tuple[float, float, float]],
    offsets: list[tuple[float, float, float]],
    turn: int,
) -> None:
    """A pair that the index misses would be a join that nobody ever sees."""
    points, reach = np.array(events)[:, :2], np.array(events)[:, 2]
    lon, lat = points[0]
    places = np.array([GEOD.fwd(lon, lat, azimuth, far)[:2] for azimuth, far, _ in offsets])
    margin = np.array([margin for _, _, margin in offsets])
    rows, columns = candidate_pairs(boxes(np.add(points, [turn, 0])), reach, boxes(places), margin)

    pairs = set(zip(rows.tolist(), columns.tolist(), strict=True))
    for row, point in enumerate(points):
        for column, place in enumerate(places):
            if GEOD.inv(*point, *place)[2] <= reach[row] + margin[column]:
                assert (row, column) in pairs


def test_candidate_pairs_leave_out_what_is_far_and_what_has_no_place() -> None:
    """An index that keeps everything saves nothing."""
    nowhere = [np.nan] * 4
    events = np.array([[46.0, 40.0, 46.0, 40.0], [10.0, 50.0, 10.0, 50.0], nowhere])
    places = np.array([[46.01, 40.0, 46.02, 40.01], nowhere])
    rows, columns = candidate_pairs(events, np.zeros(3), places, np.array([2000.0, 0.0]))

    assert (rows.tolist(), columns.tolist()) == ([0], [0])
