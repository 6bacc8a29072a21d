"""The Map page in Chromium: slide, type, click, follow a link; the map is never built anew."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.browser.conftest import EVENTS, SAY, App

from geomap.query import EventQuery, NumberRange
from geomap.symbology.colours import colours_of
from geomap.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.browser


def test_map_opens_with_events_counts_that_add_up_and_no_request_elsewhere(app: App) -> None:
    """The first start works with no network, and every event is accounted for."""
    app.open()
    painted = app.painted()

    counts = app.counts()
    assert painted["shown"] == counts["shown"] > 0
    assert sum(counts.values()) == 2 * counts["total"]
    app.page.wait_for_timeout(1200)
    assert "?" not in app.page.url  # nothing differs from the default
    assert app.visit.strangers == []
    assert app.visit.errors == []


def test_slider_moves_the_window_and_keeps_zoom_and_frame(app: App) -> None:
    """Moving the slider neither blanks the map nor forgets where one looked."""
    app.open()
    before = app.painted()
    frame = app.map_frame()
    frame.evaluate("() => { window.stillTheSameFrame = true; map.setZoom(map.getZoom() + 1); }")
    app.page.wait_for_timeout(1500)
    zoom = frame.evaluate("() => map.getZoom()")
    slider = app.page.get_by_label("Date range").first
    box = slider.bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    app.page.mouse.move(box["x"] + 1, middle)
    app.page.mouse.down()
    app.page.mouse.move(box["x"] + box["width"] * 0.5, middle, steps=5)
    app.page.mouse.up()
    app.settle()

    after = app.painted(after=before["n"])
    windows = app.page.evaluate(
        "() => performance.getEntriesByName('geomap:window').map((m) => m.detail)"
    )
    assert frame.evaluate("() => window.stillTheSameFrame === true")
    assert frame.evaluate("() => map.getZoom()") == zoom
    assert windows[-1]["from"] == after["from"] != before["from"]
    counts = app.counts()
    assert counts["shown"] == after["shown"]
    assert counts["outside_dates"] > 0
    assert sum(counts.values()) == 2 * counts["total"]
    assert f"from={after['from']}" in app.page.url


def test_typed_days_are_the_window_and_stand_in_the_link(app: App) -> None:
    """A day can be typed to the letter, and the link brings the same view back."""
    app.open()
    app.painted()
    app.type_days("2022-12-01", "2022-12-31")
    counts = app.counts()

    assert "from=2022-12-01" in app.page.url
    assert "to=2022-12-31" in app.page.url
    app.page.goto(app.page.url)
    app.settle()
    assert app.painted()["from"] == "2022-12-01"
    assert app.counts() == counts
    assert app.page.get_by_label("From", exact=True).input_value() == "2022-12-01"


def test_event_picked_on_the_canvas_opens_its_card_and_close_shuts_it(app: App) -> None:
    """A mark answers: what, when, where, from which file and row."""
    app.open()
    app.painted()
    app.pick_an_event()

    card = app.page.get_by_role("region", name="Details")
    card.get_by_text("Where", exact=True).wait_for()
    assert card.get_by_text("When", exact=True).is_visible()
    assert "event=" in app.page.url
    card.get_by_role("button", name="Close").click()
    card.get_by_text("Latest in these days").wait_for()
    app.settle()
    assert "event=" not in app.page.url


def test_event_opens_from_the_list_with_the_keyboard_alone(app: App) -> None:
    """Nothing needs the map, and nothing needs the mouse."""
    app.open()
    app.painted()
    first = app.page.get_by_role("region", name="Details").get_by_role("button").first
    title = first.inner_text().splitlines()[0]
    first.focus()
    app.page.keyboard.press("Enter")

    heading = app.page.get_by_role("region", name="Details").get_by_role("heading", level=2)
    heading.wait_for()
    assert heading.inner_text() == title


def test_search_filters_map_counts_and_link(app: App) -> None:
    """Words that no event has leave an empty map and a sentence on what to do next."""
    app.open()
    first = app.painted()
    search = app.page.get_by_label("Search", exact=True)
    search.fill("zzzz-no-such-word")
    search.press("Enter")
    app.settle()

    assert app.painted(after=first["n"])["shown"] == 0
    counts = app.counts()
    assert counts["shown"] == counts["possible"] == 0
    assert counts["filtered"] > 0
    assert "q=zzzz" in app.page.url
    assert app.page.get_by_text("Nothing to show").is_visible()


def test_number_of_the_counts_lists_the_events_behind_it(app: App) -> None:
    """Every number can be asked: which ones."""
    app.open()
    app.painted()
    app.page.get_by_test_id("geomap-counts").get_by_role("button").nth(2).click()
    app.settle()

    app.page.get_by_test_id("stDataFrame").wait_for()
    assert app.page.locator(".st-key-map_list input").input_value() == "All"
    words = app.page.locator(".st-key-map_table_controls").inner_text()
    assert f"{app.counts()['total']:,} events" in words


def test_link_with_nonsense_opens_the_default_view_and_says_so(app: App) -> None:
    """A broken link is no error page."""
    app.open("/?from=yesterday&status=murky")

    assert app.painted()["from"] is None
    app.page.get_by_text("'from' is 'yesterday'").wait_for()
    app.page.get_by_text("'murky'").wait_for()


def test_two_sessions_never_move_each_others_map(app: App, another: App) -> None:
    """Two tabs on one machine share a browser, not a map."""
    app.open()
    another.open()
    mine, theirs = app.painted(), another.painted()
    app.type_days("2022-12-01", "2022-12-31")
    app.painted(after=mine["n"])

    another.page.wait_for_timeout(500)
    assert another.painted()["from"] == theirs["from"]


def test_place_on_the_map_opens_its_card_with_articles_and_events(app: App) -> None:
    """A road is asked like an event: who names it, what happened on it in these days."""
    app.open()
    app.painted()
    road = app.map_frame().locator("path[role=button]").first
    road.focus()
    app.page.keyboard.press("Enter")

    card = app.page.get_by_role("region", name="Details")
    card.get_by_text("Names", exact=True).wait_for()
    assert card.get_by_text("Articles that name it").is_visible()
    assert card.get_by_text("Events joined with it in these days").is_visible()
    app.page.wait_for_url(re.compile(r"[?&]place="), timeout=20_000)


def test_link_brings_back_where_the_map_looked(app: App) -> None:
    """A colleague who opens the link sees the same stretch of the world."""
    app.open("/?map=9/40.1/46.2")
    app.painted()
    look = "() => [map.getZoom(), map.getCenter().lat, map.getCenter().lng]"
    zoom, latitude, longitude = app.map_frame().evaluate(look)

    assert zoom == 9
    assert (round(latitude, 1), round(longitude, 1)) == (40.1, 46.2)
    app.map_frame().evaluate("() => map.setView([39.9, 46.5], 8, { animate: false })")
    app.page.wait_for_url(re.compile(r"map=8(%2F|/)(39\.9|39\.8[5-9])"), timeout=20_000)
    assert app.map_frame().evaluate("() => map.getZoom()") == 8


def test_names_in_armenian_letters_have_a_typeface_of_the_package(app: App) -> None:
    """A machine without such letters would show boxes."""
    app.open()
    app.painted()
    loaded = "() => document.fonts.load('16px \"geomap Armenian\"', '\u0535').then((f) => f.length)"

    assert app.page.evaluate(loaded) == 1


SAME_FRAME = "() => window.stillTheSameFrame === true"
DRAWN = [[46.0, 39.3], [47.2, 39.3], [47.2, 40.1], [46.0, 40.1]]


def _counts_of(folder: Path, query: EventQuery) -> dict[str, int]:
    return Workspace.open(folder).event_table().counts(query).as_dict()


def test_search_place_and_drawn_area_count_what_the_command_line_counts(
    app: App, app_workspace: Path
) -> None:
    """Filters that the server answers reach the map as bits: the screen must say the same."""
    app.open()
    app.painted()
    search = app.page.get_by_label("Search", exact=True)
    search.fill("road")
    search.press("Enter")
    app.settle()
    app.page.wait_for_timeout(500)
    text = _counts_of(app_workspace, EventQuery(text="road"))
    assert app.counts() == text

    app.page.evaluate(SAY, {"drawn": DRAWN})
    app.page.wait_for_url(re.compile(r"area=46"), timeout=20_000)
    app.settle()
    app.page.wait_for_timeout(500)
    area = tuple((x, y) for x, y in DRAWN)
    both = _counts_of(app_workspace, EventQuery(text="road", polygon=area))
    assert app.counts() == both
    assert 0 < both["shown"] < text["shown"]

    app.page.goto(app.page.url)
    app.settle()
    app.painted()
    app.page.wait_for_timeout(500)
    assert app.counts() == both
    assert app.page.get_by_role("button", name="Remove the drawn area").is_visible()


def test_actor_country_and_deaths_count_what_the_command_line_counts(
    app: App, app_workspace: Path
) -> None:
    """Criteria that packed events do not hold are answered by the server, and stand in the link."""
    app.open()
    app.painted()
    panel = app.page.get_by_role("group", name="Filters", exact=True)
    panel.get_by_role("group", name="Country", exact=True).get_by_label("Armenia").check()
    app.page.wait_for_url(re.compile(r"country=Armenia"), timeout=20_000)
    app.settle()
    app.page.wait_for_timeout(500)
    country = EventQuery(countries=frozenset({"Armenia"}))
    assert app.counts() == _counts_of(app_workspace, country)

    panel.get_by_label("Fatalities at least").fill("1")
    app.page.wait_for_url(re.compile(r"fatalities=1\.\."), timeout=20_000)
    app.settle()
    app.page.wait_for_timeout(500)
    both = replace(country, fatalities=NumberRange(1))
    assert app.counts() == _counts_of(app_workspace, both)

    panel.get_by_role("button", name="Clear filters").click()
    app.page.wait_for_url(re.compile(r"^[^=]*$"), timeout=20_000)
    actors = panel.get_by_role("group", name="Actor", exact=True)
    actors.get_by_label("Find in Actor").fill("unidentified")
    actors.get_by_label("Unidentified group").check()
    app.page.wait_for_url(re.compile(r"actor=Unidentified"), timeout=20_000)
    app.page.goto(app.page.url)
    app.settle()
    app.painted()
    app.page.wait_for_timeout(500)
    by_actor = _counts_of(app_workspace, EventQuery(actors=frozenset({"Unidentified group"})))
    assert app.counts() == by_actor
    assert 0 < by_actor["shown"] < by_actor["total"]
    assert actors.get_by_label("Unidentified group").is_checked()


def test_nothing_that_is_changed_builds_the_map_anew(app: App) -> None:
    """Search, filters, layers, a click, the table: zoom and frame stay."""
    app.open()
    app.painted()
    frame = app.map_frame()
    frame.evaluate("() => { window.stillTheSameFrame = true; map.setZoom(map.getZoom() + 1); }")
    app.page.wait_for_timeout(1500)
    zoom = frame.evaluate("() => map.getZoom()")
    app.page.get_by_label("Search", exact=True).fill("road")
    app.page.get_by_label("Search", exact=True).press("Enter")
    app.settle()
    for tick in (True, False):
        box = app.page.get_by_role("group", name="Filters").get_by_role("checkbox").first
        box.set_checked(tick)
        app.page.wait_for_timeout(600)
        app.settle()
    app.page.get_by_label("Search", exact=True).fill("")
    app.page.get_by_label("Search", exact=True).press("Enter")
    app.settle()
    app.page.get_by_text("The map itself").click()
    app.page.get_by_text("Towns", exact=True).click()
    app.settle()
    app.page.get_by_text("Lines of longitude and latitude").click()
    app.settle()
    app.page.get_by_text("Table", exact=True).click()
    app.settle()
    app.page.get_by_test_id("stDataFrame").wait_for()
    app.pick_an_event()

    assert app.map_frame().evaluate(SAME_FRAME)
    assert frame.evaluate("() => map.getZoom()") == zoom
    assert "graticule=on" in app.page.url
    assert app.visit.errors == []
    assert app.visit.strangers == []


def test_window_that_moves_is_followed_by_list_and_table(app: App) -> None:
    """What stands beside and below the map is of the days that the map shows."""
    app.open()
    app.painted()
    app.page.get_by_text("Table", exact=True).click()
    app.settle()
    app.type_days("2022-12-01", "2022-12-31")
    app.page.wait_for_timeout(1000)
    app.settle()

    counts = app.counts()
    words = app.page.locator(".st-key-map_table_controls").inner_text()
    assert f"{counts['shown'] + counts['possible']:,} events" in words
    newest = app.page.get_by_role("region", name="Details").get_by_role("button").first
    assert "December 2022" in newest.inner_text()


def test_place_is_found_by_a_name_that_only_the_gazetteer_has(
    app: App, app_workspace: Path
) -> None:
    """Whoever knows a town by its other name finds its events too."""
    app.open()
    app.painted()
    box = app.page.get_by_label("Place", exact=True)
    box.click()
    box.press_sequentially("Xank\u0259ndi")
    app.page.wait_for_timeout(400)
    box.press("Enter")
    app.page.wait_for_url(re.compile(r"[?&]at="), timeout=20_000)
    app.settle()
    app.page.wait_for_timeout(500)

    places = parse_qs(urlsplit(app.page.url).query)["at"]
    counts = _counts_of(app_workspace, EventQuery(place_ids=frozenset(places)))
    assert app.counts() == counts
    assert counts["shown"] > 0


BIGGEST = f"""() => {{
  const {{ picture, view }} = {EVENTS};
  const many = picture.groups.filter((group) => group.shape === "exact" && group.number > 1);
  const {{ x, y, number }} = many.sort((a, b) => b.number - a.number)[0];
  return {{ x: x / view.dpr - view.pad.x, y: y / view.dpr - view.pad.y, number }};
}}"""


def test_click_on_a_number_lists_every_event_of_the_spot(app: App) -> None:
    """A count on a mark is a promise that each of them can be reached."""
    app.open()
    app.painted()
    spot = app.map_frame().evaluate(BIGGEST)
    holder = app.page.locator("iframe[title*=st_folium]")
    holder.scroll_into_view_if_needed()
    box = holder.bounding_box()
    assert box is not None
    app.page.mouse.click(box["x"] + spot["x"], box["y"] + spot["y"])

    here = app.page.get_by_role("region", name="Events here")
    heading = here.get_by_text(re.compile(r"\d+ events at this mark"))
    heading.wait_for()
    entries = here.get_by_role("listitem")
    # Marks that touch it are listed with it.
    assert entries.count() == int(heading.inner_text().split()[0]) >= spot["number"]
    card = app.page.get_by_role("region", name="Details")
    before = card.inner_text()
    entries.nth(1).get_by_role("button").click()
    app.settle()
    assert card.inner_text() != before
    assert here.locator("[aria-current=true]").count() == 1


def test_colours_are_those_of_all_events_as_in_figures_and_cards(
    app: App, app_workspace: Path
) -> None:
    """A type that is blue on the map is blue in the report, also where some have no place."""
    app.open()
    app.painted()
    shown = app.map_frame().evaluate(
        f"""() => {{
             const {{ columns, colours }} = {EVENTS}.data.header;
             return columns.type.words.map((word, code) => [word, colours.type[code]]);
           }}"""
    )

    known = colours_of(Workspace.open(app_workspace).events()["event_type"])
    assert known
    assert {word: colour for word, colour in shown if word in known} == known
