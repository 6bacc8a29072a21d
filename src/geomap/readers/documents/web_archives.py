"""The pages of a web archive: WARC, and WACZ with such files inside.

The address is that of the capture. The day of the capture is not the day of the article: only
the page itself can state that.
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Any

from geomap.errors import FileRefusedError
from geomap.limits import TableLimits
from geomap.model import RowIssue
from geomap.readers.archives import BROKEN, refusing
from geomap.readers.documents.texts import FileTexts, StatedText, left_out
from geomap.readers.encodings import find_encoding
from geomap.readers.text_or_table import has_prose
from geomap.readers.web_pages import read_page

_PAGES = ("text/html", "application/xhtml+xml")
_TEXT = "text/plain"
_OK = "200"


def read_warc(data: bytes, *, name: str, limits: TableLimits) -> FileTexts:
    """Return the pages and texts of a WARC file; of the rest, how many there are of each kind.

    Parameters
    ----------
    data, name, limits
        The bytes of the file; its name in messages; what is refused as too large: more than
        `unpacked_bytes` in all its pages.

    Raises
    ------
    FileRefusedError
        When it breaks off, is damaged or too large.
    """
    pages = _Pages(name, limits)
    pages.take(data)
    return pages.result()


def read_wacz(data: bytes, *, name: str, limits: TableLimits) -> FileTexts:
    """Return the pages of all WARC files in a WACZ file.

    Parameters
    ----------
    data, name, limits
        As `read_warc`.

    Raises
    ------
    FileRefusedError
        As `read_warc`, and when the zip is broken.
    """
    pages = _Pages(name, limits)
    message = f"{name} is a web archive (WACZ) that cannot be opened; download it again."
    with (
        refusing(message, code="broken_archive"),
        zipfile.ZipFile(io.BytesIO(data)) as archive,
    ):
        for entry in archive.infolist():
            if entry.filename.startswith("archive/") and not entry.is_dir():
                if entry.file_size > limits.unpacked_bytes:
                    raise limits.refusal(name, "unpacked_bytes", f"{entry.file_size / 1e6:,.0f} MB")
                pages.take(archive.read(entry))
    return pages.result()


class _Pages:
    """Gathers the pages of one or several WARC files."""

    def __init__(self, name: str, limits: TableLimits) -> None:
        self._name, self._limits, self._size = name, limits, 0
        self._texts: list[StatedText] = []
        self._left: list[RowIssue] = []
        self._others: Counter[str] = Counter()
        self._number = 0

    def take(self, data: bytes) -> None:
        """Read the records of a WARC file."""
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed

        message = f"{self._name} is a web archive that breaks off or is damaged; download it again."
        with refusing(message, code="broken_archive", faults=(ArchiveLoadFailed, *BROKEN,
                      LookupError, AttributeError, TypeError)):  # fmt: skip
            for record in ArchiveIterator(io.BytesIO(data)):
                self._take_record(record)

    def _take_record(self, record: Any) -> None:
        self._number += 1
        http = record.http_headers
        kind = (http.get_header("Content-Type") if http else record.content_type) or ""
        kind = kind.partition(";")[0].strip().lower()
        if record.rec_type not in {"response", "resource"}:
            return  # requests and notes on the archive itself
        if kind not in {*_PAGES, _TEXT}:
            self._others[kind or "unknown kind"] += 1
            return
        address = record.rec_headers.get_header("WARC-Target-URI") or ""
        status = http.get_statuscode() if http else _OK
        if status != _OK:
            self._leave(address, f"The server answered {status}, not with the page.")
            return
        content = b"".join(self._content(record))
        self._take_page(content, kind, address)

    def _content(self, record: Any) -> Iterator[bytes]:
        stream = record.content_stream()
        while part := stream.read(1 << 16):
            self._size += len(part)
            if self._size > self._limits.unpacked_bytes:
                amount = f"{self._size / 1e6:,.0f} MB of pages"
                raise self._limits.refusal(self._name, "unpacked_bytes", amount, code="zip_bomb")
            yield part

    def _take_page(self, content: bytes, kind: str, address: str) -> None:
        try:
            text = content.decode(find_encoding(content, name=address), "replace")
        except FileRefusedError:
            self._leave(address, "Its content is not text.")
            return
        facts = {"url": address.strip("<>")}
        if kind in _PAGES:
            page = read_page(text)
            text, facts = page.text, page.facts | facts
        if has_prose(text):
            self._texts.append(StatedText(text, facts))
        else:
            self._leave(address, "The page has no sentence of a text.")

    def _leave(self, what: str, reason: str) -> None:
        row = left_out(self._number, what, "no_text", reason, "Open its address.")
        self._left.append(row)

    def result(self) -> FileTexts:
        """Return what was gathered."""
        others = [
            left_out(self._number, kind, "attachment", f"{count:,} records of this kind, which "
                     "are no pages.", "Nothing needs to be done.")
            for kind, count in sorted(self._others.items())
        ]  # fmt: skip
        return FileTexts(tuple(self._texts), (*self._left, *others))
