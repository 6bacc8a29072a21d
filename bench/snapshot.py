"""The cost of a figure of 5,000 events: time, bytes, and a comparison with folium.

The usual way to a picture of a folium map is a browser that opens the page and takes a
screenshot; folium's own `_to_png` does so with Selenium. Where Selenium is not installed the
same page is opened in the same Chromium through Playwright, which is no slower. Both ways
draw the same events on this machine in this run; tiles are off, for there is no network.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import geopandas as gpd

from bench.table import Table, milliseconds
from geomap.query import EventQuery
from geomap.snapshot import (
    FORMATS,
    SnapshotSettings,
    View,
    atlas_bytes,
    bundle_bytes,
    parts_of,
    series_bytes,
    snapshot_bytes,
    view_of,
)
from geomap.workspace import Workspace

EVENTS = 5_000
_TYPES = ("Battles", "Explosions/Remote violence", "Protests", "Riots", "Talks")


def run() -> Table:
    """Measure and return the table."""
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "events.csv"
        write_events(table, EVENTS)
        workspace = Workspace.open(Path(folder) / "workspace", seed=False)
        workspace.ingest(table)
        events, places = workspace.events(), workspace.places()
        settings = SnapshotSettings("5,000 events", datetime.now(UTC), version=workspace.version)

        def view() -> View:
            return view_of(events, EventQuery(), places, batches=workspace.batches())

        rows: list[tuple[str | int | float, ...]] = []
        for form in FORMATS:
            made = partial(_figure, view, settings, form)
            rows.append(_row(form, made, folder))
        stock, kind = folium_milliseconds(events, Path(folder))
        rows.append((f"png of folium ({kind})", "", stock, stock, "", ""))
        rows[0] = (*rows[0][:5], float(rows[0][2]) / stock)
        rows += _others(view, events, places, settings)
    columns = ("what", "kB", "warm ms", "worst ms", "whole process ms", "ratio to folium")
    return Table(f"a figure of {EVENTS:,} events (A4, 300 dpi)", columns, tuple(rows))


def _figure(view: Callable[[], View], settings: SnapshotSettings, form: str) -> bytes:
    return snapshot_bytes(view(), settings, form)


def _row(form: str, make: Callable[[], bytes], folder: str) -> tuple[str | int | float, ...]:
    size = len(make()) / 1000
    warm, worst = milliseconds(make, runs=5)
    command = [sys.executable, "-m", "geomap", "snapshot", "-o", f"{folder}/snapshot.{form}"]
    start = time.perf_counter()
    subprocess.run(
        [*command, "--workspace", f"{folder}/workspace"], check=True, capture_output=True
    )
    return form, size, warm, worst, 1000 * (time.perf_counter() - start), ""


def _others(
    view: Callable[[], View], events: gpd.GeoDataFrame, places: gpd.GeoDataFrame,
    settings: SnapshotSettings,
) -> list[tuple[str | int | float, ...]]:  # fmt: skip
    """Return the cost of the larger files, each made once."""
    whole = view()
    years = parts_of(whole, events, places, "year")
    months = parts_of(whole, events, places, "month")
    panels = partial(snapshot_bytes, whole, settings, "png", panels=years)
    rows: list[tuple[str | int | float, ...]] = []
    for name, make in (
        (f"{len(years)} panels (png)", panels),
        (f"series of {len(months)} (zip)", partial(series_bytes, whole, months, settings)),
        (f"atlas of {len(months)} months (pdf)", partial(atlas_bytes, whole, months, settings)),
        ("report bundle (zip)", partial(bundle_bytes, whole, settings)),
    ):
        start = time.perf_counter()
        size = len(make()) / 1000
        taken = 1000 * (time.perf_counter() - start)
        rows.append((name, size, taken, taken, "", ""))
    return rows


def write_events(path: Path, count: int) -> None:
    """Write invented events around four hundred towns, some known roughly or to a province."""
    source = random.Random(5)  # noqa: S311  # a benchmark needs repeatable rows, not secrets
    towns = [(source.uniform(22.5, 39.5), source.uniform(45.0, 52.0)) for _ in range(400)]
    lines = ["id,date,latitude,longitude,type,geo_precision,uncertainty_km,place,source,notes"]
    for number in range(count):
        at = source.randrange(400)
        x, y = towns[at]
        kind = source.choices(["exact", "near", "admin1"], [88, 8, 4])[0]
        spread = 0.12 if kind == "exact" else 0.0
        x, y = x + source.gauss(0, spread), y + source.gauss(0, spread)
        day = date(2022, 1, 1) + timedelta(days=source.randrange(1095))
        km = 15 if kind == "near" else ""
        lines.append(
            f"E{number},{day},{y:.4f},{x:.4f},{source.choice(_TYPES)},{kind},{km},Town {at},"
            f"Wire {number % 12},A sentence about what happened there."
        )
    path.write_text("\n".join(lines) + "\n", "utf-8")


def folium_milliseconds(events: gpd.GeoDataFrame, folder: Path) -> tuple[float, str]:
    """Return how long folium's way to a PNG of the same events takes, and through what."""
    import folium

    start = time.perf_counter()
    west, south, east, north = events.total_bounds
    page = folium.Map(tiles=None, zoom_control=False)
    page.fit_bounds([[south, west], [north, east]])
    for shape in events.geometry:
        folium.CircleMarker([shape.y, shape.x], radius=4).add_to(page)
    if find_spec("selenium") is not None:
        page._to_png(1)  # noqa: SLF001 - the way that folium itself offers
        return 1000 * (time.perf_counter() - start), "Selenium"
    target = folder / "folium.html"
    page.save(target)
    _screenshot(target, folder / "folium.png")
    return 1000 * (time.perf_counter() - start), "Chromium by Playwright"


def _screenshot(page: Path, target: Path) -> None:
    """Open the page as folium's users do, with Leaflet from this machine, and take a picture."""
    from bench.chromium import page as browser_page
    from geomap.maps.assets import read_asset

    text = page.read_text("utf-8")
    leaflet = f"<script>{read_asset('leaflet', 'leaflet.js')}</script>"
    text = text.replace("<head>", f"<head>{leaflet}", 1)
    page.write_text(text, "utf-8")
    with browser_page() as opened:
        opened.route("http**", lambda route: route.abort())
        opened.goto(page.as_uri())
        opened.wait_for_function("() => document.querySelectorAll('path').length > 100")
        opened.screenshot(path=target)
