"""The promises of the exports: nothing lost, nothing run, read by other tools."""

import csv
import io
import json
import re
import sqlite3
import zipfile
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from shapely.geometry import LineString, MultiPoint, Point, Polygon

from geomap.errors import InputError
from geomap.exports import FORMATS, export_bytes, format_of
from geomap.exports.qgis_style import expression_text
from geomap.exports.zip_archive import zip_bytes
from geomap.query import EventQuery, count_events
from geomap.tables import empty_events, events_table

HOSTILE = '=HYPERLINK("http://x","y")'
SCRIPT = "<script>alert(1)</script>\u0001"


@pytest.fixture
def events() -> gpd.GeoDataFrame:
    day = {"event_date": date(2023, 3, 5), "event_date_end": date(2023, 3, 5)}
    known = {**day, "date_precision": "day", "source": "Wire", "status": "reported"}
    return events_table(
        [
            {
                **known,
                "event_id": "a",
                "geometry": Point(46.7521234, 39.8),
                "title": HOSTILE,
                "notes": SCRIPT,
                "fatalities": 0,
                "uncertainty_km": 2.5,
                "place_ids": "p;q",
                "evidence": "[[3, 9]]",
            },
            {**known, "event_id": "b", "geometry": LineString([(46, 39), (47, 40)]), "title": "-5"},
            {**known, "event_id": "c", "geometry": Polygon([(46, 39), (47, 39), (47, 40)])},
            {**known, "event_id": "d", "geometry": MultiPoint([(-46, 39), (47, -40)])},
            {"event_id": "e", "title": "+7 people", "notes": "line\r\nbreak", "actor1": "Ə"},
        ]
    )


def exported(events: gpd.GeoDataFrame, form: str) -> bytes:
    counts = count_events(events, EventQuery())
    return export_bytes(events, form, query=EventQuery(), counts=counts)


