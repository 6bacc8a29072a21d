"""The promises of the join: the right place, on the right day, and no false certainty."""

from datetime import date, timedelta
from typing import Any

import geopandas as gpd
import pandas as pd
import pyproj
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from geomap.errors import SchemaError
from geomap.join import join_places
from geomap.tables import JOIN_COLUMNS, empty_events, events_table

GEOD = pyproj.Geod(ellps="WGS84")
ZONE = box(46, 39, 47, 40)


def moved(longitude: float, latitude: float, azimuth: float, metres: float) -> Point:
    return Point(GEOD.fwd(longitude, latitude, azimuth, metres)[:2])


def event(geometry: BaseGeometry | None, event_id: str = "e", **values: Any) -> dict[str, Any]:
    base = {
        "event_id": event_id,
        "event_date": date(2023, 3, 5),
        "event_date_end": date(2023, 3, 5),
        "date_precision": "day",
        "geo_precision": "exact",
        "geometry": geometry,
    }
    return {**base, **values}


def place(geometry: BaseGeometry | None, place_id: str = "p", **values: Any) -> dict[str, Any]:
    base = {"kind": "zone", "valid_from": None, "valid_to": None, "uncertainty_km": None}
    return {"place_id": place_id, "geometry": geometry, **base, **values}


def places(*rows: dict[str, Any]) -> gpd.GeoDataFrame:
    frame = gpd.GeoDataFrame(list(rows), geometry="geometry", crs="EPSG:4326")
    for name in ("valid_from", "valid_to"):
        frame[name] = pd.to_datetime(frame[name]).astype("datetime64[us]")
    frame["uncertainty_km"] = frame["uncertainty_km"].astype("float64")
    return frame


def joined(one: dict[str, Any], *others: dict[str, Any]) -> list[tuple[str, bool]]:
    found = join_places(events_table([one]), places(*others))
    return [(row.relation, bool(row.certain)) for row in found.itertuples()]


def test_join_places_finds_an_event_in_a_zone() -> None:
    """The plain case: a point well inside."""
    found = join_places(events_table([event(Point(46.5, 39.5))]), places(place(ZONE)))

    assert found.to_dict("records") == [
        {"event_id": "e", "place_id": "p", "relation": "in", "metres": 0.0, "certain": True}
    ]
    assert {name: str(dtype) for name, dtype in found.dtypes.items()} == JOIN_COLUMNS


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ((date(2024, 7, 1), date(2024, 7, 1), "day"), []),
        ((date(2024, 6, 19), date(2024, 6, 19), "day"), [("in", True)]),
        ((date(2024, 6, 1), date(2024, 6, 30), "month"), [("in", False)]),
        ((date(2024, 6, 10), date(2024, 6, 25), "day"), [("in", False)]),
        ((date(2024, 6, 1), None, "open"), [("in", True)]),
        ((date(2024, 7, 1), None, "open"), []),
        ((None, None, None), [("in", False)]),
    ],
)
def test_join_places_respects_the_end_of_a_zone(
    dates: tuple[date | None, date | None, str | None], expected: list[tuple[str, bool]]
) -> None:
    """An event of July is not in a zone that ended in June."""
    start, end, precision = dates
    span: dict[str, Any] = {"event_date": start, "event_date_end": end, "date_precision": precision}
    ended = place(ZONE, valid_from=date(2020, 11, 10), valid_to=date(2024, 6, 19))

    assert joined(event(Point(46.5, 39.5), **span), ended) == expected


def test_join_places_confirms_an_open_event_only_as_far_as_it_was_reported() -> None:
    """A blockade that was confirmed after the zone ended was not wholly in it."""
    going_on = event(
        Point(46.5, 39.5),
        event_date_end=None,
        date_precision="open",
        last_confirmed=date(2024, 8, 1),
    )

    assert joined(going_on, place(ZONE, valid_to=date(2024, 6, 19))) == [("in", False)]


def test_join_places_is_certain_across_versions_that_follow_each_other() -> None:
    """A zone redrawn in the middle of an event still held it the whole time."""
    span: dict[str, Any] = {"event_date": date(2022, 8, 1), "event_date_end": date(2022, 8, 31)}
    before = place(ZONE, valid_to=date(2022, 8, 15))
    after = place(box(46, 39, 46.9, 40), valid_from=date(2022, 8, 16))
    late = place(box(46, 39, 46.9, 40), valid_from=date(2022, 8, 18))

    assert joined(event(Point(46.5, 39.5), **span), before, after) == [("in", True)]
    assert joined(event(Point(46.5, 39.5), **span), before, late) == [("in", False)]


