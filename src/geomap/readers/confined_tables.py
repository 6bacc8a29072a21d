"""The tables of workbooks, Parquet, GeoPackage and KML files, read by another process."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pyarrow as pa

from geomap.errors import FileRefusedError
from geomap.limits import TableLimits
from geomap.raw_table import RawTable
from geomap.readers.confined import obey_order, refusal_of, write_order
from geomap.readers.confined_reader import TABLE
from geomap.readers.sniff import OpenedFile
from geomap.readers.table_handover import read_handover
from geomap.typing import Progress

_BROKEN_ANSWER, _REMEDY = 1, "save the table as CSV"


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
    order = {"kind": TABLE, "name": file.name, "sha256": file.sha256, "form": file.form,
             "encoding": file.encoding or file.form, "sheet": sheet}  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="geomap-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        seconds = write_order(folder, [file.data], order, limits)
        code = obey_order(folder, seconds, file.name, progress)
        if code != 0:
            raise refusal_of(code, folder, file.name, limits, _REMEDY)
        try:
            return read_handover(folder)
        except FileRefusedError:  # a kind of ValueError
            raise
        except (OSError, ValueError, KeyError, TypeError, pa.ArrowException) as fault:
            raise refusal_of(_BROKEN_ANSWER, folder, file.name, limits, _REMEDY) from fault
