"""The Articles page in Chromium: a text to the letter, why a name is here, a hostile text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

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
    for label in ("In the text", "Place", "Why", "How sure"):
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


def test_sentences_in_a_language_without_events_are_listed(app: App) -> None:
    """An article without events says which of its sentences nobody looked for events in."""
    app.open("/articles")
    app.page.get_by_text("Read a new text").click()
    app.page.get_by_label("Text", exact=True).fill(
        "Protesters blocked the road near Shusha on December 12, 2022.\n\n"
        "В понедельник на дороге прошла акция. Никто не пострадал, и движение было открыто."
    )
    app.page.get_by_role("button", name="Read the text").click()

    app.page.get_by_text("Not read for events (2)").wait_for()
    assert app.page.get_by_text("2 sentences in Russian: place names and days").is_visible()
    assert app.page.locator("li").get_by_text("Никто не пострадал").is_visible()


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


def test_doubt_is_seen_heard_and_explained_without_a_mouse(app: App, app_workspace: Path) -> None:
    """A dashed line and a question mark for the eye, a label for the ear, a card for the why."""
    from tests.dashboard.conftest import doubtful_article, keep_article

    app.open()  # the workspace is seeded by the first visit
    keep_article(app_workspace, doubtful_article())
    app.open("/articles")
    app.page.get_by_role("button", name="Names in doubt").click()
    app.settle()
    reader = app.page.locator(".reader")
    doubtful = reader.get_by_role("button", name="Cece, uncertain place")
    look = "(e, part) => [getComputedStyle(e, part).content, getComputedStyle(e).borderBottomStyle]"
    assert doubtful.evaluate(look, "::after") == ['"?" / ""', "dashed"]
    assert reader.get_by_role("button", name="Dede, not placed").count() == 1
    sure = reader.get_by_role("button", name="Abaköy", exact=True).first
    assert sure.evaluate(look, "::after") == ["none", "solid"]

    doubtful.focus()
    app.page.keyboard.press("Enter")
    card = app.page.get_by_role("region", name="Why here")
    expect(card).to_contain_text("Uncertain: not drawn as sure")
    expect(card).to_contain_text("25 % likely")
    expect(doubtful).to_be_focused()
    assert doubtful.get_attribute("aria-pressed") == "true"
    assert card.get_attribute("aria-live") == "polite"
    assert card.locator("img").count() == 0
    assert app.page.evaluate("() => window.hacked") is None

    app.page.get_by_text("Show names inside names of organisations").click()
    expect(reader.get_by_role("button", name="Bebe")).to_have_count(0)
    app.page.get_by_text("Only uncertain places").click()
    expect(reader.get_by_role("button")).to_have_count(2)
    assert reader.evaluate("(e) => e.textContent") == doubtful_article().article.text


def test_card_comes_into_view_on_a_phone(app: App) -> None:
    """There it stands below the text and the map: a press must not seem to do nothing."""
    app.page.set_viewport_size({"width": 390, "height": 844})
    app.open("/articles")
    app.page.locator(".reader").get_by_role("button").first.click()

    expect(app.page.get_by_role("region", name="Why here")).to_be_in_viewport(ratio=0.3)
