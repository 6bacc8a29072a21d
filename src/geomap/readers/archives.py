"""Workbooks by their first bytes, the one file inside a gz or zip, and zips of articles.

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
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import PurePosixPath
from typing import BinaryIO, Protocol

from geomap.errors import FileRefusedError
from geomap.limits import TableLimits

Judge = Callable[[bytes], tuple[str, ...]]
"""Returns what a file may hold, judged from its first bytes: events, articles or nothing."""

SMALL = 5_000_000
"""Below this many bytes no ratio makes an archive a bomb."""

MUCH_TEXT = 100_000_000
"""Below this many bytes of text no ratio makes a Parquet file or a workbook a bomb."""

HEAD = 1 << 16
_MOST_ENTRIES = 1_000
_UNPACK = "unpack it yourself and upload the table inside"
_SAVE_AS_CSV = "save the table as CSV"
_ZIP, _GZIP = b"PK\x03\x04", b"\x1f\x8b"
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(EOFError, OSError, ValueError, NotImplementedError, RuntimeError),
    *(LookupError, ArithmeticError, AssertionError),
)
"""What the standard library raises on archives that are cut, changed, locked or unusual."""


class Readable(Protocol):
    """Anything that bytes can be read from."""

    def read(self, size: int = ..., /) -> bytes:
        """Return at most `size` bytes, none at the end."""


@contextmanager
def refusing(
    message: str, *, code: str, faults: tuple[type[Exception], ...] = BROKEN
) -> Iterator[None]:
    """Refuse a file with this message when a library raises one of its faults on it."""
    try:
        yield
    except (FileRefusedError, MemoryError):  # also kinds of the faults, but none of the library
        raise
    except faults as fault:
        raise FileRefusedError(message, code=code) from fault


def is_packed(start: bytes) -> bool:
    """Return whether some first bytes are those of a gz or zip, also of a workbook."""
    return start.startswith((_GZIP, _ZIP))


def is_workbook(data: bytes) -> bool:
    """Return whether `data` is a spreadsheet file (XLSX, ODS or the older XLS)."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return True
    if not data.startswith(_ZIP):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            kind = archive.open("mimetype").read(100) if "mimetype" in names else _ODS
    except BROKEN:
        return False
    is_ods = "content.xml" in names and kind.startswith(_ODS)
    return is_ods or bool(names & {"xl/workbook.xml", "xl/workbook.bin"})


def begins_like_workbook(head: bytes) -> bool:
    """Return whether the first bytes of a file may be those of a spreadsheet file."""
    marks = (b"[Content_Types].xml", b"xl/", b"mimetype" + _ODS)
    return head.startswith(b"\xd0\xcf\x11\xe0") or (
        head.startswith(_ZIP) and any(mark in head for mark in marks) and b"word/" not in head
    )


def check_workbook_size(
    archive: zipfile.ZipFile, *, name: str, limits: TableLimits, remedy: str = _SAVE_AS_CSV
) -> None:
    """Refuse a file of an office program that would unpack to more than the limits allow."""
    entries = archive.infolist()
    size = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    _check_size(size, packed, name, limits, "unpacked_bytes", remedy)


def check_unpacked(length: int, size: int, name: str, limits: TableLimits) -> None:
    """Refuse a file whose cells became more text than the limits allow.

    Parameters
    ----------
    length, size, name
        The bytes of the text so far; those of the file, and its name.
    limits
        The ratio holds from `MUCH_TEXT` on: columns that repeat one value shrink a lot.
    """
    if length > limits.unpacked_bytes or length > max(MUCH_TEXT, size * limits.unpacked_ratio):
        _check_size(length, size, name, limits, "unpacked_bytes", _SAVE_AS_CSV)


def open_packed(
    stack: ExitStack, file: BinaryIO, size: int, *, name: str, limits: TableLimits, most: str,
    judge: Judge,
) -> io.RawIOBase:  # fmt: skip
    """Return the unpacked bytes of a gz or zip as a stream that refuses to pass the limits.

    Parameters
    ----------
    stack
        Closes what is opened here.
    file, size, name
        The archive, at its start, its bytes, and its name.
    limits, most
        The limits, and which of them holds for what is inside.
    judge
        Tells the file that is meant from others that lie beside it in a zip.

    Raises
    ------
    FileRefusedError
        When the archive is broken, locked, holds nothing or several files to read, or would
        unpack to more than the limits allow; also later, while the stream is read.
    """
    start = file.read(4)
    file.seek(0)
    if start.startswith(_GZIP):
        inside = stack.enter_context(gzip.GzipFile(fileobj=file))
        return _Bounded(inside, name, size, None, limits, most)
    message = f"{name} is a zip archive that cannot be opened (broken or locked by a password)."
    with refusing(message, code="broken_archive"):
        archive = stack.enter_context(zipfile.ZipFile(file))
        entry = _only_file(archive, name, judge)
        _check_size(entry.file_size, entry.compress_size, name, limits, most)
        opened = stack.enter_context(archive.open(entry))
    return _Bounded(opened, name, size, entry.file_size, limits, most)


