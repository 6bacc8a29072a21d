"""The Report page in Chromium: what is downloaded is what was shown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

if TYPE_CHECKING:
    from tests.browser.conftest import App

pytestmark = pytest.mark.browser


def _download(app: App, label: str, target: Path) -> Path:
    with app.page.expect_download(timeout=60_000) as download:
        app.page.get_by_role("button", name=label, exact=True).click()
    download.value.save_as(target)
    return target


def test_png_is_a_figure_and_not_a_blank_sheet(app: App, tmp_path: Path) -> None:
    """A report takes this file as it is."""
    app.open("/report")
    app.page.get_by_role("img").first.wait_for()
    path = _download(app, "Figure (PNG)", tmp_path / "figure.png")

    with Image.open(path) as image:
        assert image.format == "PNG"
        assert image.width > image.height > 1000
        colours = image.convert("RGB").getcolors(maxcolors=2**24)
    assert colours is not None
    assert len(colours) > 50
    most = max(count for count, _ in colours)
    assert most < 0.9 * image.width * image.height
    assert app.visit.strangers == []


def test_html_opens_from_the_disk_and_asks_nobody(app: App, tmp_path: Path) -> None:
    """A snapshot must open in ten years, with no server at all."""
    app.open("/report")
    app.page.get_by_role("img").first.wait_for()
    path = _download(app, "Map in one file (HTML)", tmp_path / "map.html")

    text = path.read_text("utf-8")
    assert "<html" in text.lower()
    assert "https://cdn" not in text
    assert 'src="http' not in text


def test_csv_holds_just_what_is_shown(app: App, tmp_path: Path) -> None:
    """The file obeys the same filters as the view."""
    app.open("/?from=2022-12-01&to=2022-12-31")
    app.painted()
    counts = app.counts()
    app.page.get_by_role("link", name="Report").first.click()
    app.settle()
    app.page.get_by_role("img").first.wait_for()
    path = _download(app, "CSV", tmp_path / "events.csv")

    import csv

    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == counts["shown"] + counts["possible"] > 0
