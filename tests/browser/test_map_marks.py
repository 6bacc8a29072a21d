"""What each kind of event looks like, looked up in the pixels that Chromium drew."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from shapely.geometry import LineString, MultiPoint, Point, Polygon
from tests.browser.modules import open_modules

from geomap.maps.pack import pack_events
from geomap.tables import events_table

pytestmark = pytest.mark.browser

DAY = date(2022, 12, 12)
MODULES = """
import { CellCounts } from "/maps/js/events/cells.js";
import { EventLayer } from "/maps/js/events/layer.js";
import { mercator } from "/maps/js/shared/mercator.js";
Object.assign(globalThis, { CellCounts, EventLayer, mercator });
"""
OPEN_MAP = """([bytes, centre, zoom]) => {
  window.map = L.map("map", { center: centre, zoom, zoomControl: false, zoomAnimation: false });
  window.layer = new EventLayer(null, { channel: "marks" }).addTo(map);
  return layer.load(new Uint8Array(bytes).buffer).then(() => layer.drawNow());
}"""
PIXELS = """([longitude, latitude, dx, dy]) => {
  const { view } = layer;
  const [x, y] = mercator(longitude, latitude);
  const left = Math.round(x * view.scale - view.left + dx * view.dpr);
  const top = Math.round(y * view.scale - view.top + dy * view.dpr);
  return [...layer.ctx.getImageData(left, top, 1, 1).data];
}"""
ROWS_AT = """([longitude, latitude]) => {
  const point = map.latLngToContainerPoint([latitude, longitude]);
  return layer.rowsAt(point).length;
}"""
WINDOW = """([from, to]) => {
  layer.receive({ window: [from, to], moving: false });
  layer.drawNow();
  return layer.counts();
}"""


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """Yield a page with the map's scripts that fails the test when one of them fails."""
    page = chromium.new_page(viewport={"width": 700, "height": 500})
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    open_modules(page, "<div id=map style='width:600px;height:400px'></div>", MODULES)
    yield page
    page.close()
    assert problems == []


def event(event_id: str = "one", **others: Any) -> dict[str, Any]:
    """Return a record of an exact event of one day at 47 E, 40 N."""
    record = {
        "event_id": event_id,
        "event_date": DAY,
        "event_date_end": DAY,
        "date_precision": "day",
        "event_type": "Protests",
        "geo_precision": "exact",
        "status": "reported",
        "geometry": Point(47, 40),
    }
    return {**record, **others}


def show(page: Page, *records: dict[str, Any], centre: Any = (40, 47), zoom: int = 9) -> None:
    """Open a map that holds these events."""
    packed = pack_events(events_table(list(records)))
    page.evaluate(OPEN_MAP, [list(packed.blob), list(centre), zoom])


def alpha(page: Page, longitude: float, latitude: float, dx: float = 0, dy: float = 0) -> int:
    """Return how opaque the layer is at a place, so many pixels aside."""
    value: int = page.evaluate(PIXELS, [longitude, latitude, dx, dy])[3]
    return value


def pixels_of(km: float, latitude: float, zoom: int) -> float:
    """Return how many pixels a length on the ground has, from the definition of Web Mercator."""
    metres_a_pixel: float = 40_075_016.7 * math.cos(math.radians(latitude)) / (256 * 2**zoom)
    return float(km * 1000 / metres_a_pixel)


def test_exact_event_is_a_filled_mark(page: Page) -> None:
    """The plainest case, so that the others are told from it."""
    show(page, event())

    assert alpha(page, 47, 40) == 255
    assert alpha(page, 47, 40, dx=9) == 0


