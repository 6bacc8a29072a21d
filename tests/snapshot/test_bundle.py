"""Promises of the report bundle, and of licences and redaction in every file."""

import base64
import csv
import gzip
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import docx
import geopandas as gpd
import pyogrio
import pytest
import shapely
from tests.snapshot.conftest import event

from geomap.exports.html_page import WITHHELD
from geomap.query import EventQuery
from geomap.sharing import Redaction
from geomap.snapshot import (
    SnapshotSettings,
    View,
    bundle_bytes,
    data_bytes,
    snapshot_bytes,
    unseal,
    view_of,
)
from geomap.tables import events_table

TELLING = (
    "SECRET headline",
    "SECRET notes",
    "SECRETVILLE",
    "acled:SECRET1",
    "https://secret.example",
)


@pytest.fixture
def table() -> gpd.GeoDataFrame:
    """Return an event of ACLED whose row may not leave, and one that may."""
    held = {
        "event_id": "acled:SECRET1",
        "dataset": "acled",
        "title": "SECRET headline",
        "notes": "SECRET notes",
        "place_name": "SECRETVILLE",
        "source_url": "https://secret.example",
    }
    return events_table(
        [event(1, **held), event(2, title="=1+1", place_name="Aba"), event(3, geometry=None)]
    )


@pytest.fixture
def licensed(table: gpd.GeoDataFrame, places: gpd.GeoDataFrame) -> View:
    """Return the view of it."""
    return view_of(table, EventQuery(), places)


