"""One sheet of a workbook (XLSX, XLS, ODS) as a table of text.

Dates come out as ISO days, whole numbers without a decimal point, and a merged cell below
the header fills every cell it covers, as a person reads it.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
import zipfile
from bisect import insort
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from geomap.errors import FileRefusedError
from geomap.layouts import plain_spec
from geomap.layouts.fields import fold
from geomap.raw_table import Record
from geomap.readers.archives import BROKEN, check_workbook_size, refusing
from geomap.readers.headers import LOOK_AT, find_header
from geomap.readers.merged_headers import Range, flatten_header
from geomap.readers.table_draft import TableDraft
from geomap.readers.text_blocks import TextBlocks, blocks_of

_FROM_1904 = re.compile(rb"<(?:\w+:)?workbookPr\b[^>]*\bdate1904\s*=\s*[\"'](?:1|true)")
_REFERENCE = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,20})(\d{1,20})"')
_CELL_BYTES = 110  # of address space that calamine takes for a cell, measured
_HEADER_ROWS = LOOK_AT + 10  # a header that begins among the first may reach a little below


def read_workbook(path: Path, draft: TableDraft, sheet: str | None) -> TextBlocks:
    """Return the table of one sheet.

    Parameters
    ----------
    path, draft
        The file; the table to be.
    sheet
        The sheet to read; by default the one with the largest table, and with several sheets
        a warning names it.

    Raises
    ------
    FileRefusedError
        When it cannot be opened, has no such sheet or no cells, or is too large.
    """
    with _refusing(draft), path.open("rb") as file:
        from_1904 = _look_inside(path, draft)
        book = CalamineWorkbook.from_filelike(file)
        titles = tuple(book.sheet_names)
        if sheet is not None and sheet not in titles:
            message = f"{draft.name} has no sheet {sheet!r}; it has {', '.join(map(repr, titles))}."
            raise FileRefusedError(message, code="no_sheet")
        wanted = (sheet,) if sheet is not None else titles
        sheets = {title: _Sheet(book.get_sheet_by_name(title)) for title in wanted}
        chosen = _chosen(sheets, draft)
        records = sheets[chosen].records()
        top = list(itertools.islice(records, LOOK_AT))
    if not top:
        message = f"{draft.name} is a workbook without cells; fill a sheet."
        raise FileRefusedError(message, code="empty")
    header = draft.header_of(top)
    width = len(header.names)
    below = itertools.chain(top[header.before_data :], records)
    rows = draft.even_rows(((number - draft.shift, cells) for number, cells in below), width)
    tags = zip(header.names, header.tags, strict=False)
    return TextBlocks(
        header.names, blocks_of(rows, width), sheet=chosen, sheets=titles,
        headerless=header.headerless, from_1904=from_1904,
        hxl=MappingProxyType({name: tag.strip() for name, tag in tags if tag.strip()}),
    )  # fmt: skip


def _refusing(draft: TableDraft) -> AbstractContextManager[None]:
    message = f"{draft.name} is a workbook that cannot be opened (broken or locked); save it again."
    return refusing(message, code="broken_workbook", faults=(CalamineError, *BROKEN))


def _look_inside(path: Path, draft: TableDraft) -> bool:
    """Refuse a workbook that passes a limit; return whether its bare days count from 1904."""
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        check_workbook_size(archive, name=draft.name, limits=draft.limits)
        _check_extent(archive, draft)
        if "xl/workbook.xml" not in archive.namelist():
            return False
        with archive.open("xl/workbook.xml") as stream:  # old Macs count from 1904
            return bool(_FROM_1904.search(stream.read(1 << 20)))


def _chosen(sheets: dict[str, _Sheet], draft: TableDraft) -> str:
    if len(sheets) == 1:
        return next(iter(sheets))
    ranks = {title: _rank(one) for title, one in sheets.items()}
    chosen = max(ranks, key=lambda title: ranks[title])
    _warn_of_others(chosen, ranks, draft)
    return chosen


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


def _rank(sheet: _Sheet) -> tuple[bool, int]:
    """Return whether the columns name a date and a place, and the size of the table."""
    records = sheet.records()
    top = list(itertools.islice(records, LOOK_AT))
    header = find_header(top)
    if header is None:
        return False, 0
    count = len(top) + sum(1 for _ in records)
    fields = plain_spec().fields
    names = {fold(name) for name in header.names}
    dated = bool(names & {*fields["event_date"], *fields["year"]})
    placed = bool(names & {*fields["latitude"], *fields["place_name"], *fields["coordinates"]})
    is_table = dated and placed and count > header.before_data
    return is_table or bool(header.tags), len(header.names) * count


class _Sheet:
    """One sheet, whose rows become text only when they are asked for."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._merged: Sequence[Range] = sheet.merged_cell_ranges or ()

    def records(self) -> Iterator[Record]:
        """Yield the rows that are not empty, each merged cell below the header filled."""
        rows = self._rows()
        top = list(itertools.islice(rows, _HEADER_ROWS))
        header = find_header(list(enumerate(top[:LOOK_AT], start=1)))
        numbered: Iterator[tuple[int, list[str]]]
        if header is None:  # nothing is filled: a title would make false names
            numbered = enumerate(itertools.chain(top, rows))
        else:
            below = flatten_header(top, self._merged, header.before_data - 1)
            # A title or a group of columns is not filled either.
            ranges = [one for one in self._merged if one[0][0] >= below]
            numbered = _filled(enumerate(itertools.chain(top, rows)), ranges)
        return ((number + 1, row) for number, row in numbered if any(row))

    def _rows(self) -> Iterator[list[str]]:
        left = [""] * (self._sheet.start or (0, 0))[1]
        for row in self._sheet.iter_rows():
            yield left + [cell if type(cell) is str else _text(cell) for cell in row]


