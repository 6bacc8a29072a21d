"""The rows of delimited text as columns, block by block.

A block that is regular (every record has the same number of cells, no quote is astray) is
read in bulk; any other goes record by record through `Dialect.records`. Both give the same
cells and numbers: the bulk reader falls back to the other for irregular blocks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from geomap.raw_table import Record, text_table
from geomap.readers.delimited import Dialect, Lines, Swallowed

Even = Callable[[Iterable[Record | Swallowed]], Iterator[Record]]
"""Makes records as wide as the header; see `TableDraft.even_rows`."""

LARGEST = 8 << 20
"""Bytes of a block; memory beside the result grows with it, and not with the file."""

SMALLEST = 1 << 16
_LINES_TRIED = 200
_LINE_ENDS = re.compile(r"\r\n|\n|\r")
_LINE_END = re.compile(rb"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Grid:
    """How the records of a text are cut.

    `width` counts the columns of the header, `usual` the cells of most rows (more, when each
    ends in an idle delimiter), `widest` those of the widest of the first rows.
    """

    dialect: Dialect
    width: int
    usual: int
    widest: int

    @property
    def in_bulk(self) -> bool:
        """Whether the bulk reader supports the delimiter."""
        mark = self.dialect.delimiter
        return len(mark) == 1 and mark.isascii() and mark not in '"\r\n'


def read_blocks(
    data: bytes, grid: Grid, even: Even, *, position: int, before: int
) -> Iterator[tuple[np.ndarray, pa.Table, int]]:
    """Yield the numbers of the rows of each block, their cells, and where the block ends.

    Parameters
    ----------
    data
        Text in UTF-8.
    grid
        How its records are cut.
    even
        What makes the records of an irregular block rows of the table.
    position, before
        Where the first record begins and how many come before it.
    """
    size = LARGEST
    bulk = grid.in_bulk
    while position < len(data):
        end = _block_end(data, position, size, quoting=grid.dialect.quoting)
        block = _in_bulk(data, position, end, grid) if bulk else None
        if block is not None:
            table, filled, count = block
            yield filled + before + 1, table, end
            position, before, size = end, before + count, min(2 * size, LARGEST)
        elif bulk and size > SMALLEST:
            size //= 8  # the fault is in one place: the rest can be read in bulk
        else:
            stretch = _Stretch(data, position, end, grid, before)
            rows = list(even(stretch))
            numbers = np.array([number for number, _ in rows], dtype="int64")
            position, before = stretch.position, stretch.number
            yield numbers, text_table(grid.width, [cells for _, cells in rows]), position


class _Stretch:
    """The records from one position to the first record's end at or behind another."""

    def __init__(self, data: bytes, position: int, end: int, grid: Grid, before: int) -> None:
        self._lines = Lines(data, position)
        self._end = end
        self._records = grid.dialect.records(self._lines, before=before, width=grid.widest)
        self.number = before

    @property
    def position(self) -> int:
        """Where the next record begins."""
        return self._lines.position

    def __iter__(self) -> Iterator[Record | Swallowed]:
        for record in self._records:
            self.number = record.rows[-1] if isinstance(record, Swallowed) else record[0]
            yield record
            if self.position >= self._end:
                return


def _block_end(data: bytes, start: int, size: int, *, quoting: bool) -> int:
    """Return where a block of about `size` bytes ends: behind a line, in no quoted cell.

    Where the quotes stay odd (one is astray) it is behind a line of that size.
    """
    first = end = _behind_line(data, start + size)
    quotes = data.count(b'"', start, end) if quoting else 0
    for _ in range(_LINES_TRIED):
        if quotes % 2 == 0:
            return end
        if end >= len(data):
            break
        following = _behind_line(data, end)
        quotes += data.count(b'"', end, following)
        end = following
    return first


def _behind_line(data: bytes, position: int) -> int:
    match = _LINE_END.search(data, position) if position < len(data) else None
    return match.end() if match else len(data)


def _in_bulk(
    data: bytes, start: int, end: int, grid: Grid
) -> tuple[pa.Table, np.ndarray, int] | None:
    """Return the rows of a block, their places among its records, and how many records it has.

    None when the block is not regular, or when a quote may have taken in rows.
    """
    quotes = data.count(b'"', start, end) if grid.dialect.quoting else 0
    if quotes % 2 or (quotes and data[end - 1] not in b"\r\n"):
        return None
    try:
        table = csv.read_csv(
            pa.BufferReader(pa.py_buffer(memoryview(data)[start:end])),
            read_options=csv.ReadOptions(
                column_names=_labels(grid.usual), block_size=end - start + 1
            ),
            parse_options=csv.ParseOptions(
                delimiter=grid.dialect.delimiter,
                quote_char='"' if grid.dialect.quoting else False,
                double_quote=grid.dialect.quoting,
                newlines_in_values=quotes > 0,
                ignore_empty_lines=False,  # they count as records
            ),
            convert_options=csv.ConvertOptions(
                column_types=dict.fromkeys(_labels(grid.usual), pa.large_string()),
                strings_can_be_null=False,
            ),
        )
    except pa.ArrowInvalid:
        return None
    ends = data.count(b"\n", start, end) + data.count(b"\r", start, end)
    lines = ends - data.count(b"\r\n", start, end) + (data[end - 1] not in b"\r\n")
    whole = table.num_rows == lines or (quotes and not _may_hide_rows(table, grid))
    if not whole or (quotes and _ends_in_a_quote(table)):
        return None
    filled = np.flatnonzero(_is_filled(table))
    count = table.num_rows
    table = table if len(filled) == count else table.take(pa.array(filled))
    for column in table.columns[grid.width :]:
        if pc.any(pc.not_equal(pc.utf8_trim_whitespace(column), "")).as_py():
            return None
    return table.select(range(grid.width)), filled, count


def _labels(count: int) -> list[str]:
    return [str(place) for place in range(count)]


def _is_filled(table: pa.Table) -> np.ndarray:
    """Return which rows have a cell that is not empty."""
    blank = np.ones(table.num_rows, dtype=bool)
    for column in table.columns:
        blank &= pc.equal(pc.binary_length(column), 0).to_numpy()
        if not blank.any():
            break
    return ~blank


def _ends_in_a_quote(table: pa.Table) -> bool:
    """Return whether the block was cut within a quoted cell: the line's end is then in it."""
    return not table.num_rows or table.columns[-1][-1].as_py()[-1:] in {"\r", "\n"}


def _may_hide_rows(table: pa.Table, grid: Grid) -> bool:
    """Return whether a cell with line ends in it may be rows that an open quote took in.

    It may when every line that one takes in has the delimiters of a row: the careful reader
    then looks at the quotes themselves.
    """
    broken = np.zeros(table.num_rows, dtype=bool)
    for column in table.columns:
        broken |= pc.match_substring_regex(column, "[\r\n]").to_numpy()
    rows = table.take(pa.array(np.flatnonzero(broken)))
    for cells in zip(*(column.to_pylist() for column in rows.columns), strict=True):
        others = _LINE_ENDS.split(grid.dialect.delimiter.join(cells))[1:]
        if all(line.count(grid.dialect.delimiter) >= grid.usual - 1 for line in others):
            return True
    return False
