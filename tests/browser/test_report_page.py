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


def test_every_download_is_what_it_says_and_is_sealed(app: App, tmp_path: Path) -> None:
    """Each button gives a file that other programs open, and the sealed ones are intact."""
    from geomap.snapshot import unseal

    app.open("/report")
    app.page.get_by_role("img").first.wait_for()
    starts = {
        "SVG": b"<?xml", "PDF": b"%PDF", "Figure (PNG)": b"\x89PNG",
        "Map in one file (HTML)": b"<!", "GeoJSON": b"{", "GeoPackage": b"SQLite",
        "GeoParquet": b"PAR1", "KML": b"<?xml",
    }  # fmt: skip
    for label, start in starts.items():
        content = _download(app, label, tmp_path / "file").read_bytes()
        assert content.startswith(start), label
        if label in ("SVG", "PDF", "Figure (PNG)", "Map in one file (HTML)"):
            assert unseal(content).faults == [], label
    assert app.visit.errors == []
    assert app.visit.strangers == []


def test_bundle_is_prepared_and_downloaded_with_the_keyboard_alone(
    app: App, tmp_path: Path
) -> None:
    """Nothing on the page needs a mouse."""
    from geomap.snapshot import unseal

    app.open("/report")
    app.page.get_by_role("img").first.wait_for()
    app.page.get_by_label("Title").fill("By keyboard")
    app.page.keyboard.press("Enter")
    app.settle()
    app.page.get_by_role("button", name="Prepare", exact=True).focus()
    app.page.keyboard.press("Enter")
    ready = app.page.get_by_role("button", name="Download it", exact=True)
    ready.wait_for(timeout=90_000)
    with app.page.expect_download(timeout=60_000) as download:
        ready.focus()
        app.page.keyboard.press("Enter")
    download.value.save_as(tmp_path / "bundle.zip")

    assert download.value.suggested_filename == "By_keyboard.zip"
    found = unseal((tmp_path / "bundle.zip").read_bytes())
    assert (found.faults, found.manifest["title"]) == ([], "By keyboard")


def test_coarse_places_are_said_on_the_page_and_in_the_file(app: App, tmp_path: Path) -> None:
    """Who asks for it sees that it was done, before and after the download."""
    app.open("/report")
    app.page.get_by_role("img").first.wait_for()
    app.page.get_by_text("Redaction", exact=True).click()
    app.page.wait_for_timeout(1000)  # the list would close while the box still unfolds
    app.page.get_by_label("How exact places are").click()
    app.page.get_by_role("option", name="Cells of 0.25°").click()
    app.settle()
    app.page.get_by_text("Places were made coarse").first.wait_for()
    path = _download(app, "CSV", tmp_path / "events.csv")

    import csv

    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert {row["geo_precision"] for row in rows} <= {"zone", "admin1", "admin2", "country",
                                                      "region"}  # fmt: skip
    assert not any(row["title"] or row["place_name"] for row in rows)


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
