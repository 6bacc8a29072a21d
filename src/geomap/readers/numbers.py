"""Plain decimal numbers in a column of text, read all at once."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc


def plain_numbers(cells: pd.Series, where: np.ndarray) -> np.ndarray:
    """Return the numbers of the cells `where` is true, NaN elsewhere.

    Those cells must hold digits with one point at most, and a sign before them or none.
    """
    text = pc.utf8_ltrim(pa.array(cells.where(where), pa.large_string()), "+")
    try:
        numbers = pc.cast(text, pa.float64())
    except pa.ArrowInvalid:  # a form of number that only pandas reads
        return np.asarray(pd.to_numeric(cells.where(where)), dtype="float64")
    return np.asarray(numbers.to_numpy(zero_copy_only=False), dtype="float64")
