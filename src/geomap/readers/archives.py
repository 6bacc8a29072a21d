"""What a file is by its first bytes, and the one table inside a gz or zip, under a cap.

The name of a file decides nothing: a zip called .csv is a zip. Nothing is unpacked before
its stated size passes the limits, and no more than the stated size is ever unpacked.
"""

from __future__ import annotations

import gzip
import io
import lzma
import struct
import zipfile
import zlib
from pathlib import PurePosixPath

from geomap.errors import FileRefusedError
from geomap.raw_table import TableLimits

_TABLES = {
    ".csv", ".tsv", ".tab", ".txt", ".psv", ".xlsx", ".xlsm", ".ods", ".geojson", ".json",
    ".geojsonl", ".kml", ".parquet", ".geoparquet", ".gpkg",
}  # fmt: skip
_SMALL = 5_000_000  # below this no ratio makes a bomb
_ZIP = b"PK\x03\x04"
_REFUSED_STARTS = (
    (b"PK\x05\x06", "an empty zip archive", "add the table to it"),
    (b"%PDF", "a PDF document", "export the table as CSV or XLSX"),
    (b"\x89PNG", "an image", "upload the table itself"),
    (b"\xff\xd8\xff", "an image", "upload the table itself"),
    (b"GIF8", "an image", "upload the table itself"),
    (b"SQLite format 3", "a database file (SQLite)", "export its table as CSV or GeoPackage"),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it and upload the table inside"),
    (b"Rar!", "a RAR archive", "unpack it and upload the table inside"),
    (b"BZh", "a bzip2 archive", "unpack it and upload the table inside"),
    (b"\xfd7zXZ", "an xz archive", "unpack it and upload the table inside"),
)

BROKEN = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(EOFError, OSError, ValueError, NotImplementedError, RuntimeError),
)
"""What the standard library raises on archives that are cut, changed, locked or unusual."""


def refuse_known_binary(data: bytes, *, name: str) -> None:
    """Raise a FileRefusedError when the first bytes are those of a kind we do not read."""
    for start, what, remedy in _REFUSED_STARTS:
        if data.startswith(start):
            message = f"{name} is {what}; {remedy}."
            raise FileRefusedError(message, code="binary")


def is_workbook(data: bytes) -> bool:
    """Return whether `data` is a spreadsheet file (XLSX, ODS or the older XLS)."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return True
    if not data.startswith(_ZIP):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except BROKEN:
        return False
    return bool(names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"})


def unpack(data: bytes, *, name: str, limits: TableLimits) -> bytes:
    """Return the one table inside a gz or zip; other data as it is.

    Raises
    ------
    FileRefusedError
        When the archive is broken, locked, holds no table or several, or would unpack to
        more than the limits allow.
    """
    if data.startswith(b"\x1f\x8b"):
        return _gunzip(data, name=name, limits=limits)
    if data.startswith(_ZIP) and not is_workbook(data):
        return _unzip(data, name=name, limits=limits)[0]
    return data


def check_workbook_size(data: bytes, *, name: str, limits: TableLimits) -> None:
    """Refuse a spreadsheet file whose parts would unpack to more than the limits allow."""
    if not data.startswith(_ZIP):
        return
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        size = sum(entry.file_size for entry in entries)
        packed = sum(entry.compress_size for entry in entries)
    _check_size(size, packed, name=name, limits=limits)


def _check_size(size: int, packed: int, *, name: str, limits: TableLimits) -> None:
    ratio = size / max(packed, 1)
    limit = "unpacked_bytes" if size > limits.unpacked_bytes else "unpacked_ratio"
    if limit == "unpacked_bytes" or (size > _SMALL and ratio > limits.unpacked_ratio):
        found = f"{size / 1e6:,.0f} MB when unpacked, {ratio:,.0f} times its size"
        remedy = "unpack it yourself and upload the table inside"
        raise limits.refusal(name, limit, found, remedy=remedy, code="zip_bomb")


def _gunzip(data: bytes, *, name: str, limits: TableLimits) -> bytes:
    out = bytearray()
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            while chunk := stream.read(1 << 20):
                out += chunk
                _check_size(len(out), len(data), name=name, limits=limits)
    except BROKEN as fault:
        if isinstance(fault, FileRefusedError):  # a ValueError too, and no fault of the archive
            raise
        message = f"{name} is a broken gzip file; download or pack it again."
        raise FileRefusedError(message, code="broken_archive") from fault
    return bytes(out)


def _unzip(data: bytes, *, name: str, limits: TableLimits) -> tuple[bytes, str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entry = _only_table(archive, name=name)
            _check_size(entry.file_size, entry.compress_size, name=name, limits=limits)
            with archive.open(entry) as stream:
                inside = stream.read(entry.file_size + 1)
    except BROKEN as fault:
        if isinstance(fault, FileRefusedError):
            raise
        message = f"{name} is a zip archive that cannot be opened (broken or locked by a password)."
        raise FileRefusedError(message, code="broken_archive") from fault
    if len(inside) > entry.file_size:
        message = f"{name} is a zip archive that lies about its size; unpack it yourself."
        raise FileRefusedError(message, code="zip_bomb")
    return inside, PurePosixPath(entry.filename).name


def _only_table(archive: zipfile.ZipFile, *, name: str) -> zipfile.ZipInfo:
    entries = [
        entry
        for entry in archive.infolist()
        if not entry.is_dir()
        and not entry.filename.startswith("__MACOSX/")
        and PurePosixPath(entry.filename).suffix.lower() in _TABLES
    ]
    readable = [e for e in entries if not PurePosixPath(e.filename).name.startswith((".", "~"))]
    data_files = [e for e in readable if "readme" not in e.filename.lower()] or readable
    first = [e for e in data_files if e.filename.lower() == "doc.kml"]
    if len(first) == 1:
        return first[0]  # by the rules of KMZ it is the one that is shown
    if len(data_files) != 1:
        found = ", ".join(sorted(PurePosixPath(e.filename).name for e in data_files)[:5]) or "none"
        message = (
            f"{name} is a zip archive that should hold one table (CSV, TSV, XLSX or GeoJSON) but "
            f"holds {len(data_files)} ({found}); upload the one you mean."
        )
        raise FileRefusedError(message, code="archive_tables")
    return data_files[0]
