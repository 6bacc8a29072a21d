"""The process that `confined.obey_order` starts: it waits for one order and obeys it.

Run as ``python -m geomap.readers.confined_reader``. One line of the standard input names the
folder with the order. When the input ends, the process that asked is gone, and so is this one.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from geomap.errors import FileRefusedError
from geomap.layouts import plain_spec
from geomap.limits import TableLimits

DATA, ORDER, ERRORS = "data", "order.json", "errors.txt"
"""The files of the folder that hold the question (one `DATA` with its number for each file), and
what a library writes when it dies."""

TABLE, DOCUMENTS = "table", "documents"
"""What is read: the table of one file, or the texts of several."""

OUT_OF_MEMORY = 77
"""The exit code of a reader that noticed itself that the memory does not suffice."""

_BROKEN = 1
_SPARE_SECONDS = 5


def answer_path(folder: Path, number: int) -> Path:
    """Return where the texts of a document are, once they are read."""
    return folder / f"texts{number}.json"


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
    """Read the files in a folder as its order says; return the exit code."""
    with (folder / ERRORS).open("wb") as errors:
        os.dup2(errors.fileno(), 2)
    order = json.loads((folder / ORDER).read_bytes())
    limits = TableLimits(**order["limits"])
    read = _read_table if order["kind"] == TABLE else _read_documents
    confine(limits.reader_bytes, order["seconds"])
    try:
        read(folder, order, limits)
    except MemoryError:
        return OUT_OF_MEMORY
    except BaseException:  # noqa: BLE001  # a panic of Rust is no Exception
        return _BROKEN
    return 0


def _read_table(folder: Path, order: Mapping[str, Any], limits: TableLimits) -> None:
    from geomap.readers.binary_tables import read_binary
    from geomap.readers.table_draft import TableDraft
    from geomap.readers.table_handover import write_refusal, write_table

    draft = TableDraft(order["name"], order["sha256"], order["encoding"], limits)
    path = folder / f"{DATA}0"
    size = path.stat().st_size
    try:
        table = read_binary(path, order["form"], draft, order["sheet"])
        write_table(table, draft, size, folder)
    except FileRefusedError as refusal:
        write_refusal(refusal, folder)


def _read_documents(folder: Path, order: Mapping[str, Any], limits: TableLimits) -> None:
    """Read one file after the other; those that have an answer have it from a process before."""
    from geomap.readers.documents.document_reader import read_document
    from geomap.readers.documents.texts_handover import write_texts

    for number, file in enumerate(order["files"]):
        answer = answer_path(folder, number)
        if answer.exists():
            continue
        data = (folder / f"{DATA}{number}").read_bytes()
        try:
            texts = read_document(data, file["form"], name=file["name"], limits=limits)
        except FileRefusedError as refusal:
            write_texts(refusal, answer)
        else:
            write_texts(texts, answer)


def _end_with_input(folder: Path) -> None:
    """Wait for the end of the input, then leave nothing behind."""
    os.read(0, 1)
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(_BROKEN)


def _prepare() -> None:
    """Import what most orders need, while nobody waits."""
    import geomap.readers.binary_tables
    import geomap.readers.documents.document_reader
    import geomap.readers.table_handover  # noqa: F401

    plain_spec()


def main() -> None:
    """Prepare, wait for the order, and obey it."""
    # pyogrio imports geopandas, and that pandas, where they are; a reader requires neither.
    sys.modules["geopandas"] = None  # type: ignore[assignment]
    _prepare()
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
