"""The modules of the scripts in a page of Chromium, without a bundle, for tests to call."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, Route

import geomap
from geomap.maps.assets import read_asset

ORIGIN = "http://127.0.0.1:9"
"""Nobody listens there: Playwright answers with the files of this checkout."""
_SOURCES = Path(geomap.__file__).parent


def open_modules(page: Page, body: str, script: str) -> None:
    """Open a page of `body` that has run `script`.

    Parameters
    ----------
    page, body
        Page of the browser; HTML of its body.
    script
        A JavaScript module. It imports from addresses like /maps/js/shared/days.js and
        leaves in `globalThis` what the test calls; Leaflet is there as `L`.
    """
    document = (
        "<!DOCTYPE html><html lang=en><meta charset=utf-8><title>Modules</title>"
        "<meta name=viewport content='width=device-width, initial-scale=1'>"
        f"<body>{body}<script src=/leaflet.js></script><script type=module>{script}</script>"
    )

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path == "/":
            route.fulfill(body=document, content_type="text/html")
        elif path == "/leaflet.js":
            route.fulfill(body=read_asset("leaflet", path[1:]), content_type="text/javascript")
        elif (_SOURCES / path[1:]).is_file():
            text = (_SOURCES / path[1:]).read_text("utf-8")
            route.fulfill(body=text, content_type="text/javascript")
        else:
            route.fulfill(status=404)

    page.route(f"{ORIGIN}/**", answer)
    page.goto(f"{ORIGIN}/")
