"""A table that was read, or its refusal, handed from one process to another in a folder.

The cells travel as an Arrow stream, all else as JSON: unlike a pickle, neither can run
anything in the process that opens it, whatever the other one was made to write.
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
from geomap.readers.archives import check_unpacked
from geomap.readers.table_draft import TableDraft
from geomap.readers.text_blocks import TextBlocks

CELLS, ABOUT = "cells", "about.json"
"""The files of the folder that hold the answer."""

_OF_DRAFT = ("file_name", "sha256", "encoding", "delimiter")
_OF_BLOCKS = ("sheet", "sheets", "headerless", "from_1904")


def write_table(table: TextBlocks, draft: TableDraft, size: int, folder: Path) -> None:
    """Write a table block by block, as it is read.

    Parameters
    ----------
    table, draft
        The table; what was reported about it.
    size, folder
        The bytes of the file that it is read from; where the answer is written.

    Raises
    ------
    FileRefusedError
        When its text passes a limit.
    """
    labels = [str(place) for place in range(len(table.names))]
    schema = pa.schema([("row", pa.int64()), *((label, pa.large_string()) for label in labels)])
    rows = length = 0
    with pa.OSFile(str(folder / CELLS), "wb") as file, pa.ipc.new_stream(file, schema) as stream:
        for numbers, cells in table.blocks:
            rows, length = rows + len(numbers), length + cells.nbytes
            draft.check_block(cells, rows)
            check_unpacked(length, size, draft.name, draft.limits)
            block = [pa.array(numbers, pa.int64()), *cells.columns]
            stream.write_table(pa.Table.from_arrays(block, schema=schema))
    about = {
        "file_name": draft.name, "sha256": draft.sha256, "encoding": draft.encoding,
        "delimiter": draft.delimiter, "names": table.names, "hxl": dict(table.hxl),
        "warnings": [list(warning) for warning in draft.warnings],
        "bad_rows": [asdict(issue) for issue in draft.bad_rows],
        **{name: getattr(table, name) for name in _OF_BLOCKS},
    }  # fmt: skip
    (folder / ABOUT).write_text(json.dumps(about), "utf-8")


def write_refusal(error: FileRefusedError, folder: Path) -> None:
    """Write a refusal in place of a table."""
    about = {"refusal": str(error), "code": error.code}
    (folder / ABOUT).write_text(json.dumps(about), "utf-8")


def read_handover(folder: Path) -> RawTable:
    """Return the table in a folder, or raise the refusal in it.

    Raises
    ------
    FileRefusedError
        The refusal that was written.
    OSError, ValueError, KeyError, TypeError
        When the answer is not there, or not whole.
    """
    about: dict[str, Any] = json.loads((folder / ABOUT).read_bytes())
    if "refusal" in about:
        raise FileRefusedError(str(about["refusal"]), code=str(about["code"]))
    with pa.OSFile(str(folder / CELLS), "rb") as file:
        rows = pa.ipc.open_stream(file).read_all()
    cells = rows.select(range(1, rows.num_columns))
    plain = {name: about[name] for name in (*_OF_DRAFT, *_OF_BLOCKS)}
    return RawTable(
        frame=named_frame(about["names"], rows.column(0).to_numpy(), cells),
        **{**plain, "sheets": tuple(plain["sheets"])},
        hxl=MappingProxyType(about["hxl"]),
        warnings=tuple(TableWarning(*warning) for warning in about["warnings"]),
        bad_rows=tuple(RowIssue(**issue) for issue in about["bad_rows"]),
    )
