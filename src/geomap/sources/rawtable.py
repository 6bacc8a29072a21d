"""A table as it was read: every cell still text, every row still countable.

Nothing is interpreted here. The index of `RawTable.frame` is the number of the record as a
person who opens the file in a spreadsheet counts it: the first record of the file is 1, so
that the first row under an ordinary header is 2.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import pandas as pd
import pyarrow as pa

from geomap.model import RowIssue

Cells = Sequence[str]
Record = tuple[int, Cells]
"""The number of a record and its cells."""


@dataclass(frozen=True, slots=True)
class TableLimits:
    """How much a file may hold before it is refused rather than read.

    A GED file has 256 MB and 385,000 rows; these defaults take it with room to spare.
    """

    bytes: int = 1_000_000_000
    unpacked_bytes: int = 1_000_000_000
    unpacked_ratio: int = 200  # real tables shrink 5 to 40 times, bombs 1,000 times
    columns: int = 20_000
    rows: int = 5_000_000
    sheet_cells: int = 60_000_000


DEFAULT = TableLimits()


@dataclass(frozen=True, slots=True)
class TableWarning:
    """Something about a whole file that its owner should know."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class RawTable:
    """The text cells of one table, where they came from, and what could not be read.

    `bad_rows` with `rejected` set are rows of the file that are not in `frame`; the others
    are in it and deserve a look. `hxl` holds the HXL tag of each tagged column; its row is
    not in `frame`. `headerless` is set when the first record already was data; `from_1904`
    when bare numbers of days count from 1904.
    """

    frame: pd.DataFrame
    file_name: str
    sha256: str
    encoding: str
    delimiter: str | None
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    headerless: bool = False
    from_1904: bool = False
    hxl: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    warnings: tuple[TableWarning, ...] = ()
    bad_rows: tuple[RowIssue, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the names of the columns in the order of the file."""
        return tuple(self.frame.columns)

    @property
    def lost_rows(self) -> tuple[int, ...]:
        """Return the numbers of the rows that could not be read, each once."""
        return tuple(sorted({issue.row for issue in self.bad_rows if issue.rejected}))


def text_frame(names: Sequence[str], numbers: Sequence[int], rows: Iterable[Cells]) -> pd.DataFrame:
    """Return a table of text with `names` as columns and `numbers` as index.

    Every row must have as many cells as there are names.
    """
    columns = list(zip(*rows, strict=True)) if len(numbers) else [() for _ in names]
    labels = [str(place) for place in range(len(names))]
    arrays = [pa.array(column, pa.large_string()) for column in columns]
    frame = pa.Table.from_arrays(arrays, names=labels).to_pandas()
    frame.columns = pd.Index(list(names), dtype="object")
    frame.index = pd.Index(numbers, dtype="int64", name="row")
    return frame
