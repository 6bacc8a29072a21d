"""Kinds of files that geomap does not read, known by their first bytes, with what to do instead."""

from __future__ import annotations

import io
import zipfile
from typing import NamedTuple

from geomap.errors import FileRefusedError
from geomap.readers.archives import BROKEN
from geomap.readers.columnar import is_geopackage

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
"""The first bytes of zip archives, and of the files that Office wrote before 2007."""

_OLE_NAMES_WITHIN = 1 << 14
_BRANDS_OF_PICTURES = (b"heic", b"heix", b"mif1", b"avif", b"hevc")


class _Kind(NamedTuple):
    """A kind of file and the remedy, in words."""

    words: str
    remedy: str


_PICTURE = _Kind("an image", "geomap does not read pictures: give it the table or the text itself")
_VIDEO = _Kind("a video", "geomap does not read it: give it the text itself")
_SOUND = _Kind("a sound recording", "geomap does not read it: give it the text itself")
_UNPACK = "unpack it and upload the file inside"
_PROGRAM = _Kind("a program", "geomap reads tables and texts")
_STARTS = {
    b"PK\x05\x06": _Kind("an empty zip archive", "add the file to it"),
    b"%PDF": _Kind("a PDF document", "export the table as CSV or XLSX"),
    b"\x89PNG": _PICTURE,
    b"\xff\xd8\xff": _PICTURE,
    b"GIF8": _PICTURE,
    b"II*\0": _PICTURE,
    b"MM\0*": _PICTURE,
    b"8BPS": _PICTURE,
    b"AT&TFORM": _Kind("a DjVu document", "save it as PDF with text"),
    b"ID3": _SOUND,
    b"\xff\xfb": _SOUND,
    b"\xff\xf3": _SOUND,
    b"fLaC": _SOUND,
    b"OggS": _SOUND,
    b"#!AMR": _SOUND,
    b"\x1aE\xdf\xa3": _VIDEO,
    b"\0\0\x01\xba": _VIDEO,
    b"\0\0\x01\xb3": _VIDEO,
    b"FLV\x01": _VIDEO,
    b"0&\xb2u\x8ef\xcf\x11": _VIDEO,
    b"SQLite format 3": _Kind(
        "a database file (SQLite)", "export its table as CSV or GeoPackage"
    ),
    b"\0\x01\0\0Standard ": _Kind("an Access database", "export its table as CSV"),
    b"7z\xbc\xaf": _Kind("a 7z archive", _UNPACK),
    b"Rar!": _Kind("a RAR archive", _UNPACK),
    b"BZh": _Kind("a bzip2 archive", _UNPACK),
    b"\xfd7zXZ": _Kind("an xz archive", _UNPACK),
    b"\x28\xb5\x2f\xfd": _Kind("a zstd archive", _UNPACK),
    b"MZ": _PROGRAM,
    b"\x7fELF": _PROGRAM,
    b"\0\0'\n": _Kind("part of a shapefile", "save the layer as GeoPackage or GeoJSON"),
    b"wOFF": _Kind("a font", "geomap reads tables and texts"),
    b"BOOKMOBI": _Kind("an e-book", "save it as text"),
    b"!BDN": _Kind("an Outlook mailbox (PST)", "save the messages as EML"),
}  # fmt: skip
_OLE_KINDS = {
    "WordDocument": _Kind("a Word document of before 2007 (DOC)", "save it as DOCX or as text"),
    "PowerPoint Document": _Kind("a PowerPoint presentation (PPT)", "save its text"),
    "__nameid_version1.0": _Kind("an Outlook message (MSG)", "save it as EML or as text"),
    "VisioDocument": _Kind("a Visio drawing", "save its text"),
    "EncryptedPackage": _Kind(
        "an Office document that is locked by a password", "save it without a password"
    ),
}
_ZIP_NAMES = {
    "ppt/presentation.xml": _Kind("a PowerPoint presentation (PPTX)", "save its text"),
    "visio/document.xml": _Kind("a Visio drawing", "save its text"),
    "AndroidManifest.xml": _PROGRAM,
    "Index/Document.iwa": _Kind("a document of Apple's Pages or Numbers", "export it as DOCX"),
}
_ZIP_TYPES = {
    b"application/epub+zip": _Kind("an e-book (EPUB)", "save it as text"),
    b"application/vnd.oasis.opendocument.presentation": _Kind(
        "a presentation (ODP)", "save its text"
    ),
    b"application/vnd.oasis.opendocument.graphics": _Kind("a drawing (ODG)", "save its text"),
}


def refuse_known_binary(data: bytes, *, name: str) -> None:
    """Refuse a file whose first bytes are those of a kind that is not read.

    Parameters
    ----------
    data, name
        The first bytes of the file, or all of them; its name.

    Raises
    ------
    FileRefusedError
        With what it is and what to do instead; code "binary".
    """
    if is_geopackage(data):  # a database of SQLite that is read
        return
    if kind := _kind_of(data):
        message = f"{name} is {kind.words}; {kind.remedy}."
        raise FileRefusedError(message, code="binary")


def _kind_of(data: bytes) -> _Kind | None:
    if data.startswith(OLE):
        return next((kind for name, kind in _OLE_KINDS.items() if has_ole_part(data, name)), None)
    if data.startswith(ZIP):
        return _zip_kind(data)
    if data.startswith(b"RIFF"):
        return {b"AVI ": _VIDEO, b"WAVE": _SOUND, b"WEBP": _PICTURE}.get(data[8:12])
    if data[4:8] == b"ftyp":
        audio = data[8:11] == b"M4A"
        return _PICTURE if data[8:12] in _BRANDS_OF_PICTURES else _SOUND if audio else _VIDEO
    if data[257:262] == b"ustar":
        return _Kind("a tar archive", _UNPACK)
    if data.startswith(b"BM") and data[6:10] == b"\0\0\0\0":
        return _PICTURE
    # A text may begin with the letters of a short mark: what follows must not be text.
    starts = (kind for start, kind in _STARTS.items() if data.startswith(start))
    kind = next(starts, None)
    return None if kind is _PROGRAM and b"\0" not in data[:1000] else kind


def has_ole_part(data: bytes, name: str) -> bool:
    """Return whether a file of Office before 2007 lists a stream of this name.

    Parameters
    ----------
    data, name
        Its bytes; the name, which stands in the directory that its header points to.
    """
    sector = 1 << min(int.from_bytes(data[30:32], "little"), 16)
    start = (int.from_bytes(data[48:52], "little") + 1) * sector
    return name.encode("utf-16-le") in data[start : start + _OLE_NAMES_WITHIN]


def _zip_kind(data: bytes) -> _Kind | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            entry = archive.open("mimetype") if "mimetype" in names else None
            stated = entry.read(200).strip() if entry else b""
    except BROKEN:
        return None
    by_name = (kind for one, kind in _ZIP_NAMES.items() if one in names)
    return _ZIP_TYPES.get(stated) or next(by_name, None)
