"""Read one table out of a file of any kind we know, as text, with every row accounted for.

`read_table` looks at the bytes, not at the name: delimited text in any common encoding,
spreadsheets, GeoJSON, and each of these inside a gz or zip. What is not a table is refused
with one sentence; a row that cannot be read is listed, never dropped in silence.
"""

from __future__ import annotations

import hashlib
import io
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from geomap.errors import FileRefusedError
from geomap.model import RowIssue
from geomap.sources import archives, delimited, headers, spreadsheets
from geomap.sources.delimited import Swallowed
from geomap.sources.encodings import find_encoding
from geomap.sources.headers import Header
from geomap.sources.layouts import LayoutSpec, shape_of_text
from geomap.sources.plainlines import plain_records
from geomap.sources.rawtable import (
    DEFAULT,
    Cells,
    RawTable,
    Record,
    TableLimits,
    TableWarning,
    text_frame,
)
from geomap.sources.structured import read_structured

__all__ = ["DEFAULT", "RawTable", "TableLimits", "TableWarning", "read_table"]

_CHUNK = 50_000
_SAMPLE_CHARS = 100_000
_WEB_PAGE = re.compile(
    r"^\s*(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|script)\b", re.IGNORECASE | re.DOTALL
)
_PLAIN_ENCODINGS = {"utf-8", "utf-8-sig", "utf-16", "utf-32"}
_CUT = 200


def read_table(
    source: Path | bytes,
    *,
    name: str,
    sheet: str | None = None,
    limits: TableLimits = DEFAULT,
    layouts: Sequence[LayoutSpec] = (),
) -> RawTable:
    """Return the table in `source` as text cells.

    Parameters
    ----------
    source, name
        The file or its bytes; the name under which its owner knows it.
    sheet
        Which sheet of a workbook, or layer of a GeoPackage; by default the one that looks
        most like a table.
    limits
        What is refused as too large.
    layouts
        The user's own layouts, some of which say how files without a header are cut.

    Raises
    ------
    FileRefusedError
        With one sentence (what, where, remedy) and a code: empty, no_columns, binary,
        web_page, zip_bomb, too_large, broken_archive, archive_tables, not_a_table, no_sheet.
    """
    data = _bytes_of(source, name=name, limits=limits)
    sha256 = hashlib.sha256(data).hexdigest()
    if not data:
        message = f"{name} is empty (0 bytes); upload it again."
        raise FileRefusedError(message, code="empty")
    inside, inner_name = archives.unpack(data, name=name, limits=limits)
    if archives.is_workbook(inside):
        archives.check_workbook_size(inside, name=inner_name, limits=limits)
        book = spreadsheets.read_workbook(inside, name=name, sheet=sheet, limits=limits)
        parts = _Parts(name, sha256, "spreadsheet", None, limits)
        parts.warnings.extend(book.warnings)
        table = _table(book.records, parts, sheet=book.sheet, sheets=book.sheets)
        return replace(table, from_1904=book.from_1904)
    stated = read_structured(inside, name=name, sheet=sheet, limits=limits)
    if stated is not None:
        return RawTable(
            stated.frame, name, sha256, stated.encoding, None, stated.sheet, stated.sheets,
            warnings=stated.warnings,
        )  # fmt: skip
    archives.refuse_known_binary(inside, name=name)
    parts = _Parts(name, sha256, find_encoding(inside, name=name), None, limits)
    return _read_text(inside, parts, layouts)


@dataclass(slots=True)
class _Parts:
    """What is gathered about a table while it is read."""

    name: str
    sha256: str
    encoding: str
    delimiter: str | None
    limits: TableLimits
    warnings: list[TableWarning] = field(default_factory=list)
    bad_rows: list[RowIssue] = field(default_factory=list)


def _bytes_of(source: Path | bytes, *, name: str, limits: TableLimits) -> bytes:
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    if size > limits.bytes:
        message = (
            f"{name} has {size / 1e6:,.0f} MB, more than the {limits.bytes / 1e6:,.0f} MB that one "
            "file may have; split it."
        )
        raise FileRefusedError(message, code="too_large")
    return source if isinstance(source, bytes) else source.read_bytes()


