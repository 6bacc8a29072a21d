"""The map's scripts in Chromium: the same counts as Python, and no text that runs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Browser, Dialog, Page, Request
from shapely.geometry import LineString, MultiPoint, Point, Polygon
from tests.browser.modules import open_modules

from geomap.exports.html_page import export_html
from geomap.maps.assets import (
    MAP_SCRIPTS,
    MAP_STYLES,
    asset_dirs,
    component_files,
    data_uri,
    use_assets,
)
from geomap.maps.map_layers import EventLayer, base_map
from geomap.maps.pack import PackedEvents, pack_bits, pack_events
from geomap.maps.place_layer import place_layers, places_json
from geomap.maps.time_component import timeline_data
from geomap.model import DatePrecision
from geomap.query import EventQuery, count_events, day_histogram
from geomap.tables import empty_events, events_table

pytestmark = pytest.mark.browser

HOSTILE = "${alert(1)} `${alert(1)}` </script><img src=x onerror=alert(1)> \\1"
BOUNDS = (44.5, 38.5, 50.5, 42.0)
LAST_PAINT = "performance.getEntriesByName('geomap:painted').at(-1)?.detail ?? null"
LAST_WINDOW = "performance.getEntriesByName('geomap:window').at(-1)?.detail ?? null"
WINDOWS = [
    (None, None),
    (date(2022, 12, 1), date(2022, 12, 31)),
    (date(2022, 12, 12), date(2022, 12, 12)),
    (date(2023, 3, 5), None),
    (None, date(2022, 10, 3)),
    (date(2030, 1, 1), date(2030, 1, 2)),
]


def many_events() -> gpd.GeoDataFrame:
    """Return 400 events of all precisions, forms and statuses, some undated or unplaced."""
    dice = np.random.default_rng(7)
    shapes = [
        LineString([(46.55, 39.64), (46.75, 39.82)]),
        Polygon([(46.4, 39.6), (46.9, 39.6), (47.1, 40.1)]),
        MultiPoint([(48, 39), (48.5, 39.3)]),
        None,
    ]
    records: list[dict[str, Any]] = []
    for number in range(400):
        precision = str(dice.choice([*DatePrecision, "day", "day", "day"]))
        start = date(2022, 9, 1) + timedelta(days=int(dice.integers(250)))
        end = start + timedelta(days=int(dice.integers(40)) * int(dice.integers(2)))
        at = Point(dice.normal(47, 1), dice.normal(40, 0.7))
        is_open, dated = precision == "open", number % 37 > 0
        records.append(
            {
                "event_id": f"set:{number}",
                "event_date": start if dated else None,
                "event_date_end": end if dated and not is_open else None,
                "last_confirmed": end if dated and is_open and number % 2 else None,
                "date_precision": precision if dated else None,
                "event_type": str(dice.choice(["Battles", "Talks", HOSTILE])),
                "title": HOSTILE,
                "geo_precision": str(dice.choice(["exact", "near", "admin1", "unknown"])),
                "uncertainty_km": 7.0,
                "status": str(dice.choice(["reported", "denied"])),
                "source": HOSTILE,
                "source_url": "javascript:alert(1)",
                "geometry": shapes[number % 4] if number % 11 == 0 else at,
            }
        )
    return events_table(records)


@pytest.fixture(scope="module")
def events() -> gpd.GeoDataFrame:
    """Return the events of every test here; none changes them."""
    return many_events()


@pytest.fixture(scope="module")
def place_table() -> gpd.GeoDataFrame:
    """Return one zone with a hostile name."""
    return gpd.GeoDataFrame(
        {"place_id": ["zone"], "name": [HOSTILE], "kind": ["zone"], "uncertainty_km": [2.0]}
        | {"valid_from": [None], "valid_to": [None]},
        geometry=[Polygon([(45.2, 40.8), (46.0, 40.8), (46.0, 41.4), (45.2, 41.4)])],
        crs="EPSG:4326",
    )


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """Yield a page that may ask this machine only and fails the test when a script fails."""
    page = chromium.new_page(viewport={"width": 1200, "height": 800})
    problems: list[str] = []

    def refuse(dialog: Dialog) -> None:
        problems.append(dialog.message)
        dialog.dismiss()

    def watch(request: Request) -> None:
        if request.url.startswith("http") and "//127.0.0.1:" not in request.url:
            problems.append(request.url)

    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("dialog", refuse)
    page.on("request", watch)
    yield page
    page.close()
    assert problems == []


def exported(events: gpd.GeoDataFrame, window: Any, places: gpd.GeoDataFrame | None = None) -> str:
    """Return the exported page of a window."""
    query = EventQuery(start=window[0], end=window[1])
    return export_html(
        events,
        title=HOSTILE,
        counts=count_events(events, query).as_dict(),
        window=window,
        places=places,
        bounds=BOUNDS,
    )


def open_export(page: Page, path: Path, text: str) -> None:
    """Open an exported page and wait for its first painting."""
    path.write_text(text, encoding="utf-8")
    page.goto(path.as_uri())
    page.wait_for_function(f"() => {LAST_PAINT}")


def move_window(page: Page, start: str, end: str) -> None:
    """Type a window and wait until the map has painted it."""
    page.get_by_label("From", exact=True).fill(start)
    page.get_by_label("From", exact=True).press("Enter")
    page.get_by_label("To", exact=True).fill(end)
    page.get_by_label("To", exact=True).press("Enter")
    page.wait_for_function(
        f"() => {{ const d = {LAST_PAINT}; return d.from === '{start}' && d.to === '{end}' }}"
    )


@pytest.mark.parametrize("window", WINDOWS)
def test_counts_in_the_browser_equal_counts_in_python(
    page: Page, tmp_path: Path, events: gpd.GeoDataFrame, window: Any
) -> None:
    """One rule of time, in two languages: the numbers must never differ."""
    counts = count_events(events, EventQuery(start=window[0], end=window[1]))

    open_export(page, tmp_path / "map.html", exported(events, window))

    painted = page.evaluate(LAST_PAINT)
    assert (painted["shown"], painted["possible"]) == (counts.shown, counts.possible)
    assert page.get_by_test_id("geomap-live-counts").inner_text() == counts.sentence()


MODULES = """
import { EventsData } from "/maps/js/events/data.js";
import { readBits } from "/maps/js/events/filter.js";
import { facetsOf, histogramOf } from "/maps/js/events/tallies.js";
import { daysOf } from "/maps/js/shared/days.js";
Object.assign(globalThis, { EventsData, readBits, facetsOf, histogramOf, daysOf });
"""


@pytest.fixture
def scripts(page: Page) -> Page:
    """Return a page that has the modules of the packed events and nothing on it."""
    open_modules(page, "", MODULES)
    return page


READ = """([bytes, bits]) => {
  window.data = new EventsData(new Uint8Array(bytes).buffer);
  window.bits = bits && readBits(new Uint8Array(bits).buffer);
}"""


def read_events(page: Page, packed: PackedEvents, bits: bytes | None = None) -> None:
    """Have the page read packed events as `data`."""
    page.evaluate(READ, [list(packed.blob), list(bits) if bits else None])


def test_events_that_are_only_possible_at_a_place_stay_possible(
    scripts: Page, events: gpd.GeoDataFrame
) -> None:
    """A verdict of possible is not made certain by the dates."""
    packed = pack_events(events)
    rows = packed.header["rows"]
    read_events(scripts, packed, pack_bits(np.ones(rows, bool), np.zeros(rows, bool)))

    counted = scripts.evaluate("() => { data.filter({}, bits); return data.countIn(-1e9, 1e9); }")

    assert (counted["shown"], counted["possible"]) == (0, packed.events)


def random_query(dice: np.random.Generator) -> EventQuery:
    """Return a window, open or not, and filters on some of the columns."""
    days = sorted(date(2022, 8, 20) + timedelta(days=int(d)) for d in dice.integers(0, 300, 2))
    some = {
        "types": ["Battles", "Talks", HOSTILE],
        "sources": [HOSTILE, "nobody"],
        "statuses": ["reported", "denied"],
        "precisions": ["exact", "near", "day", "month", "open", "admin1"],
    }
    chosen: dict[str, Any] = {
        name: frozenset(dice.choice(words, int(dice.integers(1, len(words) + 1)), replace=False))
        for name, words in some.items()
        if dice.random() < 0.4
    }
    start, end = (day if dice.random() < 0.8 else None for day in days)
    return EventQuery(start=start, end=end, **chosen)


COUNT = """([filters, from, to]) => {
  data.filter(filters, null);
  return data.countIn(...daysOf([from, to]));
}"""


def filters_of(query: EventQuery) -> dict[str, list[str]]:
    """Return a query's words as the filters component says them."""
    return {
        "type": sorted(query.types),
        "source": sorted(query.sources),
        "status": sorted(query.statuses),
        "precision": sorted(query.precisions),
    }


