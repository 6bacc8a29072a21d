"""Promises of the data and the files of the time control."""

from __future__ import annotations

import json
from datetime import date

import geopandas as gpd
import pandas as pd

from geomap.maps.assets import component_files
from geomap.maps.time_component import timeline_data
from geomap.query import EventQuery, count_events, day_histogram


def test_timeline_data_keeps_open_ends_and_counts(events: gpd.GeoDataFrame) -> None:
    """An open end stays open: it is not the last day of today's data."""
    query = EventQuery()
    data = timeline_data(
        channel="c",
        histogram=day_histogram(events, query),
        window=(date(2022, 12, 1), None),
        counts=count_events(events, query).as_dict(),
    )

    assert data["window"] == ["2022-12-01", None]
    assert (data["first"], data["last"]) == ("2022-12-01", "2023-03-01")
    (shown,) = data["histogram"]["series"]
    assert len(shown["shown"]) == len(data["histogram"]["possible"]) == 91
    assert sum(v for k, v in data["counts"].items() if k != "total") == data["counts"]["total"]


def test_timeline_data_is_json_and_says_what_is_not_there() -> None:
    """An empty workspace has no histogram and no made-up first day."""
    none = pd.DataFrame({"shown": [], "possible": []}, pd.DatetimeIndex([]))

    data = timeline_data(channel="c", histogram=none, window=(None, None), counts={})

    assert json.loads(json.dumps(data)) == data
    assert data["histogram"] is data["first"] is data["last"] is data["grid"] is None
    assert data["mode"] == "window"


def test_timeline_data_takes_a_histogram_by_category() -> None:
    """On a grid the server says what the bars are made of."""
    table = pd.DataFrame(
        {"Battles": [1, 2], "other": [0, 3], "possible": [4, 0]},
        pd.date_range("1969-12-31", periods=2),
    )

    data = timeline_data(
        channel="c",
        histogram=table,
        window=(None, None),
        counts={},
        grid="grid.json",
    )

    assert data["histogram"] == {
        "first": -1,
        "unit": "day",
        "series": [
            {"name": "Battles", "shown": [1, 2]},
            {"name": "other", "shown": [0, 3]},
        ],
        "possible": [4, 0],
    }


def test_timeline_data_prefers_the_days_of_all_events() -> None:
    """A filter that leaves one week must not make the axis a week long."""
    week = pd.DataFrame({"shown": 1}, pd.date_range("2022-05-02", periods=7))

    data = timeline_data(
        channel="c",
        histogram=week,
        window=(None, None),
        counts={},
        first=date(2020, 1, 1),
        last=date(2022, 12, 31),
    )

    assert (data["first"], data["last"]) == ("2020-01-01", "2022-12-31")


def test_timeline_names_every_control() -> None:
    """People who cannot see the page, and tests, find the controls by these names."""
    files = component_files("timeline")
    assert 'role="slider" tabindex="0" aria-label="Date range"' in files["html"]
    assert all(f'aria-label="{name}"' in files["html"] for name in ("From", "To", "Play"))
    assert " as default" in files["js"]
