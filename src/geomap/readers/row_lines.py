"""What is said about a table while it is read: its header, and rows that do not fit.

A row is listed, never dropped in silence: those that an open quote took in, those with more
cells than the header, and (kept, but told) those with fewer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from geomap.limits import TableLimits
from geomap.model import RowIssue
from geomap.raw_table import Cells, Record, TableWarning
from geomap.readers.delimited import Swallowed
from geomap.readers.headers import Header

_CUT = 200


@dataclass(slots=True)
class Parts:
    """What is gathered about a table while it is read."""

    name: str
    sha256: str
    encoding: str
    delimiter: str | None
    limits: TableLimits
    warnings: list[TableWarning] = field(default_factory=list)
    bad_rows: list[RowIssue] = field(default_factory=list)


def tell_of_header(header: Header, sample: list[Record], parts: Parts) -> None:
    """Warn of rows above the header, of a row of HXL tags, and of a table without a header."""
    above = header.before_data - (0 if header.headerless else 1) - bool(header.tags)
    if above > 0:
        row = sample[above][0]
        message = f"{above} row(s) above the header (row {row}) were read as a title, not as data."
        parts.warnings.append(TableWarning("preamble_rows", message))
    if header.tags:
        row = sample[header.before_data - 1][0]
        message = f"Row {row} holds HXL tags; it was used as such and is not an event."
        parts.warnings.append(TableWarning("hxl_row", message))
    if header.headerless:
        message = "The first row is already data: the table has no header."
        parts.warnings.append(TableWarning("no_header", message))


def without_swallowed(found: Iterable[Record | Swallowed], parts: Parts) -> Iterator[Record]:
    """Yield the records; list each row that an unclosed quote took in."""
    for record in found:
        if not isinstance(record, Swallowed):
            yield record
            continue
        first = record.rows[0]
        for row, text in zip(record.rows, record.texts, strict=True):
            if not text.strip():
                continue
            if row == first:
                code, reason = (
                    "unterminated_quote",
                    f"A quote is opened in row {row} and not closed.",
                )
            else:
                code = "inside_open_quote"
                reason = f"The quote opened in row {first} takes this row in."
            remedy = f"Close or remove the quote in row {first} and upload the file again."
            parts.bad_rows.append(
                RowIssue(row, None, text[:_CUT], code, reason, remedy, rejected=True)
            )


def even_rows(body: Iterable[Record], width: int, parts: Parts) -> Iterator[Record]:
    """Yield the rows with exactly `width` cells; list those with more filled cells."""
    for number, cells in body:
        count = len(cells)
        if count == width:
            if any(cells):
                yield number, cells
        elif count < width:
            if any(cells):
                _tell_of_short_row(number, cells, width, parts)
                yield number, [*cells, *[""] * (width - count)]
        elif not any(cell.strip() for cell in cells[width:]):
            if any(cells):
                yield number, cells[:width]
        else:
            reason = f"It has {count} cells, the header {width}; which belongs where is unclear."
            remedy = "Put quotes round cells that hold the delimiter (also decimal commas)."
            text = (parts.delimiter or ",").join(cells)[:_CUT]
            parts.bad_rows.append(
                RowIssue(number, None, text, "too_many_cells", reason, remedy, rejected=True)
            )


def _tell_of_short_row(number: int, cells: Cells, width: int, parts: Parts) -> None:
    reason = f"It has {len(cells)} cells, the header {width}; the rest was read as empty."
    remedy = "Check whether the row was cut off."
    text = (parts.delimiter or ",").join(cells)[:_CUT]
    parts.bad_rows.append(RowIssue(number, None, text, "too_few_cells", reason, remedy))


def check_block(block: pa.Table, total: int, parts: Parts) -> None:
    """Refuse the file when it has more rows, or a longer cell, than the limits allow.

    Parameters
    ----------
    block
        Rows that were just read, as columns of text.
    total
        How many rows there are with these.
    """
    limits = parts.limits
    if total > limits.rows:
        raise limits.refusal(parts.name, "rows", f"more than {limits.rows:,} rows")
    for column in block.columns:
        # Bytes first: they are there already, and never fewer than the characters.
        if (pc.max(pc.binary_length(column)).as_py() or 0) <= limits.cell_chars:
            continue
        longest = pc.max(pc.utf8_length(column)).as_py()
        if longest > limits.cell_chars:
            found = f"a cell of {longest:,} characters"
            raise limits.refusal(parts.name, "cell_chars", found)
