"""Promises of the exported page: one file, nothing from outside, texts are texts."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import date

import geopandas as gpd

from geomap.exports.html_page import export_html
from geomap.query import EventQuery, count_events
from geomap.tables import empty_events

HOSTILE = "</title><script>alert(1)</script> [[script]]"


def page_of(events: gpd.GeoDataFrame, places: gpd.GeoDataFrame | None = None) -> str:
    """Return the exported page of December 2022."""
    query = EventQuery(start=date(2022, 12, 1), end=date(2022, 12, 31))
    return export_html(
        events,
        title=HOSTILE,
        counts=count_events(events, query).as_dict(),
        window=(query.start, query.end),
        notes=["Sources: <b>A paper</b>"],
        places=places,
    )


def test_export_html_allows_only_its_own_script_and_style(
    events: gpd.GeoDataFrame, places: gpd.GeoDataFrame
) -> None:
    """Whatever a text contains, a browser runs no other script and contacts no server."""
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
