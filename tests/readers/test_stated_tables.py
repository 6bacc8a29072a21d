"""Files whose columns are stated: KML, KMZ, GeoJSON, Parquet, GeoPackage."""

from __future__ import annotations

import datetime as dt
import decimal
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely
from shapely.geometry import Point

from geomap.errors import FileRefusedError
from geomap.layouts import recognise_layout
from geomap.readers.table_file import RawTable, TableLimits, read_table

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
)
TAIL = "</Document></kml>"


def _kml(*placemarks: str, head: str = HEAD) -> RawTable:
    text = head + "".join(f"<Placemark>{mark}</Placemark>" for mark in placemarks) + TAIL
    return read_table(text.encode(), name="t.kml")


@pytest.mark.parametrize(
    ("times", "begin", "end"),
    [
        ("<TimeStamp><when>2022</when></TimeStamp>", "2022", "2022"),
        ("<TimeStamp><when>2022-12</when></TimeStamp>", "2022-12", "2022-12"),
        ("<TimeStamp><when>2022-12-12T23:30:00+04:00</when></TimeStamp>",) * 1
        + ("2022-12-12T23:30:00+04:00",) * 2,
        (
            "<TimeSpan><begin>2022-12-12</begin><end>2023-09-19</end></TimeSpan>",
            "2022-12-12",
            "2023-09-19",
        ),
        ("<TimeSpan><begin>2022-12-12</begin></TimeSpan>", "2022-12-12", "open"),
        ("<TimeSpan><end>2022-12-12</end></TimeSpan>", "", "2022-12-12"),
        ("", "", ""),
    ],
)
def test_read_kml_keeps_times_as_they_are_written(times: str, begin: str, end: str) -> None:
    """A year stays a year, and an open end stays open."""
    table = _kml(f"{times}<Point><coordinates>46.75,39.76</coordinates></Point>")

    assert table.frame[["kml begin", "kml end"]].to_numpy().tolist() == [[begin, end]]
    assert recognise_layout(table).name == "kml"


@pytest.mark.parametrize(
    ("shape", "kind"),
    [
        ("<Point><coordinates>46.75,39.76,900</coordinates></Point>", "POINT"),
        ("<Point><coordinates> 46.75, 39.76 </coordinates></Point>", "POINT"),
        ("<LineString><coordinates>1,2 3,4\n5,6</coordinates></LineString>", "LINESTRING"),
        (
            (
                "<Polygon><outerBoundaryIs><LinearRing><coordinates>0,0 9,0 9,9 0,0</coordinates>"
                "</LinearRing></outerBoundaryIs><innerBoundaryIs><LinearRing><coordinates>2,1 3,1"
                " 3,2 2,1</coordinates></LinearRing></innerBoundaryIs></Polygon>"
            ),
            "POLYGON",
        ),
        (
            (
                "<MultiGeometry><Point><coordinates>1,2</coordinates></Point>"
                "<Point><coordinates>3,4</coordinates></Point></MultiGeometry>"
            ),
            "MULTIPOINT",
        ),
        (
            (
                "<MultiGeometry><Point><coordinates>1,2</coordinates></Point>"
                "<LineString><coordinates>1,2 3,4</coordinates></LineString></MultiGeometry>"
            ),
            "GEOMETRYCOLLECTION",
        ),
    ],
)
def test_read_kml_reads_every_geometry(shape: str, kind: str) -> None:
    """Points, lines, areas with holes and mixtures come through whole."""
    cell = _kml(shape).frame["geometry_wkt"].iloc[0]

    assert cell.startswith(kind)
    assert shapely.from_wkt(cell).is_valid


def test_read_kml_takes_folders_own_data_and_the_text_of_descriptions() -> None:
    """HTML becomes text, its link a column; a prefix of a namespace changes nothing."""
    head = (
        '<k:kml xmlns:k="http://earth.google.com/kml/2.1"><k:Document><k:Folder>'
        "<k:name>Checkpoints</k:name>"
    )
    mark = (
        "<k:Placemark id='p1'><k:name>Post</k:name><k:description><![CDATA[<b>Closed</b><script>x()"
        '</script><br>by <a href="https://example.org/a">them</a>]]></k:description>'
        '<k:ExtendedData><k:Data name="killed"><k:value>2</k:value></k:Data></k:ExtendedData>'
        "<k:Point><k:coordinates>46,39</k:coordinates></k:Point></k:Placemark>"
    )
    table = read_table(f"{head}{mark}</k:Folder></k:Document></k:kml>".encode(), name="t.kml")

    (row,) = table.frame.to_dict("records")
    assert row["kml folder"] == "Checkpoints"
    assert row["kml description"] == "Closed\nby them"
    assert row["kml link"] == "https://example.org/a"
    assert (row["kml id"], row["killed"]) == ("p1", "2")
    assert recognise_layout(table).mapping["fatalities"] == "killed"


