"""A table that was read, or its refusal, handed from one process to another.

The cells travel as an Arrow stream, all else as JSON in its metadata: unlike a pickle, neither
can run anything in the process that opens it, whatever the other one was made to write.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pyarrow as pa

from geomap.errors import FileRefusedError
from geomap.model import RowIssue, TableWarning
from geomap.raw_table import RawTable, named_frame

_KEY = b"geomap"
_PLAIN = ("file_name", "sha256", "encoding", "delimiter", "sheet", "sheets", "headerless",
          "from_1904")  # fmt: skip


def write_table(table: RawTable, path: Path) -> None:
    """Write a table to a file."""
    frame = table.frame
    cells = [pa.array(frame.iloc[:, n], pa.large_string()) for n in range(frame.shape[1])]
    columns = [pa.array(frame.index, pa.int64()), *cells]
    about = {name: getattr(table, name) for name in _PLAIN}
    about |= {
        "names": [str(name) for name in frame.columns],
        "hxl": dict(table.hxl),
        "warnings": [list(warning) for warning in table.warnings],
        "bad_rows": [asdict(issue) for issue in table.bad_rows],
    }
    labels = [str(n) for n in range(len(columns))]
    rows = pa.Table.from_arrays(columns, names=labels)
    rows = rows.replace_schema_metadata({_KEY: json.dumps(about).encode()})
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_stream(file, rows.schema) as stream:
        stream.write_table(rows, max_chunksize=100_000)


def write_refusal(error: FileRefusedError, path: Path) -> None:
    """Write a refusal to a file."""
    path.write_text(json.dumps({"message": str(error), "code": error.code}), "utf-8")


def read_handover(path: Path) -> RawTable:
    """Return the table in a file, or raise the refusal in it.

    Raises
    ------
    FileRefusedError
        The refusal that was written.
    OSError, ValueError, KeyError, TypeError
        When the file is not there, or not whole.
    """
    with path.open("rb") as file:
        is_refusal = file.read(1) == b"{"
    if is_refusal:
        refusal = json.loads(path.read_text("utf-8"))
        raise FileRefusedError(str(refusal["message"]), code=str(refusal["code"]))
    with pa.OSFile(str(path), "rb") as file:
        rows = pa.ipc.open_stream(file).read_all()
    about: dict[str, Any] = json.loads((rows.schema.metadata or {})[_KEY])
    plain = {name: about[name] for name in _PLAIN}
    return RawTable(
        frame=named_frame(about["names"], rows.column(0).to_numpy(), rows.select(
            range(1, rows.num_columns))),
        **{**plain, "sheets": tuple(plain["sheets"])},
        hxl=MappingProxyType(about["hxl"]),
        warnings=tuple(TableWarning(*warning) for warning in about["warnings"]),
        bad_rows=tuple(RowIssue(**issue) for issue in about["bad_rows"]),
    )  # fmt: skip
