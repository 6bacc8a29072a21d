"""A small invented view: events of every precision, a road and a zone with dates."""

from datetime import UTC, datetime
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geomap.query import EventQuery
from geomap.snapshot import SnapshotSettings, View, view_of
from geomap.snapshot.draw.figure import draw_figure
from geomap.snapshot.draw.font_metrics import TYPESETTER
from geomap.snapshot.plan.figure_plan import plan_figure
from geomap.tables import events_table

ROAD = shapely.LineString([(46.5, 39.6), (46.7, 39.8)])
ZONE = shapely.box(46.4, 39.7, 47.0, 40.2)


def figure_of(view: View, settings: SnapshotSettings, **options: Any) -> Any:
    """Return the matplotlib figure of a view, planned and drawn."""
    return draw_figure(plan_figure(view, settings, TYPESETTER, **options))


def event(number: int, **columns: object) -> dict[str, object]:
    """Return the record of one invented event of a day."""
    return {
        "event_id": f"e{number}",
        "event_date": "2023-01-02",
        "event_date_end": "2023-01-02",
        "date_precision": "day",
        "event_type": "Protests",
        "status": "reported",
        "source": "Invented $1 and $2",
        "geo_precision": "exact",
        "geometry": shapely.Point(46.7 + number / 50, 39.8),
        **columns,
    }


@pytest.fixture
def events() -> gpd.GeoDataFrame:
    """Return one event of each way to be drawn, one unplaced and one undated."""
    month = {"event_date": "2023-01-01", "event_date_end": "2023-01-31", "date_precision": "month"}
    unknown = {"event_date": None, "event_date_end": None, "date_precision": None}
    return events_table(
        [
            event(1),
            event(2, geo_precision="near", uncertainty_km=5.0, event_type="Battles"),
            event(3, geo_precision="admin1", uncertainty_km=40.0),
            event(4, geo_precision="line", geometry=ROAD),
            event(5, geo_precision="zone", geometry=ZONE),
            event(6, geometry=shapely.MultiPoint([(46.6, 40.1), (46.8, 40.2)])),
            event(7, status="prevented"),
            event(8, **month),
            event(9, geometry=None),
            event(10, **unknown),
        ]
    )


@pytest.fixture
def places() -> gpd.GeoDataFrame:
    """Return a road that is always true and a zone that ended in 2022."""
    return gpd.GeoDataFrame(
        {
            "place_id": ["road", "zone"],
            "name": ["Road of Aba", "Zone of Bebe"],
            "kind": ["road", "zone"],
            "uncertainty_km": [3.0, 5.0],
            "valid_from": pd.to_datetime([None, "2020-11-10"]),
            "valid_to": pd.to_datetime([None, "2022-08-30"]),
        },
        geometry=[ROAD, ZONE],
        crs="EPSG:4326",
    )


@pytest.fixture
def view(events: gpd.GeoDataFrame, places: gpd.GeoDataFrame) -> View:
    """Return the view of the first days of January 2023."""
    query = EventQuery(start=datetime(2023, 1, 1, tzinfo=UTC).date(),
                       end=datetime(2023, 1, 10, tzinfo=UTC).date())  # fmt: skip
    return view_of(events, query, places)


@pytest.fixture
def rich(events: gpd.GeoDataFrame, places: gpd.GeoDataFrame) -> View:
    """Return a view with every line that a legend can have, and long names."""
    kinds = ["near", "admin2", "country", "unknown", "exact", "line", "zone"]
    shapes = {"line": ROAD, "zone": ZONE}
    more = [
        event(
            100 + n,
            event_type=f"A type of events with quite a long name, number {n % 11}",
            geo_precision=(kind := kinds[n % len(kinds)]),
            status=("reported", "claimed", "planned", "prevented", "denied")[n % 5],
            source=f"A newspaper with a long name, edition {n}",
            uncertainty_km=8.0 if kind == "near" else None,
            geometry=shapes.get(kind, shapely.Point(46.5 + n % 9 / 10, 39.6 + n % 7 / 12)),
        )
        for n in range(60)
    ]
    places = places.assign(valid_to=pd.NaT)
    table = pd.concat([events, events_table(more)], ignore_index=True)
    query = EventQuery(end=datetime(2023, 1, 10, tzinfo=UTC).date())
    return view_of(gpd.GeoDataFrame(table, crs="EPSG:4326"), query, places)


@pytest.fixture
def settings() -> SnapshotSettings:
    """Return settings with a title that must not be read as mathematics."""
    return SnapshotSettings("Events worth $5 to $6", datetime(2026, 11, 24, 12, tzinfo=UTC), dpi=60)
