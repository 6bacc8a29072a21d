"""Correcting, hiding, restoring and undoing in Chromium, with a keyboard only."""

from __future__ import annotations

import pytest
from tests.browser.conftest import App

pytestmark = pytest.mark.browser


def fill(app: App, label: str, text: str) -> None:
    """Type into the input with a label and leave it with the Tab key."""
    field = app.page.get_by_label(label, exact=True).first
    field.focus()
    field.press("Control+a")
    field.type(text)
    field.press("Tab")
    app.settle()


def press(app: App, name: str) -> None:
    """Press a button with the keyboard."""
    button = app.page.get_by_role("button", name=name, exact=True).first
    button.focus()
    button.press("Enter")
    app.settle()


def test_an_event_is_corrected_hidden_restored_and_undone_by_keyboard(another: App) -> None:
    """Whoever cannot use a mouse can put a map right, and take it back."""
    app = another
    app.open()
    before = app.counts()
    app.pick_an_event()
    summary = app.page.get_by_text("Correct, hide or note").first
    summary.wait_for()
    app.page.locator("summary", has_text="Correct, hide or note").first.focus()
    app.page.keyboard.press("Enter")
    fill(app, "Reason", "A double of another report")
    press(app, "Hide")
    app.page.get_by_role("button", name="Restore", exact=True).wait_for()
    hidden = app.counts()
    fill(app, "Reason", "It is another one")
    press(app, "Restore")
    app.page.get_by_role("button", name="Hide", exact=True).wait_for()
    restored = app.counts()
    fill(app, "New value", "early March 2023")
    fill(app, "Reason", "The paper says so")
    press(app, "Correct")
    app.page.locator("summary", has_text="History (3)").wait_for()
    press(app, "Undo")
    app.page.locator("summary", has_text="History (4)").wait_for()

    assert hidden["hidden"] == 1
    assert hidden["total"] == before["total"]
    assert restored.get("hidden", 0) == 0
    assert app.counts() == restored