def test_join_places_is_uncertain_when_the_radius_reaches_the_zone() -> None:
    """An event known to 25 km may be in a zone 10 km away; the metres are given."""
    outside = moved(46, 39.5, 270, 10_000)
    table = events_table([event(outside, geo_precision="near", uncertainty_km=25)])

    found = join_places(table, places(place(ZONE)))

    assert found["certain"].tolist() == [False]
    assert found["metres"].iloc[0] == pytest.approx(10_000, abs=5)
    assert joined(event(outside), place(ZONE)) == []


@pytest.mark.parametrize(
    ("metres", "radius", "margin", "expected"),
    [
        (2_000, None, None, [("in", True)]),
        (2_000, 1.5, None, [("in", True)]),
        (2_000, 5, None, [("in", False)]),
        (2_000, None, 5, [("in", False)]),
        (2_000, 1.5, 1.5, [("in", False)]),
    ],
)
def test_join_places_is_certain_only_deeper_than_both_errors(
    metres: float, radius: float | None, margin: float | None, expected: list[tuple[str, bool]]
) -> None:
    """Near the edge of a zone whose line is known to 5 km nobody can be sure."""
    inside = event(moved(46, 39.5, 90, metres), uncertainty_km=radius)

    assert joined(inside, place(ZONE, uncertainty_km=margin)) == expected


def test_join_places_takes_near_without_a_radius_as_possible() -> None:
    """A report of "near a village" without a distance makes nothing certain."""
    assert joined(event(Point(46.5, 39.5), geo_precision="near"), place(ZONE)) == [("in", False)]


ROAD = LineString([(46.0, 39.5), (46.5, 39.5)])


@pytest.mark.parametrize(
    ("metres", "expected"), [(500, [("near", True)]), (990, [("near", True)]), (1_010, [])]
)
def test_join_places_measures_the_way_to_a_road_in_metres(
    metres: float, expected: list[tuple[str, bool]]
) -> None:
    """A degree is not a distance: at this latitude one to the east is a quarter shorter."""
    beside = moved(46.0, 39.5, 270, metres)

    found = join_places(events_table([event(beside)]), places(place(ROAD, kind="road")))

    assert [(row.relation, bool(row.certain)) for row in found.itertuples()] == expected
    assert all(abs(found["metres"] - metres) < 1)


def test_join_places_distinguishes_on_from_near() -> None:
    """An event that the source puts on the road is on it, wherever its pin lies."""
    said = event(ROAD, place_ids="p;q", geo_precision="line")

    assert joined(said, place(ROAD, kind="road")) == [("on", True)]
    assert joined(event(moved(46.2, 39.5, 0, 200)), place(ROAD, kind="road")) == [("near", True)]


def test_join_places_puts_a_road_that_crosses_a_zone_possibly_in_it() -> None:
    """A blockade somewhere on the road may be outside the zone."""
    crossing = LineString([(45.5, 39.5), (46.5, 39.5)])

    assert joined(event(crossing, geo_precision="line"), place(ZONE)) == [("in", False)]
    within = LineString([(46.2, 39.5), (46.5, 39.5)])
    assert joined(event(within, geo_precision="line"), place(ZONE)) == [("in", True)]


def test_join_places_puts_events_at_points() -> None:
    """A mine is a point with an error; an event near it may be at it."""
    mine = place(Point(46.5, 39.5), kind="facility")

    assert joined(event(moved(46.5, 39.5, 10, 300)), mine) == [("at", True)]
    assert joined(event(moved(46.5, 39.5, 10, 3_000)), mine) == []
    unsure = place(Point(46.5, 39.5), kind="facility", uncertainty_km=3)
    assert joined(event(moved(46.5, 39.5, 10, 3_000)), unsure) == [("at", False)]


def test_join_places_never_joins_by_the_centroid_of_a_unit() -> None:
    """The middle of a country or province is not where anything happened."""
    country = place(Point(46.5, 39.5), kind="country")
    town = place(Point(46.5, 39.5), "t", kind="city")

    assert joined(event(Point(46.5, 39.5)), country) == []
    assert joined(event(Point(46.5, 39.5), geo_precision="country"), town) == []
    province = event(Point(46.5, 39.5), geo_precision="admin1", uncertainty_km=60)
    assert joined(province, town) == []
    assert joined(province, place(ZONE)) == [("in", False)]
    assert joined(event(Point(46.5, 39.5), place_id="p"), country) == [("in", True)]


