"""One sheet of a workbook (XLSX, XLS, ODS) as records of text.

Dates come out as ISO days, whole numbers without a decimal point, and a merged cell below
the header fills every cell it covers, as a person reads it.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from geomap.errors import FileRefusedError
from geomap.sources.headers import LOOK_AT, find_header
from geomap.sources.rawtable import Record, TableLimits, TableWarning

_OTHERS = (OSError, ValueError, EOFError, NotImplementedError, RuntimeError)
_REFERENCE = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')


@dataclass(frozen=True, slots=True)
class Workbook:
    """The records of the chosen sheet, its name, and the names of all sheets."""

    records: list[Record]
    sheet: str
    sheets: tuple[str, ...]
    warnings: tuple[TableWarning, ...]


def read_workbook(data: bytes, *, name: str, sheet: str | None, limits: TableLimits) -> Workbook:
    """Return the records of one sheet.

    The sheet is `sheet` when given, else the one with the largest table; when there are
    several sheets, a warning names the one that was read.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        _check_extent(data, name=name, limits=limits)
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = tuple(book.sheet_names)
        if sheet is not None and sheet not in sheets:
            message = f"{name} has no sheet {sheet!r}; it has {', '.join(map(repr, sheets))}."
            raise FileRefusedError(message, code="no_sheet")
        wanted = (sheet,) if sheet is not None else sheets
        read = {title: _records(book.get_sheet_by_name(title)) for title in wanted}
    except (CalamineError, zipfile.BadZipFile, zlib.error, *_OTHERS) as fault:
        if isinstance(fault, FileRefusedError):
            raise
        message = f"{name} is a workbook that cannot be opened (broken or locked); save it again."
        raise FileRefusedError(message, code="broken_workbook") from fault
    if not any(read.values()):
        message = f"{name} is a workbook without cells; fill a sheet."
        raise FileRefusedError(message, code="empty")
    chosen = max(read, key=lambda title: _table_size(read[title]))
    warnings = _of_choice(chosen, sheets, asked=sheet is not None)
    return Workbook(read[chosen], chosen, sheets, warnings)


def _of_choice(chosen: str, sheets: tuple[str, ...], *, asked: bool) -> tuple[TableWarning, ...]:
    if asked or len(sheets) < 2:
        return ()
    others = ", ".join(repr(title) for title in sheets if title != chosen)
    message = f"Sheet {chosen!r} was read, being the largest table; not read: {others}."
    return (TableWarning("sheet_chosen", message),)


def _table_size(records: list[Record]) -> int:
    header = find_header(records[:LOOK_AT])
    return 0 if header is None else len(header.names) * len(records)


def _records(sheet: Any) -> list[Record]:
    rows = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    numbered = list(enumerate(rows, start=1))
    header = find_header(numbered[:LOOK_AT])
    first = header.before_data if header else len(rows)
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
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


def _check_extent(data: bytes, *, name: str, limits: TableLimits) -> None:
    """Refuse a sheet with a cell so far out that the block up to it would not fit in memory."""
    if not data.startswith(b"PK"):
        return
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            if not entry.filename.startswith("xl/worksheets/") or entry.is_dir():
                continue
            with archive.open(entry) as stream:
                cells = _extent(iter(lambda stream=stream: stream.read(1 << 20), b""))  # type: ignore[misc]  # mypy cannot infer a lambda with a default
            if cells > limits.sheet_cells:
                message = (
                    f"{name} has a sheet that spans {cells:,} cells (a stray cell far out?); "
                    "delete what lies outside the table and save it again."
                )
                raise FileRefusedError(message, code="too_large")


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
