"""One table out of a file of any kind that is read, as text, with every row accounted for.

Delimited text in any common encoding, spreadsheets, JSON, KML, Parquet and GeoPackage, and
each of these inside a gz or zip. What is not a table is refused with one sentence; a row that
cannot be read is listed, never dropped in silence.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from geomap.errors import FileRefusedError
from geomap.layouts import LayoutSpec
from geomap.limits import DEFAULT, TableLimits
from geomap.model import TableWarning
from geomap.raw_table import RawTable, text_frame
from geomap.readers import geojson
from geomap.readers.binary_tables import BINARY_FORMS
from geomap.readers.confined_tables import read_confined
from geomap.readers.delimited_table import read_delimited
from geomap.readers.sniff import OpenedFile, open_file
from geomap.readers.table_draft import TableDraft
from geomap.typing import Progress, silent

__all__ = ["DEFAULT", "Progress", "RawTable", "TableLimits", "TableWarning", "read_opened_table",
           "read_table"]  # fmt: skip


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
    if file.form in BINARY_FORMS:
        return read_confined(file, sheet, limits, progress or silent)
    draft = TableDraft(file.name, file.sha256, file.encoding or file.form, limits)
    if file.form == "text":
        return read_delimited(file.data, draft, layouts, progress or silent)
    if file.form == "html":
        message = (
            f"{file.name} is a web page, not a table (an expired download link?); download it "
            "again."
        )
        raise FileRefusedError(message, code="web_page")
    if file.records is None:
        raise file.refusal()
    names, rows = geojson.read_features(file.records, draft)
    draft.check_size(len(rows), len(names))
    # Row 1 is where a header would stand: the first feature is row 2, as in a sheet.
    first = 2 if file.records is None else file.records.first_row
    return draft.stated(text_frame(names, range(first, len(rows) + first), rows))
