"""What is reported about an uploaded file and its rows; `codes` lists every code."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class TableWarning(NamedTuple):
    """Something about a whole file that its owner should know."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class RowIssue:
    """One thing about one row of an uploaded file that its owner should know.

    `row` counts records as a person sees them: the header is row 1. A row that is `rejected`
    becomes no event.
    """

    row: int
    column: str | None
    value: str | None
    code: str
    reason: str
    remedy: str
    rejected: bool = field(default=False, kw_only=True)
