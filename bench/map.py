"""The time map at a hundred thousand to ten million events, compared with the usual ways.

Chromium, headless, with this machine's network only. Workspaces are generated with a seed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bench import map_measures as measures
from bench.chromium import (
    FLAGS,
    browser_path,
    free_port,
    map_frame,
    page,
    running_server,
    wait_for,
)
from bench.table import Table, milliseconds
from bench.workspaces import write_workspace
from geomap.maps.pack import pack_events
from geomap.workspace import Workspace

ROOT = Path(__file__).resolve().parent.parent
MILLION = 1_000_000
SESSIONS, SECONDS = 20, 60
Row = tuple[str | int | float, ...]

STAMPED = """(stamp) => new Promise((resolve) => {
  const look = () => {
    const layers = Object.values(window.map?._layers ?? {});
    const done = layers.some((layer) => layer.feature?.properties?.stamp === stamp);
    if (done) requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()));
    else requestAnimationFrame(look);
  };
  look();
})"""


def run() -> Table:
    """Measure and return the table."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        for size in (100_000, MILLION):
            workspace = Path(folder) / str(size)
            write_workspace(workspace, size)
            rows += _of_size(workspace, size)
        rows += _sessions(workspace)
        huge = Path(folder) / "huge"
        write_workspace(huge, 10 * MILLION)
        rows += _beyond(huge)
    return Table("the time map, milliseconds", ("what", "events", "median", "95 %"), tuple(rows))


def _of_size(workspace: Path, size: int) -> list[Row]:
    strangers: list[str] = []
    rows: list[Row] = []
    with running_server(workspace) as server, page() as seen:
        seen.on("request", lambda request: _note(strangers, request.url))
        seen.goto(server.url)
        map_frame(seen)
        visit, frame = measures.first_paint(seen, server.url)
        rows.append(("visit to first paint", size, visit, visit))
        rows.append(("map's frame to first paint", size, frame, frame))
        rows += _in_the_app(seen, server.url, size)
    way = "geojson" if size <= 100_000 else "grid"
    stock = _stock(workspace, way)
    name = "st_folium, GeoJson" if way == "geojson" else "st_folium, grid counted on the server"
    ours = next(row[2] for row in rows if row[0] == "window moved to paint")
    rows.append((f"{name}: window moved to paint", size, *measures.summary(stock)))
    rows.append(("ratio of the medians, ours to that", size, ours / measures.summary(stock)[0], ""))  # type: ignore[operator]  # a number by construction
    rows.append(("requests that leave this machine", size, len(strangers), ""))
    rows.append(_packing(workspace, size))
    return rows


def _in_the_app(seen: Page, url: str, size: int) -> list[Row]:
    rows: list[Row] = []
    note: dict[str, float] = {}
    with measures.opened(seen, url) as frame:
        measures.same_frame(seen, frame, note)
        moved = measures.drag(seen, frame)
        rows.append(("window moved to paint", size, *measures.summary(moved)))
        rows.append(("play, paints a second", size, measures.play(seen, frame), ""))
        ticked = measures.category_filter(seen, frame)
        rows.append(("category filter to paint", size, *measures.summary(ticked)))
        searched = measures.text_filter(seen, frame, ("bridge case 7", "", "place 12", ""))
        rows.append(("text filter to paint", size, *measures.summary(searched)))
        clicked = measures.click_to_card(seen, frame)
        rows.append(("click to card", size, *measures.summary(clicked)))
        remounts = 0 if measures.same_frame(seen, frame, note) else 1
        rows.append(("remounts of the map in all of it", size, remounts, ""))
    return rows


def _packing(workspace: Path, size: int) -> Row:
    opened = Workspace.open(workspace, seed=False)
    median, worst = milliseconds(lambda: pack_events(opened.event_table().map_columns()), runs=3)
    return ("pack on the server, read included", size, median, worst)


def _note(strangers: list[str], url: str) -> None:
    if not url.startswith(("http://127.0.0.1:", "data:", "blob:", "about:")):
        strangers.append(url)


@contextmanager
def _stock_server(workspace: Path, way: str) -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "bench" / "stock_app.py")]
    options = [f"--server.port={port}", "--server.headless=true", "--server.address=127.0.0.1"]
    settings = {"GEOMAP_WORKSPACE": str(workspace), "GEOMAP_BENCH_WAY": way}
    server = subprocess.Popen(
        [*command, *options, "--browser.gatherUsageStats=false"],
        env={**os.environ, **settings, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


def _stock(workspace: Path, way: str, moves: int = 4) -> list[float]:
    taken = []
    with _stock_server(workspace, way) as url, page() as seen:
        seen.goto(url)
        seen.wait_for_selector("iframe[title*=st_folium]", timeout=60_000)
        seen.wait_for_timeout(1000)
        holder = seen.query_selector("iframe[title*=st_folium]")
        frame = holder.content_frame() if holder else None
        assert frame is not None
        frame.evaluate(STAMPED, 0)
        seen.evaluate(measures.WATCH, "keydown")
        slider = seen.get_by_role("slider")
        slider.focus()
        for move in range(1, moves + 1):
            seen.keyboard.press("ArrowRight")
            painted = frame.evaluate(STAMPED, move)
            taken.append(painted - seen.evaluate("() => window.benchInput"))
            seen.wait_for_timeout(800)
    return taken


def _sessions(workspace: Path) -> list[Row]:
    """Measure many visitors at once, each moving the window once a second."""
    with running_server(workspace) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=list(FLAGS))
        errors: list[str] = []
        visitors = []
        for _ in range(SESSIONS):
            seen = browser.new_page(viewport={"width": 1280, "height": 900})
            seen.on("pageerror", lambda error: errors.append(str(error)))
            seen.goto(server.url)
            visitors.append((seen, map_frame(seen, 300)))
        most = server.megabytes()
        ends = time.monotonic() + SECONDS
        while time.monotonic() < ends:
            began = time.monotonic()
            for seen, _ in visitors:
                seen.get_by_role("slider", name="Date range").press("ArrowRight")
            most = max(most, server.megabytes())
            visitors[0][0].wait_for_timeout(max(1.0, 1000 * (1 - (time.monotonic() - began))))
        visitors[0][0].wait_for_timeout(3000)
        taken = [measures.summary(measures.waits(*visitor)) for visitor in visitors]
        browser.close()
    slowest = max(taken)
    return [
        (f"{SESSIONS} sessions: memory of the server, MB", MILLION, most, ""),
        (f"{SESSIONS} sessions: slowest page, window to paint", MILLION, *slowest),
        (f"{SESSIONS} sessions: errors", MILLION, len(errors), ""),
    ]


def _beyond(workspace: Path) -> list[Row]:
    size = 10 * MILLION
    with running_server(workspace) as server, page() as seen:
        with measures.opened(seen, f"{server.url}/?map=6/40/46.5") as frame:
            measures.half_of_the_days(seen)
            seen.wait_for_timeout(4000)
            for where in (seen, frame):
                where.evaluate("() => performance.clearMarks()")
            slider = seen.get_by_role("slider", name="Date range")
            for _ in range(6):
                slider.press("ArrowRight")
                seen.wait_for_timeout(2500)
            taken = measures.waits(seen, frame)
        memory = server.megabytes()
    return [
        ("window moved to paint, country view", size, *measures.summary(taken)),
        ("memory of the server, MB", size, memory, ""),
    ]
