"""A table as it was read: every cell still text, every row still countable.

Nothing is interpreted here. The index of `RawTable.frame` is the number of the record, counted
from the header: the header, with all that belongs to it (titles above, groups of columns, tags
below), is row 1, the row under it is 2. Blank rows are counted as a spreadsheet does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from geomap.limits import DEFAULT, TableLimits
from geomap.model import RowIssue, TableWarning

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["DEFAULT", "Cells", "RawTable", "Record", "TableLimits", "TableWarning", "named_frame",
           "text_frame", "text_table"]  # fmt: skip

Cells = Sequence[str]
Record = tuple[int, Cells]
"""The number of a record and its cells."""


@dataclass(frozen=True, slots=True)
class RawTable:
    """The text cells of one table, where they came from, and the rows that could not be read.

    `bad_rows` with `rejected` set are rows of the file that are not in `frame`; the others
    are in it and should be looked at. `hxl` holds the HXL tag of each tagged column; its row is
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
    """Return a table of text.

    Parameters
    ----------
    names, numbers
        The columns; the number of each row in its file, the index of the table.
    rows
        As many cells in each row as there are names.
    """
    return named_frame(names, numbers, text_table(len(names), list(rows)))


def named_frame(
    names: Sequence[str], numbers: Sequence[int] | np.ndarray, cells: pa.Table
) -> pd.DataFrame:
    """Return a table of text.

    Parameters
    ----------
    names, numbers
        The columns; the number of each row in its file, the index of the table.
    cells
        One column of text for each name.
    """
    import pandas as pd  # only here: readers in a process of their own start without it

    frame = cells.to_pandas()
    frame.columns = pd.Index(list(names), dtype="object")
    frame.index = pd.Index(numbers, dtype="int64", name="row")
    return frame


def text_table(width: int, rows: Sequence[Cells]) -> pa.Table:
    """Return rows as columns of text named "0", "1" and so on.

    Parameters
    ----------
    width, rows
        How many cells each row has; the rows.
    """
    columns = list(zip(*rows, strict=True)) if rows else [() for _ in range(width)]
    labels = [str(place) for place in range(width)]
    arrays = [pa.array(column, pa.large_string()) for column in columns]
    return pa.Table.from_arrays(arrays, names=labels)
