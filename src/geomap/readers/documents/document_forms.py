"""What kind of document some bytes are, by their content; None where they are none of these."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

from geomap.readers.archives import BROKEN
from geomap.readers.documents.mail import begins_like_mail
from geomap.readers.documents.pdf import begins_like_pdf
from geomap.readers.documents.telegram import is_telegram, is_telegram_page
from geomap.readers.documents.whatsapp import is_whatsapp
from geomap.readers.unread_kinds import ZIP

DocumentForm = Literal[
    "pdf", "docx", "odt", "rtf", "mail", "feed", "warc", "wacz",
    "telegram_json", "telegram_page", "whatsapp",
]  # fmt: skip

_ODT = b"application/vnd.oasis.opendocument.text"
_WARC = re.compile(rb"WARC/\d\.\d\r?\n")
_FEED = re.compile(r"<(?:rss\b|(?:[\w.-]+:)?RDF\b[^>]*purl\.org/rss|feed\b[^>]*w3\.org/2005/Atom)")


def document_form(data: bytes) -> DocumentForm | None:
    """Return the form of a document whose first bytes tell it.

    Parameters
    ----------
    data
        The bytes of the file, or its first ones: then a zip is judged by the names that show.
    """
    if data.startswith(ZIP):
        return _zip_form(data)
    if begins_like_pdf(data):
        return "pdf"
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        return "rtf"
    if _WARC.match(data):
        return "warc"
    return "mail" if begins_like_mail(data) else None


def _zip_form(data: bytes) -> DocumentForm | None:
    if data[30:].startswith(b"mimetype" + _ODT):
        return "odt"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            kind = archive.read("mimetype") if "mimetype" in names else b""
    except BROKEN:  # damaged, or the first bytes alone
        start = data[: 1 << 16]
        return "docx" if b"[Content_Types].xml" in start and b"word/" in start else None
    if "word/document.xml" in names:
        return "docx"
    if kind.startswith(_ODT):
        return "odt"
    has_warc = any(one.startswith("archive/") and ".warc" in one for one in names)
    return "wacz" if "datapackage.json" in names and has_warc else None


def text_form(start: str) -> DocumentForm | None:
    """Return the form of a feed or chat, by the first characters of a text."""
    if start.startswith("<"):
        if _FEED.search(start[:5_000]):
            return "feed"
        return "telegram_page" if is_telegram_page(start[:20_000]) else None
    return "whatsapp" if is_whatsapp(start) else None


def json_form(document: object) -> DocumentForm | None:
    """Return the form of a chat in a document of JSON."""
    return "telegram_json" if is_telegram(document) else None
