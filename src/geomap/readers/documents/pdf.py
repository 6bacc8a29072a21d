"""The text of a PDF, its lines joined to paragraphs again."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from statistics import quantiles
from typing import Any

from geomap.errors import FileRefusedError
from geomap.limits import TableLimits
from geomap.model import RowIssue
from geomap.readers.archives import BROKEN
from geomap.readers.documents.texts import FileTexts, StatedText, left_out

_HEAD = 1024
_FULL = 0.8  # of the width of a long line: a shorter one ends its paragraph
_FEW = 8
_END = re.compile(r"[.!?:\u2026\u0589\u3002\u061f][\"'\u201d\u2019\u00bb)\]]*$")
_BROKEN_WORD = re.compile(r"[^\W\d_]{2}-$")
_FAULTS = (*BROKEN, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)


def begins_like_pdf(data: bytes) -> bool:
    """Return whether some bytes are those of a PDF, which may stand behind a few others."""
    at = data.find(b"%PDF-", 0, _HEAD)
    return at == 0 or (at > 0 and not data[:at].strip(b"\xef\xbb\xbf\0 \t\r\n"))


def read_pdf(data: bytes, *, name: str, limits: TableLimits) -> FileTexts:
    """Return the text of a PDF; pages without text are listed.

    Parameters
    ----------
    data, name, limits
        The bytes of the file; its name in messages; what is refused as too large: more pages
        than `pages`, more text than `article_bytes`.

    Raises
    ------
    FileRefusedError
        When it is locked by a password, broken, too long, or only pictures of pages (codes
        "locked", "broken_document", "too_large", "no_text").
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not _unlocks(reader):
            raise _locked(name)
        count = len(reader.pages)
        if count > limits.pages:
            raise limits.refusal(name, "pages", f"{count:,} pages")
        pages = list(_pages(reader, name, limits))
        title = str((reader.metadata.title if reader.metadata else None) or "")
    except FileRefusedError:
        raise
    except (PyPdfError, *_FAULTS) as fault:
        message = f"{name} is a PDF that cannot be read (cut off or damaged); download it again."
        raise FileRefusedError(message, code="broken_document") from fault
    text = paragraphs(line for page in pages for line in page.splitlines())
    if not text:
        message = (
            f"{name} is a PDF without text ({count} pages that are pictures, as a scanner makes "
            "them); geomap does not recognise letters in pictures: give it the text."
        )
        raise FileRefusedError(message, code="no_text")
    # The title of a file is often that of its template: it counts where the text has it too.
    stated = " ".join(title.split())
    known = bool(stated) and stated.casefold() in " ".join(text[:3000].split()).casefold()
    return FileTexts((StatedText(text, {"title": stated} if known else {}),), _empty(pages))


def _unlocks(reader: Any) -> bool:
    """Return whether a PDF opens without a password, as those that only forbid printing."""
    from pypdf.errors import DependencyError

    try:
        return bool(reader.decrypt(""))
    except (DependencyError, NotImplementedError):  # AES needs a library that is not installed
        return False


def _locked(name: str) -> FileRefusedError:
    message = f"{name} is a PDF that is locked (encrypted); save it without a password."
    return FileRefusedError(message, code="locked")


def _pages(reader: Any, name: str, limits: TableLimits) -> Iterator[str]:
    size = 0
    for page in reader.pages:
        text = page.extract_text() or ""
        size += len(text)
        if size > limits.article_bytes:
            raise limits.refusal(name, "article_bytes", f"{size / 1e6:,.1f} MB of text")
        yield text


def _empty(pages: list[str]) -> tuple[RowIssue, ...]:
    reason = "The page has no text: it is a picture, or empty."
    return tuple(
        left_out(number, f"page {number}", "no_text", reason, "Look at the page yourself.")
        for number, page in enumerate(pages, 1)
        if not page.strip()
    )


def paragraphs(lines: Iterable[str]) -> str:
    """Return lines of a page joined to paragraphs, with an empty line between these.

    A line that is shorter than the page is wide, or is followed by an empty one, ends its
    paragraph. A word that is divided at the end of a line is joined before a small letter.
    """
    cleaned = [" ".join(line.split()) for line in lines]
    lengths = [len(line) for line in cleaned if line]
    width = quantiles(lengths, n=10)[-1] if len(lengths) > 1 else 0
    joined: list[str] = []
    is_open = False
    for line in cleaned:
        if not line:
            is_open = False
            continue
        if not is_open:
            joined.append(line)
        elif _BROKEN_WORD.search(joined[-1]):
            joined[-1] = joined[-1][: -1 if line[0].islower() else None] + line
        else:
            joined[-1] += f" {line}"
        full = len(line) >= _FULL * width and len(lengths) > 1
        is_open = full or (len(line) > _FEW and not _END.search(line) and len(line) > width / 2)
    return "\n\n".join(joined)
