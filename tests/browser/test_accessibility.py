"""axe-core's rules on each page: nobody is kept out by a control without a name or a faint text."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from tests.browser.conftest import App

pytestmark = pytest.mark.browser

SERIOUS = ("serious", "critical")


def faults(page: Page) -> list[str]:
    """Return what axe finds serious or worse in our part of a page, with where it is."""
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [
        f"{fault['id']}: {node['target']} {node['html'][:160]}"
        for fault in found
        if fault["impact"] in SERIOUS
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/articles", "/add-data", "/report"])
def test_page_has_no_serious_fault(app: App, path: str, dark: bool) -> None:
    """At a laptop's width, as the page stands when it is opened."""
    app.page.emulate_media(color_scheme="dark" if dark else "light")
    app.open(path)
    app.page.wait_for_timeout(1500)

    assert faults(app.page) == []


def test_map_with_card_and_table_has_no_serious_fault(app: App) -> None:
    """The page in the middle of work: an event open, the table below."""
    app.open()
    app.painted()
    app.pick_an_event()
    app.page.get_by_text("Table", exact=True).click()
    app.settle()

    assert faults(app.page) == []
