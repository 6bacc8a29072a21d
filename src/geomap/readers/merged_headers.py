"""Headers of several rows with merged cells, made into one row of names.

"Location" over "Lat" and "Lon" leaves "Lat" and "Lon"; "From" and "To" over a "Date" each
become "From Date" and "To Date"; a name merged over two rows counts once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

Range = tuple[tuple[int, int], tuple[int, int]]
"""Top and left, bottom and right of a merged range, counted from 0."""

_DEEPEST = 3


def flatten_header(rows: list[list[str]], merged: Sequence[Range], place: int) -> int:
    """Put the names of a header into its lowest row, and return how many rows it ends after.

    Parameters
    ----------
    rows
        All rows of the sheet; the rows of the header are changed.
    merged, place
        The merged ranges; the row of the header (or its tag row).
    """
    if place < 0 or place >= len(rows):
        return place + 1
    bottom = _lowest_row(rows, merged, place)
    top = place - 1 if _has_groups(rows, merged, place - 1) else place
    reaching = [upper for (upper, _), (lower, _) in merged if upper < place <= lower]
    top = min([top, *reaching])
    if top == bottom:
        return bottom + 1
    width = max(len(row) for row in rows[top : bottom + 1])
    grid = [row + [""] * (width - len(row)) for row in rows[top : bottom + 1]]
    for (upper, left), (lower, right) in merged:
        if upper < top or upper > bottom:
            continue
        for row in grid[upper - top : lower - top + 1]:
            row[left : right + 1] = [grid[upper - top][left]] * len(row[left : right + 1])
    rows[bottom] = _names(list(zip(*grid, strict=True)))
    for number in range(top, bottom):
        rows[number] = [""] * width
    return bottom + 1


def _lowest_row(rows: list[list[str]], merged: Sequence[Range], place: int) -> int:
    bottom = max([place, *(lower for (upper, _), (lower, _) in merged if upper == place)])
    if bottom == place and _has_groups(rows, merged, place):
        bottom = place + 1
    return min(bottom, place + _DEEPEST, len(rows) - 1)


def _has_groups(rows: list[list[str]], merged: Sequence[Range], place: int) -> bool:
    """Return whether a row has cells merged over several distinct names below."""
    if place < 0 or place + 1 >= len(rows):
        return False
    width = sum(1 for cell in rows[place + 1] if cell.strip())
    return any(
        upper == place and left < right and right - left + 1 < width
        and all(_is_name(cell) for cell in rows[place + 1][left : right + 1])
        for (upper, left), (_, right) in merged
    )  # fmt: skip


def _is_name(cell: str) -> bool:
    return any(sign.isalpha() for sign in cell)


def _names(columns: Sequence[tuple[str, ...]]) -> list[str]:
    """Return a name for each column from its cells, top to bottom."""
    parts = [tuple(dict.fromkeys(cell.strip() for cell in column if cell.strip()))
             for column in columns]  # fmt: skip
    last = Counter(part[-1] for part in parts if part)
    return [
        "" if not part else part[-1] if last[part[-1]] == 1 else " ".join(part) for part in parts
    ]
