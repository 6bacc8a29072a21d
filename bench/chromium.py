"""The app and a Chromium for benchmarks, on this machine only."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Error, Frame, Page, sync_playwright

FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
PAINTS = "() => performance.getEntriesByName('geomap:painted').length"
LAST = """(name) => {
  const marks = performance.getEntriesByName(name);
  return marks.length ? performance.timeOrigin + marks.at(-1).startTime : 0;
}"""


@dataclass(frozen=True, slots=True)
class Server:
    """A running app."""

    url: str
    pid: int

    def megabytes(self) -> float:
        """Return the memory of the server's processes (resident set)."""
        listed = subprocess.run(
            ["ps", "-o", "rss=", "--pid", str(self.pid), "--ppid", str(self.pid)],
            capture_output=True,
            text=True,
            check=False,
        )
        return sum(int(line) for line in listed.stdout.split()) / 1000


def free_port() -> int:
    """Return a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def browser_path() -> str | None:
    """Return the path of Chromium."""
    return os.environ.get("GEOMAP_CHROMIUM") or shutil.which("chromium")


@contextmanager
def running_app(workspace: Path) -> Iterator[str]:
    """Start `geomap run` on a free port and yield its address once it answers."""
    with running_server(workspace) as server:
        yield server.url


@contextmanager
def running_server(workspace: Path) -> Iterator[Server]:
    """Start `geomap run` on a free port and yield it once it answers."""
    port = free_port()
    command = [sys.executable, "-m", "geomap", "run", "--port", str(port)]
    server = subprocess.Popen(
        [*command, "--workspace", str(workspace)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(url)
        yield Server(url, server.pid)
    finally:
        server.terminate()
        server.wait(20)


def wait_for(url: str, seconds: float = 180) -> None:
    """Return when the app at `url` answers; raise TimeoutError when it does not."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2):  # noqa: S310 (ours)
                return
        except OSError:
            time.sleep(0.05)
    message = f"The app did not answer at {url} within {seconds:.0f} s."
    raise TimeoutError(message)


@contextmanager
def page() -> Iterator[Page]:
    """Yield a page of a headless Chromium."""
    path = browser_path()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser.new_page(viewport={"width": 1280, "height": 900})
        browser.close()


def map_frame(opened: Page, seconds: float = 120) -> Frame:
    """Return the map's frame once it has painted the events."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        for frame in opened.frames:
            if frame is not opened.main_frame and not frame.is_detached():
                with suppress(Error):  # a frame may be removed during the query
                    if frame.evaluate(PAINTS):
                        return frame
        opened.wait_for_timeout(20)
    message = "The map was not painted."
    raise TimeoutError(message)
