"""Readers of untrusted formats in a process of their own, with limits of memory and time.

The libraries that read workbooks, Parquet, PDF and the like can be made to crash, to loop or to
fill the memory. In a process of its own that ends the reading and nothing else: the answer is
what the file holds or one sentence. The process is a new one, not a fork of the server and its
threads; it starts while nobody waits for it, and obeys one order.
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
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from geomap.errors import FileRefusedError
from geomap.limits import TableLimits
from geomap.readers.confined_reader import DATA, ERRORS, ORDER, OUT_OF_MEMORY, answer_path
from geomap.typing import Progress

_BYTES_A_SECOND = 1_000_000
_LEAN = {"ARROW_DEFAULT_MEMORY_POOL": "system", "MALLOC_ARENA_MAX": "2", "OMP_NUM_THREADS": "1",
         "OPENBLAS_NUM_THREADS": "1"}  # fmt: skip
"""Allocators that take no more address space than they use, so that its limit means memory."""

_START_SECONDS = 60
"""How long a process may take to start: where others use the processors, longer than to read."""

_POLL = 0.05
_TELL = 0.5
_MEMORY_WORDS = (b"alloc", b"memory")


def write_order(
    folder: Path, contents: Sequence[bytes], order: Mapping[str, Any], limits: TableLimits
) -> list[float]:
    """Write the files to read and what to do with them; return the seconds for each file.

    Parameters
    ----------
    folder, contents
        An empty folder; the bytes of the files.
    order, limits
        What the process has to know about them; what is refused as too large.
    """
    seconds = [limits.reader_seconds + len(data) / _BYTES_A_SECOND for data in contents]
    for number, data in enumerate(contents):
        (folder / f"{DATA}{number}").write_bytes(data)
    whole = {**order, "limits": asdict(limits), "seconds": sum(seconds)}
    (folder / ORDER).write_text(json.dumps(whole), "ascii")
    return seconds


def obey_order(
    folder: Path, seconds: Sequence[float], name: str, progress: Progress
) -> int | None:  # fmt: skip
    """Have another process obey the order in a folder.

    Parameters
    ----------
    folder, seconds
        As `write_order` filled it; the seconds for each of its files.
    name, progress
        The name of the file for its owner; called about twice a second, an exception of its own
        ends the process.

    Returns
    -------
    code
        The exit code, or None when one of the files took too long.
    """
    process = _SPARE.take()
    try:
        if process.stdin is not None:
            process.stdin.write(json.dumps(str(folder)).encode() + b"\n")
            process.stdin.flush()
        return _wait(process, folder, seconds, name, progress)
    except BrokenPipeError:  # it died before it could read
        return process.wait()
    finally:
        _end(process)
        _SPARE.prepare()


def refusal_of(
    code: int | None, folder: Path, name: str, limits: TableLimits, remedy: str
) -> FileRefusedError:
    """Return the refusal of a file on which the process ended.

    Parameters
    ----------
    code, folder
        As `obey_order` returns it, and its folder.
    name, limits, remedy
        The name of the file; the limits that it was read with; what to do instead.

    Returns
    -------
    refusal
        With the code "too_large" when the memory or the time did not suffice, "broken_file"
        when the process ended in any other way.
    """
    if code is None:
        words = "too long to read"
        return limits.refusal(name, "reader_seconds", words, verb="takes", remedy=remedy)
    path = folder / ERRORS
    errors = path.read_bytes()[:4000].lower() if path.exists() else b""
    if code == OUT_OF_MEMORY or any(word in errors for word in _MEMORY_WORDS):
        words = "more memory to be read"
        return limits.refusal(name, "reader_bytes", words, verb="needs", remedy=remedy)
    words = "cannot be read: the library for its format fails on it"
    message = f"{name} {words}; save it again, or {remedy}."
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


def _wait(
    process: subprocess.Popen[bytes],
    folder: Path,
    seconds: Sequence[float],
    name: str,
    progress: Progress,
) -> int | None:
    """Return the exit code, or None when the file that is being read takes too long."""
    start = stated = time.monotonic()
    number, has_begun = 0, False
    progress(f"Reading {name}", 0.0)
    while True:
        try:
            return process.wait(_POLL)
        except subprocess.TimeoutExpired:
            now = time.monotonic()
        if not has_begun and (folder / ERRORS).exists():
            has_begun, start = True, now
        while number < len(seconds) - 1 and answer_path(folder, number).exists():
            number, start = number + 1, now
        if now - start > (seconds[number] if has_begun else _START_SECONDS):
            return None
        if now - stated > _TELL:
            stated = now
            progress(f"Reading {name}", number / len(seconds))
