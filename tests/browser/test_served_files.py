"""What the app serves as files can be fetched by its token, and nothing beside it."""

from __future__ import annotations

import http.client
import re
from urllib.parse import urlsplit

import pytest
from tests.browser.conftest import App

EVENTS = "/component/geomap.dashboard.shared.asset_server.geomap_events"


def fetch(app: App, path: str) -> tuple[int, bytes]:
    """Return status and body of a path that is sent as it is written."""
    place = urlsplit(app.url)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=20)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, body


@pytest.mark.browser
def test_events_are_served_by_their_token_only(app: App) -> None:
    """No list of the folder, no way out of it, whatever the path is written like."""
    asked: list[str] = []
    app.page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    app.open("/")
    app.painted()
    address = next(path for path in asked if re.search(r"geomap_events/[0-9a-f]{32}\.", path))

    status, body = fetch(app, address)
    assert (status, body[:2]) == (200, b"\x1f\x8b")
    name = address.rsplit("/", 1)[1]
    for wrong in (
        "", "/", "/.", "/..", f"/{'0' * 32}.gme.gz", f"/../served/{name}", f"/%2e%2e/served/{name}",
        f"/..%2fserved%2f{name}", f"/..%5cserved%5c{name}", f"/x/../../served/{name}", "/../kept/",
        "//etc/passwd", "/%2fetc%2fpasswd", "/../../../../../../../../etc/passwd", f"/{name}%00",
    ):  # fmt: skip
        status, body = fetch(app, EVENTS + wrong)
        assert status >= 400, wrong
        assert b"root:" not in body
        assert body[:2] != b"\x1f\x8b"
