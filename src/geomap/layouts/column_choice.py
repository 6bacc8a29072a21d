"""Why a column of a table feeds a field, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

_SAMPLE_LETTERS = 80


class ColumnChoice(NamedTuple):
    """One column: the field that it feeds ("" for none), the reason in words, its first cell."""

    column: str
    field: str
    reason: str
    sample: str


def column_choice(frame: pd.DataFrame, column: str, field: str, reason: str) -> ColumnChoice:
    """Return the choice of a column with its first filled cell as the sample.

    Parameters
    ----------
    frame
        The cells as text.
    column, field, reason
        The column; the field that it feeds, "" for none; why, in words.
    """
    filled = (cell for cell in frame[column].dropna().head(1000) if cell.strip())
    return ColumnChoice(column, field, reason, next(filled, "")[:_SAMPLE_LETTERS])