@pytest.mark.parametrize("precision", ["admin2", "admin1", "region", "country"])
def test_area_event_draws_no_pin_at_its_middle(page: Page, precision: str) -> None:
    """Nothing happened at a centroid: there is hatching at most, and a rim far from it."""
    show(page, event(geo_precision=precision, uncertainty_km=20.0))
    rim = pixels_of(20, 40, 9)

    near = range(-3, 4)
    middle = [alpha(page, 47, 40, dx, dy) for dx in near for dy in near]
    around = [
        max(alpha(page, 47, 40, dx=rim + d, dy=dy) for d in (-1, 0, 1)) for dy in range(-9, 9)
    ]
    assert max(middle) < 128
    assert max(around) > 200


@pytest.mark.parametrize("zoom", [8, 10])
def test_disc_of_a_near_event_has_the_stated_radius(page: Page, zoom: int) -> None:
    """Ten kilometres are ten kilometres at every zoom."""
    show(page, event(geo_precision="near", uncertainty_km=10.0), zoom=zoom)
    radius = pixels_of(10, 40, zoom)

    inside = alpha(page, 47, 40, dy=-(radius - 3))
    outside = alpha(page, 47, 40, dy=-(radius + 3))
    assert 0 < inside < 128
    assert outside == 0


def test_window_includes_both_of_its_ends(page: Page) -> None:
    """A window of one day shows that day; the day before and the day after do not."""
    show(page, event())

    shown = [
        page.evaluate(WINDOW, [from_, to])["shown"]
        for from_, to in [
            ("2022-12-12", "2022-12-12"),
            ("2022-12-01", "2022-12-12"),
            ("2022-12-12", "2022-12-31"),
            ("2022-12-13", "2022-12-31"),
            ("2022-12-01", "2022-12-11"),
        ]
    ]
    assert shown == [1, 1, 1, 0, 0]


def test_ongoing_event_that_began_before_the_window_is_shown_and_marked(page: Page) -> None:
    """A siege of years is found in each of its weeks."""
    still: dict[str, Any] = {
        "event_date_end": None,
        "date_precision": "open",
        "last_confirmed": date(2023, 4, 1),
    }
    show(page, event(**still))

    counts = page.evaluate(WINDOW, ["2023-03-01", "2023-03-31"])
    assert (counts["shown"], counts["possible"]) == (1, 0)
    assert alpha(page, 47, 40, dy=-9) == 0  # the ring is open at the top
    assert alpha(page, 47, 40, dx=9) > 128


def test_possible_event_is_hollow_and_counted_apart(page: Page) -> None:
    """Some day in December is not the twelfth."""
    month: dict[str, Any] = {"event_date": date(2022, 12, 1), "event_date_end": date(2022, 12, 31)}
    show(page, event(**month, date_precision="month"))

    counts = page.evaluate(WINDOW, ["2022-12-12", "2022-12-12"])
    assert (counts["shown"], counts["possible"]) == (0, 1)
    assert page.evaluate(PIXELS, [47, 40, 0, 0]) == [255, 255, 255, 255]


def test_denied_event_has_a_slash(page: Page) -> None:
    """What did not happen must not look as if it had."""
    show(page, event(status="denied"))

    assert max(page.evaluate(PIXELS, [47, 40, 0, 0])[:3]) < 80
    assert page.evaluate(PIXELS, [47, 40, 2, 2])[:3] == [0, 114, 178]  # the disc keeps its colour


def test_events_on_one_spot_are_one_mark_with_all_of_them_behind_it(page: Page) -> None:
    """Three thousand reports from one town square can each be reached."""
    show(page, *(event(f"e{number}") for number in range(3000)))

    assert page.evaluate("() => layer.picture.groups.map((group) => group.number)") == [3000]
    assert page.evaluate(ROWS_AT, [47, 40]) == 3000


