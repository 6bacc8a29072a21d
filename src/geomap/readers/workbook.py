"""One sheet of a workbook (XLSX, XLS, ODS) as a table of text.

Dates come out as ISO days, whole numbers without a decimal point, and a merged cell below
the header fills every cell it covers, as a person reads it.
"""

from __future__ import annotations

import datetime as dt
import io
import itertools
import re
import zipfile
from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa

from geomap.errors import FileRefusedError
from geomap.layouts import plain_spec
from geomap.layouts.fields import fold
from geomap.raw_table import RawTable, Record, text_table
from geomap.readers.archives import BROKEN, check_workbook_size, refusing
from geomap.readers.headers import LOOK_AT, Header, find_header
from geomap.readers.merged_headers import flatten_header
from geomap.readers.table_draft import TableDraft

_CHUNK = 50_000
_FROM_1904 = re.compile(rb"<(?:\w+:)?workbookPr\b[^>]*\bdate1904\s*=\s*[\"'](?:1|true)")
_REFERENCE = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,20})(\d{1,20})"')


def read_workbook(data: bytes, draft: TableDraft, sheet: str | None) -> RawTable:
    """Return the table of one sheet.

    Parameters
    ----------
    data, draft
        The bytes of the file; the table to be.
    sheet
        The sheet to read; by default the one with the largest table, and with several sheets
        a warning names it.

    Raises
    ------
    FileRefusedError
        When it cannot be opened, has no such sheet or no cells, or is too large.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    name = draft.name
    message = f"{name} is a workbook that cannot be opened (broken or locked); save it again."
    with refusing(message, code="broken_workbook", faults=(CalamineError, *BROKEN)):
        check_workbook_size(data, name=name, limits=draft.limits)
        _check_extent(data, draft)
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = tuple(book.sheet_names)
        if sheet is not None and sheet not in sheets:
            message = f"{name} has no sheet {sheet!r}; it has {', '.join(map(repr, sheets))}."
            raise FileRefusedError(message, code="no_sheet")
        wanted = (sheet,) if sheet is not None else sheets
        read = {title: _records(book.get_sheet_by_name(title)) for title in wanted}
        from_1904 = _counts_from_1904(data)
    if not any(read.values()):
        message = f"{name} is a workbook without cells; fill a sheet."
        raise FileRefusedError(message, code="empty")
    ranks = {title: _rank(read[title]) for title in read}
    chosen = max(ranks, key=lambda title: ranks[title])
    if sheet is None and len(sheets) > 1:
        _warn_of_others(chosen, ranks, draft)
    numbers, blocks, header = _blocks(read[chosen], draft)
    return draft.finished(header, numbers, blocks, sheet=chosen, sheets=sheets, from_1904=from_1904)


def _blocks(
    records: list[Record], draft: TableDraft
) -> tuple[list[np.ndarray], list[pa.Table], Header]:
    header = draft.header_of(records[:LOOK_AT])
    width = len(header.names)
    rows = draft.even_rows(records[header.before_data :], width)
    numbers: list[np.ndarray] = []
    blocks: list[pa.Table] = []
    while chunk := list(itertools.islice(rows, _CHUNK)):
        numbers.append(np.array([number for number, _ in chunk], dtype="int64"))
        blocks.append(text_table(width, [cells for _, cells in chunk]))
        draft.check_block(blocks[-1], sum(map(len, numbers)))
    return numbers, blocks, header


def _warn_of_others(chosen: str, ranks: dict[str, tuple[bool, int]], draft: TableDraft) -> None:
    others = [title for title in ranks if title != chosen]
    why = "which looks like a table of events" if ranks[chosen][0] else "being the largest table"
    listed = ", ".join(map(repr, others))
    draft.warn("sheet_chosen", f"Sheet {chosen!r} was read, {why}; not read: {listed}.")
    alike = [title for title in others if ranks[title][0]]
    if alike:
        message = (
            f"{', '.join(map(repr, alike))} may be a table of events too: take the file in again "
            f"with that sheet (--sheet {alike[0]!r})."
        )
        draft.warn("sheets_left", message)


def _rank(records: list[Record]) -> tuple[bool, int]:
    """Return whether the columns name a date and a place, and the size of the table."""
    header = find_header(records[:LOOK_AT])
    if header is None:
        return False, 0
    fields = plain_spec().fields
    names = {fold(name) for name in header.names}
    dated = bool(names & {*fields["event_date"], *fields["year"]})
    placed = bool(names & {*fields["latitude"], *fields["place_name"], *fields["coordinates"]})
    is_table = dated and placed and len(records) > header.before_data
    return is_table or bool(header.tags), len(header.names) * len(records)


def _counts_from_1904(data: bytes) -> bool:
    """Return whether the bare numbers of days in a workbook count from 1904, as on old Macs."""
    if not data.startswith(b"PK"):
        return False
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "xl/workbook.xml" not in archive.namelist():
            return False
        with archive.open("xl/workbook.xml") as stream:
            return bool(_FROM_1904.search(stream.read(1 << 20)))


def _records(sheet: Any) -> list[Record]:
    rows = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    merged = list(sheet.merged_cell_ranges or ())
    header = find_header(list(enumerate(rows[:LOOK_AT], start=1)))
    first = flatten_header(rows, merged, header.before_data - 1) if header else len(rows)
    numbered = list(enumerate(rows, start=1))
    for (top, left), (bottom, right) in merged:
        if top < first:
            continue  # a title or a group of columns: filling it would make false names
        for row in rows[top : bottom + 1]:
            row[left : right + 1] = [rows[top][left]] * len(row[left : right + 1])
    return [(number, row) for number, row in numbered if any(row)]


def _text(cell: object) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat()
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def _check_extent(data: bytes, draft: TableDraft) -> None:
    """Refuse a sheet with a cell so far out that the block up to it would not fit in memory."""
    if not data.startswith(b"PK"):
        return
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            if not entry.filename.startswith("xl/worksheets/") or entry.is_dir():
                continue
            with archive.open(entry) as stream:
                cells = _extent(iter(partial(stream.read, 1 << 20), b""))
            if cells > draft.limits.sheet_cells:
                amount = f"a sheet that spans {cells:,} cells (a stray cell far out?)"
                remedy = "delete what lies outside the table and save it again"
                raise draft.limits.refusal(draft.name, "sheet_cells", amount, remedy=remedy)


def _extent(chunks: Iterator[bytes]) -> int:
    rows = columns = 0
    rest = b""
    for chunk in chunks:
        text = rest + chunk
        for letters, digits in _REFERENCE.findall(text):
            rows = max(rows, int(digits))
            column = 0
            for letter in letters:
                column = column * 26 + letter - 64
            columns = max(columns, column)
        rest = text[-64:]
    return rows * columns
