"""The Map page with more events than a page holds: the server counts, the numbers are exact."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.browser.conftest import EVENTS, SAY, TIMELINE, App, running_app

from geomap.query import EventQuery
from geomap.workspace import Workspace

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

LIMIT = 40
"""More events than this are not sent at once: the sample workspace has more."""

SQUARES = f"""() => {{
  const {{ grid, view, ctx }} = {EVENTS};
  const at = (x, y) => [...ctx.getImageData(Math.round(x), Math.round(y), 1, 1).data];
  const inside = grid.cells.filter(([x, y]) => {{
    const [left, top] = [x * view.scale - view.left, y * view.scale - view.top];
    return left > 0 && top > 0 && left < view.width - 20 && top < view.height - 20;
  }});
  const side = grid.size * view.scale;
  return inside.map(([x, y, shown, possible]) => ({{
    shown, possible, side: side / view.dpr,
    pixel: at(x * view.scale - view.left + side / 2, y * view.scale - view.top + side / 2),
  }}));
}}"""
LAYER = f"""() => {{
  const {{ grid, data, picture }} = {EVENTS};
  const apart = grid && grid.areas + grid.notHappened;
  return {{ mode: picture.mode, cells: grid?.cells.length ?? null, events: grid
    ? grid.cells.reduce((sum, [, , shown, possible]) => sum + shown + possible, apart)
    : data.header.events, partial: Boolean(data?.header.partial) }};
}}"""
HISTOGRAM = f"""() => {{
  const {{ series, possible }} = {TIMELINE}.histogram;
  return [...series.flatMap((one) => [...one.shown]), ...possible].reduce((a, b) => a + b, 0);
}}"""
DRAWN = [[46.0, 39.3], [47.2, 39.3], [47.2, 40.1], [46.0, 40.1]]
AREA = tuple((x, y) for x, y in DRAWN)


@pytest.fixture(scope="module")
def grid_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the sample workspace."""
    return Workspace.open(tmp_path_factory.mktemp("grid") / "workspace").folder


@pytest.fixture(scope="module")
def grid_url(grid_workspace: Path, root: Path) -> Iterator[str]:
    """Start the app with a limit below the number of events."""
    with running_app(grid_workspace, root, GEOMAP_POINT_LIMIT=str(LIMIT)) as url:
        yield url


@pytest.fixture
def app(grid_url: str, visit: Visit) -> Iterator[App]:
    """Return the app in a fresh page, on which no script may fail."""
    yield App(grid_url, visit)
    assert visit.errors == []
    assert visit.strangers == []


@pytest.fixture
def told(grid_workspace: Path) -> Callable[..., dict[str, int]]:
    """Return what `geomap events --json` counts with some options."""

    def ask(*options: str) -> dict[str, int]:
        command = [sys.executable, "-m", "geomap", "events", "--json", "--limit", "0", *options]
        answer = subprocess.run(
            [*command, "--workspace", str(grid_workspace)],
            env=dict(os.environ), capture_output=True, check=True,
        )  # fmt: skip
        counts: dict[str, int] = json.loads(answer.stdout)["counts"]
        return counts

    return ask


def _counts_of(folder: Path, query: EventQuery) -> dict[str, int]:
    return Workspace.open(folder).event_table().counts(query).as_dict()


def _painted(app: App) -> dict[str, Any]:
    """Return the numbers that the map painted last, when everything rests."""
    app.settle()
    app.page.wait_for_timeout(1500)
    app.settle()
    mark = app.painted()
    return {name: mark[name] for name in app.counts()}


def test_squares_are_drawn_and_their_counts_are_those_of_the_command_line(
    app: App, told: Callable[..., dict[str, int]]
) -> None:
    """A page that holds no events must not show other numbers for it."""
    app.open()
    painted = _painted(app)
    layer = app.map_frame().evaluate(LAYER)
    squares = app.map_frame().evaluate(SQUARES)

    assert painted == app.counts() == told()
    assert layer["mode"] == "grid"
    assert LIMIT < layer["events"] <= painted["shown"] + painted["possible"]
    assert len(squares) > 5
    assert all(square["pixel"][3] > 150 for square in squares if square["shown"])
    assert all(15 < square["side"] < 34 for square in squares)
    legend = app.map_frame().locator(".geomap-legend")
    assert "Events in a square" in legend.inner_text()
    assert "map=" not in app.page.url
    assert app.page.evaluate(HISTOGRAM) >= painted["shown"]


def test_window_moves_and_filters_keep_counts_and_histogram_exact(
    app: App, told: Callable[..., dict[str, int]], grid_workspace: Path
) -> None:
    """Dates, words, text and an area go through the server, and all of them together too."""
    app.open()
    whole = _painted(app)
    bars = app.page.evaluate(HISTOGRAM)
    app.type_days("2022-12-01", "2022-12-31")
    days = ("--from", "2022-12-01", "--to", "2022-12-31")
    assert _painted(app) == app.counts() == told(*days) != whole
    assert app.page.evaluate(HISTOGRAM) == bars

    app.page.get_by_role("checkbox", name="Protests").check()
    assert _painted(app) == app.counts() == told(*days, "--type", "Protests")
    assert 0 < app.page.evaluate(HISTOGRAM) < bars
    app.page.get_by_role("checkbox", name="Protests").uncheck()
    search = app.page.get_by_label("Search", exact=True)
    search.fill("road")
    search.press("Enter")
    assert _painted(app) == app.counts() == told(*days, "--text", "road")

    app.page.evaluate(SAY, {"drawn": DRAWN})
    app.page.wait_for_url(re.compile(r"area=46"), timeout=20_000)
    query = EventQuery(start=date(2022, 12, 1), end=date(2022, 12, 31), text="road", polygon=AREA)
    assert _painted(app) == app.counts() == _counts_of(grid_workspace, query)


def test_place_and_area_are_exact_without_dates(app: App, grid_workspace: Path) -> None:
    """A link with both opens on the same numbers."""
    area = ";".join(f"{x},{y}" for x, y in DRAWN)
    for link, query in (
        (f"area={area}", EventQuery(polygon=AREA)),
        ("at=lachin_khankendi_road", EventQuery(place_ids=frozenset({"lachin_khankendi_road"}))),
    ):
        app.open(f"/?{link}")
        assert _painted(app) == app.counts()
        wanted = _counts_of(grid_workspace, query)
        assert app.counts() == wanted
        assert wanted["shown"] > 0


def test_closer_view_brings_events_that_open_their_card(app: App) -> None:
    """Where few are in view each can be looked at, and far away they are counted again."""
    app.open()
    counts = _painted(app)
    frame = app.map_frame()
    frame.evaluate("() => map.setView([39.9, 46.4], 12, { animate: false })")
    app.page.wait_for_timeout(1500)
    assert _painted(app) == counts
    layer = frame.evaluate(LAYER)
    assert layer["partial"]
    assert layer["cells"] is None
    assert layer["events"] <= LIMIT
    frame.evaluate("() => map.setView([39.76, 46.75], 11, { animate: false })")
    app.page.wait_for_timeout(1500)
    app.settle()
    assert "Of this view" in frame.locator(".geomap-legend").inner_text()
    app.pick_an_event()
    card = app.page.get_by_role("region", name="Details")
    card.get_by_text("Where", exact=True).wait_for()
    assert parse_qs(urlsplit(app.page.url).query)["event"]

    app.page.get_by_role("button", name="Fit").click()
    app.page.wait_for_timeout(1500)
    assert _painted(app) == counts
    layer = frame.evaluate(LAYER)
    assert layer["mode"] == "grid"
    assert layer["events"] == counts["shown"] + counts["possible"]
