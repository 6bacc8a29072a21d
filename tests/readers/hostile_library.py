# ruff: noqa: E501 (a hostile file broken over lines is harder to read than a long one)
"""More than two hundred files that were made to break readers, for every format that is read."""

from __future__ import annotations

import gzip
import io
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet
from tests.readers import hostile_documents, hostile_files, hostile_texts
from tests.readers.hostile_case import Case
from tests.readers.test_documents import FILES, zipped
from tests.readers.workbooks import workbook

_TABLE = b"date,lat,lon,place\n2022-01-01,1,2,Shusha\n2022-01-02,1,2,Baku\n"
_LARGE = 1_000_000
_NAMES = (
    "a\nb.csv", "a\x1b[31m.csv", "-rf.csv", "$(reboot).csv", "<script>.csv", "%s%n.csv", "..csv",
    " .csv", "\u202evsc.exe.csv", "con.csv", "a" * 240 + ".csv", "a;b|c.csv", "'.csv", '".csv',
    "\U0001f4a3.csv", "no ending", ".hidden", "a.csv.gz.exe", "{0}.csv", "C:\\a.csv",
)  # fmt: skip


def _parquet(table: pa.Table, **options: object) -> bytes:
    out = io.BytesIO()
    parquet.write_table(table, out, **options)
    return out.getvalue()


def _parquet_files() -> Iterator[Case]:
    days = pa.array([date(2022, 1, 1)] * 3)
    columns = {
        "lists": pa.array([[1.0, [2.0][0]]] * 3), "structs": pa.array([{"a": {"b": 1}}] * 3),
        "maps": pa.array([[("a", 1)]] * 3, pa.map_(pa.string(), pa.int8())),
        "bytes": pa.array([b"\xff\0"] * 3), "decimals": pa.array([Decimal("1e30")] * 3),
        "nulls": pa.nulls(3), "wide-days": pa.array([2**31 - 1] * 3, pa.int32()).cast(pa.date32()),
        "times": pa.array([2**62] * 3).cast(pa.timestamp("s")), "spans": pa.array([1] * 3, pa.duration("s")),
        "floats": pa.array([float("nan"), float("inf"), -1e308]),
    }  # fmt: skip
    for name, column in columns.items():
        try:
            yield Case(
                f"{name}.parquet", _parquet(pa.table({"date": days, "lat": column, "lon": column}))
            )
        except (pa.ArrowException, ValueError):  # this version cannot write such a column
            continue
    many = pa.table({f"c{i}": pa.array([1]) for i in range(5_000)})
    yield Case("many-columns.parquet", _parquet(many))
    yield Case("no-rows.parquet", _parquet(pa.table({"date": pa.array([], pa.string())})))
    yield Case("no-columns.parquet", _parquet(pa.table({})))
    yield Case("ends.parquet", b"PAR1" + b"\xff\xff\xff\x7f" + b"PAR1")
    yield Case("deep-footer.parquet", b"PAR1" + b"\x1c" * 100_000 + b"\xa0\x86\x01\0PAR1")


def _geopackages() -> Iterator[Case]:
    for name, statements in {
        "no-contents": ("DELETE FROM gpkg_contents",), "garbage": ("UPDATE rows SET geom = x'4750ff'",),
        "no-geometry": ("UPDATE rows SET geom = NULL",), "text": ("UPDATE rows SET geom = 'POINT (1 2)'",),
        "reference": ("UPDATE gpkg_geometry_columns SET srs_id = 999999",),
        "itself": ("CREATE VIEW v AS SELECT * FROM v",),
        "layers": tuple(
            f"INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('t{i}', 'attributes', 't{i}')"  # noqa: S608
            for i in range(500)
        ),
        "wide": (f"ALTER TABLE rows ADD COLUMN {'x' * 5_000} TEXT",),
        "name": ("ALTER TABLE rows RENAME TO 'r\"; DROP TABLE x; --'",),
        "page-size": ("PRAGMA user_version = 2147483647",),
    }.items():  # fmt: skip
        try:
            yield Case(f"{name}.gpkg", hostile_files._geopackage(*statements))
        except sqlite3.Error:
            continue
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.gpkg"
        base = sqlite3.connect(path)
        base.execute("CREATE TABLE a (date TEXT)")
        base.commit()
        base.close()
        yield Case("plain-sqlite.gpkg", path.read_bytes())
    yield Case("header.gpkg", b"SQLite format 3\0" + b"\xff" * 4_000)


