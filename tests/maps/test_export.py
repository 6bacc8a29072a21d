"""Promises of the exported page: one file, nothing from outside, texts are texts."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import date

import geopandas as gpd

from geomap.maps.export import export_html
from geomap.maps.timeline import timeline_data, timeline_html, timeline_js
from geomap.query import EventQuery, count_events, day_histogram
from geomap.tables import empty_events

HOSTILE = "</title><script>alert(1)</script> [[script]]"


def page_of(events: gpd.GeoDataFrame, places: gpd.GeoDataFrame | None = None) -> str:
    """Return the exported page of December 2022."""
    query = EventQuery(start=date(2022, 12, 1), end=date(2022, 12, 31))
    return export_html(
        events,
        title=HOSTILE,
        counts=count_events(events, query).as_dict(),
        histogram=day_histogram(events, query),
        window=(query.start, query.end),
        notes=["Sources: <b>A paper</b>"],
        places=places,
    )


def test_export_html_allows_only_its_own_script_and_style(
    events: gpd.GeoDataFrame, places: gpd.GeoDataFrame
) -> None:
    """Whatever a text holds, a browser runs nothing else and asks nobody."""
    page = page_of(events, places)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)

    assert policy is not None
    assert policy[1].startswith("default-src 'none'; ")
    assert "unsafe" not in policy[1]
    assert len(scripts) == 1
    digest = base64.b64encode(hashlib.sha256(scripts[0].encode()).digest()).decode()
    assert f"'sha256-{digest}'" in policy[1]
    assert not re.search(r"<(script|link|img|iframe)[^>]+(src|href)=", page.split("<script>")[0])


def test_export_html_writes_texts_as_texts(events: gpd.GeoDataFrame) -> None:
    """A title cannot end its element, nor a note bring markup, nor a slot be filled twice."""
    page = page_of(events)

    assert "<title>&lt;/title&gt;&lt;script&gt;" in page
    assert "Sources: &lt;b&gt;A paper&lt;/b&gt;" in page
    assert page.count("alert(1)</script>") == 0


def test_export_html_of_no_events_is_a_page() -> None:
    """A report of a quiet month is a report."""
    assert "<main>" in page_of(empty_events())


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
    assert data["first"] == "2022-12-01"
    assert len(data["shown"]) == len(data["possible"]) == 91
    assert sum(v for k, v in data["counts"].items() if k != "total") == data["counts"]["total"]


def test_timeline_names_every_control() -> None:
    """People who cannot see the page, and tests, find the controls by these names."""
    assert 'role="slider" tabindex="0" aria-label="Date range"' in timeline_html()
    assert all(f'aria-label="{name}"' in timeline_html() for name in ("From", "To", "Play"))
    assert "export default function" in timeline_js()
