"""The real app in a real browser, with every network but this machine's own shut off."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Frame,
    Locator,
    Page,
    Route,
    sync_playwright,
)
from playwright.sync_api import (
    TimeoutError as PlaywrightTimeout,
)

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass
class Visit:
    """A page of a browser, with what it tried to reach and what its scripts complained of."""

    page: Page
    strangers: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start the Chromium of this machine; fail, with what to do, where there is none."""
    path = os.environ.get("GEOMAP_CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.fail("No Chromium: install the package chromium or set GEOMAP_CHROMIUM to one.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def app_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the app's workspace."""
    return tmp_path_factory.mktemp("app") / "workspace"


@pytest.fixture(scope="session")
def app_url(app_workspace: Path, root: Path) -> Iterator[str]:
    """Start the real app on a seeded workspace of its own and return its address."""
    with running_app(app_workspace, root) as url:
        yield url


@contextmanager
def running_app(workspace: Path, root: Path, **settings: str) -> Iterator[str]:
    """Run the real app on a workspace and give its address; `settings` are its environment."""
    folder = workspace.parent
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    entry = root / "src" / "geomap" / "dashboard" / "main.py"
    settings = {"GEOMAP_WORKSPACE": str(workspace), "PYTHONUNBUFFERED": "1", **settings}
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", str(entry), f"--server.port={port}"],
            cwd=folder,
            env={**os.environ, **settings},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_until_healthy(url, server, folder / "server.log")
            yield url
        finally:
            server.terminate()
            server.wait(20)


def _wait_until_healthy(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2) as answer:  # noqa: S310 - our own address
                if answer.status == 200:
                    return
        except OSError:
            server_is_starting = 0.1
            time.sleep(server_is_starting)
    pytest.fail(f"The app did not start; its log ends: {log.read_text('utf-8')[-2000:]}")


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Visit]:
    """Open a fresh browser page that can reach this machine only."""
    with _fresh_page(chromium) as seen:
        yield seen


@contextmanager
def _fresh_page(chromium: Browser) -> Iterator[Visit]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    seen = Visit(_guarded(context).new_page())
    seen.page.on("pageerror", lambda error: seen.errors.append(str(error)))
    seen.page.on("request", lambda request: _note_stranger(seen, request.url))
    seen.page.on("websocket", lambda socket: _note_stranger(seen, socket.url))
    yield seen
    context.close()


def _is_ours(url: str) -> bool:
    return url.startswith(
        ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:http://127.0.0.1:", "about:")
    )


def _note_stranger(visit: Visit, url: str) -> None:
    if not _is_ours(url):
        visit.strangers.append(url)


def _guarded(context: BrowserContext) -> BrowserContext:
    def decide(route: Route) -> None:
        if _is_ours(route.request.url):
            route.continue_()
        else:
            route.abort()

    context.route("**/*", decide)
    return context


IDLE_FOR = """([milliseconds, asked]) => {
  const running = document.querySelector("[data-testid=stApp][data-test-script-state=running]");
  const now = performance.now();
  if (running || window.idle?.asked !== asked) window.idle = { asked, since: now };
  return !running && now - window.idle.since >= milliseconds;
}"""
EVENTS = """(() => {
  let events;
  map.eachLayer((layer) => (events = layer.picture ? layer : events));
  return events;
})()"""
"""The layer of events, in the map's frame."""
A_MARK = f"""() => {{
  const [events, size] = [{EVENTS}, map.getSize()];
  for (let y = 70; y < size.y - 70; y += 3) {{
    for (let x = 60; x < size.x - 130; x += 3) {{
      if (events.rowsAt(L.point(x, y)).length) return {{ x, y }};
    }}
  }}
  return null;
}}"""
TIMELINE = """(() => {
  const roots = [...document.querySelectorAll("*")].map((one) => one.shadowRoot).filter(Boolean);
  return roots.map((root) => root.querySelector(".geomap-timeline")?.geomap).find(Boolean);
})()"""
"""The time control, in the page around the map."""
SAY = f"""(message) => {{
  new BroadcastChannel("geomap:" + {TIMELINE}.data.channel).postMessage(message);
}}"""
PAINTED = """(after) => {
  const marks = performance.getEntriesByName("geomap:painted");
  return marks.length > after ? { n: marks.length, ...marks.at(-1).detail } : null;
}"""


@dataclass
class App:
    """The app as a person drives it."""

    url: str
    visit: Visit

    @property
    def page(self) -> Page:
        """The browser page."""
        return self.visit.page

    def open(self, path: str = "/") -> None:
        """Open a page of the app and wait until its script has run."""
        self.page.goto(self.url + path)
        self.settle()

    def settle(self) -> None:
        """Wait until Streamlit has been idle for a while; a busy machine begins a run late."""
        self.page.wait_for_selector("[data-testid=stApp]", timeout=60_000)
        self.page.wait_for_function(IDLE_FOR, arg=[400, time.monotonic()], timeout=60_000)

    def options(self, label: str) -> Locator:
        """Open a list of choices and return its options; a run of the script closes it again."""
        options = self.page.get_by_role("option")
        for _ in range(5):
            self.page.get_by_label(label).press("ArrowDown")
            try:
                options.first.wait_for(timeout=6_000)
            except PlaywrightTimeout:
                self.settle()
            else:
                break
        return options

    def map_frame(self) -> Frame:
        """Return the frame that the map is in."""
        holder = self.page.wait_for_selector("iframe[title*=st_folium]", timeout=60_000)
        frame = holder.content_frame() if holder else None
        assert frame is not None
        return frame

    def painted(self, *, after: int = 0) -> dict[str, Any]:
        """Wait until the map painted its events more than `after` times; return the last mark."""
        mark = self.map_frame().wait_for_function(PAINTED, arg=after, timeout=60_000)
        detail: dict[str, Any] = mark.json_value()
        return detail

    def type_days(self, first: str, last: str) -> None:
        """Type the first and the last day of the window."""
        for label, day in (("From", first), ("To", last)):
            field = self.page.get_by_label(label, exact=True)
            field.fill(day)
            field.press("Enter")
            self.settle()

    def pick_an_event(self) -> None:
        """Click the first mark that a search over the map's pixels comes upon."""
        holder = self.page.locator("iframe[title*=st_folium]")
        holder.scroll_into_view_if_needed()
        box = holder.bounding_box()
        spot = self.map_frame().evaluate(A_MARK)
        assert box is not None
        assert spot is not None
        self.page.mouse.click(box["x"] + spot["x"], box["y"] + spot["y"])
        self.settle()

    def counts(self) -> dict[str, int]:
        """Return the numbers as the page says them; it says that of the hidden unless it is 0."""
        words = self.page.get_by_test_id("geomap-counts").inner_text().replace(",", "")
        shown, possible, total, outside, filtered, unplaced, undated, *hidden = (
            int(number) for number in re.findall(r"\d+", words)
        )
        return {
            "shown": shown,
            "possible": possible,
            "total": total,
            "outside_dates": outside,
            "filtered": filtered,
            "unplaced": unplaced,
            "undated": undated,
            "hidden": hidden[0] if hidden else 0,
        }


@pytest.fixture
def app(app_url: str, visit: Visit) -> App:
    """Return the running app in a fresh browser page."""
    return App(app_url, visit)


@pytest.fixture
def another(app_url: str, chromium: Browser) -> Iterator[App]:
    """Return the same running app in a second browser."""
    with _fresh_page(chromium) as seen:
        yield App(app_url, seen)
