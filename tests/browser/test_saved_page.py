"""A map saved as one file: it opens with no network, asks nobody, and is small enough to send."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Browser, Page
from shapely.geometry import Point

from geomap.exports.html_page import WITHHELD, export_html
from geomap.query import EventQuery, count_events
from geomap.tables import events_table

pytestmark = pytest.mark.browser

MOST_BYTES = 3_000_000
PAINTED = "() => performance.getEntriesByName('geomap:painted').length"


def many(number: int) -> gpd.GeoDataFrame:
    """Return events with texts as long as those of published tables."""
    dice = np.random.default_rng(5)
    words = ["forces", "convoy", "district", "reported", "near", "bridge", "night", "shelling"]
    records: list[dict[str, Any]] = []
    for n in range(number):
        day = date(2022, 1, 1) + timedelta(days=int(dice.integers(700)))
        records.append(
            {
                "event_id": f"set:{n}",
                "event_date": day,
                "event_date_end": day,
                "date_precision": "day",
                "event_type": str(dice.choice(["Battles", "Protests", "Riots"])),
                "title": " ".join(dice.choice(words, 8)),
                "notes": " ".join(dice.choice(words, 45)),
                "actor1": f"Group {dice.integers(60)}",
                "place_name": f"Village {dice.integers(900)}",
                "geo_precision": "exact",
                "status": "reported",
                "source": f"Paper {dice.integers(12)}",
                "source_url": f"https://example.org/{n}",
                "geometry": Point(dice.normal(47, 2), dice.normal(40, 1)),
            }
        )
    return events_table(records)


def page_of(events: gpd.GeoDataFrame, **others: Any) -> str:
    """Return the file of all these events."""
    counts = count_events(events, EventQuery()).as_dict()
    return export_html(events, title="A map", counts=counts, bounds=(42, 38, 52, 42), **others)


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of 5,000 events."""
    path = tmp_path_factory.mktemp("saved") / "map.html"
    path.write_text(page_of(many(5000)), encoding="utf-8")
    return path


def opened(chromium: Browser, path: Path, width: int) -> Page:
    """Open a file in a browser that has no network."""
    page = chromium.new_context(offline=True, viewport={"width": width, "height": 800}).new_page()
    page.goto(path.as_uri())
    page.wait_for_function(PAINTED)
    return page


def test_five_thousand_events_are_under_three_megabytes(saved: Path) -> None:
    """A file that mail servers let through."""
    assert saved.stat().st_size < MOST_BYTES


@pytest.mark.parametrize("width", [390, 1280])
def test_page_asks_for_nothing_and_fits_the_screen(
    chromium: Browser, saved: Path, width: int
) -> None:
    """No script, no font, no tile, no picture comes from anywhere."""
    page = opened(chromium, saved, width)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.get_by_role("button", name="Month", exact=True).click()
    page.get_by_text("Filters and colours").click()
    page.get_by_role("checkbox", name="Battles").check()
    page.locator("#table summary").first.click()
    page.wait_for_timeout(500)

    assert page.evaluate("performance.getEntriesByType('resource').length") == 0
    assert [url for url in asked if not url.startswith(("data:", "blob:"))] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()


def test_a_click_tells_all_that_the_file_knows(chromium: Browser, saved: Path) -> None:
    """Notes, actors and the source are one click away."""
    page = opened(chromium, saved, 1280)
    page.get_by_role("region", name="Map of events").focus()
    page.keyboard.press("n")
    page.keyboard.press("Enter")

    card = page.locator("#card")
    link = card.get_by_role("link")
    assert link.get_attribute("rel") == "noopener noreferrer nofollow"
    assert "Group" in card.inner_text()
    assert len(card.locator("p").last.inner_text().split()) == 45
    page.context.close()


def test_saved_page_filters_by_what_packed_events_do_not_hold(
    chromium: Browser, tmp_path: Path
) -> None:
    """Without a server the file itself must know who, where and how many died."""
    records = [
        {"fatalities": n or None, "actor1": f"Group {n}", "actor2": "Army" if n < 3 else None,
         "country": ["Chad", "Niger"][n % 2]}
        for n in range(12)
    ]  # fmt: skip
    events = many(12)
    for name in records[0]:
        events[name] = pd.array([record[name] for record in records], dtype=events[name].dtype)
    path = tmp_path / "filters.html"
    path.write_text(page_of(events), encoding="utf-8")
    page = opened(chromium, path, 1280)
    page.get_by_text("Filters and colours").click()

    def shown() -> int:
        page.wait_for_timeout(300)
        return int(page.locator("[data-part=counts]").inner_text().split(" ")[0])

    steps = [shown()]
    page.get_by_role("group", name="Country", exact=True).get_by_label("Chad").check()
    steps.append(shown())
    page.get_by_label("Fatalities at least").fill("3")
    steps.append(shown())
    page.get_by_role("button", name="Clear filters").click()
    steps.append(shown())
    page.get_by_role("group", name="Actor", exact=True).get_by_label("Army").check()
    steps.append(shown())

    assert steps == [12, 6, 4, 12, 3]


def test_two_windows_with_the_same_file_do_not_move_each_other(
    chromium: Browser, saved: Path
) -> None:
    """A reader compares two months side by side."""
    context = chromium.new_context(offline=True, viewport={"width": 1000, "height": 800})
    one, two = context.new_page(), context.new_page()
    for page in (one, two):
        page.goto(saved.as_uri())
        page.wait_for_function(PAINTED)
    before = two.get_by_label("From", exact=True).input_value()
    one.get_by_role("button", name="Day", exact=True).click()
    two.wait_for_timeout(400)

    assert two.get_by_label("From", exact=True).input_value() == before
    assert two.evaluate("performance.getEntriesByName('geomap:painted').at(-1).detail.to") is None
    context.close()


def test_words_that_may_not_be_given_away_are_not_in_the_file(
    chromium: Browser, tmp_path: Path
) -> None:
    """A sign and a number are all that a licence may allow."""
    events = many(2).assign(title=["Open words", "Closed words"])
    path = tmp_path / "map.html"
    path.write_text(page_of(events, withheld=events["title"] == "Closed words"), encoding="utf-8")
    page = opened(chromium, path, 1280)
    page.locator("#table summary").first.click()
    page.get_by_text("2 events on the map").wait_for()
    for line in page.get_by_role("row").all()[1:]:
        line.click()
        if WITHHELD in page.locator("#card").inner_text():
            break

    assert WITHHELD in page.locator("#card").inner_text()
    assert "Closed words" not in page.content() + page.locator("#table").inner_text()
    assert "Open words" in page.locator("#table").inner_text()
    page.context.close()
