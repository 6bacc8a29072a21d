"""Read one table out of a file of any kind we know, as text, with every row accounted for.

`read_table` looks at the bytes, not at the name: delimited text in any common encoding,
spreadsheets, GeoJSON, and each of these inside a gz or zip. What is not a table is refused
with one sentence; a row that cannot be read is listed, never dropped in silence.
"""

from __future__ import annotations

import io
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pandas as pd
import pyarrow as pa

from geomap.errors import FileRefusedError
from geomap.files.sha256 import sha256_of
from geomap.layouts import LayoutSpec, shape_of_text
from geomap.limits import DEFAULT, TableLimits
from geomap.raw_table import RawTable, Record, TableWarning, named_frame, text_table
from geomap.readers import archives, delimited, headers, workbook
from geomap.readers.bulk_csv import Cut, Grid, read_blocks
from geomap.readers.delimited import Swallowed
from geomap.readers.encodings import find_encoding, in_utf8
from geomap.readers.headers import Header
from geomap.readers.row_lines import (
    Parts,
    check_block,
    even_rows,
    tell_of_header,
    without_swallowed,
)
from geomap.readers.self_describing import read_structured
from geomap.typing import Progress, silent

__all__ = ["DEFAULT", "Progress", "RawTable", "TableLimits", "TableWarning", "read_table"]


