"""The text of an RTF file."""

from __future__ import annotations

import re

from geomap.errors import FileRefusedError
from geomap.limits import TableLimits
from geomap.readers.documents.texts import FileTexts, StatedText, left_out

_PICTURE = re.compile(rb"\\(?:pict|object)\b")
_CODE_PAGE = re.compile(rb"\\ansicpg(\d{3,5})")
_BINARY = re.compile(rb"\\bin\d+ ")


def _plain(text: str, encoding: str) -> str:
    from striprtf import striprtf

    return str(striprtf.rtf_to_text(text, encoding=encoding, errors="replace"))  # type: ignore[no-untyped-call]


def read_rtf(data: bytes, *, name: str, limits: TableLimits) -> FileTexts:
    """Return the text of an RTF file; pictures and objects in it are listed.

    Raises
    ------
    FileRefusedError
        When it cannot be read, or holds no text.
    """
    del limits  # the file is no larger than `article_bytes`, and its text is smaller
    stated = _CODE_PAGE.search(data[:2000])
    page = f"cp{stated[1].decode()}" if stated else "cp1252"
    try:
        text = _plain(data.decode("latin-1"), page)
    except (LookupError, ValueError, TypeError, ArithmeticError) as fault:
        message = f"{name} is RTF that cannot be read; save it again, or as DOCX."
        raise FileRefusedError(message, code="broken_document") from fault
    lines = (" ".join(line.split()) for line in text.split("\n"))
    count = len(_PICTURE.findall(data)) + len(_BINARY.findall(data))
    reason = "A picture or an object inside the text, which is not read."
    left = tuple(
        left_out(number, f"object {number}", "attachment", reason, "Look at it in the file.")
        for number in range(1, count + 1)
    )
    return FileTexts((StatedText("\n\n".join(line for line in lines if line)),), left)