def _read_text(data: bytes, parts: _Parts, layouts: Sequence[LayoutSpec]) -> RawTable:
    with io.TextIOWrapper(io.BytesIO(data), parts.encoding, "replace", newline="") as stream:
        sample = stream.read(_SAMPLE_CHARS)
    _refuse_other_text(sample, name=parts.name)
    if parts.encoding.removesuffix("-le").removesuffix("-be") not in _PLAIN_ENCODINGS:
        message = (
            f"{parts.name} is not UTF-8; it was read as {parts.encoding}, a guess: check names."
        )
        parts.warnings.append(TableWarning("encoding_guessed", message))
    shape = shape_of_text(_whole_lines(sample), layouts)
    with io.TextIOWrapper(io.BytesIO(data), parts.encoding, "replace", newline="") as stream:
        if shape is not None:
            parts.delimiter = shape.delimiter
            cut = delimited.records if shape.quoting else plain_records
            header = Header(shape.columns, 0, headerless=True)
            return _table(cut(stream, shape.delimiter or ""), parts, header=header)
        stated = delimited.sep_line(stream.readline())
        if not stated:
            stream.seek(0)
        parts.delimiter = stated or delimited.find_delimiter(_whole_lines(sample))
        if parts.delimiter is None:
            raise _no_columns(parts.name)
        return _table(delimited.records(stream, parts.delimiter), parts)


def _refuse_other_text(sample: str, *, name: str) -> None:
    start = sample.lstrip("\ufeff \t\r\n")
    if not start:
        message = f"{name} has no columns (only blanks); upload it again."
        raise FileRefusedError(message, code="empty")
    if _WEB_PAGE.match(start):
        message = (
            f"{name} is a web page, not a table (an expired download link?); download it again."
        )
        raise FileRefusedError(message, code="web_page")
    if start.startswith("<"):
        message = f"{name} is an XML file of a kind that geomap does not read; export it as CSV."
        raise FileRefusedError(message, code="not_a_table")


def _whole_lines(sample: str) -> str:
    """Return the sample without its last line, which may be cut, when there are several."""
    if len(sample) < _SAMPLE_CHARS:
        return sample
    cut = max(sample.rfind("\n"), sample.rfind("\r"))
    return sample[: cut + 1] if cut > 0 else sample


def _no_columns(name: str) -> FileRefusedError:
    message = (
        f"{name} has no columns that geomap can tell apart; save it as CSV with commas, semicolons "
        "or tabs between the cells."
    )
    return FileRefusedError(message, code="no_columns")


def _table(
    found: Iterable[Record | Swallowed],
    parts: _Parts,
    *,
    sheet: str | None = None,
    sheets: tuple[str, ...] = (),
    header: Header | None = None,
) -> RawTable:
    stream = _without_swallowed(found, parts)
    sample = list(itertools.islice(stream, headers.LOOK_AT))
    header = header or headers.find_header(sample)
    if header is None:
        raise _no_columns(parts.name)
    if len(header.names) > parts.limits.columns:
        message = (
            f"{parts.name} has {len(header.names):,} columns; at most {parts.limits.columns:,}."
        )
        raise FileRefusedError(message, code="too_large")
    _tell_of_header(header, sample, parts)
    body = itertools.chain(sample[header.before_data :], stream)
    frame = _frame(_even(body, len(header.names), parts), header, parts)
    return RawTable(
        frame,
        parts.name,
        parts.sha256,
        parts.encoding,
        parts.delimiter,
        sheet,
        sheets,
        headerless=header.headerless,
        hxl=MappingProxyType(
            {n: t.strip() for n, t in zip(header.names, header.tags, strict=False) if t.strip()}
        ),
        warnings=tuple(parts.warnings),
        bad_rows=tuple(parts.bad_rows),
    )


def _tell_of_header(header: Header, sample: list[Record], parts: _Parts) -> None:
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


def _without_swallowed(found: Iterable[Record | Swallowed], parts: _Parts) -> Iterator[Record]:
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


def _even(body: Iterable[Record], width: int, parts: _Parts) -> Iterator[Record]:
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


def _tell_of_short_row(number: int, cells: Cells, width: int, parts: _Parts) -> None:
    reason = f"It has {len(cells)} cells, the header {width}; the rest was read as empty."
    remedy = "Check whether the row was cut off."
    text = (parts.delimiter or ",").join(cells)[:_CUT]
    parts.bad_rows.append(RowIssue(number, None, text, "too_few_cells", reason, remedy))


def _frame(body: Iterator[Record], header: Header, parts: _Parts) -> pd.DataFrame:
    """Return the rows as a table of text, built chunk by chunk to keep memory bounded."""
    chunks: list[pd.DataFrame] = []
    total = 0
    while chunk := list(itertools.islice(body, _CHUNK)):
        total += len(chunk)
        if total > parts.limits.rows:
            message = f"{parts.name} has more than {parts.limits.rows:,} rows; split it."
            raise FileRefusedError(message, code="too_large")
        numbers, rows = zip(*chunk, strict=True)
        chunks.append(text_frame(header.names, numbers, rows))
    if not chunks:
        return text_frame(header.names, [], [])
    return pd.concat(chunks) if len(chunks) > 1 else chunks[0]
