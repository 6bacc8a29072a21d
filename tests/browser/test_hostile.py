"""The whole app in Chromium over a workspace whose every text was written by somebody hostile."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Dialog, FilePayload
from tests import hostile
from tests.browser.conftest import App, running_app
from tests.hostile import ALTERED, TEXT

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

LABELS = (
    "() => Object.fromEntries([...document.querySelectorAll('[data-place]')]"
    ".map(one => [one.dataset.place, one.getAttribute('aria-label')]))"
)
NOT_SENT = r'[/"]'
"""Letters that a browser changes in the name of a file that it sends."""

FOREIGN = (
    "() => document.querySelectorAll('img[src*=stranger], iframe[src*=stranger], [onerror],"
    " a[href^=javascript], .katex, [data-testid=stMarkdownContainer] a[href*=stranger]').length"
    " + [...document.scripts].filter(one => one.textContent.trim() === 'alert(1)').length"
)
"""How many elements of a frame were made of a text; the link of an event's source is no such."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator[tuple[str, Path]]:
    """Run the app on a hostile workspace; give its address and the folder it works in."""
    folder = tmp_path_factory.mktemp("hostile")
    hostile.make_workspace(folder / "workspace")
    with running_app(folder / "workspace", root) as url:
        yield url, folder


def _note(ran: list[object], event: object) -> None:
    ran.append(event)
    if isinstance(event, Dialog):
        event.dismiss()


@pytest.fixture
def app(server: tuple[str, Path], visit: Visit) -> Iterator[App]:
    """Yield the app, and see afterwards that nothing ran in it and nothing was asked for."""
    url, folder = server
    dialogs: list[object] = []
    visit.page.on("dialog", partial(_note, dialogs))
    yield App(url, visit)
    assert dialogs == []
    assert sum(frame.evaluate(FOREIGN) for frame in visit.page.frames) == 0
    assert (visit.strangers, visit.errors) == ([], [])
    assert sorted(path.name for path in folder.iterdir()) == ["server.log", "workspace"]


def test_map_shows_texts_of_others_to_the_letter(app: App) -> None:
    """What does not run is not altered either: names, sides, types, cards, the link."""
    asked = {"q": "Event", "type": TEXT, "event": "no such " + TEXT, "from": TEXT, "names": TEXT}
    app.open("/?" + urlencode(asked))
    app.painted()
    frame = app.map_frame()
    frame.wait_for_selector("[data-place=zed]")
    assert frame.evaluate(LABELS)["zed"] == TEXT
    assert frame.evaluate(LABELS)[f"zone {TEXT}"] == f"Zone {ALTERED}"
    frame.locator(".geomap-legend ul b").first.wait_for()
    assert TEXT in frame.locator(".geomap-legend").evaluate("one => one.textContent")

    app.page.get_by_text("The map itself").click()
    app.page.wait_for_timeout(1000)  # the list would close while the box still unfolds
    side = app.options("Names of places").filter(has_text="As used by: Side")
    assert side.text_content() == f"As used by: Side {TEXT}"
    side.click()
    app.settle()
    assert frame.evaluate(LABELS)["zed"] == f"{hostile.TOWN} of {TEXT}"
    app.page.get_by_text("Table", exact=True).click()
    app.settle()
    app.pick_an_event()
    card = app.page.get_by_role("region", name="Details")
    heading = card.get_by_role("heading", name="Event ").first
    heading.wait_for()
    assert heading.evaluate("one => one.textContent")[len("Event 1 ") :] == TEXT


def test_article_and_its_small_map_show_them_to_the_letter(app: App) -> None:
    """The text names the place whose name would run."""
    app.open("/articles")
    app.page.locator(".reader").wait_for()
    frame = app.map_frame()
    frame.wait_for_selector("[data-place=zed]")

    assert frame.evaluate(LABELS) == {"zed": TEXT}
    text = app.page.locator(".reader").evaluate("one => one.textContent")
    assert text == json.loads(hostile.article())["text"]
    app.page.locator(".reader").get_by_role("button").first.click()
    why = app.page.get_by_role("region", name="Why here")
    why.get_by_text("How sure", exact=True).wait_for()
    assert TEXT in why.evaluate("one => one.textContent")


def test_a_file_is_taken_in_under_its_name_to_the_letter(app: App) -> None:
    """Name, columns, layout and rows are shown before and after."""
    name = f"{re.sub(NOT_SENT, ' ', TEXT)}.csv"
    content = hostile.table().replace(b"Event 1", b"Changed 1")
    app.open("/add-data")
    file = FilePayload(name=name, mimeType="text/csv", buffer=content)
    app.page.locator("input[type=file]").set_input_files(file)
    confirm = app.page.get_by_role("button", name="Confirm")
    confirm.wait_for()
    app.settle()
    heading = app.page.get_by_role("heading", name="Zed").first
    assert heading.evaluate("one => one.textContent") == name
    app.page.get_by_text("Columns and first rows").click()
    confirm.click()
    app.page.get_by_text("Taken in.").wait_for()
    app.settle()
    options = app.options("Report of a file").all_text_contents()
    assert any(option.startswith(f"{name} (") for option in options)


def test_figure_and_saved_page_show_them_to_the_letter(
    app: App, chromium: Browser, tmp_path: Path
) -> None:
    """The page that leaves asks nobody and runs nothing, in any browser."""
    title = TEXT[:200]
    app.open("/report")
    app.page.get_by_role("img").first.wait_for()
    app.page.get_by_label("Title").fill(title)
    app.page.keyboard.press("Enter")
    app.page.get_by_alt_text(title).first.wait_for()  # ignores case: the letters are compared below
    app.settle()
    image = app.page.get_by_role("img").first
    assert title in (image.get_attribute("alt") or "")
    assert app.page.get_by_text(f"Map: {title}").count() >= 1
    with app.page.expect_download(timeout=60_000) as download:
        app.page.get_by_role("button", name="Map in one file (HTML)", exact=True).click()
    download.value.save_as(tmp_path / "map.html")

    saved = chromium.new_page(offline=True)
    ran: list[object] = []
    for event in ("dialog", "pageerror"):
        saved.on(event, partial(_note, ran))
    saved.goto((tmp_path / "map.html").as_uri())
    saved.wait_for_function("() => performance.getEntriesByName('geomap:painted').length")
    assert (saved.title(), saved.locator("h1").inner_text()) == (title, title)
    assert saved.evaluate(LABELS)["zed"] == TEXT
    saved.locator("#table summary").first.click()
    saved.get_by_role("grid", name="Events on the map").focus()
    saved.keyboard.press("ArrowDown")
    saved.keyboard.press("Enter")
    card = saved.locator("#card")
    card.locator("dl").wait_for()
    assert TEXT in card.evaluate("one => one.textContent")
    assert (saved.evaluate(FOREIGN), ran) == (0, [])
    assert saved.evaluate("performance.getEntriesByType('resource').length") == 0
    saved.close()
