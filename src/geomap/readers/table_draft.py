"""A table while it is read: what is reported about its header and about rows that do not fit.

A row is listed, never dropped in silence: those that an open quote took in, those with more
cells than the header, and (kept, but reported) those with fewer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geomap.errors import FileRefusedError
from geomap.limits import TableLimits
from geomap.model import RowIssue, TableWarning
from geomap.raw_table import Cells, RawTable, Record, named_frame, text_table
from geomap.readers.delimited import Swallowed
from geomap.readers.headers import Header, find_header

if TYPE_CHECKING:
    import pandas as pd

_CUT = 200


@dataclass(slots=True)
class TableDraft:
    """The table of one file while it is read, with its warnings and its faulty rows.

    Rows are numbered from the header, which is row 1 however many rows it takes, titles and tags
    with it: `shift` is how much lower these numbers are than those of the records of the file.
    """

    name: str
    sha256: str
    encoding: str
    limits: TableLimits
    delimiter: str | None = None
    shift: int = 0
    warnings: list[TableWarning] = field(default_factory=list)
    bad_rows: list[RowIssue] = field(default_factory=list)

    def warn(self, code: str, message: str) -> None:
        """Add a warning about the whole file, once."""
        warning = TableWarning(code, message)
        if warning not in self.warnings:
            self.warnings.append(warning)

    def header_of(
        self, sample: Sequence[Record], known: Header | None = None, *, is_row_1: bool = True
    ) -> Header:
        """Return the header of the first records, or a `known` one, and report on it.

        `is_row_1` is False where rows above it are listed too: all keep their numbers then.

        Raises
        ------
        FileRefusedError
            When they have no columns, or too many.
        """
        header = known or find_header(sample)
        if header is None:
            raise self.no_columns()
        self.check_columns(len(header.names))
        last = sample[header.before_data - 1][0] if header.before_data else 0
        self.shift = last - (0 if header.headerless else 1) if is_row_1 else 0
        counted = f"row {last - self.shift + 1} is row {last + 1} of the file"
        above = header.before_data - (0 if header.headerless else 1) - bool(header.tags)
        if above > 0:
            words = f"{above} row(s) above the header were read as a title, not as data"
            self.warn("preamble_rows", f"{words}; {counted}.")
        elif self.shift and not header.tags:
            self.warn("header_rows", f"The header is not in row 1 of the file alone; {counted}.")
        if header.tags:
            words = "holds HXL tags; it was used as such and is not an event"
            self.warn("hxl_row", f"Row {last} of the file {words}; {counted}.")
        if header.headerless:
            self.warn("no_header", "The first row is already data: the table has no header.")
        return header

    def no_columns(self) -> FileRefusedError:
        """Return the refusal of a file that is not cut into columns."""
        message = (
            f"{self.name} has no columns that geomap can tell apart; save it as CSV with commas, "
            "semicolons or tabs between the cells."
        )
        return FileRefusedError(message, code="no_columns")

    def check_columns(self, count: int) -> None:
        """Refuse a table with more columns than the limits allow."""
        if count > self.limits.columns:
            raise self.limits.refusal(self.name, "columns", f"{count:,} columns")

    def check_size(self, rows: int, columns: int) -> None:
        """Refuse a table with more rows or columns than the limits allow."""
        self.check_columns(columns)
        if rows > self.limits.rows:
            raise self.limits.refusal(self.name, "rows", f"{rows:,} rows")

    def check_cells(self, cells: int) -> None:
        """Refuse a table of more cells than the limits allow, most of which may be empty."""
        if cells > self.limits.sheet_cells:
            raise self.limits.refusal(self.name, "sheet_cells", f"{cells:,} cells")

    def check_block(self, block: pa.Table, total: int) -> None:
        """Refuse a table of more rows, or with a longer cell, than the limits allow.

        Parameters
        ----------
        block
            Rows that were just read, as columns of text.
        total
            How many rows there are with these.
        """
        limits = self.limits
        if total > limits.rows:
            raise limits.refusal(self.name, "rows", f"more than {limits.rows:,} rows")
        for column in block.columns:
            # Bytes first: they are there already, and never fewer than the characters.
            if (pc.max(pc.binary_length(column)).as_py() or 0) <= limits.cell_chars:
                continue
            longest = pc.max(pc.utf8_length(column)).as_py()
            if longest > limits.cell_chars:
                text = f"a cell of {longest:,} characters"
                raise limits.refusal(self.name, "cell_chars", text)

    def without_swallowed(self, records: Iterable[Record | Swallowed]) -> Iterator[Record]:
        """Yield the records; reject each row that an unclosed quote took in."""
        for record in records:
            if not isinstance(record, Swallowed):
                yield record
                continue
            first = record.rows[0]
            remedy = f"Close or remove the quote in row {first} and upload the file again."
            code, reason = "unterminated_quote", f"A quote is opened in row {first} and not closed."
            for row, text in zip(record.rows, record.texts, strict=True):
                if text.strip():
                    self._add(row, text, code, reason, remedy, rejected=True)
                code, reason = (
                    "inside_open_quote",
                    f"The quote opened in row {first} takes this row in.",
                )

    def even_rows(self, records: Iterable[Record], width: int) -> Iterator[Record]:
        """Yield rows of exactly `width` cells; reject those with more filled cells than that."""
        for number, cells in records:
            count = len(cells)
            if not any(cells):
                continue
            if count == width:
                yield number, cells
            elif count < width:
                reason = f"It has {count} cells, the header {width}; the rest was read as empty."
                remedy = "Check whether the row was cut off."
                self._add(number, self._joined(cells), "too_few_cells", reason, remedy)
                yield number, [*cells, *[""] * (width - count)]
            elif not any(cell.strip() for cell in cells[width:]):
                yield number, cells[:width]
            else:
                reason = f"It has {count} cells, the header {width}; which belongs where is unclear"
                remedy = "Put quotes round cells that hold the delimiter (also decimal commas)."
                text = self._joined(cells)
                self._add(number, text, "too_many_cells", f"{reason}.", remedy, rejected=True)

    def _joined(self, cells: Cells) -> str:
        return (self.delimiter or ",").join(cells)

    def _add(
        self, row: int, text: str, code: str, reason: str, remedy: str, *, rejected: bool = False
    ) -> None:
        issue = RowIssue(row, None, text[:_CUT], code, reason, remedy, rejected=rejected)
        self.bad_rows.append(issue)

    def finished(
        self,
        header: Header,
        numbers: Sequence[np.ndarray],
        blocks: Sequence[pa.Table],
        *,
        sheet: str | None = None,
        sheets: tuple[str, ...] = (),
        from_1904: bool = False,
    ) -> RawTable:
        """Return the table of the blocks of rows that were read.

        Parameters
        ----------
        header
            The names of the columns.
        numbers, blocks
            The numbers of the rows of each block, and their cells as columns of text.
        sheet, sheets, from_1904
            As in `RawTable`.
        """
        cells = pa.concat_tables(blocks) if blocks else text_table(len(header.names), [])
        rows = np.concatenate(numbers) if numbers else np.zeros(0, dtype="int64")
        tags = zip(header.names, header.tags, strict=False)
        return replace(
            self.stated(named_frame(header.names, rows, cells), sheet=sheet, sheets=sheets),
            headerless=header.headerless,
            from_1904=from_1904,
            hxl=MappingProxyType({name: tag.strip() for name, tag in tags if tag.strip()}),
        )

    def stated(
        self, frame: pd.DataFrame, *, sheet: str | None = None, sheets: tuple[str, ...] = ()
    ) -> RawTable:
        """Return the table of a frame of text whose columns need not be found."""
        return RawTable(
            frame=frame, file_name=self.name, sha256=self.sha256, encoding=self.encoding,
            delimiter=self.delimiter, sheet=sheet, sheets=sheets, warnings=tuple(self.warnings),
            bad_rows=tuple(self.bad_rows),
        )  # fmt: skip
