"""The bytes of a file of places, plain or inside a zip or gz, read once and never held.

A dump of the world is larger than memory: it is read as a stream, also out of its zip. No more
is unpacked than the archive states, and what no table shrinks to is refused.
"""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Protocol

from geomap.errors import FileRefusedError

LONGEST_LINE = 1 << 20
HEAD = 1 << 16
_BUFFER = 1 << 18
_MOST_BYTES = 16_000_000_000  # the world in GeoNames has under 2
_MOST_RATIO = 200  # real tables shrink 5 to 40 times, bombs 1,000 times
_SMALL = 5_000_000  # below this no ratio makes a bomb
_PLACES = {".txt", ".csv", ".tsv", ".tab", ".json", ".geojson", ".jsonl", ".geojsonl"}
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)


class _Readable(Protocol):
    def read(self, size: int = ..., /) -> bytes: ...


@dataclass(frozen=True)
class Source:
    """An open file: its name, what it starts with, its bytes, and how far it has been read."""

    name: str
    head: bytes
    stream: io.BufferedReader[Any]
    file: BinaryIO
    size: int

    def share(self) -> float:
        """Return how much of the file has been read, from 0 to 1."""
        return min(self.file.tell() / max(self.size, 1), 1.0)

    def lines(self) -> Iterator[tuple[int, bytes | None]]:
        """Yield each line with its number from 1; None for one that is too long to be a row."""
        number = 0
        while line := self.stream.readline(LONGEST_LINE):
            number += 1
            if line.endswith(b"\n") or len(line) < LONGEST_LINE:
                yield number, line.rstrip(b"\r\n")
                continue
            while line and not line.endswith(b"\n"):
                line = self.stream.readline(LONGEST_LINE)
            yield number, None


@contextmanager
def open_source(path: Path) -> Iterator[Source]:
    """Open a file of places, and the one table inside it when it is an archive.

    Raises
    ------
    FileRefusedError
        When it cannot be read, is not text, or would unpack to more than a table does.
    """
    with ExitStack() as stack:
        try:
            file = stack.enter_context(path.open("rb"))
            size = path.stat().st_size
            start = file.read(4)
            file.seek(0)
        except OSError as error:
            message = f"{path} cannot be read ({error.strerror}): name a file you may read."
            raise FileRefusedError(message, code="unreadable") from error
        inside, name, stated = _unpacked(stack, file, start, path.name, size)
        raw = _Bounded(inside, path.name, size, stated)
        stream = stack.enter_context(io.BufferedReader(raw, _BUFFER))
        head = stream.peek(HEAD)[:HEAD]
        _refuse_binary(head, path.name)
        yield Source(name, head, stream, file, size)


def _unpacked(
    stack: ExitStack, file: BinaryIO, start: bytes, name: str, size: int
) -> tuple[_Readable, str, int | None]:
    """Return the bytes inside, the name of what is inside and the size that is stated for it."""
    if start.startswith(b"\x1f\x8b"):
        return stack.enter_context(gzip.GzipFile(fileobj=file)), name.removesuffix(".gz"), None
    if not start.startswith(b"PK"):
        return file, name, size
    try:
        archive = stack.enter_context(zipfile.ZipFile(file))
        entry = _only_table(archive, name)
        _check_size(entry.file_size, entry.compress_size, name)
        inside = stack.enter_context(archive.open(entry))
    except _BROKEN as error:
        message = f"{name} is a zip archive that cannot be opened (broken or locked by a password)."
        raise FileRefusedError(message, code="broken_archive") from error
    return inside, PurePosixPath(entry.filename).name, entry.file_size


def _only_table(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    found = [
        entry
        for entry in archive.infolist()
        if PurePosixPath(entry.filename).suffix.lower() in _PLACES
        and not entry.filename.startswith("__MACOSX/")
        and "readme" not in entry.filename.lower()
    ]
    if len(found) != 1:
        message = (
            f"{name} is a zip archive that should hold one file of places (TXT, CSV or GeoJSON) "
            f"but holds {len(found)}; unpack it and name the one you mean."
        )
        raise FileRefusedError(message, code="archive_tables")
    return found[0]


def _check_size(size: int, packed: int, name: str) -> None:
    ratio = size / max(packed, 1)
    if size > _MOST_BYTES or (size > _SMALL and ratio > _MOST_RATIO):
        message = (
            f"{name} would unpack to {size / 1e6:,.0f} MB ({ratio:,.0f} times its size), which no "
            "table does; unpack it yourself and name the file inside."
        )
        raise FileRefusedError(message, code="zip_bomb")


def _refuse_binary(head: bytes, name: str) -> None:
    if not head.strip():
        message = f"{name} is empty: name a file with places in it."
        raise FileRefusedError(message, code="empty")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        message = f"{name} is in UTF-16: save it as UTF-8."
        raise FileRefusedError(message, code="encoding")
    if b"\0" in head or head.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"BZh", b"7z")):
        message = f"{name} is not text: name a GeoNames dump, or a GeoJSON or CSV file of places."
        raise FileRefusedError(message, code="binary")


class _Bounded(io.RawIOBase):
    """Bytes of a file or archive; a fault of the archive and a lie about its size are told."""

    def __init__(self, inside: _Readable, name: str, packed: int, stated: int | None) -> None:
        self._inside, self._name = inside, name
        self._packed, self._stated, self._count = packed, stated, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        filled = 0
        try:
            while filled < len(buffer):
                data = self._inside.read(len(buffer) - filled)
                if not data:
                    break
                buffer[filled : filled + len(data)] = data
                filled += len(data)
        except (*_BROKEN, OSError) as error:
            message = f"{self._name} breaks off or is damaged inside; download or pack it again."
            raise FileRefusedError(message, code="broken_archive") from error
        self._count += filled
        if self._stated is None:
            _check_size(self._count, self._packed, self._name)
        elif self._count > self._stated:
            message = f"{self._name} lies about its size; unpack it yourself."
            raise FileRefusedError(message, code="zip_bomb")
        return filled