def rows_of(events: gpd.GeoDataFrame) -> dict[str, dict[str, str]]:
    text = exported(events, "csv").decode("utf-8")
    return {row["event_id"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}


def test_csv_runs_no_formula_and_keeps_numbers(events: gpd.GeoDataFrame) -> None:
    """A sheet that opens in a ministry must not call home, and numbers stay numbers."""
    rows = rows_of(events)

    assert rows["a"]["title"] == "'" + HOSTILE
    assert rows["e"]["title"] == "'+7 people"
    assert rows["b"]["title"] == "'-5"
    assert (rows["d"]["longitude"], rows["a"]["fatalities"]) == ("-46.0", "0")
    assert (rows["a"]["longitude"], rows["a"]["latitude"]) == ("46.7521234", "39.8")


def test_csv_leaves_unknown_cells_empty(events: gpd.GeoDataFrame) -> None:
    """Unknown is not zero, not "nan" and not today."""
    unknown = rows_of(events)["e"]

    kept = {"event_id", "title", "notes", "actor1"}
    assert {name for name, cell in unknown.items() if cell} == kept
    assert rows_of(events)["b"]["geometry_wkt"].startswith("LINESTRING")


def test_geojson_is_valid_and_whole(events: gpd.GeoDataFrame) -> None:
    """Strict readers refuse NaN; an event without a place must still be in the file."""

    def refuse(constant: str) -> Any:
        raise AssertionError(constant)

    found = json.loads(exported(events, "geojson"), parse_constant=refuse)

    assert [feature["id"] for feature in found["features"]] == list("abcde")
    first, last = found["features"][0], found["features"][-1]
    assert first["geometry"] == {"type": "Point", "coordinates": [46.7521234, 39.8]}
    assert first["properties"]["event_date"] == "2023-03-05"
    assert first["properties"]["place_ids"] == ["p", "q"]
    assert first["properties"]["notes"] == SCRIPT
    assert last["geometry"] is None
    assert last["properties"]["fatalities"] is None


def test_parquet_comes_back_as_the_same_table(events: gpd.GeoDataFrame, tmp_path: Path) -> None:
    """GeoParquet is the format in which nothing at all is lost."""
    (tmp_path / "x.parquet").write_bytes(export_bytes(events, "parquet"))

    found = gpd.read_parquet(tmp_path / "x.parquet")
    assert_frame_equal(pd.DataFrame(found), pd.DataFrame(events))
    assert found.crs == events.crs


def test_gpkg_has_a_layer_for_each_kind_of_geometry(
    events: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    """A GIS draws a layer in one way: points, lines and areas are layers of their own."""
    (tmp_path / "x.GPKG").write_bytes(export_bytes(events, "gpkg"))

    def ids(layer: str) -> list[str]:
        found = pyogrio.read_dataframe(tmp_path / "x.GPKG", layer=layer)
        return list(found["event_id"])

    assert {layer: ids(layer) for layer in ("points", "lines", "areas", "unplaced")} == {
        "points": ["a", "d"], "lines": ["b"], "areas": ["c"], "unplaced": ["e"],
    }  # fmt: skip
    line = pyogrio.read_dataframe(tmp_path / "x.GPKG", layer="lines")
    assert line.geometry.iloc[0].equals(events.geometry.iloc[1])
    assert line["event_date"].iloc[0] == "2023-03-05"


def test_gpkg_brings_styles_that_qgis_finds(events: gpd.GeoDataFrame, tmp_path: Path) -> None:
    """Signs come along: each type has a rule, and a province is drawn as no pin."""
    events["event_type"] = 'Wire & "quotes" <b>'
    content = export_bytes(events, "gpkg", notes=["Columns left out: notes."])
    (tmp_path / "x.gpkg").write_bytes(content)

    styles = pyogrio.read_dataframe(tmp_path / "x.gpkg", layer="layer_styles")
    assert styles["f_table_name"].tolist() == ["points", "lines", "areas"]
    assert styles["useAsDefault"].all()
    for text in styles["styleQML"]:
        root = Xml.fromstring(text)  # noqa: S314  # our own output
        rules, symbols = root.findall(".//rule"), root.findall(".//symbol")
        assert len(rules) == len(symbols) > 1
        assert rules[0].get("label") == 'Wire & "quotes" <b>'
    points = Xml.fromstring(styles["styleQML"][0])  # noqa: S314
    assert "admin1" in (points.findall(".//rule")[-2].get("filter") or "")
    with sqlite3.connect(tmp_path / "x.gpkg") as base:
        told = base.execute("SELECT description FROM gpkg_contents WHERE table_name='points'")
        assert told.fetchone()[0] == "Events from geomap. Columns left out: notes."
    base.close()
    assert content == export_bytes(events, "gpkg", notes=["Columns left out: notes."])


# What QGIS takes for a literal: src/core/qgsexpressionlexer.ll, `string` and `stripText`.
LITERAL = re.compile(r"'(?:''|\\.|[^'\\])*'", re.DOTALL)
ESCAPED = re.compile(r"''|\\(.)", re.DOTALL)


@given(word=st.text(), tail=st.text())
@example(word="\\' OR env('HOME') <> '", tail="")
@example(word="\\", tail="'")
@example(word="a\\nb", tail="")
def test_a_type_is_one_literal_in_an_expression_of_qgis(word: str, tail: str) -> None:
    """A layer that a colleague opens must not run what a row says."""
    literal = expression_text(word)

    found = LITERAL.match(literal + " " + tail)
    assert found is not None
    assert found[0] == literal
    inner = ESCAPED.sub(lambda sign: sign[1] or "'", literal[1:-1])
    assert inner == word


@pytest.mark.parametrize(
    "word", ["\x01", "]]>", "\ufffe", '"><rule', "\\' OR 1 --", "{{7*7}}", "\n"]
)
def test_styles_of_any_type_are_well_formed(word: str, tmp_path: Path) -> None:
    """One row with a control character made the styles of the whole layer unreadable."""
    row = {"event_id": "a", "event_type": word, "geometry": Point(46, 39)}
    (tmp_path / "x.gpkg").write_bytes(export_bytes(events_table([row]), "gpkg"))

    with sqlite3.connect(tmp_path / "x.gpkg") as base:
        (style,) = base.execute("SELECT styleQML FROM layer_styles").fetchone()
    base.close()
    rules = Xml.fromstring(style).findall(".//rule")  # noqa: S314  # our own output
    assert [rule.get("label") for rule in rules[1:]] == ["known to an area only", "other types"]
    assert rules[0].get("label") == word.replace("\x01", "\ufffd").replace("\ufffe", "\ufffd")


def test_notes_stand_in_every_format_that_has_a_place_for_them(events: gpd.GeoDataFrame) -> None:
    """A reader of the file has to learn that rows were left out."""
    notes = ["Counted but not listed: ACLED (2)."]

    def made(form: str) -> bytes:
        return export_bytes(events, form, notes=notes)

    assert json.loads(made("geojson"))["notes"] == notes
    assert notes[0] in made("kml").decode()
    assert gpd.read_parquet(io.BytesIO(made("parquet"))).attrs["geomap_notes"] == notes
    with zipfile.ZipFile(io.BytesIO(made("zip"))) as archive:
        assert notes[0] in archive.read("README.txt").decode()


def test_kml_is_well_formed_and_runs_nothing(events: gpd.GeoDataFrame) -> None:
    """Google Earth draws descriptions as HTML: a text of a file must stay text there."""
    root = Xml.fromstring(exported(events, "kml"))  # noqa: S314  # our own output

    space = "{http://www.opengis.net/kml/2.2}"
    marks = list(root.iter(f"{space}Placemark"))
    assert len(marks) == 5
    assert "<script" not in (marks[0].findtext(f"{space}description") or "")
    assert marks[0].findtext(f"{space}TimeSpan/{space}begin") == "2023-03-05"
    point = marks[0].findtext(f"{space}Point/{space}coordinates") or ""
    assert [float(part) for part in point.split(",")] == pytest.approx([46.7521234, 39.8])
    assert [mark.find(f".//{space}coordinates") is None for mark in marks] == [False] * 4 + [True]


def test_zip_explains_itself(events: gpd.GeoDataFrame) -> None:
    """In five years a reader still finds its sources and its query."""
    content = exported(events, "zip")

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert set(archive.namelist()) == {"README.txt", "events.csv", "events.geojson"}
        text = archive.read("README.txt").decode()
        assert archive.read("events.csv") == exported(events, "csv")
    assert "Asked for: all dates." in text
    assert "- Wire: 4" in text
    assert "4 shown + 0 possible of 5" in text
    assert content == exported(events, "zip")


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_takes_an_empty_table(form: str) -> None:
    """A query that finds nothing gives an empty file, not an error."""
    assert exported(empty_events(), form)


def test_export_names_the_endings_it_knows(events: gpd.GeoDataFrame) -> None:
    """A typing error in the name is reported with its remedy, before anything is written."""
    assert format_of("a.b.CSV") == "csv"
    with pytest.raises(InputError, match=r"'x\.doc' names no format.*\.geojson"):
        format_of("x.doc")
    with pytest.raises(InputError, match="No export format 'doc'"):
        export_bytes(events, "doc")


def test_equal_files_make_equal_archives() -> None:
    """An archive has no clock in it, and pictures are not compressed a second time."""
    files = {"a.txt": b"words " * 100, "b.png": b"picture " * 100}
    content = zip_bytes(files)

    assert content == zip_bytes(dict(files))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.filename: archive.read(entry) for entry in archive.infolist()} == files
        kinds = {entry.filename: entry.compress_type for entry in archive.infolist()}
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert kinds == {"a.txt": zipfile.ZIP_DEFLATED, "b.png": zipfile.ZIP_STORED}
