"""Readers of binary formats in a process of their own, with limits of memory and time.

The libraries that read workbooks, Parquet and GeoPackage can be made to crash, to loop or to
fill the memory. In a process of its own that ends the reading and nothing else: the answer is
a table or one sentence. The process is a new one, not a fork of the server and its threads.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

import pyarrow as pa

from geomap.errors import FileRefusedError
from geomap.limits import TableLimits
from geomap.raw_table import RawTable
from geomap.readers.sniff import OpenedFile
from geomap.readers.table_handover import read_handover
from geomap.typing import Progress

ORDER, DATA, ANSWER, ERRORS = "order.json", "data", "answer", "errors.txt"
"""The files through which both processes speak, in a folder of their own."""

OUT_OF_MEMORY = 77
"""The exit code of a reader that noticed itself that the memory does not suffice."""

BYTES_A_SECOND = 1_000_000
"""A larger file has more time: a second for each of these."""

_LEAN = {"ARROW_DEFAULT_MEMORY_POOL": "system", "MALLOC_ARENA_MAX": "2"}
"""Allocators that take no more address space than they use, so that its limit means memory."""

_POLL = 0.05
_TELL = 0.5
_MEMORY_WORDS = (b"alloc", b"memory")


def read_confined(
    file: OpenedFile, sheet: str | None, limits: TableLimits, progress: Progress
) -> RawTable:
    """Return the table of a file, read by another process.

    Parameters
    ----------
    file, sheet
        The file, of one of the `BINARY_FORMS`; the sheet or layer to read, or None.
    limits
        What is refused as too large, and the memory and seconds that the process has.
    progress
        Called about twice a second; an exception of its own ends the process.

    Raises
    ------
    FileRefusedError
        As `binary_tables.read_binary`; code "too_large" when the memory or the time does not
        suffice, "broken_file" when the process ends in any other way.
    """
    with tempfile.TemporaryDirectory(prefix="geomap-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / DATA).write_bytes(file.data)
        order = {"name": file.name, "sha256": file.sha256, "encoding": file.encoding or file.form,
                 "form": file.form, "sheet": sheet, "limits": asdict(limits)}  # fmt: skip
        (folder / ORDER).write_bytes(json.dumps(order).encode())
        seconds = limits.reader_seconds + len(file.data) / BYTES_A_SECOND
        code = _run(folder, seconds, file.name, progress)
        if code is None:
            raise limits.refusal(file.name, "reader_seconds", "too long to read", verb="takes")
        if code == 0:
            try:
                return read_handover(folder / ANSWER)
            except (OSError, KeyError, TypeError, pa.ArrowException) as fault:
                raise _broken(file.name) from fault
        errors = (folder / ERRORS).read_bytes()[:4000].lower()
    if code == OUT_OF_MEMORY or any(word in errors for word in _MEMORY_WORDS):
        raise limits.refusal(file.name, "reader_bytes", "more memory to be read", verb="needs")
    raise _broken(file.name)


def _broken(name: str) -> FileRefusedError:
    message = (
        f"{name} cannot be read: the library for its format fails on it; save it again, or "
        "export the table as CSV."
    )
    return FileRefusedError(message, code="broken_file")


def _run(folder: Path, seconds: float, name: str, progress: Progress) -> int | None:
    """Run the reader; return its exit code, or None when it was ended for taking too long."""
    command = [sys.executable, "-P", "-m", "geomap.readers.confined_reader", str(folder)]
    paths = os.pathsep.join(path for path in sys.path if path)
    environment = {**os.environ, **_LEAN, "PYTHONPATH": paths}
    with (folder / ERRORS).open("wb") as errors:
        process = subprocess.Popen(  # noqa: S603  # our own module, by its own path
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=errors,
        )  # fmt: skip
        try:
            return _wait(process, seconds, name, progress)
        finally:
            process.kill()
            process.wait()


def _wait(
    process: subprocess.Popen[bytes], seconds: float, name: str, progress: Progress
) -> int | None:
    start = stated = time.monotonic()
    while True:
        try:
            return process.wait(_POLL)
        except subprocess.TimeoutExpired:
            now = time.monotonic()
        if now - start > seconds:
            return None
        if now - stated > _TELL:
            stated = now
            progress(f"Reading {name}", 0.0)
