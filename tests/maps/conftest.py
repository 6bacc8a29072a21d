"""Small events and places of every kind that a map has to draw."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import LineString, MultiPoint, Point, Polygon

from geomap.maps import assets
from geomap.tables import events_table

HOSTILE = "${alert(1)} `x` </script><img src=x onerror=alert(1)> '\"\\1"


@pytest.fixture(autouse=True)
def assets_not_served() -> Iterator[None]:
    """Forget where a test, of this room or another, said that files are served."""
    assets.use_assets(assets.data_uri)
    yield
    assets.use_assets(assets.data_uri)


def _event(event_id: str, start: date | None, **others: Any) -> dict[str, Any]:
    record = {
        "event_id": event_id,
        "event_date": start,
        "event_date_end": start,
        "date_precision": "day" if start else None,
        "event_type": "Protests",
        "title": f"Title of {event_id}",
        "geo_precision": "exact",
        "status": "reported",
        "source": "A paper",
        "geometry": Point(46.75, 39.82),
    }
    return {**record, **others}


@pytest.fixture
def events() -> gpd.GeoDataFrame:
    """Return events of every time class, precision and geometry, and two not to be drawn."""
    month = {"event_date_end": date(2022, 12, 31), "date_precision": "month"}
    still_open = {"event_date_end": None, "date_precision": "open"}
    road = LineString([(46.55, 39.64), (46.6, 39.7), (46.75, 39.82)])
    zone = Polygon([(46.4, 39.6), (46.9, 39.6), (47.1, 40.1), (46.5, 40.2)])
    return events_table(
        [
            _event("day", date(2022, 12, 12), title=HOSTILE),
            _event("later", date(2023, 2, 28), event_type="Talks", geometry=Point(49.89, 40.38)),
            _event("days", date(2022, 12, 20), event_date_end=date(2022, 12, 24)),
            _event("month", date(2022, 12, 1), **month, geo_precision="near", uncertainty_km=5.0),
            _event("open", date(2022, 12, 12), **still_open, last_confirmed=date(2023, 3, 1)),
            _event("open_once", date(2022, 12, 13), **still_open, geo_precision="admin1"),
            _event("road", date(2022, 12, 12), **still_open, geometry=road, geo_precision="line"),
            _event("zone", date(2022, 12, 14), geometry=zone, geo_precision="zone"),
            _event("two", date(2022, 12, 15), geometry=MultiPoint([(48, 39), (48.5, 39.3)])),
            _event("held_back", date(2022, 12, 16), status="prevented", event_type=None),
            _event("nowhere", date(2022, 12, 17), geometry=None),
            _event("never", None),
        ]
    )


@pytest.fixture
def places() -> gpd.GeoDataFrame:
    """Return a road, a zone with an end, a mine, a country and a straight line of a road."""
    return gpd.GeoDataFrame(
        {
            "place_id": ["road", "zone", "mine", "land", "guess"],
            "name": ["The road", HOSTILE, "The mine", "The land", "A road"],
            "kind": ["road", "zone", "facility", "country", "road"],
            "feature_code": ["RD", "ZN", "MN", "PCLI", "RD"],
            "country_code": "AZ",
            "uncertainty_km": [3.0, 2.0, 1.0, None, None],
            "valid_from": [None, pd.Timestamp("2020-11-10"), None, None, None],
            "valid_to": [None, pd.Timestamp("2024-06-12"), None, None, None],
            "layer": "curated",
            "source": "",
            "licence": "",
        },
        geometry=[
            LineString([(46, 39.5), (46.3, 39.6), (46.55, 39.64)]),
            Polygon([(46.0, 39.6), (46.9, 39.6), (47.1, 40.1), (46.5, 40.2)]),
            Point(46.9, 40.1),
            Point(47.5, 40.3),
            LineString([(46, 39.5), (47, 40)]),
        ],
        crs="EPSG:4326",
    )
