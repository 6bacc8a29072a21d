"""Feed hostile files to the command line, each in a process of its own, and print what breaks it.

``python -m tools.hostile_files [small|tables|large] [--only PATTERN]`` writes the files of
`tests.readers.hostile_library` one after the other into a temporary folder and runs ``geomap
ingest --dry-run`` on each. A file breaks geomap when the answer has a traceback, when the process
dies of a signal or ends with another code than 0, 1 or 2, or passes the time or the memory (of
the process and its children together; seconds of a processor, and memory that is no mapped file:
Linux only).
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.readers import hostile_library
from tests.readers.hostile_case import Case

_SECONDS, _SECONDS_FOR_MB = 20.0, 12.0
"""The bar for any file, and what the reading of an article may take beside it for each MB."""

_PATIENCE = 3
"""How many times as long a file may take where other programs use the processors too."""

_MEMORY = 1_200_000_000
_PARTS = {
    "small": hostile_library.small_files,
    "tables": hostile_library.small_tables,
    "large": hostile_library.large_files,
}


class Result(NamedTuple):
    """What a file did: seconds of a processor, bytes, exit code, last line, and the fault."""

    name: str
    seconds: float
    memory: int
    code: int
    line: str
    fault: str


def measure(case: Case, folder: Path) -> Result:
    """Take one file in and return what happened."""
    path = folder / os.fsencode(case.name).decode("utf-8", "surrogateescape").replace("/", "_")
    path.write_bytes(case.data)
    command = [sys.executable, "-m", "geomap", "ingest", "--dry-run", "--yes", "--quiet",
               "--workspace", str(folder / "workspace"), "--", str(path)]  # fmt: skip
    limit = _SECONDS + _SECONDS_FOR_MB * len(case.data) / 1e6
    begun, memory, before = time.monotonic(), 0, _processor_seconds()
    with (folder / "answer").open("w+b") as answer:
        process = subprocess.Popen(command, stdout=answer, stderr=answer, start_new_session=True)
        while process.poll() is None:
            memory = max(memory, sum(_resident(process.pid)))
            if time.monotonic() - begun > _PATIENCE * limit:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                break
            time.sleep(0.05)
        answer.seek(0)
        text = answer.read().decode("utf-8", "replace")
    seconds = _processor_seconds() - before
    path.unlink()
    fault = _fault(text, process.returncode, seconds, limit, memory)
    last = text.strip().splitlines()[-1:] or [""]
    return Result(case.name, seconds, memory, process.returncode, last[0], fault)


def _processor_seconds() -> float:
    """Return what the processes that ended have used so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _resident(session: int) -> Iterator[int]:
    """Yield the bytes of memory of each process of a session, without files that are mapped."""
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            if os.getsid(int(entry.name)) != session:
                continue
            status = (entry / "status").read_text()
        except OSError:  # it has ended
            continue
        yield sum(
            int(line.split()[1]) * 1024
            for line in status.splitlines()
            if line.startswith(("RssAnon:", "RssShmem:"))
        )


def _fault(text: str, code: int, seconds: float, limit: float, memory: int) -> str:
    if "Traceback" in text:
        return "traceback"
    if seconds > limit or code == -signal.SIGKILL:
        return "time"
    if memory > _MEMORY:
        return "memory"
    if code not in {0, 1, 2}:
        return f"exit {code}"
    return "" if text.strip() or code == 0 else "no sentence"


def main() -> int:
    """Measure the files and print the table; return 1 when one breaks a bar."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", nargs="?", choices=sorted(_PARTS), default="large")
    words = "only files whose names match"
    parser.add_argument("--only", default="", metavar="PATTERN", help=words)
    options = parser.parse_args()
    count, faults, slow, large = 0, list[Result](), 0.0, 0
    for case in _PARTS[options.part]():
        if not re.search(options.only, case.name):
            continue
        with tempfile.TemporaryDirectory(prefix="geomap-") as name:
            result = measure(case, Path(name))
        count += 1
        slow, large = max(slow, result.seconds), max(large, result.memory)
        faults += [result] if result.fault else []
        mark = result.fault or "ok"
        figures = f"{result.seconds:6.1f} s {result.memory / 1e6:6.0f} MB  exit {result.code:3}"
        print(f"{mark:12} {figures}  {result.name[:60]!a}  {result.line[:150]}", flush=True)
    most = f"the slowest took {slow:.1f} s, the largest {large / 1e6:,.0f} MB"
    print(f"\n{count} files, {len(faults)} break a bar; {most}.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
