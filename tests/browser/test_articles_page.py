"""The Articles page in Chromium: a text to the letter, why a name is here, a hostile text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.browser.conftest import App

pytestmark = pytest.mark.browser

HOSTILE = (
    "Shusha, March 2, 2023. <img src=x onerror=window.top.hacked=1> Lorries were stopped near "
    "Shusha on March 1, 2023.\n\n<script>window.top.hacked=1</script> ${window.top.hacked=1} "
    "![i](https://evil.example/i.png) [l](javascript:window.top.hacked=1)"
)


def test_article_shows_names_and_dates_and_why_a_name_is_here(app: App) -> None:
    """Every place can be asked: which name matched, why this one, who else bears it."""
    app.open("/articles")
    reader = app.page.locator(".reader")
    reader.wait_for()
    assert reader.locator(".date").count() > 0
    name = reader.get_by_role("button").first
    name.click()

    why = app.page.get_by_role("region", name="Why here")
    why.wait_for()
    for label in ("In the text", "Place", "Why", "Score"):
        assert why.get_by_text(label, exact=True).is_visible()
    assert name.get_attribute("aria-pressed") == "true"


def test_event_of_an_article_opens_on_the_map_with_its_sentence(app: App) -> None:
    """From the text to the map and back: the sentence is marked in both."""
    app.open("/articles")
    app.page.get_by_text("Events found (").wait_for()
    button = app.page.locator("li button[type=button]").last
    title = button.inner_text().splitlines()[0]
    button.click()
    app.settle()

    card = app.page.get_by_role("region", name="Details")
    card.get_by_role("heading", name=title).wait_for()
    assert card.locator("mark").count() > 0
    card.get_by_role("button", name="Read the article").click()
    app.page.locator(".reader").wait_for()


def test_pasted_hostile_text_is_read_to_the_letter_and_runs_nothing(app: App) -> None:
    """An article is a stranger's text."""
    app.open("/articles")
    app.page.get_by_text("Read a new text").click()
    app.page.get_by_label("Text", exact=True).fill(HOSTILE)
    app.page.get_by_role("button", name="Read the text").click()
    app.page.get_by_role("button", name="Add to workspace").wait_for()
    app.settle()

    reader = app.page.locator(".reader")
    assert reader.evaluate("(element) => element.textContent") == HOSTILE
    assert reader.locator("img, script, a").count() == 0
    assert app.page.evaluate("() => window.hacked") is None
    assert app.visit.strangers == []
