"""Small files that made a library crash, loop or fill the memory."""

from __future__ import annotations

import io
import sqlite3
import tempfile
import zipfile
from pathlib import Path

import geopandas as gpd
import pyarrow as pa
import shapely
from pyarrow import parquet

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def text_cell(reference: str, text: str) -> str:
    """Return a cell of a sheet with its text in it."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def xlsx(rows: str, *, times: int = 1, shared: str = "", after: str = "") -> bytes:
    """Return a workbook of one sheet.

    Parameters
    ----------
    rows, times
        The XML of the rows; how often they are repeated.
    shared, after
        The XML of the shared strings, and of what follows the rows.
    """
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_DOCUMENT}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"/>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_DOCUMENT}">'
        '<sheets><sheet name="s" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_DOCUMENT}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_DOCUMENT}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{shared}</sst>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f'<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
            for _ in range(times):
                sheet.write(rows.encode())
            sheet.write(f"</sheetData>{after}</worksheet>".encode())
    return out.getvalue()


_HEAD = f'<row r="1">{text_cell("A1", "date")}{text_cell("B1", "notes")}</row>'


def long_shared_string() -> bytes:
    """Return a workbook that says one long text in each of many cells."""
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c><c r="B{n}" t="s"><v>0</v></c></row>'
        for n in range(2, 2_000)
    )
    return xlsx(_HEAD + rows, shared=f"<si><t>{'x' * 4_000_000}</t></si>")


def merged_over_long_text() -> bytes:
    """Return a workbook whose merged ranges repeat one long text."""
    last = f'<row r="900000">{text_cell("B900000", "z")}</row>'
    rows = f'<row r="2">{text_cell("A2", "y" * 4_000_000)}</row>{last}'
    return xlsx(_HEAD + rows, after='<mergeCells><mergeCell ref="A2:B900000"/></mergeCells>')


def merged_over_everything() -> bytes:
    """Return a workbook of a few cells whose merged ranges all span a large block."""
    last = f'<row r="500000">{text_cell("Z500000", "z")}</row>'
    rows = f'<row r="2">{text_cell("A2", "y")}</row>{last}'
    merges = '<mergeCell ref="A2:Z500000"/>' * 2_000
    return xlsx(_HEAD + rows, after=f"<mergeCells>{merges}</mergeCells>")


def expanding_workbook(rows: int = 700_000) -> bytes:
    """Return an honest workbook that shrank some 150 times when it was packed."""
    line = "<row>" + '<c t="inlineStr"><is><t>the same words</t></is></c>' * 12 + "</row>"
    return xlsx(line * 1_000, times=rows // 1_000)


def stray_reference(name: str) -> bytes:
    """Return a workbook with one cell that refers to a place which no sheet has."""
    return xlsx(f"{_HEAD}<row>{text_cell(name, 'x')}</row>")


def expanding_parquet() -> bytes:
    """Return a Parquet file of some kB whose dictionary stands for 20 GB of text."""
    values = pa.DictionaryArray.from_arrays(
        pa.array([0] * 1_000_000, pa.int32()), pa.array(["x" * 20_000])
    )
    out = io.BytesIO()
    table = pa.table({"date": values, "lat": values})
    parquet.write_table(table, out, compression="zstd", store_schema=False)
    return out.getvalue()


def _geopackage(*statements: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.gpkg"
        frame = gpd.GeoDataFrame({"date": ["2020-01-01"]}, geometry=[shapely.Point(1, 2)], crs=4326)
        frame.to_file(path, layer="rows", engine="pyogrio")
        base = sqlite3.connect(path)
        for statement in statements:
            base.execute(statement)
        base.commit()
        base.close()
        return path.read_bytes()


def recursive_view() -> bytes:
    """Return a GeoPackage with a layer that is a view without an end."""
    return _geopackage(
        "CREATE VIEW v AS WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) "
        "SELECT n AS fid, n AS date FROM r",
        "INSERT INTO gpkg_contents (table_name, data_type, identifier) "
        "VALUES ('v', 'attributes', 'v')",
    )


def large_blob() -> bytes:
    """Return a GeoPackage of a few kB with a view of large blobs."""
    return _geopackage(
        "CREATE VIEW v AS WITH RECURSIVE r(n) AS "
        "(SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 50) "
        "SELECT n AS fid, zeroblob(200000000) AS notes FROM r",
        "INSERT INTO gpkg_contents (table_name, data_type, identifier) "
        "VALUES ('v', 'attributes', 'v')",
    )


def nested_wkt(depth: int) -> str:
    """Return a geometry inside as many collections."""
    return "GEOMETRYCOLLECTION (" * depth + "POINT (1 2)" + ")" * depth


def nameless_entry() -> bytes:
    """Return a zip archive with an entry that has an empty name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("zq.csv", "date,lat,lon\n2020-01-01,1,2\n")
    return out.getvalue().replace(b"zq.csv", b"\0q.csv")
