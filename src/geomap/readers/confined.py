"""Readers of binary formats in a process of their own, with limits of memory and time.

The libraries that read workbooks, Parquet and GeoPackage can be made to crash, to loop or to
fill the memory. In a process of its own that ends the reading and nothing else: the answer is
a table or one sentence. The process is a new one, not a fork of the server and its threads;
it starts while nobody waits for it, and reads one file.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import asdict
from pathlib import Path

import pyarrow as pa

from geomap.errors import FileRefusedError
from geomap.limits import TableLimits
from geomap.raw_table import RawTable
from geomap.readers.confined_reader import DATA, ERRORS, ORDER, OUT_OF_MEMORY
from geomap.readers.sniff import OpenedFile
from geomap.readers.table_handover import read_handover
from geomap.typing import Progress

_BYTES_A_SECOND = 1_000_000
_LEAN = {"ARROW_DEFAULT_MEMORY_POOL": "system", "MALLOC_ARENA_MAX": "2", "OMP_NUM_THREADS": "1",
         "OPENBLAS_NUM_THREADS": "1"}  # fmt: skip
"""Allocators that take no more address space than they use, so that its limit means memory."""

_POLL = 0.05
_TELL = 0.5
_MEMORY_WORDS = (b"alloc", b"memory")
_SAVE_AS_CSV = "save the table as CSV"


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
        seconds = limits.reader_seconds + len(file.data) / _BYTES_A_SECOND
        order = {"name": file.name, "sha256": file.sha256, "encoding": file.encoding or file.form,
                 "form": file.form, "sheet": sheet, "limits": asdict(limits),
                 "seconds": seconds}  # fmt: skip
        (folder / ORDER).write_bytes(json.dumps(order).encode())
        code = _run(folder, seconds, file.name, progress)
        if code is None:
            raise limits.refusal(
                file.name, "reader_seconds", "too long to read", verb="takes", remedy=_SAVE_AS_CSV
            )
        if code == 0:
            try:
                return read_handover(folder)
            except FileRefusedError:  # a kind of ValueError
                raise
            except (OSError, ValueError, KeyError, TypeError, pa.ArrowException) as fault:
                raise _broken(file.name) from fault
        path = folder / ERRORS
        errors = path.read_bytes()[:4000].lower() if path.exists() else b""
    if code == OUT_OF_MEMORY or any(word in errors for word in _MEMORY_WORDS):
        raise limits.refusal(
            file.name, "reader_bytes", "more memory to be read", verb="needs", remedy=_SAVE_AS_CSV
        )
    raise _broken(file.name)


def _broken(name: str) -> FileRefusedError:
    message = (
        f"{name} cannot be read: the library for its format fails on it; save it again, or "
        "export the table as CSV."
    )
    return FileRefusedError(message, code="broken_file")


class _Spare:
    """The process that waits for the next file, at most one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def prepare(self) -> None:
        """Start it if there is none."""
        with self._lock:
            if self._process is None or self._process.poll() is not None:
                self.end()
                self._process = _start()

    def take(self) -> subprocess.Popen[bytes]:
        """Return a process that waits, which is now the caller's to end."""
        with self._lock:
            process, self._process = self._process, None
        if process is not None and process.poll() is None:
            return process
        return _start()

    def end(self) -> None:
        """End it."""
        process, self._process = self._process, None
        if process is not None:
            _end(process)


_SPARE = _Spare()
atexit.register(_SPARE.end)


def _start() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-P", "-m", "geomap.readers.confined_reader"]
    paths = os.pathsep.join(path for path in sys.path if path)
    return subprocess.Popen(  # noqa: S603  # our own module, by its own path
        command, env={**os.environ, **_LEAN, "PYTHONPATH": paths}, cwd=tempfile.gettempdir(),
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    if process.stdin is not None:
        process.stdin.close()


def _run(folder: Path, seconds: float, name: str, progress: Progress) -> int | None:
    """Have the folder's order obeyed; return the exit code, or None when it took too long."""
    process = _SPARE.take()
    try:
        if process.stdin is not None:
            process.stdin.write(json.dumps(str(folder)).encode() + b"\n")
            process.stdin.flush()
        return _wait(process, seconds, name, progress)
    except BrokenPipeError:  # it died before it could read
        return process.wait()
    finally:
        _end(process)
        _SPARE.prepare()


def _wait(
    process: subprocess.Popen[bytes], seconds: float, name: str, progress: Progress
) -> int | None:
    start = stated = time.monotonic()
    progress(f"Reading {name}", 0.0)
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
