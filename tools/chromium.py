"""Find a Chromium that starts, or install one, and print its path.

Tried in this order: `GEOMAP_CHROMIUM`, the browsers on PATH, the system's package manager
where permitted, Playwright's own build. When none works, one sentence states what to
install and the exit code is 2: the browser tests are never skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
INSTALLERS = (
    ("apt-get", (("apt-get", "update"), ("apt-get", "install", "-y", "chromium"))),
    ("dnf", (("dnf", "install", "-y", "chromium"),)),
    ("pacman", (("pacman", "-Sy", "--noconfirm", "chromium"),)),
    ("apk", (("apk", "add", "chromium"),)),
)
INSTALL_SECONDS = 900


def starts(path: str) -> bool:
    """Return whether the browser at `path` starts and prints its version."""
    try:
        done = subprocess.run([path, "--version"], capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def on_path() -> Iterator[str]:
    """Yield the browsers that are already installed."""
    if override := os.environ.get("GEOMAP_CHROMIUM"):
        yield override
    yield from filter(None, map(shutil.which, NAMES))


def run(*command: str) -> bool:
    """Run an installer with its output on stderr and return whether it succeeded."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command,
            stdout=sys.stderr,
            stdin=subprocess.DEVNULL,
            env=environment,
            timeout=INSTALL_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def install_from_system() -> None:
    """Install Chromium with the system's package manager, as root or by sudo without asking."""
    prefix: tuple[str, ...] = ()
    if os.geteuid() != 0:
        if not shutil.which("sudo") or not run("sudo", "-n", "true"):
            return
        prefix = ("sudo", "-n")
    for tool, commands in INSTALLERS:
        if shutil.which(tool):
            for command in commands:
                run(*prefix, *command)
            return


def playwrights_own() -> Iterator[str]:
    """Yield the path of Playwright's build after asking Playwright to fetch it."""
    if run(sys.executable, "-m", "playwright", "install", "chromium"):
        from playwright.sync_api import sync_playwright

        with sync_playwright() as playwright:
            yield playwright.chromium.executable_path


def find() -> str | None:
    """Return the path of a Chromium that starts, installing one where that is needed."""
    for path in on_path():
        if starts(path):
            return path
    print("No Chromium on PATH: asking the system's package manager ...", file=sys.stderr)
    install_from_system()
    for path in (*on_path(), *playwrights_own()):
        if starts(path):
            return path
    return None


if __name__ == "__main__":
    found = find()
    if found is None:
        print(
            "The browser tests need Chromium: install the package 'chromium' (or Google Chrome), "
            "or set GEOMAP_CHROMIUM to the path of one, and call 'make test' again.",
            file=sys.stderr,
        )
        sys.exit(2)
    print(found)
