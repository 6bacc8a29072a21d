"""Promises of projections and frames: all events fit, and the scale is true."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geomap.basemap.layers import AREA_LAYERS, LINE_LAYERS, clip_layer
from geomap.snapshot.draw.font_metrics import TYPESETTER, text_width
from geomap.snapshot.draw.page import line_points, polygon_paths
from geomap.snapshot.plan.frame import Frame, bounds_of, frame_of
from geomap.snapshot.plan.label_board import Board, around, over
from geomap.snapshot.plan.map_background import padded, project
from geomap.snapshot.plan.projection import GEOD, choose_projection

LONGITUDES = st.floats(-179.9, 179.9)
LATITUDES = st.floats(-80, 80)


def table(*points: tuple[float, float]) -> gpd.GeoDataFrame:
    """Return a table of points."""
    return gpd.GeoDataFrame(geometry=[shapely.Point(p) for p in points], crs="EPSG:4326")


@pytest.mark.parametrize(
    ("bounds", "name"),
    [
        ((44.0, 38.0, 51.0, 42.0), "Lambert azimuthal equal-area"),
        ((22.0, 44.0, 40.0, 52.0), "Lambert azimuthal equal-area"),
        ((-125.0, 28.0, -67.0, 49.0), "Lambert conformal conic"),
        ((-180.0, -58.0, 180.0, 78.0), "Equal Earth"),
        ((10.0, 70.0, 30.0, 82.0), "Lambert azimuthal equal-area"),
    ],
)
def test_the_projection_fits_the_extent(
    bounds: tuple[float, float, float, float], name: str
) -> None:
    """No country is drawn in Web Mercator."""
    assert choose_projection(bounds).name.startswith(name)


@given(LONGITUDES, LATITUDES, st.floats(0.01, 30), st.floats(0.01, 20), st.floats(0.5, 2.5))
def test_everything_drawn_lies_in_the_frame(
    x: float, y: float, wide: float, high: float, aspect: float
) -> None:
    """A law: no event is lost beyond the edge of its own map."""
    points = [(x, y), (max(-180.0, x - wide), y), (x, max(-85.0, y - high))]
    frame = frame_of([table(*points)], None, aspect)

    assert (frame.east - frame.west) / (frame.north - frame.south) == pytest.approx(aspect)
    for longitude, latitude in points:
        px, py = frame.projection.forward(frame.projection.unwrapped([longitude]), [latitude])
        assert frame.west <= px[0] <= frame.east
        assert frame.south <= py[0] <= frame.north


@given(LONGITUDES, LATITUDES, st.floats(0.2, 12))
def test_the_scale_is_true_in_the_middle_of_the_map(x: float, y: float, wide: float) -> None:
    """A law: a reader may measure there with a ruler."""
    half = wide / 2
    frame = frame_of([table((x, y))], (x - half if x - half > -180 else x, y, x + half, y + half),
                     1.3) if x + half < 180 else frame_of([table((x, y))], None, 1.3)  # fmt: skip
    mid_x, mid_y = frame.middle
    reach = frame.width * 0.05
    lon, lat = frame.projection.inverse([mid_x - reach, mid_x + reach], [mid_y, mid_y])
    _, _, metres = GEOD.inv(lon[0], lat[0], lon[1], lat[1])

    assert 2 * reach * frame.ground_metres() == pytest.approx(metres, rel=0.01)


@pytest.mark.parametrize("scale_at", [0.0, 40.0, 65.0])
def test_a_country_is_not_stretched(scale_at: float) -> None:
    """In Web Mercator the north is twice as large as the equator; here it is not."""
    frame = frame_of([table((10, scale_at), (14, scale_at + 3))], None, 1.4)

    assert frame.ground_metres() == pytest.approx(1.0, abs=0.01)


@given(st.lists(st.tuples(LONGITUDES, LATITUDES), min_size=1, max_size=6))
def test_bounds_take_the_shorter_way_around(points: list[tuple[float, float]]) -> None:
    """A law: the box holds every point and is never wider than a turn less the widest gap."""
    west, south, east, north = bounds_of([table(*points)])

    for longitude, latitude in points:
        turned = west + (longitude - west) % 360.0
        assert turned <= east + 1e-6 or turned - 360 >= west - 1e-6
        assert south <= latitude <= north
    ordered = sorted(longitude for longitude, _ in points)
    gaps = np.diff([*ordered, ordered[0] + 360.0])
    assert east - west == pytest.approx(360.0 - gaps.max(), abs=1e-6)


def test_islands_on_both_sides_of_the_180th_meridian_are_neighbours() -> None:
    """Fiji is one country."""
    frame = frame_of([table((177.5, -17.8), (-179.5, -16.5))], None, 1.4)

    assert frame.width_km < 600
    west, _, east, _ = frame.degrees
    assert west < 180 < east


def test_a_box_may_cross_the_180th_meridian() -> None:
    """West above east means the short way."""
    assert frame_of([], (170, -20, -170, -10), 1.5).width_km < 2500


def test_one_point_is_shown_with_its_surroundings() -> None:
    """A single event has no width of its own."""
    frame = frame_of([table((46.7, 39.8))], None, 1.5)

    assert 10 < frame.width_km < 200


def test_nothing_to_show_is_the_world() -> None:
    """An empty view still has a map."""
    frame = frame_of([table()], None, 1.5)

    assert frame.projection.is_world
    assert np.isfinite([frame.west, frame.south, frame.east, frame.north]).all()


def test_a_pole_in_the_frame_is_all_longitudes() -> None:
    """Over the pole every meridian is there."""
    projection = choose_projection((-60, 80, 60, 89.5))
    frame = Frame(projection, -2e6, -2e6, 2e6, 2e6)

    west, _, east, north = frame.degrees
    assert east - west == pytest.approx(360)
    assert north == 90


BOXES = st.tuples(st.floats(0, 300), st.floats(0, 200), st.floats(1, 80), st.floats(1, 20))


@given(st.lists(BOXES, max_size=40))
def test_no_two_words_of_a_board_meet(wanted: list[tuple[float, float, float, float]]) -> None:
    """A law: for any requested boxes, the placed ones never overlap and stay in the room."""
    board = Board((0, 0, 300, 200))
    for number, (x, y, wide, high) in enumerate(wanted):
        board.place((around if number % 2 else over)(x, y, wide, high, *((3.0,) * (number % 2))))

    taken = [shapely.box(*box) for box in board.taken]
    room = shapely.box(0, 0, 300, 200)
    assert all(room.covers(box) for box in taken)
    for n, one in enumerate(taken):
        assert not any(one.intersects(other) for other in taken[n + 1 :])


@given(st.text(max_size=200), st.floats(20, 400))
def test_wrapped_lines_fit_the_room_and_lose_no_letter(text: str, room: float) -> None:
    """A law: words are broken, never dropped."""
    lines = TYPESETTER.wrap(text, 7.0, room)

    assert "".join("".join(lines).split()) == "".join(text.replace("\u200b", "").split())
    assert all(text_width(line, 7.0) <= room * 1.02 or len(line) == 1 for line in lines)
    assert TYPESETTER.size_of(lines, 7.0)[1] > 0


@given(LONGITUDES, st.floats(-75, 75), st.sampled_from([0.3, 3.0, 12.0, 35.0, 70.0]))
def test_the_background_can_be_drawn_anywhere(x: float, y: float, wide: float) -> None:
    """A law: over the 180th meridian, at the poles, where shapes only touch the frame."""
    east = (x + wide + 180.0) % 360.0 - 180.0
    frame = frame_of([table((x, y), (east, min(84.0, y + wide / 2)))], None, 1.4)
    degrees = padded(frame)

    for name in (*AREA_LAYERS, *LINE_LAYERS):
        shapes = project(clip_layer(name, degrees), frame.projection)
        assert not shapely.is_missing(shapes).any()
        points = (
            [path.vertices for path in polygon_paths(shapes)]
            if name in AREA_LAYERS
            else line_points(shapes)
        )
        assert all(np.isfinite(np.asarray(one)).all() for one in points)
