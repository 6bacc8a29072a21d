"""Waiting times on the map page, read from the performance marks that the page sets.

The time control marks `geomap:window` when an input arrives and the map `geomap:painted`
when it has painted; other beginnings are caught by a listener in the page itself.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Frame, Page

from bench.chromium import map_frame

MARKS = """(name) => performance.getEntriesByName(name).map((mark) => ({
  at: performance.timeOrigin + mark.startTime, ...mark.detail }))"""
WATCH = """(kind) => {
  window.benchInput = 0;
  const note = () => (window.benchInput = performance.timeOrigin + performance.now());
  addEventListener(kind, note, true);
}"""
CARD = """() => {
  const now = () => performance.timeOrigin + performance.now();
  let card = null;
  const find = () => [...document.querySelectorAll("*")]
    .map((element) => element.shadowRoot?.querySelector('[aria-label="Details"]'))
    .find(Boolean);
  const look = () => {
    if (!card?.isConnected) card = find();
    const title = card?.querySelector("h2") ? card.textContent : null;
    if (title && title !== window.benchTitle) window.benchCard = now();
    if (title) window.benchTitle = title;
    requestAnimationFrame(look);
  };
  look();
}"""
SPOT = """(after) => {
  const size = map.getSize();
  let events;
  let seen = 0;
  map.eachLayer((layer) => (events = layer.picture ? layer : events));
  for (let y = 60; y < size.y - 60; y += 7) for (let x = 60; x < size.x - 260; x += 7) {
    const rows = events.rowsAt(L.point(x, y));
    if (rows.length && seen++ === after * 150) return { x, y };
  }
  return null;
}"""


def summary(taken: Sequence[float]) -> tuple[float, float]:
    """Return the median and the 95th percentile."""
    ordered = sorted(taken)
    return statistics.median(ordered), ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


@contextmanager
def opened(page: Page, url: str) -> Iterator[Frame]:
    """Open the map page and return the map's frame when it has painted and Streamlit is idle."""
    page.goto(url)
    frame = map_frame(page)
    page.wait_for_timeout(2500)
    yield frame


def half_of_the_days(page: Page) -> None:
    """Narrow the window to half of the days, in the middle."""
    for label, day in (("From", "2019-09-01"), ("To", "2023-02-01")):
        field = page.get_by_label(label, exact=True)
        field.fill(day)
        field.press("Enter")
    page.wait_for_timeout(2500)


def waits(page: Page, frame: Frame) -> list[float]:
    """Return milliseconds from each window to the paint of that window."""
    painted = frame.evaluate(MARKS, "geomap:painted")
    taken = []
    for window in page.evaluate(MARKS, "geomap:window"):
        days = (window["from"], window["to"])
        later = [
            paint["at"] - window["at"]
            for paint in painted
            if (paint["from"], paint["to"]) == days and paint["at"] >= window["at"]
        ]
        if later:  # a window that was overtaken by the next within a frame is not painted
            taken.append(min(later))
    return taken


def drag(page: Page, frame: Frame, moves: int = 80) -> list[float]:
    """Drag the window along the axis; return milliseconds to each paint."""
    half_of_the_days(page)
    grip = page.get_by_role("slider", name="Date range")
    box = grip.bounding_box()
    assert box is not None
    for where in (page, frame):
        where.evaluate("() => performance.clearMarks()")
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for move in range(1, moves + 1):
        page.mouse.move(x + (move if move < moves / 2 else moves - move) * 2, y)
        page.wait_for_timeout(25)
    page.mouse.up()
    page.wait_for_timeout(1500)
    return waits(page, frame)


def play(page: Page, frame: Frame, seconds: float = 4.0) -> float:
    """Return paints a second while the button Play is on."""
    page.get_by_label("Speed").select_option("8")
    half_of_the_days(page)
    frame.evaluate("() => performance.clearMarks()")
    page.get_by_role("button", name="Play").click()
    page.wait_for_timeout(1000 * seconds)
    page.get_by_role("button", name="Play").click()
    marks = frame.evaluate(MARKS, "geomap:painted")
    moving = [mark["at"] for mark in marks]
    return float(1000 * (len(moving) - 1) / (moving[-1] - moving[0]))


def first_paint(page: Page, url: str) -> tuple[float, float]:
    """Return milliseconds to the first paint from the visit, and from the map's own frame."""
    page.goto(url)
    frame = map_frame(page)
    painted = frame.evaluate(MARKS, "geomap:painted")[0]["at"]
    visit, own = (where.evaluate("() => performance.timeOrigin") for where in (page, frame))
    return painted - visit, painted - own


def after_input(page: Page, frame: Frame, kind: str, filtered: bool | None = None) -> float:  # noqa: FBT001 (a state)
    """Return milliseconds from the input that `WATCH` caught to the paint that answers it."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        began = page.evaluate("() => window.benchInput")
        for mark in frame.evaluate(MARKS, "geomap:painted"):
            right = filtered is None or (mark["filtered"] > 0) == filtered
            if began and mark["at"] > began and right:
                return float(mark["at"] - began)
        page.wait_for_timeout(20)
    message = f"No paint followed the {kind}."
    raise TimeoutError(message)


def category_filter(page: Page, frame: Frame, rounds: int = 6) -> list[float]:
    """Return milliseconds from ticking a type to the paint with all counts."""
    page.evaluate(WATCH, "click")
    taken = []
    for number in range(rounds):
        frame.evaluate("() => performance.clearMarks()")
        page.evaluate("() => (window.benchInput = 0)")
        page.get_by_role("checkbox", name="Battles").click()
        taken.append(after_input(page, frame, "click", filtered=number % 2 == 0))
        page.wait_for_timeout(1500)
    return taken


def text_filter(page: Page, frame: Frame, words: Sequence[str]) -> list[float]:
    """Return milliseconds from Enter in the search field to the paint with all counts."""
    page.evaluate(WATCH, "keydown")
    taken = []
    for word in words:
        field = page.get_by_label("Search", exact=True)
        field.fill(word)
        frame.evaluate("() => performance.clearMarks()")
        page.evaluate("() => (window.benchInput = 0)")
        field.press("Enter")
        taken.append(after_input(page, frame, "Enter", filtered=bool(word)))
        page.wait_for_timeout(2000)
    return taken


def click_to_card(page: Page, frame: Frame, rounds: int = 6) -> list[float]:
    """Return milliseconds from a click on the map to the card of the event."""
    page.evaluate(CARD)
    frame.evaluate(WATCH, "click")
    holder = page.locator("iframe[title*=st_folium]")
    holder.scroll_into_view_if_needed()
    box = holder.bounding_box()
    assert box is not None
    taken: list[float] = []
    for number in range(rounds):
        spot = frame.evaluate(SPOT, number)
        before = page.evaluate("() => window.benchCard ?? 0")
        page.mouse.click(box["x"] + spot["x"], box["y"] + spot["y"])
        page.wait_for_function(f"() => (window.benchCard ?? 0) > {before}", timeout=20_000)
        began, ended = frame.evaluate("() => window.benchInput"), page.evaluate("() => benchCard")
        taken.append(ended - began)
        page.wait_for_timeout(1200)
    return taken


def same_frame(page: Page, frame: Frame, note: dict[str, Any]) -> bool:
    """Return whether the map's frame is still the one that was noted first."""
    note.setdefault("origin", frame.evaluate("() => performance.timeOrigin"))
    return not frame.is_detached() and map_frame(page).evaluate(
        "() => performance.timeOrigin"
    ) == note.get("origin")
