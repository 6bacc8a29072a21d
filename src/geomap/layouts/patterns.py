"""Regular expressions that users write, matched in a time that grows with the text only.

They are those of RE2 (through pyarrow), which have neither look-around nor back references:
with Python's own, a pattern such as `(a+)+b` takes years on a cell of forty letters.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc


def is_pattern(pattern: str) -> bool:
    """Return whether a text is a regular expression of RE2."""
    try:
        pc.match_substring_regex(pa.array([""]), pattern)
        fits(pattern, [""])
    except (pa.ArrowInvalid, UnicodeEncodeError):
        return False
    return True


def fits(pattern: str, cells: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Return which cells match a pattern from their first to their last letter."""
    texts = pa.array([cell.encode("utf-8", "replace").decode() for cell in cells], pa.string())
    matches = pc.match_substring_regex(texts, rf"\A(?:{pattern})\z")
    return np.asarray(matches.to_numpy(zero_copy_only=False), dtype=bool)
