"""Bring a file, see it on the map, and know that nothing in it can act."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import FilePayload

if TYPE_CHECKING:
    from tests.browser.conftest import App

pytestmark = pytest.mark.browser

MINE = """id,date,latitude,longitude,type,title,notes,source
u1,2031-05-03,40.2,47.1,Festival,A day nobody else has,made up for a test,Test
u2,2031-05-04,40.3,47.2,Festival,The day after,made up for a test,Test
u3,soon,40.3,47.2,Festival,A row without a day,made up for a test,Test
"""
HOSTILE = (
    "<img src=x onerror=window.top.hacked=1><script>window.top.hacked=1</script>"
    "${window.top.hacked=1}`[x](javascript:window.top.hacked=1) ![i](https://evil.example/i.png)"
)
HOSTILE_FILE = (
    "id,date,latitude,longitude,type,title,notes,place_name,source,source_url\n"
    + "".join(
        f'h{n},2033-06-0{n},40.{n},47.{n},"{HOSTILE}","{HOSTILE}","{HOSTILE}","{HOSTILE}",'
        f'"{HOSTILE}",javascript:window.top.hacked=1\n'
        for n in range(1, 4)
    )
)


def add_file(app: App, name: str, content: str) -> None:
    """Upload a file and confirm it."""
    app.open("/add-data")
    file = FilePayload(name=name, mimeType="text/csv", buffer=content.encode())
    app.page.locator("input[type=file]").set_input_files(file)
    confirm = app.page.get_by_role("button", name="Confirm")
    confirm.wait_for()
    app.settle()
    confirm.click()
    app.page.get_by_text("Taken in.").wait_for()
    app.settle()


def test_uploaded_table_is_on_the_map_and_its_bad_row_in_the_report(app: App) -> None:
    """Every row ends as an event or in a list with its reason."""
    add_file(app, "mine.csv", MINE)
    app.page.get_by_text("3 rows: 2 new, 1 rejected").wait_for()
    app.page.get_by_text("Rows to look at (1)").wait_for()
    app.page.get_by_role("button", name="Open the map").click()
    app.settle()
    app.painted()
    app.type_days("2031-05-01", "2031-05-31")

    assert app.counts()["shown"] == 2
    card = app.page.get_by_role("region", name="Details")
    card.get_by_role("button", name="A day nobody else has").click()
    card.get_by_text("mine.csv, row 2").wait_for()


def test_report_of_rows_can_be_kept(app: App, tmp_path: Path) -> None:
    """The rejected rows go back to whoever made the file."""
    add_file(app, "kept.csv", MINE.replace("u1", "k1").replace("u2", "k2").replace("u3", "k3"))
    app.page.get_by_text("Rows to look at (1)").click()
    with app.page.expect_download() as download:
        app.page.get_by_role("button", name="All rows as CSV").click()
    target = tmp_path / "rows.csv"
    download.value.save_as(target)

    assert "soon" in target.read_text("utf-8-sig")


def test_hostile_file_runs_nothing_and_calls_nobody(app: App) -> None:
    """Text of a file is text everywhere: preview, card, list, table, tooltip, legend."""
    add_file(app, "hostile.csv", HOSTILE_FILE)
    app.page.get_by_role("button", name="Open the map").click()
    app.settle()
    app.painted()
    app.type_days("2033-06-01", "2033-06-30")
    assert app.counts()["shown"] == 3
    app.page.get_by_role("button", name="Fit").click()
    app.page.wait_for_timeout(1500)
    app.page.get_by_text("Table", exact=True).click()
    app.settle()
    app.pick_an_event()
    card = app.page.get_by_role("region", name="Details")
    card.get_by_text("onerror=window.top.hacked").first.wait_for()
    app.page.wait_for_timeout(500)

    assert app.page.evaluate("() => window.hacked") is None
    assert card.locator("img, script").count() == 0
    assert card.locator("a[href^='javascript']").count() == 0
    assert app.visit.strangers == []


def test_file_that_is_no_table_gets_one_sentence(app: App) -> None:
    """A picture dropped by mistake is no crash."""
    app.open("/add-data")
    file = FilePayload(name="photo.csv", mimeType="text/csv", buffer=b"\x89PNG\r\n\x1a\n\0\0")
    app.page.locator("input[type=file]").set_input_files(file)

    alert = app.page.get_by_role("alert").filter(has_text="photo.csv")
    alert.wait_for()
    assert app.page.get_by_role("button", name="Confirm").is_disabled()
    assert app.page.get_by_text("Traceback").count() == 0


def test_hostile_release_runs_nothing_in_diff_report_and_way_back(app: App) -> None:
    """Old and new values, rejected rows and file names are text on every part of the page."""
    first = HOSTILE_FILE.replace("h1", "r1").replace("2033", "2034").replace("h2", "r2")
    add_file(app, "hostile=1.csv", first)
    newer = first.replace(f'"{HOSTILE}",javascript', f'"new {HOSTILE}",javascript').replace(
        "2034-06-02", HOSTILE.replace(",", "")
    )
    app.open("/add-data")
    file = FilePayload(name=f"{HOSTILE[:40]}.csv", mimeType="text/csv", buffer=newer.encode())
    app.page.locator("input[type=file]").set_input_files(file)
    app.page.get_by_text("A newer release of").first.wait_for()
    app.settle()
    app.page.get_by_text("changed cells").first.click()
    app.settle()
    app.page.get_by_text("Rows to look at").click()
    app.settle()
    app.page.get_by_role("button", name="Confirm").click()
    app.page.get_by_text("Taken in.").wait_for()
    app.settle()
    box = app.page.get_by_label("Report of a file")
    box.click()
    box.press("Enter")
    app.settle()
    app.page.get_by_role("button", name="Undo this file").click()
    app.settle()
    app.page.get_by_role("button", name="Undo it").click()
    app.page.get_by_text("Undone.").first.wait_for()
    app.settle()

    assert app.page.evaluate("() => window.hacked") is None
    assert app.page.locator("img[src='x'], img[src*=evil]").count() == 0
    assert app.page.locator("a[href^='javascript']").count() == 0
    assert app.visit.strangers == []


def test_long_import_can_be_cancelled_and_leaves_nothing(app: App) -> None:
    """A press of Cancel ends it with a sentence; nothing of the file is in the workspace."""
    rows = "".join(
        f"c{n},2035-01-{n % 28 + 1:02d},40.2,47.1,Festival,No {n},made up,Test\n"
        for n in range(150_000)
    )
    app.open("/add-data")
    content = ("id,date,latitude,longitude,type,title,notes,source\n" + rows).encode()
    file = FilePayload(name="long.csv", mimeType="text/csv", buffer=content)
    app.page.locator("input[type=file]").set_input_files(file)
    confirm = app.page.get_by_role("button", name="Confirm")
    confirm.wait_for(timeout=60_000)
    app.settle()
    confirm.click()
    app.page.get_by_role("button", name="Cancel").click(timeout=60_000)
    app.page.get_by_text("Nothing was taken in of: long.csv").wait_for(timeout=60_000)
    app.settle()

    assert app.page.get_by_role("button", name="Confirm").count() == 0