def _workbooks() -> Iterator[Case]:
    cell, xlsx = hostile_files.text_cell, hostile_files.xlsx
    head = f'<row r="1">{cell("A1", "date")}{cell("B1", "lat")}{cell("C1", "lon")}</row>'
    for number, name in enumerate(
        ("A0", "ZZZZZZZ1", "A99999999999", "XFE1", "1A", "A-1", "$A$1", "", "A1:B2", "\u0391" + "1")
    ):
        yield Case(f"stray-{number}.xlsx", hostile_files.stray_reference(name))
    rows = {
        "string-number": '<row><c t="s"><v>99999999</v></c></row>', "open": "<row><c>",
        "day": '<row><c r="A2"><v>-1e300</v></c><c><v>NaN</v></c></row>',
        "formula": "<row><c><f>A1</f><v/></c></row>", "error": '<row><c t="e"><v>#REF!</v></c></row>',
        "kind": '<row><c t="zz"><v>1</v></c></row>', "row-number": '<row r="99999999999"/>',
        "cells": "<row>" + "<c><v>1</v></c>" * 20_000 + "</row>", "deep": "<row>" * 5_000,
        "bool": '<row><c t="b"><v>7</v></c></row>',
    }  # fmt: skip
    for name, text in rows.items():
        yield Case(f"{name}.xlsx", xlsx(head + text))
    for name, after in {
        "merge-all": '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        "merge-back": '<mergeCells><mergeCell ref="C3:A1"/></mergeCells>',
        "merge-odd": '<mergeCells><mergeCell ref="::"/></mergeCells>',
    }.items():
        yield Case(f"{name}.xlsx", xlsx(head, after=after))
    entities = '<!DOCTYPE x [<!ENTITY a "b">]>'
    yield Case(
        "entities.xlsx", zipped(**{"xl__workbook.xml": f"{entities}<workbook>&a;</workbook>"})
    )
    yield Case("no-sheets.xlsx", zipped(**{"xl__workbook.xml": "<workbook/>"}))
    yield Case("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 3_000)
    ods = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc'
        ':opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="s">'
        "%s</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    text = '<table:table-cell%s office:value-type="string"><text:p>date</text:p></table:table-cell>'
    for name, body in {
        "columns": "<table:table-row>" + text % ' table:number-columns-repeated="999999999"' + "</table:table-row>",
        "rows": '<table:table-row table:number-rows-repeated="999999999">' + text % "" + "</table:table-row>",
        "negative": '<table:table-row table:number-rows-repeated="-5">' + text % "" + "</table:table-row>",
        "word": '<table:table-row table:number-rows-repeated="x">' + text % "" + "</table:table-row>",
        "deep": "<table:table-row>" * 5_000, "none": "",
    }.items():  # fmt: skip
        files = {"content.xml": ods % body}
        kind = "application/vnd.oasis.opendocument.spreadsheet"
        yield Case(f"{name}.ods", zipped(mimetype=kind, **files))


def _good() -> dict[str, bytes]:
    """Return a good file of each format, which damage makes hostile."""
    files = {
        name: data if isinstance(data, bytes) else data.encode()
        for name, (data, *_) in FILES.items()
    }
    return {
        **files, "csv": _TABLE, "csv.gz": gzip.compress(_TABLE), "zip": zipped(**{"a.csv": _TABLE}),
        "xlsx": workbook({"s": [["date", "lat", "lon"], ["2022-01-01", 1, 2]]}),
        "gpkg": hostile_files._geopackage(),
        "parquet": _parquet(pa.table({"date": ["2022-01-01"], "lat": [1.5], "lon": [2.5]})),
    }  # fmt: skip


def _damaged() -> Iterator[Case]:
    for name, data in _good().items():
        half = len(data) // 2
        yield Case(f"half.{name}", data[:half])
        yield Case(f"cut-late.{name}", data[: -max(1, len(data) // 20)])
        yield Case(f"holed.{name}", data[:half] + b"\0" * 9 + data[half + 9 :])
        yield Case(f"turned.{name}", data[:half] + bytes([data[half] ^ 0xFF]) + data[half + 1 :])
        yield Case(f"doubled.{name}", data + data)


TEXTS: dict[str, Callable[[int], Iterator[Case]]] = {
    "delimited tables": hostile_texts.delimited,
    "JSON": hostile_texts.json_files,
    "markup": hostile_texts.markup,
    "articles": hostile_texts.articles,
    "PDF": hostile_documents.pdf_files,
    "office documents": hostile_documents.office_files,
    "mail": hostile_documents.mail_files,
    "web archives": hostile_documents.web_archives,
    "archives": hostile_documents.archives,
    "damaged files": lambda _: _damaged(),
    "odd names": lambda _: (Case(name, _TABLE) for name in _NAMES),
}
"""Files that Python itself reads, of about as many characters as asked: a fault is an exception."""


def small_files() -> Iterator[Case]:
    """Yield all of these, small."""
    for cases in TEXTS.values():
        yield from cases(20_000)


def small_tables() -> Iterator[Case]:
    """Yield small files that only a library in a process of its own may read."""
    yield from _parquet_files()
    yield from _geopackages()
    yield from _workbooks()


def large_files() -> Iterator[Case]:
    """Yield the same kinds at a million characters, and what only size makes hostile."""
    for name, cases in TEXTS.items():
        if name not in {"damaged files", "odd names"}:
            yield from cases(_LARGE)
    yield Case("line-of-300-MB.csv", b"date,lat,lon\n" + b"x" * 300_000_000)
    yield Case("rows.csv", b"date,lat,lon\n" + b"2022-01-01,1,2\n" * 1_000_000)
    yield Case(
        "gzip.csv.gz", gzip.compress(b"date,lat,lon\n" + b"2022-01-01,1,2\n" * 20_000_000, 1)
    )
    yield Case("lists.json", b"[" + b"[]," * 50_000_000 + b"[]]")
    yield Case("zeros.gz", gzip.compress(b"\0" * 700_000_000, 9))
    for name, make in {
        "shared-string.xlsx": hostile_files.long_shared_string,
        "merged-text.xlsx": hostile_files.merged_over_long_text,
        "merged.xlsx": hostile_files.merged_over_everything,
        "expanding.xlsx": hostile_files.expanding_workbook,
        "dictionary.parquet": hostile_files.expanding_parquet,
        "view.gpkg": hostile_files.recursive_view, "blob.gpkg": hostile_files.large_blob,
    }.items():  # fmt: skip
        yield Case(name, make())
    yield Case(
        "nested-wkt.csv",
        ("date,geometry\n2022-01-01," + hostile_files.nested_wkt(1_000_000)).encode(),
    )
    yield from hostile_documents.pdf_files(30_000_000)
    yield from hostile_documents.office_files(60_000_000)
    entries = {f"{i}": "" for i in range(60_000)}
    yield Case("entries.zip", zipped(**entries))