def files_of(content: bytes) -> dict[str, bytes]:
    """Return the files of an archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def text_of(content: bytes) -> str:
    """Return all text of a file, unpacked where it is an archive."""
    if content.startswith(b"PK"):
        return "\n".join(text_of(one) for one in files_of(content).values())
    text = content.decode("utf-8", "replace")
    packed = re.search(r'id="geomap-data">([^<]+)<', text)
    if packed:  # a page holds its data as gzip in base64
        text += gzip.decompress(base64.b64decode(packed[1])).decode("utf-8")
    return text


def test_bundle_holds_all_that_a_report_needs(view: View, settings: SnapshotSettings) -> None:
    """One file to send to the editor."""
    files = files_of(bundle_bytes(view, settings))

    assert set(files) == {
        "README.txt", "manifest.json", "sources.md", "captions.md", "captions.docx",
        "figure.png", "figure.svg", "figure.pdf", "map.html",
        *(f"data/events.{form}" for form in ("csv", "geojson", "gpkg", "parquet", "kml")),
    }  # fmt: skip
    for name in ("figure.png", "figure.svg", "figure.pdf", "map.html"):
        assert unseal(files[name]).faults == []
    rows = list(csv.DictReader(io.StringIO(files["data/events.csv"].decode())))
    assert (
        len(rows) == len(view.events) == len(json.loads(files["data/events.geojson"])["features"])
    )
    assert gpd.read_parquet(io.BytesIO(files["data/events.parquet"])).shape[0] == len(rows)


def test_captions_can_be_pasted(view: View, settings: SnapshotSettings) -> None:
    """In Markdown and in Word, with the alternative text."""
    files = files_of(bundle_bytes(view, settings))

    words = files["captions.md"].decode()
    assert words.startswith("![Map: Events worth $5 to $6.")
    assert "(figure.png)" in words
    document = docx.Document(io.BytesIO(files["captions.docx"]))
    said = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "7 shown + 1 possible of 10" in said
    assert len(document.inline_shapes) == 1
    described = document.inline_shapes[0]._inline.docPr.get("descr")
    assert described.startswith("Map: Events worth $5 to $6.")


def test_bundle_is_the_same_for_the_same_view(view: View, settings: SnapshotSettings) -> None:
    """No clock and no chance is in it."""
    first, again = (files_of(bundle_bytes(view, settings)) for _ in range(2))
    assert [name for name in first if first[name] != again[name]] == []


def test_rows_that_may_not_be_passed_on_are_in_no_file(
    licensed: View, settings: SnapshotSettings, tmp_path: Path
) -> None:
    """Their signs and their number are; their words, ids and links are not."""
    content = bundle_bytes(licensed, settings)
    text = text_of(content)

    for words in TELLING:
        assert words not in text, words
    assert "ACLED (1)" in text
    assert unseal(content).manifest["withheld"] == {"ACLED": 1}
    assert unseal(content).manifest["counts"]["shown"] == 2
    files = files_of(content)
    for name in ("figure.svg", "map.html", "README.txt", "sources.md"):
        assert "ACLED" in files[name].decode(), name
    (tmp_path / "x.gpkg").write_bytes(files["data/events.gpkg"])
    points = pyogrio.read_dataframe(tmp_path / "x.gpkg", layer="points")
    assert points["place_name"].tolist() == ["Aba"]


def test_page_draws_signs_of_what_may_not_be_listed(
    licensed: View, settings: SnapshotSettings
) -> None:
    """Two events are on its map, the words of one."""
    page = text_of(snapshot_bytes(licensed, settings, "html"))

    assert page.count(WITHHELD) == 1
    assert "Counted and drawn but not listed" in page
    for words in TELLING:
        assert words not in page


@pytest.mark.parametrize("form", ["png", "svg", "pdf", "html", "zip"])
def test_redaction_is_done_and_told_in_every_file(
    places: gpd.GeoDataFrame, settings: SnapshotSettings, form: str
) -> None:
    """Redacted words are in no file, and every file states that something was redacted."""
    redaction = Redaction(0.25, ("actor1",), ("Informant",))
    known = events_table(
        [
            event(1, title="SECRET headline", place_name="SECRETVILLE", actor1="SECRET actor"),
            event(2, source="Informant", title="SECRET notes"),
        ]
    )
    view = view_of(known, EventQuery(), places, redaction=redaction)
    made = (bundle_bytes(view, settings) if form == "zip"
            else snapshot_bytes(view, settings, form))  # fmt: skip

    found = unseal(made)
    assert found.manifest["redaction"] == {
        "grid_degrees": 0.25, "columns": ["actor1"], "hidden_sources": 1,
    }  # fmt: skip
    counts = found.manifest["counts"]
    assert (counts["total"], counts["shown"], counts["filtered"]) == (2, 1, 1)
    text = text_of(made)
    assert "SECRET" not in text
    assert "Informant" not in text
    if form in ("svg", "html"):
        assert "Places were made coarse" in text
    if form == "zip":
        assert "Places were made coarse" in files_of(made)["README.txt"].decode()
        assert "46.72" not in files_of(made)["data/events.csv"].decode()  # where it was
    assert shapely.get_type_id(view.events.geometry.to_numpy()).tolist() == [3]


@pytest.mark.parametrize("form", ["geojson", "kml", "parquet", "csv"])
def test_data_holds_just_what_the_view_shows(view: View, form: str) -> None:
    """Events that are filtered or not placed are not in the data."""
    content = data_bytes(view, form)

    ids = set(view.events["event_id"])
    if form == "geojson":
        found: Any = {feature["id"] for feature in json.loads(content)["features"]}
    elif form == "csv":
        found = {row["event_id"] for row in csv.DictReader(io.StringIO(content.decode()))}
    elif form == "parquet":
        found = set(gpd.read_parquet(io.BytesIO(content))["event_id"])
    else:
        found = {event_id for event_id in (f"e{n}" for n in range(1, 11))
                 if f"<value>{event_id}</value>" in content.decode()}  # fmt: skip
    assert found == ids


def test_geojson_rings_run_as_the_standard_says() -> None:
    """RFC 7946: outer rings anticlockwise."""
    from geomap.exports import export_bytes

    clockwise = shapely.Polygon([(46, 39), (46, 40), (47, 40), (47, 39)])
    content = export_bytes(events_table([event(1, geometry=clockwise)]), "geojson")

    ring = json.loads(content)["features"][0]["geometry"]["coordinates"][0]
    assert shapely.LinearRing(ring).is_ccw
