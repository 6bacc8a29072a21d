"""What stands around the events, in Chromium: background, names, places, tools."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from playwright.sync_api import Browser, Page, Request
from shapely.geometry import LineString, Point, Polygon

from geomap.maps.assets import data_address, data_uri, use_assets
from geomap.maps.map_layers import base_map
from geomap.maps.place_layer import place_layers, places_json
from geomap.model import PlaceName
from geomap.symbology.map_choices import TILES

pytestmark = pytest.mark.browser

MAP = "Object.values(window).find(one => one instanceof L.Map)"
NAMES = (
    f"(() => {{ let boxes; {MAP}.eachLayer(one => (boxes = one.boxes ?? boxes)); return boxes }})()"
)
TELL = "message => new BroadcastChannel('geomap:test').postMessage(message)"
PIXELS = "() => document.querySelector('.leaflet-geomap-ground-pane canvas').toDataURL()"

Open = Callable[..., Page]


@pytest.fixture
def places() -> gpd.GeoDataFrame:
    """Return a road in two versions, a zone, a mine, and a country known by a point."""
    forms = (PlaceName("Their town", "en", "Side A"), PlaceName("Our town", "en", "Side B"))
    rows: list[tuple[str, str, str, str | None, str | None, Any]] = [
        ("road", "Road", "road", None, "2022-08-30", LineString([(46, 39.5), (46.6, 39.7)])),
        ("road", "Road", "road", "2022-08-30", None, LineString([(46, 39.4), (46.6, 39.6)])),
        ("zone", "Zone", "zone", "2020-11-10", "2023-09-20",
         Polygon([(46.2, 39.9), (46.9, 39.9), (46.9, 40.4)])),
        ("town", "Their town", "city", None, None, Point(46.75, 39.82)),
        ("mine", "Mine", "facility", "2021-01-01", "2021-01-01", Point(46.9, 40.6)),
        ("land", "Land", "country", None, None, Point(47.5, 40.3)),
    ]  # fmt: skip
    ids, names, kinds, starts, ends, shapes = zip(*rows, strict=True)
    columns = {
        "place_id": ids, "name": names, "kind": kinds, "uncertainty_km": None,
        "valid_from": pd.to_datetime(pd.Series(starts)),
        "valid_to": pd.to_datetime(pd.Series(ends)),
        "names": pd.Series([forms if one == "town" else () for one in ids], dtype="object"),
    }  # fmt: skip
    return gpd.GeoDataFrame(columns, geometry=list(shapes), crs="EPSG:4326")


@pytest.fixture
def open_map(chromium: Browser, tmp_path: Path) -> Iterator[Open]:
    """Yield how to open a map that folium saved; the page may ask no server for anything."""
    use_assets(data_uri)
    opened: list[Page] = []
    problems: list[str] = []
    asked: list[str] = []

    def watch(request: Request) -> None:
        if not request.url.startswith(("file:", "data:", "blob:")):
            asked.append(request.url)

    def open_one(
        *layers: Any, size: tuple[int, int] = (1000, 700), loads: bool = True, **options: Any
    ) -> Page:
        look = {"center": (46.6, 40.0), "zoom": 8, "channel": "test", "area": True, **options}
        figure = base_map(**look)
        for layer in layers:
            layer.add_to(figure)
        figure.save(str(tmp_path / "map.html"))
        page = chromium.new_page(viewport={"width": size[0], "height": size[1]})
        opened.append(page)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("request", watch)
        page.route("https://**", lambda route: route.abort())
        page.goto((tmp_path / "map.html").as_uri())
        page.wait_for_function("() => performance.getEntriesByName('geomap:basemap').length")
        if layers and loads:
            page.wait_for_function("() => performance.getEntriesByName('geomap:places').length")
        page.evaluate(
            "() => { window.told = []; window.bus = new BroadcastChannel('geomap:test');"
            " bus.addEventListener('message', event => window.told.push(event.data)) }"
        )
        settle(page)
        return page

    open_one.asked = asked  # type: ignore[attr-defined]  # what one test looks at
    yield open_one
    for page in opened:
        page.close()
    assert problems == []
    assert all(url.startswith("https://tile.openstreetmap.org/") for url in asked)


def settle(page: Page) -> None:
    """Wait until what was asked for is painted."""
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 60)))")


def layer_of(places: gpd.GeoDataFrame) -> Any:
    """Return the places as a layer that carries them inside the page."""
    return place_layers(data_address(places_json(places)), channel="test")


def furnish(page: Page, **settings: Any) -> None:
    """Tell the map its settings as the time control does."""
    page.evaluate(TELL, {"furniture": settings})
    settle(page)


def drawn(page: Page) -> Any:
    """Return the last area that the channel was told."""
    told = page.evaluate("() => window.told.filter(one => one.drawn !== undefined)")
    return told[-1]["drawn"] if told else "nothing"


def overlaps(boxes: list[list[float]]) -> int:
    """Return how many pairs of boxes meet."""
    return sum(
        one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]
        for number, one in enumerate(boxes)
        for other in boxes[:number]
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_names_do_not_overlap_and_grow_with_the_zoom(open_map: Open, theme: str) -> None:
    """Names over one another are no names."""
    page = open_map(zoom=3, center=(15.0, 45.0), theme=theme)
    named: dict[int, set[str]] = {}

    for zoom in (3, 5, 7, 9):
        page.evaluate(f"zoom => {MAP}.setView([52.4, 13.4], zoom, {{ animate: false }})", zoom)
        settle(page)
        boxes = page.evaluate(NAMES)
        named[zoom] = {box[4] for box in boxes}
        assert len(boxes) > 3
        assert overlaps(boxes) == 0

    assert "GERMANY" in named[5]
    assert "Berlin" in named[7]
    assert "Potsdam" in named[9] - named[5]


def test_the_set_of_boundaries_is_a_setting(open_map: Open) -> None:
    """Dashed, alike, or none: three different maps, and the same word gives the same map."""
    page = open_map(center=(127.0, 38.0), zoom=7)
    looks = {}

    for word in ("disputed dashed", "all alike", "none"):
        furnish(page, boundaries=word)
        looks[word] = page.evaluate(PIXELS)
    furnish(page, boundaries="disputed dashed")

    assert len(set(looks.values())) == 3
    assert page.evaluate(PIXELS) == looks["disputed dashed"]


def test_the_graticule_comes_and_goes(open_map: Open) -> None:
    """Lines with their degrees at the edges, at a spacing that follows the zoom."""
    page = open_map()
    pane = page.locator(".leaflet-geomap-graticule-pane canvas")
    assert pane.count() == 0

    furnish(page, graticule=True)
    labels = page.evaluate(
        f"() => {{ let labels; {MAP}.eachLayer(one => (labels = one.labels ?? labels));"
        " return labels.map(one => one[4]) }"
    )
    furnish(page, graticule=False)

    assert {"46° E", "46°30′ E", "40° N"} <= set(labels)
    assert pane.count() == 0


def shown_places(page: Page) -> list[str]:
    """Return the ids of the places that can be seen."""
    ids: list[str] = page.evaluate(
        "() => [...document.querySelectorAll('[data-place]')]"
        ".filter(one => one.style.display !== 'none').map(one => one.dataset.place).sort()"
    )
    return ids


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        ((None, None), ["mine", "road", "road", "town", "zone"]),
        (("2022-08-30", "2022-08-30"), ["road", "road", "town", "zone"]),
        (("2022-08-31", None), ["road", "town", "zone"]),
        (("2023-09-20", "2023-12-31"), ["road", "town", "zone"]),
        (("2023-09-21", "2023-12-31"), ["road", "town"]),
        ((None, "2020-11-09"), ["road", "town"]),
        ((None, "2020-11-10"), ["road", "town", "zone"]),
        (("2021-01-01", "2021-01-01"), ["mine", "road", "town", "zone"]),
    ],
)
def test_places_follow_the_window_with_both_ends(
    open_map: Open, places: gpd.GeoDataFrame, window: tuple[str | None, str | None], expected: Any
) -> None:
    """A zone holds on its first and on its last day, and no element is made anew."""
    page = open_map(layer_of(places))
    before = page.evaluate("() => (window.kept = document.querySelector('[data-place=zone]'), 1)")

    page.evaluate(TELL, {"window": window, "moving": True})
    settle(page)

    assert shown_places(page) == expected
    assert before
    assert page.evaluate("() => window.kept === document.querySelector('[data-place=zone]')")


def test_places_that_cannot_be_fetched_are_said_to_be_missing(open_map: Open) -> None:
    """A map without them would say that there are none."""
    page = open_map(place_layers("gone.json", channel="test"), loads=False)

    note = page.get_by_role("alert")
    note.wait_for()

    assert note.inner_text() == "The places could not be loaded. Reload the page to try again."
    assert shown_places(page) == []


def test_names_of_places_follow_the_policy(open_map: Open, places: gpd.GeoDataFrame) -> None:
    """On the map, in what is read out, and in the tooltip."""
    page = open_map(layer_of(places))
    heard = []

    for policy in ("source", "all", "side:Side B", "side:nobody"):
        furnish(page, names=policy)
        label = page.locator("[data-place=town]").get_attribute("aria-label")
        assert label in {box[4] for box in page.evaluate(NAMES)}
        heard.append(label)

    assert heard == ["Their town", "Their town / Our town", "Our town", "Their town"]


def test_enter_on_a_place_tells_which(open_map: Open, places: gpd.GeoDataFrame) -> None:
    """Roads and zones are reached without a pointer."""
    page = open_map(layer_of(places))

    page.locator("[data-place=zone]").press("Enter")

    assert page.evaluate("() => window.told.at(-1)") == {"place": "zone"}


def test_clicked_corners_make_an_area_that_can_be_removed(open_map: Open) -> None:
    """Clicks go to the drawing and not to what lies under it."""
    page = open_map()
    page.get_by_role("button", name="Draw an area").click()
    drawing = page.locator(".geomap-drawing")
    assert drawing.count() == 1

    for x, y in ((300, 200), (600, 200), (600, 500)):
        page.mouse.click(x, y)
        page.wait_for_timeout(20)
    page.mouse.click(301, 201)  # the first corner closes
    page.wait_for_timeout(120)
    area = drawn(page)
    assert drawing.count() == 0
    assert page.locator("path.geomap-area").count() == 1
    page.get_by_role("button", name="Remove the area").click()

    assert len(area) == 3
    assert area[0][0] < 46.6 < area[1][0]
    assert area[0][1] == pytest.approx(area[1][1])
    assert area[2][1] < 40.0 < area[1][1]
    assert drawn(page) is None
    assert page.get_by_role("button", name="Remove the area").is_hidden()


def test_a_double_click_ends_an_area_without_a_double_corner(open_map: Open) -> None:
    """The way most maps end a polygon."""
    page = open_map()
    page.get_by_role("button", name="Draw an area").click()

    page.mouse.click(300, 200)
    page.mouse.click(600, 200)
    page.mouse.dblclick(600, 500)

    assert len(drawn(page)) == 3
    assert page.evaluate(f"() => {MAP}.getZoom()") == 8


def test_a_dragged_rectangle_is_told_by_its_corners(open_map: Open) -> None:
    """South-west first, then round by the south-east."""
    page = open_map()
    page.get_by_role("button", name="Draw a rectangle").click()

    page.mouse.move(700, 500)
    page.mouse.down()
    page.mouse.move(500, 300, steps=4)
    page.mouse.up()

    west, south = drawn(page)[0]
    east, north = drawn(page)[2]
    assert drawn(page) == [[west, south], [east, south], [east, north], [west, north]]
    assert (west, east) == pytest.approx((46.6, 47.7), abs=0.02)
    assert south < 40.0 < north


def test_keys_alone_draw_a_polygon_and_a_rectangle(open_map: Open) -> None:
    """Space sets a corner at the cross; Backspace takes one back; Escape gives up."""
    page = open_map()
    page.get_by_role("button", name="Draw an area").press("Enter")
    move = f"at => {MAP}.setView(at, 8, {{ animate: false }})"
    for at in ([40, 46], [40, 47], [30, 30], [41, 47]):
        page.evaluate(move, at)
        page.keyboard.press("Space")
        if at == [30, 30]:
            page.keyboard.press("Backspace")
    page.keyboard.press("Enter")
    polygon = drawn(page)
    page.get_by_role("button", name="Draw a rectangle").press("Enter")
    page.keyboard.press("Enter")
    rectangle = drawn(page)
    page.get_by_role("button", name="Draw an area").press("Enter")
    page.keyboard.press("Enter")
    assert "three corners" in page.locator(".geomap-hint").inner_text()
    page.keyboard.press("Escape")

    expected = [[46, 40], [47, 40], [47, 41]]
    for corner, other in zip(polygon, expected, strict=True):
        assert corner == pytest.approx(other, abs=0.01)
    assert len(rectangle) == 4
    assert drawn(page) == rectangle
    assert page.get_by_role("button", name="Draw an area").get_attribute("aria-pressed") == "false"


def test_an_area_told_on_load_is_shown(open_map: Open) -> None:
    """A pasted link shows what it filters by."""
    page = open_map()

    page.evaluate(TELL, {"area": [[46, 39.5], [47, 39.5], [47, 40.2]]})
    assert page.locator("path.geomap-area").count() == 1
    page.evaluate(TELL, {"area": None})

    assert page.locator("path.geomap-area").count() == 0
    assert drawn(page) == "nothing"


def test_tiles_are_asked_for_only_when_chosen(open_map: Open) -> None:
    """And no more once the offline background is chosen again."""
    page = open_map()
    asked = open_map.asked  # type: ignore[attr-defined]  # set by the fixture
    assert asked == []

    furnish(page, tiles="OpenStreetMap")
    assert asked
    assert (
        TILES["OpenStreetMap"]["attribution"]
        in page.locator(".leaflet-control-attribution").inner_text()
    )
    furnish(page, tiles=None)
    number = len(asked)
    page.evaluate(f"() => {MAP}.setZoom(5, {{ animate: false }})")
    settle(page)

    assert len(asked) == number
    furnish(page, tiles="nobody's")
    tiles = f"let n = 0; {MAP}.eachLayer(one => (n += one instanceof L.TileLayer)); return n"
    assert page.evaluate(f"() => {{ {tiles} }}") == 0


@pytest.mark.parametrize("size", [(360, 560), (1280, 700)])
def test_nothing_on_the_map_overlaps(open_map: Open, size: tuple[int, int]) -> None:
    """Also on a phone, where the credits fold; every button has a name."""
    page = open_map(size=size)
    page.evaluate(TELL, {"area": [[46, 39.5], [47, 39.5], [47, 40.2]]})

    boxes = page.evaluate(
        "() => [...document.querySelectorAll('.leaflet-control')].map(one => one"
        ".getBoundingClientRect()).filter(b => b.width && b.height)"
        ".map(b => [b.left, b.top, b.right, b.bottom])"
    )
    assert len(boxes) >= 5
    assert overlaps(boxes) == 0
    assert all(b[0] >= 0 and b[2] <= size[0] and b[1] >= 0 and b[3] <= size[1] for b in boxes)
    buttons = page.locator(".leaflet-control-container").get_by_role("button").all()
    assert all((b.get_attribute("aria-label") or b.inner_text()).strip() for b in buttons)
    if size[0] == 360:
        folded = page.get_by_text("do not imply endorsement")
        assert folded.is_hidden()
        page.get_by_role("button", name="Credits and disclaimer").press("Enter")
        assert folded.is_visible()


def test_fit_returns_to_the_first_view(open_map: Open) -> None:
    """Without events there still is a way back."""
    page = open_map()
    page.evaluate(f"() => {MAP}.setView([0, 0], 4, {{ animate: false }})")

    page.get_by_role("button", name="Fit the map to the data").press("Enter")
    page.wait_for_function(f"() => {MAP}.getZoom() === 8")

    centre = page.evaluate(f"() => [{MAP}.getCenter().lng, {MAP}.getCenter().lat]")
    assert centre == pytest.approx([46.6, 40.0], abs=0.01)


@pytest.mark.parametrize("at", [(180.0, 0.0), (-180.0, 10.0), (0.0, 0.0), (10.0, 90.0)])
def test_places_at_the_ends_of_the_world_are_on_the_map_once(
    open_map: Open, at: tuple[float, float]
) -> None:
    """The world is drawn once: the 180th meridian has two edges, a place has one."""
    table = gpd.GeoDataFrame(
        {"place_id": ["end"], "name": ["End"], "kind": ["facility"], "uncertainty_km": [None],
         "valid_from": [None], "valid_to": [None]},
        geometry=[Point(at)], crs="EPSG:4326",
    )  # fmt: skip
    page = open_map(layer_of(table), center=at, zoom=4)

    marks = page.locator("[data-place=end]")
    box = marks.bounding_box()

    assert marks.count() == 1
    assert box is not None
    assert 0 < box["x"] < 1000
    assert 0 <= box["y"] + box["height"] / 2 < 700
