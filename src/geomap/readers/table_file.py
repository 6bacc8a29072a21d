"""One table out of a file of any kind that is read, as text, with every row accounted for.

Delimited text in any common encoding, spreadsheets, JSON, KML, Parquet and GeoPackage, and
each of these inside a gz or zip. What is not a table is refused with one sentence; a row that
cannot be read is listed, never dropped in silence.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa

from geomap.errors import FileRefusedError
from geomap.layouts import LayoutSpec
from geomap.limits import DEFAULT, TableLimits
from geomap.raw_table import RawTable, TableWarning, text_frame, text_table
from geomap.readers import archives, columnar, geojson, kml_file, workbook
from geomap.readers.delimited_table import read_delimited
from geomap.readers.headers import LOOK_AT
from geomap.readers.sniff import OpenedFile, open_file
from geomap.readers.table_draft import TableDraft
from geomap.typing import Progress, silent

__all__ = ["DEFAULT", "Progress", "RawTable", "TableLimits", "TableWarning", "read_opened_table",
           "read_table"]  # fmt: skip

_CHUNK = 50_000


def read_table(
    source: Path | bytes,
    *,
    name: str,
    sheet: str | None = None,
    limits: TableLimits | None = None,
    layouts: Sequence[LayoutSpec] = (),
    progress: Progress | None = None,
) -> RawTable:
    """Return the table in `source` as text cells.

    Parameters
    ----------
    source, name
        The file or its bytes; its name for its owner, in messages.
    sheet, limits, layouts, progress
        As `read_opened_table`.

    Raises
    ------
    FileRefusedError
        With one sentence (fault, place, remedy) and a code: empty, no_columns, binary,
        web_page, zip_bomb, too_large, broken_archive, archive_tables, not_a_table, no_sheet.
    """
    file = open_file(source, name=name, limits=limits, layouts=layouts)
    return read_opened_table(file, sheet=sheet, limits=limits, layouts=layouts, progress=progress)


def read_opened_table(
    file: OpenedFile,
    *,
    sheet: str | None = None,
    limits: TableLimits | None = None,
    layouts: Sequence[LayoutSpec] = (),
    progress: Progress | None = None,
) -> RawTable:
    """Return the table of a file that was opened, whatever else it might hold.

    Parameters
    ----------
    file
        The file as `open_file` returns it.
    sheet
        Which sheet of a workbook, or layer of a GeoPackage; by default the one that looks
        most like a table.
    limits
        What is refused as too large; by default as the environment sets it.
    layouts
        The user's own layouts, some of which describe files without a header.
    progress
        Called with a sentence and the share read, again and again; an exception of its own
        ends the reading.

    Raises
    ------
    FileRefusedError
        When it is not a table, passes a limit, or has no such sheet.
    """
    limits = limits or TableLimits.from_environment()
    draft = TableDraft(file.name, file.sha256, file.encoding, limits)
    if file.form == "text":
        return read_delimited(file.data, draft, layouts, progress or silent)
    if file.form == "workbook":
        return _read_workbook(file, sheet, draft)
    if file.form == "html":
        message = (
            f"{file.name} is a web page, not a table (an expired download link?); download it "
            "again."
        )
        raise FileRefusedError(message, code="web_page")
    return _read_stated(file, sheet, limits)


def _read_workbook(file: OpenedFile, sheet: str | None, draft: TableDraft) -> RawTable:
    archives.check_workbook_size(file.data, name=file.name, limits=draft.limits)
    book = workbook.read_workbook(file.data, name=file.name, sheet=sheet, limits=draft.limits)
    draft.encoding = "spreadsheet"
    draft.warnings += book.warnings
    header = draft.header_of(book.records[:LOOK_AT])
    width = len(header.names)
    rows = draft.even_rows(book.records[header.before_data :], width)
    numbers: list[np.ndarray] = []
    blocks: list[pa.Table] = []
    while chunk := list(itertools.islice(rows, _CHUNK)):
        numbers.append(np.array([number for number, _ in chunk], dtype="int64"))
        blocks.append(text_table(width, [cells for _, cells in chunk]))
        draft.check_block(blocks[-1], sum(map(len, numbers)))
    return draft.finished(header, numbers, blocks, sheet=book.sheet, sheets=book.sheets,
                          from_1904=book.from_1904)  # fmt: skip


def _read_stated(file: OpenedFile, sheet: str | None, limits: TableLimits) -> RawTable:
    """Return the table of a file whose columns are stated and need not be found.

    Row 1 is where a header would stand: the first feature is row 2, as in a sheet.
    """
    name = file.name
    warnings: tuple[TableWarning, ...] = ()
    layer: str | None = None
    layers: tuple[str, ...] = ()
    if file.form == "parquet":
        frame, warnings = columnar.read_parquet(file.data, name=name, limits=limits)
    elif file.form == "geopackage":
        frame, layer, layers, warnings = columnar.read_geopackage(
            file.data, name=name, layer=sheet, limits=limits
        )
    else:
        if file.form == "kml":
            names, rows = kml_file.read_placemarks(file.text, name)
        elif file.records is None:
            raise file.refusal()
        else:
            names, rows, warnings = geojson.read_features(file.records, name)
        columnar.check_size(len(rows), len(names), name=name, limits=limits)
        frame = text_frame(names, range(2, len(rows) + 2), rows)
    return RawTable(
        frame=frame, file_name=name, sha256=file.sha256, encoding=file.encoding or file.form,
        delimiter=None, sheet=layer, sheets=layers, warnings=warnings,
    )  # fmt: skip