def test_join_places_keeps_what_the_source_names_without_a_geometry() -> None:
    """An event that only names its place still belongs on the card of that place."""
    found = join_places(events_table([event(None, place_id="p")]), places(place(ZONE)))

    assert found[["relation", "certain"]].to_numpy().tolist() == [["in", True]]
    assert found["metres"].isna().all()


def test_join_places_works_across_the_180th_meridian() -> None:
    """Two points on both sides of the line are neighbours."""
    assert joined(event(Point(179.999, 10)), place(Point(-179.999, 10), kind="city")) == [
        ("at", True)
    ]


def test_join_places_refuses_two_reference_systems() -> None:
    """Degrees joined with metres give rows that look right and are not."""
    events, zones = events_table([event(Point(46.5, 39.5))]), places(place(ZONE))

    with pytest.raises(SchemaError, match="places are in EPSG:3857"):
        join_places(events, zones.to_crs("EPSG:3857"))
    with pytest.raises(SchemaError, match="events are in EPSG:3857"):
        join_places(events.to_crs("EPSG:3857"), zones)
    with pytest.raises(SchemaError, match="places are in None"):
        join_places(events, zones.set_crs(None, allow_override=True))


def test_join_places_of_nothing_is_nothing() -> None:
    """An empty workspace has a table of joins with the right columns."""
    for found in (
        join_places(empty_events(), places(place(ZONE))),
        join_places(events_table([event(Point(0, 0))]), places(place(ZONE)).iloc[:0]),
    ):
        assert found.empty
        assert list(found) == list(JOIN_COLUMNS)


POINTS = st.builds(
    Point, st.floats(45, 48, allow_subnormal=False), st.floats(38, 41, allow_subnormal=False)
)


@given(point=POINTS, metres=st.floats(1, 30_000), azimuth=st.floats(0, 360))
def test_join_places_gives_geodesic_metres(point: Point, metres: float, azimuth: float) -> None:
    """The metres on a card are those that a surveyor would give."""
    other = moved(point.x, point.y, azimuth, metres)
    town = place(point, kind="city", uncertainty_km=100)

    found = join_places(events_table([event(other)]), places(town))

    assert found["metres"].iloc[0] == pytest.approx(metres, rel=1e-6, abs=0.01)


@given(point=POINTS, radius=st.floats(0, 60), larger=st.floats(0, 60))
def test_join_places_loses_certainty_but_no_place_with_a_larger_radius(
    point: Point, radius: float, larger: float
) -> None:
    """Less knowledge can only turn a certain place into a possible one."""
    less = joined(event(point, uncertainty_km=radius), place(ZONE))
    more = joined(event(point, uncertainty_km=radius + larger), place(ZONE))

    assert len(less) <= len(more)
    assert not (more == [("in", True)] and less != more)


@given(point=POINTS, start=st.dates(date(2022, 1, 1), date(2022, 12, 31)), size=st.integers(0, 90))
def test_join_places_never_joins_outside_a_version(point: Point, start: date, size: int) -> None:
    """Whatever the span, it meets the zone exactly when a day is shared."""
    end = start + timedelta(days=size)
    span: dict[str, Any] = {"event_date": start, "event_date_end": end, "date_precision": "range"}
    low, high = date(2022, 6, 1), date(2022, 6, 30)

    found = joined(event(point, **span), place(ZONE, valid_from=low, valid_to=high))

    inside = Polygon(ZONE).contains(point)
    assert bool(found) == (inside and start <= high and end >= low)
    if found:
        assert found[0][1] == (low <= start and end <= high)


def test_join_places_keeps_the_order_of_the_events() -> None:
    """The same events give the same file on every machine."""
    table = events_table([event(Point(46.5, 39.5), "b"), event(Point(46.4, 39.5), "a")])

    found = join_places(table, places(place(ZONE, "z"), place(ZONE, "a")))

    assert found[["event_id", "place_id"]].to_numpy().tolist() == [
        ["b", "a"],
        ["b", "z"],
        ["a", "a"],
        ["a", "z"],
    ]
