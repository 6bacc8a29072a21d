"""The bytes of a file as a stream, plain or out of a gz or zip, read once and never whole."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from geomap.errors import FileRefusedError
from geomap.limits import TableLimits
from geomap.readers.archives import HEAD, Judge, is_packed, open_packed

LONGEST_LINE = 1 << 20
_BUFFER = 1 << 18


@dataclass(frozen=True, slots=True)
class FileStream:
    """An open file: its name, its first bytes, its unpacked bytes, and how far it was read."""

    name: str
    head: bytes
    stream: io.BufferedReader[Any]
    file: BinaryIO
    size: int

    def share(self) -> float:
        """Return how much of the file has been read, from 0 to 1."""
        return min(self.file.tell() / max(self.size, 1), 1.0)

    def lines(self) -> Iterator[tuple[int, bytes | None]]:
        """Yield each line with its number from 1; None for one too long to be a row."""
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
def open_stream(
    source: Path | bytes, *, name: str, limits: TableLimits, most: str, judge: Judge
) -> Iterator[FileStream]:
    """Open a file, and the one file inside it when it is an archive.

    Parameters
    ----------
    source, name
        The file or its bytes; its name in messages.
    limits, most
        The limits, and which of them holds for the bytes that are read.
    judge
        Tells the file that is meant from others that lie beside it in a zip.

    Raises
    ------
    FileRefusedError
        When it cannot be opened, is a broken archive, or passes the limits.
    """
    with ExitStack() as stack:
        try:
            opened = io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")
            file = cast("BinaryIO", stack.enter_context(opened))
            size = len(source) if isinstance(source, bytes) else source.stat().st_size
            start = file.read(4)
            file.seek(0)
        except OSError as error:
            message = f"{source!s} cannot be read ({error.strerror}): name a file you may read."
            raise FileRefusedError(message, code="unreadable") from error
        raw: Any = file
        if is_packed(start):
            raw = open_packed(stack, file, size, name=name, limits=limits, most=most, judge=judge)
        elif size > getattr(limits, most):
            raise limits.refusal(name, most, f"{size / 1e6:,.1f} MB")
        stream = stack.enter_context(io.BufferedReader(raw, _BUFFER))
        yield FileStream(name, stream.peek(HEAD)[:HEAD], stream, file, size)


def unpack(data: bytes, *, name: str, limits: TableLimits, judge: Judge) -> bytes:
    """Return the one file inside a gz or zip; other bytes as they are.

    Raises
    ------
    FileRefusedError
        As `open_stream`.
    """
    if not is_packed(data[:4]):
        return data
    options = {"limits": limits, "most": "unpacked_bytes", "judge": judge}
    with open_stream(data, name=name, **options) as packed:  # type: ignore[arg-type]
        return b"".join(iter(lambda: packed.stream.read(_BUFFER), b""))