_CHUNK = 50_000
_MOST_SEEN = 10_000  # records, blank ones too, in which the header must stand
_SAMPLE_CHARS = 100_000
_WEB_PAGE = re.compile(
    r"^\s*(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|script)\b", re.IGNORECASE | re.DOTALL
)
_PLAIN_ENCODINGS = {"utf-8", "utf-8-sig", "utf-16", "utf-32"}


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
        The file or its bytes; the name under which its owner knows it.
    sheet
        Which sheet of a workbook, or layer of a GeoPackage; by default the one that looks
        most like a table.
    limits
        What is refused as too large; by default as the environment sets it.
    layouts
        The user's own layouts, some of which say how files without a header are cut.
    progress
        Called with a sentence and the share read, again and again; what it raises ends the
        reading.

    Raises
    ------
    FileRefusedError
        With one sentence (what, where, remedy) and a code: empty, no_columns, binary,
        web_page, zip_bomb, too_large, broken_archive, archive_tables, not_a_table, no_sheet.
    """
    limits = limits or TableLimits.from_environment()
    data = _bytes_of(source, name=name, limits=limits)
    sha256 = sha256_of(data)
    if not data:
        message = f"{name} is empty (0 bytes); upload it again."
        raise FileRefusedError(message, code="empty")
    inside, inner_name = archives.unpack(data, name=name, limits=limits)
    if archives.is_workbook(inside):
        archives.check_workbook_size(inside, name=inner_name, limits=limits)
        book = workbook.read_workbook(inside, name=name, sheet=sheet, limits=limits)
        parts = Parts(name, sha256, "spreadsheet", None, limits)
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
    parts = Parts(name, sha256, find_encoding(inside, name=name), None, limits)
    return _read_text(inside, parts, layouts, progress or silent)


def _bytes_of(source: Path | bytes, *, name: str, limits: TableLimits) -> bytes:
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    if size > limits.bytes:
        raise limits.refusal(name, "bytes", f"{size / 1e6:,.1f} MB")
    return source if isinstance(source, bytes) else source.read_bytes()


def _read_text(
    data: bytes, parts: Parts, layouts: Sequence[LayoutSpec], progress: Progress
) -> RawTable:
    with io.TextIOWrapper(io.BytesIO(data), parts.encoding, "replace", newline="") as stream:
        sample = stream.read(_SAMPLE_CHARS)
    _refuse_other_text(sample, name=parts.name)
    if parts.encoding.removesuffix("-le").removesuffix("-be") not in _PLAIN_ENCODINGS:
        message = (
            f"{parts.name} is not UTF-8; it was read as {parts.encoding}, a guess: check names."
        )
        parts.warnings.append(TableWarning("encoding_guessed", message))
    text = in_utf8(data, parts.encoding)
    del data
    lines = delimited.Lines(text)
    shape = shape_of_text(_whole_lines(sample), layouts)
    if shape is not None:
        parts.delimiter = shape.delimiter
        header = Header(shape.columns, 0, headerless=True)
        cut = Cut(shape.delimiter or "", quoting=shape.quoting)
        return _delimited(text, lines, cut, parts, progress, header=header)
    stated = delimited.sep_line(next(lines, ""))
    if not stated:
        lines.position = 0
    parts.delimiter = stated or delimited.find_delimiter(_whole_lines(sample))
    if parts.delimiter is None:
        raise _no_columns(parts.name)
    return _delimited(text, lines, Cut(parts.delimiter), parts, progress)


def _delimited(
    text: bytes,
    lines: delimited.Lines,
    cut: Cut,
    parts: Parts,
    progress: Progress,
    *,
    header: Header | None = None,
) -> RawTable:
    """Return the table of delimited text: its head with care, its rows block by block."""
    entries: list[tuple[Record | Swallowed, int]] = [((0, ()), lines.position)]
    sample: list[Record] = []
    for seen, record in enumerate(cut.records(lines)):
        if isinstance(record, Swallowed) or record[1]:
            entries.append((record, lines.position))
        if not isinstance(record, Swallowed) and record[1]:
            _check_columns(len(record[1]), parts)
            sample.append(record)
        if len(sample) == headers.LOOK_AT or seen == _MOST_SEEN:
            break
    header = _header_of(sample, parts, header)
    before = sample[header.before_data - 1][0] if header.before_data else 0
    head = list(itertools.takewhile(lambda entry: _first_row(entry[0]) <= before, entries))
    list(without_swallowed((record for record, _ in head), parts))  # for what it tells
    width = len(header.names)
    widths = Counter(len(cells) for _, cells in sample[header.before_data :])
    grid = Grid(
        cut,
        width,
        usual=max(width, widths.most_common(1)[0][0] if widths else 0),
        widest=max((len(cells) for _, cells in sample), default=0),
    )

    def even(found: Iterable[Record | Swallowed]) -> Iterator[Record]:
        return even_rows(without_swallowed(found, parts), width, parts)

    numbers: list[np.ndarray] = []
    blocks: list[pa.Table] = []
    total = 0
    for rows, block, end in read_blocks(text, grid, even, position=head[-1][1], before=before):
        total += len(rows)
        check_block(block, total, parts)
        numbers.append(rows)
        blocks.append(block)
        progress(f"Reading {parts.name}: {total:,} rows", end / len(text))
    cells = pa.concat_tables(blocks) if blocks else text_table(width, [])
    every = np.concatenate(numbers) if numbers else np.zeros(0, dtype="int64")
    return _finished(named_frame(header.names, every, cells), header, parts)


def _first_row(record: Record | Swallowed) -> int:
    return record.rows[0] if isinstance(record, Swallowed) else record[0]


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
    parts: Parts,
    *,
    sheet: str | None = None,
    sheets: tuple[str, ...] = (),
) -> RawTable:
    stream = without_swallowed(found, parts)
    sample = list(itertools.islice(stream, headers.LOOK_AT))
    header = _header_of(sample, parts)
    body = even_rows(
        itertools.chain(sample[header.before_data :], stream), len(header.names), parts
    )
    numbers: list[int] = []
    blocks: list[pa.Table] = []
    while chunk := list(itertools.islice(body, _CHUNK)):
        numbers += [number for number, _ in chunk]
        blocks.append(text_table(len(header.names), [cells for _, cells in chunk]))
        check_block(blocks[-1], len(numbers), parts)
    cells = pa.concat_tables(blocks) if blocks else text_table(len(header.names), [])
    frame = named_frame(header.names, numbers, cells)
    return _finished(frame, header, parts, sheet=sheet, sheets=sheets)


def _header_of(sample: list[Record], parts: Parts, given: Header | None = None) -> Header:
    header = given or headers.find_header(sample)
    if header is None:
        raise _no_columns(parts.name)
    _check_columns(len(header.names), parts)
    tell_of_header(header, sample, parts)
    return header


def _check_columns(count: int, parts: Parts) -> None:
    if count > parts.limits.columns:
        raise parts.limits.refusal(parts.name, "columns", f"{count:,} columns")


def _finished(
    frame: pd.DataFrame,
    header: Header,
    parts: Parts,
    *,
    sheet: str | None = None,
    sheets: tuple[str, ...] = (),
) -> RawTable:
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