def _check_size(
    size: int, packed: int, name: str, limits: TableLimits, most: str, remedy: str = _UNPACK
) -> None:
    ratio = size / max(packed, 1)
    limit = most if size > getattr(limits, most) else "unpacked_ratio"
    if limit == most or (size > SMALL and ratio > limits.unpacked_ratio):
        raise limits.refusal(
            name, limit, f"{size / 1e6:,.0f} MB, {ratio:,.0f} times its size",
            verb="would unpack to", remedy=remedy, code="zip_bomb",
        )  # fmt: skip


def _only_file(archive: zipfile.ZipFile, name: str, judge: Judge) -> zipfile.ZipInfo:
    """Return the only file of an archive, else the only one with events, else with a text."""
    usable = _usable_files(archive)
    if 1 < len(usable) <= _MOST_ENTRIES:
        events, articles = _judged(archive, usable, judge)
        usable = events or articles
    if len(usable) != 1:
        names = ", ".join(sorted(PurePosixPath(e.filename).name for e in usable)[:5]) or "none"
        message = (
            f"{name} is a zip archive that should hold one table or text but holds {len(usable)} "
            f"({names}); upload the one you mean."
        )
        raise FileRefusedError(message, code="archive_tables")
    return usable[0]


def _usable_files(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    entries = _visible_files(archive)
    document = [entry for entry in entries if entry.filename.lower() == "doc.kml"]
    if len(document) == 1:
        return document  # by the rules of KMZ it is the one that is shown
    return [entry for entry in entries if not _is_readme(entry)] or entries


def _judged(
    archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], judge: Judge
) -> tuple[list[zipfile.ZipInfo], list[zipfile.ZipInfo]]:
    """Return the files that may hold events, and those that hold articles and no events."""
    kinds = [judge(archive.open(entry).read(HEAD)) for entry in entries]
    pairs = list(zip(entries, kinds, strict=True))
    events = [entry for entry, kind in pairs if "events" in kind]
    return events, [entry for entry, kind in pairs if "articles" in kind and entry not in events]


def is_bundle(data: bytes, judge: Judge) -> bool:
    """Return whether `data` is a zip of several files with articles and without events.

    Parameters
    ----------
    data, judge
        The bytes of a file; judges a file by its first bytes.
    """
    if not data.startswith(_ZIP):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            usable = _usable_files(archive)
            if not 1 < len(_visible_files(archive)) <= _MOST_ENTRIES or not usable:
                return False
            events, articles = _judged(archive, usable, judge)
    except BROKEN:
        return False
    return bool(articles) and not events


def bundled_files(
    data: bytes, *, name: str, limits: TableLimits
) -> Iterator[tuple[str, bytes | FileRefusedError]]:
    """Yield the name, without its folders, and the bytes of each file of a zip, by its path.

    In place of the bytes of one that is too large for articles stands its refusal.

    Parameters
    ----------
    data, name, limits
        The bytes of the zip; its name; what is refused as too large in all.

    Raises
    ------
    FileRefusedError
        When it is damaged or locked, or would unpack to more than the limits allow.
    """
    message = f"{name} is a zip archive that cannot be opened (broken or locked by a password)."
    with refusing(message, code="broken_archive"), zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = sorted(_visible_files(archive), key=lambda entry: entry.filename)
        size = sum(entry.file_size for entry in entries)
        packed = sum(entry.compress_size for entry in entries)
        _check_size(size, packed, name, limits, "unpacked_bytes")
        for entry in entries:
            inner = PurePosixPath(entry.filename).name
            if entry.file_size > limits.article_bytes:
                amount = f"{entry.file_size / 1e6:,.1f} MB"
                yield inner, limits.refusal(inner, "article_bytes", amount)
            else:
                yield inner, archive.read(entry)


def _visible_files(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    return [e for e in archive.infolist() if not e.is_dir() and _is_visible(e.filename)]


def _is_readme(entry: zipfile.ZipInfo) -> bool:
    return "readme" in entry.filename.lower()


def _is_visible(path: str) -> bool:
    return not (path.startswith("__MACOSX/") or PurePosixPath(path).name.startswith((".", "~")))


class _Bounded(io.RawIOBase):
    """Bytes out of an archive; refuses one that breaks off or lies about its size."""

    def __init__(
        self, inside: Readable, name: str, packed: int, stated: int | None, limits: TableLimits,
        most: str,
    ) -> None:  # fmt: skip
        self._inside, self._name, self._limits, self._most = inside, name, limits, most
        self._packed, self._stated, self._count = packed, stated, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        try:
            data = self._inside.read(len(buffer))
        except BROKEN as fault:
            message = f"{self._name} breaks off or is damaged inside; download or pack it again."
            raise FileRefusedError(message, code="broken_archive") from fault
        buffer[: len(data)] = data
        self._count += len(data)
        if self._stated is None:
            _check_size(self._count, self._packed, self._name, self._limits, self._most)
        elif self._count > self._stated:
            message = f"{self._name} is a zip archive that lies about its size; unpack it yourself."
            raise FileRefusedError(message, code="zip_bomb")
        return len(data)
