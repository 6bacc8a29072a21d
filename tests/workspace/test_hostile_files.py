"""The files that leave a workspace whose every text was written by somebody hostile."""

from __future__ import annotations

import base64
import csv
import gzip
import html
import io
import json
import re
import sqlite3
import zipfile
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as Xml

import pypdf
import pytest
from docx import Document
from tests import hostile
from tests.hostile import TEXT

from geomap.query import EventQuery
from geomap.sharing import read_terms
from geomap.snapshot import SnapshotSettings, View, bundle_bytes, unseal, view_of
from geomap.symbology.name_policy import with_names
from geomap.workspace import Workspace

TITLE = "$\\frac{a}{b}$ {{7*7}} [[data]] <b>x</b> ]]> \\1 :red[x]"
SETTINGS = SnapshotSettings(
    TITLE, datetime(2024, 1, 1, tzinfo=UTC), version=2, dpi=60, link=f"http://127.0.0.1/?q={TEXT}"
)
KML = "{http://www.opengis.net/kml/2.2}"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Return the hostile workspace."""
    folder = tmp_path_factory.mktemp("hostile") / "workspace"
    return hostile.make_workspace(folder, layers={"user", "curated"})


@pytest.fixture(scope="module")
def view(workspace: Workspace) -> View:
    """Return a view of all its events."""
    places = with_names(workspace.places(), workspace.gazetteer)
    terms = read_terms(workspace.folder)
    return view_of(
        workspace.events(), EventQuery(), places, joins=workspace.joins(), terms=terms,
        batches=workspace.batches(),
    )  # fmt: skip


@pytest.fixture(scope="module")
def bundle(view: View) -> zipfile.ZipFile:
    """Return the archive with a file of every kind."""
    content = bundle_bytes(view, SETTINGS)
    assert unseal(content).faults == []
    return zipfile.ZipFile(io.BytesIO(content))


class Page(HTMLParser):
    """The elements of a page of HTML, with their attributes and the text of scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, str] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Note the text of the element that was opened last."""
        tag, attributes = self.tags[-1] if self.tags else ("", {})
        key = attributes.get("id") or tag
        self.texts[key] = self.texts.get(key, "") + data


def test_a_saved_page_has_no_element_and_no_script_of_others(bundle: zipfile.ZipFile) -> None:
    """Texts are data in it: nothing ends an element, and no slot is filled inside another."""
    text = bundle.read("map.html").decode()
    page = Page(text)

    scripts = [attributes.get("id") for tag, attributes in page.tags if tag == "script"]
    assert scripts == ["geomap-manifest", "geomap-data", None]
    assert not {"img", "iframe", "object", "a", "b"} & {tag for tag, _ in page.tags}
    assert not [name for _, attributes in page.tags for name in attributes if name[:2] == "on"]
    assert (page.texts["title"].strip(), page.texts["h1"].strip()) == (TITLE, TITLE)
    assert "script-src 'sha256-" in text
    assert json.loads(page.texts["geomap-manifest"])["title"] == TITLE
    data = json.loads(gzip.decompress(base64.b64decode(page.texts["geomap-data"])))
    assert {place["name"] for place in data["places"]} >= {TEXT, f"Zone {hostile.ALTERED}"}
    assert f"Event 1 {TEXT}" in {event["title"] for event in data["events"]}


def test_a_drawn_figure_has_words_and_no_formulas(bundle: zipfile.ZipFile) -> None:
    """A "$" is money in a title and in a legend; markup of others is letters."""
    root = Xml.fromstring(bundle.read("figure.svg"))  # noqa: S314  # our own output
    names = {element.tag.partition("}")[2] for element in root.iter()}
    words = ["".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")]

    assert not {"script", "foreignObject", "a", "iframe"} & names
    assert TITLE in words
    assert root.findtext("{http://www.w3.org/2000/svg}title") == TITLE
    assert any(r"$\frac{a}{b}$" in line for line in words if line != TITLE)
    assert not [
        value
        for element in root.iter()
        for name, value in element.attrib.items()
        if "stranger" in value or name.lower().startswith("on")
    ]


def test_a_pdf_and_a_document_hold_the_title_to_the_letter(bundle: zipfile.ZipFile) -> None:
    """What other programs open holds text, and nothing that they would run."""
    content = bundle.read("figure.pdf")
    reader = pypdf.PdfReader(io.BytesIO(content))
    assert reader.metadata is not None
    assert reader.metadata.title == TITLE
    assert TITLE in " ".join(reader.pages[0].extract_text().split())
    assert not re.search(rb"/(JavaScript|JS|OpenAction|AA|URI|Launch)\b", content)

    document = Document(io.BytesIO(bundle.read("captions.docx")))
    assert document.paragraphs[0].text == TITLE
    assert TITLE in document.paragraphs[2].text
    with zipfile.ZipFile(io.BytesIO(bundle.read("captions.docx"))) as parts:
        links = parts.read("word/_rels/document.xml.rels").decode()
    assert "stranger" not in links


def test_kml_shows_text_where_it_is_drawn_as_html(bundle: zipfile.ZipFile, view: View) -> None:
    """Google Earth draws descriptions as HTML and fills `$[field]` into them."""
    root = Xml.fromstring(bundle.read("data/events.kml"))  # noqa: S314  # our own output
    marks = root.findall(f".//{KML}Placemark")
    names = [html.unescape(mark.findtext(f"{KML}name") or "") for mark in marks]
    described = [mark.findtext(f"{KML}description") or "" for mark in marks]

    assert set(names) == set(view.rows["title"])
    assert {tag for text in described for tag, _ in Page(text).tags} == {"br"}
    assert not any("$[" in text for text in described)
    assert any(TEXT in html.unescape(text) for text in described)
    values = [value.text for value in root.iter(f"{KML}value")]
    assert TEXT in values


def test_tables_have_no_formulas_and_keep_every_letter(bundle: zipfile.ZipFile) -> None:
    """A spreadsheet runs what begins like one."""
    cells = [
        cell
        for row in csv.reader(io.StringIO(bundle.read("data/events.csv").decode("utf-8-sig")))
        for cell in row
    ]
    features = json.loads(bundle.read("data/events.geojson"))["features"]

    assert {TEXT, f"'{hostile.FORMULA} {TEXT}"} <= set(cells)
    numbers = re.compile(r"-?\d+(\.\d+)?")
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@") and not numbers.fullmatch(cell)]
    assert TEXT in {feature["properties"]["notes"] for feature in features}


def test_styles_of_a_geopackage_are_xml(bundle: zipfile.ZipFile, tmp_path: Path) -> None:
    """The types of events are labels in them."""
    path = tmp_path / "events.gpkg"
    path.write_bytes(bundle.read("data/events.gpkg"))
    with sqlite3.connect(path) as base:
        styles = [row[0] for row in base.execute("SELECT styleQML FROM layer_styles")]
    base.close()

    labels = {
        value
        for style in styles
        for element in Xml.fromstring(style).iter()  # noqa: S314  # our own output
        for value in element.attrib.values()
    }
    assert any(TEXT in label for label in labels)


def test_pages_of_markdown_show_the_text_to_the_letter(bundle: zipfile.ZipFile) -> None:
    """They are pasted into editors that read images and links out of them."""
    for name in ("sources.md", "captions.md"):
        text = bundle.read(name).decode()
        images = re.findall(r"(?<!\\)!\[", text)
        assert len(images) == (name == "captions.md"), name
        assert not re.search(r"(?<!\\)<(script|img|b)", text), name
        assert not re.search(r"(?<!\\)\]\((?!figure\.png\))", text), name
