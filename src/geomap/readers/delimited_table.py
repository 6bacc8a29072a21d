"""Delimited text as a table: its head with care, its rows block by block."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import pyarrow as pa

from geomap.layouts import LayoutSpec, shape_of_text
from geomap.raw_table import RawTable, Record
from geomap.readers import delimited
from geomap.readers.bulk_csv import Grid, read_blocks
from geomap.readers.delimited import Dialect, Swallowed
from geomap.readers.encodings import in_utf8, is_unicode
from geomap.readers.headers import LOOK_AT, Header
from geomap.readers.table_draft import TableDraft
from geomap.typing import Progress

_SAMPLE_BYTES = 200_000
_MOST_SEEN = 10_000  # records, blank ones too, in which the header must stand


def read_delimited(
    data: bytes, draft: TableDraft, layouts: Sequence[LayoutSpec], progress: Progress
) -> RawTable:
    """Return the table of delimited text.

    Parameters
    ----------
    data, draft
        The bytes of the text; the table to be, with its encoding.
    layouts
        The user's own layouts, some of which describe files without a header.
    progress
        Called with a sentence and the share read, from 0 to 1.

    Raises
    ------
    FileRefusedError
        When it has no columns, or passes a limit.
    """
    if delimited.has_line_over(data, draft.limits.line_bytes):
        raise draft.limits.refusal(draft.name, "line_bytes", "a longer line")
    try:
        return _read_text(data, draft, layouts, progress)
    except delimited.LongRecordError as fault:
        amount = "a quoted cell that takes in more lines (a quote that is not closed?)"
        raise draft.limits.refusal(draft.name, "line_bytes", amount) from fault


def _read_text(
    data: bytes, draft: TableDraft, layouts: Sequence[LayoutSpec], progress: Progress
) -> RawTable:
    if not is_unicode(draft.encoding):
        words = f"{draft.name} is not UTF-8; it was read as {draft.encoding}, a guess: check names."
        draft.warn("encoding_guessed", words)
    text = in_utf8(data, draft.encoding)
    if count := text.count(b"\0"):
        draft.warn("nul_bytes", f"{count:,} NUL byte(s), which no text has, were left out.")
        text = text.replace(b"\0", b"")
    head = text[:_SAMPLE_BYTES].decode("utf-8", "replace")
    sample = delimited.whole_lines(head, is_cut=len(text) > _SAMPLE_BYTES)
    lines = delimited.Lines(text)
    shape = shape_of_text(sample, layouts)
    if shape is not None:
        draft.delimiter = shape.delimiter
        dialect = Dialect(shape.delimiter or "", shape.quoting, draft.limits.line_bytes)
        header = Header(shape.columns, 0, headerless=True)
        return _read_rows(text, lines, dialect, draft, progress, header)
    stated = delimited.sep_line(next(lines, ""))
    if not stated:
        lines.position = 0
    draft.delimiter = stated or delimited.find_delimiter(sample)
    if draft.delimiter is None:
        raise draft.no_columns()
    dialect = Dialect(draft.delimiter, longest=draft.limits.line_bytes)
    return _read_rows(text, lines, dialect, draft, progress)


def _read_rows(
    text: bytes,
    lines: delimited.Lines,
    dialect: Dialect,
    draft: TableDraft,
    progress: Progress,
    header: Header | None = None,
) -> RawTable:
    records: list[tuple[Record | Swallowed, int]] = [((0, ()), lines.position)]
    sample: list[Record] = []
    for seen, record in enumerate(dialect.records(lines)):
        if isinstance(record, Swallowed):
            records.append((record, lines.position))
        elif record[1]:
            records.append((record, lines.position))
            draft.check_columns(len(record[1]))
            sample.append(record)
        if len(sample) == LOOK_AT or seen == _MOST_SEEN:
            break
    is_whole = not any(isinstance(record, Swallowed) for record, _ in records)
    header = draft.header_of(sample, header, is_row_1=is_whole)
    before = sample[header.before_data - 1][0] if header.before_data else 0
    head = list(itertools.takewhile(lambda item: _first_row(item[0]) <= before, records))
    for _ in draft.without_swallowed(record for record, _ in head):
        pass  # the rows of the head are no data, but those that a quote took in are reported
    before -= draft.shift
    width = len(header.names)
    widths = Counter(len(cells) for _, cells in sample[header.before_data :])
    usual = max(width, widths.most_common(1)[0][0] if widths else 0)
    grid = Grid(dialect, width, usual, max((len(cells) for _, cells in sample), default=0))

    def even(irregular: Iterable[Record | Swallowed]) -> Iterator[Record]:
        return draft.even_rows(draft.without_swallowed(irregular), width)

    numbers: list[np.ndarray] = []
    blocks: list[pa.Table] = []
    total = 0
    for rows, block, end in read_blocks(text, grid, even, position=head[-1][1], before=before):
        total += len(rows)
        draft.check_block(block, total)
        numbers.append(rows)
        blocks.append(block)
        progress(f"Reading {draft.name}: {total:,} rows", end / len(text))
    return draft.finished(header, numbers, blocks)


def _first_row(record: Record | Swallowed) -> int:
    return record.rows[0] if isinstance(record, Swallowed) else record[0]
