"""The reader of each form of document.

All have the parameters of `read_document`, and refuse a file as it does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import get_args

from geomap.limits import TableLimits
from geomap.readers.documents import (
    feeds,
    mail,
    office,
    pdf,
    rich_text,
    telegram,
    web_archives,
    web_page_file,
    whatsapp,
)
from geomap.readers.documents.document_forms import DocumentForm
from geomap.readers.documents.texts import FileTexts

DOCUMENT_FORMS: frozenset[str] = frozenset([*get_args(DocumentForm), "html"])

_LIBRARY_FORMS = frozenset({"pdf", "docx", "odt", "mail", "warc", "wacz"})
_SMALL = 100_000

_READERS: Mapping[str, Callable[..., FileTexts]] = MappingProxyType({
    "pdf": pdf.read_pdf,
    "docx": office.read_docx,
    "odt": office.read_odt,
    "rtf": rich_text.read_rtf,
    "mail": mail.read_mail,
    "feed": feeds.read_feed,
    "warc": web_archives.read_warc,
    "wacz": web_archives.read_wacz,
    "telegram_json": telegram.read_telegram_json,
    "telegram_page": telegram.read_telegram_page,
    "whatsapp": whatsapp.read_whatsapp,
    "html": web_page_file.read_web_page,
})  # fmt: skip


def is_risky(data: bytes, form: str) -> bool:
    """Return whether a document is to be read in a process of its own.

    So are all that are packed, binary or have parts, and any large one; the others are text
    that is read before that process would have started.
    """
    return form in _LIBRARY_FORMS or (form in DOCUMENT_FORMS and len(data) > _SMALL)


def read_document(data: bytes, form: str, *, name: str, limits: TableLimits) -> FileTexts:
    """Return the texts of a document; nothing but its bytes is read.

    Parameters
    ----------
    data, form
        The bytes; one of `DOCUMENT_FORMS`.
    name, limits
        The name of the file in messages; what is refused as too large.

    Raises
    ------
    FileRefusedError
        When it is broken, locked, too large, or has no text.
    """
    found = _READERS[form](data, name=name, limits=limits)
    _check_size(found, name, limits)
    return found


def _check_size(found: FileTexts, name: str, limits: TableLimits) -> None:
    count = len(found.texts) + len(found.left)
    if count > limits.articles:
        raise limits.refusal(name, "articles", f"{count:,} texts and parts")
    length = sum(len(one.text) for one in found.texts)
    if length > limits.article_bytes:
        raise limits.refusal(name, "article_bytes", f"{length / 1e6:,.1f} MB of text")