def test_seven_counts_equal_pythons_for_random_windows_and_filters(
    scripts: Page, events: gpd.GeoDataFrame
) -> None:
    """What the page says while one drags is what `geomap events` says."""
    dice = np.random.default_rng(20)
    read_events(scripts, pack_events(events))
    for _ in range(60):
        query = random_query(dice)
        days = [None if day is None else day.isoformat() for day in (query.start, query.end)]

        counted = scripts.evaluate(COUNT, [filters_of(query), *days])

        assert counted == count_events(events, query).as_dict(), query


def test_histogram_equals_pythons_and_follows_the_filters(
    scripts: Page, events: gpd.GeoDataFrame
) -> None:
    """Bars of categories add up to the bars of all, the possible ones apart."""
    read_events(scripts, pack_events(events))
    query = EventQuery(types=frozenset({"Battles", "Talks"}))
    told = scripts.evaluate(
        """(filters) => {
             data.filter(filters, null);
             const { first, series, possible } = histogramOf(data, "type");
             return { first, possible: [...possible], shown: series.map((one) => [...one.shown]) };
           }""",
        filters_of(query),
    )

    expected = day_histogram(events, query)
    offset = (expected.index[0] - pd.Timestamp(0)).days - told["first"]
    shown = np.sum(told["shown"], axis=0)
    assert list(shown[offset : offset + len(expected)]) == list(expected["shown"])
    assert told["possible"][offset : offset + len(expected)] == list(expected["possible"])
    assert shown.sum() == expected["shown"].sum()