def test_road_and_zone_are_drawn_as_line_and_outline(page: Page) -> None:
    """A road is not a pin in its middle."""
    road = LineString([(46.8, 40), (47.0, 40.05), (47.2, 40)])
    zone = Polygon([(46.8, 39.8), (47.2, 39.8), (47.2, 39.9), (46.8, 39.9)])
    show(
        page,
        event("road", geometry=road, geo_precision="line"),
        event("zone", geometry=zone, geo_precision="zone"),
    )

    assert alpha(page, 46.9, 40.025) > 230
    assert page.evaluate(ROWS_AT, [47.1, 40.025]) == 1
    assert page.evaluate(ROWS_AT, [47.0, 39.85]) == 1
    assert max(alpha(page, 47.0, 39.85, dx, 0) for dx in range(-3, 4)) < 128


@pytest.mark.parametrize(
    ("longitude", "latitude", "centre"),
    [
        (0, 0, (0, 0)),
        (180, 10, (10, 179)),
        (-180, 10, (10, 179)),
        (-179.5, 10, (10, 179)),
        (30, 89.9, (85, 30)),
        (30, -90, (-85, 30)),
    ],
)
def test_marks_at_the_edges_of_the_world_are_drawn_and_can_be_clicked(
    page: Page, longitude: float, latitude: float, centre: tuple[float, float]
) -> None:
    """Null island, the date line and the poles are places too."""
    show(page, event(geometry=Point(longitude, latitude)), centre=centre, zoom=4)

    drawn = page.evaluate("() => layer.picture.groups.map(({ x, y, size }) => [x, y, size])")
    assert len(drawn) == 1
    x, y, _ = drawn[0]
    inside = page.evaluate("() => [layer.view.width, layer.view.height]")
    assert 0 <= x <= inside[0]
    assert 0 <= y <= inside[1]


@pytest.mark.parametrize("density", ["on", "off"])
def test_dense_views_count_every_event_once(page: Page, density: str) -> None:
    """Hexagons and small marks hold what the counts say, areas apart and no pin for them."""
    records = [
        event(f"e{i}", geometry=Point(46 + (i % 97) / 50, 39.5 + (i % 89) / 100))
        for i in range(5000)
    ]
    records += [event(f"a{i}", geo_precision="admin1", uncertainty_km=15.0) for i in range(40)]
    records += [event("two", geometry=MultiPoint([(46.5, 40), (47.5, 40)]))]
    show(page, *records, zoom=8)

    told = page.evaluate(
        """(density) => {
             layer.receive({ density });
             layer.drawNow();
             const { counts, cells } = layer.picture.cellsOf(layer.view);
             const sum = (from, to) => counts.sure.subarray(from, to).reduce((a, b) => a + b, 0);
             return { mode: layer.picture.mode, shown: layer.counts().shown,
                      hexagons: sum(0, cells.hexes),
                      areas: sum(cells.hexes, cells.hexes + cells.sites.length) };
           }""",
        density,
    )
    assert told["mode"] == {"on": "hexagons", "off": "stamps"}[density]
    assert told["shown"] == 5041
    assert told["hexagons"] == 5002  # markers: the event of two places has two
    assert told["areas"] == 40


def test_dense_counts_follow_a_window_that_moves_in_steps_and_jumps(page: Page) -> None:
    """Counting by difference must come to what counting anew comes to."""
    days = [date(2022, 1, 1 + i % 28) for i in range(3000)]
    records = [
        event(f"e{i}", event_date=day, event_date_end=day, geometry=Point(46 + i % 7 / 10, 40))
        for i, day in enumerate(days)
    ]
    show(page, *records, zoom=8)

    differences = page.evaluate(
        """() => {
             layer.receive({ density: "on" });
             const start = layer.data.dayFirst;
             const { cells, counts } = layer.picture.cellsOf(layer.view);
             const odd = [];
             for (const [a, b] of [[0, 5], [1, 6], [3, 4], [20, 27], [0, 27], [10, 9], [2, 2]]) {
               counts.move(start + a, start + b);
               const anew = new CellCounts(layer.data, cells);
               anew.move(start + a, start + b);
               if (!anew.sure.every((n, i) => n === counts.sure[i])) odd.push([a, b]);
             }
             return odd;
           }"""
    )
    assert differences == []