def test_read_kml_lists_a_placemark_without_or_with_a_bad_geometry() -> None:
    """Nothing is dropped: the cell is empty, or holds what was written."""
    table = _kml("<name>a</name>", "<Point><coordinates>x,y</coordinates></Point>")

    assert table.frame["geometry_wkt"].tolist() == ["", "POINT (x y)"]
    assert table.frame.index.tolist() == [2, 3]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('<!DOCTYPE kml [<!ENTITY a "b">]><kml><Placemark><name>&a;</name></Placemark></kml>',
         "xml_doctype"),
        (f"{HEAD}<NetworkLink><Link><href>http://example.org</href></Link></NetworkLink>{TAIL}",
         "empty"),
        ("<kml><Placemark><name>cut", "not_a_table"),
        ("<kml>" + "<Folder>" * 300 + "</Folder>" * 300 + "</kml>", "not_a_table"),
    ],
)  # fmt: skip
def test_read_kml_refuses_entities_links_and_broken_files(text: str, code: str) -> None:
    """No entity is expanded, no link followed, and the sentence contains the remedy."""
    with pytest.raises(FileRefusedError, match=r"^t\.kml") as refused:
        read_table(text.encode(), name="t.kml")

    assert refused.value.code == code


def test_read_table_reads_the_doc_of_a_kmz() -> None:
    """A KMZ is a zip with pictures and one doc.kml."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        mark = "<Placemark><Point><coordinates>46,39</coordinates></Point></Placemark>"
        archive.writestr("doc.kml", HEAD + mark + TAIL)
        archive.writestr("other.kml", HEAD + TAIL)
        archive.writestr("images/pin.png", b"\x89PNG")

    assert len(read_table(buffer.getvalue(), name="t.kmz").frame) == 1


def _json(document: Any) -> RawTable:
    return read_table(json.dumps(document).encode(), name="t.geojson")


def test_read_geojson_keeps_null_geometries_and_reads_an_old_crs() -> None:
    """A null geometry is legal; metres of a stated system become degrees, with a warning."""
    features = [
        {"type": "Feature", "properties": {"date": "2022-12-12"}, "geometry": None},
        {
            "type": "Feature",
            "properties": {"date": "2022-12-13"},
            "geometry": {"type": "Point", "coordinates": [5204186.2, 4832000.0]},
        },
    ]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    table = _json({"type": "FeatureCollection", "crs": crs, "features": features})

    none, some = table.frame["geometry_wkt"]
    assert none == ""
    assert shapely.from_wkt(some).x == pytest.approx(46.75, abs=0.01)
    assert [warning.code for warning in table.warnings] == ["crs_converted"]


def test_read_geojson_refuses_a_system_that_nobody_knows() -> None:
    """Points in unknown units would be wrong pins."""
    crs = {"type": "name", "properties": {"name": "my own grid"}}
    feature = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [1, 2]}}
    with pytest.raises(FileRefusedError) as refused:
        _json({"type": "FeatureCollection", "crs": crs, "features": [feature]})

    assert refused.value.code == "other_crs"


@pytest.mark.parametrize(
    "text",
    [
        '{"type": "Feature", "properties": {"a": 1}, "geometry": null}',
        (
            '{"type":"Feature","properties":{"a":1},"geometry":null}\n'
            '{"type":"Feature","properties":{"a":2},"geometry":null}\n'
        ),
        '{"count": 1, "data": [{"a": "1", "event_date": "2022-12-12"}]}',
        '[{"a": 1}]',
    ],
)
def test_read_json_takes_features_and_records_in_other_wrappings(text: str) -> None:
    """One feature, a feature a line, or the records that an interface answers."""
    table = read_table(text.encode(), name="t.json")

    assert table.frame["a"].iloc[0] == "1"


def _parquet(table: pa.Table) -> RawTable:
    buffer = io.BytesIO()
    pq.write_table(table, buffer)
    return read_table(buffer.getvalue(), name="t.parquet")


def test_read_parquet_keeps_typed_columns_exact() -> None:
    """The text is the value of the type: no rounding, no zone lost, no zero dropped."""
    moment = dt.datetime(2022, 12, 12, 22, 30, tzinfo=dt.UTC)
    table = _parquet(
        pa.table(
            {
                "id": pa.array([9007199254740993], pa.int64()),
                "code": pa.array(["040"]),
                "lat": pa.array([39.76], pa.float32()),
                "lon": pa.array([46.75000000000001], pa.float64()),
                "day": pa.array([dt.date(2022, 12, 12)]),
                "at": pa.array([moment], pa.timestamp("ns", "Asia/Baku")),
                "sum": pa.array([decimal.Decimal("1.10")]),
                "kind": pa.array(["x"]).dictionary_encode(),
                "tags": pa.array([["a", "b"]]),
                "none": pa.array([None], pa.int32()),
                "flag": pa.array([True]),
            }
        )
    )

    (row,) = table.frame.to_dict("records")
    assert row["id"] == "9007199254740993"
    assert (row["code"], row["lat"], row["lon"]) == ("040", "39.76", "46.75000000000001")
    assert row["day"] == "2022-12-12"
    assert row["at"].startswith("2022-12-13 02:30:00")
    assert (row["sum"], row["kind"], row["none"]) == ("1.10", "x", "")
    assert row["tags"] == '["a", "b"]'
    assert table.frame.index.tolist() == [2]


def _places(crs: str) -> gpd.GeoDataFrame:
    frame = pd.DataFrame({"date": ["2022-12-12", "2022-12-13"], "n": [1, None]})
    geometry = gpd.GeoSeries([Point(46.75, 39.76), None], crs="EPSG:4326").to_crs(crs)
    return gpd.GeoDataFrame(frame, geometry=geometry)


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:32638"])
@pytest.mark.parametrize("ending", ["parquet", "gpkg"])
def test_read_table_reads_geometries_of_any_stated_system(
    ending: str, crs: str, tmp_path: Path
) -> None:
    """WKB becomes WKT in degrees; a row without a geometry stays."""
    path = tmp_path / f"t.{ending}"
    places = _places(crs)
    places.to_parquet(path) if ending == "parquet" else places.to_file(path)

    table = read_table(path, name=path.name)

    first, second = table.frame["geometry_wkt"]
    assert shapely.from_wkt(first).distance(Point(46.75, 39.76)) < 1e-6
    assert second == ""
    assert {w.code for w in table.warnings} == (set() if crs == "EPSG:4326" else {"crs_converted"})
    assert recognise_layout(table).missing == ()


def test_read_geopackage_reads_points_and_areas_of_one_table(tmp_path: Path) -> None:
    """A layer has one type of geometry: the rows of a table with two are in two layers."""
    path = tmp_path / "t.gpkg"
    points = _places("EPSG:4326")
    points.to_file(path, layer="points")
    area = gpd.GeoSeries([shapely.box(46, 39, 47, 40)], crs=points.crs)
    points.head(1).set_geometry(area).to_file(path, layer="areas")
    pyogrio.write_dataframe(pd.DataFrame({"other": [1]}), path, layer="notes")

    table = read_table(path, name="t.gpkg")

    types = table.frame["geometry_wkt"].str.partition(" ")[0]
    assert types.tolist() == ["POINT", "", "POLYGON"]
    assert table.frame.index.tolist() == [2, 3, 4]
    (warning,) = table.warnings
    assert (warning.code, "'notes'" in warning.message) == ("sheet_chosen", True)


def test_read_geopackage_reads_the_layer_that_was_asked_for(tmp_path: Path) -> None:
    """A layer is chosen like a sheet: the largest, unless its owner names one."""
    path = tmp_path / "t.gpkg"
    _places("EPSG:4326").to_file(path, layer="two")
    _places("EPSG:4326").head(1).to_file(path, layer="one")

    chosen = read_table(path, name="t.gpkg")
    asked = read_table(path, name="t.gpkg", sheet="one")

    assert (chosen.sheet, len(chosen.frame)) == ("two", 2)
    assert "'one'" in chosen.warnings[0].message
    assert (asked.sheet, len(asked.frame)) == ("one", 1)
    with pytest.raises(FileRefusedError, match="no layer 'three'"):
        read_table(path, name="t.gpkg", sheet="three")


@pytest.mark.parametrize(
    "start",
    [b"PAR1", b"SQLite format 3\x00" + b"\x00" * 44 + (10300).to_bytes(4) + b"\x00" * 4 + b"GPKG"],
)
def test_read_table_refuses_a_broken_file_in_one_sentence(start: bytes) -> None:
    """The first bytes promise what the rest does not hold."""
    with pytest.raises(FileRefusedError, match=r"^odd cannot|^odd is a .* cannot be read") as fault:
        read_table(start + b"\x00\x01broken" * 50, name="odd")

    assert fault.value.code == "broken_file"


def test_read_parquet_holds_the_limits() -> None:
    """A table of too many rows is refused before it is read."""
    buffer = io.BytesIO()
    pq.write_table(pa.table({"a": list(range(9)), "b": list(range(9))}), buffer)
    with pytest.raises(FileRefusedError, match="rows"):
        read_table(buffer.getvalue(), name="t.parquet", limits=TableLimits(rows=5))
