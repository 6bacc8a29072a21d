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
    whatsapp,
)
from geomap.readers.documents.document_forms import DocumentForm
from geomap.readers.documents.texts import FileTexts

DOCUMENT_FORMS: frozenset[str] = frozenset(get_args(DocumentForm))

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
})  # fmt: skip


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
    return _READERS[form](data, name=name, limits=limits)