def test_numbers_beside_the_filters_leave_their_own_filter_aside(
    scripts: Page, events: gpd.GeoDataFrame
) -> None:
    """A reader sees how many he would get by ticking another word."""
    read_events(scripts, pack_events(events))
    query = EventQuery(types=frozenset({"Battles"}), statuses=frozenset({"denied"}))
    told = scripts.evaluate(
        """(filters) => {
             data.filter(filters, null);
             const { facets } = facetsOf(data, -Infinity, Infinity, "type");
             return { type: [...facets.type], words: data.columns.type.words };
           }""",
        filters_of(query),
    )

    for word, number in zip(told["words"], told["type"], strict=True):
        alone = EventQuery(types=frozenset({word}), statuses=query.statuses)
        counts = count_events(events, alone)
        assert number == counts.shown + counts.possible


def test_typed_dates_move_the_map_and_a_wrong_one_is_named(
    page: Page, tmp_path: Path, events: gpd.GeoDataFrame
) -> None:
    """The slider is not the only way, and a slip is told rather than guessed."""
    open_export(page, tmp_path / "map.html", exported(events, (None, None)))

    move_window(page, "2022-12-12", "2022-12-20")
    counts = count_events(events, EventQuery(start=date(2022, 12, 12), end=date(2022, 12, 20)))
    page.get_by_label("To", exact=True).fill("2022-13-40")
    page.get_by_label("To", exact=True).press("Enter")

    assert page.evaluate(LAST_PAINT)["shown"] == counts.shown
    assert page.evaluate(LAST_WINDOW) == {"from": "2022-12-12", "to": "2022-12-20"}
    assert page.get_by_role("alert").inner_text().startswith("To is not a date")