def _filled(
    rows: Iterator[tuple[int, list[str]]], merged: Sequence[Range]
) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows with the merged ranges that reach over them filled, in their own order."""
    waiting = sorted(enumerate(merged), key=lambda item: item[1][0][0], reverse=True)
    active: list[tuple[int, Range]] = []
    texts: dict[int, str] = {}
    for number, row in rows:
        while waiting and waiting[-1][1][0][0] <= number:
            insort(active, waiting.pop())
        if active:
            active = [one for one in active if one[1][1][0] >= number]
            for place, ((_, left), (_, right)) in active:
                if place not in texts:
                    texts[place] = row[left] if left < len(row) else ""
                row[left : right + 1] = [texts[place]] * len(row[left : right + 1])
        yield number, row


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


def _check_extent(archive: zipfile.ZipFile, draft: TableDraft) -> None:
    """Refuse a sheet that would not fit in memory with all cells of the block that it spans."""
    for entry in archive.infolist():
        if not entry.filename.startswith("xl/worksheets/") or entry.is_dir():
            continue
        with archive.open(entry) as stream:
            most = min(draft.limits.sheet_cells, draft.limits.reader_bytes // _CELL_BYTES)
            cells = _extent(iter(partial(stream.read, 1 << 20), b""), most)
        if cells > draft.limits.sheet_cells:
            amount = f"a sheet that spans at least {cells:,} cells"
            remedy = "save the table as CSV, or delete a stray cell far outside it"
            raise draft.limits.refusal(draft.name, "sheet_cells", amount, remedy=remedy)
        if cells * _CELL_BYTES > draft.limits.reader_bytes:
            amount = f"more memory to be read (at least {cells:,} cells)"
            remedy = "save the table as CSV"
            raise draft.limits.refusal(
                draft.name, "reader_bytes", amount, verb="needs", remedy=remedy
            )


def _extent(chunks: Iterator[bytes], most: int) -> int:
    """Return the cells of the block that the references span, or the first number over `most`."""
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
        if rows * columns > most:
            break
        rest = text[-64:]
    return rows * columns
