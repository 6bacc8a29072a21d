"""What `confined.read_confined` runs: reads one file within the limits and hands the table back.

Run as ``python -m geomap.readers.confined_reader FOLDER``.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from geomap.errors import FileRefusedError
from geomap.limits import TableLimits
from geomap.readers.binary_tables import read_binary
from geomap.readers.confined import ANSWER, BYTES_A_SECOND, DATA, ORDER, OUT_OF_MEMORY
from geomap.readers.table_draft import TableDraft
from geomap.readers.table_handover import write_refusal, write_table

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


def main(folder: Path) -> int:
    """Read the file in a folder as its order says; return the exit code."""
    order = json.loads((folder / ORDER).read_bytes())
    limits = TableLimits(**order["limits"])
    data = (folder / DATA).read_bytes()
    draft = TableDraft(order["name"], order["sha256"], order["encoding"], limits)
    confine(limits.reader_bytes, limits.reader_seconds + len(data) / BYTES_A_SECOND)
    try:
        write_table(read_binary(data, order["form"], draft, order["sheet"]), folder / ANSWER)
    except FileRefusedError as refusal:
        write_refusal(refusal, folder / ANSWER)
    except MemoryError:
        return OUT_OF_MEMORY
    except BaseException:  # noqa: BLE001  # a panic of Rust is no Exception
        return _BROKEN
    return 0


if __name__ == "__main__":
    # Nothing that a library left behind can hang or crash on the way out.
    os._exit(main(Path(sys.argv[1])))