def test_the_slider_obeys_keys_and_buttons(
    page: Page, tmp_path: Path, events: gpd.GeoDataFrame
) -> None:
    """Everything the pointer can do, the keyboard can."""
    start = (date(2022, 12, 12), date(2022, 12, 14))
    open_export(page, tmp_path / "map.html", exported(events, start))
    slider = page.get_by_role("slider", name="Date range")

    reached = []
    for key in ("ArrowRight", "Shift+ArrowRight", "ArrowLeft", "ArrowUp", "Home"):
        slider.press(key)
        reached.append(tuple(page.evaluate(LAST_WINDOW).values()))
    page.get_by_role("button", name="Month").click()
    month = page.evaluate(LAST_WINDOW)
    page.get_by_role("button", name="All").click()
    everything = page.evaluate(LAST_WINDOW)

    first = day_histogram(events, EventQuery()).index[0].date()
    assert reached[:4] == [
        ("2022-12-13", "2022-12-15"),
        ("2022-12-20", "2022-12-22"),
        ("2022-12-19", "2022-12-21"),
        ("2022-12-19", "2022-12-22"),
    ]
    assert reached[4][0] == month["from"] == first.isoformat()
    assert everything == {"from": None, "to": None}


def test_an_empty_workspace_has_a_map_and_no_made_up_dates(page: Page, tmp_path: Path) -> None:
    """Nothing to show is shown as nothing, not as the first of January 1970."""
    open_export(page, tmp_path / "map.html", exported(empty_events(), (None, None)))

    page.get_by_role("button", name="Play").click()
    page.get_by_role("slider", name="Date range").press("ArrowRight")

    painted = page.evaluate(LAST_PAINT)
    assert {name for name, value in painted.items() if value} == set()
    assert page.get_by_label("From", exact=True).input_value() == ""


def test_play_moves_the_window_until_it_is_stopped(
    page: Page, tmp_path: Path, events: gpd.GeoDataFrame
) -> None:
    """The button says what it will do and does it."""
    start = (date(2022, 9, 1), date(2022, 9, 30))
    open_export(page, tmp_path / "map.html", exported(events, start))
    play = page.get_by_role("button", name="Play")

    play.click()
    page.wait_for_function(f"() => ({LAST_WINDOW}).from > '2022-09-03'")
    assert play.get_attribute("aria-pressed") == "true"
    play.click()

    assert play.get_attribute("aria-pressed") == "false"


