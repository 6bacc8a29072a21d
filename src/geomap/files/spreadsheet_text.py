"""Text that no spreadsheet runs as a formula, and the way back to the text as it was."""

from __future__ import annotations

import re

_FORMULA = r"\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|[\t\r\n]"
_TO_GUARD = re.compile(f"'*(?:{_FORMULA})")
_GUARDED = re.compile(f"''*(?:{_FORMULA})")


def guarded(cell: str) -> str:
    """Return a text with an apostrophe in front where a spreadsheet would run it as a formula.

    One that has apostrophes before a formula gets one more, so that `unguarded` undoes it.

    Parameters
    ----------
    cell
        Text of one cell.
    """
    return "'" + cell if _TO_GUARD.match(cell) else cell


def unguarded(cell: str) -> str:
    """Return a text as it was before `guarded`.

    Parameters
    ----------
    cell
        Text of one cell.
    """
    return cell[1:] if _GUARDED.match(cell) else cell
