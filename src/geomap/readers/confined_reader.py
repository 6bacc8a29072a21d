"""The process that `confined.read_confined` starts: it waits for one file and reads it.

Run as ``python -m geomap.readers.confined_reader``. One line of the standard input names the
folder with the order. When the input ends, the process that asked is gone, and so is this one.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import threading
from pathlib import Path

from geomap.errors import FileRefusedError
from geomap.layouts import plain_spec
from geomap.limits import TableLimits
from geomap.readers.binary_tables import read_binary
from geomap.readers.table_draft import TableDraft
from geomap.readers.table_handover import write_refusal, write_table

DATA, ORDER, ERRORS = "data", "order.json", "errors.txt"
"""The files of the folder that hold the question, and what a library writes when it dies."""

OUT_OF_MEMORY = 77
"""The exit code of a reader that noticed itself that the memory does not suffice."""

_BROKEN = 1
_SPARE_SECONDS = 5


def confine(memory: int, seconds: float) -> None:
    """Limit this process, and with it every library in it, where the system can do that.

    Linux holds both limits, macOS that of the time; Windows has neither, and there only the
    process that waits ends the reading.

    Parameters
    ----------
    memory
        Bytes of address space beside those that the process already has.
    seconds
        Time of one processor. It ends a reader that nobody waits for any more.
    """
    try:
        import resource
    except ImportError:  # Windows
        return
    cores = os.cpu_count() or 1
    _lower(resource.RLIMIT_CPU, int(cores * (seconds + _SPARE_SECONDS)))
    _lower(resource.RLIMIT_CORE, 0)
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except OSError:  # not Linux
        return
    _lower(resource.RLIMIT_AS, pages * resource.getpagesize() + memory)


def _lower(which: int, value: int) -> None:
    import resource

    hard = resource.getrlimit(which)[1]
    most = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(which, (most, most))


def read_order(folder: Path) -> int:
    """Read the file in a folder as its order says; return the exit code."""
    with (folder / ERRORS).open("wb") as errors:
        os.dup2(errors.fileno(), 2)
    order = json.loads((folder / ORDER).read_bytes())
    limits = TableLimits(**order["limits"])
    draft = TableDraft(order["name"], order["sha256"], order["encoding"], limits)
    path = folder / DATA
    size = path.stat().st_size
    confine(limits.reader_bytes, order["seconds"])
    try:
        table = read_binary(path, order["form"], draft, order["sheet"])
        write_table(table, draft, size, folder)
    except FileRefusedError as refusal:
        write_refusal(refusal, folder)
    except MemoryError:
        return OUT_OF_MEMORY
    except BaseException:  # noqa: BLE001  # a panic of Rust is no Exception
        return _BROKEN
    return 0


def _end_with_input(folder: Path) -> None:
    """Wait for the end of the input, then leave nothing behind."""
    os.read(0, 1)
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(_BROKEN)


def main() -> None:
    """Prepare, wait for the order, and obey it."""
    # pyogrio imports geopandas, and that pandas, where they are; a reader requires neither.
    sys.modules["geopandas"] = None  # type: ignore[assignment]
    plain_spec()
    line = b""
    while not line.endswith(b"\n"):  # by the system's own read: no lock is held that a thread needs
        part = os.read(0, 1 << 12)
        if not part:
            return
        line += part
    folder = Path(json.loads(line))
    threading.Thread(target=_end_with_input, args=(folder,), daemon=True).start()
    # Nothing that a library left behind can hang or crash on the way out.
    os._exit(read_order(folder))


if __name__ == "__main__":
    main()