def test_dragging_on_the_histogram_makes_a_window(
    page: Page, tmp_path: Path, events: gpd.GeoDataFrame
) -> None:
    """A brush from a third to a half of the days."""
    open_export(page, tmp_path / "map.html", exported(events, (None, None)))
    box = page.get_by_role("slider", name="Date range").bounding_box()
    assert box is not None

    page.mouse.move(box["x"] + box["width"] / 3, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 20, steps=4)
    page.mouse.up()

    days = day_histogram(events, EventQuery()).index
    window = page.evaluate(LAST_WINDOW)
    assert window["from"] == f"{days[len(days) // 3]:%Y-%m-%d}"
    assert abs(date.fromisoformat(window["to"]) - days[len(days) // 2].date()) <= timedelta(days=1)


def test_hostile_texts_are_shown_and_do_not_run(
    page: Page, tmp_path: Path, events: gpd.GeoDataFrame, place_table: gpd.GeoDataFrame
) -> None:
    """Titles, types, sources, links and place names come from strangers."""
    open_export(page, tmp_path / "map.html", exported(events, (None, None), place_table))

    page.get_by_role("region", name="Map of events").focus()
    page.keyboard.press("n")
    page.keyboard.press("Enter")
    card = page.locator("#card")
    assert HOSTILE in card.inner_text()
    assert card.locator("img, script, a").count() == 0
    page.locator("[role=button][aria-label*='onerror']").press("Enter")
    assert card.locator("h2").inner_text() == HOSTILE
    page.locator(".geomap-legend ul b").first.wait_for()
    assert page.locator(".geomap-legend img").count() == 0
    assert HOSTILE in page.locator(".geomap-legend").inner_text()


def test_a_click_on_a_marker_names_the_event(page: Page, tmp_path: Path) -> None:
    """An event on the map is one click away from its record."""
    lone = many_events().iloc[[1]].assign(title="The one", geo_precision="exact")
    lone = lone.set_geometry([Point(47.5, 40.264)], crs="EPSG:4326")  # the middle of BOUNDS
    open_export(page, tmp_path / "map.html", exported(lone, (None, None)))

    page.locator("#map").click()

    assert page.locator("#card h2").inner_text() == "The one"


@pytest.fixture
def served_map(
    tmp_path: Path, events: gpd.GeoDataFrame, place_table: gpd.GeoDataFrame
) -> Iterator[str]:
    """Serve a page with the time control and, in a frame, the map that folium renders."""
    for mount, folder in asset_dirs().items():
        (tmp_path / mount).symlink_to(folder, target_is_directory=True)
    (tmp_path / "events.gme").write_bytes(pack_events(events).blob)
    use_assets(lambda mount, file: f"{mount}/{file}")
    figure = base_map(bounds=BOUNDS, channel="secret")
    EventLayer(channel="secret").add_to(figure)
    (tmp_path / "places.json").write_bytes(places_json(place_table))
    place_layers("places.json", channel="secret").add_to(figure)
    figure.save(str(tmp_path / "map.html"))
    use_assets(data_uri)
    files = component_files("timeline")
    (tmp_path / "timeline.js").write_text(files["js"], encoding="utf-8")
    (tmp_path / "index.html").write_text(
        f"<!DOCTYPE html><meta charset=utf-8><style>{files['css']}</style>"
        f"<div id=host>{files['html']}</div>"
        '<iframe src="map.html" style="width:900px;height:500px"></iframe>',
        encoding="utf-8",
    )

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            """Keep the tests' output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/index.html"
    server.shutdown()
    server.server_close()


def test_the_control_drives_a_map_in_another_frame_and_hears_its_picks(
    page: Page, served_map: str, events: gpd.GeoDataFrame
) -> None:
    """As in the dashboard: no server between the slider and the paint."""
    start = (date(2022, 12, 1), date(2022, 12, 31))
    query = EventQuery(start=start[0], end=start[1])
    data = timeline_data(
        channel="secret",
        src="events.gme",
        window=start,
        counts=count_events(events, query).as_dict(),
    )
    page.goto(served_map)
    page.evaluate(
        """async (data) => {
            window.told = {};
            const { default: mount } = await import("./timeline.js");
            mount({ data, parentElement: document.getElementById("host"),
                    setStateValue: (name, value) => { window.told[name] = value; } });
        }""",
        data,
    )
    frame = page.frames[1]
    frame.wait_for_function(f"() => ({LAST_PAINT})?.from === '2022-12-01'")

    page.get_by_role("slider", name="Date range").press("Shift+ArrowRight")
    frame.wait_for_function(f"() => ({LAST_PAINT}).from === '2022-12-08'")
    page.wait_for_function("() => window.told.range")
    moved = count_events(events, EventQuery(start=date(2022, 12, 8), end=date(2023, 1, 7)))
    frame.locator(".leaflet-container").focus()
    page.keyboard.press("n")
    page.keyboard.press("Enter")
    page.wait_for_function("() => window.told.picked")

    assert page.evaluate("window.told.range") == ["2022-12-08", "2023-01-07"]
    assert page.get_by_test_id("geomap-live-counts").inner_text() == moved.sentence()
    assert page.evaluate("window.told.picked.row") < pack_events(events).header["rows"]
    assert len(frame.locator("link, script[src]").all()) == len(MAP_SCRIPTS) + len(MAP_STYLES)


def test_table_of_a_saved_map_follows_filters_and_opens_events_by_key(
    page: Page, tmp_path: Path, events: gpd.GeoDataFrame
) -> None:
    """What is on the map can be read as lines too, with the keyboard alone."""
    open_export(page, tmp_path / "map.html", exported(events, (None, None)))
    page.locator("#table summary").first.click()
    page.get_by_text("Filters and colours").click()

    page.get_by_role("checkbox", name="Talks").check()
    counts = count_events(events, EventQuery(types=frozenset({"Talks"})))
    visible = counts.shown + counts.possible
    page.get_by_text(f"{visible} events on the map").wait_for()
    grid = page.get_by_role("grid", name="Events on the map")
    grid.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    assert page.locator("#card h2").inner_text() == HOSTILE
    assert page.locator("#card dd").all_inner_texts()[1] == "Talks"
    assert int(grid.get_attribute("aria-rowcount") or 0) == visible + 1
    assert page.get_by_role("row").count() < 40  # only the lines in sight are in the page
    assert page.evaluate("performance.getEntriesByType('resource').length") == 0
