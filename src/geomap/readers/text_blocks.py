"""A table as blocks of text cells, each of which is read only when it is asked for.

The memory for reading one then grows with a block, and not with the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from types import MappingProxyType

import numpy as np
import pyarrow as pa

from geomap.raw_table import Cells, Record, text_table

BLOCK_ROWS = 10_000
"""How many rows are read at once."""

Block = tuple[np.ndarray, pa.Table]
"""The numbers of some rows in their file, and their cells: one column of text for each name."""


@dataclass(frozen=True, slots=True)
class TextBlocks:
    """The names of the columns, the blocks of rows, and what else a `RawTable` states."""

    names: tuple[str, ...]
    blocks: Iterator[Block]
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    headerless: bool = False
    from_1904: bool = False
    hxl: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def blocks_of(records: Iterable[Record], width: int) -> Iterator[Block]:
    """Yield the blocks of records that have as many cells as the table has columns.

    Parameters
    ----------
    records, width
        The records, read as the blocks are; the number of columns.
    """
    rows = iter(records)
    while chunk := list(islice(rows, BLOCK_ROWS)):
        numbers = np.array([number for number, _ in chunk], dtype="int64")
        yield numbers, text_table(width, [cells for _, cells in chunk])


def below_header(rows: Sequence[Cells]) -> Iterator[Record]:
    """Yield rows numbered as in a sheet: row 1 is where a header would stand."""
    yield from enumerate(rows, start=2)
